"""Recognition: a treaty with a state that the hub no longer recognises does not go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from foedus.model.architecture import Institution, Kind
from foedus.model.mechanism import Mechanism, Variant

MECHANISM = Mechanism(
    name="recognition",
    claim="The hub signs with nobody whom it does not recognise, and does not stay bound to him either.",
    equation=r"\Pr(h\ \text{leaves}\ \{h,i\}) = 1\quad\text{where}\ i\ \text{is not recognised}",
    sources=("Notice of 23 December 1978 under Article X of the treaty between Washington and Taipei",),
    tried=False,
)


def loses_its_ground(institution: Institution, hub: str, unrecognised: frozenset[str]) -> bool:
    """Return whether an institution is a treaty of the hub with one state that it does not recognise."""
    return (
        institution.kind is Kind.BILATERAL
        and institution.has(hub)
        and not unrecognised.isdisjoint(set(institution.members) - {hub})
    )


def _outlived(institution: Institution, hub: str, unrecognised: frozenset[str]) -> bool:
    return False


VARIANTS: Final[Mapping[str, Variant]] = {
    "ends": Variant(
        "A treaty of two ends within the year in which the hub ceases to recognise the other side.",
        loses_its_ground,
        assumptions=("A treaty with a state that is no longer recognised ends: the record has one such case, Taipei.",),
    ),
    "outlived": Variant("A treaty of two outlives the recognition of a side, if both gain by it.", _outlived),
}
"""Whether a treaty ends with recognition; each takes institution, hub and who is not recognised."""
