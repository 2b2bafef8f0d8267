"""Tables: tidy rows that turn into frames and files, and numbers as a reader believes them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.vocabulary.tables import Cell, Column, between, percent, points, shown, table, written

FOUND = table(
    "gains", "Who & what", [Column("name"), Column("gain", "bn", "what it's worth")], [["Japan", 1.5], ["<b>", None]]
)


def test_rows_and_columns_by_name() -> None:
    assert len(FOUND) == 2
    assert list(FOUND) == [{"name": "Japan", "gain": 1.5}, {"name": "<b>", "gain": None}]
    assert FOUND.column("gain") == (1.5, None)
    assert FOUND.to_dict() == {"name": ["Japan", "<b>"], "gain": [1.5, None]}
    assert not FOUND.quiet
    assert FOUND.columns[1].about() == {"name": "gain", "unit": "bn", "meaning": "what it's worth"}
    with pytest.raises(ValueError, match="zip"):
        list(table("t", "T", [Column("a")], [[1, 2]]))


def test_words_over_a_column() -> None:
    assert Column("share_of_all").words == "share of all"
    assert Column("share_of_all", head="Share").words == "Share"
    plain = Column("x")
    assert (plain.drop, plain.hidden, plain.bar) == (0, False, 0.0)  # it stays, is seen, and has no bar


def test_files_and_frames_hold_every_row() -> None:
    assert FOUND.to_csv() == "name,gain\nJapan,1.5\n<b>,\n"
    pandas = FOUND.to_pandas()
    assert list(pandas.columns) == ["name", "gain"]
    assert len(pandas) == 2
    polars = FOUND.to_polars()
    assert polars.shape == (2, 2)
    mixed = table("t", "T", [Column("a")], [[1], ["x"], [1.5]])
    assert mixed.to_polars().shape == (3, 1)


def test_in_a_notebook_text_stays_text() -> None:
    html = FOUND._repr_html_()
    assert "<caption>Who &amp; what</caption>" in html
    assert "<td>&lt;b&gt;</td><td>–</td>" in html
    assert "<th title='what it&#x27;s worth'>gain<br><small>bn</small></th>" in html
    assert "<th title=''>name</th>" in html


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"),
        (math.nan, "–"),
        (True, "yes"),
        (False, "no"),
        ("as it is", "as it is"),
        (7, "7"),
        (0.0, "0"),
        (4.9e-7, "0"),
        (5e-7, "5e-07"),
        (0.00099, "0.001"),
        (0.00042, "0.0004"),
        (0.001, "0.001"),
        (0.25, "0.25"),
        (-0.1256, "-0.126"),
        (12.0, "12"),
        (999.9996, "1000"),
        (1000.0, "1,000"),
        (-1234567.8, "-1,234,568"),
    ],
)
def test_short_numbers_of_any_size(value: Cell, words: str) -> None:
    assert shown(value) == words


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.0, "0 %"),
        (1e-9, "<1 %"),
        (0.0049, "<1 %"),
        (0.005, "<1 %"),
        (0.0051, "1 %"),
        (0.5, "50 %"),
        (0.994, "99 %"),
        (0.995, ">99 %"),
        (0.9951, ">99 %"),
        (1.0, "100 %"),
        (math.nan, "–"),
    ],
)
def test_a_probability_is_never_quite_0_or_100(p: float, words: str) -> None:
    assert percent(p) == words


@given(st.floats(0, 1))
def test_a_percentage_is_at_most_half_a_point_off(p: float) -> None:
    words = percent(p)
    said = float(words.strip("<> %"))
    assert abs(100 * p - said) <= 0.5 + 1e-9 or words in ("<1 %", ">99 %")


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (0.25, "percent", "25 %"),
        (1, "percent", "100 %"),
        (0.005, "signed", "+0.01"),
        (0.0049, "signed", "0"),
        (-0.006, "signed", "-0.01"),
        (1.25, "money", "1.2"),
        (math.inf, "money", "no sum"),
        (1234567.0, "whole", "1,234,567"),
        (1949.0, "year", "1949"),
        (1949, "year", "1949"),
        (0.25, "", "0.25"),
        ("n/a", "percent", "n/a"),
        (True, "percent", "yes"),
        (None, "signed", "–"),
        (math.nan, "percent", "–"),
    ],
)
def test_numbers_in_the_form_of_their_column(value: Cell, form: str, words: str) -> None:
    assert written(value, form) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (0.0, "0"),
        (0.0004, "0"),
        (0.0006, "+0.1 points"),
        (-0.002, "-0.2 points"),
        (0.01, "+1 point"),
        (-0.0099, "-1 point"),
        (0.172, "+17 points"),
        (-1.0, "-100 points"),
        (float("nan"), "–"),
    ],
)
def test_changes_of_a_probability_are_in_points(change: float, words: str) -> None:
    assert points(change) == written(change, "points") == words


def test_a_range_of_changes_has_its_unit_once() -> None:
    assert between(-0.07, 0.12) == "-7 to +12 points"
    assert between(0.0, 0.15) == "0 to +15 points"
    assert between(-0.04, 0.0) == "-4 points to 0"
    assert between(0.02, 0.02) == "+2 points"


def test_a_table_in_plain_python_is_its_title_its_size_and_its_first_rows() -> None:
    columns = [Column("id", hidden=True), *(Column(n) for n in "abcdefg"), Column("p", form="percent")]
    long = table("long", "A long one", columns, [["x", *range(7), 0.5]] * 9)
    lines = repr(long).split("\n")
    assert lines[0] == "<Table 'long': A long one (9 rows × 9 columns)>"
    assert lines[1].split() == ["a", "b", "c", "d", "e", "f"]
    assert lines[2].split() == ["0", "1", "2", "3", "4", "5"]
    assert lines[8:] == ["… 3 rows more", "further columns: id, g, p"]
    assert (
        str(FOUND)
        == repr(FOUND)
        == "<Table 'gains': Who & what (2 rows × 2 columns)>\nname   gain\nJapan  1.5\n<b>    –"
    )
    wide = table("wide", "Wide", [Column("text")], [["a very long text that goes on and on"]])
    assert repr(wide).endswith("a very long text that g…")
