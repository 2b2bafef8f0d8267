"""Opening data: the store of the user, a store elsewhere, or a folder of tidy tables, whichever is there."""

from __future__ import annotations

import hashlib
from pathlib import Path

from foedus.archive.datasets.catalogue import owner
from foedus.archive.datasets.tidy import SOURCES, TidyFolder
from foedus.archive.shelves import MANIFEST, Store
from foedus.vocabulary.errors import fail
from foedus.vocabulary.inputs import MOST_DATA, read_input


def open_source(folder: Path | str | None = None) -> Store | TidyFolder:
    """Return the historical data in a folder.

    Parameters
    ----------
    folder : Path or str, optional
        Folder of a store, or of tidy tables; by default the store of the user.

    Raises
    ------
    FoedusError
        There is no such folder, or it holds no data.
    """
    how = "Run: foedus data import FOLDER (or foedus data pull), or name a folder with --data"
    if folder is not None and not Path(folder).is_dir():
        raise fail(str(folder), "there is no such folder", how)
    store = Store(folder)
    if (store.folder / MANIFEST).is_file():
        return store
    if folder is None:
        raise fail(str(store.folder), "there are no historical data in the store yet", how)
    if not any((Path(folder) / file).is_file() for file, _ in SOURCES.values()):
        raise fail(str(folder), "the folder is neither a store nor a folder of tidy tables", how)
    return TidyFolder(folder)


def versions(source: Store | TidyFolder) -> dict[str, dict[str, str]]:
    """Return version and SHA-256 of every table of a source, by table.

    Raises
    ------
    FoedusError
        The manifest of the store is damaged, or a file cannot be read.
    """
    if isinstance(source, Store):
        return {name: {"version": e.version, "sha256": e.sha256} for name, e in sorted(source.entries().items())}
    found = {}
    for name, (file, _) in sorted(SOURCES.items()):
        if source.has(name):
            sha256 = hashlib.sha256(read_input(source.folder / file, MOST_DATA)).hexdigest()
            found[name] = {"version": f"{owner(name).version} (tidy copy)", "sha256": sha256}
    return found
