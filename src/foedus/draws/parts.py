"""Parts: finished pieces of a long run on disk, each there whole or not at all, and each sealed.

The seal of a part is a hash of what it holds and of what it is a part of. What does not match its seal, because a disk, a
program or a hand has changed it, exchanged it or put something else in its place, is worked out again.
"""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from foedus.vocabulary.errors import FoedusError, fail
from foedus.vocabulary.whole import passing, remove

CACHE: Final = "name another folder in FOEDUS_CACHE"
"""How the user names another place for the parts of runs that end in a result elsewhere."""
UNKEPT: Final = "%s: %s. The result is the same; a run that is stopped begins anew. Free some space, or " + CACHE + "."
"""What is said where a part of a run cannot be kept, and why."""
_HEAD: Final = b"foedus part 1 "
_MOST: Final = 1 << 30
"""Bytes of the largest part that is read."""
_SAID: Final[set[tuple[Path, str]]] = set()
"""Folders of caches of which it was said that they cannot be written, and why."""


def cache_folder() -> Path:
    """Return the folder for unfinished runs: ``FOEDUS_CACHE``, or the user's cache."""
    named = os.environ.get("FOEDUS_CACHE")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))) / "foedus"


def seal(content: bytes, *of: object) -> str:
    """Return the hash of a content and of what it is a part of, words and numbers."""
    return sha256(repr(of).encode() + b"\0" + content).hexdigest()


def read_plain(path: Path) -> bytes | None:
    """Return what a plain file of bounded size holds; None for folders, pipes, devices, and what is not there."""
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(file, "rb") as held:
            about = os.fstat(held.fileno())
            return held.read() if stat.S_ISREG(about.st_mode) and about.st_size <= _MOST else None
    except OSError:
        return None


def damaged(path: Path) -> None:
    """Say in one line that a part is not what was kept, and that this costs time but changes no result."""
    what = "%s is not as it was written; it, and whatever else is not, is worked out again."
    logging.getLogger("foedus").warning(what, path)


@contextmanager
def kept_in(path: Path, elsewhere: str) -> Iterator[None]:
    """Say what goes wrong while a part is written as a sentence.

    Raises
    ------
    FoedusError
        The disk is full, or the folder cannot be written.
    """
    try:
        yield
    except OSError as error:
        what = f"a finished part of the run could not be written ({error.strerror})"
        raise fail(str(path), what, f"Free some space, or {elsewhere}; earlier parts are kept") from error


def keep(path: Path, content: bytes, elsewhere: str) -> None:
    """Write a finished part so that it is either there whole or not at all.

    Parameters
    ----------
    path : Path
    content : bytes
    elsewhere : str
        How the user names another place, for the remedy.

    Raises
    ------
    FoedusError
        The disk is full, or the folder cannot be written.
    """
    for last in (False, False, True):
        try:
            with kept_in(path, elsewhere):
                path.parent.mkdir(parents=True, exist_ok=True)
                if path.is_dir() and not path.is_symlink():  # what others have put there is theirs
                    path.rename(path.with_name(f"{path.name}.not-ours-{os.urandom(4).hex()}"))
                with passing(path) as hidden:
                    hidden.write_bytes(content)
            return
        except Exception as error:
            # the same command in another window has just finished and tidied up
            if last or not isinstance(error.__cause__, FileNotFoundError):
                raise


@dataclass
class Parts:
    """What is kept of one run that ends in a result elsewhere.

    Attributes
    ----------
    folder : Path or None
        None keeps nothing.
    run : str
        Everything that the parts depend on, or a hash of it.
    """

    folder: Path | None
    run: str
    _told: bool = field(default=False, repr=False)
    _lost: bool = field(default=False, repr=False)
    """Whether a part could not be kept, so that no more are tried."""

    @property
    def keeps(self) -> bool:
        """Whether what is finished is kept: there is a folder, and it could be written so far."""
        return self.folder is not None and not self._lost

    def take(self, name: str, *of: object) -> bytes | None:
        """Return what was kept under a name, None if it is not there, or not as it was kept.

        Parameters
        ----------
        name : str
        *of : str or int
            What it is besides: its number, the rows it was made of.
        """
        if self.folder is None:
            return None
        path = self.folder / name
        head, _, content = (read_plain(path) or b"").partition(b"\n")
        if head == _HEAD + seal(content, self.run, name, *of).encode():
            return content
        if os.path.lexists(path) and not self._told:
            damaged(path)
            self._told = True
        return None

    def keep(self, name: str, content: bytes, *of: object) -> None:
        """Keep a content under a name; where that cannot be, it is said once, and the run goes on without."""
        if self.folder is None or self._lost:
            return
        sealed = _HEAD + seal(content, self.run, name, *of).encode() + b"\n" + content
        try:
            keep(self.folder / name, sealed, CACHE)
        except FoedusError as error:
            self._lost = True
            _unkept(self.folder, error)

    def forget(self) -> None:
        """Remove everything that is kept; what cannot be removed does no harm."""
        if self.folder is not None:
            remove(self.folder)


def _unkept(folder: Path, error: FoedusError) -> None:
    """Say that a part cannot be kept, and why: of the cache once a process, for it holds what several things keep."""
    root, problem = cache_folder(), error.problems[0]
    if folder.is_relative_to(root):
        if (root, problem.what) in _SAID:
            return
        _SAID.add((root, problem.what))
    logging.getLogger("foedus").warning(UNKEPT, problem.where, problem.what)


def thinned(folder: Path, most: int) -> None:
    """Remove the oldest of what is kept in a folder, beyond so many; what another program removes first is gone too."""

    def age(path: Path) -> float:
        try:
            return path.stat().st_mtime
        except OSError:
            return 0.0

    try:
        found = sorted(folder.iterdir(), key=age)
    except OSError:
        return
    for old in found[: max(0, len(found) - most)]:
        remove(old)
