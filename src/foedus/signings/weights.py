"""The weights of the record's law: one number a term, each with its range and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.model.mechanism import Mechanism
from foedus.signings import common_line, enemy, separation, trust
from foedus.vocabulary.errors import FoedusError, Problem, nearest
from foedus.vocabulary.numbers import Parameter

LAWS: Final[tuple[Mechanism, ...]] = tuple(m.MECHANISM for m in (separation, enemy, trust, common_line))
"""The four laws, in the order of every table."""
TERMS: Final = tuple(law.name for law in LAWS)
"""Names of the four terms."""
SIGNS: Final = (-1.0, 1.0, 1.0, 1.0)
"""With which sign each term stands in the logit of a member; separation costs."""

_BY_PERIOD = "conditional logit of who signs 1817-2016 (error by year); learnt to 1944 {}, to 1980 {}"

# a table of data, set by hand
# fmt: off
WEIGHTS: Final[tuple[Parameter, ...]] = (
    Parameter("separation_cost", "w1", "logit per unit of separation", "how much being out of reach keeps states apart", 3.35, 2.5, 4.6,
              _BY_PERIOD.format("3.81", "3.07")),
    Parameter("common_enemy", "w2", "logit", "what an enemy in common with every fellow adds", 1.87, 0.7, 2.6,
              _BY_PERIOD.format("2.35", "2.05") + "; .70 in 1981-2016"),
    Parameter("trust_value", "w3", "logit", "what being bound to every fellow already adds", 1.21, 0.0, 1.8,
              _BY_PERIOD.format("1.47", "1.41") + "; -.09 in 1981-2016, so that the range holds 0"),
    Parameter("autonomy_weight", "w4", "logit per % of GDP a year", "what autonomy is worth, with its cost in the case theory at .5",
              4.66, 1.5, 8.0, _BY_PERIOD.format("3.96", "4.53")),
    Parameter("closure", "θ", "probability", "chance that one ally in common binds two states", 0.5, 0.1, 0.7,
              "profile of the log likelihood 1817-2016: 0 -434.0, .25 -429.8, .5 -427.1", ceiling=1.0),
)
# fmt: on

BY_NAME: Final[Mapping[str, Parameter]] = MappingProxyType({p.name: p for p in WEIGHTS})
COEFFICIENTS: Final = tuple(law.weight[0] for law in LAWS)
"""Names of the four weights, in the order of the terms."""


class Weights(Mapping[str, float]):
    """Values of the weights; what is not named has its default.

    Parameters
    ----------
    values : mapping of str to float, optional
        By name.

    Raises
    ------
    FoedusError
        A name is unknown, or a value is outside the bounds of the law: a weight below zero has the sign the law excludes.

    Examples
    --------
    >>> from foedus.signings.weights import Weights
    >>> Weights({"trust_value": 0.0})["trust_value"]
    0.0
    """

    def __init__(self, values: Mapping[str, float] | None = None) -> None:
        given = dict(values or {})
        problems = [
            Problem(f"weight '{n}'", "the record's law has no such weight", nearest(n, BY_NAME))
            for n in given
            if n not in BY_NAME
        ]
        for p in WEIGHTS:
            value = given.get(p.name, p.default)
            if not p.floor <= value <= p.ceiling:
                top = "" if p.ceiling == float("inf") else f" to {p.ceiling:g}"
                what = f"{value:g} has the wrong sign or size for the law"
                problems.append(Problem(f"weight '{p.name}'", what, f"Give a number from {p.floor:g} on{top}"))
        if problems:
            raise FoedusError(problems)
        self._values = {p.name: float(given.get(p.name, p.default)) for p in WEIGHTS}

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    @property
    def signed(self) -> NDArray[np.float64]:
        """What one unit of each term adds to the logit of a member, shape (4,)."""
        return np.array([sign * self._values[name] for sign, name in zip(SIGNS, COEFFICIENTS, strict=True)])
