"""What the package has to say while somebody waits, as lines on stderr, above a progress bar where there is one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import rich_click as click

from foedus.surfaces.reading import clean


def tell(words: str, err: bool = False) -> None:
    """Print words in which names from outside may stand, such as paths: no terminal obeys what is in them.

    Parameters
    ----------
    words : str
    err : bool
        On stderr, where everything goes that is not the answer.
    """
    click.echo(clean(words), err=err)


def _plainly(line: str) -> None:
    tell(line, err=True)


class Spoken(logging.Handler):
    """Writes what is logged, without time and place: it is meant for the reader."""

    way: Callable[[str], None] = staticmethod(_plainly)
    warned = False
    """Whether a line was a warning, so that what is printed is not all that a reader was told."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        Spoken.warned = Spoken.warned or record.levelno >= logging.WARNING
        Spoken.way(record.getMessage())


@contextmanager
def speaking(way: Callable[[str], None]) -> Iterator[None]:
    """Write lines in another way for a while.

    Parameters
    ----------
    way : callable
        Takes a line.
    """
    Spoken.way = staticmethod(way)
    try:
        yield
    finally:
        Spoken.way = staticmethod(_plainly)
