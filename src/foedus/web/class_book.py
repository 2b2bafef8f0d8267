"""The book of a class: one question, what may be changed to answer it, and every answer that was handed in, in one file."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from foedus.vocabulary.errors import fail

MOST: Final = 500
"""Answers that one book takes: a lecture hall; more are asked to begin another book."""

_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS answers (number INTEGER PRIMARY KEY, at TEXT NOT NULL, name TEXT NOT NULL, "
    "address TEXT NOT NULL, body REAL NOT NULL, says TEXT NOT NULL)"
)


@dataclass(frozen=True)
class Handed:
    """An answer as it was handed in."""

    number: int
    """In the order in which they came, from 1."""
    at: str
    """Moment, UTC, to the second."""
    name: str
    """As the student gave it; empty where none was given."""
    address: str
    """The page that shows the world of the answer."""
    body: float
    """Chance of a body in a year there, with the values in use."""
    says: str
    """What the student says of it."""


class ClassBook:
    """A class at work.

    Parameters
    ----------
    file : str or Path
        SQLite; made where it is not there, and gone on with where it is.
    question : str
        What the class is asked.
    may : sequence of str
        Levers that may be pulled to answer it; empty for any change.

    Raises
    ------
    FoedusError
        The file is no such book, or cannot be written.
    """

    def __init__(self, file: str | Path, question: str, may: Sequence[str] = ()) -> None:
        self.file, self.question, self.may, self._lock = str(file), question, tuple(may), threading.Lock()
        self._found: tuple[Handed, ...] = ()

    @cached_property
    def _base(self) -> sqlite3.Connection:
        """The file, begun when it is first asked for: by then it is known that the class can be served."""
        file = self.file
        try:
            base = sqlite3.connect(file, check_same_thread=False)
            with base:
                base.execute(_TABLE)
            self._found = _read(base)
            return base
        except sqlite3.Error as error:
            remedy = "Give the name of a new file, or of one that `foedus web --class` has made"
            odd = "" if "not a database" in str(error) else f" ({error})"
            what = f"it cannot be read and written as the book of a class{odd}"
            raise fail(f"--class {file}", what, remedy) from None

    def answers(self) -> tuple[Handed, ...]:
        """Return everything that was handed in, in the order in which it came; errors as those of the class."""
        with self._lock:
            _ = self._base
            return self._found

    def hand_in(self, name: str, address: str, body: float, says: str) -> None:
        """Keep an answer.

        Parameters
        ----------
        name, address, says : str
        body : float

        Raises
        ------
        FoedusError
            The book is full, or cannot be written.
        """
        with self._lock:
            base = self._base
            if len(self._found) >= MOST:
                raise fail("answer", f"{MOST} were handed in, and the book takes no more", "Begin a new book")
            row = (datetime.now(UTC).isoformat(timespec="seconds"), name, address, body, says)
            try:
                with base:
                    base.execute("INSERT INTO answers (at, name, address, body, says) VALUES (?, ?, ?, ?, ?)", row)
                self._found = _read(base)
            except sqlite3.Error as error:
                raise fail("answer", f"it could not be kept ({error})", "Hand it in once more") from None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if "_base" in vars(self):
                self._base.close()


def _read(base: sqlite3.Connection) -> tuple[Handed, ...]:
    names = ", ".join(f.name for f in fields(Handed))
    return tuple(Handed(*row) for row in base.execute(f"SELECT {names} FROM answers ORDER BY number"))
