"""Scaled facts: named numbers of a world multiplied together, each where it stands in the arrays."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np

from foedus.model.world import SHAPES, Floats, World

_MIGHT: Final = MappingProxyType(
    {
        # capability is the root of spending times CINC, so that twice the spending is the root of two of it
        "military_spending": (("capability_raw", "capability_available"), math.sqrt),
        "cinc": (("capability_raw", "capability_available"), math.sqrt),
        "available_share": (("capability_available",), float),
    }
)
"""Facts of which a world holds what they come to: the arrays, and what their factor is there."""


def scaled_facts(facts: Sequence[tuple[str, str, str | None]]) -> Callable[[World, float, str], World]:
    """Return what multiplies facts of a world, never beyond what a quantity can be; who is no state of it is left out.

    Parameters
    ----------
    facts : sequence of (str, str, str or None)
        Quantity, subject, and the state it is about or None.
    """

    def change(world: World, factor: float, _: str) -> World:
        found: dict[str, Floats] = {}
        for quantity, subject, against in facts:
            for name, at, times in _places(world, quantity, subject, against, factor):
                values = found.setdefault(name, np.array(getattr(world, name)))
                _, low, high = SHAPES[name]
                values[at] = np.clip(values[at] * times, low, high)
        return world.replace(**found)

    return change


def _places(
    world: World, quantity: str, subject: str, against: str | None, factor: float
) -> list[tuple[str, tuple[int, ...], float]]:
    """Return where a fact stands: array, place in it, and factor; nothing where it is of nobody who is there."""
    present = {s: (i, "") for i, s in enumerate(world.states)}
    present |= {a: (i, "adversary_") for i, a in enumerate(world.adversaries)}
    if subject not in present or (against is not None and against not in present):
        return []
    i, side = present[subject]
    if against is None:
        names, times = _MIGHT.get(quantity, ((quantity,), float))
        return [(side + name, (i,), times(factor)) for name in names]
    j, other = present[against]
    if quantity == "distance" and not side and not other:
        return [(quantity, (i, j), factor), (quantity, (j, i), factor)]
    if quantity == "distance":
        return [("adversary_distance", (i, j) if side else (j, i), factor)]
    return [(quantity, (i, j), factor)]
