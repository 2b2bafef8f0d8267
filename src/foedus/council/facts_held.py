"""Facts that hold: from which year the facts of a room's year are, where the data of its case do not reach it."""

from __future__ import annotations

from functools import lru_cache

from foedus.casebook.reader import read_case
from foedus.casebook.series import years_covered


@lru_cache(maxsize=64)
def held_since(case: str, year: int) -> int | None:
    """Return the year from which the facts of another year are; None where the case has facts of its own for it.

    Parameters
    ----------
    case : str
        Name or folder, ``@YEAR`` allowed.
    year : int

    Raises
    ------
    FoedusError
        There is no such case.
    """
    last = years_covered(read_case(case))[1]
    return last if year > last else None
