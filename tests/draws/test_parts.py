"""Parts: sealed with what they hold and what they are a part of."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from foedus.draws.parts import Parts, keep, read_plain
from foedus.vocabulary.errors import FoedusError


def test_a_part_is_taken_only_as_what_it_was_kept_as(tmp_path: Path) -> None:
    parts = Parts(tmp_path / "run", "run")
    parts.keep("a.part", b"x\ny", 1, "rows")
    assert parts.take("a.part", 1, "rows") == b"x\ny"
    assert parts.take("a.part", 2, "rows") is None
    assert Parts(tmp_path / "run", "other").take("a.part", 1, "rows") is None
    (tmp_path / "run" / "a.part").rename(tmp_path / "run" / "b.part")
    assert parts.take("b.part", 1, "rows") is None
    parts.forget()
    assert not (tmp_path / "run").exists()


def test_without_a_folder_nothing_is_kept() -> None:
    parts = Parts(None, "run")
    parts.keep("a.part", b"x")
    assert parts.take("a.part") is None
    parts.forget()


def test_only_plain_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"1")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert [read_plain(p) for p in (tmp_path / "file", tmp_path / "link", tmp_path, Path("/dev/zero"))] == [
        b"1",
        b"1",
        None,
        None,
    ]


def test_what_others_have_put_in_the_place_of_a_part_is_kept_aside(tmp_path: Path) -> None:
    (tmp_path / "a.part" / "thesis").mkdir(parents=True)
    keep(tmp_path / "a.part", b"1", "go elsewhere")
    assert (tmp_path / "a.part").read_bytes() == b"1"
    assert [p.is_dir() for p in tmp_path.glob("a.part.not-ours-*/thesis")] == [True]


def test_a_folder_that_somebody_tidies_up_is_made_again_and_a_full_disk_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries, plain = [], Path.write_bytes

    def tidied(self: Path, content: bytes) -> int:
        tries.append(self)
        if len(tries) == 1:
            self.parent.rmdir()
        return plain(self, content)

    monkeypatch.setattr(Path, "write_bytes", tidied)
    keep(tmp_path / "run" / "a.part", b"1", "go elsewhere")
    assert len(tries) == 2

    def full(self: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(
        FoedusError, match=r"No space left on device\). Free some space, or go elsewhere; earlier parts"
    ):
        keep(tmp_path / "run" / "b.part", b"1", "go elsewhere")
    assert [p.name for p in (tmp_path / "run").iterdir()] == ["a.part"]
