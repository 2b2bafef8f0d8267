"""The roll: every institution that a run has met as a row of arrays, entered once, from which architectures are picked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any, Final

import numpy as np

from foedus.model.architecture import Architecture, Institution, Kind, Rule
from foedus.model.parameters import Parameters
from foedus.model.properties import PROPERTIES
from foedus.simulation.plan import Roster

Known = frozenset[Any]
"""Kind and members of every institution that is not new."""

_ROOM: Final = 64  # institutions that there is room for at first
_ENTERING = Lock()  # several threads may ask about the same world
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_ENTERING._at_fork_reinit)  # type: ignore[attr-defined]


def known_from(before: Architecture) -> Known:
    """Return what is not new where some institutions are in force."""
    return frozenset((m.kind, m.members) for m in before)


class Roll:
    """What laws ask of institutions, for some states under some parameters, each asked once.

    An institution has two rows, one after the other: as one that is known, and as one that is new.

    Parameters
    ----------
    states : tuple of str
    parameters : Parameters

    Attributes
    ----------
    rows : Roster
        With room for more at its end; replaced by a longer one when it is full.
    """

    def __init__(self, states: tuple[str, ...], parameters: Parameters) -> None:
        self.states, self.parameters = states, parameters
        self._place = {s: i for i, s in enumerate(states)}
        self._of: dict[Institution, int] = {}
        self._here: tuple[Known, dict[int, int], list[Institution]] = (frozenset(), {}, [])
        self._of_kind: dict[tuple[Kind, Rule, float | None], bytes] = {}
        self.rows = _room_for(_ROOM, len(states))

    def at(self, institutions: Iterable[Institution], known: Known) -> list[int]:
        """Return the rows of some institutions, entering those not met before; `known` are those that are not new."""
        asked, here = tuple(institutions), self._here
        if here[0] is not known:
            here = self._here = (known, {}, [])
        _, rows, met = here
        try:
            return [rows[id(m)] for m in asked]  # mostly one and the same thing is asked about, again and again
        except KeyError:
            strange, of = [m for m in asked if id(m) not in rows], self._of
        try:
            first = [of[m] for m in strange]
        except KeyError:
            with _ENTERING:
                self._enter([m for m in dict.fromkeys(strange) if m not in of])
            first = [of[m] for m in strange]
        met.extend(strange)  # what lives keeps its number to itself
        for m, row in zip(strange, first, strict=True):
            rows[id(m)] = row + ((m.kind, m.members) not in known)
        return [rows[id(m)] for m in asked]

    def _enter(self, strange: Sequence[Institution]) -> None:
        if not strange:
            return  # another thread has entered them meanwhile
        first, end = 2 * len(self._of), 2 * (len(self._of) + len(strange))
        if end > self.rows.new.size:
            longer = _room_for(end, len(self.states))
            for column, old in zip(longer, self.rows, strict=True):
                column[:first] = old[:first]
            self.rows = longer
        # Arrays are made of bytes as they are: from lists it takes ten times as long.
        inside = np.frombuffer(b"".join([self._members(m) for m in strange]), dtype=np.bool_)
        said = np.frombuffer(b"".join([self._answers(m) for m in strange]), dtype=np.float64)
        for row in (first, first + 1):
            self.rows.member[row:end:2] = inside.reshape(len(strange), -1)
            for column, answers in zip(self.rows[1:-1], said.reshape(len(strange), -1).T, strict=True):
                column[row:end:2] = answers
        self._of.update(zip(strange, range(first, end, 2), strict=True))

    def _members(self, m: Institution) -> bytes:
        """Return who belongs to an institution, a byte for each state in their order."""
        place, row = self._place, bytearray(len(self._place))
        for s in m.members:
            if s in place:
                row[place[s]] = 1
        return bytes(row)

    def _answers(self, m: Institution) -> bytes:
        """Return what each property answers, as numbers; it is the same for all that differ in their members alone."""
        kind = (m.kind, m.rule, m.depth)
        found = self._of_kind.get(kind)
        if found is None:
            said = [float(p.answer(m, self.parameters)) for p in PROPERTIES.values()]
            found = self._of_kind[kind] = np.array(said).tobytes()
        return found


def _room_for(institutions: int, states: int) -> Roster:
    """Return rows for twice as many institutions, so that they are seldom moved."""
    rows = 4 * institutions
    truths = [p.yes_or_no for p in PROPERTIES.values()]
    said: list[Any] = [np.zeros(rows, dtype=np.bool_ if truth else np.float64) for truth in truths]
    columns: list[Any] = [np.zeros((rows, states), dtype=np.bool_), *said, np.arange(rows) % 2 == 1]
    return Roster(*columns)
