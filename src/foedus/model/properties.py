"""Properties: what laws can ask of an institution, by the name under which they ask for it.

A property is a line here. A law that names it as an argument is given it, one number per institution; the plan that is
compiled is written out anew by ``python tools/build_plan.py``, with everything that has to be copied. No property depends on
who the members are: laws know that, and drafts that differ in their members alone are asked once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from foedus.model.architecture import Institution, Kind, Rule
from foedus.model.parameters import Parameters


@dataclass(frozen=True)
class Property:
    """What can be asked of any institution."""

    meaning: str
    answer: Callable[[Institution, Parameters], float]
    yes_or_no: bool = True
    """Whether laws are given truth values; else numbers."""


def depth_of(institution: Institution, parameters: Parameters) -> float:
    """Return the depth of an institution: its own, or what the parameters give to its kind; share of a full alliance."""
    if institution.depth is not None:
        return institution.depth
    if institution.kind is Kind.FORUM:
        return parameters["forum_depth"]
    if institution.kind is Kind.DE_FACTO:
        return parameters["de_facto_depth"]
    return 1.0


PROPERTIES: Final[Mapping[str, Property]] = MappingProxyType(
    {
        "depth": Property("share of a full alliance", depth_of, yes_or_no=False),
        "treaty": Property("whether it is in force of law", lambda m, _: m.is_treaty),
        "multilateral": Property("whether it is a body", lambda m, _: m.kind is Kind.MULTILATERAL),
        "forum": Property("whether it is a forum", lambda m, _: m.kind is Kind.FORUM),
        "de_facto": Property("whether it is a commitment without treaty", lambda m, _: m.kind is Kind.DE_FACTO),
        "consensus": Property("whether its members decide by consensus", lambda m, _: m.rule is Rule.CONSENSUS),
    }
)
"""Every property of an institution."""
