"""Seals: compiled code on disk, each file with a seal, so that a damaged one is compiled again and never run.

What numba keeps is loaded as code. A bit that has changed in it could stop the process, or change a number without a word.
The seal tells of damage by disks and programs; it is no protection from somebody who may write in the folder.
"""

from __future__ import annotations

import logging
import os
import pickle
import stat
from hashlib import sha256
from typing import Any, Final, cast

from numba.core import caching

_SEAL: Final = 32
"""Bytes of the hash before the content of a file."""
_MOST: Final = 1 << 28
"""Bytes of the largest file that is read; compiled functions have some hundred thousand."""


def _seal(name: str, content: bytes) -> bytes:
    """Return the hash of a content under the name of its file, so that files that were exchanged are noticed."""
    return sha256(name.encode() + b"\0" + content).digest()


def _sealed(path: str) -> bytes | None:
    """Return what a file holds whose seal is right; None for any other, and for what is no plain file."""
    try:
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode) or about.st_size > _MOST:
            return None
        with open(path, "rb") as file:
            seal, content = file.read(_SEAL), file.read()
    except OSError:
        return None
    return content if seal == _seal(os.path.basename(path), content) else None


class SealedFiles(cast(Any, caching.IndexDataCacheFile)):  # type: ignore[misc]
    """Index and data files of the compiled code of one function, each with a seal."""

    said = False

    def save(self, key: Any, data: Any) -> None:
        """Keep an entry; where there is no room or no right to it, say so once and go on without."""
        try:
            super().save(key, data)
        except OSError as error:
            if not SealedFiles.said:
                SealedFiles.said = True
                what = "Compiled code cannot be kept in %s (%s); it is compiled anew every time."
                logging.getLogger("foedus").warning(what, self._cache_path, error.strerror or error)

    def _load_index(self) -> dict[Any, str]:
        content = _sealed(self._index_path)
        if content is None:
            return {}
        version, stamp, overloads = pickle.loads(content)
        return dict(overloads) if (version, stamp) == (self._version, self._source_stamp) else {}

    def _save_index(self, overloads: dict[Any, str]) -> None:
        self._write(self._index_path, self._dump((self._version, self._source_stamp, overloads)))

    def _load_data(self, name: str) -> Any:
        content = _sealed(self._data_path(name))
        if content is None:
            raise OSError("there is no such file, or it is not as it was written")  # which is taken for a missing one
        return pickle.loads(content)

    def _save_data(self, name: str, data: Any) -> None:
        self._write(self._data_path(name), self._dump(data))

    def _write(self, path: str, content: bytes) -> None:
        with self._open_for_write(path) as file:
            file.write(_seal(os.path.basename(path), content) + content)


def sealed() -> None:
    """Have all compiled code of this process kept under seals from now on."""
    cast(Any, caching).IndexDataCacheFile = SealedFiles
