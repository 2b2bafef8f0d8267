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


def others(worth: np.ndarray, tiny: np.ndarray) -> Iterator[Figure | Skipped]:
    """Yield the Shapley value beside libraries that ask a function for worths."""
    n = worth.size.bit_length() - 1
    bits = 1 << np.arange(n)
    peer, name = installed("shapiq"), f"Shapley value, {n} players / shapiq"
    if peer:
        from shapiq import ExactComputer

        yield Figure(
            name,
            lambda: shapley(worth),
            lambda: ExactComputer(lambda members: worth[members @ bits], n_players=n)("SV").get_n_order_values(1),
            against=peer,
        )
    else:
        yield absent(name, "shapiq")
    few = tiny.size.bit_length() - 1
    peer, name = installed("open_spiel"), f"Shapley value, {few} players / OpenSpiel"
    if not peer:
        yield absent(name, "open_spiel")
        return
    from open_spiel.python.coalitional_games.coalitional_game import CoalitionalGame
    from open_spiel.python.coalitional_games.shapley_values import compute_shapley_values

    class Table(CoalitionalGame):
        """A game given by its worths."""

        def coalition_value(self, coalition: np.ndarray) -> float:
            return float(tiny[coalition @ bits[:few]])

    yield Figure(name, lambda: shapley(tiny), lambda: compute_shapley_values(Table(few)), against=f"{peer}, all orders")


def figures(quick: bool) -> Iterator[Figure | Skipped]:
    """Yield the figures."""
    n = 14 if quick else 20  # goals are those of the full size
    worth = random_game(1, n)
    numpy_name = f"the same sums in NumPy {np.__version__}"
    yield Figure(
        f"Shapley value, {n} players / NumPy",
        lambda: shapley(worth),
        lambda: numpy_shapley(worth),
        against=numpy_name,
        goal=30,
    )
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
        yield Figure(
            f"Shapley value, {n} players / tucoopy",
            lambda: shapley(worth),
            lambda: shapley_value(game),
            against=peer,
            goal=1000,
        )
        for players in (10,) if quick else (15, 18):
            table, graph = random_game(2, players), random_graph(2, players, 0.5)
            part = tucoopy.Game(n_players=players, v={m: float(w) for m, w in enumerate(table)})
            edges = [(int(i), int(j)) for i, j in np.argwhere(np.triu(graph))]
            yield Figure(
                f"Myerson value, {players} players / tucoopy",
                lambda t=table, g=graph: myerson(t, g),
                lambda p=part, e=edges, n=players: myerson_value(p, edges=e, max_players=n).x,
                against=peer,
                goal=200,
            )
    else:
        yield absent(f"Shapley and Myerson value, {n} players / tucoopy", "tucoopy")
    yield from others(random_game(4, 10 if quick else 16), random_game(4, 6 if quick else 8))
    sizes = (12, 16) if quick else (12, 16, 20, 24)
    for players in sizes:
        table = random_game(3, players)
        yield Figure(
            f"Shapley value, {players} players",
            lambda t=table: shapley(t),
            against="growth with players" + ("; goal: ≤ 40 ms" if players == 24 else ""),
        )
        sparse, complete = random_graph(3, players, 0.12), np.ones((players, players))
        yield Figure(
            f"Myerson value, {players} players, 12 % of ties",
            lambda t=table, g=sparse: myerson(t, g),
            against="growth with players" + ("; goal: ≤ 40 ms" if players == 24 else ""),
        )
        yield Figure(
            f"Myerson value, {players} players, all tied",
            lambda t=table, g=complete: myerson(t, g),
            against="growth with players" + ("; goal: ≤ 300 ms" if players == 24 else ""),
        )
    yield Figure(
        "sampled Shapley value, 30 players, error 1 % of the worth of all",
        lambda: sampled_shapley(pooled, 30, seed=1),
        against="goal: ≤ 1 s",
    )
