"""Runs: long work that somebody waits for, one at a time, each with its place in line, each worked out once."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from foedus.draws.ensemble import Progress
from foedus.draws.local import sharing
from foedus.draws.stop import Interrupted, Stop
from foedus.vocabulary.errors import FoedusError
from foedus.web.limits import LONG, QUEUE, TooMuch, short_of_memory

_HELD: Final = 24
"""Finished runs that are held in memory; what was kept on disk is there all the same."""


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

    def told(self, done: int, total: int) -> None:
        """Take how far it is."""
        self.done, self.total = done, total


_ORDER: Final = ("", "next", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def rounded(seconds: float) -> int:
    """Return seconds as one says them when nobody can be exact: 3, 15, 40, 200."""
    step = 1 if seconds < 10 else 5 if seconds < 60 else 20
    return max(step, round(seconds / step) * step)


def _nothing(progress: Progress) -> None:
    """Work of a run whose result is there."""


class Runs:
    """A queue of long work with one worker.

    Parameters
    ----------
    seconds : float
        Most seconds of one run; 0 for no end.
    memory : int
        Megabytes that each of its processes may hold; 0 for no limit.
    """

    def __init__(self, seconds: float = 0.0, memory: int = 0) -> None:
        self._seconds, self.memory = seconds, memory
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
                return known
            if len(self._waiting) >= QUEUE:
                raise TooMuch(f"{QUEUE} questions wait already, and there is no room for more", command, 503, 30)
            run = Run(key, work, total, command)
            self._known[key] = run
            self._waiting.append(run)
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

    def left(self, run: Run) -> float | None:
        """Return about how many seconds it is until a run is finished, by the pace of what was worked out; None if unknown."""
        with self._lock:
            now = self._now
            before = [r for r in (now, *self._waiting) if r is not None]
        here = before[: before.index(run) + 1] if run in before else []
        gone = time.monotonic() - now.began if now is not None and now.began else 0.0
        pace = gone / now.done if now is not None and now.done else self._pace
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
        """Return a run by its key, None if nobody asked for it."""
        with self._lock:
            return self._known.get(key)

    def place(self, run: Run) -> int:
        """Return how many are before a run: 0 for the one that is worked on."""
        with self._lock:
            return 0 if run not in self._waiting else self._waiting.index(run) + (self._now is not None)

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

    def _forget(self) -> None:
        done = [k for k, r in self._known.items() if r.finished.is_set()]
        for key in done[: max(0, len(done) - _HELD)]:
            del self._known[key]

    def _serve(self) -> None:
        while True:
            with self._lock:
                while not self._waiting and not self._closed:
                    self._lock.wait()
                self._lock.wait_for(lambda: self._closed or not self._pages, _BEFORE)
                if self._closed:
                    return
                run = self._now = self._waiting.popleft()
            self._work_off(run)
            with self._lock:
                self._now = None

    def _work_off(self, run: Run) -> None:
        run.began = time.monotonic()
        late = threading.Timer(self._seconds, run.stop.ask) if self._seconds else None
        try:
            if late is not None:
                late.daemon = True
                late.start()
            with run.stop.heeded(), sharing(self.memory):
                run.result = run.work(run.told)
        except Interrupted:
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
            if run.done and run.error is None:
                self._pace = (time.monotonic() - run.began) / run.done
            run.finished.set()
