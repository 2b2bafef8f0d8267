"""Errors as sentences for the reader: where, what is wrong, what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_OBEYED: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and marks that reorder or hide text."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, said so that the reader can mend it."""

    where: str
    """File and line (``states.yaml:12``) or the name of the argument."""
    what: str
    """What is wrong, as a sentence without the final stop."""
    remedy: str = ""
    """What to do about it, as a sentence without the final stop; may be empty."""

    def __str__(self) -> str:
        stop = "" if self.remedy.endswith(("?", ".", "!")) else "."
        tail = f" {self.remedy}{stop}" if self.remedy else ""
        head = f"{self.where}: " if self.where else ""
        # names come from outside: what a terminal would obey, or take for another line, is left out
        return _OBEYED.sub("", f"{head}{self.what}.{tail}".replace("\n", " "))


class FoedusError(Exception):
    """Bad input, with every problem found, never only the first.

    Parameters
    ----------
    problems : sequence of Problem
        At least one problem.

    Examples
    --------
    >>> import foedus
    >>> try:
    ...     foedus.read_case("asia-1593")
    ... except foedus.FoedusError as error:
    ...     print(error)
    case 'asia-1593': there is no such case or folder. Did you mean 'asia-1953' or 'asia-1951'?
    """

    def __init__(self, problems: Sequence[Problem] | Problem) -> None:
        found = (problems,) if isinstance(problems, Problem) else problems
        self.problems: tuple[Problem, ...] = tuple(dict.fromkeys(found))  # what is wrong twice alike is said once
        super().__init__("\n".join(str(p) for p in self.problems))

    def __reduce__(self) -> tuple[type[FoedusError], tuple[tuple[Problem, ...]]]:
        return (type(self), (self.problems,))


def fail(where: str, what: str, remedy: str = "") -> FoedusError:
    """Return a :class:`FoedusError` with one problem, to be raised by the caller."""
    return FoedusError(Problem(where, what, remedy))


BEGINNING: Final = 3
"""Letters from which on one name can be the beginning of another."""
CLOSE: Final = 0.55
"""Likeness from which on a name is suggested."""
BESIDE: Final = 0.15
"""How much less like than the best another suggestion may be."""


def _alike(one: str, other: str) -> float:
    """Return how alike two names are, 0 to 1: letters in common in their order; a beginning of three letters tells much."""
    found = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    begun = len(min(one, other, key=len)) >= BEGINNING and (one.startswith(other) or other.startswith(one))
    return max(found, 0.8) if begun else found


def nearest(name: str, known: Iterable[str], most: int = 3) -> str:
    """Return a remedy that names the known names closest to a wrong one.

    Parameters
    ----------
    name : str
        The unknown name.
    known : iterable of str
        All names that would have been accepted.
    most : int
        How many suggestions at the most.

    Returns
    -------
    str
        A clause such as ``Did you mean 'JPN'?`` or the list of known names when nothing is close.
    """
    names = sorted(set(known), key=lambda n: (len(n) if n.isdecimal() else 0, n))
    likeness = {n: _alike(name.casefold(), n.casefold()) for n in names}
    best = max(likeness.values(), default=0.0)
    close = sorted((n for n in names if likeness[n] >= max(CLOSE, best - BESIDE)), key=lambda n: -likeness[n])
    if close:
        return "Did you mean " + " or ".join(f"'{n}'" for n in close[:most]) + "?"
    shown = ", ".join(names[:30]) + (", …" if len(names) > 30 else "")
    return f"Known names: {shown}"
