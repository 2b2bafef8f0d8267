"""Logit responses: against Gambit's tracing of the same branch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from measure import Figure, Skipped, absent, installed

from foedus.games.equilibrium import logit_responses
from foedus.games.forms import strategic

FOLD = (
    [[8.0, 9.0, 2.0], [0.0, 5.0, 9.0], [9.0, 8.0, 3.0]],
    [[5.0, 3.0, 0.0], [7.0, 4.0, 9.0], [5.0, 6.0, 8.0]],
)
"""The branch turns back at λ = 0.73, falls to 0.69 and rises again: 0.6 lies before the fold, 2 behind it."""


def figure(name: str, a: Any, b: Any, precisions: list[float], peer: str, goal: float) -> Figure:
    """Return the figure of one game, traced to the given precisions by both sides."""
    import pygambit

    form, game = strategic(a, b), pygambit.Game.from_arrays(np.array(a), np.array(b))

    def theirs() -> list[list[float]]:
        found = pygambit.qre.logit_solve_lambda(game, precisions)
        return [[float(q.profile[s]) for player in game.players for s in player.strategies] for q in found]

    return Figure(
        name,
        lambda: logit_responses(form, precisions).probabilities,
        theirs,
        same=lambda x, y: bool(np.abs(x - np.array(y)).max() < 1e-8),
        against=peer,
        goal=goal,
    )


def figures(quick: bool) -> Iterator[Figure | Skipped]:
    """Yield the figures."""
    peer = installed("pygambit")
    rng = np.random.default_rng(1)
    for n in (2, 5) if quick else (2, 3, 5, 10):
        a, b = rng.random((n, n)) * 10, rng.random((n, n)) * 10
        name = f"logit responses, {n} × {n} choices, λ = 1 / Gambit"
        yield figure(name, a, b, [1.0], peer, 50) if peer else absent(name, "pygambit")
    name = "logit responses, 3 × 3 choices, λ = 0.6 and, round a fold, 2 / Gambit"
    yield figure(name, *FOLD, [0.6, 2.0], peer, 50) if peer else absent(name, "pygambit")
