"""Lettering: words fit their room, whole where they can."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from foedus.surfaces.svg.lettering import NO_BREAK, breadth, clean, cut, overlap, wrapped


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
