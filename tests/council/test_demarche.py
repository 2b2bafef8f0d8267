"""Joint démarches: members agree among themselves, who joined stands for it, and nobody reads more than is theirs to read."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from councilrooms import Table, stored

from foedus.council.acts import Event, Refusal, Viewer
from foedus.council.debrief import _heard
from foedus.council.due_now import due
from foedus.council.erasing import copies_of
from foedus.council.fold import Room, folded, folded_all, opened
from foedus.council.minute_book import minutes
from foedus.council.open_acts import forms_of_phase, other_forms
from foedus.council.pressing_jointly import UNREAD, asked, demarches, pressed_jointly, unread_of
from foedus.council.procedures.demarche import forums_of, names
from foedus.council.sensible import makes_sense
from foedus.council.sight import readable, seen_by
from foedus.council.sights import Sight
from foedus.council.stepping import allowed
from foedus.council.store.chain import sealed
from foedus.council.store.keeping import Store
from foedus.council.tableside import Reader

FORUM = "forum USA,JPN,KOR"
WORDS = "Lift what you lay on Seoul, or we answer together."
PRIVATE = "Not while our exports are at stake."


def opened_room(*taken: str) -> Table:
    """Return a room with a forum of three in force, and a treaty of two."""
    room = Table()
    room.at_the_table(*(taken or ("USA", "JPN", "KOR", "CHN")))
    body = {"id": "room", "set": {"in_force": [FORUM, "treaty USA,KOR", "forum JPN,AUS"]}}
    known = Event("room.informed", "model", "all", body, None, 2019, "opening")
    room.room = folded(room.room, known)
    room.log.append(known)
    return room


def proposed(room: Table) -> str:
    return room.does("demarche.propose", "JPN", WORDS, of=FORUM, adversary="CHN")


def as_read(room: Table, seat: str) -> Room:
    return seen_by(room.form, room.log, Viewer("seat", seat))


def page(room: Table, seat: str) -> Reader:
    return Reader(Sight(Viewer("seat", seat), as_read(room, seat), (), 0), 0.0)


def texts(room: Table, viewer: Viewer) -> str:
    """Return everything that a viewer reads of a room, events and minutes, as one text."""
    return "\n".join([*(repr(e) for e in readable(room.log, viewer)), minutes(room.form, room.log, viewer)])


@pytest.fixture(scope="module")
def answered() -> Table:
    """A démarche that the United States joins, Korea stands aside from, and China answers in confidence."""
    room = opened_room()
    name = proposed(room)
    room.does("demarche.join", "USA", "Gladly.", id=name)
    room.does("demarche.aside", "KOR", PRIVATE, id=name)
    room.does("demarche.deliver", "JPN", id=name)
    room.does("demarche.hold", "CHN", "We do not discuss this.", id=name)
    return room


def test_it_is_delivered_in_the_names_of_those_who_joined_and_answered_in_words(answered: Table) -> None:
    (item,) = answered.room.all("demarche").values()
    assert (item.state, names(item), item.words) == ("held", ("USA", "JPN"), {"demarche": WORDS})
    told = minutes(answered.form, answered.log, Viewer("facilitator"))
    for sentence in (
        "- Japan proposed a joint démarche to China by the forum of the United States, Japan and South Korea: “Lift what",
        "- The United States joined the démarche to China by the forum of",
        "- South Korea stood aside from the démarche to China by",
        "- A joint démarche is delivered to China in the names of the United States and Japan: “Lift what",
        "- China holds against the joint démarche to China in the names of the United States and Japan: “We do not discuss",
    ):
        assert sentence in told
    assert seen_by(answered.form, stored(answered.log), Viewer("facilitator")) == answered.room, "it plays again"


def test_nobody_reads_more_than_is_theirs(answered: Table) -> None:
    before = Table()
    before.log = answered.log[: next(k for k, e in enumerate(answered.log) if e.kind == "demarche.delivered")]
    china, australia, observer = Viewer("seat", "CHN"), Viewer("seat", "AUS"), Viewer("observer")
    for viewer in (china, australia, observer):
        assert "emarche" not in texts(before, viewer), "while it is agreed only its members know of it"
    assert PRIVATE in texts(before, Viewer("seat", "USA"))
    for viewer in (australia, observer):
        assert "emarche" not in texts(answered, viewer), (
            "what goes to the adversary alone is read by it and the members"
        )
    read = texts(answered, china)
    assert WORDS in read
    assert PRIVATE not in read
    assert "aside" not in read, "who stood aside is not told"
    assert "Gladly" not in read
    item = next(iter(as_read(answered, "CHN").all("demarche").values()))
    assert (item.get("answers"), item.get("author"), item.get("names")) == (None, None, ["USA", "JPN"])
    for seat in ("USA", "JPN", "KOR", "CHN"):
        assert [d.state for d in as_read(answered, seat).all("demarche").values()] == ["held"], (
            "members read the answer"
        )


def test_a_public_one_is_read_by_all_with_its_answer() -> None:
    room = opened_room()
    name = proposed(room)
    room.does("demarche.join", "KOR", id=name)
    room.does("demarche.deliver", "facilitator", id=name, public=True)
    room.does("demarche.yield", "CHN", "The measures end today.", id=name)
    read = texts(room, Viewer("observer"))
    assert WORDS in read
    assert "The measures end today." in read
    assert "'answers'" not in read


@pytest.mark.parametrize(
    ("by", "fields", "rule", "says"),
    [
        ("AUS", {"of": FORUM}, "who", "AUS is no member of the forum USA,JPN,KOR."),
        ("JPN", {"of": "body consensus USA,JPN,KOR"}, "in force", "is no forum or body in force; JPN is a member of"),
        (
            "KOR",
            {"of": "treaty USA,KOR"},
            "in force",
            "is no forum or body in force; KOR is a member of forum USA,JPN,KOR.",
        ),
        ("JPN", {"of": FORUM, "adversary": "KOR"}, "adversary", "to an adversary of the room: CHN; KOR is none."),
        ("JPN", {"of": FORUM, "adversary": "RUS"}, "form", "Adversary is not an adversary."),
        ("CHN", {"of": FORUM}, "who", "'propose' is done by the seat of a state."),
        ("JPN", {"of": FORUM, "words": None}, "words", "'propose' is done in writing"),
    ],
)
def test_what_is_refused_says_why(by: str, fields: dict[str, str | None], rule: str, says: str) -> None:
    body = {"adversary": "CHN", "words": WORDS, **fields}
    found = opened_room().refused("demarche.propose", by, body.pop("words"), **body)
    assert found.rule == rule
    assert says in found.sentence


def test_two_join_before_it_is_delivered_and_the_proposer_withdraws_until_then() -> None:
    room = opened_room()
    name = proposed(room)
    few = room.refused("demarche.deliver", "JPN", id=name)
    assert few.sentence == "It is joint once 2 members have joined, the proposer among them; so far JPN."
    assert room.refused("demarche.aside", "JPN", id=name).rule == "who"
    assert room.refused("demarche.join", "AUS", id=name).rule == "item", "of what is not theirs it says no more"
    room.does("demarche.join", "KOR", id=name)
    room.does("demarche.aside", "KOR", id=name)
    assert room.refused("demarche.deliver", "JPN", id=name).rule == "joined", "an answer can be changed until then"
    room.does("demarche.join", "KOR", id=name)
    assert room.refused("demarche.withdraw", "KOR", id=name).rule == "who"
    assert room.refused("demarche.deliver", "KOR", id=name).rule == "who"
    room.does("demarche.deliver", "JPN", id=name)
    assert room.refused("demarche.withdraw", "JPN", id=name).rule == "state"
    other = proposed(room)
    room.does("demarche.withdraw", "JPN", id=other)
    assert room.room.all("demarche")[other].state == "withdrawn"
    nobody = opened_room()
    nobody.room = folded(
        nobody.room,
        Event("room.informed", "model", "all", {"id": "room", "set": {"in_force": []}}, None, 2019, "opening"),
    )
    none = nobody.refused("demarche.propose", "JPN", WORDS, of=FORUM, adversary="CHN")
    assert none.sentence == "JPN is a member of no forum or body in force; in force are none."
    assert not [o for o in allowed(nobody.room, "seat:JPN") if o.kind.startswith("demarche")]


def test_whom_the_model_plays_neither_joins_nor_hinders() -> None:
    room = opened_room("USA", "JPN", "CHN")
    name = proposed(room)
    assert not [o for o in allowed(room.room, "model") if o.kind.startswith("demarche")]
    found = room.tries("demarche.join", "model", "By law.", id=name, for_="KOR")
    assert isinstance(found, Refusal)
    assert found.sentence.startswith("The theory has no law for a joint démarche")
    room.does("demarche.join", "USA", id=name)
    room.does("demarche.deliver", "JPN", id=name)
    assert names(room.room.all("demarche")[name]) == ("USA", "JPN")


def test_the_year_ends_what_is_open() -> None:
    room = opened_room()
    one, other = proposed(room), proposed(room)
    room.does("demarche.join", "USA", id=one)
    room.does("demarche.deliver", "JPN", id=one)
    for lead in ("consult", "sit", "order", "work"):
        room.does(f"room.{lead}", "facilitator", id="room")
    assert [d.state for d in room.room.all("demarche").values()] == ["delivered", "proposed"]
    assert list(unread_of(room.room, 2019)) == [
        f"A joint démarche of the United States and Japan to China; China has not answered. {UNREAD}"
    ]
    room.does("room.debrief", "facilitator", id="room")
    states = {k: d.state for k, d in room.room.all("demarche").items()}
    assert states == {one: "unanswered", other: "withdrawn"}
    assert as_read(room, "CHN").all("demarche").keys() == {one}
    assert "Left unanswered when the year was over: the joint démarche to China in the names of" in texts(
        room, Viewer("seat", "CHN")
    )


def test_pages_offer_it_and_say_where_it_stands() -> None:
    room = opened_room()
    (form,) = (f for _, forms in other_forms(page(room, "JPN")) for f in forms if f.kind == "demarche.propose")
    assert UNREAD in form.says
    of, to = form.boxes
    assert [k for k, _ in of.choices] == [FORUM, "forum JPN,AUS"] == list(forums_of(room.room, "JPN"))
    assert to.choices == (("CHN", "China"),)
    name = proposed(room)
    assert [f.label for f in forms_of_phase(page(room, "KOR"))] == [
        "Join the démarche to China",
        "Stand aside from the démarche to China",
    ]
    says = f"Japan proposes a joint démarche to China: “{WORDS[:-1]}”. Join it, or stand aside."
    assert says in [d["words"] for d in due(page(room, "KOR"), "")]
    room.does("demarche.join", "KOR", id=name)
    assert asked(as_read(room, "KOR"), name, "KOR") == []
    again = [o for o in allowed(as_read(room, "KOR"), "seat:KOR") if o.kind == "demarche.join"]
    assert not makes_sense(room.room, "KOR", again[0])
    (stands,) = demarches(as_read(room, "KOR"), "KOR")
    assert stands["says"].endswith("proposed; joined: Japan and you; only its members read this")
    assert [f.label for f in forms_of_phase(page(room, "JPN"))] == [
        "Deliver the démarche to China in the names of Japan and South Korea"
    ]
    room.does("demarche.deliver", "JPN", id=name)
    assert [f.label for f in forms_of_phase(page(room, "CHN"))][:2] == [
        "Answer Japan and South Korea that we yield",
        "Answer Japan and South Korea that we hold",
    ]
    assert f"Japan and South Korea press you jointly: “{WORDS[:-1]}”. Answer that you yield, or that you hold." in [
        d["words"] for d in due(page(room, "CHN"), "")
    ]
    (stands,) = demarches(as_read(room, "CHN"), "CHN")
    assert stands["says"].startswith(
        "to you, in the names of Japan and South Korea · China has not answered; those members and you"
    )


def test_the_debrief_says_who_pressed_jointly_and_what_was_answered(answered: Table) -> None:
    line = f"2019: The United States and Japan pressed China jointly, in confidence: “{WORDS[:-1]}”; China holds: “We do not discuss this”"
    assert pressed_jointly(answered.room) == [line]
    assert f"- {line}." in _heard(answered.room)
    assert pressed_jointly(as_read(answered, "AUS")) == []


def test_who_erases_a_demarche_erases_what_was_delivered_of_it(answered: Table) -> None:
    """It was delivered by another: the words are said again in an event that is not of who wrote them."""
    by = {"seat:JPN": 1, "seat:USA": 2}
    log = [
        sealed(e, b"", branch=1, seq=k, now=0.0, person=3 if e.kind == "demarche.delivered" else by.get(e.actor))
        for k, e in enumerate(answered.log, 1)
    ]
    store = SimpleNamespace(branches=lambda: [SimpleNamespace(id=1)], log=lambda _: log)
    delivered = next(one.seq for one in log if one.event.kind == "demarche.delivered")
    assert copies_of(cast(Store, store), 1) == ((1, delivered),)
    assert copies_of(cast(Store, store), 2) == ()
    gone = [replace(e, words=None) if e.words == WORDS else e for e in answered.log]
    assert [d["words"] for d in demarches(seen_by(answered.form, gone, Viewer("seat", "CHN")), "CHN")] == ["(erased)"]
    room = opened_room()
    name = proposed(room)
    room.does("demarche.join", "USA", id=name)
    room.room = folded_all(opened(room.form), [replace(e, words=None) if e.words == WORDS else e for e in room.log])
    assert room.refused("demarche.deliver", "JPN", id=name).rule == "words"
