"""Watched: a room that notes what is read of it, so that what was made of it is made anew only where that has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, TypeVar

from foedus.council.fold import Item, Items, Room

Place: TypeAlias = tuple[str, str]
"""What was read: a family and the id of an item; no id for the family as a whole."""
T = TypeVar("T")
_NONE: Final[Items] = {}


@dataclass(frozen=True)
class Watched(Room):
    """A room that notes what is read of it.

    Attributes
    ----------
    read : set of (str, str)
        Every place that was read.
    """

    read: set[Place] = field(default_factory=set, compare=False)

    def all(self, family: str) -> Items:
        """Return the items of a family by id."""
        self.read.add((family, ""))
        return self.families.get(family, _NONE)

    def item(self, family: str, name: str) -> Item | None:
        """Return an item, None if there is none (or none that the viewer knows)."""
        self.read.add((family, name))
        return self.families.get(family, _NONE).get(name)

    @property
    def deadlines(self) -> tuple[Item, ...]:
        """Items that the clock moves, the next first."""
        self.read.update((f, "") for f in self.families)
        return super().deadlines


def changes(one: Room, other: Room, but: Collection[str] = ()) -> set[Place]:
    """Return where two rooms differ but in what was said to their items.

    Parameters
    ----------
    one, other : Room
        The second folded on from the first; unequal objects of equal content count as changed.
    but : collection of str
        Families whose talk counts too.
    """
    found: set[Place] = set()
    for family, items in other.families.items():
        old = one.families.get(family, _NONE)
        if items is not old:
            new = {(family, k) for k, i in items.items() if not _same(old.get(k), i, talk=family in but)}
            found |= {*new, (family, "")} if new else new
    return found


def _same(one: Item | None, other: Item, *, talk: bool) -> bool:
    if one is other or one is None:
        return one is other
    same = one.data is other.data and one.words is other.words and (not talk or one.said is other.said)
    return same and (one.state, one.see, one.until) == (other.state, other.see, other.until)


class Making:
    """What is made of a room, by name: each thing anew with every question."""

    def of(self, name: Hashable, room: Room, make: Callable[[Room], T]) -> T:
        """Return something made of a room.

        Parameters
        ----------
        name : hashable
            Of what is made; the same name is always made in the same way.
        room : Room
        make : callable
            Reads nothing but the room that it is given, and what never changes.
        """
        return make(room)


class Kept(Making):
    """What was made of a room, by name, as long as nothing of the room changes that it was made of.

    Parameters
    ----------
    but : collection of str
        Families whose talk counts as a change.
    """

    def __init__(self, but: Collection[str] = ()) -> None:
        self._but = but
        self._room: Room | None = None
        self._made: dict[Hashable, tuple[Any, frozenset[Place]]] = {}
        self._hangs: defaultdict[Place, set[Hashable]] = defaultdict(set)

    def turn(self, room: Room, also: Iterable[Place] = ()) -> None:
        """Go on to a later room, and forget what was made of that which changed.

        Parameters
        ----------
        room : Room
        also : iterable of (str, str)
            What changed beside the room.
        """
        before, self._room = self._room, room
        for place in (*(changes(before, room, self._but) if before is not None else ()), *also):
            for name in self._hangs.pop(place, ()):
                self._made.pop(name, None)

    def of(self, name: Hashable, room: Room, make: Callable[[Room], T]) -> T:
        """Return something made of a room, as it was made before where that still holds; see :meth:`Making.of`."""
        found = self._made.get(name)
        if found is None:
            watched = Watched(room.form, room.families, room.count)
            made = make(watched)
            found = self._made[name] = (made, frozenset(watched.read))
            for place in found[1]:
                self._hangs[place].add(name)
        if isinstance(room, Watched):
            room.read.update(found[1])
        value: T = found[0]
        return value
