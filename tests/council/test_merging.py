from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from foedus.council.merging import MARK, merged

LINES = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f", ""]), max_size=6).map("\n".join)


def test_where_one_side_changed_its_change_stands() -> None:
    assert merged("a\nb\nc", "a\nB\nc", "a\nb\nc") == "a\nB\nc"
    assert merged("a\nb\nc", "a\nb\nc", "a\nb\nc\nd") == "a\nb\nc\nd"
    assert merged("a\nb\nc", "A\nb\nc", "a\nb\nC") == "A\nb\nC"


def test_where_both_changed_a_line_both_stand_marked() -> None:
    assert merged("a\nb\nc", "a\nx\nc", "a\ny\nc") == f"a\n{MARK}x\n{MARK}y\nc"
    assert merged("", "x", "y") == f"{MARK}x\n{MARK}y"


@given(LINES, LINES, LINES)
def test_nothing_that_was_typed_is_left_out(base: str, here: str, there: str) -> None:
    found = [line.removeprefix(MARK) for line in merged(base, here, there).split("\n")]
    for side in (here, there):
        for line in set(side.split("\n")) - set(base.split("\n")):
            assert line in found


@given(LINES, LINES)
def test_a_side_that_did_not_change_gives_way(base: str, here: str) -> None:
    assert merged(base, here, base) == here
    assert merged(base, base, here) == here
    assert merged(base, here, here) == here
