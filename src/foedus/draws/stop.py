"""Stopping: a token that long work looks at, whoever asks and from whichever thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from foedus.vocabulary.errors import FoedusError, Problem


class Interrupted(FoedusError):
    """A run was stopped; finished draws are kept."""


def stopped(kept: str = "finished parts are kept") -> Interrupted:
    """Return what is said about work that was stopped.

    Parameters
    ----------
    kept : str
        What of it is kept, as ``12 of 200 draws are kept``.
    """
    return Interrupted(Problem("run", f"stopped; {kept}", "Give the same command again to go on from there"))


def lost() -> Interrupted:
    """Return what is said about work that was stopped and of which nothing is kept."""
    return Interrupted(Problem("run", "stopped; nothing of it is kept", "The same command begins anew"))


class Stop:
    """A wish that work should end, which work looks at between draws and between appraisals.

    Any thread may ask: a window with a button, a server whose reader has left, the handler of a signal. What is finished
    is kept, and :class:`Interrupted` is raised in the thread that works.

    Examples
    --------
    >>> import foedus
    >>> stop = foedus.Stop()
    >>> stop.ask()  # from any thread
    >>> with stop.heeded():
    ...     foedus.assess("asia-1953", draws=0)
    Traceback (most recent call last):
    foedus.draws.stop.Interrupted: run: stopped; finished parts are kept. Give the same command again to go on from there.
    """

    def __init__(self) -> None:
        # no event: its lock would wait for itself where a second signal meets the handler of the first
        self._wish = False

    def ask(self) -> None:
        """Ask the work to end."""
        self._wish = True

    @property
    def asked(self) -> bool:
        """Whether somebody has asked."""
        return self._wish

    @contextmanager
    def heeded(self) -> Iterator[Stop]:
        """Make everything that is begun inside, in this thread, look at this token."""
        before = _CURRENT.set(self)
        try:
            yield self
        finally:
            _CURRENT.reset(before)


_CURRENT: ContextVar[Stop | None] = ContextVar("stop", default=None)


def look() -> None:
    """Look whether the work of this thread should end; costs a tenth of a microsecond.

    Raises
    ------
    Interrupted
        It should.
    """
    stop = _CURRENT.get()
    if stop is not None and stop.asked:
        raise stopped()


_TIDIES: ContextVar[bool] = ContextVar("tidies", default=False)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep a second signal from what tidies up after the first one; for what takes seconds at most."""
    before = _TIDIES.set(True)
    try:
        yield
    finally:
        _TIDIES.reset(before)


def disturbable() -> bool:
    """Return whether this thread may be interrupted: not inside :func:`undisturbed`."""
    return not _TIDIES.get()
