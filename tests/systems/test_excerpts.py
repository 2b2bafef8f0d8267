"""Excerpts: what is picked stays in its order, and what is joined or named can be read."""

from __future__ import annotations

from foedus.systems.excerpts import headed, joined, kept, named, picked, sorted_by
from foedus.vocabulary.tables import Column, table

FOUND = table(
    "t",
    "T",
    [Column("state"), Column("year"), Column("p")],
    [["JPN", 2000, 0.2], ["KOR", 2000, None], ["JPN KOR", 2001, 0.9]],
)


def test_rows_are_picked_and_kept_in_their_order() -> None:
    assert picked(FOUND, year=2000).column("state") == ("JPN", "KOR")
    assert kept(FOUND, lambda r: r["p"] is not None).column("year") == (2000, 2001)
    assert picked(FOUND, state="USA").rows == ()


def test_the_largest_comes_first_and_none_last() -> None:
    assert sorted_by(FOUND, "p").column("p") == (0.9, 0.2, None)


def test_ids_become_names_and_columns_become_words() -> None:
    assert named(FOUND, "state").column("state") == ("Japan", "South Korea", "Japan, South Korea")
    assert joined(FOUND, "what", "state", "year").column("what")[0] == "JPN, 2000"
    assert [c.words for c in headed(FOUND, p="chance").columns] == ["state", "year", "chance"]
