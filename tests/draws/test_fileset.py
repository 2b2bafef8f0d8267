"""File sets: the same bytes from every engine, nothing lost, and a sentence for every folder that is not one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from draws.tasks import DiesOnce, Sums
from foedus.draws.engines import engine_of
from foedus.draws.ensemble import Interrupted
from foedus.draws.fileset import UNSEALED, Ensemble, read_ensemble, sealed, to_json
from foedus.draws.filing import Plan, part_size, run_to_files
from foedus.draws.local import Serial
from foedus.draws.sampling import Choice, Uncertainty, design
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.tables import Column

pl = pytest.importorskip("polars", reason="large ensembles need the extra 'data'")
ROOT = Path(__file__).parents[2]
VARIED = (Uncertainty("x", "x", 0.0, 0.4, 1.0), Uncertainty("y", "y", 1.0, 2.0, 8.0, True), Choice("start", ("a", "b")))
SAME: dict[str, Any] = {"foedus": "1", "code": "abc", "case": "none"}


def run(folder: Path, draws: int = 55, seed: int = 1, task: Any = None, **more: Any) -> Ensemble:
    identity = {**SAME, **more.pop("identity", {})}
    engine = more.pop("engine", Serial())
    return run_to_files(
        task or Sums(),
        Plan(VARIED, draws, seed),
        folder,
        identity,
        lambda c: Column(c, "u", f"the {c}"),
        engine,
        **more,
    )


def fingerprints(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}


def stop_at(draws: int) -> Callable[[int, int], None]:
    def stop(done: int, total: int) -> None:
        if done >= draws:
            raise KeyboardInterrupt

    return stop


def test_a_file_set_says_everything_about_itself(tmp_path: Path) -> None:
    found = run(tmp_path / "e", asked={"case": "none"})
    rows = design(VARIED, 55, 1)
    frame = found.to_polars()
    assert frame.columns == ["draw", "x", "y", "start", "sum", "odd"]
    np.testing.assert_array_equal(frame["draw"], np.arange(55))
    np.testing.assert_array_equal(frame["x"], rows[:, 0])
    assert frame["start"].to_list() == [("a", "b")[int(k)] for k in rows[:, 2]]
    np.testing.assert_array_equal(frame["sum"], rows.sum(axis=1))
    np.testing.assert_array_equal(frame["odd"].is_nan(), rows[:, 0] <= 0.5)
    manifest = json.loads((tmp_path / "e" / "manifest.json").read_text())
    assert manifest["complete"]
    assert manifest["columns"]["sum"] == {"unit": "u", "meaning": "the sum"}
    assert (manifest["seed"], manifest["draws"], manifest["asked"]) == (1, 55, {"case": "none"})
    assert [manifest["parts"][f.name] for f in found.files] == [sha256(f.read_bytes()).hexdigest() for f in found.files]
    assert (found.inputs, found.answers) == (("x", "y", "start"), ("sum", "odd"))


def test_reading_is_one_line(tmp_path: Path) -> None:
    run(tmp_path / "e")
    assert read_ensemble(tmp_path / "e").to_pandas("sum", "odd").dtypes.astype(str).tolist() == ["float64", "float64"]
    with pytest.raises(FoedusError, match="Did you mean 'sum'"):
        read_ensemble(tmp_path / "e").to_polars("summ")
    pytest.importorskip("xarray", reason="needs the extra 'xarray'")
    data = read_ensemble(tmp_path / "e").to_xarray()
    assert data["sum"].dims == ("draw",)
    assert (data.attrs["seed"], data.attrs["code"], len(data.attrs["result"])) == (1, "abc", 64)
    assert data["sum"].attrs == {"units": "u", "long_name": "the sum"}
    assert float(data["sum"].sel(draw=3)) == design(VARIED, 55, 1)[3].sum()


def test_every_engine_writes_the_same_bytes(tmp_path: Path) -> None:
    run(tmp_path / "serial")
    run(tmp_path / "two", engine=engine_of("processes", 2))
    run(tmp_path / "three", engine=engine_of("processes", 3))
    assert fingerprints(tmp_path / "serial") == fingerprints(tmp_path / "two") == fingerprints(tmp_path / "three")
    run(tmp_path / "other", seed=2)
    assert fingerprints(tmp_path / "other") != fingerprints(tmp_path / "serial")


def test_a_stopped_run_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with pytest.raises(Interrupted, match="30 of 55 draws are kept"):
        run(tmp_path / "e", task=Sums(str(log)), progress=stop_at(30))
    half = read_ensemble(tmp_path / "e")
    assert (half.complete, half.to_polars().height) == (False, 30)
    (tmp_path / "e" / "parts" / ".00004.parquet.99").write_bytes(b"half")
    run(tmp_path / "e", task=Sums(str(log)))
    assert len(log.read_text().splitlines()) == 55
    run(tmp_path / "whole")
    assert fingerprints(tmp_path / "e") == fingerprints(tmp_path / "whole")
    run(tmp_path / "e", task=Sums(str(log)))  # there is nothing left to do
    assert len(log.read_text().splitlines()) == 55


def test_a_spoilt_part_is_worked_out_again(tmp_path: Path) -> None:
    with pytest.raises(Interrupted):
        run(tmp_path / "e", progress=stop_at(40))
    (tmp_path / "e" / "parts" / "00001.parquet").write_bytes(b"PAR1 spoilt")
    run(tmp_path / "e")
    run(tmp_path / "whole")
    assert fingerprints(tmp_path / "e") == fingerprints(tmp_path / "whole")


def test_every_part_says_what_it_is_of(tmp_path: Path) -> None:
    found = run(tmp_path / "e", identity={"parameters": {"a": 1.5}})
    for f in found.files:
        stamp = json.loads(pl.read_parquet_metadata(f)["foedus"])
        assert stamp == {k: found.manifest[k] for k in stamp}
        assert {"seed", "draws", "code", "foedus", "polars", "case", "parameters", "design", "inputs"} <= set(stamp)


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for k in range(20, 60):  # in the columns, not in the footer
        content[k] ^= 0x5A
    path.write_bytes(content)


def _flip_bit(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def _exchange(path: Path, other: Path) -> None:
    one, two = path.read_bytes(), other.read_bytes()
    path.write_bytes(two)
    other.write_bytes(one)


SPOILT: dict[str, Callable[[Path], Any]] = {
    "missing": lambda path: path.unlink(),
    "no parquet": lambda path: path.write_bytes(b"PAR1 spoilt"),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:900]),
    "flipped": _flip,
    "one bit": lambda path: _flip_bit(path, 40),
    "one bit in the last bytes": lambda path: _flip_bit(path, -40),
    "one bit in the seal": lambda path: _flip_bit(path, path.read_bytes().rindex(b"foedus.seal") + 20),
    "exchanged": lambda path: _exchange(path, path.with_name("00002.parquet")),
    "rewritten": lambda path: pl.read_parquet(path).with_columns(pl.col("sum") + 1).write_parquet(path),
    "rewritten with its stamp": lambda path: (
        pl.read_parquet(path)
        .with_columns(pl.col("sum") + 1)
        .write_parquet(path, metadata={k: v for k, v in pl.read_parquet_metadata(path).items() if "foedus" in k})
    ),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path)),
    "of another ensemble": lambda path: path.write_bytes(
        (path.parents[2] / "other" / "parts" / path.name).read_bytes()
    ),
}


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("complete", [True, False])
def test_whatever_befalls_a_part_is_noticed_and_worked_out_again(tmp_path: Path, how: str, complete: bool) -> None:
    run(tmp_path / "other", seed=2)
    run(tmp_path / "whole")
    if complete:
        run(tmp_path / "e")
    else:
        with pytest.raises(Interrupted):
            run(tmp_path / "e", progress=stop_at(40))
    SPOILT[how](tmp_path / "e" / "parts" / "00001.parquet")
    if complete or how != "missing":
        with pytest.raises(
            FoedusError, match=r"part.* is (missing|damaged), so .* --resume .*; it is worked out again"
        ):
            read_ensemble(tmp_path / "e").to_polars()
    log = tmp_path / "log"
    run(tmp_path / "e", task=Sums(str(log)))
    lost = 20 if how == "exchanged" else 10
    assert len(log.read_text().splitlines()) == lost + (0 if complete else 15)
    assert fingerprints(tmp_path / "e") == fingerprints(tmp_path / "whole")


def test_a_begun_ensemble_is_looked_through_before_it_is_gone_on_with(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Interrupted):
        run(tmp_path / "e", progress=stop_at(40))
    _exchange(*(tmp_path / "e" / "parts" / f"0000{k}.parquet" for k in (0, 1)))
    run(tmp_path / "e")
    assert [r.getMessage().rpartition("/")[2] for r in caplog.records] == [
        "00000.parquet is not as it was written; it, and whatever else is not, is worked out again."
    ]


def test_a_seal_takes_the_place_that_was_left_for_it() -> None:
    assert len(sealed(b"a" + UNSEALED.encode() + b"b", 1)) == 66
    assert sealed(b"a" + UNSEALED.encode() + b"b", 1) != sealed(b"a" + UNSEALED.encode() + b"b", 2)


@pytest.mark.parametrize(("old", "new"), [('"seed": 1', '"seed": 2'), ('"meaning": "the sum"', '"meaning": "a sum"')])
def test_a_manifest_that_was_changed_is_a_sentence(tmp_path: Path, old: str, new: str) -> None:
    run(tmp_path / "e")
    path = tmp_path / "e" / "manifest.json"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(FoedusError, match="this manifest is damaged"):
        read_ensemble(tmp_path / "e")


def test_a_manifest_that_is_a_pipe_or_deeply_nested_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "manifest.json").write_text("[" * 200_000)
    with pytest.raises(FoedusError, match="this manifest is damaged"):
        read_ensemble(tmp_path / "e")
    (tmp_path / "e" / "manifest.json").unlink()
    os.mkfifo(tmp_path / "e" / "manifest.json")
    with pytest.raises(FoedusError, match="this manifest is damaged"):
        read_ensemble(tmp_path / "e")


def test_a_stray_part_is_no_part_of_it(tmp_path: Path) -> None:
    found = run(tmp_path / "e")
    (tmp_path / "e" / "parts" / "00099.parquet").write_bytes(found.files[0].read_bytes())
    assert read_ensemble(tmp_path / "e").to_polars().height == 55


def test_killed_workers_cost_no_draw(tmp_path: Path) -> None:
    found = run(tmp_path / "e", task=DiesOnce(str(tmp_path / "died")), engine=engine_of("processes", 2))
    assert (tmp_path / "died").exists()
    np.testing.assert_array_equal(found.to_polars()["sum"], design(VARIED, 55, 1).sum(axis=1))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"seed": 2}, "seed 1 there, 2 here"),
        ({"draws": 56}, "draws 55 there, 56 here"),
        ({"identity": {"code": "def"}}, "code abc there, def here"),
        ({"identity": {"case": "other"}}, "case none there, other here"),
        ({"identity": {"foedus": "2"}}, "foedus 1 there, 2 here"),
    ],
)
def test_a_folder_with_another_ensemble_is_left_alone(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    with pytest.raises(Interrupted):
        run(tmp_path / "e", progress=stop_at(20))
    before = fingerprints(tmp_path / "e")
    with pytest.raises(FoedusError, match=words):
        run(tmp_path / "e", **change)
    assert fingerprints(tmp_path / "e") == before


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(FoedusError, match="this folder holds something else"):
        run(tmp_path / "mine")
    with pytest.raises(FoedusError, match="this is a file, not a folder"):
        run(tmp_path / "mine" / "thesis.txt")
    (tmp_path / "mine" / "manifest.json").write_text("{}")
    with pytest.raises(FoedusError, match="manifest is damaged"):
        run(tmp_path / "mine")
    (tmp_path / "mine" / "manifest.json").write_text('{"format": 99}')
    with pytest.raises(FoedusError, match="format 99"):
        read_ensemble(tmp_path / "mine")
    with pytest.raises(FoedusError, match="no ensemble in this folder"):
        read_ensemble(tmp_path / "nowhere")


FULL = """
import resource, signal, sys
from pathlib import Path
from draws.test_fileset import VARIED, SAME, run
from foedus.vocabulary.errors import FoedusError
from draws.tasks import Sums
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    run(Path(sys.argv[1]))
except FoedusError as error:
    sys.exit(str(error))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits file sizes as POSIX does")
def test_a_disk_that_takes_no_more_is_a_sentence_and_parts_are_kept(tmp_path: Path) -> None:
    with pytest.raises(Interrupted):
        run(tmp_path / "e", progress=stop_at(20))
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    stopped = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "e"), "1200"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
        check=False,
    )
    assert "a finished part of the run could not be written (File too large). Free some space" in stopped.stderr
    assert read_ensemble(tmp_path / "e").to_polars().height == 20
    assert run(tmp_path / "e").to_polars().height == 55
    assert not list((tmp_path / "e").rglob(".*"))


def test_memory_does_not_grow_with_draws(tmp_path: Path) -> None:
    def peak(draws: int) -> int:
        tracemalloc.start()
        with pytest.raises(Interrupted):
            run(tmp_path / str(draws), draws, progress=stop_at(1000))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert part_size(200_000) == part_size(10_000_000) == 1000
    peak(200_000)  # whatever is loaded once
    assert peak(10_000_000) < peak(400_000) * 1.5 + 10_000_000  # one name per part is all that is kept


def test_a_part_has_ten_to_a_thousand_draws_a_hundred_parts_if_it_can_be() -> None:
    assert [part_size(n) for n in (1, 999, 1000, 1100, 5000, 100_000, 10**7)] == [10, 10, 10, 11, 50, 1000, 1000]
    plan = Plan(VARIED, 55, 1)
    assert (plan.parts, plan.span(0), plan.span(5)) == (6, (0, 10), (50, 55))
    assert (Plan(VARIED, 60, 1).parts, Plan(VARIED, 61, 1).parts) == (6, 7)
    assert plan.rows(5).tobytes() == design(VARIED, 55, 1)[50:].tobytes()


def test_ways_to_draw_are_told_apart() -> None:
    one = Plan(VARIED, 55, 1)
    assert one.digest() == Plan(VARIED, 55, 1).digest()
    renamed = (Uncertainty("z", "x", 0.0, 0.4, 1.0), *VARIED[1:])
    moved = (Uncertainty("x", "x", 0.0, 0.5, 1.0), *VARIED[1:])
    others = (
        Plan(VARIED, 55, 2),
        Plan(VARIED, 56, 1),
        Plan(renamed, 55, 1),
        Plan(moved, 55, 1),
        Plan(VARIED[:2], 55, 1),
    )
    assert len({one.digest(), *(p.digest() for p in others)}) == 6


def test_the_first_four_differences_are_named_long_ones_by_their_beginning(tmp_path: Path) -> None:
    same: dict[str, Any] = {"parameters": {"a": 1, "b": 2}, "one": "x" * 24, "two": "y" * 25, "three": 3, "four": 4}
    run(tmp_path / "e", identity=same)
    other = {"parameters": {"a": 1, "b": 5}, "one": "z" * 24, "two": "w" * 25, "three": 0, "four": 0}
    with pytest.raises(FoedusError) as refused:
        run(tmp_path / "e", identity=other)
    said = str(refused.value)
    for words in (
        "parameters b 2 there, 5 here",
        f"one {'x' * 24} there, {'z' * 24} here",
        f"two {'y' * 12}… there, {'w' * 12}… here",
        "three 3 there, 0 here",
    ):
        assert words in said
    assert "four 4" not in said


def test_an_unfinished_ensemble_can_be_looked_at(tmp_path: Path) -> None:
    with pytest.raises(Interrupted):
        run(tmp_path / "e", progress=stop_at(20))
    half = read_ensemble(tmp_path / "e")
    assert (half.complete, [f.name for f in half.files]) == (False, ["00000.parquet", "00001.parquet"])
    assert "55 draws, seed 1, 2 parts, unfinished" in half._repr_html_()
    for path in half.files:
        path.unlink()
    with pytest.raises(FoedusError, match="no part of this ensemble is finished yet"):
        read_ensemble(tmp_path / "e").scan()
    whole = run(tmp_path / "w")
    assert (whole.complete, whole.spoilt) == (True, "")
    assert whole._repr_html_().endswith(": 55 draws, seed 1, 6 parts</p>")


def test_columns_can_be_had_alone(tmp_path: Path) -> None:
    found = run(tmp_path / "e")
    assert found.to_polars("odd", "x").columns == ["odd", "x"]
    assert list(found.to_pandas("start").columns) == ["start"]
    pytest.importorskip("xarray", reason="needs the extra 'xarray'")
    data = found.to_xarray("odd")
    assert list(data.data_vars) == ["odd"]
    assert data["draw"].values.tolist() == list(range(55))
    assert "parts" not in data.attrs


def test_what_only_later_parts_have_is_nan_in_the_others(tmp_path: Path) -> None:
    class Late:
        asked = 0

        def __call__(self, row: Any) -> dict[str, float]:
            self.asked += 1
            return {"sum": 1.0, **({"late": 2.0} if self.asked > 30 else {})}

    frame = run(tmp_path / "e", task=Late()).to_polars()
    assert frame["late"].is_nan().to_list() == [True] * 30 + [False] * 25
    assert frame["late"].null_count() == 0


def test_a_part_without_a_place_for_a_seal_is_left_as_it_is() -> None:
    assert sealed(b"no place", 1) == b"no place"
    first = UNSEALED.encode() + b" " + UNSEALED.encode()
    assert sealed(first, 1).startswith(UNSEALED.encode())  # the last place is the one that was left


def test_an_empty_folder_is_taken_and_progress_is_told(tmp_path: Path) -> None:
    (tmp_path / "e").mkdir()
    told: list[tuple[int, int]] = []
    run(tmp_path / "e", progress=lambda done, total: told.append((done, total)))
    assert told == [(k, 55) for k in (0, 10, 20, 30, 40, 50, 55)]
    again: list[tuple[int, int]] = []
    run(tmp_path / "e", progress=lambda done, total: again.append((done, total)))
    assert again == []  # there is nothing to do


def test_a_manifest_can_be_read_by_eye() -> None:
    assert to_json({"meaning": "ally’s größe"}).decode() == '{\n "meaning": "ally’s größe"\n}'
