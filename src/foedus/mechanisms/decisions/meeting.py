"""Meeting: a forum in force meets, as long as nobody stays away for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from foedus.model.mechanism import Mechanism, Variant

MECHANISM = Mechanism(
    name="meeting",
    claim="A forum in force meets every year unless a member leaves it; one that is not has to be proposed.",
    equation=r"\Pr(m\ meets) = \prod_{i \in S_m} (1 - \Pr(i\ \text{leaves}\ m))",
    sources=("judged: meetings of 17 forums, of which about 4 lapsed in some 100 forum-years",),
    tried=False,
)


def meets(chances_to_leave: Iterable[float]) -> float:
    """Return the chance that a forum in force meets within a year, from the yearly chance of each member to leave it."""
    together = 1.0
    for chance in chances_to_leave:
        together *= 1.0 - chance
    return together


def _in_force() -> bool:
    return True


def _round() -> bool:
    return False


VARIANTS: Final[Mapping[str, Variant]] = {
    "in-force": Variant("A forum in force meets unless a member leaves it.", _in_force),
    "round": Variant("A forum meets where a round of the year ends with it, whether it is in force or not.", _round),
}
"""Whether a forum in force goes on by itself; each takes nothing."""
