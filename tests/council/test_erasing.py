"""Erasing reaches what was copied: carried wordings, adopted texts, objections, injects that came, what late comers are shown."""

from __future__ import annotations

import io
import zipfile

import rooms
from served_place import Place

from foedus.council.actor import Actor
from foedus.council.acts import Act, joined
from foedus.council.council_app import parts_of
from foedus.council.store.chain import genesis, whole

MARKS = {s: f"{s}-MARK" for s in ("USA", "GBR", "FRA", "facilitator")}


def everything(place: Place) -> str:
    """Return all that anybody in the room can read, the facilitator too."""
    said = []
    for who in ("FRA", "RUS", "facilitator"):  # who came later, who sat elsewhere, who reads all
        place.hall.gates = type(place.hall.gates)(place.hall.links)  # nobody is held up for reading much
        said += [
            place.get(who, path).text for path in ("", "/events.json", "/replay.html", "/console", "/debrief.json")
        ]
        with zipfile.ZipFile(io.BytesIO(place.get(who, "/export.zip").content)) as held:
            said += [held.read(name).decode() for name in held.namelist()]
        session = place.hall.links.session(place.secrets[who])
        assert session is not None
        said += [str(dict(parts_of(place.hall, session.viewer, page))) for page in ("room", "console", "orders")]
    return "".join(said)


def test_who_erases_their_words_erases_them_from_all_that_says_them_again(place: Place) -> None:
    def does(who: str, kind: str, words: str | None = None, **body: object) -> str:
        session = place.hall.links.session(place.secrets[who])
        assert session is not None
        act = Act(kind, session.actor, body, words, 1 if kind == "amendment.offer" else None, person=session.link.id)
        return str(rooms.done(place.hall.actor, act).events[0].event.body["id"])

    private = does("USA", "table.convene", "Three", members=["USA", "GBR"], chair="USA")
    inject = does(
        "facilitator", "inject.prepare", f"News {MARKS['facilitator']}", what="event", upon="a text is adopted"
    )
    text = does("USA", "text.table", joined([f"A pact {MARKS['USA']}", "One"]), table=private, articles=[None])
    amendment = does("GBR", "amendment.offer", f"Two {MARKS['GBR']}", text=text, article="a1")
    does("USA", "amendment.accept", id=amendment)
    does("USA", "table.invite", id=private, members=["FRA"])
    does("USA", "consensus.call", id=text)
    does("FRA", "consensus.object", f"Never {MARKS['FRA']}", id=text)
    does("facilitator", "consensus.rule", id=text)
    does("USA", "consensus.call", id=text)
    for who in ("USA", "GBR", "FRA"):
        does(who, "consensus.join", id=text)
    does("USA", "consensus.rule", id=text)
    assert place.hall.room.texts[text].state == "adopted"
    assert place.hall.room.all("inject")[inject].state == "fired"
    before = everything(place)
    assert all(mark in before for mark in MARKS.values())
    room = place.hall.room
    for gone in (("GBR", "FRA", "facilitator"), ("USA",)):
        for who in gone:
            session = place.hall.links.session(place.secrets[who])
            assert session is not None
            assert place.hall.erase(session.link.id) > 1, "what was written, and where it was said again"
        now = everything(place)
        assert not any(MARKS[who] in now for who in gone)
        assert (MARKS["USA"] in now) is (gone != ("USA",)), "nobody else loses what they wrote themselves"
    found = place.hall.room
    assert {f: {k: i.state for k, i in items.items()} for f, items in found.families.items()} == {
        f: {k: i.state for k, i in items.items()} for f, items in room.families.items()
    }, "words are gone and nothing else"
    store = place.hall.store
    assert [*whole(store.log(1), genesis(store.form()))], "the chain holds"
    assert Actor(store, place.hall.form).room == found, "a room that is opened again is the same"
    assert "One" not in (place.hall.room.texts[text].words.get("a1") or ""), (
        "an erased wording brings no older one back"
    )
