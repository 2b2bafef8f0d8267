"""Star: the hub offers bilateral treaties one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from foedus.model.architecture import Architecture, Kind, bilateral
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="star",
    claim="A bilateral treaty is signed if both the hub and the spoke gain; never with a state not recognised.",
    equation=r"g \leftarrow g + \{h,i\}\ \text{if}\ U_h\ \text{and}\ U_i\ \text{rise}",
    sources=("Cha 2010", "Izumikawa 2020"),
)


def _gains(before: Sequence[float], after: Sequence[float], one: int, other: int) -> bool:
    return after[one] > before[one] and after[other] > before[other]


def grow_star(
    start: Architecture,
    candidates: Sequence[tuple[int, str]],
    hub: tuple[int, str],
    utility: Callable[[Architecture], Sequence[float]],
) -> Architecture:
    """Return the architecture after the hub has offered a treaty to each candidate in turn.

    Parameters
    ----------
    start : Architecture
        Institutions in force.
    candidates : sequence of (int, str)
        Position and id of recognised states without the hub, in the order of the case.
    hub : (int, str)
    utility : callable
        Utility of every state under an architecture.
    """
    at, name = hub
    grown = start
    for i, state in candidates:
        if any(m.kind is not Kind.DE_FACTO and m.is_treaty and m.has(name, state) for m in grown):
            continue
        offered = grown.having(bilateral(name, state))
        if _gains(utility(grown), utility(offered), at, i):
            grown = offered
    return grown
