"""Forecasts made of others: the opposite."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from foedus import forecast
from foedus.asking.ask import load
from foedus.casebook.reader import case_names
from foedus.forecasts.combined import turned
from foedus.forecasts.dated import Question
from foedus.forecasts.forecast import Forecast
from foedus.forecasts.query import Query
from foedus.forecasts.wording import understood
from foedus.forecasts.words import read_vocabulary

DAY = dt.date(2026, 1, 15)
CASES = tuple(map(load, case_names()))
WORDS = read_vocabulary(None)


def _read(text: str, day: dt.date = DAY) -> Query:
    return understood(Question("", text, day, dt.date(2030, 12, 31), None), CASES, WORDS, day)


def test_not_turns_chance_and_band() -> None:
    """The chance of the opposite has the band the other way round; a list has none."""
    query = _read("Never will Sweden quit NATO before 2030, right?")
    plain = Forecast(Question("", "", None, None, None), query, 0.2, 0.25, 0.1, 0.4, 0.3)
    other = turned(plain)
    assert other.probability == pytest.approx(0.8)
    assert other.low == pytest.approx(0.6)
    assert other.high == pytest.approx(0.9)
    assert other.reference == pytest.approx(0.7)
    assert turned(other).probability == pytest.approx(0.2)


def test_opposites_add_up(tmp_path: Path) -> None:
    """The chance that nobody leaves and the chance that somebody does are one together."""
    asked = tmp_path / "asked.csv"
    rows = [
        "question,opened,closes",
        "Will any member leave the CSTO by 2028?,2026-01-15,",
        "Nobody will have jumped ship from the CSTO by 2028?,2026-01-15,",
    ]
    asked.write_text("\n".join(rows) + "\n", "utf-8")
    some, none = forecast(asked, draws=0).forecasts
    assert some.probability is not None
    assert none.probability is not None
    assert some.probability + none.probability == pytest.approx(1.0)
