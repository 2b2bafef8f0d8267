"""Verdicts by rule: what model and record say, put together the same way for every claim."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Final


class Verdict(StrEnum):
    """The declared scale."""

    SUPPORTED = "supported"
    CONDITIONAL = "conditional"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"
    UNTESTABLE = "untestable here"


HOLDS: Final = 0.9
"""Share of draws from which on the model is said to hold a claim ; "very likely" in the calibrated language of Mastrandrea
et al. 2010, Guidance Note on Consistent Treatment of Uncertainties, IPCC."""

FAILS: Final = 0.33
"""Share of draws below which the model is said to deny it; "unlikely" in the same language."""


def model_says(share: float) -> str:
    """Return what the model says: holds, split, fails, or silent without a test."""
    if math.isnan(share):
        return "silent"
    return "holds" if share >= HOLDS else "fails" if share < FAILS else "split"


def record_says(supports: int, contradicts: int) -> str:
    """Return what the record says: supports, mixed, contradicts, or silent."""
    if supports and contradicts:
        return "mixed"
    return "supports" if supports else "contradicts" if contradicts else "silent"


_RULES: Final = {
    ("holds", "supports"): Verdict.SUPPORTED,
    ("holds", "mixed"): Verdict.CONDITIONAL,
    ("holds", "silent"): Verdict.CONDITIONAL,
    ("holds", "contradicts"): Verdict.CONDITIONAL,
    ("split", "supports"): Verdict.CONDITIONAL,
    ("split", "mixed"): Verdict.CONDITIONAL,
    ("split", "silent"): Verdict.UNSUPPORTED,
    ("split", "contradicts"): Verdict.CONTRADICTED,
    ("fails", "supports"): Verdict.CONDITIONAL,
    ("fails", "mixed"): Verdict.UNSUPPORTED,
    ("fails", "silent"): Verdict.UNSUPPORTED,
    ("fails", "contradicts"): Verdict.CONTRADICTED,
    ("silent", "supports"): Verdict.CONDITIONAL,
    ("silent", "mixed"): Verdict.UNSUPPORTED,
    ("silent", "silent"): Verdict.UNTESTABLE,
    ("silent", "contradicts"): Verdict.CONTRADICTED,
}


def verdict(model: str, record: str) -> Verdict:
    """Return the verdict for what model and record say."""
    return _RULES[(model, record)]


def disagree(model: str, record: str) -> bool:
    """Return whether model and record say the opposite."""
    return (model, record) in {("holds", "contradicts"), ("fails", "supports")}
