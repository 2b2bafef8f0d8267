"""Longer: every limit that one person can miss lasts longer for them, nobody sees it, and a later hour reaches an open page."""

from __future__ import annotations

from dataclasses import replace

import pytest
import rooms
from councilrooms import FORM, Table
from served_place import Place

from foedus.council.acts import FACILITATOR, Act, Viewer
from foedus.council.gates import COOKIE
from foedus.council.links import token_of
from foedus.council.procedures.easing import own_hours
from foedus.council.sight import readable, seen_by


def proposed(room: Table, text: str) -> str:
    room.does("silence.propose", "USA", id=text)
    return "silence.object"


def silent(room: Table, text: str) -> str:
    room.does("silence.propose", "USA", id=text)
    room.now += 30
    while room.room.texts[text].state == "proposed":
        room.waits(1)
    return "silence.break"


def called(room: Table, text: str) -> str:
    room.does("consensus.call", "USA", id=text)
    return "consensus.object"


def voted(room: Table, text: str) -> str:
    room.does("vote.open", "USA", id=text, seconds=60)
    return "vote.no"


def amended(room: Table, text: str) -> str:
    room.does("amendment.offer", "USA", "Other words", text=text, article="a1")
    return "amendment.object"


@pytest.mark.parametrize("begins", [proposed, silent, called, voted, amended])
def test_what_a_seat_answers_waits_for_one_person_and_all_others_see_the_usual_hour(begins: object) -> None:
    assert callable(begins)
    room = Table(consensus_seconds=60, amendment_seconds=60, proposed_seconds=60, silence_seconds=60)
    text = room.tables(room.at_the_table(), clause=None)
    room.does("seat.ease", "facilitator", id="KOR", times=3, person=7)
    act = begins(room, text)
    name = next(reversed(room.room.amendments)) if act == "amendment.object" else text
    began = room.now
    seen = {s: seen_by(room.form, room.log, Viewer("seat", s)) for s in ("USA", "JPN", "KOR")}
    family = "amendment" if act == "amendment.object" else "text"
    assert {r.item(family, name).until for r in seen.values() if r.item(family, name)} == {began + 60}
    hours = [(i.id, at) for i, at in own_hours(room.room, seen["KOR"], "KOR", 7)]
    assert (name, began + 180) in hours
    assert not [e for e in readable(room.log, Viewer("seat", "KOR")) if e.kind.endswith("put off")]
    room.waits(170)
    found = room.tries(act, "KOR", "We read slowly", id=name)
    assert isinstance(found, tuple), (act, found)


def test_a_later_hour_reaches_an_open_page_of_that_person_and_no_other(place: Place) -> None:
    secret = place.hall.links.give("seat", "GBR", "Ana")[1]
    one = place.hall.links.session(secret)
    assert one is not None
    place.secrets["Ana"] = secret

    def heard(who: str, of: str = "") -> tuple[int, str]:
        place.client.cookies.clear()
        place.client.cookies.set(COOKIE, place.secrets[who])
        more = {"origin": "http://testserver", "x-foedus-token": token_of(place.secrets[who])}
        answer = place.client.post(f"/r/small/{of or who}/here", headers=more)
        return answer.status_code, answer.text

    assert heard("Ana", "GBR") == (204, "")
    place.post("facilitator", {"what": "longer", "person": str(one.link.id), "times": "2"}, "/desk", json=False)
    rooms.done(place.hall.actor, rooms.text(place.table, key="t"))
    text = next(iter(place.hall.room.texts))
    rooms.done(place.hall.actor, rooms.by("USA", "silence.propose", id=text, seconds=600))
    status, words = heard("Ana", "GBR")
    assert status == 200
    assert "You have 2 times as long" in words
    assert "“A pact”: <b data-until=" in words
    for who in ("GBR", "USA", "facilitator", "observer"):
        assert heard(who) == (204, ""), "nobody else is told"


def test_a_page_without_a_stream_hears_that_the_room_has_moved(place: Place) -> None:
    def now() -> str:
        place.client.cookies.set(COOKIE, place.secrets["GBR"])
        more = {"origin": "http://testserver", "x-foedus-token": token_of(place.secrets["GBR"])}
        return str(place.client.post("/r/small/GBR/here", headers=more).headers["x-foedus-phase"])

    made = place.get("GBR", "/debrief").text
    assert f'data-phase="{now()}"' in made
    rooms.done(place.hall.actor, Act("room.order", FACILITATOR))
    assert f'data-phase="{now()}"' not in made
    assert now().endswith(".1949.orders")
    console = place.get("facilitator", "/console").text
    assert "It cannot hold for what ends for all at once" in console


def test_a_common_phase_ends_for_all_at_once() -> None:
    room = Table(replace(FORM, plan={"consultation": 5, "table": 5}), clock="plan")
    room.does("room.open", "facilitator")
    room.does("seat.take", "KOR", id="KOR")
    room.does("seat.ease", "facilitator", id="KOR", times=3, person=7)
    room.does("room.begin", "facilitator")
    room.does("room.consult", "facilitator")
    assert own_hours(room.room, room.room, "KOR", 7) == []


@pytest.mark.parametrize(("seconds", "taken"), [(4, False), (5, True), (2_592_000, True), (2_592_001, False)])
def test_a_vote_lasts_five_seconds_to_thirty_days(seconds: int, taken: bool) -> None:
    room = Table()
    text = room.tables(room.at_the_table(), clause=None)
    if taken:
        room.does("vote.open", "USA", id=text, seconds=seconds)
        assert room.room.texts[text].until == room.now + seconds
    else:
        assert room.refused("vote.open", "USA", id=text, seconds=seconds).rule == "form"
