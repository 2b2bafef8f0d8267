"""File sets: an ensemble of any size as Parquet parts and a manifest that says what every column is.

A part holds some hundreds of draws, one row each, and bears a seal: a hash of its bytes and of its number. What does not
match is never read as if it did. Nothing in a file depends on who worked it out, or when.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from foedus.draws.labelled import DRAW, Describe, as_dataset, as_frame
from foedus.draws.parts import read_plain, seal
from foedus.vocabulary.errors import FoedusError, fail, nearest
from foedus.vocabulary.libraries import Dataset, Later, PandasFrame, PolarsFrame
from foedus.vocabulary.tables import Column

if TYPE_CHECKING:
    import polars as pl
else:
    pl = Later("polars", "data", "an ensemble in a folder")

FORMAT: Final = 2
MANIFEST: Final = "manifest.json"
PARTS: Final = "parts"
STAMP: Final = "foedus"
"""Key of the Parquet metadata under which every part says what ensemble it is of: seed, versions, hashes, parameters."""
SEAL: Final = "foedus.seal"
"""Key of the Parquet metadata for the seal of a part."""
UNSEALED: Final = "0" * 64
"""What stands there while the seal is worked out."""
ABOUT: Final = ("foedus", "code", "numpy", "case", "case_sha256", "seed", "draws", "design", "result")
"""Entries of the manifest that go with the data as attributes."""

_SEAL: Final = re.compile(re.escape(SEAL.encode()) + rb"[^0-9a-f]{1,9}([0-9a-f]{64})")


def part_name(part: int) -> str:
    """Return the name of the file of a part."""
    return f"{part:05d}.parquet"


def sealed(content: bytes, part: int) -> bytes:
    """Return the Parquet of a part with its seal in the place that was left for it."""
    before, zeros, after = content.rpartition(UNSEALED.encode())
    return before + seal(content, part).encode() + after if zeros else content


def sound(content: bytes | None, part: int, head: Mapping[str, Any], digest: str | None = None) -> bool:
    """Return whether a part is as it was written, in its own place, and of this ensemble.

    Parameters
    ----------
    content : bytes or None
        Of the file, None if it cannot be read.
    part : int
    head : mapping
        Everything the ensemble depends on, and possibly more.
    digest : str, optional
        SHA-256 of the file, if a manifest knows it.
    """
    found = list(_SEAL.finditer(content or b""))
    if content is None or not found or (digest is not None and sha256(content).hexdigest() != digest):
        return False
    start, stop = found[-1].span(1)
    if seal(content[:start] + UNSEALED.encode() + content[stop:], part).encode() != content[start:stop]:
        return False
    stamp = json.loads(pl.read_parquet_metadata(io.BytesIO(content))[STAMP])
    return bool(stamp == {k: head.get(k) for k in stamp})


@dataclass(frozen=True)
class Ensemble:
    """An ensemble on disk, whole or as far as it has come.

    Attributes
    ----------
    folder : Path
    manifest : mapping
        Seed, parameters, versions, hashes, and the meaning and unit of every column.
    """

    folder: Path
    manifest: Mapping[str, Any]

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The parts that are there, in the order of the draws."""
        known = self.manifest.get("parts")
        found = sorted((self.folder / PARTS).glob("[0-9]*.parquet"))
        return tuple(f for f in found if known is None or f.name in known)

    @property
    def complete(self) -> bool:
        """Whether every draw has been worked out."""
        return bool(self.manifest["complete"])

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the columns that were drawn."""
        return tuple(self.manifest["inputs"])

    @property
    def answers(self) -> tuple[str, ...]:
        """Names of the columns that were worked out."""
        return tuple(c for c in self.scan().collect_schema().names() if c != DRAW.name and c not in self.inputs)

    def scan(self) -> Any:
        """Return a polars LazyFrame, which reads only what is asked for.

        Raises
        ------
        FoedusError
            There are no parts yet, or one is missing or damaged.
        """
        if not self.files:
            raise fail(str(self.folder), "no part of this ensemble is finished yet", "Let it run")
        if self.spoilt:
            raise self._spoilt(self.spoilt)
        whole = pl.concat([pl.scan_parquet(f) for f in self.files], how="diagonal")
        return whole.with_columns(pl.col(pl.Float64).fill_null(float("nan")))  # what only some parts have

    @cached_property
    def spoilt(self) -> str:
        """What is wrong with the first part that is missing or not as it was written; empty if none is. Looked at once."""
        known = self.manifest.get("parts", {})
        missing = sorted(set(known) - {f.name for f in self.files})
        wrong = (f for f in self.files if not sound(read_plain(f), int(f.stem), self.manifest, known.get(f.name)))
        return f"part {missing[0]} is missing" if missing else next((f"part {f.name} is damaged" for f in wrong), "")

    def to_polars(self, *columns: str) -> PolarsFrame:
        """Return some or all columns as a polars data frame, one row per draw.

        Raises
        ------
        FoedusError
            There is no such column, or a part is missing or damaged.
        """
        lazy = self.scan()
        known = lazy.collect_schema().names()
        for c in columns:
            if c not in known:
                raise fail(f"column '{c}'", "this ensemble has no such column", nearest(c, known))
        try:
            found: PolarsFrame = (lazy.select(columns) if columns else lazy).collect()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise self._spoilt("a part is damaged") from error
        return found

    def _spoilt(self, what: str) -> FoedusError:
        again = f"Give: foedus ensemble --resume {self.folder}; it is worked out again"
        return fail(str(self.folder), f"{what}, so draws would be lost", again)

    def to_pandas(self, *columns: str) -> PandasFrame:
        """Return some or all columns as a pandas data frame, one row per draw; errors as :meth:`to_polars`."""
        return as_frame(*self._labelled(columns), "an ensemble as a pandas frame")

    def to_xarray(self, *columns: str) -> Dataset:
        """Return some or all columns as an xarray data set along ``draw``, with units; errors as :meth:`to_polars`."""
        return as_dataset(*self._labelled(columns), "an ensemble as an xarray data set")

    def _labelled(self, columns: Sequence[str]) -> tuple[dict[str, Any], Any, Describe, dict[str, Any]]:
        """Return columns, numbers of the draws, what the columns are, and what is said of the whole."""
        frame = self.to_polars(*(dict.fromkeys((DRAW.name, *columns)) if columns else ()))
        data = {c: frame[c].to_numpy() for c in frame.columns if c != DRAW.name}
        about = self.manifest["columns"]
        kept = {k: self.manifest[k] for k in ABOUT if k in self.manifest}
        return data, frame[DRAW.name].to_numpy(), lambda c: Column(c, **about.get(c, {})), kept

    def _repr_html_(self) -> str:
        m = self.manifest
        words = (
            f"{m['draws']} draws, seed {m['seed']}, {len(self.files)} parts{'' if self.complete else ', unfinished'}"
        )
        return f"<p><strong>{escape(str(self.folder))}</strong>: {escape(words)}</p>"


def read_manifest(folder: str | Path) -> dict[str, Any] | None:
    """Return the manifest of a file set, None if the folder is not there or empty.

    Raises
    ------
    FoedusError
        The folder holds something else, or the manifest is damaged or of another format.
    """
    place = Path(folder)
    path = place / MANIFEST
    if not place.exists():
        return None
    if not place.is_dir():
        raise fail(str(place), "this is a file, not a folder", "Name another place")
    if not path.exists():
        if any(place.iterdir()):
            raise fail(str(place), "this folder holds something else, no ensemble", "Name another, or a new one")
        return None
    damage = fail(str(path), "this manifest is damaged or none of an ensemble", "Name another folder")
    try:
        found: dict[str, Any] = json.loads(read_plain(path) or b"")
        form = found["format"]
        kept = {k: v for k, v in found.items() if k != "seal"}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise damage from None
    if form != FORMAT:
        raise fail(str(path), f"this ensemble has format {form}", f"This foedus reads format {FORMAT}")
    if found.get("seal") != seal(to_json(kept)):
        raise damage
    return kept


def to_json(document: Mapping[str, Any]) -> bytes:
    """Return a manifest as it is written, without its seal."""
    return json.dumps(document, indent=1, ensure_ascii=False).encode(errors="backslashreplace")


def read_ensemble(folder: str | Path) -> Ensemble:
    """Return an ensemble that was written to a folder, also an unfinished one.

    Parameters
    ----------
    folder : str or Path

    Raises
    ------
    FoedusError
        There is none, or it is damaged.

    Examples
    --------
    >>> import foedus, tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     kept = foedus.ensemble("asia-1953", f"{place}/kept", draws=4, workers=1)
    ...     frame = foedus.read_ensemble(f"{place}/kept").to_polars("draw", "forms|body||probability")
    >>> frame.shape
    (4, 2)
    """
    found = read_manifest(folder)
    if found is None:
        raise fail(
            str(folder), "there is no ensemble in this folder", "Make one with: foedus ensemble CASE --output DIR"
        )
    return Ensemble(Path(folder), found)
