"""File sets: an ensemble of any size as Parquet parts and a manifest that says what every column is.

A part holds some hundreds of draws, one row each, and is written whole under a passing name before it gets its own.
Parts that are there are not worked out again. Nothing in a file depends on who worked it out, or when.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.draws.engines import Draws, Engine, Evaluate, stoppable, work_off
from foedus.draws.ensemble import Progress, stopped
from foedus.draws.parts import keep
from foedus.draws.sampling import Choice, Varied, design
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.libraries import Later, need
from foedus.vocabulary.tables import Column

if TYPE_CHECKING:
    import polars as pl
else:
    pl = Later("polars", "data", "an ensemble in a folder")

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
PARTS: Final = "parts"
STAMP: Final = "foedus"
"""Key of the Parquet metadata under which every part says what ensemble it is of: seed, versions, hashes, parameters."""
ABOUT: Final = ("foedus", "code", "numpy", "case", "case_sha256", "seed", "draws", "design", "result")
"""Entries of the manifest that go with the data as attributes."""

DRAW: Final = Column("draw", "", "number of the draw, from 0")


def part_size(draws: int) -> int:
    """Return how many draws make a part: about a hundred parts, of 10 to 1000 draws."""
    return max(10, min(1000, draws // 100))


@dataclass(frozen=True)
class Plan:
    """What an ensemble draws.

    Attributes
    ----------
    varied : tuple of Varied
        What the columns of the design mean.
    draws, seed : int
    """

    varied: tuple[Varied, ...]
    draws: int
    seed: int

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return -(-self.draws // part_size(self.draws))

    def span(self, part: int) -> tuple[int, int]:
        """Return the first draw of a part, and the first that no longer belongs to it."""
        size = part_size(self.draws)
        return part * size, min((part + 1) * size, self.draws)

    def rows(self, part: int) -> NDArray[np.float64]:
        """Return the rows of a part, shape (draws of the part, varied)."""
        return design(self.varied, self.draws, self.seed, *self.span(part))

    def digest(self) -> str:
        """Return a SHA-256 of labels and first rows, which tells one way to draw from another."""
        labels = json.dumps([v.label for v in self.varied]).encode()
        return sha256(labels + design(self.varied, self.draws, self.seed, 0, 16).tobytes()).hexdigest()


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
        for name in sorted(set(self.manifest.get("parts", ())) - {f.name for f in self.files}):
            raise self._spoilt(f"part {name} is missing")
        for f in self.files:
            if not _schema(f):
                raise self._spoilt(f"part {f.name} is damaged")
        whole = pl.concat([pl.scan_parquet(f) for f in self.files], how="diagonal")
        return whole.with_columns(pl.col(pl.Float64).fill_null(float("nan")))  # what only some parts have

    def to_polars(self, *columns: str) -> Any:
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
            return (lazy.select(columns) if columns else lazy).collect()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise self._spoilt("a part is damaged") from error

    def _spoilt(self, what: str) -> FoedusError:
        again = f"Give: foedus ensemble --resume {self.folder}; it is worked out again"
        return fail(str(self.folder), f"{what}, so draws would be lost", again)

    def to_pandas(self, *columns: str) -> Any:
        """Return some or all columns as a pandas data frame; errors as :meth:`to_polars`."""
        frame = self.to_polars(*columns)
        return need("pandas", "frames", "an ensemble as a pandas frame").DataFrame(
            {c: frame[c].to_numpy() for c in frame.columns}
        )

    def to_xarray(self, *columns: str) -> Any:
        """Return some or all columns as an xarray data set along ``draw``, with units; errors as :meth:`to_polars`."""
        xarray = need("xarray", "xarray", "an ensemble as an xarray data set")
        frame = self.to_polars(*(dict.fromkeys((DRAW.name, *columns)) if columns else ()))
        about = self.manifest["columns"]
        data = {
            c: (DRAW.name, frame[c].to_numpy(), {k: about[c][k] for k in ("unit", "meaning")} if c in about else {})
            for c in frame.columns
            if c != DRAW.name
        }
        kept = {k: self.manifest[k] for k in ABOUT if k in self.manifest}
        return xarray.Dataset(data, coords={DRAW.name: frame[DRAW.name].to_numpy()}, attrs=kept)

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
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        form = found["format"]
    except (ValueError, KeyError, TypeError):
        raise fail(str(path), "this manifest is damaged or none of an ensemble", "Name another folder") from None
    if form != FORMAT:
        raise fail(str(path), f"this ensemble has format {form}", f"This foedus reads format {FORMAT}")
    return found


def read_ensemble(folder: str | Path) -> Ensemble:
    """Return an ensemble that was written to a folder, also an unfinished one.

    Parameters
    ----------
    folder : str or Path

    Raises
    ------
    FoedusError
        There is none, or it is damaged.
    """
    found = read_manifest(folder)
    if found is None:
        raise fail(
            str(folder), "there is no ensemble in this folder", "Make one with: foedus ensemble CASE --output DIR"
        )
    return Ensemble(Path(folder), found)


def _differences(there: Mapping[str, Any], here: Mapping[str, Any], path: str = "") -> Iterator[str]:
    for key in here:
        was, now = there.get(key), here[key]
        if isinstance(was, Mapping) and isinstance(now, Mapping):
            yield from _differences(was, now, f"{path}{key} ")
        elif was != now:
            shown = [str(v) if len(str(v)) <= 24 else str(v)[:12] + "…" for v in (was, now)]
            yield f"{path}{key} {shown[0]} there, {shown[1]} here"


def _same_or_refuse(folder: Path, there: Mapping[str, Any], identity: Mapping[str, Any]) -> None:
    found = list(_differences(there, identity))
    if found:
        raise FoedusError(
            Problem(
                str(folder),
                f"this folder holds another ensemble ({'; '.join(found[:4])})",
                "Give the command it was begun with, under the same version, or name another folder; nothing was "
                "changed",
            )
        )


def _schema(path: Path) -> Any:
    """Return the columns of a part, nothing if it cannot be read."""
    try:
        return pl.read_parquet_schema(path)
    except (OSError, pl.exceptions.PolarsError):
        return {}


def _frame(plan: Plan, part: int, rows: NDArray[np.float64], block: Draws) -> Any:
    start, stop = plan.span(part)
    columns: dict[str, Any] = {DRAW.name: np.arange(start, stop, dtype=np.int64)}
    for k, v in enumerate(plan.varied):
        column = rows[:, k]
        columns[v.label] = (
            [v.options[int(x)] for x in column] if isinstance(v, Choice) else np.ascontiguousarray(column)
        )
    columns |= {key: np.ascontiguousarray(block.values[:, k]) for k, key in enumerate(block.keys)}
    return pl.DataFrame(columns)


def _to_json(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, indent=1, ensure_ascii=False).encode()


def _whole(path: Path, rows: int, stamp: Mapping[str, str], digest: str | None) -> bool:
    """Return whether a part is there, of this ensemble, and as it was written."""
    try:
        content = path.read_bytes()
        if digest is not None and sha256(content).hexdigest() != digest:
            return False
        ours = stamp.items() <= pl.read_parquet_metadata(io.BytesIO(content)).items()
        return bool(ours and pl.read_parquet(io.BytesIO(content)).height == rows)
    except (OSError, pl.exceptions.PolarsError):
        return False


def _finished(folder: Path, files: Sequence[Path], describe: Callable[[str], Column]) -> dict[str, Any]:
    """Return what is known only at the end: every column, and the hash of every part."""
    names = dict.fromkeys(n for f in files for n in pl.read_parquet_schema(f))
    columns = {
        n: {"unit": c.unit, "meaning": c.meaning} for n in names for c in (describe(n) if n != "draw" else DRAW,)
    }
    hashes = {f.name: sha256(f.read_bytes()).hexdigest() for f in files}
    return {"columns": columns, "parts": hashes, "result": sha256("".join(hashes.values()).encode()).hexdigest()}


def run_to_files(
    task: Evaluate,
    plan: Plan,
    folder: Path,
    identity: Mapping[str, Any],
    describe: Callable[[str], Column],
    engine: Engine,
    progress: Progress | None = None,
    asked: Mapping[str, Any] | None = None,
) -> Ensemble:
    """Work an ensemble out into a folder, going on from what is there.

    Parameters
    ----------
    task : callable
        Takes one row of the design, returns named numbers.
    plan : Plan
    folder : Path
        New, empty, or with the same ensemble begun.
    identity : mapping
        Everything the result depends on; it is the head of the manifest.
    describe : callable
        Returns unit and meaning of a column.
    engine : Engine
        The files do not depend on it.
    progress : callable, optional
        Called with (draws done, draws in all).
    asked : mapping, optional
        The question as it was asked, kept in the manifest so that it can be asked again.

    Raises
    ------
    Interrupted
        Ctrl-C or SIGTERM; finished parts are kept.
    FoedusError
        The folder holds something else, the disk is full, or workers were killed again and again.
    """
    head = {
        "format": FORMAT,
        **identity,
        "polars": pl.__version__,
        "draws": plan.draws,
        "seed": plan.seed,
        "design": plan.digest(),
        "inputs": [v.label for v in plan.varied],
    }
    there = read_manifest(folder)
    if there is not None:
        _same_or_refuse(folder, there, head)
    path_of = {k: folder / PARTS / f"{k:05d}.parquet" for k in range(plan.parts)}
    stamp = {STAMP: json.dumps(head, ensure_ascii=False)}
    known = (there or {}).get("parts", {})
    left = [
        k
        for k, path in path_of.items()
        if not _whole(path, plan.span(k)[1] - plan.span(k)[0], stamp, known.get(path.name))
    ]
    count = {"done": plan.draws - sum(plan.span(k)[1] - plan.span(k)[0] for k in left)}
    if not left and there is not None and there["complete"]:
        return Ensemble(folder, there)
    elsewhere = "move the folder to a larger disk and go on there with --output"
    head["asked"] = dict(asked or {})
    keep(folder / MANIFEST, _to_json({**head, "complete": False}), elsewhere)

    def report() -> None:
        if progress is not None:
            progress(count["done"], plan.draws)

    def finish(part: int, rows: NDArray[np.float64], block: Draws) -> None:
        out = io.BytesIO()
        _frame(plan, part, rows, block).write_parquet(out, compression="zstd", statistics=False, metadata=stamp)
        keep(path_of[part], out.getvalue(), elsewhere)
        count["done"] += len(block.values)
        report()

    report()
    try:
        with stoppable():
            work_off(task, ((k, plan.rows(k)) for k in left), engine, finish)
            tail = _finished(folder, list(path_of.values()), describe)
    except KeyboardInterrupt:
        raise stopped(count["done"], plan.draws) from None
    document = {**head, "complete": True, **tail}
    keep(folder / MANIFEST, _to_json(document), elsewhere)
    for stale in (*folder.glob(".*"), *(folder / PARTS).glob(".*")):
        stale.unlink(missing_ok=True)  # what a killed run had half-written
    return Ensemble(folder, json.loads(_to_json(document)))
