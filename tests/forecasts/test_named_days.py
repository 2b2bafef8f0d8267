"""Named days: seasons, thirds of a year, spans of days and turns of phrase as plain dates."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.forecasts.dated import Question
from foedus.forecasts.named_days import named_days, plainly_dated
from foedus.forecasts.windows import window


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("on 11-12 July 2023", "2023-07-11", "2023-07-12"),
        ("on July 11-12, 2023", "2023-07-11", "2023-07-12"),
        ("within five years of March 2024", "2024-03-01", "2029-03-31"),
        ("at year-end 2028", "2023-01-01", "2028-12-31"),
        ("by early 2027", "2023-01-01", "2027-04-30"),
        ("in late 2026", "2026-09-01", "2026-12-31"),
        ("during the rest of the decade", "2023-01-01", "2029-12-31"),
        ("between now and 2027", "2023-01-01", "2027-12-31"),
        ("in 2025-30", "2025-01-01", "2030-12-31"),
        ("before the 2030s", "2023-01-01", "2029-12-31"),
        ("by 30 Sept. 2025", "2023-01-01", "2025-09-30"),
        ("when its current term expires in July 2024", "2024-07-01", "2024-07-31"),
        ("by Christmas next year", "2023-01-01", "2024-12-25"),
        ("by Christmas", "2023-01-01", "2023-12-25"),
        ("by Christmas this year", "2023-01-01", "2023-12-25"),
        ("before New Year of 2024", "2023-01-01", "2023-12-31"),
        ("before the midterms", "2023-01-01", "2026-11-02"),
        ("when this decade ends", "2023-01-01", "2029-12-31"),
        ("come 2026", "2023-01-01", "2025-12-31"),
        ("well into 2026", "2023-01-01", "2025-12-31"),
        ("horizon end-2030", "2023-01-01", "2030-12-31"),
        ("NLT 31 Dec 2024", "2023-01-01", "2024-12-31"),
    ],
)
def test_days_said_in_other_ways(said: str, first: str, last: str) -> None:
    asked = dt.date(2023, 1, 1)
    found = window(f"It happens {said}?", Question("Q", said, asked, None, None), asked)
    assert (found.start.isoformat(), found.end.isoformat()) == (first, last)
    assert found.text.split() == ["It", "happens", "?"]


def test_a_year_before_a_noun_is_no_date() -> None:
    assert plainly_dated("bound by its 1953 treaty") == "bound by its 1953 treaty"
    asked = dt.date(2025, 1, 1)
    assert window("bound by its 1953 treaty by 2026", Question("Q", "", asked, None, None), asked).end.year == 2026


def test_days_of_office_and_elections_are_those_after_the_question() -> None:
    assert named_days("before the next US presidential election", dt.date(2025, 6, 1)) == "before 2028-11-07"


def test_the_midterms_after_those_of_this_year_are_four_years_on() -> None:
    assert named_days("before the midterms", dt.date(2022, 11, 20)) == "before 2026-11-03"
    assert named_days("before the midterms", dt.date(2022, 11, 7)) == "before 2022-11-08"
