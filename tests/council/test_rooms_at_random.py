"""Whole rooms at random, with the model in them: it is never refused, and every log plays again to the same room."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from test_adjudicate import FORM

from foedus.council.acts import Act, Refusal, Viewer, seat_of
from foedus.council.fold import Room
from foedus.council.playing import Play, played_again
from foedus.council.procedures.demarche import forums_of
from foedus.council.procedures.machine import PLAYED, Asked
from foedus.council.procedures.roster import MACHINES
from foedus.council.room_form import CHOICES, RoomForm, Rules
from foedus.council.sight import may_read, seen_by
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
        "hour": "14:30",
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
        body = {
            a.name: value(r, a, play.room) for a in offer.asks if a.kind != "hour" and (a.needed or r.random() < 0.5)
        }
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
    form = replace(FORM, rules=Rules(confirms="head", phases="free")) if seed % 2 else FORM
    r, play = random.Random(seed), Play(form)
    play.leads("room.open")
    for s in ("USA", "JPN", "KOR", "CHN"):
        if r.random() < 0.7:
            play.does(Act("seat.take", f"seat:{s}", {"id": s}))
    play.leads("room.begin")
    for _ in range(100):
        somebody_acts(r, play)
    room, differs = played_again(form, play.log)
    assert differs == ()
    assert room == play.room
    assert seen_by(form, play.log, Viewer("facilitator")) == play.room


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


LEADS = ("consult", "sit", "order", "work", "next", "sit", "order", "work", "debrief", "close")
SELDOM = {f"room.{v}" for v in (*LEADS, "pause")} | {
    "seat.free",
    "seat.hand",
    "seat.miss",
    "table.adjourn",
    "channel.close",
    "silence.break",
    "silence.lift",
    "demarche.yield",
    "demarche.hold",
}
"""Acts that end what others could do; in a room in which all is tried they come seldom."""
ALONE = {
    "room.hurried",
    "text.left open",
    "withdrawal.void",
    "amendment.decided",
    "treaty.renewed",
    "seat.led",
    "seat.yielded",
    "inject.put first",
    "seat.declared",
}
"""Rows that chance takes seldom; each has a test of its own."""
NEVER = {"inject.first", "seat.declare"}
"""Acts that are open at any time and lead nowhere: the walks take them; here they would only be in the way of others."""
FIRST = {
    "mediation.accept",
    "mediation.propose",
    "mediation.agree",
    "treaty.initial",
    "accession.agree",
    "demarche.join",
    "demarche.deliver",
    "orders.put",
    "orders.confirm",
}
"""Acts that take several seats to lead anywhere; they come often."""
APART = ("clock", "confirms", "phases")
"""Rules that are tried in rooms of their own."""
ROOMS = 120


def answers_of(r: random.Random, play: Play, seat: str, field: str) -> dict[str, Any]:
    """Return an answer to a field of orders that fits what the room knows."""
    room = play.room
    open_ = [t.id for t in room.treaties.values() if t.state in ("agreed", "refused") and seat in t.get("parties")]
    mine = [k for k in room.in_force if seat in k.split()[-1].split(",") or seat in k]
    others = [s for s in STATES if s != seat]
    names = {"sign": open_, "if": open_, "leave": mine, "apply": ["forum USA,JPN,AUS,IND"]}.get(field, others)
    if not names or field == "if":
        return {}
    return {name: field == "sign" or r.random() < 0.5 for name in names[:2]}


def tried(r: random.Random, play: Play, taken: Counter[str], who: str) -> None:
    """Let somebody do what was done least so far, mostly with fields that fit."""
    open_ = [o for o in allowed(play.room, who) if o.kind not in NEVER]
    offers = [o for o in open_ if o.kind not in SELDOM or r.random() < 0.07]
    if not offers:
        return
    first = [o for o in offers if o.kind in FIRST and r.random() < 0.15]
    offers = first or offers
    least = min(taken[o.kind] for o in offers)
    offer = r.choice([o for o in offers if taken[o.kind] == least] if r.random() < 0.6 else offers)
    body = {a.name: value(r, a, play.room) for a in offer.asks if a.kind != "hour" and (a.needed or r.random() < 0.5)}
    seat = who.partition(":")[2]
    body |= {a.name: answers_of(r, play, seat, a.name) for a in offer.asks if a.kind == "answers"}
    body |= {"article": "a1", "clause": None} if offer.kind == "amendment.offer" else {}
    body |= (
        {"seconds": 60 if offer.kind == "silence.propose" else r.choice((400, 900))}
        if offer.kind.startswith("silence.") and offer.asks
        else {}
    )
    body |= {"months": r.choice((0, 12))} if offer.kind == "withdrawal.notice" else {}
    body |= {"of": r.choice(forums_of(play.room, seat)), "adversary": "CHN"} if offer.kind == "demarche.propose" else {}
    words = "Because." if offer.words == "must" or r.random() < 0.3 else None
    if offer.kind == "text.table":
        body["articles"] = r.choice(
            ([None], ["treaty JPN,KOR depth 0.5"], ["mediate JPN,KOR by USA"], ["admit KOR to forum USA,JPN,AUS,IND"])
        )
        words = "T\fOne"
    full = {**body, **({"id": offer.item} if offer.item else {})}
    if not isinstance(play.does(Act(offer.kind, who, full, words, key=str(len(play.log)), person=1)), Refusal):
        taken[offer.kind] += 1


def all_sign(r: random.Random, play: Play) -> None:
    """Let every seat sign what it could, and confirm it."""
    for seat in ("USA", "JPN", "KOR"):
        name = f"{seat}:{play.room.year}"
        stands = [
            t.get("makes") for t in play.room.treaties.values() if t.state == "in force" and seat in t.get("parties")
        ]
        leave = {key: True for key in stands if key in play.room.in_force}
        body = {
            "sign": answers_of(r, play, seat, "sign"),
            "leave": leave,
            **({"id": name} if name in play.room.orders else {}),
        }
        for kind, given in (("take", {"id": name}), ("put", body), ("confirm", {"id": name})):
            play.does(Act(f"orders.{kind}", f"seat:{seat}", given, key=str(len(play.log))))


def _everybody_knows_what_became_of_what_they_know(form: RoomForm, play: Play) -> None:
    """Who acts reads that it is done, and what a seat knows of is in the state in which it knows it."""
    done = {f"{m.noun}.{row.past}" for m in MACHINES.values() for row in m.rows}
    for event in [e for e in play.log if e.kind in done]:  # others are what follows, for whom it concerns
        seat = seat_of(event.actor)
        assert seat is None or may_read(event.see, Viewer("seat", seat)), event.kind
    for seat in ("USA", "JPN", "KOR", "CHN"):
        for family, items in seen_by(form, play.log, Viewer("seat", seat)).families.items():
            there = play.room.all(family) if family != "channel" else items  # who has left one is told no more of it
            stale = [(family, i.id, i.state, there[i.id].state) for i in items.values() if i.state != there[i.id].state]
            assert not stale, (seat, stale)


def test_every_row_of_every_procedure_is_taken_by_somebody_and_every_log_plays_again() -> None:
    """Two years in which everybody tries what was tried least, under every rule, until each row of each table has been taken."""
    rows = {f"{m.noun}.{row.past}" for m in MACHINES.values() for row in m.rows} - ALONE
    taken: Counter[str] = Counter()
    for seed in range(ROOMS):
        choices = {n: known[seed % len(known)] for n, known in CHOICES.items() if n not in APART}
        clock = "plan" if seed % 10 == 9 else "facilitator"
        form = replace(FORM, rules=Rules(**choices, clock=clock), plan=dict.fromkeys(PLAYED, 60.0))
        r, play = random.Random(seed), Play(form)
        for verb in ("open", "begin"):
            play.leads(f"room.{verb}")
            for s in ("USA", "JPN", "KOR", "CHN"):
                play.does(Act("seat.take", f"seat:{s}", {"id": s}))
        play.does(Act("table.convene", "seat:USA", {"members": ["USA", "JPN", "KOR", "AUS"], "chair": "USA"}, "All"))
        for lead in LEADS if seed % 6 else ("consult", "sit", "debrief", "close"):
            for _ in range(24):
                tried(r, play, taken, r.choice(("facilitator", "seat:USA", "seat:JPN", "seat:KOR", "seat:CHN")))
                play.waits(r.choice((0, 0, 0, 0, 5, 30, 60)))
            if lead == "work" and seed % 2:
                all_sign(r, play)
            play.does(Act(f"room.{lead}", "facilitator", {"id": "room"}))
        rows -= {e.kind for e in play.log}
        _everybody_knows_what_became_of_what_they_know(form, play)
        if seed % 8 == 0:
            assert played_again(form, play.log) == (play.room, ())
        if not rows:
            return
    assert not rows, " ".join(sorted(rows))
