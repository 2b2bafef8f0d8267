"""A rehearsal: one person in a seat leads through a whole exercise, nobody waits, and injects come by themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from foedus.council.acts import Act, Event, Refusal, Viewer, joined
from foedus.council.exercises import read_exercise
from foedus.council.next_step import rehearsal_step
from foedus.council.playing import Play, played_again
from foedus.council.setting_up import rehearsal_of
from foedus.council.sight import seen_by
from foedus.council.sights import Sight
from foedus.council.tableside import Reader


class Alone(Play):
    """Somebody who rehearses from a seat."""

    seat = "KOR"

    def reader(self) -> Reader:
        viewer = Viewer("seat", self.seat)
        return Reader(Sight(viewer, seen_by(self.form, self.log, viewer), (), 0), self.now)

    def presses(self) -> str:
        step = rehearsal_step(self.reader())
        assert step is not None
        assert self.acts(step["kind"], id="room")
        return str(step["kind"])

    def acts(self, kind: str, words: str | None = None, **body: Any) -> tuple[Event, ...]:
        found = self.does(Act(kind, f"seat:{self.seat}", body, words, key=str(len(self.log))))
        assert not isinstance(found, Refusal), found
        return found


def test_one_person_plays_two_years_to_the_debrief_by_presses_and_waits_for_nobody() -> None:
    form = rehearsal_of(read_exercise("japan-korea-2019", "180").room)
    play = Alone(form)
    for verb in ("open", "begin"):
        play.leads(f"room.{verb}")
    play.acts("seat.take", id="KOR")
    assert play.presses() == "room.consult"
    fired = [i for i in play.room.all("inject").values() if i.state == "fired"]
    assert [i.get("when") for i in fired] == ["consultation"]
    assert play.presses() == "room.sit"
    (table,) = play.room.tables
    body = {"table": table, "articles": ["form forum USA,JPN,KOR"]}
    text = str(play.acts("text.table", joined(["A forum", "They meet."]), **body)[0].body["id"])
    play.acts("amendment.offer", "They meet twice a year.", text=text, article="a1")
    assert play.room.texts[text].get("version") == 2, "nobody else could object"
    play.acts("silence.propose", id=text)
    assert play.room.texts[text].state in ("adopted", "open"), "the others have answered by law"
    assert play.now == 0.0
    assert play.room.itself.until is None
    pressed = [play.presses() for _ in range(8)]
    assert pressed[:3] == ["room.order", "room.work", "room.next"]
    assert (pressed[-1], play.room.phase, play.room.year) == ("room.debrief", "debrief", 2020)
    assert rehearsal_step(play.reader()) is None
    assert {y.state for y in play.room.years.values()} == {"told"}
    assert played_again(form, play.log)[1] == ()


def test_in_a_room_of_many_no_seat_moves_a_phase_and_no_clock_is_hurried() -> None:
    play = Alone(read_exercise("japan-korea-2019").room)
    for verb in ("open", "begin"):
        play.leads(f"room.{verb}")
    play.acts("seat.take", id="KOR")
    assert rehearsal_step(play.reader()) is None
    for who, kind in (("seat:KOR", "room.consult"), ("model", "room.hurry")):
        refused = play.does(Act(kind, who, {"id": "room"}))
        assert isinstance(refused, Refusal)
        assert refused.rule in ("who", "clock")
    alone = rehearsal_of(replace(play.form, plan={"table": 5.0}))
    assert (alone.rules.clock, alone.rules.away, alone.plan) == ("seat", "wait", {})
