"""Keeping: what a room asks of the place where it is kept, whatever that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from foedus.council.store.chain import Logged
from foedus.vocabulary.errors import FoedusError, Problem

SCHEMA = 2
"""Number of the tables that are written now."""


class Overtaken(FoedusError):
    """Somebody else wrote to the branch meanwhile: read on, and decide anew."""

    def __init__(self, where: str) -> None:
        super().__init__(Problem(where, "another process wrote to this room meanwhile", "Read it again"))


@dataclass(frozen=True)
class Branch:
    """A line of events.

    Attributes
    ----------
    id : int
        1 for the first.
    parent : int or None
        The branch that it left.
    fork_seq : int
        Last event that it shares with its parent; 0 for the first branch.
    opened : str
        When.
    why : str
        As the facilitator said it.
    """

    id: int
    parent: int | None
    fork_seq: int
    opened: str
    why: str = ""


@dataclass(frozen=True)
class Link:
    """A link by which a person comes in; the secret itself is nowhere.

    Attributes
    ----------
    id : int
        Number of the person.
    seat : str or None
    role : str
        ``facilitator``, ``seat`` or ``observer``.
    secret_hash : bytes
        SHA-256 of the secret.
    label : str
        What the person, or the facilitator, calls it.
    revoked : str or None
        When it was taken back.
    """

    id: int
    seat: str | None
    role: str
    secret_hash: bytes
    label: str = ""
    revoked: str | None = None


@dataclass(frozen=True)
class Draft:
    """Text that is typed and not sent.

    Attributes
    ----------
    person : int
    place : str
        Where it is typed, as ``channel:3`` or ``amend:2:1``.
    base : int
        How often it had been kept when it was last changed.
    text : str
    at : str
    """

    person: int
    place: str
    base: int
    text: str
    at: str


@dataclass(frozen=True)
class Upkeep:
    """What is said of the keeping of a room, beside what it is.

    Attributes
    ----------
    printed : str
        Address that stands in its links; empty where none were printed.
    keep_days : int
        Days after its last act for which it is kept; 0 for ever.
    """

    printed: str = ""
    keep_days: int = 0


class Store(Protocol):
    """A place where one room is kept. What :meth:`append` has returned from is on disk."""

    def form(self) -> bytes:
        """Return the form of the room."""
        ...

    def branches(self) -> tuple[Branch, ...]:
        """Return all branches, oldest first."""
        ...

    def open_branch(self, branch: Branch) -> None:
        """Open a branch; its number is given."""
        ...

    def append(self, events: Sequence[Logged], spent: Sequence[tuple[int, str]] = ()) -> None:
        """Write events of one branch, and forget the drafts that became them (person and place), all or nothing.

        Raises
        ------
        Overtaken
            The branch does not end where these events begin.
        FoedusError
            They cannot be written.
        """
        ...

    def log(self, branch: int, after: int = 0) -> Iterator[Logged]:
        """Yield the events of a branch from its own beginning, those of its parents first, behind a number."""
        ...

    def links(self) -> tuple[Link, ...]:
        """Return all links, also those that were taken back."""
        ...

    def keep_link(self, link: Link) -> None:
        """Write a link, or write it anew."""
        ...

    def drafts(self, person: int) -> tuple[Draft, ...]:
        """Return what a person typed and did not send."""
        ...

    def keep_draft(self, draft: Draft) -> None:
        """Write a draft in place of the one before; empty text forgets it."""
        ...

    def erase(self, person: int, copies: Sequence[tuple[int, int]] = ()) -> int:
        """Erase every word that a person wrote, drafts and copies (branch and number) too; return how many events lost theirs."""
        ...

    def upkeep(self) -> Upkeep:
        """Return what was said of its keeping."""
        ...

    def keep_upkeep(self, upkeep: Upkeep) -> None:
        """Say anew how it is kept."""
        ...

    def alone(self) -> bool:
        """Return whether no other process serves the room."""
        ...

    def listen(self, told: Callable[[str, str], None]) -> None:
        """Have something called with what other processes that serve the room tell: what, and its words.

        ``events`` comes with the number of the branch that was written on, or with nothing where some may have been missed.
        """
        ...

    def tell(self, what: str, said: str) -> None:
        """Tell other processes that serve the room; nobody may hear it."""
        ...

    def beat(self, now: float) -> None:
        """Note that the room is alive at a moment, in seconds since 1970; it need not reach the disk."""
        ...

    def last_beat(self) -> float:
        """Return when the room was last alive; 0 where nobody noted it."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


def lineage(branches: Sequence[Branch], branch: int) -> tuple[tuple[int, int | None], ...]:
    """Return the branches that a branch is made of, oldest first, each with the last number that counts; none for all.

    Raises
    ------
    FoedusError
        There is no such branch.
    """
    known = {b.id: b for b in branches}
    found: list[tuple[int, int | None]] = []
    at, last = branch, None
    while True:
        if at not in known:
            raise FoedusError(Problem(f"branch {at}", "there is no such branch", f"There are 1 to {len(known)}"))
        found.append((at, last))
        one = known[at]
        if one.parent is None:
            return tuple(reversed(found))
        at, last = one.parent, one.fork_seq if last is None else min(last, one.fork_seq)


def newest(branches: Sequence[Branch], written: Iterable[int]) -> int:
    """Return the branch on which a room goes on: the newest that was written on; a fork that nobody entered is none.

    Parameters
    ----------
    branches : sequence of Branch
    written : iterable of int
        Branches that have events of their own.
    """
    return max(set(written), default=min(b.id for b in branches))
