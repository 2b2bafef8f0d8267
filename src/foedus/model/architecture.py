"""Institutions, and the set of them that makes a security architecture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final


class Kind(StrEnum):
    """What sort of institution binds the members."""

    __hash__ = str.__hash__  # a name is looked up a million times in a run, and that of an enumeration is slow

    BILATERAL = "BT"
    DE_FACTO = "DF"
    MULTILATERAL = "MT"
    FORUM = "FO"


class Rule(StrEnum):
    """How the institution decides."""

    __hash__ = str.__hash__

    HUB = "hub"
    CONSENSUS = "consensus"


def _without_hash(thing: Any) -> dict[str, Any]:
    """Return what goes along to another process, where texts have other hashes."""
    return {name: value for name, value in thing.__dict__.items() if name != _HASH}


_HASH: Final = "_hash"


@dataclass(frozen=True, order=True)
class Institution:
    """One institution."""

    kind: Kind
    """Bilateral treaty, de facto commitment, multilateral treaty or forum."""
    members: tuple[str, ...]
    """State ids, the hub first where it is a member, the others in the order of the case."""
    rule: Rule
    """Led by the hub, or by consensus in a council."""
    depth: float | None = None
    """Share of a full alliance; None takes the depth that the parameters give to the kind."""
    name: str = field(default="", compare=False)
    """Name in the record; no part of the identity."""
    term: float | None = field(default=None, compare=False, repr=False)
    """Years for which it was concluded, after each of which an act is needed for it to go on; None for no term."""
    begun: float | None = field(default=None, compare=False, repr=False)
    """Day of its start, in years; None where no day is known."""
    habit: float | None = field(default=None, compare=False, repr=False)
    """Yearly chance that one member leaves, by the record of the hub or the body before a run; None where unknown."""

    def __eq__(self, other: object) -> bool:  # written out: it is asked as often, and mostly says no at the members
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self is other or (
            self.members == other.members
            and (self.kind, self.rule, self.depth) == (other.kind, other.rule, other.depth)
        )

    def __hash__(self) -> int:  # worked out once: institutions are looked up a million times in a run
        try:
            known: int = self.__dict__[_HASH]
        except KeyError:
            known = self.__dict__[_HASH] = hash((self.kind, self.members, self.rule, self.depth))
        return known

    def __getstate__(self) -> dict[str, Any]:
        return _without_hash(self)

    def has(self, *states: str) -> bool:
        """Return whether all these states are members."""
        return set(states).issubset(self.members)

    def of(self, members: tuple[str, ...]) -> Institution:
        """Return the institution with other members, everything else as it is."""
        return Institution(self.kind, members, self.rule, self.depth, self.name, self.term, self.begun, self.habit)

    def joined_by(self, *states: str) -> Institution:
        """Return the institution as it is with more members; it has no name in the record yet."""
        return Institution(self.kind, (*self.members, *states), self.rule, self.depth)

    @property
    def is_treaty(self) -> bool:
        """Whether it is a treaty in force of law (bilateral or multilateral)."""
        return self.kind in (Kind.BILATERAL, Kind.MULTILATERAL)

    @property
    def has_council(self) -> bool:
        """Whether it is a treaty whose members decide by consensus in a council."""
        return self.kind is Kind.MULTILATERAL and self.rule is Rule.CONSENSUS


def bilateral(hub: str, spoke: str, depth: float | None = None, name: str = "") -> Institution:
    """Return a bilateral treaty between the hub and a spoke."""
    return Institution(Kind.BILATERAL, (hub, spoke), Rule.HUB, depth, name)


def de_facto(hub: str, protege: str, name: str = "") -> Institution:
    """Return a one-way commitment of the hub to a state, without a treaty."""
    return Institution(Kind.DE_FACTO, (hub, protege), Rule.HUB, None, name)


def body(members: Iterable[str], rule: Rule = Rule.CONSENSUS, name: str = "") -> Institution:
    """Return a multilateral treaty."""
    return Institution(Kind.MULTILATERAL, tuple(members), rule, None, name)


def forum(members: Iterable[str], name: str = "") -> Institution:
    """Return a forum, which always decides by consensus."""
    return Institution(Kind.FORUM, tuple(members), Rule.CONSENSUS, None, name)


@dataclass(frozen=True)
class Architecture:
    """A finite set of institutions, in a fixed order.

    Attributes
    ----------
    institutions : tuple of Institution
        Without repetition.

    Examples
    --------
    >>> import foedus
    >>> from foedus.model.architecture import bilateral
    >>> treaty = bilateral("USA", "JPN")
    >>> star = foedus.Architecture((treaty,))
    >>> len(star), treaty in star, len(star.without(treaty))
    (1, True, 0)
    """

    institutions: tuple[Institution, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "institutions", tuple(dict.fromkeys(self.institutions)))

    def __hash__(self) -> int:
        try:
            known: int = self.__dict__[_HASH]
        except KeyError:
            known = self.__dict__[_HASH] = hash(self.institutions)
        return known

    @classmethod
    def _of(cls, institutions: tuple[Institution, ...]) -> Architecture:
        """Return the architecture of institutions that are known to stand once each, as those of another one do."""
        made = object.__new__(cls)
        made.__dict__["institutions"] = institutions
        return made

    def __getstate__(self) -> dict[str, Any]:
        return _without_hash(self)

    def __iter__(self) -> Iterator[Institution]:
        return iter(self.institutions)

    def __len__(self) -> int:
        return len(self.institutions)

    def __contains__(self, institution: object) -> bool:
        return institution in self.institutions

    def same_set(self, other: Architecture) -> bool:
        """Return whether both hold the same institutions, whatever the order."""
        return frozenset(self.institutions) == frozenset(other.institutions)

    def having(self, institution: Institution) -> Architecture:
        """Return the architecture with one institution added as the rules of absorption say.

        A bilateral treaty replaces a de facto commitment to the same state. A body replaces every treaty
        and commitment whose members all belong to it. A forum replaces smaller forums of its members, no treaty.
        """

        holds = frozenset(institution.members).issuperset
        if institution.kind is Kind.FORUM:
            stay = [m for m in self if m.kind is not Kind.FORUM or m == institution or not holds(m.members)]
        elif institution.kind is Kind.MULTILATERAL:
            stay = [m for m in self if m.kind is Kind.FORUM or not holds(m.members)]
        else:
            both = set(institution.members)
            stay = [m for m in self if m.kind is not Kind.DE_FACTO or set(m.members) != both]
        if institution in self.institutions:
            return Architecture((*stay, institution))
        return Architecture._of((*stay, institution))

    def without(self, institution: Institution) -> Architecture:
        """Return the architecture with one institution removed."""
        try:
            at = self.institutions.index(institution)
        except ValueError:
            return self
        return Architecture._of(self.institutions[:at] + self.institutions[at + 1 :])

    def left_by(self, state: str, institution: Institution, hub: str) -> Architecture:
        """Return the architecture after a state has left one institution; :meth:`left_behind` says what takes its place."""
        left = self.without(institution)
        behind = self.left_behind(state, institution, hub)
        return Architecture((*left, *behind)) if behind else left

    def left_behind(self, state: str, institution: Institution, hub: str) -> tuple[Institution, ...]:
        """Return what takes the place of one institution when a state leaves it.

        Who leaves a body falls back to a bilateral treaty with the hub; when the hub leaves, every other
        member does. A treaty of two, and a body or forum left with fewer than two members, ends.
        """
        if institution.kind in (Kind.BILATERAL, Kind.DE_FACTO):
            return ()
        rest = tuple([m for m in institution.members if m != state])
        behind = [institution.of(rest)] if len(rest) >= 2 else []
        if institution.kind is Kind.MULTILATERAL and hub in institution.members:
            leavers = rest if state == hub else (state,)
            present = {m.members for m in self.institutions if m.kind is Kind.BILATERAL}
            behind.extend(bilateral(hub, s) for s in leavers if s != hub and (hub, s) not in present)
        return tuple(behind)

    def spokes(self, hub: str) -> tuple[str, ...]:
        """Return the states bound to the hub by a treaty, in order of appearance."""
        bound = (s for m in self.institutions if m.is_treaty and m.has(hub) for s in m.members if s != hub)
        return tuple(dict.fromkeys(bound))
