"""Star: the hub offers bilateral treaties one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from foedus.model.architecture import Architecture, Institution, bilateral
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="star",
    claim="A bilateral treaty is signed if both the hub and the spoke gain; never with a state not recognised.",
    equation=r"g \leftarrow g + \{h,i\}\ \text{if}\ U_h\ \text{and}\ U_i\ \text{rise}",
    sources=("Cha 2010", "Izumikawa 2020"),
)

_TOGETHER = 2
"""Offers that are looked at together at first, and twice as many each time that all of them are refused."""


def _gains(before: Sequence[float], after: Sequence[float], one: int, other: int) -> bool:
    return after[one] > before[one] and after[other] > before[other]


def grow_star(
    start: Architecture,
    candidates: Sequence[tuple[int, str]],
    hub: tuple[int, str],
    utilities: Callable[[Architecture, Sequence[Institution]], tuple[Sequence[float], Sequence[Sequence[float]]]],
) -> Architecture:
    """Return the architecture after the hub has offered a treaty to each candidate in turn.

    Parameters
    ----------
    start : Architecture
        Institutions in force.
    candidates : sequence of (int, str)
        Position and id of recognised states without the hub, in the order of the case.
    hub : (int, str)
    utilities : callable
        Utility of every state under an architecture, and under it with each of some treaties.
    """
    at, name = hub
    bound = {s for m in start if m.is_treaty and name in m.members for s in m.members}
    grown, left, together = start, [(i, s) for i, s in candidates if s not in bound], _TOGETHER
    while left:
        offers = [bilateral(name, s) for _, s in left[:together]]
        before, after = utilities(grown, offers)
        signed = [k for k, (i, _) in enumerate(left[:together]) if _gains(before, after[k], at, i)]
        if signed:  # those behind the first are offered theirs anew, beside it
            grown, left, together = grown.having(offers[signed[0]]), left[signed[0] + 1 :], _TOGETHER
        else:
            left, together = left[together:], 2 * together
    return grown
