"""Queries and tests in words: every phrase has a reading, and numbers carry their units."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pytest

from foedus.casebook.reader import read_case
from foedus.trials.bench import ModelTest, Under
from foedus.trials.claims import read_trial, trial_names
from foedus.trials.queries import PHRASES, read_query
from foedus.trials.readings import (
    _lower,
    _names,
    _where,
    amount,
    assumption,
    change,
    conditions,
    in_words,
    is_share,
    reading,
    wrong_if,
)


def test_every_phrase_has_a_reading() -> None:
    assert [m.written for m in PHRASES if not m.reading] == []


def test_queries_read_without_ids_or_underscores() -> None:
    for name in trial_names():
        trial = read_trial(name)
        for test in [*(c.test for c in trial.claims if c.test), *(o.test for o in trial.omitted)]:
            said = in_words(test)
            assert "_" not in said
            assert not any(f" {s} " in f" {said} " for s in ("USA", "JPN", "KOR", "AUS", "IND", "TWN", "PRK")), said


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("hub's control in star", "The hub’s control under bilateral treaties"),
        (
            "hold of star at 10",
            "Chance that the star of bilateral treaties holds when the adversary spends 10 bn a year",
        ),
        (
            "worth of the treaty of PHL to the hub",
            "What the treaty of the Philippines with the hub is worth to the hub",
        ),
        (
            "cost of turning KOR in star",
            "What it costs the adversary to turn South Korea in the star of bilateral treaties",
        ),
    ],
)
def test_readings(phrase: str, words: str) -> None:
    assert reading(read_query(read_case("indo-pacific-2020"), phrase)) == words


@pytest.mark.parametrize(
    ("value", "unit", "change", "words"),
    [
        (0.067, "probability", False, "6.7 %"),
        (0.01, "probability", True, "1 point"),
        (-0.05, "share", True, "−5 points"),
        (1.0, "treaties", True, "1 treaty"),
        (5.0, "treaties", False, "5 treaties"),
        (None, "share", False, "–"),
        (5.2e-8, "probability", False, "under 0.01 %"),
        (0.05, "% of GDP a year", False, "0.05 % of GDP a year"),
        (0.02, "probability a year", False, "2 % a year"),
        (0.02, "share a year", True, "2 points a year"),
        (0.0, "probability", False, "0 %"),
        (1e-4, "probability", False, "0.01 %"),
        (1.0, "probability", False, "100 %"),
        (1.0, "bn a year", False, "1 bn a year"),
        (2.0, "points", False, "2 points"),
        (math.inf, "bn a year", False, "no sum"),
        (math.inf, "years", False, "without end"),
    ],
)
def test_amounts(value: float | None, unit: str, change: bool, words: str) -> None:
    assert amount(value, unit, change) == words


def test_assumptions_in_words() -> None:
    assert assumption("loss_at_stake", "here") == "loss at stake"
    assert assumption("perception KOR PRK (there)", "here") == "perception of South Korea towards North Korea (there)"
    assert assumption("sovereignty PHL (here)", "here") == "sovereignty of the Philippines"


def test_only_chances_and_shares_are_read_as_per_cent() -> None:
    assert [is_share(u) for u in ("probability a year", "share of GDP", "bn a year", "% of GDP a year")] == [
        *(True, True),
        *(False, False),
    ]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("star", "the star of bilateral treaties"),
        ("everybody", "a council of everybody"),
        ("the allies", "a council of the allies"),
        ("The Quad", "the Quad"),
        ("A new body", "a new body"),
        ("All three", "All three"),
        ("JPN-KOR-PHL", "Japan-South Korea-the Philippines"),
    ],
)
def test_bodies_have_names_of_members_in_place_of_ids(body: str, words: str) -> None:
    assert _names(body) == words


@pytest.mark.parametrize(
    ("text", "lower"),
    [
        ("Chance of a body", "chance of a body"),
        ("NATO meets", "NATO meets"),
        ("South Korea gains", "South Korea gains"),
        ("What Japan gains", "What Japan gains"),
        ("", ""),
    ],
)
def test_what_follows_within_a_sentence_begins_small_unless_it_is_a_name(text: str, lower: str) -> None:
    assert _lower(text) == lower


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("JPN.trade.CHN=0.4", "trade of Japan towards China is 0.4"),
        ("usa.free_force=0.4", "free force of the United States is 0.4"),
        ("treaty_reliability=0.5", "treaty reliability is 0.5"),
        ("south_korea.trade=0.2", "trade of South Korea is 0.2"),
        ("No distance", "no distance"),
        (
            "law reaction=answers",
            "adversaries make good part of the force that an alliance adds against them, and take alarm",
        ),
        ("c1=0.5; JPN.gdp=2", "c1 is 0.5; gdp of Japan is 2"),
    ],
)
def test_a_change_is_a_clause(words: str, said: str) -> None:
    assert change(Under(words=words)) == said


def asked(phrase: str, than: str | float | None = None, expect: str = "above", least: float = 0.0) -> ModelTest:
    case = read_case("indo-pacific-2020")
    other = read_query(case, than) if isinstance(than, str) else than
    return ModelTest("t", read_query(case, phrase), other, Under(), expect, least)


def test_a_test_is_a_sentence_with_what_it_is_compared_with() -> None:
    hold = "Chance that the star of bilateral treaties holds when the adversary spends 10 bn a year"
    assert in_words(asked("hold of star at 10", 0.5)) == f"“{hold}” is above 50 %"
    assert in_words(asked("hold of star at 10", 0.5, least=0.1)) == f"“{hold}” is above 50 % by 10 points or more"
    assert in_words(asked("hold of star at 10", None, "falls")) == f"“{hold}” falls"
    both = in_words(asked("hold of star at 10", "hub's control in star"))
    assert both == f"“{hold}” is above “the hub’s control under bilateral treaties”"


def test_the_conditions_of_a_number_are_said_where_an_assessment_shows_another() -> None:
    case = read_case("indo-pacific-2020")
    assert conditions(asked("gain of KOR from everybody"), case) == ()
    assert conditions(asked("gain of KOR from " + case.watch[0].name), case) == ()
    (rare,) = conditions(asked("gain of KOR from the allies"), case)
    assert rare.startswith("Asked of a council of the allies; “foedus assess indo-pacific-2020” asks of")
    assert "a council of everybody and of the bodies that its case watches" in rare
    assert conditions(asked("hold of star at 10"), case) != ()


def test_another_case_is_named_and_another_year_of_the_same_is_said() -> None:
    elsewhere: list[Any] = [SimpleNamespace(place=p) for p in ("europe-1949", "indo-pacific-2020@1990")]
    assert [_where(query) for query in elsewhere] == ["Europe 1949", "in 1990"]


@pytest.mark.parametrize(
    "typed",
    [
        "it does not rise",
        "It does not rise.",
        "If it does not rise",
        "It is wrong if it does not rise.",
        "wrong if it does not rise",
    ],
)
def test_what_shows_a_claim_to_be_wrong_is_one_sentence_however_it_is_written(typed: str) -> None:
    assert wrong_if(typed) == "It is wrong if it does not rise."


def test_of_the_texts_on_trial_it_says_what_stands_in_their_files() -> None:
    claims = [c for name in trial_names() for c in read_trial(name).claims]
    assert [c.falsified_if for c in claims if wrong_if(c.falsified_if) != f"It is wrong if {c.falsified_if}."] == []
