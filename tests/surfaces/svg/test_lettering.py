"""Lettering: words fit their room, whole where they can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.surfaces.svg.lettering import NO_BREAK, box, breadth, clean, cut, overlap, widest, wrapped


@given(st.text(max_size=60), st.floats(20, 400), st.booleans())
def test_words_that_are_cut_fit(words: str, room: float, bold: bool) -> None:
    shown = cut(words, room, 12, bold)
    assert breadth(shown, 12, bold) <= room
    assert shown == words or shown.endswith("…")


@given(st.text("ab cd", max_size=80), st.floats(40, 300), st.integers(1, 4))
def test_lines_fit_and_say_everything_where_there_is_room(words: str, room: float, most: int) -> None:
    lines = wrapped(words, room, 12, most)
    assert 1 <= len(lines) <= most
    assert all(breadth(line, 12) <= room for line in lines)
    if not any("…" in line for line in lines):
        assert " ".join(lines).split() == words.split()


def test_a_number_stays_with_its_unit() -> None:
    assert wrapped(f"A forum is added 40{NO_BREAK}%", 110, 12) == ["A forum is added", f"40{NO_BREAK}%"]


def test_wide_letters_are_counted_as_wide_and_marks_as_nothing() -> None:
    assert breadth("漢字", 10) > breadth("ab", 10)
    assert breadth("e\u0301", 10) == breadth("e", 10)


def test_what_a_document_may_not_hold_is_dropped() -> None:
    assert clean("a\x00b\x1b\ud800\u202ec\nd\ufffe") == "abc d"


def test_boxes_that_touch_do_not_overlap() -> None:
    assert overlap((0, 0, 10, 10), (10, 0, 20, 10)) == 0
    assert overlap((0, 0, 10, 10), (5, 5, 20, 10)) == 25


@pytest.mark.parametrize(
    ("words", "hundredths"),
    [
        ("", 0),
        (" ", 32),
        ("i", 28),
        ("M", 86),
        ("W", 99),
        ("~", 84),
        ("MiW", 86 + 28 + 99),
        (NO_BREAK, 32),
        ("e\u0301", 62),
        ("Ж", 80),
        ("漢", 104),
        ("…", 104),
        ("\u2000", 104),
        ("\u1ffe", 80),
        ("\u2bff", 104),
        ("\u2c00", 80),
    ],
)
def test_letters_are_as_wide_as_in_the_widest_font(words: str, hundredths: int) -> None:
    assert breadth(words, 100) == pytest.approx(hundredths)
    assert breadth(words, 10, True) == pytest.approx(hundredths / 10 * 1.12)


def test_words_are_cut_between_words_unless_that_loses_too_much() -> None:
    assert cut("alpha beta gamma", breadth("alpha beta gam…", 10), 10) == "alpha beta…"
    assert cut("al betagammadelta", breadth("al betagamma…", 10), 10) == "al betagamma…"
    assert cut("abc", breadth("abc", 10), 10) == "abc"
    assert cut("abc", 0.0, 10) == "…"


def test_lines_are_filled_and_the_last_takes_what_is_left() -> None:
    room = breadth("aa bb", 10)
    assert wrapped("aa bb cc", room, 10) == ["aa bb", "cc"]
    assert wrapped("aa bb cc", room - 0.01, 10) == ["aa", "bb cc"]
    assert wrapped("aa bb cc dd ee", room, 10, 2) == ["aa bb", "cc…"]
    assert wrapped("aa bb cc dd", room, 10, 2) == ["aa bb", "cc dd"]
    assert wrapped("aa bb", 1000, 10, 1) == ["aa bb"]
    assert wrapped("", 10, 10) == [""]
    assert len(wrapped("a b c d e f", 1.0, 10)) == 3  # three lines, unless more are asked for


def test_a_box_lies_where_its_anchor_says() -> None:
    wide = breadth("MM", 10)
    assert box(100, 50, "MM", 10) == pytest.approx((100, 42, 100 + wide, 52.4))
    assert box(100, 50, "MM", 10, "end") == pytest.approx((100 - wide, 42, 100, 52.4))
    assert box(100, 50, "MM", 10, "middle") == pytest.approx((100 - wide / 2, 42, 100 + wide / 2, 52.4))
    assert box(0, 0, "MM", 10, bold=True)[2] == pytest.approx(wide * 1.12)


def test_boxes_apart_in_one_direction_share_nothing() -> None:
    assert overlap((0, 0, 10, 10), (20, 0, 30, 10)) == 0
    assert overlap((0, 0, 10, 10), (0, 20, 10, 30)) == 0
    assert overlap((0, 0, 10, 10), (20, 20, 30, 30)) == 0
    assert overlap((0, 0, 10, 10), (2, 3, 4, 5)) == 4


def test_the_widest_of_some_words() -> None:
    assert widest(["i", "MM", "a"], 10) == breadth("MM", 10)
    assert widest(["MM"], 10, True) == breadth("MM", 10, True)
    assert widest([], 10) == 0.0


def test_plain_words_stay_as_they_are() -> None:
    assert clean("Łódź – 漢") == "Łódź – 漢"
    assert clean("a\tb\u2028c") == "a b c"


def test_even_a_small_share_is_a_share() -> None:
    assert overlap((0, 0, 10, 10), (9.5, 0, 20, 10)) == 5
    assert overlap((0, 0, 10, 10), (0, 9.5, 10, 20)) == 5
    assert overlap((0, 0, 10, 10), (10.5, 0, 20, 10)) == 0


def test_words_without_marks_are_left_alone() -> None:
    assert clean("plain words") == "plain words"
    assert clean("") == ""
