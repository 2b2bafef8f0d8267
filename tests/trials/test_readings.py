"""Queries and tests in words: every phrase has a reading, and numbers carry their units."""

from __future__ import annotations

import pytest

from foedus.casebook.reader import read_case
from foedus.trials.claims import read_trial, trial_names
from foedus.trials.queries import PHRASES, read_query
from foedus.trials.readings import amount, assumption, in_words, reading


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
    ],
)
def test_amounts(value: float | None, unit: str, change: bool, words: str) -> None:
    assert amount(value, unit, change) == words


def test_assumptions_in_words() -> None:
    assert assumption("loss_at_stake", "here") == "loss at stake"
    assert assumption("perception KOR PRK (there)", "here") == "perception of South Korea towards North Korea (there)"
    assert assumption("sovereignty PHL (here)", "here") == "sovereignty of the Philippines"
