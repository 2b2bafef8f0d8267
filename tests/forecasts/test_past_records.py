"""The record of the past: each entry with its source, its signature, and the day up to which it would know an end."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.asking.ask import load
from foedus.casebook.reader import case_names
from foedus.forecasts.past_records import span, universe

CASES = tuple(map(load, case_names()))


def test_every_entry_has_a_source_and_a_day() -> None:
    """Of every treaty it is known where it is from; the file of pacts has the last word, with the signature of a case."""
    found = universe(CASES, dt.date(2026, 11, 29))
    assert all(source and seen for _, source, seen in found.values())
    assert found["NATO1949"][0].signed == "1949-04-04"
    assert len(found["NATO1949"][0].members) == 32
    assert found["BALKAN1954"][2] == dt.date(1955, 5, 5)


def test_what_had_not_begun_is_not_there() -> None:
    """A question of 2020 knows of no treaty of 2021."""
    assert "AUKUS2021" not in universe(CASES, dt.date(2020, 12, 29))


@pytest.mark.parametrize(("text", "last"), [("1973", dt.date(1973, 12, 31)), ("1973-11-07", dt.date(1973, 11, 7))])
def test_a_year_is_no_day(text: str, last: dt.date) -> None:
    """A year alone can be any of its days."""
    assert span(text)[1] == last
