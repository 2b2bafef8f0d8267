"""Quantities and parameters: a number never travels without unit, source or range."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quantity:
    """A measurable thing, declared once; schema, labels and units are made from it."""

    name: str
    """Field word used in case files and tables."""
    symbol: str
    """Symbol in the equations of the documentation."""
    unit: str
    """Unit of the stored value."""
    meaning: str
    """One clause that says what it is."""
    low: float = float("-inf")
    high: float = float("inf")
    """Bounds of values that make sense; outside them a value is refused."""


@dataclass(frozen=True)
class Parameter:
    """A global parameter of the theory: one set for all cases."""

    name: str
    """Field word."""
    symbol: str
    """Symbol in the equations; accepted wherever the name is."""
    unit: str
    """Unit of the value."""
    meaning: str
    """One clause that says what it is."""
    default: float
    """Value used when nothing else is said."""
    low: float
    high: float
    """Range over which ensembles draw."""
    source: str
    """Where the value and the range come from; starts with ``judged:`` when they are judgement."""
    floor: float = 0.0
    ceiling: float = float("inf")
    """Bounds outside which the theory is not defined."""
    logarithmic: bool = False
    """Whether ensembles draw on the logarithm (ranges quoted as x/÷ a factor)."""
    law: str = ""
    """The variants of procedures that read it, as ``holding=habit``, with commas between; empty for what is always read."""
