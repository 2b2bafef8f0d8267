"""The world as arrays: everything the theory needs to know about one place at one time."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.model.architecture import Architecture
from foedus.vocabulary.errors import FoedusError, Problem

Floats = NDArray[np.float64]

_LEAST, _MOST = np.minimum.reduce, np.maximum.reduce

# Shape of every array in letters: N states, A adversaries; with lower and upper bound.
SHAPES: Final[Mapping[str, tuple[str, float, float]]] = MappingProxyType(
    {
        "gdp": ("N", 1e-9, np.inf),
        "capability_raw": ("N", 0.0, np.inf),
        "capability_available": ("N", 0.0, np.inf),
        "adversary_capability_raw": ("A", 0.0, np.inf),
        "adversary_capability_available": ("A", 0.0, np.inf),
        "distance": ("NN", 0.0, 20040.0),
        "adversary_distance": ("AN", 0.0, 20040.0),
        "ideal_point": ("N", -6.0, 6.0),
        "adversary_ideal_point": ("A", -6.0, 6.0),
        "rivalry": ("NA", 0.0, 1.0),
        "perception": ("NA", 0.0, 100.0),
        "trade": ("NA", 0.0, 3.0),
        "sovereignty": ("N", 0.0, 1.0),
        "free_force": ("N", 0.0, 1.0),
        "recognised": ("N", 0.0, 1.0),
        "recklessness": ("N", 0.0, 5.0),
        "grievance": ("NN", 0.0, 1.0),
        "divergence_left": ("NN", 0.0, 1.0),
    }
)


@dataclass(frozen=True)
class World:
    """States, adversaries and their relations at one time; immutable.

    Attributes
    ----------
    states, adversaries : tuple of str
        Ids, N states and A adversaries, in a fixed order.
    hub : str
        The state that the star would have at its centre.
    gdp : ndarray, shape (N,)
        bn international $ of 2011.
    capability_raw, capability_available : ndarray, shape (N,)
        sqrt(military spending · CINC), whole and as far as usable in this theatre; index.
    adversary_capability_raw, adversary_capability_available : ndarray, shape (A,)
        The same of the adversaries.
    distance : ndarray, shape (N, N)
        Minimum distance, km.
    adversary_distance : ndarray, shape (A, N)
        Distance from the adversary's forward line, km.
    ideal_point : ndarray, shape (N,)
        Foreign-policy position (UNGA ideal point).
    adversary_ideal_point : ndarray, shape (A,)
    rivalry : ndarray, shape (N, A)
        Strategic rivalry or territorial claim, 0/1.
    perception : ndarray, shape (N, A)
        Leader's multiplier of the threat, 1 neutral.
    trade : ndarray, shape (N, A)
        Trade with the adversary as share of own GDP.
    sovereignty, free_force, recognised : ndarray, shape (N,)
        Own control of forces; share of force free to defend others; recognised 0/1.
    recklessness : ndarray, shape (N,)
        Extra fighting that a commitment to the state brings.
    grievance : ndarray, shape (N, N)
        Grievance of row against column, 0..1.
    divergence_left : ndarray, shape (N, N)
        Share of the divergence of priorities that years in a common forum have left; 1 without any.
    in_force : Architecture
        Treaties and commitments in force.

    Raises
    ------
    FoedusError
        Wrong shapes, values that are not finite or out of bounds, unknown or too few states.

    Examples
    --------
    >>> import foedus
    >>> world = foedus.build_world(foedus.read_case("asia-1953"))
    >>> isinstance(world, foedus.World), world.states[:3], world.adversaries
    (True, ('USA', 'JPN', 'KOR'), ('CHN', 'RUS'))
    >>> world.distance.shape == (len(world.states), len(world.states))
    True
    """

    states: tuple[str, ...]
    adversaries: tuple[str, ...]
    hub: str
    gdp: Floats
    capability_raw: Floats
    capability_available: Floats
    adversary_capability_raw: Floats
    adversary_capability_available: Floats
    distance: Floats
    adversary_distance: Floats
    ideal_point: Floats
    adversary_ideal_point: Floats
    rivalry: Floats
    perception: Floats
    trade: Floats
    sovereignty: Floats
    free_force: Floats
    recognised: Floats
    recklessness: Floats
    grievance: Floats
    divergence_left: Floats
    in_force: Architecture = field(default_factory=Architecture)

    def __post_init__(self) -> None:
        self._check(SHAPES, self._membership_problems())

    def _check(self, names: Iterable[str], problems: list[Problem]) -> None:
        """Check some arrays, and close them to changes; `problems` are those known already."""
        sizes = {"N": len(self.states), "A": len(self.adversaries)}
        for name in names:
            letters, low, high = SHAPES[name]
            array = np.array(getattr(self, name), dtype=np.float64)
            wanted = tuple(sizes[c] for c in letters)
            if array.shape != wanted:
                problems.append(
                    Problem(f"world.{name}", f"the shape is {array.shape}, not {wanted}", "Give one value for each")
                )
            elif array.size:
                least, most = float(_LEAST(array, axis=None)), float(_MOST(array, axis=None))  # no number shows in both
                if not (math.isfinite(least) and math.isfinite(most)):
                    problems.append(Problem(f"world.{name}", "some values are not finite numbers", "Mend them"))
                elif least < low or most > high:
                    problems.append(
                        Problem(f"world.{name}", f"some values are outside {low:g} to {high:g}", "Mend them")
                    )
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        if problems:
            raise FoedusError(problems)

    def _membership_problems(self) -> list[Problem]:
        found = []
        if len(self.states) < 2:
            found.append(Problem("world.states", "an architecture needs at least two states", "Add some"))
        if not self.adversaries:
            found.append(
                Problem("world.adversaries", "without an adversary there is nothing to ally against", "Name one")
            )
        if len(set(self.states) | set(self.adversaries)) != len(self.states) + len(self.adversaries):
            found.append(Problem("world", "a state stands twice, or on both sides", "Keep it once"))
        if self.hub not in self.states:
            found.append(Problem("world.hub", f"the hub '{self.hub}' is not among the states"))
        for m in self.in_force:
            strangers = [s for s in m.members if s not in self.states]
            if strangers:
                found.append(Problem("world.in_force", f"{m.kind} has unknown members {strangers}"))
        return found

    def index(self, state: str) -> int:
        """Return the position of a state."""
        return self.states.index(state)

    @property
    def hub_index(self) -> int:
        """Position of the hub."""
        return self.states.index(self.hub)

    def replace(self, **changes: Any) -> World:
        """Return a copy with some fields replaced; these are checked, the others were."""
        if not changes.keys() <= _REPLACED_ALONE:
            return replace(self, **changes)
        made = object.__new__(World)
        made.__dict__.update(self.__dict__, **changes)
        strangers = made._membership_problems() if changes.get("in_force", self.in_force) is not self.in_force else []
        made._check([n for n in changes if n in SHAPES], strangers)
        return made

    def digest(self) -> str:
        """Return a SHA-256 of every value, the same on every machine."""
        sha = hashlib.sha256()
        for f in fields(self):
            value = getattr(self, f.name)
            sha.update(f.name.encode())
            sha.update(value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode())
        return sha.hexdigest()


_REPLACED_ALONE: Final = {f.name for f in fields(World)} - {"states", "adversaries", "hub"}
"""Fields that can be replaced without looking at the others anew."""
