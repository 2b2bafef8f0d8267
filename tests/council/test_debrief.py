"""The debrief: departures from the law, turning points by the same draws, the room beside the model."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_adjudicate import FORM, adopted, at_the_table, done, ordered

from foedus.council.council_year import lived_years
from foedus.council.debrief import (
    all_moves,
    beside_the_model,
    departures,
    told_of_debrief,
)
from foedus.council.exercises import read_exercise
from foedus.council.fold import Item
from foedus.council.playing import Play, by_the_model
from foedus.council.seats import name_of
from foedus.council.turning_points import turned_said, turnings


@pytest.fixture(scope="module")
def played() -> Play:
    play = at_the_table("USA", "JPN", "KOR", "CHN")
    treaty = adopted(play, "form body USA,JPN,KOR rule consensus", ["USA", "JPN", "KOR"])
    done(play, "pressure.plan", "CHN", target="KOR", cost=0.5)
    done(play, "quarrel.raise", "KOR", "The ruling stands.", id="JPN-KOR")
    ordered(play, {s: {"sign": {treaty: True}} for s in ("USA", "JPN", "KOR")})
    return play


def test_the_least_likely_decision_comes_first_with_chance_and_draw(played: Play) -> None:
    found = departures(played.room)
    assert [d.likely for d in found] == sorted(d.likely for d in found)
    signed = {d.state: d for d in found if d.action == "consent" and d.key.startswith("body")}
    assert set(signed) == {"USA", "JPN", "KOR"}
    assert all(d.did for d in signed.values())
    assert found[0].likely < 0.5
    assert any(d.action == "raises the quarrel" and d.state == "KOR" for d in found)


def test_who_was_asked_at_a_door_by_the_model_alone_has_decided_nothing_there(played: Play) -> None:
    key = "forum USA,JPN,KOR,PHL"
    answer = {"state": "KOR", "action": "let in", "yes": False, "chance": 0.99, "draw": 0.2, "by": "people"}
    told = {"what": "refused", "by": "people", "actor": "", "other": "", "key": key, "answers": [answer]}
    year = played.room.years["2019"]
    families = {**played.room.families, "year": {"2019": replace(year, data={**year.data, "happened": [told]})}}
    room = replace(played.room, families=families)
    assert not [d for d in departures(room) if d.key == key]
    knocked = Item("accession", "a", "applied", data={"newcomer": "PHL", "of": "forum USA,JPN,KOR"})
    asked = replace(room, families={**families, "accession": {"a": knocked}})
    assert [d.state for d in departures(asked) if d.key == key] == ["KOR"]


def test_a_signature_turned_round_is_the_year_without_it(played: Play) -> None:
    moves = all_moves(played.room)
    found = turnings(FORM, moves)
    kor = next(
        t
        for t in found
        if t.said == "South Korea does not sign the council of the United States, Japan and South Korea"
    )
    assert kor.lost == ("body consensus USA,JPN,KOR",)
    assert found[0].size >= found[-1].size
    assert any(t.said == "China does not press South Korea" for t in found)
    now = {name_of(m) for m in lived_years(FORM, moves)[-1].record.world.in_force}
    assert now == set(played.room.in_force)


def test_a_no_to_what_the_model_proposed_is_turned_into_a_yes(played: Play) -> None:
    found = {t.said: t for t in turnings(FORM, all_moves(played.room))}
    turned = found["Japan agrees to the light treaty of Japan and Australia"]
    assert len(turned.gained) == 1
    assert turned.gained[0].startswith("treaty JPN,AUS")
    assert not [t for t in found if "agrees to the council" in t], "what the room signed is turned as a signature"
    assert "−" in turned_said(turned)
    assert "-" not in turned_said(turned)


def test_the_room_beside_the_model_counts_the_runs_of_the_simulation(played: Play) -> None:
    found = {b.key: b for b in beside_the_model(FORM, played.room, runs=4)}
    body = found["body consensus USA,JPN,KOR"]
    assert (body.in_room, body.share) == (True, 0.0)
    assert all(0.0 <= b.share <= 1.0 for b in found.values())


def test_a_debrief_is_told_and_a_room_without_people_departs_from_nothing(played: Play) -> None:
    told = told_of_debrief(FORM, played.room, runs=2)
    assert "signed the council of the United States, Japan and South Korea. The law would have done so with" in told
    assert "had it been that any one of Japan, South Korea and the United States does not sign" in told
    empty = by_the_model(read_exercise("japan-korea-2019").room)
    assert departures(empty.room) == ()
    said = told_of_debrief(empty.form, empty.room, runs=2)
    assert "Did the council, or anybody, stop the third rung?" in said
    assert "2019-11-22" in said


def test_a_debrief_is_headed_by_its_title_or_its_case_and_counts_silences_that_were_broken(played: Play) -> None:
    titled = told_of_debrief(replace(FORM, title="A day in May"), played.room, runs=2)
    assert titled.startswith("# Debrief: A day in May\n")
    assert told_of_debrief(replace(FORM, title=""), played.room, runs=2).startswith(f"# Debrief: {FORM.case}\n")
    play = at_the_table("USA", "JPN", "KOR")
    table = done(play, "table.convene", "USA", "Council", members=["USA", "JPN", "KOR"], chair="USA")
    text = done(play, "text.table", "USA", "One\fOne", table=table, articles=["treaty JPN,KOR"])
    done(play, "silence.propose", "USA", id=text, seconds=60)
    play.waits(30)
    done(play, "silence.break", "KOR", "Not yet.", id=text)
    assert "Silences placed: 1. Texts on which one was broken: 1." in told_of_debrief(FORM, play.room, runs=2)
