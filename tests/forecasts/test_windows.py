"""Windows: dates in words, and what is over, backwards or no date."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.forecasts.dated import Question
from foedus.forecasts.windows import window

OPENED = dt.date(2021, 2, 1)


def span(text: str, closes: dt.date | None = None, asked: dt.date = OPENED) -> tuple[str, str, str]:
    found = window(text, Question("Q", text, OPENED, closes, None), asked)
    return found.text.strip(" ?"), found.start.isoformat(), found.end.isoformat()


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("by 2024", "2021-02-01", "2024-12-31"),
        ("before 2024", "2021-02-01", "2023-12-31"),
        ("before the end of 2024", "2021-02-01", "2024-12-31"),
        ("by the start of 2024", "2021-02-01", "2023-12-31"),
        ("by the end of June 2022", "2021-02-01", "2022-06-30"),
        ("before January 20, 2025", "2021-02-01", "2025-01-19"),
        ("by 1st March 2022", "2021-02-01", "2022-03-01"),
        ("on or before 31 December 2022", "2021-02-01", "2022-12-31"),
        ("in 2022", "2022-01-01", "2022-12-31"),
        ("before the Vilnius summit (July 11, 2023)", "2021-02-01", "2023-07-10"),
        ("by the NATO summit in Madrid", "2021-02-01", "2022-06-30"),
        ("before the next US presidential election", "2021-02-01", "2024-11-04"),
        ("before the 2028 US presidential election", "2021-02-01", "2028-11-06"),
        ("during Joe Biden first term", "2021-02-01", "2025-01-20"),
        ("by Inauguration Day 2025", "2021-02-01", "2025-01-20"),
        ("in March 2022", "2022-03-01", "2022-03-31"),
        ("in Q3 2022", "2022-07-01", "2022-09-30"),
        ("in the first half of 2022", "2022-01-01", "2022-06-30"),
        ("by the end of Q2 2022", "2021-02-01", "2022-06-30"),
        ("between 1 January 2023 and 31 December 2023", "2023-01-01", "2023-12-31"),
        ("between 2022 and 2024", "2022-01-01", "2024-12-31"),
        ("between now and 2024", "2021-02-01", "2024-12-31"),
        ("from 2022 to 2024", "2022-01-01", "2024-12-31"),
        ("after 1 January 2023 and before 2024", "2023-01-02", "2023-12-31"),
        ("in 2022 or in 2023", "2022-01-01", "2023-12-31"),
        ("in 2022 or 2023", "2022-01-01", "2023-12-31"),
        ("within two years", "2021-02-01", "2023-02-01"),
        ("in the next 18 months", "2021-02-01", "2022-08-03"),
        ("this year", "2021-02-01", "2021-12-31"),
        ("next year", "2022-01-01", "2022-12-31"),
        ("by the end of the year", "2021-02-01", "2021-12-31"),
        ("by the end of the decade", "2021-02-01", "2029-12-31"),
        ("at the end of 2024", "2021-02-01", "2024-12-31"),
    ],
)
def test_dates_in_words(words: str, start: str, end: str) -> None:
    assert span(f"Finland joins NATO {words}?") == ("Finland joins NATO", start, end)


def test_words_and_columns_count_together_and_words_from_the_opening() -> None:
    assert span("It ends by 2024", dt.date(2022, 5, 5))[2] == "2022-05-05"
    assert span("It ends within one year", asked=dt.date(2021, 9, 1))[1:] == ("2021-09-01", "2022-02-01")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("soon", "no deadline"),
        ("between 2024 and 2023", "runs backwards"),
        ("by 30 February 2024", "not understood"),
        ("in Q9 2023", "no part of a year|no deadline"),
        ("in 2022, 2024 or 2023", "leaves years out"),
        ("in every year 2019-2022", "is over in part"),
    ],
)
def test_dates_that_are_none(words: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        span(f"Finland joins NATO {words}")
