"""Appraisal: what an architecture is worth to every state, and every quantity on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.draws.stop import look
from foedus.kernels.defended import nothing_played
from foedus.mechanisms import COMPONENTS, MECHANISMS, variant
from foedus.model.architecture import Architecture, Institution, Kind, Rule
from foedus.model.parameters import Parameters
from foedus.model.properties import PROPERTIES, depth_of
from foedus.model.world import SHAPES, World
from foedus.simulation.batch import rows_with
from foedus.simulation.plan import Found, Given, Quantities, Roster, plan
from foedus.simulation.wiring import GIVEN, STANDING, STILL
from foedus.vocabulary.errors import FoedusError, Problem, nearest

Known = frozenset[Any]
"""Kind and members of every institution that is not new."""

Change = tuple[Institution, tuple[Institution, ...]]
"""An institution that ends, and those that take its place."""


_TRUTHS = tuple(p.yes_or_no for p in PROPERTIES.values())


def known_from(before: Architecture) -> Known:
    """Return what is not new where some institutions are in force."""
    return frozenset((m.kind, m.members) for m in before)


class Rows:
    """What laws ask of institutions, for some states under some parameters: a row for each, asked once.

    Parameters
    ----------
    states : tuple of str
    parameters : Parameters
    """

    def __init__(self, states: tuple[str, ...], parameters: Parameters) -> None:
        self.states, self.parameters = states, parameters
        self._place = {s: i for i, s in enumerate(states)}
        self._of: dict[Institution, tuple[bytes, bytes]] = {}
        self._of_kind: dict[tuple[Kind, Rule, float | None], bytes] = {}

    def members(self, members: tuple[str, ...]) -> bytes:
        """Return who belongs to a membership, a byte for each state in their order."""
        place, row = self._place, bytearray(len(self._place))
        for s in members:
            if s in place:
                row[place[s]] = 1
        return bytes(row)

    def answers(self, m: Institution) -> bytes:
        """Return what each property answers, as numbers; it is the same for all that differ in their members alone."""
        kind = (m.kind, m.rule, m.depth)
        found = self._of_kind.get(kind)
        if found is None:
            said = [float(p.answer(m, self.parameters)) for p in PROPERTIES.values()]
            found = self._of_kind[kind] = np.array(said).tobytes()
        return found

    def row(self, m: Institution) -> tuple[bytes, bytes]:
        """Return who belongs to an institution, and what each property answers."""
        found = self._of.get(m)
        if found is None:
            found = self._of[m] = (self.members(m.members), self.answers(m))
        return found


def _as_roster(states: int, member: Sequence[bytes], answers: Sequence[bytes], new: list[bool]) -> Roster:
    """Return institutions as arrays, from who is a member, what each property answers, and which are new.

    Arrays are made of the bytes of :class:`Rows` as they are: from lists it takes ten times as long.
    """
    inside = np.frombuffer(bytearray().join(member), dtype=np.bool_).reshape(len(member), states)
    said = np.frombuffer(bytearray().join(answers), dtype=np.float64).reshape(len(member), len(_TRUTHS))
    columns: list[Any] = [said[:, k] != 0.0 if truth else said[:, k].copy() for k, truth in enumerate(_TRUTHS)]
    columns.append(np.array(new, dtype=np.bool_))
    return Roster(inside, *columns)


def _ready(value: Any) -> Any:
    """Return a value as compiled code wants it: always the same layout, or it would be compiled for each."""
    if not isinstance(value, np.ndarray):
        return value
    return np.require(value, requirements=("C_CONTIGUOUS", "WRITEABLE", "ALIGNED"))


def switch_off(parameters: Parameters, mechanisms: Iterable[str]) -> Parameters:
    """Return parameters with which the named mechanisms have no effect.

    Raises
    ------
    FoedusError
        A mechanism is unknown or cannot be switched off.
    """
    changes: dict[str, float] = {}
    switchable = [n for n, m in MECHANISMS.items() if m.off]
    for name in mechanisms:
        if name not in switchable:
            what = (
                "this mechanism is a procedure and cannot be switched off"
                if name in MECHANISMS
                else ("there is no such mechanism")
            )
            raise FoedusError(Problem(f"mechanism '{name}'", what, nearest(name, switchable)))
        changes.update(MECHANISMS[name].off)
    return parameters.replace(changes)


@dataclass(frozen=True)
class Appraisal:
    """What one architecture is worth to every state.

    Attributes
    ----------
    architecture : Architecture
    utility : ndarray, shape (N,)
        % of own GDP a year, relative to a world without treaties.
    components : ndarray, shape (C, N)
        Terms of utility in the order of ``foedus.mechanisms.COMPONENTS``.
    setting : mapping
        Everything that holds in any architecture, by name.
    roster : Roster
    found : Quantities
        What the laws yielded.
    """

    architecture: Architecture
    utility: NDArray[np.float64]
    components: NDArray[np.float64]
    setting: Mapping[str, Any]
    roster: Roster
    found: Quantities

    @cached_property
    def quantities(self) -> Mapping[str, Any]:
        """Every quantity that was worked out on the way, by name."""
        return {**self.setting, **self.roster._asdict(), **self.found._asdict()}


def lost(found: Appraisal) -> NDArray[np.float64]:
    """Return the loss that each state expects and feels, the answers of adversaries included, % of GDP a year, shape (N,)."""
    expected: NDArray[np.float64] = found.found.felt_loss_allied + found.found.answer
    return expected


class Appraiser:
    """Works out utilities in one world under one set of parameters; results are remembered.

    Parameters
    ----------
    world : World
    parameters : Parameters
    rows : Rows, optional
        What is known of institutions, for the same states and parameters.

    Examples
    --------
    >>> import foedus
    >>> world = foedus.build_world(foedus.read_case("indo-pacific-2020"))
    >>> appraiser = foedus.Appraiser(world, foedus.Parameters())
    >>> found = appraiser.appraise(world.in_force, before=world.in_force)
    >>> found.utility.shape == (len(world.states),)
    True
    """

    def __init__(self, world: World, parameters: Parameters, rows: Rows | None = None) -> None:
        self.world = world
        self.parameters = parameters
        self.played = nothing_played(len(world.states))
        self._rows = Rows(world.states, parameters) if rows is None else rows
        self._memory: dict[tuple[Architecture, Known, Architecture | None], Appraisal] = {}
        self._start: tuple[Architecture, Architecture, Known, Roster] | None = None
        self._before: tuple[Architecture, Known] | None = None
        self.grown: Architecture | None = None  # the star, once somebody has asked for it
        self._facing: dict[Architecture, Given] = {}

    @cached_property
    def setting(self) -> Mapping[str, Any]:
        """Everything that holds in any architecture, by name."""
        values: dict[str, Any] = {name: getattr(self.world, name) for name in SHAPES}
        values |= {**self.parameters, **variant(self.parameters, "reaction")(self.parameters)}
        values["hub"] = self.world.hub_index
        for law in STILL:
            values[law.name] = law.function(*[values[n] for n in law.needs])
        values[STANDING] = values["strength_alone"]
        return values

    @cached_property
    def _answered(self) -> bool:
        return any(self.setting[name] != 0.0 for name in MECHANISMS["reaction"].off)

    @cached_property
    def _given(self) -> Given:
        return Given(*[_ready(self.setting[n]) for n in GIVEN])

    def moved(self, world: World) -> Appraiser:
        """Return the appraiser of a world that came of this one.

        Where only institutions have changed, every appraisal stays as it was, and is kept: what is in force enters it by
        what is new, which is remembered with it.

        Parameters
        ----------
        world : World
            With the same states and adversaries.
        """
        if any(getattr(world, name) is not getattr(self.world, name) for name in SHAPES):
            return Appraiser(world, self.parameters, self._rows)
        made = copy(self)
        made.world, made.grown, made._start = world, None, None
        return made

    def depth(self, institution: Institution) -> float:
        """Return the depth of an institution: its own, or what the parameters give to its kind."""
        return depth_of(institution, self.parameters)

    def _known(self, before: Architecture) -> Known:
        """Return what is not new; one and the same architecture is asked about many times in a row."""
        if self._before is None or self._before[0] is not before:
            self._before = (before, known_from(before))
        return self._before[1]

    def roster(self, architecture: Iterable[Institution], known: Known) -> Roster:
        """Return an architecture as arrays with one row per institution; `known` are those that are not new."""
        institutions = tuple(architecture)
        rows = [self._rows.row(m) for m in institutions]
        new = [(m.kind, m.members) not in known for m in institutions]
        return _as_roster(len(self.world.states), [r[0] for r in rows], [r[1] for r in rows], new)

    def terms_after(
        self, standing: Architecture, changes: Sequence[Change], before: Architecture
    ) -> NDArray[np.float64]:
        """Return the terms of utility after each of some changes of an architecture, worked out in one go.

        Parameters
        ----------
        standing : Architecture
        changes : sequence of (Institution, tuple of Institution)
            One that ends, and those that take its place, at the end of what is left; who is there already stays there.
        before : Architecture
            As in :meth:`appraise`.

        Returns
        -------
        ndarray, shape (changes, C, N)
        """
        if not changes:
            return np.empty((0, len(COMPONENTS), len(self.world.states)))
        known, roster = self._standing(standing, before)
        everyone = list(range(len(standing)))
        place = {m: k for k, m in enumerate(standing)}
        listed = []
        for gone, come in changes:
            at = place[gone]
            row = everyone[:at] + everyone[at + 1 :]
            row += dict.fromkeys(k for m in come if (k := place.setdefault(m, len(place))) >= len(standing))
            listed.append(row)
        longest = max(map(len, listed))
        rows = np.array([row + [-1] * (longest - len(row)) for row in listed], dtype=np.int64)
        look()
        more = self.roster(tuple(place)[len(standing) :], known)
        _, terms, _ = plan(self._given_in(before, known), roster, more, rows, self.played)
        return terms

    def _standing(self, start: Architecture, before: Architecture) -> tuple[Known, Roster]:
        """Return what is not new, and an architecture as arrays; step by step, changes are made to the same."""
        if self._start is None or self._start[0] is not start or self._start[1] is not before:
            known = self._known(before)
            self._start = (start, before, known, self.roster(start, known))
        return self._start[2:]

    def _roster_of_drafts(self, drafts: Sequence[Institution], known: Known) -> Roster:
        """Return drafts that differ in their members alone as arrays."""
        rows = self._rows
        new = [(m.kind, m.members) not in known for m in drafts]
        answers = [rows.answers(drafts[0])] * len(drafts)
        return _as_roster(len(self.world.states), [rows.members(m.members) for m in drafts], answers, new)

    def _given_in(self, before: Architecture, known: Known) -> Given:
        """Return what laws need where some institutions are in force: answered is only what they do not bring."""
        if not self._answered:
            return self._given
        if before not in self._facing:
            *_, found = self._planned(self._given, self.roster(before, known))
            standing = _ready(Quantities(*found).strength_allied)
            self._facing[before] = self._given._replace(strength_standing=standing)
        return self._facing[before]

    def _planned(self, given: Given, roster: Roster) -> tuple[NDArray[np.float64], NDArray[np.float64], Found]:
        """Return utilities, shape (N,), their terms, shape (C, N), and every quantity of one architecture."""
        worth, terms, found = plan(given, roster, roster, np.arange(roster.new.size)[None, :], self.played)
        return worth[0], terms[0], found

    def appraise(self, architecture: Architecture, before: Architecture) -> Appraisal:
        """Return the appraisal of an architecture.

        Parameters
        ----------
        architecture : Architecture
            Institutions that are supposed to be in force.
        before : Architecture
            Institutions in force when it is judged; only others are punished as new.
        """
        known = self._known(before)
        key = (architecture, known, before if self._answered else None)
        found = self._memory.get(key)
        if found is None:
            look()  # between two appraisals work can end; within one it cannot
            roster = self.roster(architecture, known)
            utility, components, quantities = self._planned(self._given_in(before, known), roster)
            found = Appraisal(architecture, utility, components, self.setting, roster, Quantities(*quantities))
            self._memory[key] = found
        return found

    def utilities(
        self, start: Architecture, drafts: Sequence[Institution], before: Architecture
    ) -> NDArray[np.float64]:
        """Return what each of some drafts of one kind, added alone to an architecture, is worth to every state.

        Parameters
        ----------
        start : Architecture
        drafts : sequence of Institution
            Forums, or bodies, that differ in their members alone; at least one.
        before : Architecture
            As in :meth:`appraise`, which says the same of each, but one at a time.

        Returns
        -------
        ndarray, shape (drafts, N)
        """
        return self._with_each(start, drafts, before)[0]

    def terms_with(
        self, start: Architecture, drafts: Sequence[Institution], before: Architecture
    ) -> NDArray[np.float64]:
        """Return the same by terms of utility, shape (drafts, C, N)."""
        return self._with_each(start, drafts, before)[1]

    def _with_each(
        self, start: Architecture, drafts: Sequence[Institution], before: Architecture
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        known, standing = self._standing(start, before)
        look()
        given = self._given_in(before, known)
        more = self._roster_of_drafts(drafts, known)
        rows = rows_with(standing.member, standing.forum, standing.depth, more.member, more.forum[0], more.depth[0])
        worth, terms, _ = plan(given, standing, more, rows, self.played)
        return worth, terms
