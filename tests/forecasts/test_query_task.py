"""The task of a forecast: who answers which kind."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from foedus.asking.ask import Ask, load
from foedus.forecasts.query import Query
from foedus.forecasts.query_task import QueryTask


def test_every_query_is_answered_under_its_own_name() -> None:
    case = load("indo-pacific-2020")
    window = (dt.date(2020, 12, 29), dt.date(2025, 12, 31))
    ends = Query("treaty holds", case.name, ("USJPN1960",), (), ("USJPN1960",), False, *window)
    allies = Query("allied", case.name, ("JPN",), (), ("USJPN1960",), False, *window, by=("USA",))
    found = QueryTask(Ask(case, draws=0).task(), (("a", ends), ("b", allies)))()
    assert set(found) == {"a|", "b|"}
    assert found["b|"] == pytest.approx(found["a|"], abs=0.02)


def test_an_agreement_without_a_name_is_said_by_its_states() -> None:
    window = (dt.date(2020, 12, 29), dt.date(2025, 12, 31))
    ends = Query("treaty ends", "indo-pacific-2020", ("JPN", "VNM"), (), (), False, *window)
    assert ends.in_words({}) == "whether an agreement of Japan and Vietnam ends from 2020-12-29 to 2025-12-31"
    by = replace(ends, kind="treaty holds", by=("JPN",))
    assert by.in_words({}).startswith(
        "whether an agreement of Japan and Vietnam stays in force by an act of Japan from"
    )
