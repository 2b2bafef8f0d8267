"""Numbers that cannot be are refused as they are tabled; what is admitted is said in words."""

from __future__ import annotations

import rooms
from served_place import Place

from foedus.council.acts import FACILITATOR, Act, Refusal, Viewer
from foedus.council.possible_numbers import impossible
from foedus.council.telling import told


def test_a_number_that_cannot_be_is_refused_before_anybody_adopts_it(place: Place) -> None:
    session = place.hall.links.session(place.secrets["USA"])
    assert session is not None

    def refused(clause: str) -> Refusal | None:
        body = {"table": place.table, "articles": [clause]}
        return place.hall.act(session, Act("text.table", "seat:USA", body, "A pledge\fMore.")).refusal

    wrong, unknown = refused("undertake USA.free_force:9000"), refused("undertake USA.free_forse:0.5")
    assert wrong is not None
    assert unknown is not None
    assert wrong.sentence.startswith("A free force of 9000 cannot be: it lies between 0 and 1 (share).")
    assert "Did you mean 'free_force'?" in unknown.sentence
    fact = {"what": "fact", "address": "GBR.free_force", "value": -1}
    act = Act("inject.prepare", FACILITATOR, fact, "A mutiny")
    assert (found := impossible(act)) is not None
    assert "cannot be" in found.sentence
    assert impossible(Act("inject.prepare", FACILITATOR, {**fact, "value": 0.5}, "A mutiny")) is None
    assert refused("undertake USA.free_force:0.5") is None
    text = next(iter(place.hall.room.texts))
    rooms.done(place.hall.actor, rooms.by("USA", "consensus.call", id=text))
    for who in ("USA", "GBR", "FRA"):
        rooms.done(place.hall.actor, rooms.by(who, "consensus.join", id=text))
    rooms.done(place.hall.actor, rooms.by("USA", "consensus.rule", id=text))
    (pledge,) = place.hall.room.all("inject").values()
    said = [told(one, place.hall.room) for one in place.hall.sight(Viewer("seat", "FRA")).events]
    assert "Laid before the facilitator: the United States undertakes a free force of 0.5, judged" in said
    rooms.done(place.hall.actor, Act("inject.fire", FACILITATOR, {"id": pledge.id}))
    sight = place.hall.sight(Viewer("observer"))
    assert told(sight.events[-1], sight.room) == (
        "Admitted by the facilitator: the United States undertakes a free force of 0.5, judged"
    )
