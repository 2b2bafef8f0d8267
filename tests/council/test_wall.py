"""The wall shows what is public in a room, also where it is the only one of its server."""

from __future__ import annotations

import rooms
from served_place import Place

from foedus.council.actor import Answer
from foedus.council.acts import FACILITATOR, Act


def test_a_wall_has_phase_people_and_public_texts_and_nothing_private(place: Place) -> None:
    actor = place.hall.actor
    rooms.done(actor, rooms.text(place.table, "A pact of all"))
    private = {"members": ["GBR", "FRA"], "public": False}
    table = rooms.done(actor, Act("table.convene", FACILITATOR, private, "SECRET")).events[0].event.body["id"]
    rooms.done(actor, Act("table.say", "seat:GBR", {"id": table}, "SECRET"))
    page = place.get("facilitator", "/wall").text
    assert "One room, as all may see it" in page
    assert "A pact of all" in page
    assert "in 4 seats" in page
    assert "SECRET" not in page
    assert 'href="/r/small/facilitator/wall"' not in place.get("facilitator", "/console").text, "it has no neighbour"
    assert place.get("observer", "/wall").status_code == 404


def test_what_an_adversary_declares_is_read_by_all_and_stands_on_the_wall(place: Place) -> None:
    session = place.hall.links.session(place.secrets["RUS"])
    assert session is not None

    def says(words: str, seat: str = "RUS") -> Answer:
        person = session.link.id
        return place.hall.act(session, Act("seat.declare", "seat:RUS", {"id": seat}, words, person=person))

    assert says("Who joins <it> joins against us.").refusal is None
    assert says("For another", "GBR").refusal is not None, "a seat speaks for itself alone"
    assert says("  ").refusal is not None, "it is words"
    for who, path in (("observer", ""), ("GBR", ""), ("RUS", ""), ("facilitator", "/wall"), ("observer", "/minutes")):
        assert "Who joins &lt;it&gt; joins against us." in place.get(who, path).text, (who, path)
    place.hall.erase(session.link.id)
    assert "against us" not in place.get("GBR").text
