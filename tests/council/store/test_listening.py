"""Two processes that serve one room on a server: each knows at once what the other wrote, and nothing is done twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from uuid import uuid4

import pytest
import rooms

from foedus.council.acts import CLOCK, MODEL, Act, Event, Viewer
from foedus.council.fold import Room
from foedus.council.hall import Hall, NoLaw
from foedus.council.setting_up import packed
from foedus.council.store.chain import genesis, whole
from foedus.council.store.postgres import OnAServer, founded


class Years(NoLaw):
    """A model that works out a year, with a word of its own; both processes ask theirs at once."""

    def year(self, room: Room) -> Sequence[Event] | None:
        if room.phase != "year" or "1949" in room.years:
            return None
        return (Event("year.worked out", MODEL, "all", {"id": "1949", "to": "worked out"}, None, 1949, "year"),)


@pytest.fixture
def halls(server: str) -> Iterator[tuple[Hall, Hall]]:
    name = uuid4().hex
    founded(server, name, packed(rooms.FORM), 0.0)
    one, other = (Hall(OnAServer(server, name), rooms.FORM, name, Years()) for _ in range(2))
    one.start()
    rooms.seated(one.actor)
    other.start()
    yield one, other
    one.stop()
    other.stop()


def soon(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < until, "the other process never heard of it"
        threading.Event().wait(0.002)


def test_what_one_process_writes_the_other_shows(halls: tuple[Hall, Hall]) -> None:
    one, other = halls
    assert not other.room.paused, "a room that another process serves goes on when a second one comes"
    table = next(iter(one.room.tables))
    told = threading.Event()
    other.listen(told.set)
    rooms.done(one.actor, Act("table.say", "seat:USA", {"id": table}, "Do you hear me?"))
    soon(lambda: other.room.tables[table].said[-1:] == one.room.tables[table].said[-1:])
    assert told.wait(60)
    for k in range(10):  # both write at once, to the end of the same log
        waiting = [
            hall.actor.submit(Act("table.say", f"seat:{seat}", {"id": table}, f"{k}", key=f"{k}"))
            for hall, seat in ((one, "USA"), (other, "GBR"))
        ]
        assert all(w.result(20).refusal is None for w in waiting)
    soon(lambda: one.actor.head == other.actor.head)
    log = list(whole(one.store.log(1), genesis(one.store.form())))
    assert [x.event.words for x in log].count("7") == 2
    secret = one.links.give("seat", "FRA")[1]
    soon(lambda: other.links.session(secret) is not None)
    session = other.links.session(secret)
    assert session is not None
    other.heard_of(session)
    soon(lambda: one.here().get("FRA") == 1)
    one.take_back(session.link.id)
    soon(lambda: other.links.session(secret) is None)
    one.rewind(one.room.count - 3, "once more")
    soon(lambda: other.actor.branch == 2 and other.room.count == one.room.count)
    assert other.sight(Viewer("observer")).count == one.sight(Viewer("observer")).count


def test_a_year_is_worked_out_once_though_both_ask_the_model(halls: tuple[Hall, Hall]) -> None:
    one, other = halls
    for verb in ("order", "work"):
        rooms.done(one.actor, Act(f"room.{verb}", "facilitator"))
    soon(lambda: "1949" in one.room.years and "1949" in other.room.years)
    rooms.done(other.actor, Act("room.pause", "facilitator", {}, "tea"))
    soon(lambda: one.room.paused)
    kinds = [x.event.kind for x in one.store.log(1)]
    assert kinds.count("year.worked out") == 1
    assert CLOCK not in {x.event.actor for x in one.store.log(1) if x.event.kind == "room.paused"}
