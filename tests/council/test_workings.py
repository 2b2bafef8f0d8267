"""Workings: the log says of which case, parameters and version a year is, and a replay says what of that is another now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from foedus.council.acts import Event
from foedus.council.adjudicate import Adjudicator
from foedus.council.fold import folded_all, opened
from foedus.council.playing import Play, by_the_model, played_again
from foedus.council.room_form import RoomForm
from foedus.council.workings import MADE_OF, made_of, otherwise_now

STATES = ("USA", "JPN", "KOR", "AUS")
FORM = RoomForm("indo-pacific-2020@2019", 2019, 2019, STATES, ("CHN",), "USA", ("USA", "JPN"))


@pytest.fixture(scope="module")
def play() -> Play:
    return by_the_model(FORM)


def said_in(log: list[Event], **other: str) -> list[Event]:
    """Return a log as another foedus would have left it; without what its years are made of where nothing is named."""

    def changed(put: dict[str, Any]) -> dict[str, Any]:
        kept = {k: v for k, v in put.items() if k != MADE_OF}
        return {**kept, MADE_OF: {"then": {**made_of(FORM), **other}}} if other and MADE_OF in put else kept

    return [replace(e, body={**e.body, "put": changed(e.body["put"])}) if "put" in e.body else e for e in log]


def test_the_opening_and_the_end_of_every_year_say_of_what_they_are_made(play: Play) -> None:
    told = [e.kind for e in play.log if MADE_OF in e.body.get("put", {})]
    assert told == ["year.opened", "year.worked out"]
    (made,) = play.room.years["2019"].get(MADE_OF).values()
    assert (len(made["case"]), len(made["parameters"])) == (64, 64)
    assert otherwise_now(FORM, made_of(FORM), play.log) == ()
    assert (
        made_of(replace(FORM, seed=7, run=3, runs=9)) == made
    )  # draws are no part of it: the seed could be found by trying
    assert made_of(replace(FORM, changes=("coercion_budget=2",)))["parameters"] != made["parameters"]


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        (
            {"case": "0"},
            "The files of the case indo-pacific-2020@2019 say something else now than when the room was played.",
        ),
        ({"parameters": "0"}, "The parameters, or a law, have other values now than when the room was played."),
        ({"version": "0.0.9"}, "The room was played with foedus 0.0.9; this is 0.1.0."),
        ({}, "Its log does not say of which case, parameters and version its years are: it is older than that."),
    ],
)
def test_a_replay_says_what_is_another_now_and_works_the_years_out_all_the_same(
    play: Play, other: dict[str, str], sentence: str
) -> None:
    log = said_in(play.log, **other)
    assert otherwise_now(FORM, made_of(FORM), log) == (sentence,)
    assert played_again(FORM, log)[1] == ()


def test_another_foedus_that_goes_on_in_the_middle_of_a_year_says_so_once(play: Play) -> None:
    begun = next(k for k, e in enumerate(play.log) if e.kind == "year.opened")
    sat = next(k for k, e in enumerate(play.log) if e.body.get("to") == "table")
    room = folded_all(opened(FORM), said_in(play.log, version="0.0.9")[: sat + 1])
    model = Adjudicator(FORM)
    (event,) = model.year(room) or ()
    assert begun < sat
    assert (event.kind, event.see) == ("year.restated", "all")
    after = folded_all(room, (event,))
    assert model.year(after) is None
    assert [one["version"] for one in after.years["2019"].get(MADE_OF).values()] == ["0.0.9", "0.1.0"]
