"""All data sets that are read, by name, and all their tables."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from foedus.archive.datasets import atop, attributes, conflict, cow, worldbank
from foedus.archive.datasets.published import Dataset, Table
from foedus.vocabulary.errors import fail, nearest

DATASETS: Final[Mapping[str, Dataset]] = MappingProxyType(
    {d.name: d for d in (*atop.DATASETS, *cow.DATASETS, *conflict.DATASETS, *attributes.DATASETS, *worldbank.DATASETS)}
)
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
