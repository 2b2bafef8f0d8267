"""All data sets that are read, found by folder: a file of this room that declares ``DATASETS`` is read."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import foedus.archive.datasets as room
from foedus.archive.datasets.published import Dataset, Table
from foedus.vocabulary.errors import fail, nearest

_FIRST: Final = ("atop", "cow", "conflict", "attributes")
"""Files whose data sets stand first where they are listed: what nothing works without, then what most need."""


def _found() -> list[Dataset]:
    names = {m.name for m in pkgutil.iter_modules(room.__path__)} - {"catalogue"}
    order = sorted(names, key=lambda n: (_FIRST.index(n) if n in _FIRST else len(_FIRST), n))
    modules = [importlib.import_module(f"{room.__name__}.{n}") for n in order]
    return [d for m in modules for d in getattr(m, "DATASETS", ())]


DATASETS: Final[Mapping[str, Dataset]] = MappingProxyType({d.name: d for d in _found()})
"""Every data set by name."""

TABLES: Final[Mapping[str, Table]] = MappingProxyType({t.name: t for d in DATASETS.values() for t in d.tables})
"""Every table by name."""

_OWNERS: Final = {t.name: d for d in DATASETS.values() for t in d.tables}


def dataset(name: str) -> Dataset:
    """Return a data set by name.

    Raises
    ------
    FoedusError
        No such data set; the nearest names are given.
    """
    if name not in DATASETS:
        raise fail(f"data set '{name}'", "there is no such data set", nearest(name, DATASETS))
    return DATASETS[name]


def owner(table: str) -> Dataset:
    """Return the data set a table belongs to.

    Raises
    ------
    FoedusError
        No such table; the nearest names are given.
    """
    if table not in _OWNERS:
        raise fail(f"table '{table}'", "there is no such table", nearest(table, _OWNERS))
    return _OWNERS[table]
