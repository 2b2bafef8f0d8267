"""Standing in: a facilitator answers for a seat whose people are gone; the log says whose act it was, and coming back ends it."""

from __future__ import annotations

from councilrooms import Table, stored
from served_place import Place

from foedus.council.fold import folded_all, opened
from foedus.council.procedures.roles import played
from foedus.council.store.chain import sealed
from foedus.council.telling import told


def gone(room: Table, seat: str) -> None:
    room.does("seat.miss", "facilitator", id=seat)


def test_who_stands_in_answers_for_the_seat_and_the_log_says_so() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    room.does("room.sit", "facilitator")
    assert room.refused("seat.stand", "facilitator", id="JPN").rule == "state", "its people are here"
    gone(room, "JPN")
    assert not played(room.room, "JPN"), "the model answers for who is away"
    assert room.refused("seat.stand", "USA", id="JPN").rule == "who"
    room.does("seat.stand", "facilitator", id="JPN")
    assert played(room.room, "JPN")
    assert room.refused("seat.miss", "facilitator", id="JPN").rule == "stood"
    room.does("consensus.call", "USA", id=text)
    assert room.refused("consensus.join", "facilitator", id=text, for_="JPN").rule == "reason"
    room.does("consensus.join", "facilitator", "Tokyo said so by telephone", id=text, for_="JPN")
    assert room.room.texts[text].get("answers")["JPN"]["by"] == "people"
    last = sealed(room.log[-1], b"", branch=1, seq=1, now=0.0)
    assert told(last, room.room) == "Japan joined on “Title” (by the facilitator in its place)"
    room.does("seat.return", "JPN", id="JPN")
    assert not room.room.seats["JPN"].get("stood")
    assert room.refused("seat.return", "JPN", id="JPN").rule == "stood"
    gone(room, "JPN")
    assert folded_all(opened(room.form), stored(room.log)) == room.room


def test_orders_are_given_in_place_of_a_seat_that_is_away_and_the_page_has_what_is_open_to_it(place: Place) -> None:
    place.post("facilitator", {"kind": "seat.miss", "id": "GBR", "key": "a"})
    assert place.get("facilitator", "/stand?seat=GBR").status_code == 404
    assert 'value="seat.stand"' in place.get("facilitator", "/console").text
    place.post("facilitator", {"kind": "seat.stand", "id": "GBR", "key": "b"})
    assert "you, standing in" in place.get("facilitator", "/console").text
    page = place.get("facilitator", "/stand?seat=GBR").text
    assert 'name="for" value="GBR"' in page
    assert "You answer for the United Kingdom." in page
    assert place.get("USA", "/stand?seat=GBR").status_code == 404
    assert "the facilitator answers" in place.get("USA").text
    place.post("facilitator", {"kind": "room.order", "id": "room", "key": "c"})
    sent = {"kind": "orders.put", "for": "GBR", "then": "orders.confirm", "key": "d"}
    assert place.post("facilitator", sent).json()["rule"] == "reason"
    assert place.post("facilitator", {**sent, "words": "London telephoned", "key": "e"}).status_code == 200
    assert place.hall.room.orders["GBR:1949"].state == "confirmed"
    assert "London telephoned" in place.get("facilitator", "/events.json").text
    assert "London telephoned" not in place.get("FRA", "/events.json").text, "orders are sealed"
    place.get("GBR")
    assert not place.hall.room.seats["GBR"].get("stood"), "opening the link is coming back"
