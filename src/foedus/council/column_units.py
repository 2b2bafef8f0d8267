"""What the columns of a room's tables mean, with their units: a table of its own in every export."""

from __future__ import annotations

from typing import Final

from foedus.council.told_of_rooms import as_csv
from foedus.mechanisms import COMPONENTS, MECHANISMS

_EVERYWHERE: Final = (
    ("year", "year", "of the room's calendar"),
    ("phase", "", "of the year in which it happened"),
    ("at", "time (ISO 8601, UTC)", "when the room took it"),
    ("seat, state", "code of a state", "as in the case"),
    ("key", "", "an institution: its kind, its rule, its members"),
)
_OF_THEIR_OWN: Final = (
    ("decisions.csv", "yes", "1 or 0", "what was answered"),
    ("decisions.csv", "by", "", "people, or the law of the model"),
    ("decisions.csv", "chance", "probability, 0 to 1", "of a yes, as the law has it"),
    ("decisions.csv", "draw", "number, 0 to 1", "that fell: below the chance it is a yes"),
    (
        "years.csv",
        "against",
        "",
        "what the terms of the row are of: now (all in force, against no treaty at all), last (the same a year before), "
        "nothing (as if nothing new had been signed this year)",
    ),
    ("texts.csv", "version", "count", "of the text"),
    ("texts.csv", "brackets", "codes of states", "who holds one in the article"),
)


def columns_csv() -> str:
    """Return every column that has a unit or is not told by its name, one row each, as CSV.

    Examples
    --------
    >>> columns_csv().splitlines()[-1]
    'years.csv,fee,% of own GDP a year,upkeep'
    """
    terms = [("years.csv", n, "% of own GDP a year", MECHANISMS[n].label) for n in COMPONENTS]
    rows = [*(("any", *row) for row in _EVERYWHERE), *_OF_THEIR_OWN, *terms]
    return as_csv(("file", "column", "unit", "meaning"), rows)
