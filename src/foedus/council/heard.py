"""Heard: who is here, by when they were last heard of; nothing of it is logged but that a seat went away and came back."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Final

AWAY: Final = 20.0
"""Seconds after which a seat of which nobody was heard counts as away."""
READING: Final = 180.0
"""Seconds for which a page without script counts as somebody who reads it."""


class Heard:
    """When each person was last heard of.

    Parameters
    ----------
    now : float
        When it begins, in seconds.
    """

    def __init__(self, now: float) -> None:
        self._until: dict[int, float] = {}
        self._last: dict[int, float] = {}
        self._seat: dict[int, str] = {}
        self._untold: dict[int, float] = {}
        self._lock = threading.Lock()
        self.began = now

    def hear(self, person: int, seat: str | None, now: float, lasts: float = AWAY, *, told: bool = False) -> None:
        """Note that a person was heard of, and for how long that counts.

        Parameters
        ----------
        person : int
        seat : str or None
        now : float
        lasts : float
            Seconds.
        told : bool
            Whether another process heard them, and said so.
        """
        with self._lock:
            if not told:
                self._untold[person] = lasts
            self._last[person] = now
            self._until[person] = now + lasts
            if seat:
                self._seat[person] = seat

    def untold(self) -> list[tuple[int, float]]:
        """Return who was heard here since this was asked last, and for how long that counts, for other processes."""
        with self._lock:
            found, self._untold = list(self._untold.items()), {}
            return found

    def forget(self, person: int) -> None:
        """Forget a person: the link was taken back."""
        with self._lock:
            for known in (self._last, self._until, self._seat):
                known.pop(person, None)

    def here(self, now: float) -> Mapping[str, int]:
        """Return how many people are in each seat, seats with nobody left out."""
        with self._lock:
            found: dict[str, int] = {}
            for person, seat in self._seat.items():
                if self._until[person] > now:
                    found[seat] = found.get(seat, 0) + 1
            return found

    def ago(self, person: int, now: float) -> float | None:
        """Return the seconds since a person was last heard of; none where they never were."""
        with self._lock:
            return now - self._last[person] if person in self._last else None
