"""Tables on disk: one Parquet file per table and a manifest that says what each one is.

A table enters the store whole or not at all: files are written under a new name first, then the manifest, which names
the files that count, is replaced in one step. An import or a download that is cut off leaves the store as it was.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from foedus.archive.datasets.catalogue import TABLES, owner
from foedus.archive.frames import pl
from foedus.vocabulary.errors import FoedusError, fail
from foedus.vocabulary.inputs import MOST_DATA, read_input
from foedus.vocabulary.libraries import need
from foedus.vocabulary.whole import passing

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
_LOCK: Final = ".lock"
_STALE: Final = 600.0
"""Seconds after which a lock was left behind by an import that was cut off; imports take seconds."""

Incoming = tuple["pl.DataFrame", str, str, str]
"""A table on its way in: the frame, the name of its file, the SHA-256 of the file and the version."""


@dataclass(frozen=True)
class Entry:
    """What the store knows about one of its tables."""

    table: str
    dataset: str
    version: str
    source: str
    """Name of the file it was made from."""
    sha256: str
    """Of that file."""
    parquet: str
    """File in the store."""
    rows: int
    first: int | None
    last: int | None
    """First and last year with a row."""
    imported: str
    """Date of the import."""
    content: str = ""
    """SHA-256 of the file in the store; empty in stores of before it was kept."""


def default_folder() -> Path:
    """Return the folder of the store: ``FOEDUS_DATA``, else the data folder of the user."""
    chosen = os.environ.get("FOEDUS_DATA")
    if chosen:
        return Path(chosen)
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "foedus" / "data"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "foedus"


class Store:
    """A local store of tables.

    Parameters
    ----------
    folder : Path or str, optional
        Where it is; by default :func:`default_folder`. It is made when something is imported.
    """

    def __init__(self, folder: Path | str | None = None) -> None:
        self.folder = Path(folder) if folder is not None else default_folder()

    def entries(self) -> dict[str, Entry]:
        """Return what is in the store, by table.

        Raises
        ------
        FoedusError
            The manifest is damaged or of another format.
        """
        path = self.folder / MANIFEST
        try:
            content = read_input(path)
        except FoedusError as error:
            if not os.path.lexists(path):
                return {}
            raise fail(str(path), f"the manifest of the store: {error.problems[0].what}", "Import again") from None
        try:
            held = json.loads(content)
            if held["format"] != FORMAT:
                raise fail(str(path), f"the store has format {held['format']}", f"This foedus reads format {FORMAT}")
            found = {name: Entry(**entry) for name, entry in held["tables"].items()}
            # What the manifest names lies in the store: nothing else is read or removed by its word.
            if any(n not in TABLES or Path(e.parquet).name != e.parquet for n, e in found.items()):
                raise ValueError
            if "seal" in held and held["seal"] != _seal(held["tables"]):
                raise ValueError
            return found
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise fail(str(path), "the manifest of the store is damaged", "Delete it and import again") from None

    def has(self, name: str) -> bool:
        """Return whether a table is in the store."""
        return name in self.entries()

    def table(self, name: str) -> pl.DataFrame:
        """Return a table.

        Raises
        ------
        FoedusError
            The table is not in the store, or its file is missing or was changed from outside.
        """
        entry = self.entries().get(name)
        if entry is None:
            owned = owner(name)
            how = f"Run: foedus data pull {owned.name}" if owned.fetch else f"Download it from {owned.page} and import"
            raise fail(f"table '{name}'", f"{owned.title} is not in the store {self.folder}", how)
        try:
            return pl.read_parquet(io.BytesIO(self._content(entry)))
        except (OSError, pl.exceptions.PolarsError):
            raise fail(str(self.folder / entry.parquet), "the table cannot be read", "Import it again") from None

    def _content(self, entry: Entry) -> bytes:
        """Return the file of a table, as it was imported."""
        path = self.folder / entry.parquet
        content = read_input(path, MOST_DATA)
        if entry.content and sha256(content).hexdigest() != entry.content:
            raise fail(str(path), "the table is not as it was imported", "Import it again")
        return content

    def query(self, sql: str) -> pl.DataFrame:
        """Ask all tables in SQL, through DuckDB.

        Parameters
        ----------
        sql : str
            A query; the tables have their names in the store. It reaches no file and no address.

        Raises
        ------
        FoedusError
            DuckDB is not installed, or refuses the query; or a table was changed from outside.
        """
        duckdb = need("duckdb", "data", "SQL on the store")
        # The tables are copied in; after that the query can neither read nor write any file, nor load anything.
        asked = [name for name in self.entries() if re.search(rf"\b{re.escape(name)}\b", sql, re.IGNORECASE)]
        if not sql.strip():
            raise fail("SQL on the store", "the query is empty", "Write for example: SELECT * FROM capabilities")
        with duckdb.connect() as connection:
            try:
                for name in asked:
                    entry = self.entries()[name]
                    self._content(entry)
                    place = str((self.folder / entry.parquet).absolute())
                    connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM read_parquet(?)', [place])
                connection.execute("SET enable_external_access = false")
                connection.execute("SET lock_configuration = true")
                result = connection.execute(sql)
                names = [d[0] for d in result.description or ()]
                return pl.DataFrame(result.fetchall(), schema=names, orient="row", infer_schema_length=None)
            except (duckdb.Error, pl.exceptions.PolarsError) as error:
                first = next(iter(str(error).splitlines()), "no reason given")
                raise fail("SQL on the store", first, "Mend the query") from None

    def put(self, frames: Mapping[str, Incoming]) -> dict[str, Entry]:
        """Put tables into the store, all of them or none.

        Parameters
        ----------
        frames : mapping
            Per table the frame, the name of its file, the SHA-256 of the file and the version.

        Returns
        -------
        dict
            The new entries.

        Raises
        ------
        FoedusError
            Another import is under way, or the folder cannot be written.
        """
        new: dict[str, Entry] = {}
        with self._locked():
            held = self.entries()
            for name, (frame, source, of_file, version) in frames.items():
                year = next((c for c in ("year", "start", "entry_year", "begin_year") if c in frame.columns), "")
                last = "end" if "end" in frame.columns else year
                low, high = (frame[year].min(), frame[last].max()) if year else (None, None)
                file = f"{name}-{of_file[:12]}.parquet"
                _replace(self.folder / file, frame.write_parquet)
                first, until = (None if end is None else int(str(end)) for end in (low, high))
                about = (name, owner(name).name, version, source, of_file, file, frame.height, first, until)
                seal = sha256(read_input(self.folder / file, MOST_DATA)).hexdigest()
                new[name] = Entry(*about, datetime.now(UTC).date().isoformat(), seal)
            kept = {**held, **new}
            told = {n: asdict(e) for n, e in sorted(kept.items())}
            manifest = {"format": FORMAT, "tables": told, "seal": _seal(told)}
            _replace(
                self.folder / MANIFEST,
                lambda path: path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False), encoding="utf-8"),
            )
            named = {e.parquet for e in kept.values()}
            for stale in self.folder.glob("*.parquet"):
                if stale.name not in named:
                    with contextlib.suppress(OSError):
                        stale.unlink()
        return new

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other imports out while the store changes."""
        lock = self.folder / _LOCK
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileNotFoundError):
                if time.time() - lock.stat().st_mtime > _STALE:
                    lock.unlink()
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError:
            what = "another import is under way, or one was cut off a moment ago"
            raise fail(str(self.folder), what, f"Wait; if none runs, delete {lock}") from None
        except OSError as error:
            raise fail(str(self.folder), f"the store cannot be written ({error.strerror})", "Choose a folder") from None
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def _seal(tables: Mapping[str, Any]) -> str:
    """Return the hash of what a manifest says, so that a number changed in it is not taken for the coverage of a table."""
    return sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()


def _replace(path: Path, write: Callable[[Path], Any]) -> None:
    """Write a file under a passing name in the same folder and put it in its place in one step."""
    try:
        with passing(path) as hidden:
            write(hidden)
    except (OSError, pl.exceptions.PolarsError) as error:  # polars has a word of its own for a full disk
        said = getattr(error, "strerror", None) or str(error).splitlines()[0][:120]
        raise fail(str(path), f"the file cannot be written ({said})", "Check the free space") from None
