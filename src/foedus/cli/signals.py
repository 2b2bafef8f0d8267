"""Ctrl-C and the polite order to end (SIGTERM, as schedulers of clusters send it), turned into a token once, at the door.

Raising an exception wherever a signal happens to arrive is not safe: compiled code that hands its results over runs a
little Python, cannot bear an exception there, and takes the whole process down. So a signal asks; work that looks at the
token ends with a sentence. What does not look, such as an import of data, is interrupted after a second, but never there.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Final, TypeVar

from foedus.draws.stop import Stop, disturbable

GRACE: Final = 1.0
"""Seconds in which work may look at the token."""
SOON: Final = 0.02
"""Seconds after which it is tried again to interrupt what must not be interrupted at the moment."""

Outcome = TypeVar("Outcome")

_OURS: Final = __package__.partition(".")[0]


def interruptible(frame: FrameType | None) -> bool:
    """Return whether an exception may be raised in a frame: not while compiled code of ours hands its results over.

    Parameters
    ----------
    frame : frame or None
        The innermost one.
    """
    inner = False
    while frame is not None and not frame.f_globals.get("__name__", "").startswith(f"{_OURS}."):
        if frame.f_code.co_name == "_compile_for_args":
            return True
        inner = inner or "numba" in frame.f_code.co_filename or frame.f_code.co_filename.startswith("<")
        frame = frame.f_back
    # results that have names are made by a generated function, in the name space of the module that defines them
    return frame is None or not (inner or frame.f_code.co_filename.startswith("<"))


def obeyed(stop: Stop, work: Callable[[], Outcome]) -> Outcome:
    """Work so that signals ask a token and interrupt what does not look at it; once asked they are ignored at the end.

    Parameters
    ----------
    stop : Stop
    work : callable
        Interrupted while it runs and at no other moment: neither in what follows here, nor where it tidies up undisturbed.

    Returns
    -------
    object
        What the work returns.
    """
    if threading.current_thread() is not threading.main_thread():
        return work()  # only the main thread is told of signals; whoever runs this one has a token of their own

    def interrupt(number: int, frame: FrameType | None) -> None:
        if not disturbable() or not interruptible(frame):
            _later(SOON)
        elif _works(frame):
            raise KeyboardInterrupt

    def heed(number: int, frame: FrameType | None) -> None:
        if stop.asked:
            interrupt(number, frame)
        else:
            stop.ask()
            _later(GRACE)

    bound = {signal.SIGINT: heed, signal.SIGTERM: heed}
    if hasattr(signal, "SIGALRM"):
        bound[signal.SIGALRM] = interrupt
    before = {number: signal.signal(number, handler) for number, handler in bound.items()}
    try:
        return _begun(work)
    finally:
        _later(0.0)
        for number, handler in before.items():
            signal.signal(number, signal.SIG_IGN if stop.asked else handler)


def _begun(work: Callable[[], Outcome]) -> Outcome:
    return work()


def _works(frame: FrameType | None) -> bool:
    """Return whether the work still runs: whoever presses three times must not meet the sentence about the first."""
    while frame is not None and frame.f_code is not _begun.__code__:
        frame = frame.f_back
    return frame is not None


def _later(seconds: float) -> None:
    """Have the process woken after a while, or no longer if that is 0; where this is not to be had, nothing happens."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
