"""The writer of a room: every act once, in order, on disk before it is answered, whatever happens in between."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
import rooms

from foedus.council.actor import Actor, Answer
from foedus.council.acts import FACILITATOR, Act, Viewer
from foedus.council.store.chain import genesis, seconds_of, whole
from foedus.council.store.keeping import Draft
from foedus.council.store.sqlite import InAFile
from foedus.vocabulary.errors import FoedusError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return rooms.file(tmp_path)


class Clock:
    """A wall clock that tests set."""

    def __init__(self) -> None:
        self.at = 1_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def actor(path: Path) -> Iterator[Actor]:
    store = rooms.opened(path)
    found = Actor(store, rooms.form(store))
    found.start()
    yield found
    found.stop()
    store.close()


def test_an_act_is_answered_when_it_is_on_disk_and_a_repeated_one_with_the_first_answer(actor: Actor) -> None:
    table = rooms.seated(actor)
    first = rooms.done(actor, rooms.text(table, key="mine"))
    assert list(actor.store.log(1))[-1] == first.events[-1]
    count = actor.room.count
    again = rooms.done(actor, rooms.text(table, key="mine"))
    assert again.events[0] == first.events[0]
    assert actor.room.count == count
    assert len(actor.room.texts) == 1


def test_a_key_is_its_persons_own(actor: Actor) -> None:
    table = rooms.seated(actor)
    rooms.done(actor, Act("table.say", "seat:USA", {"id": table}, "one", key="k", person=1))
    other = rooms.done(actor, Act("table.say", "seat:GBR", {"id": table}, "two", key="k", person=2))
    assert other.events[0].event.words == "two"


def test_what_is_refused_leaves_no_event_and_says_what_would_be_allowed(actor: Actor) -> None:
    before = actor.room.count
    found = actor.submit(rooms.by("GBR", "table.convene", "x", members=["USA", "GBR"])).result(10)
    assert found.refusal is not None
    assert "the room is in set up" in found.refusal.sentence
    assert (found.events, actor.room.count) == ((), before)


def test_what_comes_in_together_is_one_commit_in_the_order_it_came(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = rooms.seated(actor)
    batches: list[int] = []
    append = InAFile.append

    def slow(self: InAFile, events: list[object], spent: object = ()) -> None:
        batches.append(len(events))
        time.sleep(0.02)
        append(self, events, spent)  # type: ignore[arg-type]

    monkeypatch.setattr(InAFile, "append", slow)
    asked: list[Future[Answer]] = [
        actor.submit(rooms.by("USA", "table.say", f"{k}", key=f"s{k}", id=table)) for k in range(100)
    ]
    numbers = [f.result(10).events[0].seq for f in asked]
    assert numbers == list(range(numbers[0], numbers[0] + 100))
    assert max(batches) > 20
    assert [s.words for s in actor.room.tables[table].said] == [f"{k}" for k in range(100)]


def test_a_draft_goes_with_the_act_that_it_became(actor: Actor) -> None:
    table = rooms.seated(actor)
    actor.store.keep_draft(Draft(1, "say", 1, "Good morn", "t"))
    rooms.done(actor, rooms.by("USA", "table.say", "Good morning", key="k", id=table), "say")
    assert actor.store.drafts(1) == ()


def test_a_store_that_cannot_be_written_says_so_and_nothing_is_half_done(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = rooms.seated(actor)
    before = actor.room

    def full(self: InAFile, events: object, spent: object = ()) -> None:
        raise FoedusError(self._unwritten(Exception("disk full")).problems)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(InAFile, "append", full)
        with pytest.raises(FoedusError, match="disk full"):
            actor.submit(rooms.text(table, key="k")).result(10)
        assert actor.room is before
    assert len(rooms.done(actor, rooms.text(table, key="k")).events) == 1
    assert len(actor.room.texts) == 1


def test_the_clock_does_what_falls_due_and_a_break_before_the_hour_counts(path: Path) -> None:
    store = rooms.opened(path)
    actor = Actor(store, rooms.form(store))
    actor.start()
    table = rooms.seated(actor)
    text = str(rooms.done(actor, rooms.text(table, key="t")).events[0].event.body["id"])
    rooms.done(actor, rooms.by("USA", "silence.propose", key="p", id=text, seconds=30))
    shift = actor._anchor
    actor._anchor = (shift[0] + 31, shift[1])  # half a minute later: nobody objected
    for _ in range(100):
        if actor.room.texts[text].state == "silent":
            break
        time.sleep(0.05)
    until = actor.room.texts[text].until
    assert until is not None
    job = actor.submit(rooms.by("GBR", "silence.break", "Not like this", key="b", id=text))
    assert job.result(10).refusal is None
    assert actor.room.texts[text].state == "open"
    actor.stop()
    store.close()


def test_after_a_stop_the_room_is_paused_and_deadlines_have_not_run(path: Path) -> None:
    clock = Clock()
    store = rooms.opened(path)
    actor = Actor(store, rooms.form(store), wall=clock)
    actor.start()
    table = rooms.seated(actor)
    text = str(rooms.done(actor, rooms.text(table, key="t")).events[0].event.body["id"])
    until = rooms.done(actor, rooms.by("USA", "silence.propose", key="p", id=text)).events[0].event.body["until"]
    actor.stop()
    store.close()
    clock.at += 3600.0
    store = rooms.opened(path)
    actor = Actor(store, rooms.form(store), wall=clock)
    actor.start()
    assert actor.room.paused
    said = actor.sights.whole.events[-1].event
    assert said.actor == "clock"
    assert "The server was away for 60.0 minutes." in (said.words or "")
    time.sleep(0.6)
    assert actor.room.texts[text].state == "proposed"
    rooms.done(actor, Act("room.resume", FACILITATOR))
    moved = actor.room.texts[text].until
    assert moved is not None
    assert 3595 < moved - until < 3610
    actor.stop()
    store.close()


def test_a_clock_that_is_set_back_moves_nothing_back(path: Path) -> None:
    clock = Clock()
    store = rooms.opened(path)
    actor = Actor(store, rooms.form(store), wall=clock)
    actor.start()
    rooms.seated(actor)
    actor.stop()
    store.close()
    clock.at -= 86_400.0
    store = rooms.opened(path)
    actor = Actor(store, rooms.form(store), wall=clock)
    actor.start()
    rooms.done(actor, Act("room.resume", FACILITATOR))
    at = [seconds_of(one.at) for one in store.log(1)]
    assert at == sorted(at)
    actor.stop()
    store.close()


def test_a_rewind_goes_on_from_an_earlier_event_and_the_old_branch_stays(actor: Actor) -> None:
    table = rooms.seated(actor)
    at = actor.room.count
    rooms.done(actor, rooms.text(table, key="t"))
    actor.rewind(at, "wrong text")
    assert actor.branch == 2
    assert len(actor.room.texts) == 0
    rooms.done(actor, rooms.text(table, title="Another", key="t"))
    assert len(list(actor.store.log(1))) == at + 1
    assert [e.event.kind for e in whole(actor.store.log(2), genesis(actor.store.form()))][at:] == [
        "room.rewound",
        "text.tabled",
    ]
    actor.fork(at, "to look at")
    assert Actor(actor.store, actor.form).branch == 2  # a fork that nobody entered is not where the room was left
    with pytest.raises(FoedusError, match="there is no such event"):
        actor.fork(999, "")


def test_erased_words_are_gone_from_the_room_too(actor: Actor) -> None:
    table = rooms.seated(actor)
    rooms.done(actor, rooms.by("USA", "table.say", "a private thing", key="k", id=table))
    assert actor.erase(1) == 1
    assert actor.sights.of(Viewer("seat", "GBR")).room.tables[table].said == ()
    assert all("private" not in str(one.event) for one in actor.sights.whole.events)


SERVER = """
import sys, threading
import rooms
from pathlib import Path
from foedus.council.actor import Actor
from foedus.council.acts import Act, FACILITATOR
store = rooms.opened(Path(sys.argv[1]))
actor = Actor(store, rooms.form(store))
actor.start()
if actor.room.paused:
    rooms.done(actor, Act("room.resume", FACILITATOR))
table = next(iter(actor.room.tables), None) or rooms.seated(actor)
print("ready", flush=True)
for line in sys.stdin:
    key = line.strip()
    done = actor.submit(rooms.by("USA", "table.say", f"words {key}", key=key, id=table))
    done.add_done_callback(lambda f, key=key: (print(key, flush=True) if f.exception() is None else None))
"""


def test_killed_between_commit_and_answer_every_act_is_there_once_and_can_be_sent_again(path: Path) -> None:
    rng = random.Random(7)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    sent, told = 0, set()
    for _ in range(int(os.environ.get("FOEDUS_KILLS", "4"))):
        run = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env
        )
        assert run.stdin is not None
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
        again = [k for k in range(sent) if k not in told]  # what was never answered is sent again with the same key
        killer = threading.Timer(0.02 + 0.2 * rng.random(), run.send_signal, [signal.SIGKILL])
        killer.start()
        try:
            for k in [*again, *range(sent, sent + 400)]:
                run.stdin.write(f"{k}\n")
                run.stdin.flush()
                sent = max(sent, k + 1)
                time.sleep(0.0005)
        except BrokenPipeError:
            pass
        killer.join()
        told |= {int(s) for s in run.stdout.read().split()}
        run.wait()
        store = rooms.opened(path)
        log = list(whole(store.log(1), genesis(store.form())))
        store.close()
        there = [int(str(one.key).partition(":")[2]) for one in log if one.event.kind == "table.said"]
        assert len(set(there)) == len(there)
        assert told <= set(there)
    assert len(told) > 20
