"""Pacts between spokes: whether two states would sign a pact of some depth, and whether years in one forum help."""

from __future__ import annotations

import numpy as np

from foedus.mechanisms.decisions.consent import acceptance
from foedus.model.architecture import bilateral
from foedus.questions.measure import chance
from foedus.questions.question import Question
from foedus.questions.study import Answers, Study
from foedus.simulation.formation import shared
from foedus.vocabulary.errors import fail


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
        Years both have spent in one forum: each shrinks the divergence of their priorities, and any lowers the fee.
    """
    world, parameters = study.world, study.parameters
    depth = parameters["light_depth"] if depth is None else depth
    left = np.array(world.divergence_left)
    i, j = world.index(one), world.index(other)
    left[i, j] = left[j, i] = (1.0 - parameters["forum_learning"]) ** forum_years
    told = left[i, j] < 1.0  # then the law of upkeep knows that they are acquainted
    learned = Study(world.replace(divergence_left=left), parameters) if forum_years else study
    pact = bilateral(one, other, depth)
    before = world.in_force
    base = learned.appraiser.appraise(study.fallback, before).utility
    after = learned.appraiser.appraise(study.fallback.having(pact), before).utility
    spared = (
        (1.0 - parameters["acquainted_fee"]) * parameters["treaty_fee"] * depth if forum_years and not told else 0.0
    )
    gain = (after - base)[[i, j]] + spared
    return acceptance(gain, depth, parameters["decision_noise"], shared(parameters))


def pact(study: Study, one: str, other: str, depth: str | None, years: str | None) -> float:
    """Return the probability that two states agree to a pact, as claims ask for it."""
    return chance_of_a_pact(study, one, other, float(depth) if depth else None, int(years or 0))


def _sound(one: str, other: str, depth: str | None, years: str | None) -> None:
    if one == other or (depth and not 0 < float(depth) <= 1):
        remedy = "Name two states, and a depth above 0 and up to 1"
        raise fail(f"'{one}' and '{other}'", "no pact can be of that kind", remedy)


# fmt: off
PACT = chance(("pact", "STATE", "OTHER", "probability"), "STATE and OTHER agree to a light treaty",
              "chance of a pact of STATE and OTHER[ at depth DEPTH][ after YEARS years in a forum]",
              "that both agree to a light treaty; may end with: at depth D, after N years in a forum", ask=pact,
              check=_sound, reading="Chance that STATE and OTHER sign DEPTH YEARS")
# fmt: on


def all_pacts(study: Study) -> Answers:
    """Return the probability of a light pact of every two states without the hub."""
    others = [s for s in study.world.states if s != study.world.hub]
    pairs = ((one, other) for k, one in enumerate(others) for other in others[k + 1 :])
    return {PACT(one, other): chance_of_a_pact(study, one, other) for one, other in pairs}


QUESTION = Question("pacts", 90, all_pacts, (PACT,), assessed=False)
