"""Longer time for a seat that needs it: it sees its own hour, the others the usual one, and the clock goes by the later."""

from __future__ import annotations

from dataclasses import replace

import rooms
from councilrooms import FORM, Table, stored
from served_place import Place

from foedus.council.acts import Viewer
from foedus.council.fold import Room, folded_all, opened
from foedus.council.procedures.easing import own_hours, own_time
from foedus.council.sight import readable, seen_by


def until(room: Table, seat: str, text: str) -> float | None:
    return seen_by(room.form, room.log, Viewer("seat", seat)).texts[text].until


def test_a_seat_has_longer_and_no_other_is_told() -> None:
    room = Table(proposed_seconds=10, silence_seconds=100, consensus_seconds=60)
    text = room.tables(room.at_the_table())
    for times in (0.5, 11):
        assert room.refused("seat.ease", "facilitator", id="KOR", times=times).rule == "form"
    assert room.refused("seat.ease", "KOR", id="KOR", times=2).rule == "who"
    room.does("seat.ease", "facilitator", id="KOR", times=3)
    before = len(readable(room.log, Viewer("seat", "JPN")))
    room.does("silence.propose", "USA", id=text)
    assert len(readable(room.log, Viewer("seat", "JPN"))) == before + 1
    assert (until(room, "JPN", text), until(room, "KOR", text)) == (10, 30)
    assert room.waits(29) == []
    assert room.waits(1) == ["silence.place"]
    assert (until(room, "JPN", text), until(room, "KOR", text)) == (130, 330)
    assert room.waits(299) == []
    room.does("silence.break", "KOR", "We read slowly", id=text)  # long after the hour of the others
    assert room.room.texts[text].state == "open"
    assert "longer" not in repr(seen_by(room.form, room.log, Viewer("seat", "JPN")))
    room.does("seat.ease", "facilitator", id="KOR", times=1)
    room.does("consensus.call", "USA", id=text)
    assert until(room, "KOR", text) == until(room, "JPN", text)
    assert folded_all(opened(room.form), stored(room.log)) == room.room


def test_of_a_limit_that_runs_already_what_is_left_lasts_longer_and_nobody_else_is_told() -> None:
    room = Table(consensus_seconds=100)
    text = room.tables(room.at_the_table())
    room.does("consensus.call", "USA", id=text)
    room.waits(40)
    before = {s: len(readable(room.log, Viewer("seat", s))) for s in ("USA", "JPN", "CHN")}
    room.does("seat.ease", "facilitator", id="JPN", times=4, person=8)  # 60 seconds are left: four times as long
    assert [at for _, at in own_hours(room.room, seen_by(room.form, room.log, Viewer("seat", "JPN")), "JPN", 8)] == [
        280
    ]
    room.does("seat.ease", "facilitator", id="KOR", times=2)
    assert {s: until(room, s, text) for s in ("USA", "JPN", "KOR")} == {"USA": 100, "JPN": 100, "KOR": 160}
    assert room.room.texts[text].until == 280, "the clock still waits for the last of them"
    assert {s: len(readable(room.log, Viewer("seat", s))) for s in before} == before
    room.does("room.pause", "facilitator")
    room.now += 10
    room.does("room.resume", "facilitator")
    room.does("seat.ease", "facilitator", id="KOR", times=5)
    assert until(room, "KOR", text) == 50 + 5 * 60, "counted from the hour that all see, not from the later one"
    room.does("seat.ease", "facilitator", id="KOR", times=1)
    assert until(room, "KOR", text) == 350, "an hour that somebody was told does not come earlier"
    room.does("seat.ease", "facilitator", id="JPN", times=1, person=8)
    room.does("consensus.drop", "USA", id=text)
    room.does("consensus.call", "USA", id=text)
    assert {room.room.texts[text].until, *(until(room, s, text) for s in ("JPN", "KOR"))} == {room.now + 100}
    room.does("seat.ease", "facilitator", id="KOR", times=2)
    assert until(room, "KOR", text) == room.now + 200, "nothing of the earlier limit is left"
    assert folded_all(opened(room.form), stored(room.log)) == room.room


def test_orders_that_are_open_already_last_longer_too() -> None:
    room = Table(replace(FORM, plan={"orders": 5}), clock="plan")
    room.at_the_table()
    for verb in ("sit", "order"):
        room.does(f"room.{verb}", "facilitator")
    room.now += 100
    room.does("seat.ease", "facilitator", id="KOR", times=2)
    ends = {s: seen_by(room.form, room.log, Viewer("seat", s)).itself.until for s in ("JPN", "KOR")}
    assert ends == {"JPN": 300, "KOR": 500}
    room.does("room.extend", "facilitator", minutes=1)
    assert seen_by(room.form, room.log, Viewer("seat", "JPN")).itself.until == 360


def test_a_pause_moves_both_hours() -> None:
    room = Table(consensus_seconds=60)
    text = room.tables(room.at_the_table())
    room.does("seat.ease", "facilitator", id="KOR", times=2)
    room.does("consensus.call", "USA", id=text)
    room.does("room.pause", "facilitator")
    room.now = 50.0
    room.does("room.resume", "facilitator")
    assert (until(room, "JPN", text), until(room, "KOR", text)) == (110, 170)


def test_the_phase_in_which_orders_are_due_ends_later_for_the_seat_and_no_other_is_told() -> None:
    room = Table(replace(FORM, plan={"orders": 5}), clock="plan")
    room.at_the_table()
    room.does("room.sit", "facilitator")
    room.does("seat.ease", "facilitator", id="KOR", times=2)
    room.does("room.order", "facilitator")

    def ends(seat: str) -> float | None:
        return seen_by(room.form, room.log, Viewer("seat", seat)).itself.until

    assert (ends("JPN"), ends("CHN"), ends("KOR")) == (300, 300, 600)
    room.waits(100)
    room.does("room.extend", "facilitator", minutes=1)
    assert (ends("JPN"), ends("KOR")) == (360, 620), "the minute is added to the hour that all see"
    room.does("room.pause", "facilitator")
    room.now += 40
    room.does("room.resume", "facilitator")
    assert (ends("JPN"), ends("KOR")) == (400, 660)
    room.does("room.extend", "facilitator", minutes=1)
    assert ends("JPN") == 460
    assert "over" not in seen_by(room.form, room.log, Viewer("seat", "JPN")).itself.data
    assert not [e for e in readable(room.log, Viewer("seat", "JPN")) if e.kind == "room.put off"]
    room.waits(460 - room.now)
    assert room.room.phase == "orders", "it waits for the seat that has longer"
    room.does("orders.put", "KOR", climb={"JPN": False})
    room.does("orders.confirm", "KOR", id="KOR:2019")
    room.waits(float(ends("KOR") or 0) - room.now)
    assert room.room.phase == "year"
    assert room.room.orders["KOR:2019"].state == "carried out"


def test_one_person_has_longer_and_not_even_their_seat_is_told() -> None:
    room = Table(replace(FORM, plan={"orders": 5}), consensus_seconds=60, clock="plan")
    text = room.tables(room.at_the_table())
    assert room.refused("seat.ease", "facilitator", id="KOR", times=11, person=7).rule == "form"
    room.does("seat.ease", "facilitator", id="KOR", times=2, person=7)
    room.does("seat.ease", "facilitator", id="JPN", times=3, person=8)
    room.does("consensus.call", "USA", id=text)

    def seen(seat: str) -> Room:
        return seen_by(room.form, room.log, Viewer("seat", seat))

    assert {until(room, s, text) for s in ("USA", "JPN", "KOR")} == {60}
    assert room.room.texts[text].until == 180, "the clock waits for the last of them"
    hours = own_hours(room.room, seen("KOR"), "KOR", 7)
    assert [(i.id, at) for i, at in hours] == [(text, 120)], "nobody learns how long another has"
    assert own_hours(room.room, seen("KOR"), "KOR", 9) == []
    assert (own_time(room.room, "KOR", 7), own_time(room.room, "KOR", 9), own_time(room.room, None, 7)) == (2, 1, 1)
    assert not any(word in repr(seen(s)) for s in ("USA", "JPN", "KOR", "CHN") for word in ("eased", "'own':"))
    assert room.waits(179) == []
    assert room.waits(1) == ["consensus.time"]
    for verb in ("sit", "order"):
        room.does(f"room.{verb}", "facilitator")
    assert [at - room.now for _, at in own_hours(room.room, seen("KOR"), "KOR", 7)] == [600]
    assert [seen(s).itself.until for s in ("KOR", "JPN")] == [room.now + 300] * 2
    assert folded_all(opened(room.form), stored(room.log)) == room.room


def test_who_leads_gives_one_person_longer_and_their_page_alone_says_so(place: Place) -> None:
    secret = place.hall.links.give("seat", "GBR", "Ana")[1]
    one = place.hall.links.session(secret)
    assert one is not None
    sent = {"what": "longer", "person": str(one.link.id)}
    assert place.post("facilitator", {**sent, "times": "x"}, "/desk").status_code == 400
    assert place.post("facilitator", {**sent, "times": "11"}, "/desk").status_code == 400
    assert place.post("facilitator", {**sent, "times": "2.5"}, "/desk", json=False).status_code == 303
    rooms.done(place.hall.actor, rooms.text(place.table, key="t"))
    text = next(iter(place.hall.room.texts))
    rooms.done(place.hall.actor, rooms.by("USA", "silence.propose", id=text, seconds=600))
    place.secrets["Ana"] = secret
    page = place.get("Ana", of="GBR").text
    assert "You have 2.5 times as long" in page
    assert "“A pact”: <b data-until=" in page
    for who in ("GBR", "USA", "RUS", "observer"):
        assert "times as long" not in place.get(who).text.replace("how many times as long", "")
        assert "eased" not in place.get(who, "/events.json").text
