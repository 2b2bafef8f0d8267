"""Upgrading: rooms that an older foedus wrote, brought to the tables of now on a copy, and events read as they would be written now."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from foedus.council.store.keeping import SCHEMA
from foedus.vocabulary.errors import FoedusError, fail

IN_A_FILE: Final[Mapping[int, str]] = {
    2: """
alter table room add column printed text not null default '';
alter table room add column keep_days integer not null default 0;
""",
}
"""What leads to the tables of a number from those of the number before, in a file."""
ON_A_SERVER: Final[Mapping[int, str]] = {
    2: """
alter table council_room add column if not exists printed text not null default '';
alter table council_room add column if not exists keep_days integer not null default 0;
""",
}
"""The same on a server, where older rooms may stand beside newer ones: a column that is there already stays."""


def newer(where: str, schema: int) -> FoedusError:
    """Return the sentence for a room whose tables are not known here."""
    what = f"a newer foedus wrote it (tables of version {schema}, known here: {SCHEMA})"
    return fail(where, what, "Upgrade foedus, or open it where it was made")


def upgraded(path: Path, connect: Callable[[Path], sqlite3.Connection]) -> None:
    """Bring the file of a room to the tables of now: on a copy, which takes its place when it is whole.

    Parameters
    ----------
    path : Path
        Nobody else has it open.
    connect : callable
        Opens such a file.

    Raises
    ------
    FoedusError
        A newer foedus wrote it, or the copy cannot be written; the room stays as it was.
    sqlite3.Error
        It is no room.
    """
    old = connect(path)
    try:
        schema = int(old.execute("select schema from room").fetchone()[0])
        if schema > SCHEMA:
            raise newer(str(path), schema)
        if schema == SCHEMA:
            return
        copy = path.with_name(f".foedus-{path.name}-{SCHEMA}")
        copy.unlink(missing_ok=True)  # of an upgrade that was killed
        try:
            _copied(old, copy, schema, connect)
        except (sqlite3.Error, OSError) as error:
            copy.unlink(missing_ok=True)
            raise fail(
                str(path), f"it cannot be brought to the tables of now ({error})", "Free some space, then open it again"
            ) from error
    finally:
        old.close()
    for end in ("-wal", "-shm"):  # they belong to the file that goes
        path.with_name(path.name + end).unlink(missing_ok=True)
    copy.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _copied(old: sqlite3.Connection, copy: Path, schema: int, connect: Callable[[Path], sqlite3.Connection]) -> None:
    """Write the copy and upgrade it, all or nothing."""
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    new = connect(copy)
    try:
        old.backup(new)
        steps = "".join(IN_A_FILE[n] for n in range(schema + 1, SCHEMA + 1))
        new.executescript(f"begin; {steps} update room set schema = {SCHEMA}; commit;")
        if new.execute("pragma integrity_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("the copy is damaged")
        new.execute("pragma wal_checkpoint(truncate)")
    finally:
        new.close()
    with copy.open("rb") as file:
        os.fsync(file.fileno())
