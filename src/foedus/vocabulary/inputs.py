"""Reading what a user hands in: plain files of bounded size, and a sentence for everything else."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from foedus.vocabulary.errors import FoedusError, fail

MOST_TEXT: Final = 4 << 20
"""Bytes of a document written by hand (judged: seventy times the largest that ships)."""
MOST_DATA: Final = 1 << 30
"""Bytes of a published table or archive (judged: twice the largest that is read, Varieties of Democracy)."""

_STEP: Final = 1 << 20
_KINDS: Final = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


def read_input(path: Path, most: int = MOST_TEXT) -> bytes:
    """Return the content of a file that somebody handed in.

    A pipe would be waited for, a device has no end, and a file can be larger than the memory: nothing but a plain file
    of at most ``most`` bytes is read, and never more than that of one that grows meanwhile.

    Parameters
    ----------
    path : Path
    most : int
        Bytes.

    Raises
    ------
    FoedusError
        The file is missing, is no plain file, is too large, or cannot be read.
    """
    # Opened without waiting, so that a pipe that nobody writes to is seen to be one.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
        try:
            held = os.fstat(handle)
            if not stat.S_ISREG(held.st_mode):
                raise _refusal(path, held.st_mode)
            # Some files of the system say that they are empty: what comes is counted, not what is said.
            parts, got = [], 0
            while got <= most and (part := os.read(handle, _STEP)):
                parts.append(part)
                got += len(part)
        finally:
            os.close(handle)
    except FileNotFoundError:
        raise fail(str(path), "the file is missing", "Mend the path") from None
    except IsADirectoryError:
        raise _refusal(path, stat.S_IFDIR) from None
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    if got > most:
        raise fail(str(path), f"the file has more than {_size(most)}", "Give the file that is meant, or a part of it")
    return b"".join(parts)


def check_input(path: Path, most: int = MOST_DATA) -> Path:
    """Return the path of a file that a library reads by itself, once it is seen to be plain and of bounded size.

    Parameters
    ----------
    path : Path
    most : int
        Bytes.

    Raises
    ------
    FoedusError
        As :func:`read_input`.
    """
    try:
        held = os.stat(path)
    except FileNotFoundError:
        raise fail(str(path), "the file is missing", "Mend the path") from None
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    if not stat.S_ISREG(held.st_mode):
        raise _refusal(path, held.st_mode)
    if held.st_size > most:
        raise fail(str(path), f"the file has more than {_size(most)}", "Give the file that is meant, or a part of it")
    return path


def _unreadable(path: Path, error: Exception) -> FoedusError:
    reason = getattr(error, "strerror", None) or error
    return fail(str(path), f"the file cannot be read ({reason})", "Check path and rights")


def _refusal(path: Path, mode: int) -> FoedusError:
    kind = _KINDS.get(stat.S_IFMT(mode), "something else")
    return fail(str(path), f"this is {kind}, not a plain file", "Give a plain file")


def _size(most: int) -> str:
    return f"{most >> 30:,} GiB" if most >= 1 << 30 else f"{most >> 20:,} MiB" if most >= 1 << 20 else f"{most:,} bytes"
