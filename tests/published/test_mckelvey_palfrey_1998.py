"""McKelvey & Palfrey 1995, 1998: logit responses as Gambit 16.7.0 traces them, in games from books and journals.

The reference probabilities are printed to eight digits; the full table is read where it is at hand.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from foedus.games.equilibrium import logit_responses
from foedus.games.forms import Chance, Form, Move, Node, extensive, strategic
from foedus.kernels.choice import logistic
from foedus.kernels.quantal import logit_residual

TABLE = Path(__file__).parents[2].parent / "shared" / "published" / "gambit_logit_qre_reference.csv"
DIGITS = 1.5e-8  # eight printed digits, and a λ that is right to nine
LIMIT = 2e-3  # the limit rows stop where Gambit stops, at a λ that is not printed
CROSSING = "tests/test_games/2x2x2_nfg_from_local_max_cut_2_pure_1_mixed_eq.nfg"
UNKNOWN = ("tests/test_games/cent3.efg",)  # its tree is not published with the table


def selten_horse() -> Form:
    third = Move("3", "3a", {"R": (4, 4, 0), "L": (0, 0, 1)})
    left = Move("3", "3a", {"R": (3, 2, 2), "L": (0, 0, 0)})
    return extensive(Move("1", "1a", {"R": Move("2", "2a", {"R": (1, 1, 1), "L": third}), "L": left}), "123")


def selten_two() -> Form:
    later = Move("1", "1b", {"r": (0, 3), "l": (2, 0)})
    return extensive(Move("1", "1a", {"R": (1, 1), "L": Move("2", "2a", {"R": (0, 2), "L": later})}), "12")


def selten_three() -> Form:
    last = Move("3", "3a", {"R": (4, 4, 0), "L": (0, 0, 5)})
    middle = Move("2", "2a", {"R": Move("1", "1b", {"R": last, "L": (2, 0, 0)}), "L": (1, 3, 0)})
    return extensive(Move("1", "1a", {"R": Move("3", "3a", {"R": (3, 0, 3), "L": (0, 0, 0)}), "L": middle}), "123")


def poker(fold_high: float) -> Form:
    def response(called: float) -> Move:
        return Move("2", "2a", {"meet": (called, -called), "pass": (1, -1)})

    high = Move("1", "1a", {"raise": response(2), "fold": (fold_high, -fold_high)})
    low = Move("1", "1b", {"raise": response(-2), "fold": (-1, 1)})
    return extensive(Chance([(0.5, high), (0.5, low)]), "12")


def myerson_four_two() -> Form:
    def second(yes: tuple[float, float], no: tuple[float, float]) -> Move:
        return Move("1", "1b", {"Y": yes, "Z": no})

    up = Move("2", "2a", {"W": second((3, 0), (0, 0)), "X": second((2, 3), (4, 1))})
    return extensive(Move("1", "1a", {"A": up, "B": Move("2", "2a", {"W": (2, 3), "X": (3, 2)})}), "12")


def entry() -> Form:
    soft = Move("2", "2a", {"E": Move("1", "1b", {"A": (3, 2), "F": (0, 1)}), "O": (1, 3)})
    tough = Move("2", "2a", {"E": Move("1", "1c", {"A": (2, 3), "F": (1, 0)}), "O": (3, 1)})
    return extensive(Move("1", "1a", {"S": soft, "T": tough}), "12")


def signalling() -> Form:
    def sender(name: str, outcomes: list[tuple[float, float]]) -> Move:
        educated = Move("2", "2a", {"M": outcomes[0], "C": outcomes[1]})
        plain = Move("2", "2b", {"M": outcomes[2], "C": outcomes[3]})
        return Move("1", name, {"E": educated, "N": plain})

    high = sender("1a", [(6, 10), (0, 4), (10, 10), (4, 4)])
    low = sender("1b", [(3, 0), (-3, 4), (10, 0), (4, 4)])
    return extensive(Chance([(1 / 3, high), (2 / 3, low)]), "12")


def centipede(moves: int) -> Form:
    """The larger pile, .80 at first, doubles each time it is passed; whoever takes it leaves a quarter of it."""
    payoffs = [(0.8 * 2**k, 0.2 * 2**k)[:: 1 if k % 2 == 0 else -1] for k in range(moves + 1)]
    node: Node = payoffs[moves]
    for k in range(moves - 1, -1, -1):
        node = Move("12"[k % 2], str(k), {"take": payoffs[k], "pass": node})
    return extensive(node, "12")


def cut() -> Form:
    """Payoffs of a player: the weights of its edges to players on the other side."""
    weight = np.array([[0, 2, -1], [2, 0, 2], [-1, 2, 0]])
    sides = np.stack(np.meshgrid([0, 1], [0, 1], [0, 1], indexing="ij"))
    return strategic(*(sum(weight[i, j] * (sides[i] != sides[j]) for j in range(3)) for i in range(3)))


GAMES = {
    "tests/test_games/const_sum_game.nfg": strategic([[1, 1], [0, 1]], [[1, 1], [2, 1]]),
    "tests/test_games/2x2x2_nfg_from_local_max_cut_2_pure_1_mixed_eq.nfg": cut(),
    "catalog/journals/ijgt/selten1975/fig1.efg": selten_horse(),
    "catalog/journals/ijgt/selten1975/fig2.efg": selten_two(),
    "catalog/journals/ijgt/selten1975/fig3.efg": selten_three(),
    "catalog/books/myerson1991/fig2_1.efg": poker(1),
    "catalog/books/myerson1991/fig4_2.efg": myerson_four_two(),
    "catalog/books/watson2013/fig29_1.efg": signalling(),
    "tests/test_games/entry_accommodation.efg": entry(),
    "tests/test_games/stripped_down_poker.efg": poker(-1),
    "contrib/games/cent4.efg": centipede(4),
    "contrib/games/cent6.efg": centipede(6),
}


def lack(game: Form, precision: float, probabilities: list[float]) -> float:
    """Return by how much probabilities miss the logit conditions."""
    choices, sets = len(game.choices), len(game.set_player)
    system = np.empty((choices + 1, choices + 3))
    assert logit_residual(
        np.array([*np.log(probabilities), precision]),
        game.leaf_path,
        game.leaf_chance,
        game.leaf_payoff,
        game.node_path,
        game.node_chance,
        game.node_set,
        game.set_first,
        game.set_player,
        np.empty((sets, choices + 1)),
        np.empty((choices + 1, choices + 1)),
        system,
    )
    return float(np.abs(system[:choices, choices + 1]).max())


def test_where_branches_cross_the_symmetric_one_is_followed_and_gambit_turns_into_an_arm() -> None:
    found = logit_responses(GAMES[CROSSING], [0.1, 1.0, 3.0])
    np.testing.assert_allclose(found.probabilities, 0.5, atol=1e-12)
    arm = [0.9409001, 0.0590999, 0.02854812, 0.97145188, 0.9409001, 0.0590999]
    assert lack(GAMES[CROSSING], 1.0, arm) < 1e-6  # both are logit responses, of the same game at the same precision


def test_a_game_of_constant_sum() -> None:
    game = GAMES["tests/test_games/const_sum_game.nfg"]
    found = logit_responses(game, [1.0, 2.0, 3.0])
    np.testing.assert_allclose(found.of("1", "1"), [0.6430, 0.7727, 0.8595], atol=5e-5)
    np.testing.assert_allclose(found.of("2", "1"), [0.5883, 0.6117, 0.6038], atol=5e-5)


def test_stripped_down_poker_ends_at_its_equilibrium() -> None:
    found = logit_responses(GAMES["tests/test_games/stripped_down_poker.efg"], [1e4])
    np.testing.assert_allclose(found.probabilities[0], [1, 0, 1 / 3, 2 / 3, 2 / 3, 1 / 3], atol=1e-3)


@pytest.mark.parametrize("moves", [4, 6])
@pytest.mark.parametrize("precision", [0.5, 1.0, 3.0])
def test_a_ladder_of_perfect_information_is_backward_induction_with_errors(moves: int, precision: float) -> None:
    found = logit_responses(centipede(moves), [precision])
    value = np.array((0.8 * 2**moves, 0.2 * 2**moves)[:: 1 if moves % 2 == 0 else -1])
    for k in range(moves - 1, -1, -1):
        taken = np.array((0.8 * 2**k, 0.2 * 2**k)[:: 1 if k % 2 == 0 else -1])
        take = float(logistic(precision * (taken - value)[k % 2]))
        assert found.of("12"[k % 2], "take", str(k))[0] == pytest.approx(take, abs=1e-12)
        value = take * taken + (1 - take) * value


def test_every_row_of_the_table() -> None:
    if not TABLE.exists():
        pytest.skip("the folder of published numbers is not part of the product and is absent here")
    rows: dict[str, dict[float, list[float]]] = defaultdict(lambda: defaultdict(list))
    with TABLE.open(newline="") as file:
        for row in csv.DictReader(file):
            rows[row["game"]][float(row["lambda"])].append(float(row["probability"]))
    assert set(rows) == {*GAMES, *UNKNOWN}
    compared = 0
    for name, game in GAMES.items():
        finite = sorted(x for x in rows[name] if x < np.inf)
        if name == CROSSING:
            for precision in finite:
                probabilities = rows[name][precision]
                assert lack(game, precision, probabilities) < 2e-8 / min(probabilities)
            compared += sum(len(found) for found in rows[name].values())
            continue
        found = logit_responses(game, [*finite, 20.0, 60.0, 200.0, 600.0])
        for k, precision in enumerate(finite):
            np.testing.assert_allclose(found.probabilities[k], rows[name][precision], atol=DIGITS, err_msg=name)
            compared += len(rows[name][precision])
        last = found.probabilities[np.isfinite(found.probabilities).all(axis=1)][-1]
        np.testing.assert_allclose(last, rows[name][np.inf], atol=LIMIT, err_msg=name)
        compared += len(rows[name][np.inf])
    assert compared == 420
