"""Words: names in a row, one scale of likelihood, chances over years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.vocabulary.prose import LIKELIHOOD, country, likelihood, listing, possessive, steps, within


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.0, "almost certainly not"),
        (0.01, "very unlikely"),
        (0.099, "very unlikely"),
        (0.1, "unlikely"),
        (0.33, "about as likely as not"),
        (0.66, "likely"),
        (0.9, "very likely"),
        (0.99, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_the_calibrated_scale_of_the_ipcc(p: float, words: str) -> None:
    assert likelihood(p) == words


@pytest.mark.parametrize(
    ("low", "high", "apart"), [(0.0, 0.005, 0), (0.005, 0.01, 1), (0.02, 0.4, 2), (0.4, 0.02, -2), (0.0, 1.0, 6)]
)
def test_words_apart_are_counted_on_the_scale(low: float, high: float, apart: int) -> None:
    assert steps(low, high) == apart


def test_the_scale_goes_up_and_is_even() -> None:
    ends = [end for end, _ in LIKELIHOOD]
    assert ends == sorted(ends)
    assert ends[-1] > 1


@given(st.floats(0, 1), st.integers(1, 50))
def test_a_chance_over_years_is_that_it_does_not_stay_away_every_year(p: float, years: int) -> None:
    stays_away = 1.0
    for _ in range(years):
        stays_away *= 1 - p
    assert within(p, years) == pytest.approx(1 - stays_away)
    assert within(p, 1) == pytest.approx(p)


def test_what_is_no_chance_is_taken_as_the_nearest() -> None:
    assert within(-0.1, 10) == 0.0
    assert within(1.1, 10) == 1.0
    assert within(0.5, 2) == 0.75


def test_states_have_names_and_others_keep_what_they_are_called() -> None:
    assert country("KOR") == "South Korea"
    assert country("XYZ") == "XYZ"


def test_names_in_a_row() -> None:
    assert listing([]) == ""
    assert listing(["a"]) == "a"
    assert listing(["a", "b"]) == "a and b"
    assert listing(w for w in ("a", "b", "c")) == "a, b and c"


def test_a_name_owns_as_english_has_it() -> None:
    assert [possessive(n) for n in ("Japan", "Philippines", "United States")] == [
        "Japan's",
        "Philippines'",
        "United States'",
    ]
