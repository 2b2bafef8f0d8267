"""Reading: what people see of a table: words over columns, nothing hidden or empty, the ends of a range as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.surfaces.reading import clean, read
from foedus.vocabulary.tables import Cell, Column, table


def heads(*columns: Column, rows: list[list[Cell]]) -> list[str]:
    return [c.head for c in read(table("t", "T", columns, rows))]


def test_hidden_and_wholly_empty_columns_are_not_seen() -> None:
    columns = (Column("key", hidden=True), Column("none"), Column("some"))
    assert heads(*columns, rows=[["a", None, None], ["b", None, 1.0]]) == ["some"]
    assert heads(*columns, rows=[]) == ["none", "some"]  # a table without rows still has its heads
    assert heads(Column("none", hidden=True), rows=[[None]]) == []


def test_a_column_as_it_is_read() -> None:
    given_ = Column("gain_of_all", "bn", "what it gains", "Gain", "signed", 3, ink="teal", bar=2.0, short="G.")
    (found,) = read(table("t", "T", [given_], [[1.0], [None]]))
    assert (found.head, found.short, found.unit, found.meaning) == ("Gain", "G.", "bn", "what it gains")
    assert (found.numeric, found.drop, found.ink, found.bar) == (True, 3, "teal", 2.0)
    assert (found.cells, found.values) == (("+1.00", "–"), (1.0, None))
    (plain,) = read(table("t", "T", [Column("gain_of_all")], [["x"]]))
    assert (plain.head, plain.short, plain.numeric) == ("gain of all", "gain of all", False)


@pytest.mark.parametrize(
    ("values", "numeric"), [([1, None], True), ([1.5], True), ([True, False], False), (["1"], False), (["–", 2], True)]
)
def test_what_is_a_column_of_numbers(values: list[Cell], numeric: bool) -> None:
    assert read(table("t", "T", [Column("c")], [[v] for v in values]))[0].numeric is numeric


@pytest.mark.parametrize(
    ("unit", "form", "shown"),
    [
        ("bn", "money", "bn"),
        ("probability", "percent", ""),
        ("see unit", "", ""),
        ("see unit", "percent", ""),
        ("", "", ""),
    ],
)
def test_a_unit_stands_in_a_head_where_nothing_else_says_it(unit: str, form: str, shown: str) -> None:
    assert read(table("t", "T", [Column("c", unit, form=form)], [[0.5]]))[0].unit == shown


LOW, HIGH = (
    Column("low", "bn", "5 % of the draws", form="money"),
    Column("high", "bn", "95 % of the draws", form="money"),
)


def test_the_ends_of_a_range_are_one_column() -> None:
    rows: list[list[Cell]] = [["a", 1.0, 2.0], ["b", 2.0, 2.04], ["c", None, 1.0], ["d", 1.0, None]]
    name, ends = read(table("t", "T", [Column("name"), LOW, HIGH], rows))
    assert name.head == "name"
    assert ends.head == ends.short == "5–95 %"
    assert ends.cells == ("1.0 to 2.0", "2.0", "", "")  # what is written alike is written once
    assert ends.meaning == "from 5 % of the draws to 95 % of the draws"
    assert (ends.numeric, ends.unit, ends.bar, ends.ink) == (True, "bn", 0.0, "")
    assert ends.drop == 3  # a range may always go where there is no room


@pytest.mark.parametrize("ends", [(float("nan"), 1.0), (1.0, float("nan"))])
def test_a_range_without_an_end_is_no_range(ends: tuple[float, float]) -> None:
    assert read(table("t", "T", [LOW, HIGH], [list(ends)]))[0].cells == ("",)


def test_a_range_says_what_its_ends_are_or_that_it_is_one() -> None:
    def head(low: str, high: str) -> str:
        return heads(Column("gain_low", "", low), Column("gain_high", "", high), rows=[[1.0, 2.0]])[0]

    assert head("2.5 % of draws", "97.5 % of draws") == "2.5–97.5 %"
    assert head("least", "most") == "range"
    assert head("5 % of draws", "most") == "range"
    kept = read(table("t", "T", [Column("low", drop=9), Column("high")], [[1.0, 2.0]]))
    assert kept[0].drop == 9


def test_an_end_alone_is_a_number_like_any_other() -> None:
    assert heads(Column("low"), Column("gain_high"), rows=[[1.0, 2.0]]) == ["low", "gain high"]
    assert heads(Column("gain_high"), Column("low"), Column("gain_low"), rows=[[2.0, 0.0, 1.0]]) == ["low", "range"]


@given(st.text())
def test_clean_text_has_no_control_characters_and_is_clean_already(text: str) -> None:
    found = clean(text)
    assert clean(found) == found
    assert not any(ord(c) < 32 and c not in "\n\t" for c in found)
    assert set(found) <= set(text)
    assert [c for c in text if c.isalnum()] == [c for c in found if c.isalnum()]
