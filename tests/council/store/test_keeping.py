"""What every store does alike: in a file, and on a real server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import places
import pytest

from foedus.council.store.chain import Logged, genesis, sealed, whole
from foedus.council.store.keeping import Branch, Draft, Link, Overtaken, Store, Upkeep
from foedus.council.store.postgres import OnAServer, founded
from foedus.council.store.sqlite import InAFile, made
from foedus.vocabulary.errors import FoedusError

FORM = b'{"case": "europe-1949"}'
Again = Callable[[], Store]


@pytest.fixture(params=["sqlite", "postgres"])
def again(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Again]:
    """Return what opens the same room once more, as after a stop."""
    held: list[Store] = []
    if request.param == "sqlite":
        path = tmp_path / "room.db"
        made(path, FORM, 0.0)
        opened: Callable[[], Store] = lambda: InAFile(path)  # noqa: E731
    else:
        address, name = request.getfixturevalue("server"), uuid4().hex
        founded(address, name, FORM, 0.0)
        opened = lambda: OnAServer(address, name)  # noqa: E731

    def open_() -> Store:
        while held:
            held.pop().close()
        held.append(opened())
        return held[-1]

    yield open_
    while held:
        held.pop().close()


def written(
    store: Store, count: int = 3, *, branch: int = 1, person: int | None = None, key: str = "k"
) -> list[Logged]:
    before = list(store.log(branch))
    prev, seq = (before[-1].hash, before[-1].seq) if before else (genesis(FORM), 0)
    found = []
    for k in range(count):
        one = places.said(f"{seq + k + 1}: 안녕, <b>", n=k)
        found.append(
            sealed(one, prev, branch=branch, seq=seq + k + 1, now=100.0 + k, person=person, key=f"{key}{seq + k}")
        )
        prev = found[-1].hash
    store.append(found)
    return found


def test_what_is_appended_is_there_after_opening_anew_and_the_chain_holds(again: Again) -> None:
    first = written(again(), 4)
    store = again()
    assert store.form() == FORM
    assert list(store.log(1)) == first
    assert list(store.log(1, after=3)) == first[3:]
    assert len(list(whole(store.log(1), genesis(FORM)))) == 4


def test_a_batch_is_written_whole_or_not_at_all(again: Again) -> None:
    store = again()
    first = written(store, 2)
    twice = sealed(places.said(), first[-1].hash, branch=1, seq=3, now=1.0, key="k0")
    fine = sealed(places.said(), first[-1].hash, branch=1, seq=3, now=1.0, key="new")
    after = sealed(places.said(), fine.hash, branch=1, seq=4, now=1.0, key="k1")
    for batch in ([twice], [fine, after]):
        with pytest.raises(Overtaken):
            store.append(batch)
    assert list(store.log(1)) == first


@pytest.mark.parametrize("seq", [2, 4])
def test_nobody_writes_over_another_or_beyond_the_end(again: Again, seq: int) -> None:
    store = again()
    first = written(store, 2)
    with pytest.raises(Overtaken):
        store.append([sealed(places.said(), first[-1].hash, branch=1, seq=seq, now=1.0)])
    with pytest.raises(Overtaken):
        store.append([sealed(places.said(), first[-1].hash, branch=7, seq=1, now=1.0)])


def test_a_branch_begins_where_it_left_its_parent(again: Again) -> None:
    store = again()
    first = written(store, 4)
    store.open_branch(Branch(2, 1, 2, "now", "without a table"))
    other = sealed(places.said("elsewhere"), first[1].hash, branch=2, seq=3, now=9.0)
    store.append([other])
    store.open_branch(Branch(3, 2, 1, "now", "earlier still"))
    assert [b.why for b in store.branches()] == ["", "without a table", "earlier still"]
    assert list(store.log(2)) == [*first[:2], other]
    assert list(store.log(2, after=2)) == [other]
    assert list(store.log(3)) == first[:1]
    assert list(store.log(1)) == first
    assert len(list(whole(store.log(2), genesis(FORM)))) == 3
    with pytest.raises(FoedusError, match="there is no such branch"):
        list(store.log(9))


def test_a_draft_is_kept_changed_and_forgotten_with_the_act_that_it_became(again: Again) -> None:
    store = again()
    for text, base in (("a", 1), ("ab", 2)):
        store.keep_draft(Draft(5, "channel:table", base, text, "t"))
    store.keep_draft(Draft(5, "amend:1", 1, "x", "t"))
    store.keep_draft(Draft(6, "channel:table", 1, "mine", "t"))
    store = again()
    assert [(d.place, d.base, d.text) for d in store.drafts(5)] == [("amend:1", 1, "x"), ("channel:table", 2, "ab")]
    store.append([sealed(places.said(), genesis(FORM), branch=1, seq=1, now=1.0)], [(5, "channel:table")])
    store.keep_draft(Draft(5, "amend:1", 2, "", "t"))
    assert store.drafts(5) == ()
    assert len(store.drafts(6)) == 1


def test_links_are_kept_without_their_secret(again: Again) -> None:
    store = again()
    one = Link(1, "KOR", "seat", b"\x00" * 32, "Minju")
    store.keep_link(one)
    store.keep_link(Link(2, None, "observer", b"\x01" * 32))
    gone = Link(1, "KOR", "seat", b"\x00" * 32, "Minju", "then")
    store.keep_link(gone)
    assert again().links() == (gone, Link(2, None, "observer", b"\x01" * 32))


def test_words_can_be_erased_and_the_chain_holds(again: Again) -> None:
    store = again()
    written(store, 2, person=5)
    written(store, 1, person=6)
    store.keep_draft(Draft(5, "p", 1, "unsent", "t"))
    assert store.erase(5) == 2
    store = again()
    left = list(whole(store.log(1), genesis(FORM)))
    assert [one.erased for one in left] == [True, True, False]
    assert [one.event.words for one in left[:2]] == [None, None]
    assert store.drafts(5) == ()
    assert store.erase(5) == 0
    assert store.erase(5, [(1, 3), (1, 1)]) == 1, "a copy by somebody else; what is gone already is not counted"
    assert [one.erased for one in whole(again().log(1), genesis(FORM))] == [True, True, True]


def test_a_room_knows_when_it_was_last_alive(again: Again) -> None:
    store = again()
    assert store.last_beat() == 0.0
    store.beat(1_234.5)
    assert again().last_beat() == pytest.approx(1_234.5)


def test_what_is_said_of_its_keeping_is_kept(again: Again) -> None:
    store = again()
    assert store.upkeep() == Upkeep()
    store.keep_upkeep(Upkeep("https://rooms.example", 30))
    assert again().upkeep() == Upkeep("https://rooms.example", 30)
    assert again().alone()


def test_two_processes_on_a_server_lose_nothing_and_leave_no_gap(server: str) -> None:
    founded(server, "many", FORM, 0.0)
    stores = [OnAServer(server, "many") for _ in range(4)]

    def write(store: Store, who: int) -> None:
        for k in range(10):
            while True:
                try:
                    written(store, 1, key=f"{who}.{k}.")
                    break
                except Overtaken:
                    continue

    threads = [threading.Thread(target=write, args=(s, n)) for n, s in enumerate(stores)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(list(whole(stores[0].log(1), genesis(FORM)))) == 40
    for s in stores:
        s.close()
