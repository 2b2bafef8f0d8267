"""A room in one file: SQLite with its log ahead, every commit on disk, and one process at a time."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from foedus.council.store import lines
from foedus.council.store.chain import Logged, moment
from foedus.council.store.keeping import SCHEMA, Branch, Draft, Link, Overtaken, Upkeep, lineage
from foedus.council.store.upgrading import upgraded
from foedus.vocabulary.errors import FoedusError, fail

TABLES: Final = """
create table branch (id integer primary key, parent integer references branch, fork_seq integer not null,
  opened text not null, why text not null);
create table event (branch integer not null references branch, seq integer not null, at text not null,
  year integer not null, phase text not null, actor text not null, person integer, kind text not null,
  v integer not null, see text not null, body text not null, words text, words_hash blob, nonce blob not null,
  key text, prev blob not null, hash blob not null, primary key (branch, seq), unique (branch, key)) without rowid;
create table draft (person integer not null, place text not null, base integer not null, text text not null,
  at text not null, primary key (person, place));
create table link (id integer primary key, seat text, role text not null, secret_hash blob not null unique,
  label text not null, revoked text);
create table room (one integer primary key check (one = 1), schema integer not null, form blob not null,
  printed text not null default '', keep_days integer not null default 0);
"""
_LOCK: Final = ".lock"
_PAGE: Final = 500
"""Events read at once."""


def made(path: Path, form: bytes, now: float) -> None:
    """Make the file of a new room.

    Parameters
    ----------
    path : Path
    form : bytes
        What the room is.
    now : float
        Seconds since 1970.

    Raises
    ------
    FoedusError
        There is a file of that name, or it cannot be written.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # links are in it: for its owner alone
    except FileExistsError:
        raise fail(str(path), "there is a file of this name", "Serve it, or give another name") from None
    except FileNotFoundError:
        raise fail(
            str(path), f"there is no folder {path.parent}", "Make it first, or keep the room elsewhere"
        ) from None
    db = _connection(path)
    db.executescript(f"begin; {TABLES} commit;")
    with db:
        db.execute("insert into room (one, schema, form) values (1, ?, ?)", (SCHEMA, form))
        db.execute("insert into branch values (1, null, 0, ?, '')", (moment(now),))
    db.close()


def _connection(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=5.0, check_same_thread=False)
    for pragma in ("journal_mode=wal", "synchronous=full", "foreign_keys=on", "secure_delete=on"):
        db.execute(f"pragma {pragma}")
    return db


class InAFile:
    """A room in one file.

    Parameters
    ----------
    path : Path

    Raises
    ------
    FoedusError
        There is no such file, it is no room, a newer foedus wrote it, or another process serves it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise fail(str(path), "there is no such room", "Make one with: foedus council new")
        self._lock = threading.RLock()
        self._held, self._before = _held(path)
        try:
            upgraded(path, _connection)
            self._db = _connection(path)
            self._form = self._db.execute("select form from room").fetchone()[0]
        except FoedusError:
            os.close(self._held)
            raise
        except (sqlite3.Error, TypeError) as error:
            os.close(self._held)
            path.with_name(path.name + _LOCK).unlink(missing_ok=True)  # beside what is no room it guards nothing
            odd = "" if "not a database" in str(error) else f" ({error})"
            raise fail(str(path), f"this is no room{odd}", "Make one with: foedus council new") from None

    def form(self) -> bytes:
        """Return the form of the room."""
        return bytes(self._form)

    def _rows(self, sql: str, *words: Any) -> list[Any]:
        with self._lock:
            return self._db.execute(sql, words).fetchall()

    def _write(self, sql: str, *words: Any) -> int:
        """Write, and return the rows that changed."""
        try:
            with self._lock, self._db:
                return self._db.execute(sql, words).rowcount
        except sqlite3.Error as error:
            raise self._unwritten(error) from error

    def _unwritten(self, error: sqlite3.Error) -> FoedusError:
        return fail(str(self.path), f"it cannot be written ({error})", "Free some space, then send it again")

    def branches(self) -> tuple[Branch, ...]:
        """Return all branches, oldest first."""
        return tuple(map(lines.branch_of, self._rows(f"select {lines.BRANCH} from branch order by id")))

    def open_branch(self, branch: Branch) -> None:
        """Open a branch; its number is given."""
        self._write("insert into branch values (?, ?, ?, ?, ?)", *lines.branch_row(branch))

    def append(self, events: Sequence[Logged], spent: Sequence[tuple[int, str]] = ()) -> None:
        """Write events of one branch, and forget the drafts that became them (person and place), all or nothing.

        Raises
        ------
        Overtaken
            The branch does not end where these events begin.
        FoedusError
            They cannot be written.
        """
        marks = ", ".join("?" * len(lines.EVENT.split(", ")))
        try:
            with self._lock, self._db:
                if self._end(events[0].branch) != events[0].seq - 1:
                    raise Overtaken(str(self.path))
                self._db.executemany(f"insert into event values ({marks})", map(lines.event_row, events))
                self._db.executemany("delete from draft where person = ? and place = ?", spent)
        except sqlite3.IntegrityError:
            raise Overtaken(str(self.path)) from None
        except sqlite3.Error as error:
            raise self._unwritten(error) from error

    def _end(self, branch: int) -> int:
        """Return the last number of a branch."""
        sql = "select coalesce((select max(seq) from event where branch = b.id), b.fork_seq) from branch b where id = ?"
        found = self._db.execute(sql, (branch,)).fetchone()
        return -1 if found is None else int(found[0])

    def log(self, branch: int, after: int = 0) -> Iterator[Logged]:
        """Yield the events of a branch from its own beginning, those of its parents first, behind a number."""
        for one, last in lineage(self.branches(), branch):
            while True:
                sql = f"select {lines.EVENT} from event where branch = ? and seq > ? and seq <= ? order by seq limit ?"
                rows = self._rows(sql, one, after, last if last is not None else 2**62, _PAGE)
                yield from map(lines.event_of, rows)
                if len(rows) < _PAGE:
                    break
                after = rows[-1][1]
            after = max(after, last or 0)

    def links(self) -> tuple[Link, ...]:
        """Return all links, also those that were taken back."""
        return tuple(map(lines.link_of, self._rows(f"select {lines.LINK} from link order by id")))

    def keep_link(self, link: Link) -> None:
        """Write a link, or write it anew."""
        self._write("insert or replace into link values (?, ?, ?, ?, ?, ?)", *lines.link_row(link))

    def drafts(self, person: int) -> tuple[Draft, ...]:
        """Return what a person typed and did not send."""
        sql = f"select {lines.DRAFT} from draft where person = ? order by place"
        return tuple(map(lines.draft_of, self._rows(sql, person)))

    def keep_draft(self, draft: Draft) -> None:
        """Write a draft in place of the one before; empty text forgets it."""
        if draft.text:
            self._write("insert or replace into draft values (?, ?, ?, ?, ?)", *lines.draft_row(draft))
        else:
            self._write("delete from draft where person = ? and place = ?", draft.person, draft.place)

    def erase(self, person: int, copies: Sequence[tuple[int, int]] = ()) -> int:
        """Erase every word that a person wrote, drafts and copies too; return how many events lost theirs. The chain holds."""
        self._write("delete from draft where person = ?", person)
        copied = "update event set words = null where branch = ? and seq = ? and words is not null"
        gone = sum(self._write(copied, *at) for at in copies)
        gone += self._write("update event set words = null where person = ? and words is not null", person)
        self._rows("pragma wal_checkpoint(truncate)")  # or the words stay readable in the log ahead
        return gone

    def upkeep(self) -> Upkeep:
        """Return what was said of its keeping."""
        return Upkeep(*self._rows("select printed, keep_days from room")[0])

    def keep_upkeep(self, upkeep: Upkeep) -> None:
        """Say anew how it is kept."""
        self._write("update room set printed = ?, keep_days = ?", upkeep.printed, upkeep.keep_days)

    def alone(self) -> bool:
        """Return whether no other process serves the room: none does, since its lock is held here."""
        return True

    def listen(self, told: Callable[[str, str], None]) -> None:
        """Hear of other processes: there are none."""

    def tell(self, what: str, said: str) -> None:
        """Tell other processes: there are none."""

    def beat(self, now: float) -> None:
        """Note that the room is alive at a moment, in seconds since 1970; it need not reach the disk."""
        os.utime(self._held, (now, now))

    def last_beat(self) -> float:
        """Return when the room was last alive; 0 where nobody noted it."""
        return self._before

    def close(self) -> None:
        """Let go of it."""
        with self._lock:
            self._db.close()
        os.close(self._held)


def _held(path: Path) -> tuple[int, float]:
    """Return the lock of a room, which ends with its process, and when whoever held it last was alive."""
    found = os.open(path.with_name(path.name + _LOCK), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.read(found, 32).decode("ascii", "ignore").strip() or "unknown"
        os.close(found)
        raise fail(str(path), f"process {holder} serves this room", "Stop it first, or enter by its address") from None
    before = os.fstat(found).st_mtime if os.fstat(found).st_size else 0.0
    os.ftruncate(found, 0)
    os.write(found, f"{os.getpid()}\n".encode())
    return found, before
