"""The model as a room asks it, and one that says nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from foedus.council.acts import Act, Event
from foedus.council.fold import Room
from foedus.council.inject_effects import Effect
from foedus.council.worth import Worth


class Law(Protocol):
    """The model, as a room asks it; every answer is a function of the room and its form."""

    def answers(self, room: Room) -> Sequence[Act]:
        """Return what the seats that nobody plays do now where they are asked."""
        ...

    def year(self, room: Room) -> Sequence[Event] | None:
        """Return the year, worked out; none while it is not asked for."""
        ...

    def worths(self, room: Room) -> Mapping[str, Mapping[str, Worth]]:
        """Return what the clauses on the tables would be worth, by their words and by state; nothing where that is hidden."""
        ...

    def bands(self, room: Room) -> Mapping[str, Mapping[str, tuple[float, float]]]:
        """Return between which sums they lie in most draws; slow."""
        ...

    def effects(self, room: Room) -> Mapping[str, Effect]:
        """Return what every inject that is prepared would do, by its id; for the facilitator alone."""
        ...


class NoLaw:
    """A model that says nothing."""

    def answers(self, room: Room) -> Sequence[Act]:
        """Return nothing."""
        return ()

    def year(self, room: Room) -> Sequence[Event] | None:
        """Return nothing."""
        return None

    def worths(self, room: Room) -> Mapping[str, Mapping[str, Worth]]:
        """Return nothing."""
        return {}

    def bands(self, room: Room) -> Mapping[str, Mapping[str, tuple[float, float]]]:
        """Return nothing."""
        return {}

    def effects(self, room: Room) -> Mapping[str, Effect]:
        """Return nothing."""
        return {}
