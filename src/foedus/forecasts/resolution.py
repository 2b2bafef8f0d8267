"""Resolution: the sentence after a question that says when it counts as answered, where it says nothing new."""

from __future__ import annotations

import re
from typing import Final

from foedus.forecasts.query import NotUnderstood
from foedus.forecasts.words import Lexicon, pieces

_BEGINS: Final = re.compile(
    r"(?<=[?.)]) *(?=(?:(?:this|the) (?:question|market) (?:will )?(?:resolves?|is resolved|counts?)|(?:it |will )?resolves?\b|resolution\b))",
    re.I,
)
_PLAIN: Final = re.compile(
    r"(?i)(?:this|the|question|market|will|would|be|is|are|it|they|them|resolves?|resolved|resolution|criteria|positive(?:ly)?|negative(?:ly)?"
    r"|to|as|yes|no|if|when|and|or|otherwise|counts?|true|false|credible|reliable|major|news|media|outlets?|reports?|reported|reporting"
    r"|according|official(?:ly|s)?|sources?|statements?|websites?|announc\w+|confirm\w*|government|governments|on|in|by|of|from|a|an|the|that"
    r"|representatives?|leaders?|such|so|this|has|have|having|been|happens?|occurs?|event|date|deadline|before|after|both|sides|parties|public(?:ly)?|joins?|joined)"
)
"""Words that say how something becomes known, and not what has to happen."""
_PAPER: Final = re.compile(r"(?i)agreements?|treat(?:y|ies)|pacts?|accords?|deals?|arrangements?")
_PAPERS: Final = frozenset({"agreement", "treaty", "pact", "body", "consult"})
"""Classes of what is signed; the sentence on resolution may call it by a shorter name."""
_SAME: Final = (
    "sign",
    "end",
    "hold",
    "meet",
    "join",
    "treaty",
    "pact",
    "agreement",
    "ratify",
    "apply",
    "country",
    "filler",
    "with",
    "be",
    "member",
    "membership",
)


def without_resolution(text: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """Return a question without the sentence on how it is resolved, and a note that this is not told apart.

    Parameters
    ----------
    text : str
        Without its dates.
    lexicon : Lexicon

    Raises
    ------
    NotUnderstood
        That sentence says more than that the event becomes known: a number, another state, another event.
    """
    head, *rest = _BEGINS.split(text, maxsplit=1)
    if not rest:
        return text, ()
    asked = pieces(head, lexicon)
    named = {w.value for w in asked if w.kind in ("state", "institution")}
    kinds = {w.kind for w in asked}
    for word in pieces(rest[0], lexicon):
        plain = all(_PLAIN.fullmatch(part) for part in word.text.split())
        same = (
            word.value in named if word.value and word.kind != "unknown" else word.kind in _SAME and word.kind in kinds
        )
        same |= bool(kinds & _PAPERS) and _PAPER.fullmatch(word.text) is not None
        if not (plain or same or word.kind in ("filler", "with", "be")):
            raise NotUnderstood(f"its sentence on resolution says more than the question: '{word.text[:40]}'")
    return head, ("what it says about its resolution is that it becomes known",)
