"""Whole rooms at random, with the model in them: it is never refused, and every log plays again to the same room."""

from __future__ import annotations

import random
from typing import Any

import pytest
from test_adjudicate import FORM

from foedus.council.acts import Act, Viewer
from foedus.council.fold import Room
from foedus.council.playing import Play, played_again
from foedus.council.procedures.machine import Asked
from foedus.council.sight import seen_by
from foedus.council.stepping import allowed

STATES = ("USA", "JPN", "KOR", "AUS", "CHN")
CLAUSES = (
    None,
    "form forum USA,JPN,KOR",
    "form body USA,JPN,KOR rule hub",
    "treaty JPN,KOR depth 0.5",
    "mediate JPN,KOR by USA",
    "end treaty USA,KOR",
    "admit KOR to forum USA,JPN,AUS,IND",
    "undertake KOR.free_force:0.8",
)


def value(r: random.Random, asked: Asked, room: Room) -> Any:
    """Return something for a field, mostly of the right kind."""
    if asked.kind.startswith("item:"):
        known = list(room.all(asked.kind[5:]))
        return r.choice(known) if known else "none"
    keys = (*room.in_force, "form forum USA,JPN,KOR", "treaty JPN,KOR")
    names = (*STATES, *room.treaties, *room.treaties, *room.in_force)
    made = {
        "state": r.choice(STATES),
        "states": r.sample(STATES, r.randint(1, 3)),
        "number": r.choice((-1, 0, 0.4, 1, 30, 60, 300)),
        "yes": r.random() < 0.5,
        "word": r.choice(asked.choices or ("a1", "a2", "KOR.free_force", "KOR.colour")),
        "key": r.choice(keys),
        "clause": r.choice(CLAUSES),
        "articles": [r.choice(CLAUSES) for _ in range(r.randint(1, 2))],
        "answers": {r.choice(names): r.random() < 0.7 for _ in range(r.randint(1, 3))},
        "weights": {s: r.randint(0, 2) for s in ("USA", "JPN", "KOR")},
    }
    return made[asked.kind]


def somebody_acts(r: random.Random, play: Play) -> None:
    """Let somebody do something that is open to them, or let time pass."""
    who = r.choice(("facilitator", "seat:USA", "seat:JPN", "seat:KOR", "seat:CHN"))
    offers = [o for o in allowed(play.room, who) if o.kind not in ("room.close", "room.debrief", "room.pause")]
    nouns = sorted({o.kind.partition(".")[0] for o in offers} - ({"room"} if r.random() < 0.5 else set()))
    if nouns:
        noun = r.choice(nouns)
        offer = r.choice([o for o in offers if o.kind.startswith(f"{noun}.")])
        body = {a.name: value(r, a, play.room) for a in offer.asks if a.needed or r.random() < 0.5}
        words = "Because." if offer.words == "must" or r.random() < 0.3 else None
        if offer.kind == "text.table":
            words = "\f".join(["T", *("x" for _ in body["articles"])])
        play.does(
            Act(offer.kind, who, {**body, **({"id": offer.item} if offer.item else {})}, words, key=str(len(play.log)))
        )
    if r.random() < 0.2 or not nouns:
        play.waits(r.choice((5, 30, 60, 300)))


@pytest.mark.parametrize("seed", range(6))
def test_a_room_at_random_with_the_model_in_it_comes_to_its_end(seed: int) -> None:
    r, play = random.Random(seed), Play(FORM)
    play.leads("room.open")
    for s in ("USA", "JPN", "KOR", "CHN"):
        if r.random() < 0.7:
            play.does(Act("seat.take", f"seat:{s}", {"id": s}))
    play.leads("room.begin")
    for _ in range(100):
        somebody_acts(r, play)
    room, differs = played_again(FORM, play.log)
    assert differs == ()
    assert room == play.room
    assert seen_by(FORM, play.log, Viewer("facilitator")) == play.room


def test_silence_is_broken_once_for_all_whom_the_model_plays() -> None:
    """Several governments would speak up; after the first the text is open, and nobody else is asked."""
    play = Play(FORM)
    play.leads("room.open")
    play.does(Act("seat.take", "seat:USA", {"id": "USA"}))
    play.leads("room.begin")
    members = list(FORM.states)
    play.does(Act("table.convene", "seat:USA", {"members": members, "chair": "USA"}, "All"))
    (table,) = play.room.tables
    body = {"table": table, "articles": [f"form body {','.join(members)} rule consensus"]}
    play.does(Act("text.table", "seat:USA", body, "T\fOne"))
    (text,) = play.room.texts
    play.does(Act("silence.propose", "seat:USA", {"id": text, "seconds": 60}))
    play.waits(30)
    play.waits(60)
    assert play.room.texts[text].state == "open"
    assert [e.kind for e in play.log].count("silence.broken") == 1
