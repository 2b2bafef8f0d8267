"""Writing whole or not at all: nothing half-written, whatever happens."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.whole import (
    passing,
    refuse_existing,
    refuse_missing,
    remove,
    write_all,
    write_folder,
    write_whole,
)


def everything(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


def test_files_and_folders_are_written_together(tmp_path: Path) -> None:
    page, folder = tmp_path / "page.html", tmp_path / "tables"
    assert write_all({page: "ü", folder: {"a.csv": "1", "b.png": b"\x89"}}) == [page, folder]
    assert page.read_bytes() == "ü".encode()
    assert everything(tmp_path) == ["page.html", "tables", "tables/a.csv", "tables/b.png"]


def test_a_file_is_replaced_and_a_folder_has_to_be_new(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", "one")
    write_whole(tmp_path / "a", "two")
    assert (tmp_path / "a").read_text() == "two"
    write_folder(tmp_path / "d", {"x": "1"})
    with pytest.raises(FoedusError, match="there already"):
        write_folder(tmp_path / "d", {"x": "2"})
    assert (tmp_path / "d" / "x").read_text() == "1"


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt(), SystemExit()])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_full_disk_or_an_interruption_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, at: int
) -> None:
    written: list[Path] = []
    plain = Path.write_bytes

    def full(self: Path, content: Any) -> int:
        written.append(self)
        if len(written) > at:
            plain(self, b"half")
            raise error
        return plain(self, content)

    (tmp_path / "old").write_text("as it was")
    monkeypatch.setattr(Path, "write_bytes", full)
    expected = FoedusError if isinstance(error, OSError) else type(error)
    with pytest.raises(expected):
        write_all({tmp_path / "a": "1", tmp_path / "old": "2", tmp_path / "d": {"x": "3", "y": "4"}})
    assert everything(tmp_path) == ["old"]
    assert (tmp_path / "old").read_text() == "as it was"


def test_what_was_put_in_place_is_taken_back_if_the_next_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, moved = os.replace, []

    def replace(source: Path, target: Path) -> None:
        moved.append(target)
        if len(moved) > 1:
            raise OSError(errno.EIO, "Input/output error")
        plain(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(FoedusError, match=r"b: the file could not be written \(Input/output error\)"):
        write_all({tmp_path / "a": "1", tmp_path / "b": "2"})
    assert everything(tmp_path) == []


def test_a_mistyped_path_makes_no_folders_and_the_missing_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(FoedusError, match=rf"there is no folder {tmp_path}/reslts\. Make the folder first"):
        write_whole(tmp_path / "reslts" / "deep" / "page.html", "x")
    (tmp_path / "file").write_text("")
    with pytest.raises(FoedusError, match="file is a file"):
        refuse_missing(tmp_path / "file" / "page.html")
    assert everything(tmp_path) == ["file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_not_ours_is_said_before_the_work(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(FoedusError, match="nothing may be written in the folder"):
        refuse_existing(tmp_path / "page.html")
    tmp_path.chmod(0o700)


def test_every_place_that_is_taken_is_said_at_once_also_a_link_to_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    (tmp_path / "b").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FoedusError) as told:
        refuse_existing(tmp_path / "a", None, tmp_path / "b", tmp_path / "c")
    assert [Path(p.where).name for p in told.value.problems] == ["a", "b"]


def test_names_of_any_length_can_be_written(tmp_path: Path) -> None:
    assert write_whole(tmp_path / ("x" * 255), "1").read_text() == "1"


def test_a_passing_name_is_gone_after_any_failure(tmp_path: Path) -> None:
    def stopped() -> None:
        with passing(tmp_path / "a") as hidden:
            hidden.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    with pytest.raises(FileNotFoundError), passing(tmp_path / "a"):
        pass
    assert everything(tmp_path) == []


def test_what_is_removed_is_a_link_and_never_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "a").write_text("1")
    (tmp_path / "link").symlink_to(tmp_path / "kept")
    remove(tmp_path / "link")
    assert everything(tmp_path) == ["kept", "kept/a"]
    remove(tmp_path / "kept")
    remove(tmp_path / "kept")  # what is not there does no harm
    assert everything(tmp_path) == []


def test_a_folder_that_cannot_be_removed_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / "kept").mkdir()
    (tmp_path / "a").write_text("1")
    with monkeypatch.context() as held:
        for name in ("rmdir", "unlink", "remove"):
            held.setattr(os, name, refused)
        remove(tmp_path / "kept")
        remove(tmp_path / "a")
    assert everything(tmp_path) == ["a", "kept"]
