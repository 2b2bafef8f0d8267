"""Jackson & Wolinsky 1996, Propositions 1, 2 and 4, by looking at every labelled graph of four and five players."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from foedus.games.network import Networks, coauthors, connections, pairwise_stable
from foedus.vocabulary.errors import FoedusError

TABLE = Path(__file__).parents[2].parent / "shared" / "published" / "jackson_wolinsky_enumeration.csv"


def parts(graph: np.ndarray) -> int:
    reach = np.linalg.matrix_power(graph.astype(int) + np.eye(len(graph), dtype=int), len(graph)) > 0
    return len({tuple(row) for row in reach})


def shapes(found: Networks, which: np.ndarray) -> str:
    """Return the degrees of graphs and how many there are of each kind, as the table writes them."""
    kinds = Counter(
        ("".join(str(d) for d in sorted(g.sum(axis=0), reverse=True)), parts(g)) for g in found.graphs[which]
    )
    return " ".join(f"{degrees}:{p}compx{count}" for (degrees, p), count in sorted(kinds.items()))


@pytest.mark.parametrize("n", [4, 5])
def test_cheap_ties_make_the_complete_graph_stable_and_efficient(n: int) -> None:
    found = pairwise_stable(connections(0.5, 0.2), n)  # c < δ - δ²
    assert found.stable.sum() == 1
    assert (found.stable == found.efficient).all()
    assert found.graphs[found.stable][0].sum() == n * (n - 1)


def test_between_the_bounds_the_star_is_stable_but_not_alone() -> None:
    found = pairwise_stable(connections(0.5, 0.3), 4)
    assert shapes(found, found.stable) == "2222:1compx3 3111:1compx4"
    assert shapes(found, found.efficient) == "3111:1compx4"
    assert found.payoffs.sum(axis=1).max() == pytest.approx(2.7)


def test_dear_ties_leave_nothing_although_the_star_would_be_best() -> None:
    found = pairwise_stable(connections(0.5, 0.6), 5)
    assert shapes(found, found.stable) == "00000:5compx1"
    assert shapes(found, found.efficient) == "41111:1compx5"


def test_coauthors_work_with_too_many() -> None:
    found = pairwise_stable(coauthors, 4)
    assert shapes(found, found.stable) == "3333:1compx1"
    assert shapes(found, found.efficient) == "1111:2compx3"
    assert found.payoffs.sum(axis=1).max() == pytest.approx(12.0)


def test_every_row_of_the_table() -> None:
    if not TABLE.exists():
        pytest.skip("the folder of published numbers is not part of the product and is absent here")
    with TABLE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 24
    for row in rows:
        dear = row["model"] == "connections"
        model = connections(float(row["delta"]), float(row["c"])) if dear else coauthors
        found = pairwise_stable(model, int(row["n"]))
        assert found.stable.sum() == int(row["n_pairwise_stable_labelled"]), row
        assert shapes(found, found.stable) == row["ps_degree_sequences_x_count"]
        assert shapes(found, found.efficient) == row["efficient_degree_sequences_x_count"]
        assert found.payoffs.sum(axis=1).max() == pytest.approx(float(row["max_total_value"]), abs=1e-9)


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: connections(1.5, 0.1), "between 0 and 1"),
        (lambda: connections(0.5, -1.0), "below 0"),
        (lambda: pairwise_stable(coauthors, 9), "Choose 2 to 6"),
        (lambda: pairwise_stable(lambda graphs: graphs.sum(axis=(1, 2)), 3), "each graph and player"),
    ],
)
def test_bad_input_gets_a_sentence(ask: object, sentence: str) -> None:
    with pytest.raises(FoedusError) as found:
        ask()  # type: ignore[operator]
    assert sentence in str(found.value)
