"""The terminal: any width, any encoding; no number is cut, nothing from outside is obeyed."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from foedus.surfaces import terminal
from foedus.surfaces.reading import clean, read
from foedus.vocabulary.record import Record, Section
from foedus.vocabulary.tables import Cell, Column, Table, table, written


def printed(found: Table | Record, width: int) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
    if isinstance(found, Table):
        terminal.show_table(found, console)
    else:
        terminal.show(found, console)
    return out.getvalue()


NUMBERS = st.floats(-1e6, 1e6) | st.none() | st.integers(-1000, 100_000)
FORMS = st.sampled_from(["", "percent", "signed", "money", "whole"])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    many = draw(st.integers(1, 9))
    columns = [Column("name", head="Who it is about")]
    for k in range(many):
        columns.append(
            Column(
                f"column_{k}",
                draw(st.sampled_from(["", "% of GDP a year", "bn"])),
                form=draw(FORMS),
                drop=draw(st.integers(0, 5)),
                bar=draw(st.sampled_from([0.0, 1.0])),
            )
        )
    names = st.text("abc DEF-łż", max_size=40)
    rows: list[list[Cell]] = [
        [draw(names), *(draw(NUMBERS) for _ in range(many))] for _ in range(draw(st.integers(1, 5)))
    ]
    return table("t", "A table", columns, rows)


NUMBER = re.compile(r"[\d][\d.,]*")


@settings(max_examples=80, deadline=None)
@given(tables(), st.integers(30, 140))
def test_no_number_is_ever_cut_or_broken(found: Table, width: int) -> None:
    whole = {n for c in read(found) for text in (*c.cells, c.head, c.unit) for n in NUMBER.findall(text)}
    text = printed(found, width)
    assert set(NUMBER.findall(text)) <= whole
    assert all(len(line.rstrip()) <= width for line in text.splitlines())


def test_columns_go_in_their_order_and_at_last_rows_become_lists() -> None:
    columns = [Column("name"), Column("gain", form="signed"), Column("median", form="signed", drop=9)]
    columns += [Column(f"term_{k}", form="signed", drop=k) for k in range(1, 8)]
    found = table("t", "A table", columns, [["South Korea", -0.09, 0.1, *[0.25] * 7]])
    assert "median" in printed(found, 120)
    narrow = printed(found, 60)
    assert "median" not in narrow
    assert "-0.09" in narrow
    needed = table("t", "A table", [Column("name"), *[Column(f"n{k}") for k in range(12)]], [["A", *[1234.5] * 12]])
    assert printed(needed, 40).count("n11: 1,234") == 1


@pytest.mark.parametrize("hostile", ["[/nope]", "[bold]x[/bold]", "\x1b]0;title\x07", "\x1b[31mred", "a\u202eb"])
def test_text_from_outside_is_printed_not_obeyed(hostile: str) -> None:
    record = Record(
        "x", hostile, hostile, "", (hostile,), (Section("s", hostile, (hostile,), notes=(hostile,)),), (), {}
    )
    text = printed(record, 80)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert clean(hostile)[:4] in text


def test_any_encoding_gets_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    for encoding in ("ascii", "cp1252", "latin-1"):
        raw = io.BytesIO()
        monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding=encoding, write_through=True))
        terminal.say("5–95 % … █ “Quad” · Łódź", terminal.console(80))
        assert b"5-95 %" in raw.getvalue() or "5–95 %".encode(encoding, "replace") in raw.getvalue()


def test_numbers_are_written_in_the_form_of_their_column() -> None:
    assert written(0.1234, "percent") == "12 %"
    assert written(0.001, "percent") == "<1 %"
    assert written(0.999, "percent") == ">99 %"
    assert written(-0.0912, "signed") == "-0.09"
    assert written(-2e-6, "signed") == "0"
    assert written(float("inf"), "money") == "no sum"
    assert written(None, "money") == "–"


def test_short_columns_of_words_stay_whole_and_long_ones_share() -> None:
    assert terminal._shares([3, 10, 20], 15) == [3, 6, 6]
    assert terminal._shares([20, 3, 10], 40) == [20, 3, 10]


def test_bars_are_as_long_as_their_numbers() -> None:
    rows: list[list[Cell]] = [["a", 1.0], ["b", 0.5], ["c", 0.0]]
    shares = Column("share", form="percent", bar=1.0)
    lines = printed(table("t", "A table", [Column("name"), shares], rows), 100).splitlines()
    long = {line.split()[0]: line.count("█") for line in lines if line.split()[:1] in (["a"], ["b"], ["c"])}
    assert long["a"] == terminal._BAR
    assert abs(long["b"] - terminal._BAR / 2) <= 0.5
    assert long["c"] == 0
