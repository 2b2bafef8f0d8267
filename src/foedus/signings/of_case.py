"""The record's law on a case: its facts as a setting, and the chance of a theatre where the means over the world ship."""

from __future__ import annotations

import numpy as np

from foedus.model.world import World
from foedus.signings.setting import Setting


def setting_of(world: World, closure: float) -> Setting:
    """Return the states of a case, its adversaries last, as the record's law sees them.

    Parameters
    ----------
    world : World
        N states and A adversaries; with the treaties in force on its date.
    closure : float
        The chance that one ally in common binds two states.

    Notes
    -----
    A case says less than the record: outsiders are its own states and adversaries, ties are the treaties and commitments it
    lists (the record counts non-aggression and consultation too), and a quarrel of two of its states is the larger of their
    grievances. Distances among adversaries are not needed, as none of them is in a list.
    """
    n, a = len(world.states), len(world.adversaries)
    distance, rivalry = (np.zeros((n + a, n + a)) for _ in range(2))
    distance[:n, :n], distance[n:, :n], distance[:n, n:] = (
        world.distance,
        world.adversary_distance,
        world.adversary_distance.T,
    )
    rivalry[:n, :n] = np.maximum(world.grievance, world.grievance.T)
    rivalry[:n, n:], rivalry[n:, :n] = world.rivalry, world.rivalry.T
    ties = np.zeros((n + a, n + a), dtype=np.bool_)
    pacts = []
    for m in world.in_force:
        members = tuple(world.index(s) for s in m.members)
        if m.is_treaty:
            pacts.append(members)
        if m.is_treaty or len(members) == 2:
            ties[np.ix_(members, members)] = True
    np.fill_diagonal(ties, val=False)
    return Setting(
        (*world.states, *world.adversaries),
        np.concatenate([world.capability_raw, world.adversary_capability_raw]),
        np.concatenate([world.ideal_point, world.adversary_ideal_point]),
        distance,
        rivalry,
        ties,
        tuple(dict.fromkeys(pacts)),
        closure,
    )
