"""Two wordings as pieces of one: nothing of either is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from foedus.council.wordings import changed


def test_what_went_stands_before_what_came() -> None:
    assert changed("They consult at once.", "They consult each year.") == [
        ("", "They consult "),
        ("del", "at once."),
        ("ins", "each year."),
    ]


@given(some.lists(some.sampled_from(("a ", "b ", "c ", "d\n"))), some.lists(some.sampled_from(("a ", "b ", "e "))))
def test_both_can_be_read_back(before: list[str], after: list[str]) -> None:
    pieces = changed("".join(before), "".join(after))
    assert "".join(w for tag, w in pieces if tag != "ins").split() == "".join(before).split()
    assert "".join(w for tag, w in pieces if tag != "del").split() == "".join(after).split()
