"""What holds for a room in a file: its lock, its version, words that are gone, and a process killed at any moment."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import places
import pytest

from foedus.council.acts import Event
from foedus.council.store.chain import genesis, sealed, whole
from foedus.council.store.sqlite import InAFile, made
from foedus.vocabulary.errors import FoedusError

FORM = b"{}"
HERE = Path(__file__).parent

WRITER = """
import sys
import places
from foedus.council.store.chain import genesis, sealed
from foedus.council.store.sqlite import InAFile
from pathlib import Path
store = InAFile(Path(sys.argv[1]))
log = list(store.log(1))
prev, seq = (log[-1].hash, log[-1].seq) if log else (genesis(b"{}"), 0)
while True:
    batch = []
    for k in range(1 + seq % 3):
        batch.append(sealed(places.said(f"line {seq + 1}"), prev, branch=1, seq=seq + 1, now=float(seq), key=f"k{seq + 1}"))
        prev, seq = batch[-1].hash, seq + 1
    store.append(batch)
    print(seq, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "room.db"
    made(found, FORM, 0.0)
    return found


def test_a_room_is_for_its_owner_alone_and_made_once(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FoedusError, match="there is a file of this name"):
        made(path, FORM, 0.0)


def test_one_process_serves_a_room_and_the_other_is_told_which(path: Path) -> None:
    store = InAFile(path)
    with pytest.raises(FoedusError, match=f"process {os.getpid()} serves this room"):
        InAFile(path)
    store.close()
    InAFile(path).close()


def test_what_is_no_room_and_what_is_newer_is_refused_in_a_sentence(path: Path, tmp_path: Path) -> None:
    with pytest.raises(FoedusError, match="there is no such room"):
        InAFile(tmp_path / "none.db")
    (tmp_path / "words.db").write_text("words" * 400)
    with pytest.raises(FoedusError, match="this is no room"):
        InAFile(tmp_path / "words.db")
    with sqlite3.connect(path) as db:
        db.execute("update room set schema = 99")
    db.close()
    with pytest.raises(FoedusError, match="a newer foedus wrote it"):
        InAFile(path)
    with pytest.raises(FoedusError, match="a newer foedus wrote it"):  # and the lock was let go of
        InAFile(path)


@pytest.mark.parametrize(
    "body", ['{"id":"u"}', '{"id": "t"}', '{"id":"t"} ', '{"id":"t","id":"t"}', '{"id":"t"', "words", ""]
)
def test_a_body_that_was_changed_on_the_disk_by_a_letter_is_said_to_be(path: Path, body: str) -> None:
    store = InAFile(path)
    store.append(
        [
            sealed(
                Event("table.said", "seat:USA", "all", {"id": "t"}, "so", 1949, "table"),
                genesis(FORM),
                branch=1,
                seq=1,
                now=0.0,
            )
        ]
    )
    assert [one.written for one in whole(store.log(1), genesis(FORM))] == ['{"id":"t"}']
    with sqlite3.connect(path) as db:
        db.execute("update event set body = ?", (body,))
    db.close()
    with pytest.raises(FoedusError, match="event 1: it is not what was written there"):
        list(whole(store.log(1), genesis(FORM)))
    store.close()


def test_a_commit_is_on_disk_when_it_is_acknowledged(path: Path) -> None:
    store = InAFile(path)
    assert store._rows("pragma synchronous") == [(2,)]
    assert store._rows("pragma journal_mode") == [("wal",)]
    store.close()


def test_erased_words_are_in_no_byte_of_the_files(path: Path) -> None:
    store = InAFile(path)
    prev = genesis(FORM)
    for k in range(30):
        one = sealed(places.said(f"a private thing ({k})"), prev, branch=1, seq=k + 1, now=0.0, person=1 + k % 2)
        store.append([one])
        prev = one.hash
    assert store.erase(1) == 15
    kept = b"".join(p.read_bytes() for p in path.parent.glob("room.db*"))
    assert all(f"a private thing ({k})".encode() not in kept for k in (0, 2, 20))
    assert b"a private thing (1)" in kept
    store.close()


def test_killed_at_any_moment_everything_acknowledged_is_there_once(path: Path) -> None:
    rng = random.Random(14)
    told = 0
    for _ in range(int(os.environ.get("FOEDUS_KILLS", "8"))):
        run = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])},
        )
        assert run.stdout is not None
        told = max(told, int(run.stdout.readline()))
        time.sleep(rng.random() * 0.05)
        run.send_signal(signal.SIGKILL)
        told = max([told, *map(int, run.stdout.read().split())])
        run.wait()
        store = InAFile(path)
        log = list(whole(store.log(1), genesis(FORM)))
        store.close()
        assert log[-1].seq >= told
        assert [one.key for one in log] == [f"k{k + 1}" for k in range(len(log))]
    assert told > 20
