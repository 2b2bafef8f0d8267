"""Packed: the files of a case as a folder, or as one archive whose bytes depend on nothing but them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from foedus.vocabulary.whole import write_folder, write_whole

SUFFIX: Final = ".zip"
"""Suffix of the name of a case that is written as an archive."""

_WHEN: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every file: the first that the format knows, so that no clock is in the bytes."""
_UNIX: Final = 3
_RIGHTS: Final = 0o100644 << 16


def packed(files: Mapping[str, str], name: str) -> bytes:
    """Return the files of a case as a zip archive with one folder in it, uncompressed: the same bytes on every machine.

    Parameters
    ----------
    files : mapping of str to str
        Text by name of the file.
    name : str
        Of the folder.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for file, text in files.items():
            about = zipfile.ZipInfo(f"{name}/{file}", _WHEN)
            about.create_system, about.external_attr = _UNIX, _RIGHTS
            archive.writestr(about, text.encode())
    return held.getvalue()


def stem_of(target: Path) -> str:
    """Return the name of the folder that a case is written to, or that its archive holds."""
    return target.stem if target.suffix == SUFFIX else target.name


def write_case(target: Path, files: Mapping[str, str]) -> Path:
    """Write a case as a new folder, or as an archive where the name ends in ``.zip``.

    Parameters
    ----------
    target : Path
    files : mapping of str to str

    Raises
    ------
    FoedusError
        It is there already, or cannot be written.
    """
    if target.suffix == SUFFIX:
        return write_whole(target, packed(files, stem_of(target)))
    return write_folder(target, files)
