"""Declined: shapes of sentences and classes of words that make of a question another one than is answered, each with its reason."""

from __future__ import annotations

import re
from typing import Final

from foedus.forecasts.turns import AFTER

_SUPPOSED: Final = re.compile(
    r"\b(?:would|could|might)\b.*\bhave (?!an?\b|the\b|its\b)|\bwere to\b|\b(?:have|has) to\b|^ *should\b", re.I
)
_YEARLY: Final = re.compile(r"\b(?:every|each)(?: single)? (?:calendar )?year\b", re.I)
_SOME_PAPER: Final = re.compile(
    r"\b(?:an?|any) (?:[a-z-]+ ){0,3}(?:treaty|pact|alliance) (?:be |being |is |to be )?(?:denounced|terminated|ended|abrogated|renounced|cancelled|torn up|scrapped) by\b",
    re.I,
)
"""A treaty of which it is said by whom it is ended, and not between whom it is."""
_TWO: Final = re.compile(r"\b(?:or|and),? (?:will|would|does|do) (?!not\b)", re.I)
"""A second question in the first: "leave the pact, or will Britain"."""


_UNDONE: Final = re.compile(
    r"\b(?:terminat|abrogat|revok|rescind|revers|cancel|abandon|drop|scrap|annul|halt|stop|end|withdraw|renounc|call off|go back on|renege on)\w*(?: (?:its|their|the|an?|any|earlier|formal))* "
    r"(?:(?:notice|bid|intention|plans?|threat|decision)s? |notice$|withdrawal|exit|departure|termination|denunciation|abrogation)",
    re.I,
)
"""What ends that something ends: "revoke its withdrawal" is no withdrawal."""
_SAME_SIZE: Final = re.compile(
    r"\b(?:remain|stay|still be)s? an? (?:group|club|grouping|bloc|body|forum|alliance) of (?:\d|three|four|five|six|seven|eight|nine|ten)",
    re.I,
)
_CHANCE_MOVES: Final = re.compile(
    r"^\W*(?:will|would|does|do|has|have|is|are|could|might) (?:the )?(?:odds|chances?|probability|likelihood|risk|prospects?)\b.*\b(?:fall(?:s|en)?|drop(?:s|ped)?|rise[sn]?|grow[sn]?|grown|increased?|decreased?|shr[iu]nk|higher|lower|greater|smaller|better|worse|improved?)\b",
    re.I,
)
_SHAPES: Final = (
    (_TWO, "it asks two things at once"),
    (_SUPPOSED, "it asks what would have been, or what somebody has to do, and no chance is given of that"),
    (
        AFTER,
        "it is asked after, or with, something that happens, and what one event does to another is not on record",
    ),
    (_UNDONE, "it asks whether something that ends is taken back, and the model knows only what is done"),
    (_SAME_SIZE, "it asks whether a body keeps its number of members"),
    (_CHANCE_MOVES, "it asks how a chance will change, and only what happens has one"),
    (_SOME_PAPER, "it does not say which treaty ends"),
)


def refused_by_shape(text: str, every_year: bool) -> str:
    """Return why a sentence is refused by its shape, whatever its words are; an empty text where it is not.

    Parameters
    ----------
    text : str
        Without its dates.
    every_year : bool
        Whether it is known of which years one by one it asks.

    Examples
    --------
    >>> refused_by_shape("Will Turkey leave the pact, or will Britain?", False)
    'it asks two things at once'
    """
    if _YEARLY.search(text) and not every_year:
        return "it asks of every year, and does not say from which to which"
    return next((reason for shape, reason in _SHAPES if shape.search(text)), "")


OF_THE_DOMAIN: Final = (
    "treaty",
    "pact",
    "agreement",
    "consult",
    "institution",
    "membership",
    "body",
    "ally",
    "partner",
    "meet",
    "join",
)
"""Classes of words of which one at least stands in every question of alliances."""
REFUSED: Final = {
    "condition": "it holds under a condition only, and the model gives no chance under conditions of that kind",
    "negative": "it is worded in the negative",
    "how long": "it asks how long something lasts or takes, and is answered as whether or when",
    "times": "it asks how often, and the model knows only whether something happens in a year",
    "notice": "it asks for an announcement, and the model knows only what is done",
    "expelled": "it asks what a body does to a member, and on record members only leave by themselves",
}


ON_NO_RECORD: Final = tuple(
    (re.compile(pattern, re.I), reason)
    for pattern, reason in (
        (
            r"suspend(?:s|ed|ing)?|suspensions?|freez(?:e|es|ing)|frozen",
            "a suspension is no end, and stands on no record: ask whether the treaty ends, or a member leaves",
        ),
        (r"host(?:s|ed|ing)?|venue|location", "where states meet stands on no record: ask whether they meet"),
        (r"observers?|associates?", "who observes or is associated stands on no record: ask who becomes a member"),
    )
)
"""Words of what stands on no record, and what can be asked in its place."""
TOGETHER: Final = (
    ("organ", ("ratify", "veto"), "it asks what a parliament does, and only ratifications of accessions are on record"),
    (
        "protocol",
        ("ratify", "join", "veto"),
        "it asks of an application or a protocol, and the model knows only what is done",
    ),
    (
        "pledge",
        ("meet",),
        "it asks whether obligations, targets or conditions are kept or restored, which is no quantity of the model",
    ),
    ("invoke", ("article",), "it does not say which article is invoked"),
    ("article", ("invoke",), "it asks of an article, and not whether it is invoked"),
)
"""Words that say something only beside others, and the reason where none of these stands there."""
