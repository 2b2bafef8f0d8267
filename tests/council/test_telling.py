"""What the log says of an event: who did it, about whom, by whose hand; and nothing that a rule of the room keeps."""

from __future__ import annotations

from councilrooms import Table

from foedus.council.acts import Act, Event, Viewer
from foedus.council.fold import Item, folded_all
from foedus.council.sight import readable, seen_by
from foedus.council.stepping import step
from foedus.council.store.chain import Logged, genesis, sealed
from foedus.council.telling import SAYS, _about, told


def lines(room: Table, seat: str = "") -> list[str]:
    """Return what a seat, or the facilitator, is told of the whole log."""
    viewer = Viewer("seat", seat) if seat else Viewer("facilitator")
    known = seen_by(room.form, room.log, viewer)
    found, before = [], genesis(b"")
    for k, event in enumerate(readable(room.log, viewer), 1):
        one: Logged = sealed(event, before, branch=1, seq=k, now=0.0)
        found.append(told(one, known))
        before = one.hash
    return found


def test_a_line_says_who_did_it_about_what_and_whose_proposal_it_was() -> None:
    room = Table(silence_seconds=60)
    table = room.at_the_table()
    text = room.tables(table)
    offered = room.does("amendment.offer", "KOR", "Other words", text=text, article="a1")
    room.does("amendment.object", "USA", id=offered)
    room.does("amendment.withdraw", "KOR", id=offered)
    room.does("consensus.call", "USA", id=text)
    room.does("consensus.join", "facilitator", "Tokyo asked us to", id=text, for_="JPN")
    room.does("consensus.drop", "USA", id=text)
    room.does("table.caucus", "USA", id=table, minutes=5)
    said = lines(room)
    assert "South Korea offered an amendment to “Title”" in said
    assert (
        "The United States objected to the amendment of South Korea to “Title”: both wordings stand in square brackets"
        in said
    )
    assert "The United States called consensus on “Title”" in said
    assert "Japan joined on “Title” (by the facilitator in its place)" in said
    assert "The United States took the call for consensus on “Title” back" in said
    assert "The United States broke the table for a caucus" in said


def test_an_event_is_about_the_states_that_its_item_names_and_else_about_its_title() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    event = Event("pressure.planned", "seat:CHN", "all", {"id": "p"}, None, 2019, "table")
    named = Item("pressure", "p", "planned", data={"target": "KOR"})
    assert _about(event, named, room.room) == "South Korea"
    entering = Item("accession", "a", "asked", data={"newcomer": "AUS", "of": "forum USA,JPN,KOR"})
    said = _about(event, entering, room.room)
    assert said.startswith("Australia, ")
    assert "Japan" in said
    assert _about(event, room.room.texts[text], room.room).endswith("Title")


def test_a_seat_that_the_model_answers_for_is_named_with_whose_hand_it_was() -> None:
    room = Table(silence_seconds=60, proposed_seconds=5)
    table = room.at_the_table("USA", "JPN")
    text = room.tables(table)
    room.does("silence.propose", "USA", id=text)
    room.waits(6)
    room.waits(61)
    room.does("silence.keep", "model", id=text, for_="KOR", chance=0.8, draw=0.1)
    assert "South Korea keeps silence on “Title” (by the model)" in lines(room)


def test_who_broke_silence_by_the_model_is_kept_where_names_are() -> None:
    room = Table(silence_seconds=60, proposed_seconds=5, silence_names="chair")
    table = room.at_the_table("USA", "JPN")
    text = room.tables(table)
    room.does("silence.propose", "USA", id=text)
    room.waits(6)
    room.waits(61)
    act = Act("silence.speak", "model", {"id": text, "for": "KOR", "chance": 0.1, "draw": 0.9}, "No.")
    found = step(room.room, act, room.now)
    assert isinstance(found, tuple)
    room.room = folded_all(room.room, found)
    room.log += found
    assert lines(room, "JPN")[-1] == "Somebody broke silence on “Title”: it is not adopted"
    shown = [e for e in readable(room.log, Viewer("seat", "JPN")) if e.kind == "silence.broken"]
    assert shown
    assert "KOR" not in str([e.body for e in shown]), "the seat stands nowhere in what others receive"
    assert "South Korea broke silence on “Title” (by the model)" in lines(room, "USA"), "the chair knows"


def test_every_sentence_can_be_said_of_an_item_that_its_reader_does_not_know() -> None:
    room = Table()
    for kind in SAYS:
        one = sealed(
            Event(kind, "seat:USA", "all", {"id": "x"}, None, 2019, "table"), genesis(b""), branch=1, seq=1, now=0.0
        )
        if kind.startswith(("table.given", "table.chaired")):
            continue
        assert told(one, room.room)
