"""Verdicts by rule: what model and record say, put together the same way for every claim, on a scale declared once.

The model holds a claim, is split over it, or fails it; the record supports it, is mixed, or contradicts it; either may be
silent. A claim with a clear yes and no clear no is supported, one with a clear no and no clear yes is contradicted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Verdict(StrEnum):
    """The declared scale; words, colours and meanings are all taken from here."""

    SUPPORTED = "supported"
    DISPUTED = "disputed"
    OPEN = "open"
    CONTRADICTED = "contradicted"
    UNTESTABLE = "untestable here"
    UNTRIED = "no verdict"

    @property
    def tone(self) -> str:
        """How the word is set: ``good``, ``mixed``, ``bad`` or ``quiet``."""
        return _SCALE[self][0]

    @property
    def ink(self) -> str:
        """Its colour in pictures."""
        return _SCALE[self][1]

    @property
    def meaning(self) -> str:
        """What it means to a reader."""
        return _SCALE[self][2]

    @property
    def rank(self) -> int:
        """How well the claim stands: 2 supported, 0 contradicted, 1 neither."""
        return {"good": 2, "bad": 0}.get(self.tone, 1)


# fmt: off
_SCALE: Final[Mapping[Verdict, tuple[str, str, str]]] = MappingProxyType({
    Verdict.SUPPORTED: ("good", "teal", "model or record clearly say yes, and neither says no"),
    Verdict.DISPUTED: ("mixed", "amber", "one of the two clearly says yes, the other clearly says no"),
    Verdict.OPEN: ("mixed", "amber//",
                   "neither clearly says yes or no: the model is split, the record mixed, or one of them silent"),
    Verdict.CONTRADICTED: ("bad", "vermilion", "model or record clearly say no, and neither says yes"),
    Verdict.UNTESTABLE: ("quiet", "grey", "neither model nor record can say anything"),
    Verdict.UNTRIED: ("quiet", "grey//", "nothing was drawn, so that the model was not asked"),
})
# fmt: on
"""Tone, ink and meaning of each."""

HOLDS: Final = 0.9
"""Share of draws from which on the model is said to hold a claim; "very likely" in the calibrated language of Mastrandrea
et al. 2010, Guidance Note on Consistent Treatment of Uncertainties, IPCC."""

FAILS: Final = 0.33
"""Share of draws below which the model is said to deny it; "unlikely" in the same language."""

FEWEST: Final = 20
"""Draws below which no 5 and 95 % are told, but the least and the largest: among fewer, both would hang on one draw."""

MODEL: Final = ("fails", "split", "silent", "holds")
"""What the model can say, from no to yes."""

RECORD: Final = ("contradicts", "mixed", "silent", "supports")
"""What the record can say, from no to yes."""


def model_says(share: float) -> str:
    """Return what the model says: holds, split, fails, or silent where no draw was asked.

    Parameters
    ----------
    share : float
        Share of draws in which a claim is true, 0 to 1; NaN without any.
    """
    if math.isnan(share):
        return "silent"
    return "holds" if share >= HOLDS else "fails" if share < FAILS else "split"


def precedents_say(supports: int, contradicts: int) -> str:
    """Return what the record says: supports, mixed, contradicts, or silent."""
    if supports and contradicts:
        return "mixed"
    return "supports" if supports else "contradicts" if contradicts else "silent"


def verdict(model: str, record: str) -> Verdict:
    """Return the verdict for what model and record say, one of :data:`MODEL` and one of :data:`RECORD`."""
    yes = model == "holds" or record == "supports"
    no = model == "fails" or record == "contradicts"
    if yes and no:
        return Verdict.DISPUTED
    if yes or no:
        return Verdict.SUPPORTED if yes else Verdict.CONTRADICTED
    return Verdict.UNTESTABLE if (model, record) == ("silent", "silent") else Verdict.OPEN
