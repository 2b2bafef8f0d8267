"""Spatial bargaining on a case: states bargain over how deep the architecture is, from 0 (bilateral) to 1 (a body).

Experts give the positions where the method is used. Here they are made from the facts of the case, with equal weights:
a state wants a body the nearer its foreign-policy position is to the hub's, the less it trades with the adversaries,
the less it resents its neighbours, and if it has a rivalry with an adversary. The hub wants bilateral ties the more it
outweighs the others (Crone 1993; Cha 2010). Salience is defence effort, relative to the highest in the case; capability
is what can be used in the theatre. The issue is settled by rounds of challenges (the median), and the chance of a body
is that of all positions beyond one half to carry the day.

References
----------
Bueno de Mesquita, B. and Stokman, F. (eds) (1994). European Community Decision Making. Yale University Press.
Scholz, J. B., Calbert, G. J. and Smith, G. A. (2011). Unravelling Bueno de Mesquita's group decision model. Journal of
Theoretical Politics 23(4): 510-531.
Wise, B., Lester, L. and Efird, B. (2015). An introduction to the KAPSARC Toolkit for Behavioral Analysis. KAPSARC.
Cha, V. D. (2010). Powerplay: origins of the U.S. alliance system in Asia. International Security 34(3): 158-196.
Crone, D. (1993). Does hegemony matter? The reorganization of the Pacific political economy. World Politics 45(4):
501-525.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case
from foedus.games.expected_utility import Arena, rounds
from foedus.games.spatial_voting import attitudes, coalitions, outcome, values, with_risk
from foedus.model.builder import build_world
from foedus.model.world import World
from foedus.rivals.prediction import BODY, Prediction
from foedus.rivals.two_sides import OPPOSITE
from foedus.vocabulary.tables import percent

ROUNDS: Final = 20
"""Rounds at the most; the published case settles within eight."""

SILENT: Final = "one outcome for all: who is left out of a body, and who has no treaty at all, is no question to it"

Floats = NDArray[np.float64]


def positions(world: World) -> Floats:
    """Return how deep an architecture every state wants, 0 bilateral to 1 a body, shape (N,)."""
    h = world.hub_index
    near = 1.0 - np.minimum(np.abs(world.ideal_point - world.ideal_point[h]) / OPPOSITE, 1.0)
    trade = world.trade.sum(axis=1)
    free = 1.0 - trade / max(float(trade.max()), 1e-12)
    calm = 1.0 - world.grievance.max(axis=1)
    wanted = np.asarray(np.mean([near, free, calm, world.rivalry.max(axis=1)], axis=0))
    force = world.capability_available
    wanted[h] = 1.0 - force[h] / force.sum()
    return wanted


def efforts(case: Case) -> Floats:
    """Return the salience of security: defence spending over product, relative to the highest, shape (N,)."""
    spent = [case.fact("military_spending", s).value / case.fact("gdp", s).value for s in case.states]
    return np.asarray(np.array(spent) / max(max(spent), 1e-12))


def predict(case: Case) -> Prediction:
    """Return the chance of a body, the same for every state, and where the rounds settle."""
    world = build_world(case)
    wanted, effort = positions(world), efforts(case)
    arena = Arena(world.capability_available, effort, 1.0)
    settled = arena.median(rounds(arena, wanted, ROUNDS)[-1])
    weight = world.capability_available * effort
    worth = values(wanted[:, None], np.ones((len(wanted), 1)))
    chance = outcome(coalitions(with_risk(worth, attitudes(worth, weight)), weight))
    body = float(chance[wanted > 0.5].sum())
    says = (
        f"a body carries the day with {percent(body)}, wishes weighed by strength and nobody able to refuse; from 0 (bilateral) "
        f"to 1 (a body) it settles at {settled:.2f} (mean wish {arena.mean(wanted):.2f})"
    )
    return Prediction("bargaining", case.name, {BODY: {s: body for s in world.states if s != world.hub}}, says, SILENT)
