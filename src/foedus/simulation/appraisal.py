"""Appraisal: what an architecture is worth to every state, and every quantity on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.mechanisms import COMPONENTS, LAWS, MECHANISMS
from foedus.model.architecture import Architecture, Institution, Kind, Rule
from foedus.model.mechanism import order
from foedus.model.parameters import BY_NAME, Parameters
from foedus.model.world import SHAPES, World
from foedus.vocabulary.errors import FoedusError, Problem, nearest

ROSTER: Final = ("member", "depth", "treaty", "multilateral", "forum", "de_facto", "consensus", "new")
"""Quantities read off an architecture, one row per institution."""

WANTED: Final = (*COMPONENTS, "rescue")

_GIVEN = (*SHAPES, "hub", *BY_NAME)
_PLAN = order(LAWS, WANTED, (*_GIVEN, *ROSTER))


def _split() -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Tell laws that hold in any architecture from those that do not."""
    moving = set(ROSTER)
    still, dynamic = [], []
    for law in _PLAN:
        if moving.intersection(law.needs):
            moving.add(law.name)
            dynamic.append(law)
        else:
            still.append(law)
    return tuple(still), tuple(dynamic)


_STILL, _DYNAMIC = _split()


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
    components : ndarray, shape (8, N)
        Terms of utility in the order of ``foedus.mechanisms.COMPONENTS``.
    quantities : mapping
        Every quantity that was worked out on the way, by name.
    """

    architecture: Architecture
    utility: NDArray[np.float64]
    components: NDArray[np.float64]
    quantities: Mapping[str, Any]


class Appraiser:
    """Works out utilities in one world under one set of parameters; results are remembered.

    Parameters
    ----------
    world : World
    parameters : Parameters
    """

    def __init__(self, world: World, parameters: Parameters) -> None:
        self.world = world
        self.parameters = parameters
        self._rows: dict[Institution, tuple[NDArray[np.bool_], float, tuple[bool, ...]]] = {}
        self._memory: dict[tuple[Architecture, frozenset[Any]], Appraisal] = {}
        values: dict[str, Any] = {name: getattr(world, name) for name in SHAPES}
        values |= dict(parameters)
        values["hub"] = world.hub_index
        for law in _STILL:
            values[law.name] = law.function(*[values[n] for n in law.needs])
        self.setting: Mapping[str, Any] = values

    def depth(self, institution: Institution) -> float:
        """Return the depth of an institution: its own, or what the parameters give to its kind."""
        if institution.depth is not None:
            return institution.depth
        if institution.kind is Kind.FORUM:
            return self.parameters["forum_depth"]
        if institution.kind is Kind.DE_FACTO:
            return self.parameters["de_facto_depth"]
        return 1.0

    def _row(self, m: Institution) -> tuple[NDArray[np.bool_], float, tuple[bool, ...]]:
        row = self._rows.get(m)
        if row is None:
            member = np.array([s in m.members for s in self.world.states])
            flags = (
                m.is_treaty,
                m.kind is Kind.MULTILATERAL,
                m.kind is Kind.FORUM,
                m.kind is Kind.DE_FACTO,
                m.rule is Rule.CONSENSUS,
            )
            row = self._rows[m] = (member, self.depth(m), flags)
        return row

    def roster(self, architecture: Architecture, known: frozenset[Any]) -> dict[str, Any]:
        """Return an architecture as arrays with one row per institution."""
        rows = [self._row(m) for m in architecture]
        count = len(rows)
        flags = np.array([r[2] for r in rows], dtype=np.bool_).reshape(count, 5)
        return {
            "member": np.array([r[0] for r in rows], dtype=np.bool_).reshape(count, len(self.world.states)),
            "depth": np.array([r[1] for r in rows], dtype=np.float64),
            "treaty": flags[:, 0],
            "multilateral": flags[:, 1],
            "forum": flags[:, 2],
            "de_facto": flags[:, 3],
            "consensus": flags[:, 4],
            "new": np.array([(m.kind, m.members) not in known for m in architecture], dtype=np.bool_),
        }

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
            values = dict(self.setting)
            values |= self.roster(architecture, known)
            for law in _DYNAMIC:
                values[law.name] = law.function(*[values[n] for n in law.needs])
            components = np.array([values[c] for c in COMPONENTS])
            found = Appraisal(architecture, components.sum(axis=0), components, values)
            self._memory[key] = found
        return found
