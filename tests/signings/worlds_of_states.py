"""A made-up year of seven states for tests of the record's law."""

import numpy as np

from foedus.signings.setting import Setting

CAPABILITY = np.array([100.0, 64.0, 25.0, 16.0, 9.0, 4.0, 1.0])


def setting(seed=3, **changes):
    """Return seven states with quarrels, ties and two pacts; fields of the setting may be given."""
    rng = np.random.default_rng(seed)
    n = len(CAPABILITY)
    raw = rng.uniform(200, 9000, (n, n))
    distance = (raw + raw.T) / 2
    np.fill_diagonal(distance, 0.0)
    distance[2, 3] = distance[3, 2] = 0.0  # neighbours by land
    quarrel = np.where(rng.uniform(size=(n, n)) < 0.5, rng.uniform(size=(n, n)), 0.0)
    rivalry = np.maximum(quarrel, quarrel.T)
    np.fill_diagonal(rivalry, 0.0)
    ties = np.zeros((n, n), dtype=bool)
    for i, j in ((0, 2), (2, 3), (1, 5)):
        ties[i, j] = ties[j, i] = True
    given = {
        "states": tuple("ABCDEFG"),
        "capability": CAPABILITY,
        "position": rng.normal(size=n),
        "distance": distance,
        "rivalry": rivalry,
        "ties": ties,
        "pacts": ((0, 2), (2, 3), (0, 3, 4)),
    }
    return Setting(**(given | changes))


def relabelled(one, order):
    """Return the same year with its states in another order."""
    at = {int(old): new for new, old in enumerate(order)}
    both = np.ix_(order, order)
    return Setting(
        tuple(one.states[k] for k in order),
        one.capability[order],
        one.position[order],
        one.distance[both],
        one.rivalry[both],
        one.ties[both],
        tuple(tuple(at[m] for m in pact) for pact in one.pacts),
        one.closure,
    )
