"""Small rooms for tests: three states, an adversary, a public table; opened on a file, with nobody's model."""

from __future__ import annotations

import json
from pathlib import Path

from foedus.council.actor import Actor, Answer
from foedus.council.acts import FACILITATOR, Act, joined
from foedus.council.hall import Hall
from foedus.council.room_form import RoomForm, form_of
from foedus.council.store.sqlite import InAFile, made

FORM = RoomForm(
    case="europe-1949",
    first=1949,
    last=1949,
    states=("USA", "GBR", "FRA", "BEL"),
    adversaries=("RUS",),
    hub="USA",
    seats=("USA", "GBR", "FRA", "RUS"),
    title="A small room",
)


def file(folder: Path, form: RoomForm = FORM) -> Path:
    path = folder / "room.db"
    made(path, json.dumps(form.to_dict()).encode(), 0.0)
    return path


def opened(path: Path) -> InAFile:
    return InAFile(path)


def form(store: InAFile) -> RoomForm:
    return form_of(json.loads(store.form()))


def hall(path: Path) -> Hall:
    store = opened(path)
    return Hall(store, form(store), "small")


def by(seat: str, kind: str, words: str | None = None, key: str = "", saw: int | None = None, **body: object) -> Act:
    return Act(
        kind, f"seat:{seat}" if len(seat) == 3 else seat, body, words, saw, key, person=1 if len(seat) == 3 else None
    )


def done(actor: Actor, act: Act, spent: str = "") -> Answer:
    found = actor.submit(act, spent).result(10)
    assert found.refusal is None, found.refusal
    return found


def seated(actor: Actor) -> str:
    """Sit everybody down at a public table in the phase of the table; return the table's id."""
    for seat in actor.form.seats:
        done(actor, by(seat, "seat.take", id=seat))
    for verb in ("open", "begin", "sit"):
        done(actor, Act(f"room.{verb}", FACILITATOR))
    members = [s for s in actor.form.seats if s in actor.form.states]
    act = Act("table.convene", FACILITATOR, {"members": members, "chair": "USA", "public": True}, "The conference")
    return str(done(actor, act).events[0].event.body["id"])


def text(
    table: str, title: str = "A pact", article: str = "They consult.", key: str = "", clause: str | None = None
) -> Act:
    return by("USA", "text.table", joined((title, article)), key=key, table=table, articles=[clause])
