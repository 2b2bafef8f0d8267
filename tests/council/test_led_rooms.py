"""What who leads a room can do beside the procedures: a caucus that a member asks for, injects that wait, a private notebook."""

from __future__ import annotations

import io
import zipfile

import rooms
from councilrooms import Table, stored
from served_place import Place
from test_council_app import PATHS

from foedus.council.acts import FACILITATOR, Act, Viewer
from foedus.council.council_app import parts_of
from foedus.council.due_now import due
from foedus.council.fold import folded_all, opened
from foedus.council.open_acts import forms_of_phase
from foedus.council.procedures.roles import played
from foedus.council.sight import readable, seen_by
from foedus.council.sights import Sight
from foedus.council.stepping import allowed
from foedus.council.tableside import Reader

NOTE = "marker-of-the-notebook"


def reader(room: Table, seat: str) -> Reader:
    viewer = Viewer("seat", seat)
    return Reader(Sight(viewer, seen_by(room.form, room.log, viewer), (), 0), room.now)


def test_a_member_asks_for_a_caucus_and_the_table_goes_on_by_itself_when_the_time_is_up() -> None:
    room = Table()
    table = room.at_the_table()
    assert room.refused("table.move", "USA", id=table, minutes=5).rule == "who", "the chair need not ask"
    assert room.refused("table.agree", "USA", id=table).rule == "motion"
    room.does("table.move", "JPN", id=table, minutes=10)
    assert room.refused("table.move", "KOR", id=table, minutes=5).rule == "motion"
    assert room.refused("table.agree", "KOR", id=table).rule == "who"
    first = forms_of_phase(reader(room, "USA"))[0]
    assert (first.label, first.tone) == ("Agree to the caucus of 10 minutes that Japan asks for", "main")
    assert "Japan asks for a caucus of 10 minutes" in due(reader(room, "USA"), "")[0]["words"]
    room.does("table.agree", "USA", id=table)
    assert room.room.tables[table].state == "caucus"
    assert "has broken for a caucus" in due(reader(room, "KOR"), "")[0]["words"]
    assert room.waits(599) == []
    assert room.waits(1) == ["table.reconvene"]
    assert (room.room.tables[table].state, room.room.tables[table].get("motion")) == ("open", {})
    room.does("table.move", "JPN", id=table, minutes=3)
    room.does("table.decline", "USA", id=table)
    assert room.room.tables[table].state == "open"
    assert room.refused("table.decline", "USA", id=table).rule == "motion"


def test_an_inject_comes_by_itself_when_what_it_waits_for_happens_and_once() -> None:
    room = Table(consensus_seconds=20)
    table = room.at_the_table()
    waits = room.does(
        "inject.prepare", "facilitator", "Tokyo speaks", what="event", upon="a concern is raised", by_="JPN", to=["KOR"]
    )
    always = room.does("inject.prepare", "facilitator", "The press asks", what="event", upon="a text is adopted")
    room.does("concern.raise", "KOR", "The list", table=table)
    assert room.room.all("inject")[waits].state == "prepared", "it waits for another state"
    room.does("concern.raise", "JPN", "The ruling", table=table)
    assert room.log[-1].kind == "inject.fired"
    assert (room.log[-1].see, room.log[-1].actor) == ("seats:KOR", "clock")
    count = len(room.log)
    room.does("concern.raise", "JPN", "Another", table=table)
    assert len(room.log) == count + 1, "it comes once"
    text = room.tables(table, clause=None)
    room.does("consensus.call", "USA", id=text)
    room.waits(21)
    assert room.room.all("inject")[always].state == "fired"
    assert "The press asks" in [e.words for e in readable(room.log, Viewer("observer"))]


def test_an_inject_does_not_tell_by_coming_what_its_readers_may_not_read() -> None:
    room = Table()
    table = room.at_the_table()
    all_read = room.does("inject.prepare", "facilitator", "Leaked", what="event", upon="a concern is raised")
    adversary = room.does(
        "inject.prepare", "facilitator", "Leaked too", what="event", upon="a concern is raised", to=["CHN", "USA"]
    )
    member = room.does("inject.prepare", "facilitator", "For one", what="event", upon="a concern is raised", to=["USA"])
    room.does("concern.raise", "JPN", "At a table that is not public", table=table)
    states = {n: room.room.all("inject")[n].state for n in (all_read, adversary, member)}
    assert states == {all_read: "prepared", adversary: "prepared", member: "fired"}
    refusal = room.refused("inject.prepare", "facilitator", "x", what="event", by_="JPN")
    assert "waits for something" in refusal.sentence
    assert room.refused("inject.prepare", "facilitator", "x", what="event", upon="rain").rule == "form"


def test_a_number_is_changed_with_a_reason_in_words() -> None:
    room = Table()
    refusal = room.refused("inject.prepare", "facilitator", what="fact", address="KOR.free_force", value=0.9)
    assert (refusal.rule, refusal.sentence) == ("reason", "A number that is changed is judged: say why in words.")
    room.does("inject.prepare", "facilitator", "A mobilisation", what="fact", address="KOR.free_force", value=0.9)


def test_the_notebook_is_the_facilitators_alone_on_pages_streams_and_in_exports(place: Place) -> None:
    rooms.done(place.hall.actor, Act("seat.note", FACILITATOR, {"id": "GBR"}, NOTE))
    for who in ("USA", "GBR", "RUS", "observer"):
        refused = place.post(who, {"kind": "seat.note", "id": "GBR", "words": "mine"})
        assert refused.status_code == 409
        said = [refused.text, *(place.get(who, p).text for p in PATHS if p != "/stream")]
        session = place.hall.links.session(place.secrets[who])
        assert session is not None
        said += [str(dict(parts_of(place.hall, session.viewer, page))) for page in ("room", "console", "orders")]
        with zipfile.ZipFile(io.BytesIO(place.get(who, "/export.zip").content)) as held:
            assert "notebook.md" not in held.namelist()
            said += [held.read(n).decode() for n in held.namelist()]
        assert not any(NOTE in s or "seat.noted" in s for s in said), who
    rooms.done(place.hall.actor, Act("seat.note", FACILITATOR, {"id": "GBR"}, f"second {NOTE}"))
    console = place.get("facilitator", "/console").text
    assert console.count(NOTE) == 2
    assert console.index(f"second {NOTE}") < console.index(NOTE), "the newest stands first"
    assert NOTE not in place.get("facilitator", "").text, "the page of the room may be on a wall"
    with zipfile.ZipFile(io.BytesIO(place.get("facilitator", "/export.zip").content)) as held:
        having = {n for n in held.namelist() if NOTE in held.read(n).decode()}
    assert {"notebook.md", "events.jsonl"} <= having
    assert not having & {"minutes.md", "replay.html"}, "what may be handed to a class has no notes"


def test_an_inject_ends_the_phase_so_many_minutes_later_whoever_leads_the_others() -> None:
    room = Table()
    room.at_the_table()
    room.does("room.sit", "facilitator")
    for body in ({}, {"value": 0}, {"value": 5, "to": ["JPN"]}):
        assert room.refused("inject.prepare", "facilitator", "Hurry", what="deadline", **body).rule == "form"
    waits = room.does("inject.prepare", "facilitator", "Five minutes more", what="deadline", value=5)
    room.now = 100.0
    room.does("inject.fire", "facilitator", id=waits)
    assert seen_by(room.form, room.log, Viewer("observer")).itself.until == 400.0, "everybody sees the clock"
    assert room.waits(299) == []
    assert room.waits(1) == ["room.order"]
    late = room.does("inject.prepare", "facilitator", "Late", what="deadline", value=5)
    room.does("room.pause", "facilitator")
    room.does("inject.fire", "facilitator", id=late)
    assert room.room.itself.until is None, "a pause has no end; the inject is words"


def test_an_inject_for_a_table_is_read_by_whoever_sits_there_by_then() -> None:
    room = Table()
    table = room.at_the_table()
    both = room.refused("inject.prepare", "facilitator", "X", what="event", table=table, to=["JPN"])
    assert both.rule == "form"
    waits = room.does("inject.prepare", "facilitator", "MARKER", what="event", table=table)
    room.does("table.invite", "USA", id=table, members=["AUS"])
    room.does("inject.fire", "facilitator", id=waits)
    assert room.log[-1].see == "seats:AUS,JPN,KOR,USA"
    assert "MARKER" not in repr(seen_by(room.form, room.log, Viewer("seat", "CHN")))
    assert "MARKER" not in repr(seen_by(room.form, room.log, Viewer("observer")))


def test_an_inject_gives_a_seat_to_the_model_and_another_gives_it_back() -> None:
    room = Table()
    table = room.at_the_table()
    for body in ({"states": ["JPN"]}, {"states": ["AUS"], "hands": "model"}, {"hands": "model"}):
        assert room.refused("inject.prepare", "facilitator", "Gone", what="seat", **body).rule == "form"
    gone = room.does("inject.prepare", "facilitator", "The cabinet falls", what="seat", states=["JPN"], hands="model")
    room.does("inject.fire", "facilitator", id=gone)
    assert (room.room.seats["JPN"].state, played(room.room, "JPN")) == ("played", False)
    assert room.refused("concern.raise", "JPN", "We are here", table=table).rule == "held"
    assert room.refused("seat.take", "JPN", id="JPN").rule == "held", "opening the link does not undo it"
    room.does("table.say", "JPN", "We talk all the same", id=table)
    assert {o.kind for o in allowed(room.room, "seat:JPN")} <= {"table.say", "channel.say"}
    back = room.does("inject.prepare", "facilitator", "A new one", what="seat", states=["JPN"], hands="people")
    room.does("inject.fire", "facilitator", id=back)
    assert room.room.seats["JPN"].state == "away"
    room.does("seat.return", "JPN", id="JPN")
    room.does("concern.raise", "JPN", "We are back", table=table)
    assert folded_all(opened(room.form), stored(room.log)) == room.room


def test_an_inject_that_is_put_first_stands_first_on_the_console_and_nobody_else_hears_of_it(place: Place) -> None:
    actor, session = place.hall.actor, place.hall.links.session(place.secrets["facilitator"])
    assert session is not None
    words = ("The first that was prepared", "The second", "The third")
    made = [rooms.done(actor, Act("inject.prepare", FACILITATOR, {"what": "event"}, w)) for w in words]
    ids = [m.events[0].event.body["id"] for m in made]

    def shown() -> list[str]:
        page = place.get("facilitator", "/console").text
        return sorted(words, key=lambda w: page.index(f"<b>{w}</b>"))

    assert shown() == [*words]
    before = place.get("observer", "/events.json").text
    for k in (1, 2):
        assert place.hall.act(session, Act("inject.first", FACILITATOR, {"id": ids[k]})).refusal is None
    assert shown() == [words[2], words[1], words[0]]
    assert place.hall.act(session, Act("inject.first", FACILITATOR, {"id": ids[2]})).refusal is not None, "it is first"
    assert place.get("facilitator", "/console").text.count(">Put it first<") == 2
    assert place.get("observer", "/events.json").text == before
    rooms.done(actor, Act("inject.fire", FACILITATOR, {"id": ids[2]}))
    fired = place.hall.sight(Viewer("observer")).events[-1].event
    assert (fired.words, "turn" in fired.body["set"]) == (words[2], False)
