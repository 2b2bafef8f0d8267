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
from foedus.mechanisms import MECHANISMS, variant
from foedus.model.architecture import Architecture, Institution, Kind, Rule
from foedus.model.parameters import Parameters
from foedus.model.properties import PROPERTIES, depth_of
from foedus.model.world import SHAPES, World
from foedus.simulation.batch import components_of, utilities_with
from foedus.simulation.plan import Given, Quantities, Roster, plan
from foedus.simulation.wiring import GIVEN, STANDING, STILL
from foedus.vocabulary.errors import FoedusError, Problem, nearest

Known = frozenset[Any]
"""Kind and members of every institution that is not new."""


_TRUTHS = (*(p.yes_or_no for p in PROPERTIES.values()), True)  # of the properties, and of being new


def known_from(before: Architecture) -> Known:
    """Return what is not new where some institutions are in force."""
    return frozenset((m.kind, m.members) for m in before)


def _as_roster(member: NDArray[np.bool_], answers: NDArray[np.float64]) -> Roster:
    """Return institutions by who is a member, shape (M, N), and what each property answers and which are new, (P + 1, M)."""
    truths = answers > 0
    return Roster(member, *[truths[k] if yes_or_no else answers[k] for k, yes_or_no in enumerate(_TRUTHS)])


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

    Examples
    --------
    >>> import foedus
    >>> world = foedus.build_world(foedus.read_case("indo-pacific-2020"))
    >>> appraiser = foedus.Appraiser(world, foedus.Parameters())
    >>> found = appraiser.appraise(world.in_force, before=world.in_force)
    >>> found.utility.shape == (len(world.states),)
    True
    """

    def __init__(self, world: World, parameters: Parameters) -> None:
        self.world = world
        self.parameters = parameters
        self.played = nothing_played(len(world.states))
        self._rows: dict[Institution, tuple[list[bool], list[float]]] = {}
        self._of_kind: dict[tuple[Kind, Rule, float | None], NDArray[np.float64]] = {}
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
            return Appraiser(world, self.parameters)
        made = copy(self)
        made.world, made.grown, made._start = world, None, None
        return made

    def depth(self, institution: Institution) -> float:
        """Return the depth of an institution: its own, or what the parameters give to its kind."""
        return depth_of(institution, self.parameters)

    def _row(self, m: Institution) -> tuple[list[bool], list[float]]:
        member = [s in m.members for s in self.world.states]
        row = self._rows[m] = (member, [p.answer(m, self.parameters) for p in PROPERTIES.values()])
        return row

    def _known(self, before: Architecture) -> Known:
        """Return what is not new; one and the same architecture is asked about many times in a row."""
        if self._before is None or self._before[0] is not before:
            self._before = (before, known_from(before))
        return self._before[1]

    def roster(self, architecture: Architecture, known: Known) -> Roster:
        """Return an architecture as arrays with one row per institution; `known` are those that are not new."""
        count, kept = len(architecture), self._rows
        rows = [kept.get(m) or self._row(m) for m in architecture]
        member = np.array([row[0] for row in rows], dtype=np.bool_).reshape(count, len(self.world.states))
        answers = np.empty((len(_TRUTHS), count))
        answers[:-1] = np.array([row[1] for row in rows]).reshape(count, len(PROPERTIES)).T
        answers[-1] = [(m.kind, m.members) not in known for m in architecture]
        return _as_roster(member, answers)

    def components(self, architectures: Sequence[Architecture], before: Architecture) -> NDArray[np.float64]:
        """Return the terms of utility of several architectures, each as :meth:`appraise` gives them, worked out in one go.

        Parameters
        ----------
        architectures : sequence of Architecture
        before : Architecture
            As in :meth:`appraise`.

        Returns
        -------
        ndarray, shape (architectures, C, N)
        """
        known = self._known(before)
        place: dict[Institution, int] = {}
        rows = np.full((len(architectures), max((len(a) for a in architectures), default=0)), -1, dtype=np.int64)
        for b, architecture in enumerate(architectures):
            for k, m in enumerate(architecture):
                rows[b, k] = place.setdefault(m, len(place))
        look()
        roster = self.roster(Architecture(tuple(place)), known)
        found: NDArray[np.float64] = components_of(self._given_in(before, known), roster, rows, self.played)
        return found

    def _roster_of_drafts(self, drafts: Sequence[Institution], known: Known) -> Roster:
        """Return drafts that differ in their members alone as arrays."""
        member = np.array([[s in m.members for s in self.world.states] for m in drafts])
        kept, one = self._of_kind, drafts[0]
        kind = (one.kind, one.rule, one.depth)
        if kind not in kept:
            kept[kind] = np.array([[p.answer(one, self.parameters)] for p in PROPERTIES.values()])
        answers = np.empty((len(_TRUTHS), len(drafts)))
        answers[:-1] = kept[kind]
        answers[-1] = [(m.kind, m.members) not in known for m in drafts]
        return _as_roster(member, answers)

    def _given_in(self, before: Architecture, known: Known) -> Given:
        """Return what laws need where some institutions are in force: answered is only what they do not bring."""
        if not self._answered:
            return self._given
        if before not in self._facing:
            *_, found = plan(self._given, self.roster(before, known), self.played)
            standing = _ready(Quantities(*found).strength_allied)
            self._facing[before] = self._given._replace(strength_standing=standing)
        return self._facing[before]

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
            utility, components, quantities = plan(self._given_in(before, known), roster, self.played)
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
        if self._start is None or self._start[0] is not start or self._start[1] is not before:
            known = self._known(before)
            self._start = (
                start,
                before,
                known,
                self.roster(start, known),
            )  # step by step, drafts are added to the same
        *_, known, standing = self._start
        look()
        given = self._given_in(before, known)
        return utilities_with(given, standing, self._roster_of_drafts(drafts, known), self.played)
