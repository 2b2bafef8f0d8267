"""A room as one file: its files in an archive, the same bytes each time, with a list of hashes that is checked before it is read."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from foedus.vocabulary.errors import FoedusError, Problem, fail
from foedus.vocabulary.inputs import read_input

HASHES: Final = "HASHES"
"""Name of the list: a line for each file, as ``sha256sum`` writes and checks it."""
MOST: Final = 64 << 20
"""Bytes of an archive (judged: a room of 10,000 events packs to less than two million)."""
MOST_OUT: Final = 256 << 20
"""Bytes of all files of an archive together (judged: ten times those of such a room)."""
MOST_FILES: Final = 64
"""Files of an archive (judged: a room leaves a dozen)."""
_WHEN: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_RIGHTS: Final = 0o100644 << 16
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_STEP: Final = 1 << 20
BROKEN: Final = "backslashreplace"
"""What becomes of half a character: its escape, which JSON reads back."""


def with_hashes(files: Mapping[str, str]) -> dict[str, str]:
    """Return files with the list of their hashes."""
    lines = (f"{sha256(text.encode(errors=BROKEN)).hexdigest()}  {name}\n" for name, text in sorted(files.items()))
    return {**files, HASHES: "".join(lines)}


def zipped(files: Mapping[str, str]) -> bytes:
    """Return files as an archive with their hashes in it; the same files give the same bytes.

    Parameters
    ----------
    files : mapping of str to str
        Text by name.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in with_hashes(files).items():
            about = zipfile.ZipInfo(name, _WHEN)
            about.create_system, about.external_attr, about.compress_type = _UNIX, _RIGHTS, zipfile.ZIP_DEFLATED
            archive.writestr(about, text.encode(errors=BROKEN), compresslevel=9)
    return held.getvalue()


def unzipped(path: Path) -> dict[str, str]:
    """Return the files of an archive by name, each found to be what its hash says; nothing is written anywhere.

    Parameters
    ----------
    path : Path

    Raises
    ------
    FoedusError
        It is no archive, is damaged, would grow beyond all bounds, or a file is not what was written.
    """
    where, content = path.name, read_input(path, MOST)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = _taken_out(archive, where)
    except zipfile.BadZipFile:
        raise fail(where, "this is no archive, or a damaged one", "Export the room again") from None
    except (zlib.error, OSError, EOFError, RuntimeError, ValueError, NotImplementedError):
        raise fail(where, "the archive is damaged or locked", "Export the room again") from None
    files = {}
    for name, raw in found.items():
        try:
            files[name] = raw.decode()
        except UnicodeDecodeError:
            raise fail(f"{where}, {name}", "this is no text", "Export the room again") from None
    _checked(found, files.get(HASHES), where)
    return {n: t for n, t in files.items() if n != HASHES}


def _taken_out(archive: zipfile.ZipFile, where: str) -> dict[str, bytes]:
    """Return what is in an archive, counting what comes out and not what it says of itself."""
    members, found, size = archive.infolist(), {}, 0
    if len(members) > MOST_FILES:
        raise fail(where, f"it has {len(members):,} files", f"A room leaves {MOST_FILES} at the most")
    for member in members:
        name = member.filename
        if not _NAME.fullmatch(name) or name in found:
            what = f"'{name[:60]}' in it is no file of a room, or stands twice"
            raise fail(where, what, "Take the archive as it was exported")
        parts = []
        with archive.open(member) as source:
            while part := source.read(_STEP):
                parts.append(part)
                size += len(part)
                if size > MOST_OUT:
                    raise fail(where, f"it grows to more than {MOST_OUT >> 20} MiB", "Leave it; this is no room")
        found[name] = b"".join(parts)
    return found


def _checked(found: Mapping[str, bytes], listed: str | None, where: str) -> None:
    """Check every file against the list of hashes.

    Raises
    ------
    FoedusError
        There is no list, or a file is missing, was changed or was added: every one is named.
    """
    if listed is None:
        raise fail(where, f"the file {HASHES} is missing", "Take the archive as it was exported")
    said: dict[str, str] = {}
    for line in listed.split("\n"):
        digest, _, name = line.partition("  ")
        said |= {name: digest} if name else {}
    names = {n for n in found if n != HASHES}
    problems = [
        Problem(f"{where}, {n}", "the file is missing", "Export the room again") for n in sorted(said.keys() - names)
    ]
    problems += [
        Problem(f"{where}, {n}", f"the file is not in {HASHES}", "Take it out") for n in sorted(names - said.keys())
    ]
    problems += [
        Problem(f"{where}, {n}", f"it was changed after it was exported ({HASHES} says so)", "Take an untouched copy")
        for n in sorted(names & said.keys())
        if sha256(found[n]).hexdigest() != said[n]
    ]
    if problems:
        raise FoedusError(problems)
