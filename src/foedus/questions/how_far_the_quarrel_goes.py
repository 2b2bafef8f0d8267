"""The quarrel: how far two allies escalate, and what a council, rescue or a pledge between them changes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from foedus.model.architecture import Architecture, bilateral
from foedus.model.parameters import Parameters
from foedus.model.world import World
from foedus.questions.asked import hub_withdrawn, without_the_hub
from foedus.questions.study import Answers, Study, name
from foedus.simulation.appraisal import Appraiser

VARIANTS: Mapping[str, str] = {
    "as it is": "As it is",
    "no rescue": "Nobody counts on the hub's rescue",
    "normal": "Both command their own forces",
    "council": "Both sit in a council of the hub's allies",
    "ready council": "A council that can act at once",
    "council, no rescue": "A council, and nobody counts on rescue",
    "one view": "Both see threats as the more worried does",
    "hub away": "The hub has left",
    "pledged": "Normal and pledged to defend each other",
    "pledged, hub away": "Normal and pledged, and the hub has left",
}
"""Variants by key, with the labels under which they are shown."""


def _normal(world: World, pair: tuple[str, ...]) -> World:
    at = [world.index(s) for s in pair]
    sovereignty, free = np.array(world.sovereignty), np.array(world.free_force)
    sovereignty[at] = 1.0
    free[at] = 1.0
    return world.replace(sovereignty=sovereignty, free_force=free)


def _one_view(world: World, pair: tuple[str, ...]) -> World:
    at = [world.index(s) for s in pair]
    perception = np.array(world.perception)
    perception[at] = perception[at].max(axis=0)
    return world.replace(perception=perception)


def _setups(study: Study) -> dict[str, tuple[World, Parameters, Architecture]]:
    world, parameters, star = study.world, study.parameters, study.fallback
    pair = study.quarrel
    council = star.having(study.allies)
    no_rescue = parameters.replace({"rescue_belief": 0.0})
    normal = _normal(world, pair)
    away = hub_withdrawn(study).world
    pledge = bilateral(pair[0], pair[1])
    return {
        "as it is": (world, parameters, star),
        "no rescue": (world, no_rescue, star),
        "normal": (normal, parameters, star),
        "council": (world, parameters, council),
        "ready council": (world, parameters.replace({"coordination_loss": 0.0}), council),
        "council, no rescue": (world, no_rescue, council),
        "one view": (_one_view(world, pair), parameters, star),
        "hub away": (away, parameters, without_the_hub(star, world.hub)),
        "pledged": (normal, parameters, star.having(pledge)),
        "pledged, hub away": (_normal(away, pair), parameters, without_the_hub(star, world.hub).having(pledge)),
    }


def how_far_the_quarrel_goes(study: Study) -> Answers:
    """Return the ladder of the quarrel of a case in every variant.

    Rungs: one side escalates, the other answers, the first raises again unless a broker steps in.
    """
    found: Answers = {}
    for item in VARIANTS if study.quarrel else ():
        found |= ladder(study, item)
    return found


def ladder(study: Study, item: str) -> Answers:
    """Return the ladder of the quarrel of a case in one variant; nothing if the case has no quarrel."""
    if not study.quarrel:
        return {}
    i, j = (study.world.index(s) for s in study.quarrel)
    world, parameters, architecture = _setups(study)[item]
    seen = Appraiser(world, parameters).appraise(architecture, architecture).quantities
    p, q = float(seen["escalation"][i, j]), float(seen["escalation"][j, i])
    brokered = 1.0 - float(seen["brokerage"][i, j])
    price = (1.0 - seen["rescue"])[:, None] * seen["security_stake"]
    return {
        name("quarrel", item, "", "p_i"): p,
        name("quarrel", item, "", "p_j"): q,
        name("quarrel", item, "", "both"): p * q,
        name("quarrel", item, "", "brokered"): p * q * brokered,
        name("quarrel", item, "", "third_rung"): p * q * p * brokered,
        name("quarrel", item, "", "brokerage"): 1.0 - brokered,
        name("quarrel", item, "", "stake_i"): float(price[i, j]),
        name("quarrel", item, "", "stake_j"): float(price[j, i]),
    }
