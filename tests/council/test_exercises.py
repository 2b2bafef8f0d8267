"""Exercises: read strictly, laid out by themselves, and played to their end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from foedus.casebook.reader import read_case
from foedus.council.exercises import exercise_names, exercises_folder, minutes_of, read_exercise, setting
from foedus.council.fold import folded_all, opened
from foedus.council.own_exercise import new_exercise
from foedus.council.playing import Play, by_the_model
from foedus.vocabulary.errors import FoedusError


@pytest.mark.parametrize("name", exercise_names())
def test_every_exercise_is_laid_out_and_runs_to_its_debrief(name: str) -> None:
    exercise = read_exercise(name)
    play = by_the_model(exercise.room)
    assert play.room.phase == "debrief"
    assert [t.words["title"] for t in play.room.texts.values()] == [exercise.said(t.title) for t in exercise.form.texts]
    assert len(play.room.tables) == 1
    assert len(play.room.all("inject")) == len(exercise.form.injects)


def test_an_exercise_whose_words_were_erased_is_not_laid_out_again() -> None:
    exercise = read_exercise("washington-1949")
    play = by_the_model(exercise.room)
    opening = next(k for k, e in enumerate(play.log) if e.kind == "room.consulting")
    erased = [replace(e, words=None) for e in play.log[:opening]]
    room = folded_all(opened(exercise.room), erased)
    assert room.phase == "opening"
    assert setting(exercise, room) == ()
    assert setting(exercise, folded_all(opened(exercise.room), erased[:-1])) != ()
    quick = replace(room.itself, state="consultation")
    bare = {k: v for k, v in room.families.items() if k not in ("table", "text")}
    gone_on = replace(room, families={**bare, "room": {"room": quick}})
    assert [a.kind for a in setting(exercise, gone_on)] == ["table.convene"], "who goes on early finds the table laid"


def test_plans_fit_into_their_time() -> None:
    for name in exercise_names():
        for length, minutes in read_exercise(name).form.plans.items():
            found = read_exercise(name, length)
            assert minutes_of(found.form, length) <= float(length)
            assert found.room.plan == minutes
            assert found.room.last - found.room.first == (length == "180")
            assert "pause" in minutes or length != "180"


def copied(folder: Path, name: str = "washington-1949") -> Path:
    for file in (exercises_folder() / name).iterdir():
        (folder / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("title: treaty", "title: trety", r"exercise.yaml:10.*no words for 'trety'.*Did you mean 'treaty'"),
        ("[BRUSSELS1948]", "[BRUSSELS1949]", r"no event 'BRUSSELS1949'.*BRUSSELS1948"),
        ("by: USA", "by: SWE", r"SWE does not sit at the table"),
        ("form body USA,GBR", "form club USA,GBR", r"no clause that the model reads"),
        ("  ISL: [goal_no_loss]", "  SWE: [goal_no_loss]", r"goals.SWE: SWE has no seat"),
        ("rules: {silence_seconds: 180", "rules: {silence_second: 180", r"there is no such rule"),
        ('years: {"180": 2}', 'years: {"181": 2}', r"no plan of that length.*180"),
        ('years: {"180": 2}', 'years: {"180": 3}', r"plans.180: its phases take 255 minutes in all"),
        ("last: 1949", "last: 1949\ncolour: red", r"colour: there is no such key"),
        (
            "plans:",
            "injects: [{words: about, upon: a text is adoptd}]\nplans:",
            r"nothing waits for 'a text is adoptd'.*a text is adopted",
        ),
        (
            "plans:",
            "injects: [{words: about, upon: the room begins, by: XXX}]\nplans:",
            r"injects\[?.?0\]?.by: there is no state 'XXX'",
        ),
        ("plans:", "injects: [{words: about, by: USA}]\nplans:", r"by: a state does something that is waited for"),
        (
            "plans:",
            "injects: [{words: about, phase: table, upon: the table sits}]\nplans:",
            r"upon: it has a phase already",
        ),
    ],
)
def test_what_is_wrong_in_an_exercise_is_said_with_its_line(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    file = copied(tmp_path) / "exercise.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(FoedusError, match=sentence):
        read_exercise(tmp_path)


def test_an_inject_of_an_exercise_comes_by_itself_upon_what_it_waits_for(tmp_path: Path) -> None:
    file = copied(tmp_path) / "exercise.yaml"
    waits = "injects: [{words: about, upon: the room begins}, {words: about, upon: silence is broken, by: USA}]\nplans:"
    file.write_text(file.read_text(encoding="utf-8").replace("plans:", waits), encoding="utf-8")
    play = Play(read_exercise(tmp_path).room)
    play.leads("room.open")
    assert [i.state for i in play.room.all("inject").values()] == ["prepared", "prepared"]
    play.leads("room.begin")
    assert [i.state for i in play.room.all("inject").values()] == ["fired", "prepared"]


def test_a_name_that_is_none_and_a_plan_that_is_none_get_the_nearest() -> None:
    with pytest.raises(FoedusError, match="Did you mean 'washington-1949'"):
        read_exercise("washington-1948")
    with pytest.raises(FoedusError, match="no plan of that length"):
        read_exercise("washington-1949", "51")


@pytest.mark.parametrize("case", ["gulf-1981", "indo-pacific-2020@2015"])
def test_an_exercise_of_ones_own_can_be_played_as_it_is_begun(tmp_path: Path, case: str) -> None:
    for name, text in new_exercise(case, "mine").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert by_the_model(read_exercise(tmp_path).room).room.phase == "debrief"


def test_an_exercise_of_ones_own_seats_the_hub_and_the_largest(tmp_path: Path) -> None:
    for name, text in new_exercise("atlantic-2020", "mine").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    form, case = read_exercise(tmp_path).room, read_case("atlantic-2020")
    seated = [s for s in form.seats if s in case.states]
    product = {s: case.fact("gdp", s).value for s in case.states}
    others = [s for s in case.states if s not in seated]
    assert form.seats[0] == case.hub
    assert len(seated) == 12
    assert others
    assert min(product[s] for s in seated if s != case.hub) >= max(product[s] for s in others)
