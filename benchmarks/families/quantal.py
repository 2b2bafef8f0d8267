"""Logit responses: against Gambit's tracing of the same branch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from measure import Figure, Skipped, absent, installed

from foedus.games.equilibrium import logit_responses
from foedus.games.forms import strategic


def figures(quick: bool) -> Iterator[Figure | Skipped]:
    """Yield the figures."""
    peer = installed("pygambit")
    rng = np.random.default_rng(1)
    for n in (2, 5) if quick else (2, 3, 5, 10):
        a, b = rng.random((n, n)) * 10, rng.random((n, n)) * 10
        name = f"logit responses, {n} × {n} choices, λ = 1 / Gambit"
        if not peer:
            yield absent(name, "pygambit")
            continue
        import pygambit

        form, game = strategic(a, b), pygambit.Game.from_arrays(a, b)

        def theirs(game: Any = game) -> list[float]:
            profile = pygambit.qre.logit_solve_lambda(game, [1.0])[0].profile
            return [float(profile[s]) for player in game.players for s in player.strategies]

        yield Figure(name, lambda form=form: logit_responses(form, [1.0]).probabilities[0], theirs,
                     same=lambda x, y: bool(np.abs(np.array(x) - y).max() < 1e-8), against=peer, goal=50)  # fmt: skip
