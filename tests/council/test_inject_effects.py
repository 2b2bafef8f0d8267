"""What an inject would do, before it is fired: to whom by how much, that it does nothing, and that the console alone says so."""

from __future__ import annotations

import numpy as np
from councilrooms import Table
from served_place import Place
from test_council_app import PATHS

from foedus.council import inject_effects
from foedus.council.acts import FACILITATOR, Act, Viewer
from foedus.council.adjudicate import Adjudicator
from foedus.council.console_sheet import context
from foedus.council.council_app import parts_of
from foedus.council.inject_effects import IN_FORCE, Effect, effect_said

MARK = 7.777


def test_what_an_inject_would_move_is_what_it_moves_when_it_is_fired() -> None:
    room = Table()
    clause = "form body USA,JPN,KOR rule consensus"
    room.tables(room.at_the_table(), clause=clause)
    shock = room.does("inject.prepare", "facilitator", what="shock", states=["JPN", "KOR"])
    fact = room.does("inject.prepare", "facilitator", "why", what="fact", address="KOR.free_force", value=0.9)
    none = room.does("inject.prepare", "facilitator", "why", what="fact", address="KOR.colour", value=1.0)
    words = room.does("inject.prepare", "facilitator", "The press writes", what="event")
    budget = room.does("inject.prepare", "facilitator", what="budget", value=3)
    model = Adjudicator(room.form)
    said = model.effects(room.room)
    assert set(said) == {shock, fact, none}
    assert model.effects(room.room)[shock] is said[shock], "it is worked out once"
    in_force = said[shock].moves[IN_FORCE]
    assert set(in_force) == {"JPN", "KOR"}
    assert max(in_force.values()) < -0.01
    assert set(said[fact].moves) == {IN_FORCE, clause}
    assert "colour" in said[none].unread
    before = model.moment(room.room)
    worth = model.worths(room.room)[clause]["KOR"].total
    room.does("inject.fire", "facilitator", id=fact)
    after = model.moment(room.room)
    one, other = (m.appraiser.appraise(m.world.in_force, m.world.in_force).utility for m in (after, before))
    moved = dict(zip(before.world.states, one - other, strict=True))
    assert all(np.isclose(v, moved[s]) for s, v in said[fact].moves[IN_FORCE].items())
    assert np.isclose(model.worths(room.room)[clause]["KOR"].total - worth, said[fact].moves[clause]["KOR"], atol=1e-6)
    items = room.room.all("inject")
    table = effect_said(items[shock], said[shock], room.room, {})
    assert [s for s, _ in table["rows"]] == ["JPN", "KOR", "USA"], "whom it moves something for stands first"
    assert table["rows"][2][1] == ["0.000"] * len(table["columns"])
    assert effect_said(items[words], None, room.room, {})["says"] == "Changes nothing the model reads."
    assert "cannot read it" in effect_said(items[none], said[none], room.room, {})["says"]
    assert "from 1 to 3 bn" in effect_said(items[budget], None, room.room, {})["says"]
    assert "worked out" in effect_said(items[shock], None, room.room, {})["says"]
    assert "Changes nothing" in effect_said(items[shock], Effect({IN_FORCE: {"AUS": 1.0}}), room.room, {})["says"]


def test_what_an_inject_would_do_stands_on_the_console_and_nowhere_else(place: Place) -> None:
    made = Act("inject.prepare", FACILITATOR, {"what": "shock", "states": ["GBR", "FRA"]})
    name = place.hall.actor.submit(made).result(10).events[0].event.body["id"]
    assert "being worked out" in place.get("facilitator", "/console").text
    place.hall.effects = {str(name): Effect({IN_FORCE: {"GBR": MARK}})}
    said = place.get("facilitator", "/console").text
    assert inject_effects.signed(MARK) in said
    assert "What it would do to each seat" in said
    assert [i["would"]["rows"][0] for i in context(place.hall, Viewer("facilitator"), "")["injects"]] == [
        ("United Kingdom", ["+7.78"])
    ]
    for who in ("GBR", "FRA", "RUS", "observer"):
        pages = [place.get(who, p).text for p in PATHS if p != "/stream"]
        viewer = Viewer("seat", who) if len(who) == 3 else Viewer("observer")
        streams = [v for page in ("room", "orders", "console") for v in parts_of(place.hall, viewer, page).values()]
        assert not any("7.77" in s or "+7.78" in s or "would do to each" in s for s in [*pages, *streams]), who
