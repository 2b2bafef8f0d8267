"""Pooling: what a hub or a body has kept so far tells how well it keeps what it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from foedus.model.architecture import Institution
from foedus.model.mechanism import Mechanism, Variant

MECHANISM = Mechanism(
    name="pooling",
    claim="A hub and a body with a record have habits of their own, between their record and the rate of their class.",
    equation=r"h = \frac{k + a}{e + a/\bar h}",
    sources=("Gelman & Hill 2007 (partial pooling)", "ATOP 5.1, treaties in force from 1945"),
    tried=False,
)


def _class(institution: Institution) -> float | None:
    return None


def _record(institution: Institution) -> float | None:
    return institution.habit


VARIANTS: Final[Mapping[str, Variant]] = {
    "class": Variant("Every institution of a class has the same habit.", _class),
    "record": Variant(
        "Treaties of the hub, and bodies, have the habits of their record before the run, pooled with their class.",
        _record,
        assumptions=(
            "Habits by record did not foretell ends better than those of the class: they are a default for a case, no claim.",
        ),
    ),
}
"""Which habit an institution has; each takes it and returns the yearly chance that one member leaves, None for its class."""
