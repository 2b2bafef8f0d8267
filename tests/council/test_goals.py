"""Goals: what a brief said that a seat wants, held against what is in force, what happened and what it cost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_adjudicate import adopted, at_the_table, ordered

from foedus.council.acts import No
from foedus.council.exercises import exercise_names, read_exercise
from foedus.council.fold import opened
from foedus.council.goals import goals_of, is_met


def test_a_goal_is_met_by_what_is_in_force_and_by_what_it_cost() -> None:
    play = at_the_table("USA", "JPN", "KOR", "CHN")
    assert is_met("body with JPN,KOR", play.room, "KOR") is None
    treaty = adopted(play, "form body USA,JPN,KOR rule consensus", ["USA", "JPN", "KOR"])
    ordered(play, {s: {"sign": {treaty: True}} for s in ("USA", "JPN", "KOR")})
    said = {
        "in force body consensus USA,JPN,KOR": True,
        "body with JPN,KOR": True,
        "no body with KOR": False,
        "bound to JPN": True,
        "bound to IND": False,
        "no loss": False,
        "no crisis JPN,KOR": True,
    }
    assert {c: is_met(c, play.room, "KOR") for c in said} == said
    opened_next = replace(play.room.years["2019"], id="2020", state="opened")
    families = {**play.room.families, "year": {**play.room.years, "2020": opened_next}}
    assert is_met("no loss", replace(play.room, families=families), "KOR") is False, "a new year unsays nothing"
    with pytest.raises(No, match="no condition"):
        is_met("luck", play.room, "KOR")


def test_every_condition_of_the_exercises_can_be_asked_and_every_seat_wants_something() -> None:
    for name in exercise_names():
        exercise = read_exercise(name)
        room = opened(exercise.room)
        found = goals_of(exercise, room, exercise.room.seats)
        assert {g.seat for g in found} == set(exercise.room.seats), name
        assert all(g.met is None for g in found)
        for condition in exercise.form.met.values():
            is_met(condition, room, exercise.room.seats[0])
