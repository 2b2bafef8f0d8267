"""The lane: quick questions one at a time in this process, and of each tab only the newest that waits."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

_TABS: Final = 1_024
"""Tabs that are told apart."""


class Superseded(Exception):
    """A newer question of the same tab has taken the place of this one."""


class Lane:
    """One question at a time in this process; of each tab the newest waits, and older ones are dropped."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._guard = threading.Lock()
        self._newest: OrderedDict[str, int] = OrderedDict()
        self._count = 0

    def enter(self, tab: str) -> int:
        """Return the number of a question that begins to wait."""
        with self._guard:
            self._count += 1
            self._newest[tab] = self._count
            self._newest.move_to_end(tab)
            while len(self._newest) > _TABS:
                self._newest.popitem(last=False)
            return self._count

    def take(self, wait: float) -> bool:
        """Return whether this process has a turn free within some seconds; give it back with :meth:`give`."""
        return self._turn.acquire(timeout=wait)

    def give(self) -> None:
        """Give the turn back."""
        self._turn.release()

    def check(self, tab: str, number: int) -> None:
        """Say that a question is no longer asked.

        Raises
        ------
        Superseded
            The tab has asked a newer one.
        """
        with self._guard:
            if tab and self._newest.get(tab, number) > number:
                raise Superseded
