"""Limits: what a small public server bears, and the sentence for whoever asks for more."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest

DRAWS: Final = 1_000
"""Draws of one ensemble."""
LARGE: Final = DRAWS
"""Draws from beyond which a link alone begins nothing, not even on one's own machine, and that stop when nobody looks."""
YEARS: Final = 30
"""Years of one run."""
STATES: Final = 16
"""States of a case that somebody brings along."""
QUICK: Final = 2.0
"""Seconds of a slider answer."""
LONG: Final = 120.0
"""Seconds of an ensemble."""
QUEUE: Final = 20
"""Ensembles that wait, in all."""
PER_SECOND: Final = 4.0
"""Questions a second from one address."""
AT_ONCE: Final = 12.0
"""Questions that one address may ask at once before the rate holds: a page and what it brings along."""
_REMEMBERED: Final = 4_096
"""Addresses whose rate is kept in mind."""


class TooMuch(FoedusError):
    """More was asked for than this server works out; the sentence says what, and how to do it at home.

    Parameters
    ----------
    what : str
        What is too much, as a sentence without the final stop.
    command : str
        The command that does it on one's own machine; empty for none.
    status : int
        Status of the answer: 413 for too large, 429 for too often, 503 for later.
    wait : int
        Seconds after which it may be tried again; 0 for never.
    """

    def __init__(self, what: str, command: str = "", status: int = 413, wait: int = 0) -> None:
        remedy = f"On your own machine: {command}" if command else "Try again in a moment" if wait else ""
        super().__init__(Problem("limit", what, remedy))
        self.status, self.wait = status, wait


def short_of_memory(megabytes: int, command: str) -> TooMuch:
    """Return what is said of draws that need more memory than a process has.

    Parameters
    ----------
    megabytes : int
        What it has here; 0 for what the machine has.
    command : str
        The command that does it on one's own machine.
    """
    has = f"the {megabytes:,} MB of memory that one process has here" if megabytes else "the memory of this machine"
    return TooMuch(f"a draw of this world needs more than {has}", command, 503)


@dataclass(frozen=True)
class Limits:
    """What is refused to strangers; a workbench on one's own machine refuses nothing.

    Attributes
    ----------
    public : bool
        Whether strangers ask.
    """

    public: bool = False

    def check_draws(self, draws: int, command: str) -> None:
        """Say in a sentence that an ensemble is too large.

        Raises
        ------
        TooMuch
            It is.
        """
        if self.public and draws > DRAWS:
            raise TooMuch(f"{draws:,} draws were asked for, and this server works out {DRAWS:,} at most", command)

    def check_calibration(self, name: str, known: Sequence[str]) -> None:
        """Refuse a calibration that does not come with the package where strangers ask: no file is read for them.

        Parameters
        ----------
        name : str
        known : sequence of str
            Those that come with the package.

        Raises
        ------
        FoedusError
            It does not.
        """
        if self.public and name not in ("", *known):
            what = "this server has no calibration of this name"
            raise fail(f"calibration '{name}'", what, nearest(name, known))

    def check_states(self, states: int, command: str) -> None:
        """Say in a sentence that a case of one's own has too many states.

        Raises
        ------
        TooMuch
            It has.
        """
        if self.public and states > STATES:
            raise TooMuch(
                f"a case of {states} states was asked for, and this server works out {STATES} at most", command
            )

    @property
    def years(self) -> int:
        """Most years of one run."""
        return YEARS if self.public else 10_000

    def check_years(self, years: int, command: str) -> None:
        """Say in a sentence that a run is too long.

        Raises
        ------
        TooMuch
            It is.
        """
        if years > self.years:
            what = f"runs of {years} years were asked for, and this server works out {self.years} at most"
            raise TooMuch(f"{what}; add from= and to=", command)


class Rate:
    """Questions a second by address: a bucket that fills again.

    Parameters
    ----------
    per_second, at_once : float
    clock : callable
        Returns seconds.
    """

    def __init__(
        self, per_second: float = PER_SECOND, at_once: float = AT_ONCE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second, self._at_once, self._clock = per_second, at_once, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, who: str) -> None:
        """Count one question of an address.

        Raises
        ------
        TooMuch
            It asked more often than is answered.
        """
        with self._lock:
            now = self._clock()
            left, seen = self._left.pop(who, (self._at_once, now))
            left = min(self._at_once, left + (now - seen) * self._per_second)
            self._left[who] = (max(left - 1.0, 0.0), now)
            while len(self._left) > _REMEMBERED:
                self._left.popitem(last=False)
        if left < 1.0:
            often = f"more than {self._per_second:g} questions a second came from this address"
            raise TooMuch(often, status=429, wait=1)
