"""The door to the local store of historical data: import, pull, status, cite."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from foedus.archive.datasets.catalogue import DATASETS, TABLES, dataset, owner
from foedus.archive.datasets.csv_rows import header
from foedus.archive.datasets.published import Dataset, has_columns, matches, read_published, stated_version
from foedus.archive.datasets.published import Table as Published
from foedus.archive.datasets.tidy import SOURCES, TidyFolder
from foedus.archive.download import fetch
from foedus.archive.frames import pl
from foedus.archive.shelves import Incoming, Store, default_folder
from foedus.archive.unpack import unpacked
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.inputs import MOST_DATA, read_input
from foedus.vocabulary.tables import Column, Table, table

__all__ = ["REFUSED", "Store", "cite", "default_folder", "import_folder", "pull", "recognise", "status"]


REFUSED: Final = "refused"
STRANGER: Final = "not recognised"


def recognise(path: Path) -> Published | None:
    """Return which table a file holds, by its name or, when it was renamed, by its columns."""
    if not path.is_file():
        return None
    named = [t for t in TABLES.values() if matches(path.name, t)]
    fits = [t for t in TABLES.values() if has_columns(header(path, t.preamble), t)]
    meant = [t for t in named if t in fits] or ([] if fits else named)
    # A file may have the columns of a smaller table too: the one that asks for most is meant.
    return meant[0] if meant else max(fits, key=lambda t: sum(c.needed for c in t.columns), default=None)


def import_folder(folder: Path | str, store: Store | Path | str | None = None) -> Table:
    """Import every published file of a folder that is recognised; a bad one never stops the others.

    Parameters
    ----------
    folder : Path or str
        Folder with published CSV files or the zip archives they come in; a folder of tidy Parquet tables also serves
        for the tables that have no published file there.
    store : Store, Path or str, optional

    Returns
    -------
    Table
        One row per file: the table it became, or ``refused`` or ``not recognised`` and why.

    Raises
    ------
    FoedusError
        The folder does not exist, or none of its files can be imported; every problem of every file is named then.
    """
    place, held = Path(folder), _store(store)
    if not place.is_dir():
        raise fail(str(folder), "there is no such folder", "Give the folder with the downloaded files")
    read = _Read()
    with tempfile.TemporaryDirectory() as scratch:
        for file in sorted(place.rglob("*")):
            if file.suffix.casefold() in (".csv", ".zip") and not file.is_dir():
                read.file(file, Path(scratch))
    read.tidy(place)
    if read.problems and not read.frames:
        raise FoedusError(read.problems)
    if not read.frames:
        names = ", ".join(sorted({t.files[0] for t in TABLES.values()})[:8])
        raise fail(str(folder), "the folder holds no file of a known data set", f"Known names are such as {names}")
    held.put(read.frames)
    return _report(read.rows, held)


@dataclass
class _Row:
    """What became of a file."""

    file: str
    table: str
    why: str = ""


@dataclass
class _Read:
    """Files that are read one after another; each stands or falls alone."""

    frames: dict[str, Incoming] = field(default_factory=dict)
    rows: list[_Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def file(self, path: Path, scratch: Path) -> None:
        """Read a published file, or those in an archive."""
        try:
            files = unpacked(path, scratch) if path.suffix.casefold() == ".zip" else [path]
        except FoedusError as error:
            self.refuse(path.name, error)
            return
        for each in files:
            self._table(each)

    def refuse(self, name: str, error: FoedusError, table: str = REFUSED) -> None:
        """Note that a file is not imported, and why."""
        self.problems += error.problems
        more = f" ({len(error.problems)} problems)" if len(error.problems) > 1 else ""
        first = error.problems[0]
        where = first.where.partition(":")[2]
        line = f"line {where}: " if where.isdigit() else ""
        self.rows.append(_Row(name, table, f"{line}{first.what}{more}"))

    def _table(self, file: Path) -> None:
        """Read one file; of two releases of one table the one that reaches further counts."""
        known = recognise(file)
        if not file.is_file():
            try:
                read_input(file)
            except FoedusError as error:
                self.refuse(file.name, error, STRANGER)
            return
        if known is None:
            self.rows.append(_Row(file.name, STRANGER))
            return
        try:
            frame = read_published(file, known)
            sha256 = hashlib.sha256(read_input(file, MOST_DATA)).hexdigest()
        except FoedusError as error:
            # A namesake is no damaged table: its columns are those of something else.
            namesake = file.is_file() and not has_columns(header(file, known.preamble), known)
            self.refuse(file.name, error, STRANGER if namesake else REFUSED)
            return
        before = self.frames.get(known.name)
        if before is not None and _reach(before[0]) >= _reach(frame):
            self.rows.append(_Row(file.name, f"passed over for {before[1]}"))
            return
        for row in self.rows:
            if row.table == known.name:
                row.table = f"passed over for {file.name}"
        version = stated_version(file, known, _reach(frame)[0]) or "not stated"
        self.frames[known.name] = (frame, file.name, sha256, version)
        self.rows.append(_Row(file.name, known.name))

    def tidy(self, folder: Path) -> None:
        """Add the tables of a tidy folder that no published file brought."""
        if not (folder / SOURCES["atop_treaty"][0]).is_file():
            return
        held = TidyFolder(folder)
        for name, (file, _) in SOURCES.items():
            if name in self.frames or not held.has(name):
                continue
            try:
                frame = held.table(name)
                sha256 = hashlib.sha256(read_input(folder / file, MOST_DATA) + name.encode()).hexdigest()
            except FoedusError as error:
                self.refuse(file, error)
                continue
            self.frames[name] = (frame, file, sha256, f"{owner(name).version} (tidy copy)")
            self.rows.append(_Row(file, name))


def _reach(frame: pl.DataFrame) -> tuple[int, int]:
    column = next((c for c in ("year", "end") if c in frame.columns), "")
    last = frame[column].max() if column else 0
    return int(str(last or 0)), frame.height


def pull(
    names: Sequence[str] = (),
    store: Store | Path | str | None = None,
    base: str | None = None,
    checksums: Mapping[str, str] | None = None,
) -> Table:
    """Download data sets from their official addresses and import them.

    Parameters
    ----------
    names : sequence of str
        Names of data sets; by default all that may be fetched.
    store : Store, Path or str, optional
    base : str, optional
        Address to use in place of the official ones (a mirror); ``FOEDUS_MIRROR`` sets it too.
    checksums : mapping, optional
        SHA-256 that the download of a data set must have.

    Returns
    -------
    Table
        One row per file: what became of it; a data set that cannot be pulled is ``refused``, and the others go on.

    Raises
    ------
    FoedusError
        No such data set, or one that may not be fetched. When none can be pulled: no connection, an interrupted download
        (the part is kept and the next pull goes on from there), another checksum, or a file that is not what it should be.
    """
    held = _store(store)
    wanted = [dataset(n) for n in names] or [d for d in DATASETS.values() if d.fetch]
    by_hand = "See {}, then: foedus data import DIR"
    barred = [
        Problem(f"data set '{d.name}'", f"it is not fetched: {d.why_not}", by_hand.format(d.page))
        for d in wanted
        if not d.fetch
    ]
    barred += [
        Problem(f"checksum of '{n}'", "this data set is not among those that are pulled", nearest(n, names or DATASETS))
        for n in checksums or {}
        if n not in {d.name for d in wanted}
    ]
    if barred:
        raise FoedusError(barred)
    read = _Read()
    for each in wanted:
        try:
            _pull_one(each, held, base or os.environ.get("FOEDUS_MIRROR"), (checksums or {}).get(each.name), read)
        except FoedusError as error:
            read.refuse(each.name, error)
    if not any(row.table in TABLES for row in read.rows):
        raise FoedusError(read.problems)
    return _report([r for r in read.rows if r.table != STRANGER], held)


def _pull_one(wanted: Dataset, held: Store, base: str | None, sha256: str | None, read: _Read) -> None:
    """Fetch one data set and put its tables into the store."""
    got = fetch(wanted, held.folder / "downloads", base, sha256)
    own = _Read()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            files = unpacked(got, Path(scratch)) if zipfile.is_zipfile(got) else [got]
            for each in files:
                own.file(each, Path(scratch))
        ours = {n: f for n, f in own.frames.items() if owner(n).name == wanted.name}
        if not ours:
            why = f" ({own.problems[0].what})" if own.problems else ""
            raise fail(got.name, f"the download holds no table of {wanted.title}{why}", f"See {wanted.page}")
        held.put(ours)
    finally:
        got.unlink(missing_ok=True)
    read.rows += own.rows


def status(store: Store | Path | str | None = None) -> Table:
    """Return what the store holds: versions, coverage, rows and hashes, and which data sets are missing.

    Raises
    ------
    FoedusError
        The manifest is damaged.
    """
    held = _store(store).entries()
    columns = (
        Column("data_set"),
        Column("table"),
        Column("version"),
        Column("rows"),
        Column("first", "year"),
        Column("last", "year"),
        Column("coded_to", "year", "last year coded; afterwards values are unknown, not zero"),
        Column("source", "", "file it was made from"),
        Column("sha256", "", "of that file"),
        Column("licence"),
    )
    rows: list[tuple[Any, ...]] = []
    for name in TABLES:
        owned, entry = owner(name), held.get(name)
        way = "can be pulled" if owned.fetch else f"to be downloaded: {owned.page}"
        kept = (None, 0, None, None) if entry is None else (entry.version, entry.rows, entry.first, entry.last)
        came = (way, None) if entry is None else (entry.source, entry.sha256)
        rows.append((owned.name, name, *kept, owned.coverage[1], *came, owned.licence))
    return table("data_status", f"Data sets in {_store(store).folder}", columns, rows)


def cite(names: Sequence[str] = (), store: Store | Path | str | None = None) -> Table:
    """Return the citation and the terms of data sets.

    Parameters
    ----------
    names : sequence of str
        Names of data sets or tables; by default those in the store, and all when the store is empty.
    store : Store, Path or str, optional

    Raises
    ------
    FoedusError
        No such data set.
    """
    if names:
        unknown = [n for n in names if n not in DATASETS and n not in TABLES]
        if unknown:
            hint = nearest(unknown[0], DATASETS)
            raise fail(f"data set '{unknown[0]}'", "there is no such data set", hint)
        chosen = [DATASETS[n] if n in DATASETS else owner(n) for n in names]
    else:
        there = {e.dataset for e in _store(store).entries().values()}
        chosen = [d for d in DATASETS.values() if d.name in there or not there]
    columns = (Column("data_set"), Column("version"), Column("citation"), Column("licence"), Column("page"))
    rows = [(d.name, d.version, d.citation, d.licence, d.page) for d in dict.fromkeys(chosen)]
    return table("data_citations", "How to cite the data", columns, rows)


def _store(store: Store | Path | str | None) -> Store:
    return store if isinstance(store, Store) else Store(store)


def _report(rows: Sequence[_Row], held: Store) -> Table:
    entries = held.entries()
    columns = (
        Column("file"),
        Column("table", "", "table it became"),
        Column("rows"),
        Column("first", "year"),
        Column("last", "year"),
        Column("licence"),
        Column("why", "", "why it is not imported"),
    )
    shown: list[tuple[Any, ...]] = []
    for row in rows:
        entry = entries.get(row.table)
        kept = (None,) * 4 if entry is None else (entry.rows, entry.first, entry.last, owner(row.table).licence)
        shown.append((row.file, row.table, *kept, row.why))
    return table("data_imported", f"Imported into {held.folder}", columns, shown)
