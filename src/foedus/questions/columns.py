"""Columns of draws: what every number of a draw is, whether it was drawn or worked out, and in which unit."""

from __future__ import annotations

from foedus.casebook.quantities import QUANTITIES
from foedus.model.parameters import BY_NAME
from foedus.questions.listing import measure_of
from foedus.vocabulary.tables import Column


def describe(column: str) -> Column:
    """Return unit and meaning of a number of a draw: a parameter, a fact, what is in force, or an answer."""
    if column in BY_NAME:
        p = BY_NAME[column]
        return Column(column, p.unit, f"parameter: {p.meaning}")
    if column == "start":
        return Column(column, "", "architecture in force at the beginning of the year")
    if "|" not in column:
        quantity = QUANTITIES[column.split()[0]].quantity
        return Column(column, quantity.unit, f"fact: {quantity.meaning}, of {' about '.join(column.split()[1:])}")
    measure, blanks = measure_of(column)
    return Column(column, measure.unit_of(blanks), measure.says(blanks))
