"""Wiring: which laws are needed, in which order, and which of them hold in any architecture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from foedus.kernels.defended import exact_shares_from
from foedus.mechanisms import COMPONENTS, LAWS
from foedus.model.mechanism import Law, order
from foedus.model.parameters import BY_NAME
from foedus.model.properties import PROPERTIES
from foedus.model.world import SHAPES

ROSTER: Final = ("member", *PROPERTIES, "new")
"""Quantities read off an architecture, one row per institution: who is a member, properties, whether it is new."""

WANTED: Final = (*COMPONENTS, "rescue", "joint_worth")

STANDING: Final = "strength_standing"
"""What defends each state under the institutions that are in force when an architecture is judged."""

REMEMBERED: Final[Mapping[str, Callable[..., Any]]] = {"shares": exact_shares_from}
"""Laws that are not worked out anew where little has changed, each with what yields the same from a memory.

It takes the arguments of the law, and last the memory, which whoever appraises keeps: laws remember nothing.
"""


def _split() -> tuple[tuple[Law, ...], tuple[Law, ...]]:
    """Tell laws that hold in any architecture from those that do not."""
    moving = set(ROSTER)
    still, dynamic = [], []
    for law in order(LAWS, WANTED, (*SHAPES, "hub", STANDING, *BY_NAME, *ROSTER)):
        if moving.intersection(law.needs):
            moving.add(law.name)
            dynamic.append(law)
        else:
            still.append(law)
    return tuple(still), tuple(dynamic)


STILL, DYNAMIC = _split()
GIVEN: Final = tuple(
    dict.fromkeys(n for law in DYNAMIC for n in law.needs if n not in ROSTER and n not in {d.name for d in DYNAMIC})
)
"""What laws that depend on the architecture need from world and parameters."""


def _of_one() -> frozenset[str]:
    """Return the laws that say of every institution what it is, whichever others there are: read off needs and shape."""
    known, found = {*ROSTER, *GIVEN}, set()
    for law in DYNAMIC:
        if law.shape[:1] == ("M",) and known.issuperset(law.needs):
            known.add(law.name)
            found.add(law.name)
    return frozenset(found)


OF_ONE: Final = _of_one()
"""Laws that are worked out once for an institution that stands in several architectures."""
