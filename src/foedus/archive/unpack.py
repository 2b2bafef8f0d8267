"""Unpacking archives from the net: the CSV files in them, and never more than the disk and the patience can bear."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from foedus.vocabulary.errors import fail
from foedus.vocabulary.inputs import MOST_DATA, check_input

MOST_UNPACKED: Final = 2 * MOST_DATA
"""Bytes of all files of an archive together."""
MOST_MEMBERS: Final = 2_000
"""Files of an archive (judged: the largest that is read has a dozen)."""
MOST_NESTED: Final = 3
"""Archives in one another (judged: publishers nest one in another)."""
_RATIO: Final = 200
"""Bytes out of one byte (judged: ten times what tables of numbers are packed to)."""
_SMALL: Final = 16 << 20
_STEP: Final = 1 << 20


@dataclass
class _Left:
    """What may still be unpacked."""

    size: int = MOST_UNPACKED
    members: int = MOST_MEMBERS


def unpacked(archive: Path, scratch: Path) -> list[Path]:
    """Unpack the CSV files of an archive, and of archives in it, without their folders.

    Parameters
    ----------
    archive : Path
    scratch : Path
        A folder for what comes out; files of one name go to folders of their own.

    Returns
    -------
    list of Path
        The files, in the order of the archive.

    Raises
    ------
    FoedusError
        The archive is damaged, is locked with a password, or would grow beyond all bounds.
    """
    check_input(archive, MOST_DATA)
    return _unpack(archive, scratch, _Left(), MOST_NESTED)


def _unpack(archive: Path, scratch: Path, left: _Left, levels: int) -> list[Path]:
    if levels == 0:
        raise fail(archive.name, f"archives lie in one another more than {MOST_NESTED} deep", "Unpack it by hand")
    found: list[Path] = []
    try:
        with zipfile.ZipFile(archive) as held:
            for member in held.infolist():
                name = Path(member.filename.replace("\\", "/")).name
                suffix = Path(name).suffix.casefold()
                if member.is_dir() or suffix not in (".csv", ".zip") or name.startswith("."):
                    continue
                left.members -= 1
                if left.members < 0:
                    raise fail(archive.name, f"the archive has more than {MOST_MEMBERS:,} files", "Unpack it by hand")
                target = Path(tempfile.mkdtemp(dir=scratch)) / name[-100:]
                _write(held, member, target, left)
                found += _unpack(target, scratch, left, levels - 1) if suffix == ".zip" else [target]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, NotImplementedError) as error:
        what = "is locked with a password" if "password" in str(error) else "is damaged"
        raise fail(archive.name, f"the archive {what}", "Download it again, or unpack it by hand") from None
    return found


def _write(held: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, left: _Left) -> None:
    """Write one file of an archive, counting what comes out and not what the archive says."""
    packed = max(member.compress_size, 1)
    got = 0
    with held.open(member) as source, target.open("wb") as out:
        while part := source.read(_STEP):
            got += len(part)
            left.size -= len(part)
            if left.size < 0 or (got > _SMALL and got > _RATIO * packed):
                what = f"'{member.filename[-60:]}' in it grows to more than {got >> 20:,} MiB out of {packed:,} bytes"
                raise fail(Path(str(held.filename)).name, what, "Leave it; this is no table of numbers")
            out.write(part)
