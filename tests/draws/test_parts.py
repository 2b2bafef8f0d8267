"""Parts: sealed with what they hold and what they are a part of."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from foedus.draws.parts import Parts, cache_folder, keep, read_plain, seal
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


def test_the_cache_is_where_the_user_or_the_system_wants_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "system"))
    assert cache_folder() == tmp_path / "own"
    monkeypatch.setenv("FOEDUS_CACHE", "")
    assert cache_folder() == tmp_path / "system" / "foedus"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache_folder() == tmp_path / "home" / ".cache" / "foedus"


def test_a_seal_is_of_the_content_and_of_every_word() -> None:
    seals = {
        seal(b"x", "a", 1),
        seal(b"y", "a", 1),
        seal(b"x", "b", 1),
        seal(b"x", "a", 2),
        seal(b"x", "a"),
        seal(b"x"),
    }
    assert len(seals) == 6
    assert seal(b"x", "a", 1) == seal(b"x", "a", 1)


def test_files_that_are_too_large_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.draws.parts._MOST", 3)
    (tmp_path / "just").write_bytes(b"123")
    (tmp_path / "over").write_bytes(b"1234")
    assert read_plain(tmp_path / "just") == b"123"
    assert read_plain(tmp_path / "over") is None
    assert read_plain(tmp_path / "nowhere") is None


def test_a_part_is_written_into_folders_that_are_made_for_it_and_over_an_older_one(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.part"
    keep(path, b"1", "go elsewhere")
    keep(path, b"2", "go elsewhere")
    assert path.read_bytes() == b"2"
    assert [p.name for p in path.parent.iterdir()] == ["c.part"]


def test_a_link_to_a_folder_is_no_folder_of_others(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "a.part").symlink_to(tmp_path / "theirs")
    keep(tmp_path / "a.part", b"1", "go elsewhere")
    assert (tmp_path / "a.part").read_bytes() == b"1"
    assert not list(tmp_path.glob("*not-ours*"))


def test_writing_is_tried_three_times_against_those_who_tidy_up_and_once_against_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def failing(number: int) -> None:
        def fails(self: Path, content: bytes) -> int:
            tries.append(number)
            raise OSError(number, "no")

        tries.clear()
        monkeypatch.setattr(Path, "write_bytes", fails)
        with pytest.raises(FoedusError, match="could not be written"):
            keep(tmp_path / "a.part", b"1", "go elsewhere")

    failing(errno.ENOENT)
    assert len(tries) == 3
    failing(errno.ENOSPC)
    assert len(tries) == 1


def test_what_is_damaged_is_said_once_and_what_is_missing_not_at_all(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    parts = Parts(tmp_path, "run")
    assert parts.take("a.part") is None
    assert caplog.records == []
    for name in ("a.part", "b.part"):
        (tmp_path / name).write_bytes(b"spoilt")
        assert parts.take(name) is None
    assert [r.getMessage().partition(" is ")[0] for r in caplog.records] == [str(tmp_path / "a.part")]
