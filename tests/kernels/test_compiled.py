"""The door to the compiler: what is kept belongs to this very code, and whoever waits is told."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.kernels import compiled as door


def test_other_code_gets_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kernels").mkdir()
    law = tmp_path / "kernels" / "law.py"
    monkeypatch.setattr(door, "__file__", str(law))
    law.write_text("a = 1\n")
    first = door._cache_folder()
    assert first == door._cache_folder()
    law.write_text("a = 2\n")
    assert door._cache_folder() != first
    assert Path(first).is_relative_to(tmp_path)


def test_folders_of_older_code_are_cleared_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "__file__", str(tmp_path / "kernels" / "law.py"))
    root = Path(door._cache_folder()).parent
    for k in range(6):
        (root / f"old{k}").mkdir(parents=True)
        os.utime(root / f"old{k}", (k, k))
    door._cache_folder()
    assert sorted(p.name for p in root.iterdir()) == ["old3", "old4", "old5"]


def test_who_waits_for_the_compiler_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door.numba.config, "CACHE_DIR", str(tmp_path))
    notice = door._Notice()
    with caplog.at_level(logging.INFO, logger="foedus"):
        for _ in range(2):
            notice.on_start(None)  # type: ignore[arg-type]
            notice.on_end(None)  # type: ignore[arg-type]
    assert [r.getMessage()[:20] for r in caplog.records] == ["Compiling the theory"]


def test_who_waits_long_is_told_how_far_it_has_come(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door.numba.config, "CACHE_DIR", str(tmp_path))
    hours = iter([0.0, 1.0, 14.9, 15.0, 29.9, 31.0])
    monkeypatch.setattr(door, "monotonic", lambda: next(hours))
    notice = door._Notice()
    with caplog.at_level(logging.INFO, logger="foedus"):
        notice.on_start(None)  # type: ignore[arg-type]
        for _ in range(5):
            notice.on_end(None)  # type: ignore[arg-type]
    said = [door.FIRST, door.STILL.format(3, 15.0), door.STILL.format(5, 31.0)]
    assert [r.getMessage() for r in caplog.records] == said


def test_one_of_many_workers_says_that_it_compiles() -> None:
    names = ["MainProcess", "SpawnProcess-1", "SpawnProcess-2", "ForkServerProcess-11"]
    assert [door.first_of_its_pool(name) for name in names] == [True, True, False, False]


def test_who_has_compiled_before_is_not_told_that_it_is_the_first_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door.numba.config, "CACHE_DIR", str(tmp_path))
    (tmp_path / "kernels_1").mkdir()
    (tmp_path / "kernels_1" / "sums.row_sums-1.py311.nbi").write_bytes(b"kept")
    with caplog.at_level(logging.INFO, logger="foedus"):
        door._Notice().on_start(None)  # type: ignore[arg-type]
    assert [r.getMessage() for r in caplog.records] == [door.ANOTHER]


@pytest.mark.skipif(bool(os.environ.get("NUMBA_DISABLE_JIT")), reason="nothing is compiled")
def test_kept_code_is_found_by_the_next_process(tmp_path: Path) -> None:
    run = "from foedus.kernels.sums import row_sums; import numpy as np; print(row_sums(np.ones((1, 4)))[0], sum(row_sums.stats.cache_hits.values()))"
    found = [
        subprocess.run(
            [sys.executable, "-c", run],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)},
        ).stdout.split()
        for _ in range(2)
    ]
    assert found == [["4.0", "0"], ["4.0", "1"]]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners and modes as POSIX has them")
def test_the_folder_in_a_shared_place_is_ours_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    ours = door._own_folder(tmp_path)
    assert (ours.stat().st_mode & 0o777, ours) == (0o700, door._own_folder(tmp_path))
    assert "NUMBA_CACHE_DIR" not in os.environ


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners and modes as POSIX has them")
@pytest.mark.parametrize("how", ["others may write", "a link", "of somebody else"])
def test_a_folder_that_others_could_fill_is_never_loaded_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    theirs = door._own_folder(tmp_path)
    if how == "others may write":
        theirs.chmod(0o777)
    elif how == "a link":
        theirs.rename(tmp_path / "elsewhere")
        theirs.symlink_to(tmp_path / "elsewhere")
    else:
        user = os.getuid()
        theirs.rename(tmp_path / f"foedus-compiled-{user + 1}")
        monkeypatch.setattr(os, "getuid", lambda: user + 1)
    fresh = door._own_folder(tmp_path)
    assert fresh.name not in (theirs.name, f"foedus-compiled-{os.getuid()}")
    assert fresh.stat().st_mode & 0o777 == 0o700
    assert os.environ["NUMBA_CACHE_DIR"] == str(fresh)
    door._remove(str(fresh), os.getpid() + 1)
    assert fresh.exists()
    door._remove(str(fresh), os.getpid())
    assert not fresh.exists()
