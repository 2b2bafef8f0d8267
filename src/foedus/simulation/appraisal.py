"""Appraisal: what an architecture is worth to every state, and every quantity on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.draws.stop import look
from foedus.mechanisms import MECHANISMS
from foedus.model.architecture import Architecture, Institution, Kind, Rule
from foedus.model.parameters import Parameters
from foedus.model.world import SHAPES, World
from foedus.simulation.batch import utilities_with
from foedus.simulation.plan import Given, Quantities, Roster
from foedus.simulation.wiring import GIVEN, STILL
from foedus.vocabulary.errors import FoedusError, Problem, nearest


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
        self._rows: dict[Institution, tuple[NDArray[np.bool_], tuple[float, ...]]] = {}
        self._memory: dict[tuple[Architecture, frozenset[Any]], Appraisal] = {}
        self._start: dict[tuple[Architecture, frozenset[Any]], Roster] = {}
        values: dict[str, Any] = {name: getattr(world, name) for name in SHAPES}
        values |= dict(parameters)
        values["hub"] = world.hub_index
        for law in STILL:
            values[law.name] = law.function(*[values[n] for n in law.needs])
        self.setting: Mapping[str, Any] = values
        self._given = Given(*[_ready(values[n]) for n in GIVEN])

    def depth(self, institution: Institution) -> float:
        """Return the depth of an institution: its own, or what the parameters give to its kind."""
        if institution.depth is not None:
            return institution.depth
        if institution.kind is Kind.FORUM:
            return self.parameters["forum_depth"]
        if institution.kind is Kind.DE_FACTO:
            return self.parameters["de_facto_depth"]
        return 1.0

    def _row(self, m: Institution) -> tuple[NDArray[np.bool_], tuple[float, ...]]:
        row = self._rows.get(m)
        if row is None:
            member = np.array([s in m.members for s in self.world.states])
            flags = (
                self.depth(m),
                m.is_treaty,
                m.kind is Kind.MULTILATERAL,
                m.kind is Kind.FORUM,
                m.kind is Kind.DE_FACTO,
                m.rule is Rule.CONSENSUS,
            )
            row = self._rows[m] = (member, flags)
        return row

    def roster(self, architecture: Architecture, known: frozenset[Any]) -> Roster:
        """Return an architecture as arrays with one row per institution; `known` are those that are not new."""
        count = len(architecture)
        member = np.zeros((count, len(self.world.states)), dtype=np.bool_)
        flags = np.zeros((7, count))
        for k, m in enumerate(architecture):
            member[k], flags[:6, k] = self._row(m)
            flags[6, k] = (m.kind, m.members) not in known
        return Roster(member, flags[0], *(flags[1:] > 0))

    def appraise(self, architecture: Architecture, before: Architecture) -> Appraisal:
        """Return the appraisal of an architecture.

        Parameters
        ----------
        architecture : Architecture
            Institutions that are supposed to be in force.
        before : Architecture
            Institutions in force when it is judged; only others are punished as new.
        """
        known = frozenset((m.kind, m.members) for m in before)
        key = (architecture, known)
        found = self._memory.get(key)
        if found is None:
            look()  # between two appraisals work can end; within one it cannot
            roster = self.roster(architecture, known)
            nobody = np.zeros((1, len(self.world.states)), dtype=np.bool_)
            utility, components, quantities = utilities_with(
                self._given, roster, nobody, nobody[0, :1], 0.0, True, True
            )
            found = Appraisal(architecture, utility[0], components, self.setting, roster, quantities)
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
        known = frozenset((m.kind, m.members) for m in before)
        member = np.array([[s in m.members for s in self.world.states] for m in drafts])
        new = np.array([(m.kind, m.members) not in known for m in drafts])
        one = drafts[0]
        forum = one.kind is Kind.FORUM
        key = (start, known)
        if key not in self._start:  # step by step, drafts are added to the same
            self._start = {key: self.roster(start, known)}
        look()
        worth, _, _ = utilities_with(
            self._given, self._start[key], member, new, self.depth(one), forum, one.rule is Rule.CONSENSUS
        )
        return worth
