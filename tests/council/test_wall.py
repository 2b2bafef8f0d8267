"""The wall shows what is public in a room, also where it is the only one of its server."""

from __future__ import annotations

import rooms
from served_place import Place

from foedus.council.acts import FACILITATOR, Act


def test_a_wall_has_phase_people_and_public_texts_and_nothing_private(place: Place) -> None:
    actor = place.hall.actor
    rooms.done(actor, rooms.text(place.table, "A pact of all"))
    private = {"members": ["GBR", "FRA"], "public": False}
    table = rooms.done(actor, Act("table.convene", FACILITATOR, private, "SECRET")).events[0].event.body["id"]
    rooms.done(actor, Act("table.say", "seat:GBR", {"id": table}, "SECRET"))
    page = place.get("facilitator", "/wall").text
    assert "1 room side by side" in page
    assert "A pact of all" in page
    assert "in 4 seats" in page
    assert "SECRET" not in page
    assert 'href="/r/small/facilitator/wall"' not in place.get("facilitator", "/console").text, "it has no neighbour"
    assert place.get("observer", "/wall").status_code == 404
