"""Filing: a large ensemble worked out into a folder of columns, going on from what is there."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.draws.contract import Draws, Engine, Evaluate, Progress, Rows
from foedus.draws.ensemble import fill
from foedus.draws.fileset import (
    FORMAT,
    MANIFEST,
    PARTS,
    SEAL,
    STAMP,
    UNSEALED,
    Ensemble,
    part_name,
    read_manifest,
    sealed,
    sound,
    to_json,
)
from foedus.draws.labelled import DRAW
from foedus.draws.parts import damaged, keep, read_plain, seal
from foedus.draws.sampling import Choice, Varied, design
from foedus.vocabulary.errors import fail
from foedus.vocabulary.libraries import Later
from foedus.vocabulary.tables import Column
from foedus.vocabulary.whole import refuse_missing, remove

if TYPE_CHECKING:
    import polars as pl
else:
    pl = Later("polars", "data", "an ensemble in a folder")

ELSEWHERE: Final = "move the folder to a larger disk and go on there with --output"
"""How the user names another place."""


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
        what = f"this folder holds another ensemble ({'; '.join(found[:4])})"
        how = "Give the command it was begun with, under the same version, or name another folder; nothing was changed"
        raise fail(str(folder), what, how)


@dataclass(frozen=True)
class _Filed:
    """A sink of sealed Parquet parts in a folder.

    Attributes
    ----------
    plan : Plan
    folder : Path
    head : mapping
        Everything the result depends on: the beginning of the manifest.
    known : mapping of str to str
        SHA-256 of parts by name, as far as a manifest knows them.
    """

    plan: Plan
    folder: Path
    head: Mapping[str, Any]
    known: Mapping[str, str]

    @property
    def draws(self) -> int:
        """Draws in all."""
        return self.plan.draws

    @property
    def keeps(self) -> bool:
        """Whether finished draws outlive the process: they are the folder."""
        return True

    def rows(self, chunk: int) -> Rows:
        """Return the rows of a part, shape (draws of the part, varied)."""
        return self.plan.rows(chunk)

    def path(self, part: int) -> Path:
        """Return the file of a part."""
        return self.folder / PARTS / part_name(part)

    def left(self) -> dict[int, int]:
        """Return the numbers of the parts that are not there as they were written, with the draws of each."""
        missing, spoilt = {}, []
        for k in range(self.plan.parts):
            content = read_plain(self.path(k))
            if not sound(content, k, self.head, self.known.get(part_name(k))):
                start, stop = self.plan.span(k)
                missing[k] = stop - start
                spoilt += [self.path(k)] if self.path(k).exists() else []
        if spoilt:
            damaged(spoilt[0])
        return missing

    def put(self, chunk: int, rows: Rows, block: Draws) -> None:
        """Write a part."""
        metadata = {STAMP: json.dumps(self.head, ensure_ascii=False), SEAL: UNSEALED}
        out = io.BytesIO()
        frame = self._frame(chunk, rows, block)
        frame.write_parquet(out, compression="zstd", statistics=False, metadata=metadata)
        keep(self.path(chunk), sealed(out.getvalue(), chunk), ELSEWHERE)

    def _frame(self, part: int, rows: Rows, block: Draws) -> Any:
        start, stop = self.plan.span(part)
        columns: dict[str, Any] = {DRAW.name: np.arange(start, stop, dtype=np.int64)}
        for k, v in enumerate(self.plan.varied):
            column = np.ascontiguousarray(rows[:, k])
            columns[v.label] = [v.options[int(x)] for x in column] if isinstance(v, Choice) else column
        columns |= {key: np.ascontiguousarray(block.values[:, k]) for k, key in enumerate(block.keys)}
        return pl.DataFrame(columns)

    def write_manifest(self, document: Mapping[str, Any]) -> None:
        """Write the manifest with its seal; errors as :func:`foedus.draws.parts.keep`'s."""
        keep(self.folder / MANIFEST, to_json({**document, "seal": seal(to_json(document))}), ELSEWHERE)

    def tail(self, describe: Callable[[str], Column]) -> dict[str, Any]:
        """Return what is known only at the end: every column, and the hash of every part."""
        files = [self.path(k) for k in range(self.plan.parts)]
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
        Ctrl-C, or a token that asks for it; finished parts are kept.
    FoedusError
        The folder holds something else, the disk is full, or workers were killed again and again.
    """
    refuse_missing(folder)
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
    sink = _Filed(plan, folder, json.loads(to_json(head)), (there or {}).get("parts", {}))
    if there is not None and there["complete"] and not Ensemble(folder, there).spoilt:
        return Ensemble(folder, there)
    begun = {**head, "asked": dict(asked or {})}
    sink.write_manifest({**begun, "complete": False})
    fill(sink, task, engine, progress)
    document = json.loads(to_json({**begun, "complete": True, **sink.tail(describe)}))
    sink.write_manifest(document)
    for stale in (*folder.glob(".*"), *(folder / PARTS).glob(".*")):
        remove(stale)  # what a killed run had half-written
    return Ensemble(folder, document)
