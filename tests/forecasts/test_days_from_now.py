"""Days that are said from the day of the question, by a season, a month without a year or a feast."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.forecasts.dated import Question
from foedus.forecasts.days_from_now import from_now
from foedus.forecasts.windows import window

ASKED = dt.date(2022, 6, 10)


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("by next spring", "2022-06-10", "2023-05-31"),
        ("before winter", "2022-06-10", "2022-11-30"),
        ("this autumn", "2022-09-01", "2022-11-30"),
        ("by December", "2022-06-10", "2022-12-31"),
        ("by next June", "2022-06-10", "2023-06-30"),
        ("by 4 July next year", "2022-06-10", "2023-07-04"),
        ("by the end of the month", "2022-06-10", "2022-06-30"),
        ("five years from now", "2022-06-10", "2027-06-10"),
        ("by this time next year", "2022-06-10", "2023-06-10"),
        ("in the first six months of 2023", "2023-01-01", "2023-06-30"),
        ("in the last three months of 2023", "2023-10-01", "2023-12-31"),
        ("ahead of 2025", "2022-06-10", "2024-12-31"),
        ("before 2025 begins", "2022-06-10", "2024-12-31"),
        ("on New Year's Eve 2023", "2023-12-31", "2023-12-31"),
        ("by Midsummer 2023", "2022-06-10", "2023-06-24"),
        ("by Easter 2024", "2022-06-10", "2024-03-31"),
        ("before Thanksgiving 2023", "2022-06-10", "2023-11-22"),
        ("by the time of the Vilnius summit on 11 July 2023", "2022-06-10", "2023-07-12"),
        ("before the June 2023 elections", "2022-06-10", "2023-05-31"),
    ],
)
def test_days_are_counted_from_the_day_of_the_question(said: str, start: str, end: str) -> None:
    text = f"Will Finland join NATO {said}?"
    read = window(text, Question("Q", text, ASKED, None, None), ASKED)
    assert (read.start.isoformat(), read.end.isoformat()) == (start, end)
    assert read.text.split()[:4] == ["Will", "Finland", "join", "NATO"]


def test_what_only_looks_like_a_month_or_a_season_stays() -> None:
    for text in ("This may happen", "a summer camp", "no earlier than 2025", "the coming and going of allies"):
        assert from_now(text, ASKED) == text
