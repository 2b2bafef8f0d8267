"""Rows: one below the other, words beside marks or above them, and never on one another."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textboxes import texts_of

from foedus.surfaces.svg.lettering import SMALL, breadth
from foedus.surfaces.svg.pen import Picture
from foedus.surfaces.svg.rows import NARROW, SIZE, Rows, ink_for, key, key_height, laid

labels = st.lists(st.text("abc WM", min_size=1, max_size=60).filter(str.strip), min_size=1, max_size=6)


def written(frame: Rows, width: float, weight: str = "") -> list[tuple[str, tuple[float, float, float, float]]]:
    p = Picture(width, frame.bottom, "", "")
    for k in range(len(frame.tops)):
        frame.label(p, k, weight)
    return texts_of(p.svg())[1]


@given(labels, st.sampled_from([360.0, 519.9, 520.0, 760.0]), st.floats(8, 40))
def test_marks_and_words_have_room_of_their_own(names: list[str], width: float, tall: float) -> None:
    frame = laid(width, names, tall, 10.0, (4.0, 6.0), 50.0)
    for k, (above, below) in enumerate(itertools.pairwise(frame.tops)):
        taken = 0.0 if width >= NARROW else 15.0 * len(frame.lines[k + 1])
        assert below - above >= tall + taken + 5 - 1e-9
    assert frame.bottom >= frame.tops[-1] + tall
    assert frame.right == width - 56.0
    boxes = written(frame, width)
    for (_, one), (_, other) in itertools.pairwise(boxes):
        assert one[3] <= other[1] + 1.0
    if width < NARROW:
        assert (frame.edge, frame.left) == (0.0, 4.0)
        assert all(b[0] == 0.0 for _, b in boxes)
        assert min(b[1] for _, b in boxes) >= 10.0
    else:
        assert frame.left == frame.edge + 4.0
        assert frame.edge <= 0.36 * width
        assert all(b[2] <= frame.edge for _, b in boxes)


def test_beside_a_row_words_stand_at_the_height_of_its_mark() -> None:
    long = "a name that is so long that it needs two lines of words"
    frame = laid(760.0, ["short", long], 15.0, 0.0, (0.0, 0.0))
    assert [len(lines) for lines in frame.lines] == [1, 2]
    for k, lines in enumerate(frame.lines):
        boxes = [b for w, b in written(frame, 760.0) if w in lines]
        middle = (boxes[0][1] + boxes[-1][3]) / 2
        assert middle == pytest.approx(frame.tops[k] + 7.5, abs=1.5)
    assert frame.bottom == pytest.approx(frame.tops[1] + 7.5 + 15.0 + 5)
    bold = max(breadth(line, SIZE, True) for lines in frame.lines for line in lines)
    assert frame.edge == pytest.approx(min(bold + 14, 0.36 * 760))


def test_on_telephones_words_stand_above_their_mark_and_empty_ones_take_no_room() -> None:
    frame = laid(360.0, ["A name", ""], 15.0, 0.0, (0.0, 0.0))
    assert frame.tops[0] == 20.0
    assert frame.tops[1] == 20.0 + 15 + 9
    ((_, above), _) = written(frame, 360.0)
    assert 0 < frame.tops[0] - above[3] < 5


def test_a_key_breaks_between_entries_and_is_as_tall_as_its_lines() -> None:
    words = ["one entry", "another entry", "a third entry"]
    assert key_height([], 300) == 0.0
    assert key_height(words, 1000) == 25.0
    wide = 28 + breadth("one entry", SMALL)
    assert key_height(words[:1] * 2, 2 * wide + 16) == 25.0  # both just fit
    assert key_height(words[:1] * 2, 2 * wide + 15.9) == 44.0
    assert key_height(words, 120) == 63.0
    p = Picture(120, key_height(words, 120), "", "")
    signs: list[tuple[int, float, float]] = []
    key(p, words, lambda k, x, y: signs.append((k, x, y)))
    assert signs == [(0, 0.0, 9.0), (1, 0.0, 28.0), (2, 0.0, 47.0)]
    for (_, box), (_, x, y) in zip(texts_of(p.svg())[1], signs, strict=True):
        assert box[0] == x + 28
        assert box[1] < y < box[3]
    line: list[tuple[int, float, float]] = []
    key(Picture(1000, 25, "", ""), words, lambda k, x, y: line.append((k, x, y)))
    assert line[1] == (1, pytest.approx(wide + 16), 9.0)


def test_an_ink_is_found_by_the_words_of_a_value() -> None:
    assert ink_for({"true": "teal"}, True, "grey") == "teal"
    assert ink_for({"Japan": "blue"}, "Japan", "grey") == "blue"
    assert ink_for({"2": "blue"}, 2, "grey") == "blue"
    assert ink_for({"Japan": "blue"}, "Korea", "grey") == "grey"


def test_words_above_marks_have_a_halo_and_those_beside_none() -> None:
    for width, halo in ((360.0, True), (760.0, False)):
        p = Picture(width, 100, "", "")
        laid(width, ["Japan"], 15.0, 0.0, (0.0, 0.0)).label(p, 0, "600")
        assert ("paint-order" in p.svg()) == halo  # axis lines run behind them only there
        assert 'font-weight="600"' in p.svg()


def test_a_label_that_is_set_in_bold_still_has_room() -> None:
    long = (
        "Republic of Korea and all its friends and neighbours in the region and far beyond, near and dear to each other"
    )
    for width in (760.0, 360.0):
        frame = laid(width, [long], 15.0, 30.0, (0.0, 0.0))
        for _, b in written(frame, width, "600"):
            assert b[0] >= -0.01
            assert b[2] <= width - 14 + 0.01


def test_an_entry_of_a_key_wider_than_the_canvas_is_cut_to_it() -> None:
    p = Picture(200, 60, "", "")
    key(p, ["an entry that is far too long for any telephone that was ever made"], lambda k, x, y: None)
    ((word, b),) = texts_of(p.svg())[1]
    assert word.endswith("…")
    assert b[2] <= 200


def test_words_above_marks_stand_on_ground_so_that_no_line_of_the_axis_goes_through_them() -> None:
    rows = laid(360.0, ["Australia", ""], 20.0, 10.0, (4, 6))
    p = Picture(360.0, 200.0, "", "")
    rows.label(p, 0)
    rows.label(p, 1)
    svg = p.svg()
    assert svg.count("<rect") == 1  # none where there are no words
    assert svg.index("<rect") < svg.index("Australia")
