"""Values of coalitional games: against whole-array NumPy and against a library for cooperative games."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from measure import Figure, Skipped, absent, installed

from foedus.games.coalitional import myerson, sampled_shapley, shapley
from plaingames import numpy_myerson, numpy_shapley, random_game, random_graph


def pooled(members: np.ndarray) -> np.ndarray:
    """Return strength pooled with diminishing returns."""
    return np.sqrt(members @ np.arange(1.0, members.shape[1] + 1.0))


def figures(quick: bool) -> Iterator[Figure | Skipped]:
    """Yield the figures."""
    n = 14 if quick else 20  # goals are those of the full size
    worth = random_game(1, n)
    numpy_name = f"the same sums in NumPy {np.__version__}"
    yield Figure(f"Shapley value, {n} players / NumPy", lambda: shapley(worth), lambda: numpy_shapley(worth),
                 against=numpy_name, goal=30)  # fmt: skip
    small, ties = random_game(2, 10 if quick else 15), random_graph(2, 10 if quick else 15, 0.5)
    name = f"Myerson value, {len(ties)} players"
    yield Figure(
        f"{name} / NumPy", lambda: myerson(small, ties), lambda: numpy_myerson(small, ties), against=numpy_name
    )
    peer = installed("tucoopy")
    if peer:
        import tucoopy
        from tucoopy.solutions.myerson import myerson_value
        from tucoopy.solutions.shapley import shapley_value

        game = tucoopy.Game(n_players=n, v={m: float(w) for m, w in enumerate(worth)})
        yield Figure(f"Shapley value, {n} players / tucoopy", lambda: shapley(worth), lambda: shapley_value(game),
                     against=peer, goal=1000)  # fmt: skip
        part = tucoopy.Game(n_players=len(ties), v={m: float(w) for m, w in enumerate(small)})
        edges = [(int(i), int(j)) for i, j in np.argwhere(np.triu(ties))]
        yield Figure(f"{name} / tucoopy", lambda: myerson(small, ties), lambda: myerson_value(part, edges=edges).x,
                     against=peer, goal=200)  # fmt: skip
    else:
        yield absent(f"Shapley value, {n} players / tucoopy", "tucoopy")
    sizes = (12, 16) if quick else (12, 16, 20, 24)
    for players in sizes:
        table = random_game(3, players)
        yield Figure(f"Shapley value, {players} players", lambda t=table: shapley(t), against="growth with players")
        sparse = random_graph(3, players, 0.12)
        yield Figure(f"Myerson value, {players} players, 12 % of ties", lambda t=table, g=sparse: myerson(t, g),
                     against="growth with players")  # fmt: skip
    yield Figure("sampled Shapley value, 30 players, error 1 % of the worth of all",
                 lambda: sampled_shapley(pooled, 30, seed=1), against="goal: ≤ 1 s")  # fmt: skip
