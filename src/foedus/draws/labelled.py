"""Labelled draws: columns of numbers as a data set of xarray or a frame of pandas, each with its unit and its meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from numpy.typing import ArrayLike

from foedus.vocabulary.libraries import Dataset, PandasFrame, need
from foedus.vocabulary.tables import Column

DRAW: Final = Column("draw", "", "number of the draw, from 0", unsaid="count")
"""The column that numbers the draws, and the dimension along which data sets run."""

Describe = Callable[[str], Column]
"""Says of a column by name what it is and in which unit."""


def as_dataset(
    columns: Mapping[str, ArrayLike], draws: ArrayLike, describe: Describe, about: Mapping[str, Any], what_for: str
) -> Dataset:
    """Return columns as an xarray data set along ``draw``.

    Parameters
    ----------
    columns : mapping of str to array_like, shape (draws,)
    draws : array_like of int, shape (draws,)
        Numbers of the draws, the labels of the dimension.
    describe : callable
        Its units and meanings go with the variables as ``units`` and ``long_name``, as plots of xarray read them.
    about : mapping
        Attributes of the whole.
    what_for : str
        What cannot be had without xarray, as the reader calls it.

    Raises
    ------
    FoedusError
        xarray is not installed.
    """
    xarray = need("xarray", "xarray", what_for)
    data = {name: (DRAW.name, values, attributes(describe(name))) for name, values in columns.items()}
    made: Dataset = xarray.Dataset(data, coords={DRAW.name: draws}, attrs=dict(about))
    return made


def attributes(column: Column) -> dict[str, str]:
    """Return what goes with a variable of xarray: its units and its long name, those that there are."""
    return {k: v for k, v in (("units", column.unit), ("long_name", column.meaning)) if v}


def as_frame(
    columns: Mapping[str, ArrayLike], draws: ArrayLike, describe: Describe, about: Mapping[str, Any], what_for: str
) -> PandasFrame:
    """Return columns as a tidy pandas frame, one row per draw, its number the index; ``attrs`` hold units and meanings.

    Parameters
    ----------
    columns, draws, describe, about, what_for
        As in :func:`as_dataset`.

    Raises
    ------
    FoedusError
        pandas is not installed.
    """
    pandas = need("pandas", "frames", what_for)
    frame: PandasFrame = pandas.DataFrame(dict(columns), index=pandas.Index(draws, name=DRAW.name))
    told = {name: describe(name) for name in columns}
    units = {name: c.unit for name, c in told.items() if c.unit}
    frame.attrs = {**about, "units": units, "meanings": {name: c.meaning for name, c in told.items() if c.meaning}}
    return frame
