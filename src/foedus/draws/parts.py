"""Parts: finished pieces of a long run on disk, each there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from foedus.vocabulary.errors import fail


def cache_folder() -> Path:
    """Return the folder for unfinished runs: ``FOEDUS_CACHE``, or the user's cache."""
    named = os.environ.get("FOEDUS_CACHE")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))) / "foedus"


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
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    for _ in range(3):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(content)
            unfinished.replace(path)
        except FileNotFoundError:
            continue  # the same command in another window has just finished and tidied up
        except OSError as error:
            _drop(unfinished)
            raise fail(
                str(path),
                f"a finished part of the run could not be written ({error.strerror})",
                f"Free some space, or {elsewhere}; earlier parts are kept",
            ) from error
        return
    raise fail(
        str(path),
        "its folder cannot be made, or something keeps removing it",
        "Name another place, or stop other runs of the same command",
    )


def forget(folder: Path) -> None:
    """Remove the parts of a finished run; what cannot be removed does no harm."""
    for part in folder.glob("*"):
        _drop(part)
    try:
        folder.rmdir()
    except OSError:
        return


def _drop(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        return
