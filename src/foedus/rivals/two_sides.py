"""The landscape theory on a case: every state and adversary falls to one of two sides.

The propensities follow the five factors of the theory as far as a case has them, each with equal weight: likeness of
regime and creed is read off foreign-policy positions (1 for none apart, -1 for four points or more), border disputes and
recent wars are the rivalries (-1), ethnic and historic conflicts the grievances (down to -1). Sizes are shares of world
capabilities (CINC), as in the original.

References
----------
Axelrod, R. and Bennett, D. S. (1993). A landscape theory of aggregation. British Journal of Political Science 23(2):
211-233.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case
from foedus.games.landscape import MOST_NATIONS, Landscape
from foedus.model.builder import build_world
from foedus.model.world import World
from foedus.rivals.prediction import ALLIED, Prediction
from foedus.vocabulary.errors import fail
from foedus.vocabulary.prose import counted, country, listing, the

OPPOSITE: Final = 4.0
"""Ideal points between opposites: the distance by which the cost of a common line is measured as well."""

SILENT: Final = "two sides have no inner form: star and body are the same to it; it has no time and no treaties"


def propensities(world: World) -> NDArray[np.float64]:
    """Return the propensity of every two nations, states first, then adversaries, shape (N + A, N + A)."""
    n, a = len(world.states), len(world.adversaries)
    position = np.concatenate([world.ideal_point, world.adversary_ideal_point])
    apart = np.abs(position[:, None] - position[None, :])
    found = np.asarray(1.0 - 2.0 * np.minimum(apart / OPPOSITE, 1.0))
    found[:n, :n] -= np.maximum(world.grievance, world.grievance.T)
    found[:n, n:] -= world.rivalry
    found[n:, :n] -= world.rivalry.T
    assert found.shape == (n + a, n + a)
    return found


def predict(case: Case) -> Prediction:
    """Return the chance of every state to end on the side of the hub: the share of all divisions that descend there.

    Raises
    ------
    FoedusError
        The case has too many nations to look at every division.
    """
    world = build_world(case)
    names = (*world.states, *world.adversaries)
    if len(names) > MOST_NATIONS:
        what = f"{len(names)} nations are more than {MOST_NATIONS}, and every division has to be looked at"
        raise fail(f"landscape of {case.name}", what, "Leave some out, or leave out this theory")
    size = np.array([case.fact("cinc", s).value for s in names])
    land = Landscape(size, propensities(world))
    share = land.standing_with(world.hub_index)
    lowest = land.sides[land.minima()[0]]
    with_hub = [s for s, here in zip(names, lowest == lowest[world.hub_index], strict=True) if here and s != world.hub]
    chances = {s: float(p) for s, p in zip(world.states, share, strict=False) if s != world.hub}
    many = len(land.minima())
    sides = listing(the(country(s, case.as_of.year)) for s in with_hub) or "nobody"
    where = f"on the side of {the(country(world.hub))}{'' if many == 1 else ' in the lowest'}"
    says = f"{counted(many, 'stable division')}; {where}: {sides}"
    return Prediction("landscape", case.name, {ALLIED: chances}, says, SILENT)
