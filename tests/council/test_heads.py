"""Several people in a seat: where the rule says so, one of them leads it and confirms its orders; nobody else knows who."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rooms
from councilrooms import FORM, Table

from foedus.council.acts import Act, Refusal, Viewer
from foedus.council.council_app import parts_of
from foedus.council.fold import folded_all
from foedus.council.room_form import Rules, form_of
from foedus.council.sight import readable
from foedus.council.stepping import step

LED = replace(FORM, rules=Rules(confirms="head"))


class Delegation(Table):
    """A room in which every act says who of the seat did it."""

    def by(self, person: int, kind: str, seat: str = "KOR", **body: Any) -> Any:
        found = step(self.room, Act(kind, f"seat:{seat}", body, person=person, key=f"{len(self.log)}"), self.now)
        if not isinstance(found, Refusal):
            self.room = folded_all(self.room, found)
            self.log += found
        return found


def ordering(form: Any = LED) -> tuple[Delegation, str]:
    room = Delegation(form)
    room.at_the_table()
    name = room.does("orders.put", "KOR")
    room.does("room.sit", "facilitator")
    room.does("room.order", "facilitator")
    return room, name


def test_only_who_leads_a_seat_confirms_its_orders_and_takes_them_back() -> None:
    room, name = ordering()
    assert not isinstance(room.by(8, "seat.lead", id="KOR"), Refusal)
    refused = room.by(9, "orders.confirm", id=name)
    assert (refused.rule, "leads your seat" in refused.sentence) == ("head", True)
    assert room.by(9, "seat.lead", id="KOR").rule == "head"
    assert room.by(9, "seat.yield", id="KOR").rule == "head"
    assert not isinstance(room.by(8, "orders.confirm", id=name), Refusal)
    assert room.by(9, "orders.take", id=name).rule == "head"
    assert not isinstance(room.by(8, "seat.yield", id="KOR"), Refusal)
    assert not isinstance(room.by(9, "orders.take", id=name), Refusal), "nobody leads it: anybody may"
    room.by(8, "seat.lead", id="KOR")
    room.does("orders.confirm", "facilitator", "They asked me to.", id=name, for_="KOR")
    room.does("seat.yield", "facilitator", id="KOR")
    assert room.room.seats["KOR"].get("head") is None
    assert room.refused("seat.yield", "facilitator", id="KOR").rule == "head"
    assert room.by(3, "seat.lead", id="JPN").rule == "who", "of another seat"


def test_without_the_rule_anybody_of_a_seat_confirms() -> None:
    room, name = ordering(FORM)
    assert room.by(8, "seat.lead", id="KOR").rule == "head"
    assert not isinstance(room.by(9, "orders.confirm", id=name), Refusal)


def test_who_leads_a_seat_is_known_to_its_people_and_the_facilitator_alone() -> None:
    room, _ = ordering()
    room.by(424242, "seat.lead", id="KOR")
    room.by(424242, "seat.yield", id="KOR")
    for viewer in (Viewer("seat", "JPN"), Viewer("seat", "CHN"), Viewer("observer"), Viewer("observer", "*")):
        seen = readable(room.log, viewer)
        if viewer.seat != "*":
            assert "424242" not in repr(seen)
            assert not [e for e in seen if e.kind in ("seat.led", "seat.yielded")]
    for viewer in (Viewer("seat", "KOR"), Viewer("facilitator")):
        assert [e.kind for e in readable(room.log, viewer)][-2:] == ["seat.led", "seat.yielded"]


def test_a_room_without_the_rule_is_kept_in_the_same_bytes_as_before() -> None:
    assert "confirms" not in FORM.to_dict()["rules"]
    assert form_of(LED.to_dict()) == LED
    assert form_of({**FORM.to_dict(), "rules": {**FORM.to_dict()["rules"], "heads": "no"}}) == FORM


@pytest.fixture
def hall(tmp_path: Path) -> Any:
    found = rooms.hall(rooms.file(tmp_path, replace(rooms.FORM, rules=Rules(confirms="head"))))
    found.actor.start()
    yield found
    found.stop()


def test_the_page_of_orders_says_who_leads_and_a_link_that_is_taken_back_leads_nobody(hall: Any) -> None:
    rooms.seated(hall.actor)
    ana, ben = (hall.links.give("seat", "GBR", label)[0] for label in ("Ana", "Ben"))

    def page(seat: str) -> str:
        return parts_of(hall, Viewer("seat", seat), "orders")["orders"]

    assert "Nobody leads your seat yet" in page("GBR")
    rooms.done(hall.actor, Act("seat.lead", "seat:GBR", {"id": "GBR"}, person=ana.id))
    assert "Ana leads your seat" in page("GBR")
    assert "Ana" not in page("FRA")
    assert hall.actor.submit(Act("seat.yield", "seat:GBR", {"id": "GBR"}, person=ben.id)).result(10).refusal is not None
    hall.take_back(ana.id)
    hall.actor.submit(Act("seat.hand", "seat:FRA", {"id": "FRA"})).result(10)
    assert hall.room.seats["GBR"].get("head") is None
    assert "Nobody leads your seat yet" in page("GBR")
