"""Allies on a day: those of today and those of one new treaty, which come together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from foedus.asking.ask import Ask, load
from foedus.forecasts.allies_then import allies_on_a_day
from foedus.forecasts.forecast import institutions_of
from foedus.forecasts.query import Query

CASE = load("indo-pacific-2020")


def test_new_allies_come_together_and_those_of_today_go_by_themselves() -> None:
    some = ("JPN", "IND", "VNM")
    window = (dt.date(2020, 12, 29), dt.date(2025, 12, 31))
    query = Query("allied", CASE.name, (), ((0, some),), ("USJPN1960",), False, *window, form="how many", by=("USA",))
    study, known = Ask(CASE, draws=0).task().study(), institutions_of(CASE)
    spread = allies_on_a_day(study, query, known)
    assert sum(spread.values()) == pytest.approx(1.0)
    # India and Vietnam are bound by the same body or not at all: without it nobody is left or Japan alone
    assert spread["2"] == pytest.approx(0.0, abs=1e-12)
    assert spread["3"] > 0.01
    shorter = Query(
        "allied",
        CASE.name,
        (),
        ((0, some),),
        ("USJPN1960",),
        False,
        window[0],
        dt.date(2021, 12, 31),
        form="how many",
        by=("USA",),
    )
    assert allies_on_a_day(study, shorter, known)["3"] < spread["3"]


def test_the_mean_number_is_the_sum_of_the_chances_and_one_of_them_is_its_own() -> None:
    some = ("JPN", "IND", "VNM")
    made = Query(
        *("allied", CASE.name, (), ((0, some),), ("USJPN1960",), False, dt.date(2020, 12, 29), dt.date(2025, 12, 31)),
        form="how many",
        by=("USA",),
    )
    study, known = Ask(CASE, draws=0).task().study(), institutions_of(CASE)
    many, each, one = (
        allies_on_a_day(study, query, known)
        for query in (made, replace(made, form="which"), replace(made, form="whether", at_least=((1, ("IND",)),)))
    )
    assert sum(int(n) * p for n, p in many.items()) == pytest.approx(sum(each.values()))
    assert one[""] == pytest.approx(each["IND"])
    assert 0.0 < each["IND"] < each["JPN"] < 1.0
