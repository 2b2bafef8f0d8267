"""A room of an older foedus: brought to the tables of now on a copy, its log as it was; a newer one is refused."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
import rooms

from foedus.council.actor import Actor
from foedus.council.acts import Event
from foedus.council.store import chain, upgrading
from foedus.council.store.chain import genesis, whole
from foedus.council.store.keeping import SCHEMA, Upkeep
from foedus.council.store.postgres import OnAServer, founded
from foedus.council.store.sqlite import InAFile
from foedus.vocabulary.errors import FoedusError

HEAD = "87225ec30d979a6dc7d3d3602e1cbe9716f8f4dda71294288dd923a554bfdd8c"
"""Of the log of the stored room, as the foedus that wrote it said."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a room as foedus 0.1 wrote it in November 2026, with tables of version 1."""
    path = tmp_path / "old.room"
    db = sqlite3.connect(path)
    db.execute("pragma journal_mode=wal")
    db.executescript((Path(__file__).parent / "room_1.sql").read_text(encoding="utf-8"))
    db.close()
    return path


def schema(path: Path) -> int:
    db = sqlite3.connect(path)
    found = int(db.execute("select schema from room").fetchone()[0])
    db.close()
    return found


def test_an_old_room_is_brought_to_the_tables_of_now_and_goes_on(old: Path) -> None:
    (old.parent / f".foedus-old.room-{SCHEMA}").write_text("left by one that was killed")
    store = InAFile(old)
    log = list(whole(store.log(2), genesis(store.form())))
    assert (log[-1].hash.hex(), len(log)) == (HEAD, 11)
    assert [one.event.words for one in store.log(1)][-1] == "Words of 2026: 안녕, <b>"
    assert [d.text for d in store.drafts(1)] == ["unsent"]
    assert [x.label for x in store.links()] == ["Ana", ""]
    assert store.upkeep() == Upkeep()
    actor = Actor(store, rooms.form(store))
    actor.start()
    table = next(iter(actor.room.tables))
    assert actor.room.tables[table].words["title"] == "The conference"
    actor.stop()
    store.close()
    assert schema(old) == SCHEMA
    assert sorted(p.name for p in old.parent.iterdir()) == ["old.room", "old.room.lock"]


def test_where_the_copy_cannot_be_made_the_room_stays_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old.read_bytes()
    broken = {2: f"{upgrading.IN_A_FILE[2]} this is no statement;"}
    monkeypatch.setattr(upgrading, "IN_A_FILE", broken)
    with pytest.raises(FoedusError, match="cannot be brought to the tables of now"):
        InAFile(old)
    assert old.read_bytes() == before
    assert not list(old.parent.glob(".foedus-*"))


def test_a_room_of_a_newer_foedus_is_refused_in_a_sentence(old: Path) -> None:
    db = sqlite3.connect(old)
    db.execute("update room set schema = 99")
    db.commit()
    db.close()
    with pytest.raises(FoedusError, match=r"a newer foedus wrote it \(tables of version 99, known here: 2\)"):
        InAFile(old)
    assert schema(old) == 99


def test_an_old_room_on_a_server_is_brought_to_the_tables_of_now(server: str) -> None:
    psycopg = pytest.importorskip("psycopg")
    founded(server, "old", b"{}", 0.0)
    with psycopg.connect(server, autocommit=True) as db:
        db.execute("alter table council_room drop column printed, drop column keep_days")
        db.execute("update council_room set schema = 1")
    store = OnAServer(server, "old")
    assert store.upkeep() == Upkeep()
    store.close()
    with psycopg.connect(server, autocommit=True) as db:
        db.execute("update council_room set schema = 99 where name = 'old'")
    with pytest.raises(FoedusError, match="a newer foedus wrote it"):
        OnAServer(server, "old")
    with psycopg.connect(server, autocommit=True) as db:
        db.execute("update council_room set schema = %s", (SCHEMA,))


def test_an_event_of_an_older_version_is_read_as_it_would_be_written_now(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def newer(event: Event) -> Event:
        return replace(event, body={**event.body, "since": 2}) if event.kind == "table.said" else event

    monkeypatch.setattr(chain, "VERSION", 2)
    monkeypatch.setattr(chain, "UPGRADES", {1: newer})
    store = InAFile(old)
    kept = list(store.log(1))
    log = list(whole(kept, genesis(store.form())))
    assert [one.event.body.get("since") for one in log if one.event.kind == "table.said"] == [2]
    assert [one.hash for one in log] == [one.hash for one in kept]
    assert "since" not in kept[-1].event.body, "what is kept never changes"
    monkeypatch.setattr(chain, "VERSION", 0)
    with pytest.raises(FoedusError, match=r"a newer foedus wrote it .events of version 1"):
        list(whole(store.log(1), genesis(store.form())))
    store.close()
