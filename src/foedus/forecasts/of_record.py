"""What the record says of a new body: how often the hub founds one, and how likely one that is asked for is among them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Final

import numpy as np

from foedus.mechanisms import variant
from foedus.model.parameters import Parameters
from foedus.questions.study import Study
from foedus.signings.level import rate
from foedus.signings.means import MEANS, SIZES, means_near
from foedus.signings.of_case import setting_of
from foedus.signings.weights import Weights

MOST: Final = 14
"""States besides the hub whose lists are all gone through (16,384); of more the theory is asked, in a round."""


def by_record(parameters: Parameters) -> bool:
    """Return whether dated questions of new bodies go by the record, by the law of founding in use."""
    found: bool = variant(parameters, "founding")()
    return found


def share_of_bodies(study: Study, year: int, wanted: Callable[[Iterable[str]], bool]) -> float | None:
    """Return which share of the bodies of the hub among the states of a case are wanted, by the record's law.

    Parameters
    ----------
    study : Study
    year : int
    wanted : callable
        Takes the members of a body.

    Returns
    -------
    float or None
        0 to 1. None where no means over the lists of the world ship for the year, or the case has too many states.
    """
    near, (hub, *others) = means_near(year), study.everybody.members
    if near is None or len(others) > MOST:
        return None
    states, means = MEANS[near]
    weights = Weights()
    setting, at = setting_of(study.world, weights["closure"]), study.world.index
    asked, every = 0.0, 0.0
    for size, mean in zip(SIZES, means, strict=True):
        lists = [(hub, *more) for more in combinations(others, size - 1)]
        if not lists or not rate(size):
            continue
        values = setting.values([tuple(sorted(map(at, body))) for body in lists], weights)
        each = rate(size) / math.comb(states, size) * np.exp(values - mean)
        every += float(each.sum())
        asked += float(each[[wanted(body) for body in lists]].sum())
    return asked / every if every > 0.0 else None
