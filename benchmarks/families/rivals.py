"""Rivals: bargaining on a line as in the KAPSARC toolkit, whose time was measured elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from measure import Figure, Point

from foedus.games.expected_utility import Arena, rounds
from foedus.games.spatial_voting import attitudes, coalitions, outcome, values, with_risk
from foedus.rivals.bargaining import ROUNDS

KTAB = 4.0
"""Seconds of KTAB for 40 actors (2026-11-23; it grows about as the actors to the power 3.6)."""


def bargaining(actors: int) -> Callable[[], float]:
    """Return rounds of challenges and the vote over positions, as the rival to the model runs them."""
    rng = np.random.default_rng(1)
    capability, salience, position = rng.random(actors) * 10, rng.random(actors), rng.random(actors)

    def once() -> float:
        arena = Arena(capability, salience, 1.0)
        settled = arena.median(rounds(arena, position, ROUNDS)[-1])
        worth, weight = values(position[:, None], np.ones((actors, 1))), capability * salience
        chance = outcome(coalitions(with_risk(worth, attitudes(worth, weight)), weight))
        return settled + float(chance[position > 0.5].sum())

    return once


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures."""
    for actors in (10, 20, 40):
        whole = actors == 40
        yield Figure(
            f"bargaining, {actors} actors, {ROUNDS} rounds" + (" / KTAB" if whole else ""),
            bargaining(actors),
            against="KTAB, 40 actors: 4.0 s" if whole else "growth with actors",
            stored=KTAB if whole else 0.0,
            goal=20 if whole else 0.0,
            within=0.2 if whole else 0.0,
            point=Point("ms a game of bargaining, by actors", "foedus", actors),
        )
