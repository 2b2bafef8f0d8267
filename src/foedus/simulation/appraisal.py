"""Appraisal: what an architecture is worth to every state, and every quantity on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from foedus.draws.stop import look
from foedus.kernels.defended import nothing_played
from foedus.mechanisms import COMPONENTS, MECHANISMS, variant
from foedus.model.architecture import Architecture, Institution
from foedus.model.parameters import Parameters
from foedus.model.properties import depth_of
from foedus.model.world import SHAPES, World
from foedus.simulation.batch import rows_with
from foedus.simulation.from_behind import shared
from foedus.simulation.plan import Found, Given, Quantities, Roster, plan
from foedus.simulation.roll import Known, Roll, known_from
from foedus.simulation.wiring import GIVEN, STANDING, STILL
from foedus.vocabulary.errors import FoedusError, Problem, nearest

Change = tuple[Institution, tuple[Institution, ...]]
"""An institution that ends, and those that take its place."""

shared()

_GAMES = 16  # games of each defended player that are remembered: drafts and exits come back to what they began with


def _ready(value: Any) -> Any:
    """Return a value as compiled code wants it: always the same layout, or it would be compiled for each."""
    if not isinstance(value, np.ndarray) or value.flags.carray:
        return value
    return np.array(value, order="C")


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
    found : Quantities
        What the laws yielded.
    roll : Roster
        Rows of institutions, those of the architecture among them.
    rows : tuple of int
        Which they are.
    """

    architecture: Architecture
    utility: NDArray[np.float64]
    components: NDArray[np.float64]
    setting: Mapping[str, Any]
    found: Quantities
    roll: Roster
    rows: tuple[int, ...]

    @property
    def roster(self) -> Roster:
        """The architecture as arrays, one row per institution."""
        columns: list[Any] = [column[list(self.rows)] for column in self.roll]
        return Roster(*columns)

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
    roll : Roll, optional
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

    def __init__(self, world: World, parameters: Parameters, roll: Roll | None = None) -> None:
        self.world = world
        self.parameters = parameters
        self.played = nothing_played(len(world.states), _GAMES)
        self._roll = Roll(world.states, parameters) if roll is None else roll
        self._memory: dict[tuple[Architecture, Known, Architecture | None], Appraisal] = {}
        self._start: tuple[Architecture, Architecture, Known, list[int]] | None = None
        self._before: tuple[Architecture, Known] | None = None
        self.grown: Architecture | None = None  # the star, once somebody has asked for it
        self._facing: dict[Architecture, Given] = {}
        self._drafted: dict[tuple[Architecture, Known, Architecture | None, Institution], NDArray[np.float64]] = {}

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
            return Appraiser(world, self.parameters, self._roll)
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
        known, everyone = self._standing(standing, before)
        place = {m: k for k, m in enumerate(standing)}
        fresh = dict.fromkeys(m for _, come in changes for m in come if m not in place)
        place |= {m: k for k, m in enumerate(fresh, len(everyone))}
        listed, every = [], list(range(len(everyone)))
        for gone, come in changes:
            at = place[gone]
            strange = [place[m] for m in dict.fromkeys(come) if m in fresh]
            listed.append([*every[:at], *every[at + 1 :], *strange])
        longest = max(map(len, listed))
        rows = np.array([row + [-1] * (longest - len(row)) for row in listed], dtype=np.int64)
        return self._planned(self._given_in(before, known), [*everyone, *self._roll.at(fresh, known)], rows)[1]

    def _standing(self, start: Architecture, before: Architecture) -> tuple[Known, list[int]]:
        """Return what is not new, and the rows of an architecture; step by step, changes are made to the same."""
        if self._start is None or self._start[0] is not start or self._start[1] is not before:
            known = self._known(before)
            self._start = (start, before, known, self._roll.at(start, known))
        return self._start[2:]

    def _answer_to(self, before: Architecture) -> Architecture | None:
        """Return what an answer of adversaries depends on; None where they do not answer."""
        return before if self._answered else None

    def _given_in(self, before: Architecture, known: Known) -> Given:
        """Return what laws need where some institutions are in force: answered is only what they do not bring."""
        if not self._answered:
            return self._given
        if before not in self._facing:
            found = self._alone(self._given, self._roll.at(before, known))[2]
            standing = _ready(Quantities(*found).strength_allied)
            self._facing[before] = self._given._replace(strength_standing=standing)
        return self._facing[before]

    def _planned(
        self, given: Given, listed: Sequence[int], rows: NDArray[np.int64], *, wanted: bool = False
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], Found | None]:
        """Return what the plan says of architectures of listed rows of the roll."""
        look()  # between two plans work can end; within one it cannot
        return plan(given, self._roll.rows, np.array(listed, dtype=np.int64), rows, self.played, wanted)

    def _alone(self, given: Given, rows: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.float64], Found]:
        """Return utilities, shape (N,), their terms, shape (C, N), and every quantity of one architecture."""
        worth, terms, found = self._planned(given, rows, np.arange(len(rows))[None, :], wanted=True)
        return worth[0], terms[0], cast(Found, found)

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
        key = (architecture, known, self._answer_to(before))
        found = self._memory.get(key)
        if found is None:
            rows = self._roll.at(architecture, known)
            utility, components, quantities = self._alone(self._given_in(before, known), rows)
            quantity = Quantities(*quantities)
            found = Appraisal(architecture, utility, components, self.setting, quantity, self._roll.rows, tuple(rows))
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
            Forums, bodies, or treaties of two where no treaty binds both, that differ in their members alone; at least one.
        before : Architecture
            As in :meth:`appraise`, which says the same of each, but one at a time.

        Returns
        -------
        ndarray, shape (drafts, N)
        """
        worth = self._with_each(start, drafts, before)[0]
        key = (start, self._known(before), self._answer_to(before))
        self._drafted.update(((*key, m), own) for m, own in zip(drafts, worth, strict=True))
        return worth

    def utility_with(self, start: Architecture, institution: Institution, before: Architecture) -> NDArray[np.float64]:
        """Return what an architecture with one institution more is worth to every state; as :meth:`appraise` says."""
        found = self._drafted.get((start, self._known(before), self._answer_to(before), institution))
        return self.appraise(start.having(institution), before).utility if found is None else found

    def terms_with(
        self, start: Architecture, drafts: Sequence[Institution], before: Architecture
    ) -> NDArray[np.float64]:
        """Return the same by terms of utility, shape (drafts, C, N)."""
        return self._with_each(start, drafts, before)[1]

    def _with_each(
        self, start: Architecture, drafts: Sequence[Institution], before: Architecture
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        known, standing = self._standing(start, before)
        new = self._roll.at(drafts, known)
        roll, at, one = self._roll.rows, np.array(standing, dtype=np.int64), new[0]
        chosen = rows_with(
            roll.member[at], roll.forum[at], roll.depth[at], roll.member[new], roll.forum[one], roll.depth[one]
        )
        return self._planned(self._given_in(before, known), [*standing, *new], chosen)[:2]
