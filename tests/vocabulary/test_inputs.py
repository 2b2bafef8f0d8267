"""Inputs are plain files of bounded size: nothing is waited for, nothing has no end."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.vocabulary import inputs
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.inputs import check_input, read_input


def test_a_plain_file_is_read_whole_and_through_a_link(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\n" * 1000)
    (tmp_path / "link").symlink_to(path)
    assert read_input(path) == read_input(tmp_path / "link") == b"a: 1\n" * 1000
    assert read_input(path, 6000) == path.read_bytes()
    assert check_input(path, 6000) == path


def made(kind: str, folder: Path) -> Path:
    path = folder / "input"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "large":
        path.write_bytes(b"x" * 101)
    return path


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("pipe", "this is a pipe, not a plain file"),
        ("device", "this is a device, not a plain file"),
        ("folder", "this is a folder, not a plain file"),
        ("loop", "cannot be read"),
        ("large", "more than 100 bytes"),
        ("nothing", "the file is missing"),
    ],
)
def test_whatever_else_is_there_is_a_sentence(tmp_path: Path, kind: str, said: str) -> None:
    path = made(kind, tmp_path)
    for read in (read_input, check_input):
        with pytest.raises(FoedusError, match=said):
            read(path, 100)


@pytest.mark.parametrize(("most", "said"), [(1, "1 bytes"), (1 << 20, "1 MiB"), (3 << 20, "3 MiB"), (1 << 30, "1 GiB")])
def test_limits_are_said_in_the_unit_that_fits(most: int, said: str) -> None:
    assert inputs._size(most) == said


@pytest.mark.parametrize("read", [read_input, check_input])
def test_a_file_may_be_as_large_as_the_limit_and_no_larger(tmp_path: Path, read: Callable[..., object]) -> None:
    path = tmp_path / "a"
    for size in (0, 100):
        path.write_bytes(b"x" * size)
        assert read(path, 100) in (path, b"x" * size)
    path.write_bytes(b"x" * 101)
    with pytest.raises(FoedusError, match="more than 100 bytes"):
        read(path, 100)


def test_a_file_larger_than_one_step_of_reading_is_read_whole(tmp_path: Path) -> None:
    whole = bytes(range(256)) * (5 << 10)  # five quarters of a step
    (tmp_path / "a").write_bytes(whole)
    assert read_input(tmp_path / "a") == whole
    assert read_input(tmp_path / "a", len(whole)) == whole
    with pytest.raises(FoedusError, match="more than"):
        read_input(tmp_path / "a", len(whole) - 1)
