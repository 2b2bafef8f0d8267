"""The door to the local store of historical data: import, pull, status, cite."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from foedus.archive.datasets.catalogue import DATASETS, TABLES, dataset, owner
from foedus.archive.datasets.published import Table as Published
from foedus.archive.datasets.published import has_columns, header, matches, read_published, stated_version
from foedus.archive.datasets.tidy import SOURCES, TidyFolder
from foedus.archive.download import fetch
from foedus.archive.frames import pl
from foedus.archive.shelves import Incoming, Store, default_folder
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.tables import Column, Table, table

__all__ = ["Store", "cite", "default_folder", "import_folder", "pull", "recognise", "status"]


def recognise(path: Path) -> Published | None:
    """Return which table a file holds, by its name or, when it was renamed, by its columns."""
    named = [t for t in TABLES.values() if matches(path.name, t)]
    if named:
        return named[0]
    fits = [t for t in TABLES.values() if has_columns(header(path, t.preamble), t)]
    # A file may have the columns of a smaller table too: the one that asks for most is meant.
    return max(fits, key=lambda t: sum(c.needed for c in t.columns), default=None)


def import_folder(folder: Path | str, store: Store | Path | str | None = None) -> Table:
    """Import every published file of a folder that is recognised.

    Parameters
    ----------
    folder : Path or str
        Folder with published CSV files or the zip archives they come in; a folder of tidy Parquet tables also serves
        for the tables that have no published file there.
    store : Store, Path or str, optional

    Returns
    -------
    Table
        One row per file: what became of it.

    Raises
    ------
    FoedusError
        The folder does not exist or holds nothing that is known, or a file has another version, other columns, another
        encoding or rows twice. All problems of all files are named and nothing is imported.
    """
    place, held = Path(folder), _store(store)
    if not place.is_dir():
        raise fail(str(folder), "there is no such folder", "Give the folder with the downloaded files")
    with tempfile.TemporaryDirectory() as scratch:
        files = [f for f in sorted(place.rglob("*")) if f.is_file() and f.suffix.casefold() in (".csv", ".zip")]
        plain = [g for f in files for g in (_unpack(f, Path(scratch)) if f.suffix.casefold() == ".zip" else [f])]
        frames, rows = _read_all(plain)
    rows += _add_tidy(place, frames)
    if not frames:
        names = ", ".join(sorted({t.files[0] for t in TABLES.values()})[:8])
        raise fail(str(folder), "the folder holds no file of a known data set", f"Known names are such as {names}")
    held.put(frames)
    return _report(rows, held)


def _read_all(files: Sequence[Path]) -> tuple[dict[str, Incoming], list[tuple[str, str]]]:
    """Read all files, or raise every problem; of two releases of one table the one that reaches further counts."""
    frames: dict[str, Incoming] = {}
    rows: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for file in files:
        known = recognise(file)
        if known is None:
            rows.append((file.name, "not recognised"))
            continue
        try:
            frame = read_published(file, known)
        except FoedusError as error:
            problems += error.problems
            continue
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        before = frames.get(known.name)
        if before is not None and _reach(before[0]) >= _reach(frame):
            rows.append((file.name, f"passed over for {before[1]}"))
            continue
        if before is not None:
            rows = [(f, f"passed over for {file.name}" if f == before[1] else what) for f, what in rows]
        frames[known.name] = (frame, file.name, sha256, stated_version(file, known) or "not stated")
        rows.append((file.name, known.name))
    if problems:
        raise FoedusError(problems)
    return frames, rows


def _reach(frame: pl.DataFrame) -> tuple[int, int]:
    last = frame["year"].max() if "year" in frame.columns else 0
    return int(str(last or 0)), frame.height


def _add_tidy(folder: Path, frames: dict[str, Incoming]) -> list[tuple[str, str]]:
    """Add the tables of a tidy folder that no published file brought."""
    rows = []
    if (folder / SOURCES["atop_treaty"][0]).is_file():
        tidy = TidyFolder(folder)
        for name, (file, _) in SOURCES.items():
            if name not in frames and tidy.has(name):
                sha256 = hashlib.sha256((folder / file).read_bytes() + name.encode()).hexdigest()
                frames[name] = (tidy.table(name), file, sha256, f"{owner(name).version} (tidy copy)")
                rows.append((file, name))
    return rows


def _unpack(archive: Path, scratch: Path) -> list[Path]:
    """Unpack the CSV files of an archive, and of archives in it, without their folders."""
    into = Path(tempfile.mkdtemp(dir=scratch))
    found: list[Path] = []
    try:
        with zipfile.ZipFile(archive) as held:
            for member in held.infolist():
                name = Path(member.filename.replace("\\", "/")).name
                suffix = Path(name).suffix.casefold()
                if member.is_dir() or suffix not in (".csv", ".zip") or name.startswith("."):
                    continue
                (into / name).write_bytes(held.read(member))
                found += _unpack(into / name, scratch) if suffix == ".zip" else [into / name]
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError):
        raise fail(archive.name, "the archive is damaged", "Download it again") from None
    return found


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
        One row per file: what became of it.

    Raises
    ------
    FoedusError
        No such data set, one that may not be fetched, no connection, an interrupted download (the part is kept and
        the next pull goes on from there), another checksum, or a file that is not what it should be.
    """
    held = _store(store)
    wanted = [dataset(n) for n in names] or [d for d in DATASETS.values() if d.fetch]
    barred = [
        Problem(
            f"data set '{d.name}'", f"it is not fetched: {d.why_not}", f"See {d.page}, then: foedus data import DIR"
        )
        for d in wanted
        if not d.fetch
    ]
    if barred:
        raise FoedusError(barred)
    rows: list[tuple[str, str]] = []
    for each in wanted:
        got = fetch(
            each, held.folder / "downloads", base or os.environ.get("FOEDUS_MIRROR"), (checksums or {}).get(each.name)
        )
        try:
            with tempfile.TemporaryDirectory() as scratch:
                files = _unpack(got, Path(scratch)) if zipfile.is_zipfile(got) else [got]
                frames, read = _read_all(files)
            ours = {n: f for n, f in frames.items() if owner(n).name == each.name}
            if not ours:
                raise fail(got.name, f"the download holds no table of {each.title}", f"See {each.page}")
            held.put(ours)
        finally:
            got.unlink(missing_ok=True)
        rows += [r for r in read if r[1] != "not recognised"]
    return _report(rows, held)


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
    for name, published in TABLES.items():
        owned, entry = owner(name), held.get(name)
        if entry is None:
            way = "can be pulled" if owned.fetch else f"to be downloaded: {owned.page}"
            rows.append((owned.name, published.name, None, 0, None, None, owned.coverage[1], way, None, owned.licence))
        else:
            rows.append(
                (
                    owned.name,
                    name,
                    entry.version,
                    entry.rows,
                    entry.first,
                    entry.last,
                    owned.coverage[1],
                    entry.source,
                    entry.sha256,
                    owned.licence,
                )
            )
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


def _report(rows: Sequence[tuple[str, str]], held: Store) -> Table:
    entries = held.entries()
    columns = (
        Column("file"),
        Column("table", "", "table it became"),
        Column("rows"),
        Column("first", "year"),
        Column("last", "year"),
        Column("licence"),
    )
    shown: list[tuple[Any, ...]] = []
    for file, what in rows:
        entry = entries.get(what)
        if entry is None:
            shown.append((file, what, None, None, None, None))
        else:
            shown.append((file, what, entry.rows, entry.first, entry.last, owner(what).licence))
    return table("data_imported", f"Imported into {held.folder}", columns, shown)
