"""Runs: long work that somebody waits for, one at a time, each with its place in line, each worked out once."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from foedus.draws.engines import working_with
from foedus.draws.ensemble import Progress
from foedus.draws.local import sharing
from foedus.draws.stop import Interrupted, Stop
from foedus.vocabulary.errors import FoedusError
from foedus.web.limits import LARGE, LONG, QUEUE, TooMuch, short_of_memory
from foedus.web.workers import Lasting, Workers

_HELD: Final = 24
"""Finished runs that are held in memory; what was kept on disk is there all the same."""


_GONE: Final = 6.0
"""Seconds without a look after which nobody is taken to wait for a run: its page looks every two."""

_BACK: Final = 3
"""How far what is worked on stands back behind pages and sliders, 0 to 19 (judged: they get two thirds of a core that both want;
at 10 another program that is busy leaves draws next to nothing)."""

_KEPT: Final = 20.0
"""Seconds for which processes are kept open when there is nothing to do: the next page of a reader finds them warm."""

_BEFORE: Final = 1.0
"""Seconds that work waits at most for pages that are on their way."""


@dataclass
class Run:
    """One piece of long work: how far it is, and what came of it."""

    key: str
    work: Callable[[Progress], Any]
    total: int
    """Draws in all."""
    command: str = ""
    """The same on one's own machine."""
    done: int = 0
    began: float = 0.0
    """Seconds of the clock when its turn came; 0 while it waits."""
    finished: threading.Event = field(default_factory=threading.Event)
    result: Any = None
    error: FoedusError | None = None
    stop: Stop = field(default_factory=Stop)
    seen: float = 0.0
    """Seconds of the clock when somebody last looked at it."""
    awaited: int = 0
    """Who waits for it and does not look meanwhile."""
    put_off: bool = False
    """Whether it makes room for what somebody looks at, and goes on after it."""
    before: int = 0
    """Draws that were done when its turn came."""
    after: bool = False
    """Whether all its draws are there, and what it counts now is what is worked out of them."""

    draws: int = field(init=False)
    """Draws that it was begun with; what comes after them is counted anew."""

    def __post_init__(self) -> None:
        """Take note of the draws."""
        self.draws = self.total

    def told(self, done: int, total: int) -> None:
        """Take how far it is; what is large stops where nobody looks any more, and goes on when somebody does."""
        over = self.done == self.draws and (done, total) != (self.done, self.total)
        self.after = self.after or over or total != self.draws
        self.done, self.total = done, total
        if total > LARGE and not self.watched:
            self.put_off = True
            self.stop.ask()

    @property
    def due(self) -> bool:
        """Whether it is worked on when its turn comes: what is large only while somebody looks."""
        return self.total <= LARGE or self.watched

    @property
    def watched(self) -> bool:
        """Whether somebody is still there who asked for it."""
        return self.awaited > 0 or time.monotonic() - self.seen < _GONE


_ORDER: Final = ("", "next", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def rounded(seconds: float) -> int:
    """Return seconds as one says them when nobody can be exact: 3, 15, 40, 200."""
    step = 1 if seconds < 10 else 5 if seconds < 60 else 20
    return max(step, round(seconds / step) * step)


def _nothing(progress: Progress) -> None:
    """Work of a run whose result is there."""


class Runs:
    """A queue of long work with one worker: what somebody looks at comes before what nobody does any more.

    Parameters
    ----------
    seconds : float
        Most seconds of one run; 0 for no end.
    memory : int
        Megabytes that each of its processes may hold; 0 for no limit.
    """

    def __init__(self, seconds: float = 0.0, memory: int = 0) -> None:
        self._seconds, self.memory = seconds, memory
        self._hands = Workers(os.cpu_count() or 1, memory, _BACK)
        self._known: OrderedDict[str, Run] = OrderedDict()
        self._waiting: deque[Run] = deque()
        self._now: Run | None = None
        self._lock = threading.Condition()
        self._closed, self._pages = False, 0
        self._thread: threading.Thread | None = None
        self._pace: float | None = None
        """Seconds of one draw, year or run, when one was last worked out."""

    def begin(self, key: str, work: Callable[[Progress], Any], total: int, command: str = "") -> Run:
        """Return a run by its key, begun now if nobody has asked for it yet.

        Parameters
        ----------
        key : str
            What the result depends on.
        work : callable
            Works it out, and says how far it is.
        total : int
            Draws in all.
        command : str
            The same on one's own machine.

        Raises
        ------
        TooMuch
            So many wait already that there is no room.
        """
        with self._lock:
            known = self._known.get(key)
            if known is not None and not (known.finished.is_set() and known.error is not None):
                self._known.move_to_end(key)
                self._looked_at(known)
                return known
            if len(self._waiting) >= QUEUE:
                raise TooMuch(f"{QUEUE} questions wait already, and there is no room for more", command, 503, 30)
            run = Run(key, work, total, command)
            self._known[key] = run
            self._waiting.append(run)
            self._looked_at(run)
            self._forget()
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="foedus-runs", daemon=True)
                self._thread.start()
            self._lock.notify()
            return run

    def known(self, key: str, result: Any, total: int) -> Run:
        """Return a run that is finished already, for what was kept; it waits in no line."""
        with self._lock:
            run = self._known[key] = Run(key, _nothing, total, done=total, result=result)
            run.finished.set()
            self._forget()
            return run

    @property
    def pace(self) -> float | None:
        """Seconds of one draw, year or run, when one was last worked out; None where none was."""
        return self._pace

    def left(self, run: Run) -> float | None:
        """Return about how many seconds it is until a run is finished, by the pace of what was worked out; None if unknown."""
        with self._lock:
            now = self._now
            before = [r for r in (now, *self._in_order()) if r is not None]
        here = before[: before.index(run) + 1] if run in before else []
        gone = time.monotonic() - now.began if now is not None and now.began else 0.0
        pace = gone / (now.done - now.before) if now is not None and now.done > now.before else self._pace
        return None if not here or pace is None else pace * sum(max(r.total - r.done, 0) for r in here)

    def waits(self, run: Run, what: str) -> str:
        """Return where a run stands and how long it may take: ``Third in line, about 40 s.``

        Parameters
        ----------
        run : Run
        what : str
            What is counted, such as ``draws``.
        """
        place, left = self.place(run), self.left(run)
        far = (
            f"{_ORDER[place].capitalize()} in line" if 0 < place < len(_ORDER) else f"{run.done} of {run.total} {what}"
        )
        return (
            f"{far}, about {rounded(left)} s{'' if place else ' more'}."
            if left is not None and left >= 1
            else f"{far}."
        )

    def find(self, key: str) -> Run | None:
        """Return a run by its key, None if nobody asked for it; who asks looks at it."""
        with self._lock:
            run = self._known.get(key)
            if run is not None:
                self._looked_at(run)
            return run

    def waited_for(self, run: Run, seconds: float | None) -> bool:
        """Wait until a run is finished, at most so many seconds; it is not put off meanwhile. Return whether it is."""
        with self._lock:
            run.awaited += 1
            self._looked_at(run)
        try:
            return run.finished.wait(seconds)
        finally:
            with self._lock:
                run.awaited -= 1

    def _looked_at(self, run: Run) -> None:
        """Take note that somebody looks at a run: what nobody looks at any more makes room for it."""
        run.seen = time.monotonic()
        self._lock.notify_all()
        now = self._now
        if now is not None and run in self._waiting and not now.watched and not now.put_off:
            now.put_off = True
            now.stop.ask()

    def _in_order(self) -> list[Run]:
        """Return what waits in the order in which it will be done."""
        return sorted(self._waiting, key=lambda r: not r.watched)

    def place(self, run: Run) -> int:
        """Return how many are before a run: 0 for the one that is worked on."""
        with self._lock:
            return 0 if run not in self._waiting else self._in_order().index(run) + (self._now is not None)

    @contextmanager
    def after(self) -> Iterator[None]:
        """Let what is begun inside wait until a page is out, though not for long: a page that is read takes no core."""
        with self._lock:
            self._pages += 1
        try:
            yield
        finally:
            with self._lock:
                self._pages -= 1
                self._lock.notify_all()

    def close(self) -> None:
        """Ask what is under way to end, and take nothing more; finished parts are kept."""
        with self._lock:
            self._closed = True
            for run in (self._now, *self._waiting):
                if run is not None:
                    run.stop.ask()
            self._lock.notify_all()
            idle = self._now is None
        if idle:  # else its thread does, after what is under way
            self._hands.close()

    def _forget(self) -> None:
        done = [k for k, r in self._known.items() if r.finished.is_set()]
        for key in done[: max(0, len(done) - _HELD)]:
            del self._known[key]

    def _at_work(self) -> bool:
        """Return whether there is something to do."""
        return self._closed or any(r.due for r in self._waiting)

    def _serve(self) -> None:
        while True:
            with self._lock:
                idle = not self._lock.wait_for(self._at_work, _KEPT)
            if idle:
                self._hands.close()
                with self._lock:
                    self._lock.wait_for(self._at_work)
            with self._lock:
                self._lock.wait_for(lambda: self._closed or not self._pages, _BEFORE)
                if self._closed:
                    break
                first = next((r for r in self._in_order() if r.due), None)
                if first is None:  # who looked at it has gone meanwhile
                    continue
                run = self._now = first
                self._waiting.remove(run)
            whole = self._work_off(run)
            with self._lock:
                self._now = None
                run.put_off = False
                if not whole:  # what is done of it is kept, and it goes on when it is its turn
                    run.stop = Stop()
                    self._waiting.append(run)
            if whole:
                run.finished.set()
        self._hands.close()

    def _work_off(self, run: Run) -> bool:
        """Work on a run, and return whether it is at its end; else it makes room for another."""
        run.began, run.before = time.monotonic(), run.done
        late = threading.Timer(self._seconds, run.stop.ask) if self._seconds else None
        try:
            if late is not None:
                late.daemon = True
                late.start()
            with run.stop.heeded(), sharing(self.memory), working_with(Lasting(self._hands)):
                run.result = run.work(run.told)
        except Interrupted:
            if run.put_off and not self._closed:
                return False
            what = (
                f"{run.done} of {run.total} draws were worked out in {LONG:.0f} s, which is all the time there is here"
            )
            run.error = TooMuch(what, run.command, 503)
        except FoedusError as error:
            run.error = error
        except MemoryError:
            run.error = short_of_memory(self.memory, run.command)
        except Exception as error:  # whatever it is, nobody is left waiting for it
            run.error = TooMuch(f"it could not be worked out ({type(error).__name__})", run.command, 500)
        finally:
            if late is not None:
                late.cancel()
            if run.done > run.before and run.error is None:
                self._pace = (time.monotonic() - run.began) / (run.done - run.before)
        return True
