"""Records: sections within sections, every table once, and nothing that JSON cannot hold."""

from __future__ import annotations

import math

import pytest

from foedus.vocabulary.record import Chart, Record, Section, Source, cell, plain
from foedus.vocabulary.tables import Column, table

ONE, TWO = (table(n, n.upper(), [Column("a")], [[1.0]]) for n in ("one", "two"))
INNER = Section("inner", "Inner", tables=(TWO,), charts=(Chart("c2", "bars", "", "", TWO),))
OUTER = Section("outer", "Outer", ("Said.",), (ONE,), (Chart("c1", "bars", "", "", ONE),), sections=(INNER,))
RECORD = Record("x", "T", "Q", "k", ("Yes.",), (OUTER, Section("again", "Again", tables=(ONE,))), (Source("b", "B"),))


def test_tables_and_charts_of_parts_are_found() -> None:
    assert OUTER.table("two") is TWO
    assert RECORD.table("two") is TWO
    assert RECORD.section("again").title == "Again"
    assert [t.name for t in RECORD.tables()] == ["one", "two"]  # each once
    assert [c.key for c in RECORD.charts()] == ["c1", "c2"]
    for missing in (lambda: OUTER.table("x"), lambda: RECORD.table("x"), lambda: RECORD.section("x")):
        with pytest.raises(KeyError, match="x"):
            missing()


def test_a_section_is_open_unless_it_says_otherwise() -> None:
    assert not OUTER.folded


def test_as_plain_data() -> None:
    found = RECORD.to_dict()
    assert [found[k] for k in ("kind", "title", "question", "says", "made")] == ["x", "T", "Q", ["Yes."], {}]
    assert found["sections"][0] == OUTER.to_dict()
    assert found["sections"][0]["sections"][0]["key"] == "inner"
    assert found["sources"] == [{"key": "b", "citation": "B", "url": "", "trust": "checked"}]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (1.5, 1.5),
        (math.nan, None),
        (math.inf, None),
        ((1, (2.0, math.nan)), [1, [2.0, None]]),
        ([1, "x"], [1, "x"]),
        ({1: math.inf, "a": (1,)}, {"1": None, "a": [1]}),
        ("text", "text"),
        (None, None),
        (True, True),
    ],
)
def test_what_json_can_hold(value: object, found: object) -> None:
    assert plain(value) == found
    assert type(plain(value)) is type(found)


def test_a_number_that_is_none_is_an_empty_cell() -> None:
    assert [cell(v) for v in (1.0, math.nan, math.inf, -math.inf, 0.0)] == [1.0, None, None, None, 0.0]
