"""Seals: compiled code that is not as it was written is compiled again, whatever has happened to it, and never run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.kernels.seals import SealedFiles, _sealed

RUN = (
    "from foedus.kernels.sums import row_sums; import numpy as np; "
    "print(row_sums(np.ones((1, 4)))[0], sum(row_sums.stats.cache_hits.values()))"
)


def ran(folder: Path) -> tuple[list[str], str]:
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env={**os.environ, "NUMBA_CACHE_DIR": str(folder)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split(), done.stderr


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    path.write_bytes(b"\x80\x04cos\nsystem\n(S'false'\ntR.")


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    assert ran(folder)[0] == ["4.0", "0"]
    assert ran(folder)[0] == ["4.0", "1"]
    return folder


@pytest.mark.skipif(bool(os.environ.get("NUMBA_DISABLE_JIT")), reason="nothing is compiled")
@pytest.mark.skipif(os.name != "posix", reason="pipes and links are those of POSIX")
@pytest.mark.parametrize("kind", ["*.nbi", "*.nbc"])
@pytest.mark.parametrize("harm", [flipped, cut, emptied, foreign, a_pipe, a_loop, a_folder])
def test_damaged_code_is_compiled_again(harm: Callable[[Path], None], kind: str, kept: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(kept, folder)
    for path in sorted(folder.rglob(kind)):
        if "row_sums" in path.name:
            harm(path)
    found, said = ran(folder)
    assert found == ["4.0", "0"]
    assert "Traceback" not in said
    if harm is not a_folder:  # which nothing can be written over
        assert ran(folder)[0] == ["4.0", "1"]


def test_a_file_in_the_place_of_another_is_noticed(tmp_path: Path) -> None:
    files = SealedFiles(str(tmp_path), "one", "stamp")
    files.save("a key", {"some": "code"})
    assert files.load("a key") == {"some": "code"}
    other = SealedFiles(str(tmp_path), "two", "stamp")
    shutil.copy(tmp_path / "one.nbi", tmp_path / "two.nbi")
    assert other.load("a key") is None
    shutil.copy(tmp_path / "one.1.nbc", tmp_path / "two.1.nbc")
    assert _sealed(str(tmp_path / "two.1.nbc")) is None


def test_where_nothing_can_be_kept_it_is_said_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    SealedFiles.said = False
    files = SealedFiles(str(tmp_path / "gone"), "one", "stamp")
    with caplog.at_level("WARNING", "foedus"):
        files.save("a key", 1)
        files.save("another", 2)
    assert len(caplog.messages) == 1
    assert "compiled anew every time" in caplog.messages[0]
