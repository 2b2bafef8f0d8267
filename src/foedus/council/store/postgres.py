"""A room on a PostgreSQL server, beside others: the same tables with the room in front, its row locked to write."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final
from uuid import uuid4

from foedus.council.store import lines
from foedus.council.store.chain import Logged, moment
from foedus.council.store.keeping import SCHEMA, Branch, Draft, Link, Overtaken, Upkeep, lineage
from foedus.council.store.listening import CHANNEL, PRESENCE, Listener, packed
from foedus.council.store.upgrading import ON_A_SERVER, newer
from foedus.vocabulary.errors import fail
from foedus.vocabulary.libraries import need

TABLES: Final = """
create table if not exists council_room (name text primary key, schema integer not null, form bytea not null,
  beat double precision not null default 0, printed text not null default '', keep_days integer not null default 0);
create table if not exists council_branch (room text not null references council_room on delete cascade, id integer not null,
  parent integer, fork_seq integer not null, opened text not null, why text not null, primary key (room, id));
create table if not exists council_event (room text not null, branch integer not null, seq integer not null,
  at text not null, year integer not null, phase text not null, actor text not null, person integer, kind text not null,
  v integer not null, see text not null, body text not null, words text, words_hash bytea, nonce bytea not null,
  key text, prev bytea not null, hash bytea not null, primary key (room, branch, seq), unique (room, branch, key),
  foreign key (room, branch) references council_branch on delete cascade);
create table if not exists council_draft (room text not null references council_room on delete cascade,
  person integer not null, place text not null, base integer not null, text text not null, at text not null,
  primary key (room, person, place));
create table if not exists council_link (room text not null references council_room on delete cascade, id integer not null,
  seat text, role text not null, secret_hash bytea not null, label text not null, revoked text, primary key (room, id),
  unique (room, secret_hash));
"""
_PAGE: Final = 500
_WHAT_FOR: Final = "a room on a PostgreSQL server"


def _psycopg() -> Any:
    return need("psycopg", "postgres", _WHAT_FOR)


def _connection(address: str) -> Any:
    psycopg = _psycopg()
    try:
        return psycopg.connect(address, autocommit=True, connect_timeout=5)
    except psycopg.Error as error:
        reason = (str(error).splitlines() or ["no reason given"])[0]
        raise fail(
            shown(address), f"nobody answers there as a PostgreSQL server ({reason})", "Look at --store"
        ) from None


def shown(address: str) -> str:
    """Return an address without what is secret in it: the password."""
    head, at, tail = address.rpartition("@")
    scheme, _, user = head.partition("://")
    return f"{scheme}://{user.partition(':')[0]}@{tail}" if at else address


def founded(address: str, room: str, form: bytes, now: float) -> None:
    """Make a new room on a server.

    Parameters
    ----------
    address : str
        As ``postgresql://user@host/database``.
    room : str
        Its name.
    form : bytes
    now : float
        Seconds since 1970.

    Raises
    ------
    FoedusError
        The server does not answer, or has a room of that name.
    """
    db = _connection(address)
    with db, db.transaction():
        db.execute("select pg_advisory_xact_lock(14)")  # two that make the tables at once would meet
        db.execute(TABLES + "".join(ON_A_SERVER.values()))
        if db.execute("select 1 from council_room where name = %s", (room,)).fetchone():
            raise fail(f"room '{room}'", f"there is one at {shown(address)}", "Serve it, or give another name")
        db.execute("insert into council_room (name, schema, form) values (%s, %s, %s)", (room, SCHEMA, form))
        db.execute("insert into council_branch values (%s, 1, null, 0, %s, '')", (room, moment(now)))


class OnAServer:
    """A room on a PostgreSQL server; several processes may write to it.

    Parameters
    ----------
    address, room : str

    Raises
    ------
    FoedusError
        The server does not answer, there is no such room, or a newer foedus made it.
    """

    def __init__(self, address: str, room: str) -> None:
        self._address, self._room, self._lock = address, room, threading.RLock()
        self._name = uuid4().hex[:12]  # by which its own words are known among those of others
        self._listener: Listener | None = None
        self._db = _connection(address)
        there = self._db.execute("select to_regclass('council_room')").fetchone()[0]
        sql = "select schema, form from council_room where name = %s"
        found = self._db.execute(sql, (room,)).fetchone() if there else None
        if found is None:
            self.close()
            what = f"there is none at {shown(address)}"
            raise fail(f"room '{room}'", what, "Make it with: foedus council new --store")
        schema, self._form = found
        if schema > SCHEMA:
            self.close()
            raise newer(f"room '{room}'", schema)
        if schema < SCHEMA:
            self._upgrade(schema)

    def _upgrade(self, schema: int) -> None:
        """Bring the tables and the room to those of now, all or nothing."""
        with self._transaction() as db:
            db.execute("select pg_advisory_xact_lock(14)")
            for number in range(schema + 1, SCHEMA + 1):
                db.execute(ON_A_SERVER[number])
            db.execute("update council_room set schema = %s where name = %s", (SCHEMA, self._room))

    def form(self) -> bytes:
        """Return the form of the room."""
        return bytes(self._form)

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        """A transaction; a connection that broke is made anew the next time."""
        psycopg = _psycopg()
        with self._lock:
            if self._db.closed:
                self._db = _connection(self._address)
            try:
                with self._db.transaction():
                    yield self._db
            except psycopg.errors.UniqueViolation:
                raise Overtaken(f"room '{self._room}'") from None
            except psycopg.Error as error:
                reason = (str(error).splitlines() or ["no reason given"])[0]
                what = f"the server does not take it ({reason})"
                raise fail(f"room '{self._room}'", what, "Send it again in a moment") from error

    def _rows(self, sql: str, *words: Any) -> list[Any]:
        with self._transaction() as db:
            found: list[Any] = db.execute(sql, (self._room, *words)).fetchall()
            return found

    def _write(self, sql: str, *words: Any) -> int:
        with self._transaction() as db:
            return int(db.execute(sql, (self._room, *words)).rowcount)

    def branches(self) -> tuple[Branch, ...]:
        """Return all branches, oldest first."""
        rows = self._rows(f"select {lines.BRANCH} from council_branch where room = %s order by id")
        return tuple(map(lines.branch_of, rows))

    def open_branch(self, branch: Branch) -> None:
        """Open a branch; its number is given."""
        self._write("insert into council_branch values (%s, %s, %s, %s, %s, %s)", *lines.branch_row(branch))

    def append(self, events: Sequence[Logged], spent: Sequence[tuple[int, str]] = ()) -> None:
        """Write events of one branch, and forget the drafts that became them (person and place), all or nothing.

        Raises
        ------
        Overtaken
            The branch does not end where these events begin.
        FoedusError
            They cannot be written.
        """
        marks = ", ".join(["%s"] * (1 + len(lines.EVENT.split(", "))))
        first = events[0]
        with self._transaction() as db:
            db.execute("select 1 from council_room where name = %s for update", (self._room,))
            if self._end(db, first.branch) != first.seq - 1 or self._newest(db) > first.branch:
                raise Overtaken(f"room '{self._room}'")
            rows = [(self._room, *lines.event_row(one)) for one in events]
            db.cursor().executemany(f"insert into council_event values ({marks})", rows)
            for person, place in spent:
                sql = "delete from council_draft where room = %s and person = %s and place = %s"
                db.execute(sql, (self._room, person, place))
            self._notify(db, "events", str(first.branch))

    def _notify(self, db: Any, what: str, said: str) -> None:
        db.execute("select pg_notify(%s, %s)", (CHANNEL, packed(self._room, self._name, what, said)))

    def _newest(self, db: Any) -> int:
        """Return the newest branch with an event of its own: whoever rewound the room goes on there, and all others too."""
        sql = "select coalesce(max(branch), 0) from council_event where room = %s"
        return int(db.execute(sql, (self._room,)).fetchone()[0])

    def _end(self, db: Any, branch: int) -> int:
        """Return the last number of a branch."""
        sql = "select coalesce((select max(seq) from council_event where room = b.room and branch = b.id), b.fork_seq)"
        found = db.execute(f"{sql} from council_branch b where room = %s and id = %s", (self._room, branch)).fetchone()
        return -1 if found is None else int(found[0])

    def log(self, branch: int, after: int = 0) -> Iterator[Logged]:
        """Yield the events of a branch from its own beginning, those of its parents first, behind a number."""
        for one, last in lineage(self.branches(), branch):
            while True:
                where = "room = %s and branch = %s and seq > %s and seq <= %s order by seq limit %s"
                sql = f"select {lines.EVENT} from council_event where {where}"
                rows = self._rows(sql, one, after, last if last is not None else 2**31 - 1, _PAGE)
                yield from map(lines.event_of, rows)
                if len(rows) < _PAGE:
                    break
                after = rows[-1][1]
            after = max(after, last or 0)

    def links(self) -> tuple[Link, ...]:
        """Return all links, also those that were taken back."""
        rows = self._rows(f"select {lines.LINK} from council_link where room = %s order by id")
        return tuple(map(lines.link_of, rows))

    def keep_link(self, link: Link) -> None:
        """Write a link, or write it anew."""
        new = "seat = excluded.seat, role = excluded.role, secret_hash = excluded.secret_hash"
        sql = f"on conflict (room, id) do update set {new}, label = excluded.label, revoked = excluded.revoked"
        self._write(f"insert into council_link values (%s, %s, %s, %s, %s, %s, %s) {sql}", *lines.link_row(link))
        self.tell("links", "")

    def drafts(self, person: int) -> tuple[Draft, ...]:
        """Return what a person typed and did not send."""
        sql = f"select {lines.DRAFT} from council_draft where room = %s and person = %s order by place"
        return tuple(map(lines.draft_of, self._rows(sql, person)))

    def keep_draft(self, draft: Draft) -> None:
        """Write a draft in place of the one before; empty text forgets it."""
        where = "room = %s and person = %s and place = %s"
        with self._transaction() as db:
            db.execute(f"delete from council_draft where {where}", (self._room, draft.person, draft.place))
            if draft.text:
                row = (self._room, *lines.draft_row(draft))
                db.execute("insert into council_draft values (%s, %s, %s, %s, %s, %s)", row)

    def erase(self, person: int, copies: Sequence[tuple[int, int]] = ()) -> int:
        """Erase every word that a person wrote, drafts and copies too; return how many events lost theirs. The chain holds."""
        self._write("delete from council_draft where room = %s and person = %s", person)
        sql = "update council_event set words = null where room = %s and person = %s and words is not null"
        copied = (
            "update council_event set words = null where room = %s and branch = %s and seq = %s and words is not null"
        )
        gone = sum(self._write(copied, *at) for at in copies) + self._write(sql, person)
        self.tell("words", "")
        return gone

    def remove(self) -> None:
        """Delete the room and everything in it."""
        self._write("delete from council_room where name = %s")

    def upkeep(self) -> Upkeep:
        """Return what was said of its keeping."""
        return Upkeep(*self._rows("select printed, keep_days from council_room where name = %s")[0])

    def keep_upkeep(self, upkeep: Upkeep) -> None:
        """Say anew how it is kept."""
        with self._transaction() as db:
            sql = "update council_room set printed = %s, keep_days = %s where name = %s"
            db.execute(sql, (upkeep.printed, upkeep.keep_days, self._room))

    def alone(self) -> bool:
        """Return whether no other process serves the room."""
        with self._transaction() as db:
            sql = "select pg_try_advisory_xact_lock(%s, hashtext(%s))"
            return bool(db.execute(sql, (PRESENCE, self._room)).fetchone()[0])

    def listen(self, told: Callable[[str, str], None]) -> None:
        """Have something called with what other processes that serve the room tell: what, and its words."""
        self._listener = Listener(lambda: _connection(self._address), self._room, self._name, told)
        self._listener.start()

    def tell(self, what: str, said: str) -> None:
        """Tell other processes that serve the room; nobody may hear it."""
        with self._transaction() as db:
            self._notify(db, what, said)

    def beat(self, now: float) -> None:
        """Note that the room is alive at a moment, in seconds since 1970; it need not reach the disk."""
        with self._transaction() as db:
            db.execute("set local synchronous_commit = off")
            db.execute("update council_room set beat = %s where name = %s", (now, self._room))

    def last_beat(self) -> float:
        """Return when the room was last alive; 0 where nobody noted it."""
        return float(self._rows("select beat from council_room where name = %s")[0][0])

    def close(self) -> None:
        """Let go of it."""
        if self._listener is not None:
            self._listener.stop()
        self._db.close()


def rooms(address: str) -> tuple[str, ...]:
    """Return the names of the rooms on a server; errors as :class:`OnAServer`."""
    with _connection(address) as db:
        try:
            return tuple(str(r[0]) for r in db.execute("select name from council_room order by name").fetchall())
        except _psycopg().errors.UndefinedTable:
            return ()
