"""Writing whole or not at all: files and folders that are there as they should be, or not there."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

from foedus.vocabulary.errors import FoedusError, Problem, fail

Content: TypeAlias = str | bytes
"""What a file holds; text becomes UTF-8."""
Contents: TypeAlias = Content | Mapping[str, Content]
"""What a file holds, or a new folder: contents by the names of its files."""


def refuse_missing(*places: str | Path | None) -> None:
    """Say before any work is done that the folder of a result does not exist or cannot be written.

    Parameters
    ----------
    *places : str, Path or None
        Where results are to go; None is passed over.

    Raises
    ------
    FoedusError
        A folder on the way is missing, is a file, or is not ours to write.
    """
    problems = []
    for place in (p for p in places if p):
        parent = Path(place).absolute().parent
        missing = [p for p in (parent, *parent.parents) if not p.is_dir()]
        if missing:
            top = missing[-1]
            what = f"its folder {top} is a file" if top.exists() else f"there is no folder {top}"
            problems.append(Problem(str(place), what, "Make the folder first, or mend the path"))
        elif not os.access(parent, os.W_OK):
            problems.append(Problem(str(place), f"nothing may be written in the folder {parent}", "Name another place"))
    if problems:
        raise FoedusError(problems)


def refuse_existing(*places: str | Path | None) -> None:
    """Say before any work is done that a result has nowhere to go.

    Parameters
    ----------
    *places : str, Path or None
        Where new results are to go; None is passed over.

    Raises
    ------
    FoedusError
        A file or folder is there already, or :func:`refuse_missing` has something to say.
    """
    taken = [p for p in places if p and os.path.lexists(p)]
    if taken:
        raise FoedusError([Problem(str(p), "this is there already", "Name another place") for p in taken])
    refuse_missing(*places)


@contextmanager
def passing(target: Path) -> Iterator[Path]:
    """Yield a hidden name beside a target; what is written there takes its place in one step, unless something fails.

    Raises
    ------
    OSError
        It cannot be put in its place. The hidden file or folder is removed, whatever was raised.
    """
    hidden = _hidden(target)
    try:
        yield hidden
        os.replace(hidden, target)
    finally:
        remove(hidden)


def write_all(results: Mapping[Path, Contents]) -> list[Path]:
    """Write the results of one command, files and new folders, all of them or none.

    Everything is written under hidden names first, so that a full disk or Ctrl-C leaves no result, and nothing half-written.

    Parameters
    ----------
    results : mapping of Path to str, bytes or mapping
        A file that is there already is replaced; a folder has to be new.

    Returns
    -------
    list of Path
        What was written, in the same order.

    Raises
    ------
    FoedusError
        Something cannot be written.
    """
    refuse_missing(*results)
    refuse_existing(*(t for t, content in results.items() if isinstance(content, Mapping)))
    hidden = {target: _hidden(target) for target in results}
    fresh: list[Path] = []
    target = Path()
    try:
        for target, content in results.items():
            _put(hidden[target], content)
        for target in results:
            if not os.path.lexists(target):
                fresh.append(target)
            os.replace(hidden[target], target)
    except BaseException as error:
        for path in fresh:
            remove(path)
        if isinstance(error, OSError):
            kind = "folder" if isinstance(results[target], Mapping) else "file"
            what = f"the {kind} could not be written ({error.strerror})"
            full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
            raise fail(
                str(target), what, "Free some space or name another place" if full else "Name another place"
            ) from error
        raise
    finally:
        for path in hidden.values():
            remove(path)
    return list(results)


def write_whole(target: Path, content: Content) -> Path:
    """Write one file so that it is either there whole or not at all; errors as :func:`write_all`."""
    return write_all({target: content})[0]


def write_folder(target: Path, files: Mapping[str, Content]) -> Path:
    """Write a new folder so that it is either there whole or not at all; errors as :func:`write_all`."""
    return write_all({target: files})[0]


def remove(path: Path) -> None:
    """Remove a file or a folder of ours; what cannot be removed, or is not there, does no harm."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    with suppress(OSError):
        path.unlink()


def _hidden(target: Path) -> Path:
    """Return a name beside the target that nobody else uses, and that is not longer where the target's is long."""
    return target.parent / f".foedus-{os.getpid()}-{secrets.token_hex(4)}"


def _put(path: Path, content: Contents) -> None:
    if isinstance(content, Mapping):
        path.mkdir()
        for name, each in content.items():
            _put(path / name, each)
    else:
        path.write_bytes(content.encode(errors="backslashreplace") if isinstance(content, str) else content)
