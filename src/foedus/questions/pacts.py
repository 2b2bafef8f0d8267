"""Ties between spokes: whether two states would sign a pact of some depth, and whether years in one forum help."""

from __future__ import annotations

import numpy as np

from foedus.mechanisms.decisions.consent import acceptance
from foedus.model.architecture import bilateral
from foedus.questions.study import Study

FEE_LEFT = 0.5
"""Part of the fee of a pact that is left between members of one forum (judged: their staffs know each other)."""


def chance_of_a_pact(study: Study, one: str, other: str, depth: float | None = None, forum_years: int = 0) -> float:
    """Return the probability that two states agree to a pact between them.

    Parameters
    ----------
    study : Study
    one, other : str
        Ids of the two states.
    depth : float, optional
        Depth of the pact, a full alliance being 1; by default that of a light treaty.
    forum_years : int
        Years both have spent in one forum: each shrinks the divergence of their priorities, and any halves the fee.
    """
    world, parameters = study.world, study.parameters
    depth = parameters["light_depth"] if depth is None else depth
    left = np.array(world.divergence_left)
    i, j = world.index(one), world.index(other)
    left[i, j] = left[j, i] = (1.0 - parameters["forum_learning"]) ** forum_years
    learned = Study(world.replace(divergence_left=left), parameters) if forum_years else study
    pact = bilateral(one, other, depth)
    before = world.in_force
    base = learned.appraiser.appraise(study.fallback, before).utility
    after = learned.appraiser.appraise(study.fallback.having(pact), before).utility
    spared = (1.0 - FEE_LEFT) * parameters["treaty_fee"] * depth if forum_years else 0.0
    gain = (after - base)[[i, j]] + spared
    return acceptance(gain, depth, parameters["decision_noise"])
