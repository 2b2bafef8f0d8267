"""The terminal: any width, any encoding; no number is cut, nothing from outside is obeyed."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from foedus.surfaces import terminal
from foedus.surfaces.reading import ReadColumn, clean, read
from foedus.surfaces.terminal import ACCENT, GAIN, LOSS
from foedus.vocabulary.record import Chart, Record, Section
from foedus.vocabulary.tables import Cell, Column, Table, table, written


def printed(found: Table | Record | Section, width: int, folded: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
    if isinstance(found, Table):
        terminal.show_table(found, console)
    elif isinstance(found, Section):
        terminal.show_section(found, console)
    else:
        terminal.show(found, console, folded)
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
    assert terminal._shares([3, 10, 20], [1, 1, 1], 15) == [3, 6, 6]
    assert terminal._shares([20, 3, 10], [1, 1, 1], 40) == [20, 3, 10]
    assert terminal._shares([3, 10, 20], [3, 10, 2], 15) == [3, 10, 2], (
        "a long word is not broken while another column may be narrower"
    )
    assert terminal._shares([3, 10, 20], [3, 10, 9], 15) == [3, 6, 6], "but where it cannot be had, all share"


def lines(found: Table | Record | Section, width: int = 80, folded: bool = False) -> list[str]:
    return [line.rstrip() for line in printed(found, width, folded).splitlines()]


ONE = table("one", "One", [Column("name"), Column("gain", "bn", form="signed")], [["Japan", -0.5], ["Korea", 2.0]])
TWO = table("two", "Two", [Column("name")], [["x"]])
CLOSED = Section("closed", "Closed", ("Behind.",), folded=True)


def test_a_record_has_the_answer_first_and_a_line_of_air_between_its_parts() -> None:
    first = Section("first", "First", ("A sentence.",), (ONE,), notes=("A note.",), tags=(("met", "good"),))
    made = {"foedus": "1.0", "case_hash": "ab", "draws": 0, "without": "", "calibration": {"name": "x"}}
    record = Record("x", "Title", "Question?", "", ("Yes.", "Because."), (first, CLOSED), (), made)
    whole = [
        "Title  ·  Question?",
        "",
        "Yes.",
        "Because.",
        "",
        "First  met",
        "A sentence.",
        "        gain",
        "name      bn",
        "Japan  -0.50",
        "Korea  +2.00",
        "A note.",
        "",
        "foedus 1.0 · draws 0 · hashes: case ab",
    ]
    assert lines(record) == whole
    assert lines(record, folded=True) == [*whole[:-2], "", "Closed", "Behind.", *whole[-2:]]


def test_a_section_of_pictures_alone_is_for_pages() -> None:
    chart = Chart("c", "bars", "A picture", "", ONE)
    alone = Section("a", "Alone", charts=(chart,))
    record = Record(
        "x", "T", "Q", "", (), (alone, Section("b", "Within", sections=(TWO_PART,)), Section("n", "", notes=("N",)))
    )
    text = lines(record)
    assert "Alone" not in text
    assert "Within" in text
    assert "N" in text
    assert "Alone" in lines(alone)  # asked for by itself


TWO_PART = Section("p", "Part", tables=(TWO,))


def test_titles_stand_above_tables_where_there_are_several_to_see() -> None:
    quiet, empty = table("q", "Quiet", [Column("name")], [["q"]], quiet=True), table("e", "Empty", [Column("name")], [])
    assert "One" not in lines(Section("s", "S", tables=(ONE, quiet)))
    both = lines(Section("s", "S", tables=(ONE, TWO, quiet)))
    assert [w for w in both if w in ("One", "Two", "Quiet")] == ["One", "Two"]
    assert lines(Section("s", "S", tables=(empty, quiet))) == ["", "S"]


def test_parts_that_a_page_shows_closed_are_for_those_who_ask() -> None:
    section = Section("s", "S", ("Said.",), sections=(CLOSED, Section("o", "Open", ("Seen.",))))
    record = Record("x", "T", "Q", "", (), (section,))
    assert "Closed" not in lines(record)
    assert "Open" in lines(record)
    assert "Closed" in lines(record, folded=True)
    assert "Closed" in lines(section)  # one section is shown whole


def test_a_table_alone_has_its_title_and_leaves_out_what_is_named() -> None:
    out = io.StringIO()
    terminal.show_table(ONE, Console(file=out, width=60), hide=("gain",))
    assert [line.rstrip() for line in out.getvalue().splitlines()] == ["One", "name", "Japan", "Korea"]


def test_the_width_is_that_of_the_terminal_or_what_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", "77")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert terminal.console().width == 120
    assert terminal.console(60).width == 60
    monkeypatch.setattr("sys.stdout", Screen())
    assert terminal.console().width == 77
    for found in (terminal.console(), terminal.console(50)):
        with found.capture() as seen:
            found.print("[bold]x[/bold] :smile: 12")
        assert seen.get() == "[bold]x[/bold] :smile: 12\n"  # neither obeyed nor coloured
    monkeypatch.setattr("sys.stdout", io.StringIO())
    with (plain := terminal.console()).capture() as seen:
        plain.print("[bold]x[/bold] :smile: 12")
    assert seen.get() == "[bold]x[/bold] :smile: 12\n"


def test_a_table_that_just_fits_keeps_all_its_columns_and_one_that_does_not_loses_bars_first() -> None:
    found = table(
        "t",
        "T",
        [Column("name"), Column("share", form="percent", bar=1.0), Column("more", drop=2), Column("less", drop=1)],
        [["a", 0.5, 1.0, 2.0]],
    )
    wide = next(w for w in range(20, 100) if "█" in printed(found, w))
    assert "more" in printed(found, wide)
    barless = printed(found, wide - 1)
    assert "█" not in barless
    assert "more" in barless
    # 1 + 4 letters, then three columns of numbers and two cells beside each
    narrow = next(w for w in range(5, 100) if all(h in printed(found, w).split() for h in ("share", "more", "less")))
    assert wide - narrow == terminal._BAR + 1
    assert "more" not in printed(found, narrow - 1).split()
    assert "less" in printed(found, narrow - 1).split()
    assert max(len(line.rstrip()) for line in printed(found, narrow).splitlines()) <= narrow


def test_what_must_stay_is_listed_row_by_row_where_there_is_no_room() -> None:
    columns = [
        Column("name"),
        *[Column(f"n{k}", "bn", form="money") for k in range(6)],
        Column("said", "words"),
        Column("x"),
    ]
    found = table("t", "A table", columns, [["A", *[1000.5] * 6, "yes", None], ["B", *[2.0] * 6, "", 1.0]])
    assert lines(found, 30) == [
        "A table",
        "A",
        *[f"  n{k}: 1000.5 bn" for k in range(6)],
        "  said: yes",
        "  x: –",
        "B",
        *[f"  n{k}: 2.0 bn" for k in range(6)],
        "  x: 1",
    ]
    assert lines(Section("s", "S", tables=(found,)), 30)[2] == "A"  # alone it needs no title


def test_a_column_alone_is_folded_and_never_a_list() -> None:
    found = table("t", "T", [Column("said")], [["some words that do not fit into a line of twenty"]])
    assert lines(found, 20) == ["T", "said", "some words that do", "not fit into a", "line of twenty"]


def test_who_a_row_is_about_is_not_said_twice() -> None:
    columns = [Column("who"), Column("what"), Column("a", form="whole"), Column("b", form="whole")]
    rows: list[list[Cell]] = [["Japan", "x", 1.0, 2.0], ["Japan", "y", 3.0, 4.0], ["Korea", "y", 3.0, 4.0]]
    seen = [line.split()[0] for line in lines(table("t", "T", columns, rows))[2:]]
    assert seen == ["Japan", "y", "Korea"]
    narrow = [line.split()[0] for line in lines(table("t", "T", columns[:3], [r[:3] for r in rows]))[2:]]
    assert narrow == ["Japan", "Japan", "Korea"]  # where there is little else, every row says it


def test_units_stand_under_heads_where_they_are_short() -> None:
    def head(unit: str, value: float = 1.0) -> list[str]:
        return lines(table("t", "T", [Column("name"), Column("gain", unit, form="whole")], [["a", value]]))[1:-1]

    assert head("bn a year") == ["           gain", "name  bn a year"]
    assert head("123456789012")[1].split() == ["name", "123456789012"]
    assert head("1234567890123") == ["name  gain"]  # it stands in the documentation of the column
    assert head("1234567890123", 1e12)[1].split() == ["name", "1234567890123"]  # the numbers are as wide
    words = lines(table("t", "T", [Column("name", "thirteen chars")], [["a name that is long"]]))
    assert words[1:] == ["name", "thirteen chars", "a name that is long"]  # there is room for it


def column(**changes: object) -> ReadColumn:
    given = {"head": "h", "short": "h", "unit": "", "meaning": "", "numeric": True, "drop": 0, "ink": "", "bar": 0.0}
    return ReadColumn(**{**given, "cells": ("1",), "values": (1.0,), **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "value", "style"),
    [("+1.00", 1.0, GAIN), ("-1.00", -1.0, LOSS), ("0", 0.0, ""), ("1.00", 1.0, ""), ("+", "+", ""), ("", None, "")],
)
def test_gains_and_losses_have_their_colours(words: str, value: Cell, style: str) -> None:
    assert terminal._cell(column(cells=(words,), values=(value,)), 0, False).style == style


@pytest.mark.parametrize(
    ("value", "full", "ink"),
    [(0.5, 8, ACCENT), (-0.5, 8, LOSS), (0.0, 0, ACCENT), (3.0, 16, ACCENT), (0.25, 4, ACCENT)],
)
def test_a_bar_is_as_long_as_its_share_and_never_longer_than_its_room(value: float, full: int, ink: str) -> None:
    for whole in (1.0, 4.0):
        made = column(cells=("1.0", "10.00"), values=(value * whole, 1.0), bar=whole)
        text = terminal._cell(made, 0, True)
        assert text.plain == "  1.0 " + "█" * full + " " * (16 - full)
        assert str(text.spans[-1].style) == ink
        assert terminal._cell(made, 0, False).plain == "1.0"


def test_where_there_is_no_number_the_room_of_the_bar_stays_empty() -> None:
    for value in (None, "n/a", float("nan")):
        made = column(cells=("–", "1.0"), values=(value, 1.0), bar=1.0)
        assert terminal._cell(made, 0, True).plain == "–" + " " * 17
    assert terminal._cell(column(cells=("–",), values=(None,)), 0, True).plain == "–"


def test_words_break_between_words_only() -> None:
    assert terminal._fit("fear of reprisals", 9) == "fear of\nreprisals"
    assert terminal._fit("fear of reprisals", 17) == "fear of reprisals"
    assert terminal._fit("reprisals", 3) == "reprisals"
    assert terminal._fit("a b", 1) == "a\nb"
    assert terminal._fit("", 5) == ""


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1, max_size=6), st.integers(1, 200))
def test_columns_of_words_share_the_room_and_none_breaks_a_word_while_there_is_room(
    columns: list[tuple[int, int]], room: int
) -> None:
    longest, words = [a for a, _ in columns], [min(a, b) for a, b in columns]
    kept = terminal._shares(longest, words, room)
    assert all(1 <= f <= n for f, n in zip(kept, longest, strict=True))
    if room >= sum(words):
        assert sum(kept) == min(room, sum(longest))
        assert all(f >= w for f, w in zip(kept, words, strict=True))
    found = terminal._shares(longest, [1] * len(longest), room)
    if room >= len(longest):
        assert sum(found) <= room
        assert (
            sum(found) == min(room, sum(longest))
            or max(found) - min(f for f, n in zip(found, longest, strict=True) if f < n) <= 1
        )


@given(st.integers(1, 70), st.lists(st.integers(0, 100), min_size=1, max_size=9))
def test_no_line_of_prose_ends_between_a_number_and_its_per_cent(width: int, shares: list[int]) -> None:
    words = "It holds with " + ", then with ".join(f"{n} %" for n in shares) + ".\n\nA second part."
    lines = terminal._prose(words, width).split("\n")
    assert not any(line.startswith("%") for line in lines)
    assert " ".join(" ".join(lines).split()) == " ".join(words.split())
    assert all(len(line) <= max(width, len("100 %,")) for line in lines)


def test_a_long_column_of_words_is_folded_not_cut() -> None:
    words = "every word of a sentence that is much too long for its column stays"
    found = table("t", "T", [Column("name"), Column("what"), Column("n", form="whole")], [["a", words, 7.0]])
    text = printed(found, 40)
    assert " ".join(
        part for line in text.splitlines()[2:] for part in line.split() if part not in ("a", "7")
    ) == words.replace(" a ", " ")
    assert all(len(line.rstrip()) <= 40 for line in text.splitlines())


def test_bars_are_as_long_as_their_numbers() -> None:
    rows: list[list[Cell]] = [["a", 1.0], ["b", 0.5], ["c", 0.0]]
    shares = Column("share", form="percent", bar=1.0)
    seen = printed(table("t", "A table", [Column("name"), shares], rows), 100).splitlines()
    long = {line.split()[0]: line.count("█") for line in seen if line.split()[:1] in (["a"], ["b"], ["c"])}
    assert long["a"] == terminal._BAR
    assert abs(long["b"] - terminal._BAR / 2) <= 0.5
    assert long["c"] == 0


def test_words_are_explained_below_the_sections() -> None:
    found = Record("trial", "A trial", "Is it?", "", ("It is.",), (), words={"free force": "share of the force"})
    assert [line.strip() for line in printed(found, 80).splitlines() if line.strip()][-2:] == [
        "Words",
        "free force: share of the force",
    ]


def test_sentences_and_headings_for_pages_alone_are_left_out() -> None:
    drawn = table("drawn", "Drawn", [Column("a")], [[1]], quiet=True)
    bare = Section("bare", "Bare", tables=(drawn,), notes=("Bears on claim 2.",))
    whole = Section("whole", "Whole", ("It is so.",), sections=(bare,), seen=("Open a claim; green dots hold.",))
    out = printed(Record("trial", "A trial", "Is it?", "", ("It is.",), (whole, bare)), 80)
    assert "Whole" in out
    assert "It is so." in out
    assert not [w for w in ("Bare", "Bears on", "Open a claim", "green") if w in out]
