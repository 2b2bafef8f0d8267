"""Groups: who is spoken of, and how many of them."""

from __future__ import annotations

import pytest

from foedus.forecasts.query import NotUnderstood
from foedus.forecasts.who import Group, bounds_of, groups_of
from foedus.forecasts.words import Word


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("at least two of", 2, None),
        ("more than 2", 3, None),
        ("no more than two", None, 2),
        ("fewer than 30", None, 29),
        ("not fewer than 3", 3, None),
        ("exactly one", 1, 1),
        ("at most 4", None, 4),
        ("3 or more", 3, None),
        ("3 or fewer", None, 3),
        ("exceeds 30", 31, None),
        ("any two of", 2, None),
    ],
)
def test_words_of_number_have_bounds(text: str, low: int | None, high: int | None) -> None:
    assert bounds_of(text) == (low, high)


def groups(*words: tuple[str, str]) -> list[Group]:
    made = [Word(kind, value if kind == "state" else "", value) for kind, value in words]
    return groups_of(made, lambda: ("JPN", "KOR"), "USA")[0]


def test_a_list_keeps_its_number_and_a_verb_ends_it() -> None:
    first, second = groups(
        ("count", "at least two of"), ("state", "FIN"), ("state", "SWE"), ("join", "join"), ("state", "IRL")
    )
    assert (first.low, first.states, first.after) == (2, ["FIN", "SWE"], False)
    assert (second.states, second.after) == (["IRL"], True)


def test_allies_of_the_hub_are_those_bound_to_it() -> None:
    (found,) = groups(("any", "any"), ("state", "USA"), ("partner", "ally"))
    assert (found.quantor, found.states) == ("any", ["JPN", "KOR"])


@pytest.mark.parametrize(
    "words",
    [
        (("state", "FIN"), ("or", "or"), ("state", "SWE"), ("and", "and"), ("state", "IRL")),
        (("count", "two"), ("count", "three")),
        (("state", "USA"), ("partner", "allies"), ("state", "JPN")),
        (("partner", "allies"),),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(words: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(NotUnderstood):
        groups(*words)


def test_more_than_are_listed_cannot_be_asked_for() -> None:
    with pytest.raises(NotUnderstood, match="asks for 3 and there are 2"):
        Group("count", 3, None, ["FIN", "SWE"]).bounds(2)
