"""Rearranged: the same question in a plainer order, and a treaty, a number or a list by its plainer name; nothing of it is left out."""

from __future__ import annotations

import re
from typing import Final

from foedus.forecasts.words import Lexicon

_NAME: Final = r"(?:the )?(?-i:[A-Z])[\w.'-]*(?: (?:and (?=Herzegovina)|of |the )?(?-i:[A-Z])[\w.'-]*)*"
_LIST: Final = rf"{_NAME}(?:(?:,|,? or|,? and) {_NAME})+"
_AUX: Final = r"(?:will|would|is|are|does|do|can|could|shall)"
_DO: Final = r"(?:defend|assist|aid|protect|help|come to the (?:aid|defen[cs]e|help|assistance) of)"
_DUTY: Final = (
    rf"(?:(?:binding|obliging|obligating|committing|requiring) (?:the two|both|each|them|the parties|its parties) to {_DO} (?:each other|one another|the other)"
    rf"|(?:under|by|in) which (?:each|both|either|they|the parties|the two|all)(?: party| side| state| of them)? (?:(?:is|are|will be|would be) )?"
    rf"(?:obliged|bound|committed|required|pledged|pledges?|undertakes?|promises?|commits?(?: itself| themselves)?|agrees?) to {_DO} (?:the other|each other|one another|the others)(?: party| side)?(?: if (?:it is |they are )?attacked| against (?:an )?attack)?"
    r"|under which an (?:armed )?attack on one (?:is|counts as|would be|will be) (?:considered |treated as |deemed )?an attack on (?:the other|both|all)"
    r"|(?:containing|with|including|that contains|which contains) an? (?:explicit |mutual |reciprocal |binding )*(?:obligation|duty|commitment|pledge|guarantee)s? of (?:armed |military |mutual )*(?:assistance|defen[cs]e|aid)"
    r"(?: (?:in the event|in case) of an (?:armed )?attack (?:up)?on (?:either|any|one|each) (?:party|side|of them))?)"
)
"""The duty of a treaty of mutual defence, in the words of a treaty."""
_BOTH_OF: Final = r"(?:strategic |security |close |growing |informal )*(?:partnership|relationship|friendship|entente|alignment|ties|cooperation|axis|coalition)"

_MOVED: Final = tuple(
    (re.compile(pattern, re.I), plainer)
    for pattern, plainer in (
        (r"^do(?:es)? (?!you\b|we\b)", "Will "),
        (
            r"^how (?:confident|sure|certain|optimistic|worried) (?:should|can|may|are|would) (?:we|you|one|i) (?:be )?(?:that|about it that)\b",
            "Is it likely that",
        ),
        (r"\bIs it likely that (?P<what>.+)$", r"Will \g<what>"),
        # a treaty of mutual defence by what it says, a stock by what is counted
        (
            rf"\b(?:an? |any |the )?(?:new |formal |bilateral )*(?:treaty|pact|agreement) {_DUTY}",
            "a mutual defence treaty",
        ),
        (
            r"(?<=mutual defence treaty), (?:howsoever|however|whatever it is) (?:denominated|called|named)\b",
            "",
        ),
        (
            r", excluding (?:consultation clauses|memoranda of understanding|non-binding (?:texts|declarations))(?: and (?:consultation clauses|memoranda of understanding))?",
            "",
        ),
        (
            rf"\b(?:the |their )?{_BOTH_OF} (?:of|between) (?P<two>{_NAME} and {_NAME}) (?=(?:\w+ )?(?:into|to) an? )",
            r"\g<two> ",
        ),
        (
            rf"\b(?:the |their )?{_BOTH_OF} (?:of|between) (?P<two>{_NAME} and {_NAME}) (?=[a-z]+ into an? )",
            r"\g<two> ",
        ),
        (r"\b(?:ripen|blossom|mature|develop|grow|harden|deepen|turn|flower)(?:s|ed)? into (?=an? )", "evolve into "),
        (
            r"^(?P<many>how many .+?) (?P<aux>will|does|would) (?P<body>.{2,40}?) (?:count|boast|tally|number|comprise)\b",
            r"\g<many> \g<aux> \g<body> have",
        ),
        (
            r"\b(?:boast|count|tally|number)(?= (?:at least|more than|exactly|fewer than|at most|over|no more than|\d|no fewer))",
            "have",
        ),
        (
            r"\b(?:expand|grow|enlarge|open up)s? beyond (?:its|the) (?:(?:current|existing|present) )?(?:members?|partners)\b",
            "gain a member",
        ),
        (
            r",? as an? (?P<nth>third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?:full )?member\b",
            r" \g<nth> member",
        ),
        # neutrality is left by who joins, which is what is asked
        (
            r"\b(?:forsake|abandon|give up|drop|shed|renounce|trade|swap|exchange)s? (?:its )?neutrality (?:in favou?r of|for|in exchange for) (?P<body>NATO)(?: membership)?",
            r"join \g<body>",
        ),
        (r"\bthe next (?:one|state|country) to\b", "the next to"),
        # that it is one or the other is said once more
        (r" in (?:the )?(?-i:[A-Z])[\w -]{2,30},? or (?:anywhere|somewhere) else,?", ""),
        (r",? or otherwise (?=[a-z])", " or "),
        (r",? or (?:in any way |in some way |in whatever way )(?=[a-z])", " or "),
        (r"[:,;-] *(?:(?:a )?yes or (?:a )?no|true or false|y/n)\W*$", "?"),
        (
            rf"(?P<list>\b{_NAME}(?:, {_NAME})*),? or (?:nobody|none(?: of (?:them|these|those))?|no one|neither(?: of them)?)(?=\W*$)",
            r"\g<list>",
        ),
        (r"\bif (?:any(?:one|body|thing)?|at all),? ", ""),
        # where an instrument is deposited, which the treaty says
        (
            r"\b(deposit(?:s|ed|ing)? .{5,90}?) with (?:the )?(?:government of )?(?:the )?(?:United States(?: of America)?|US|U\.S\.|depositary)(?: government| State Department)?\b",
            r"\1",
        ),
        (rf"^of (?P<list>{_LIST}),? how many(?: of them)? (?P<rest>{_AUX} .+)$", r"How many of \g<list> \g<rest>"),
        (
            r"^which (?:(?:one|treaty|pact|alliance|of (?:these|them)) )?(?:is (?:likelier|more likely) to|will|would|is going to) (?:be )?"
            r"(?:scrapped|ended|terminated|abandoned|dropped|axed|end|lapse|expire|collapse|fall) first(?::| -|,) (?P<one>[^?]+?),? or (?P<other>[^?]+?)\W*$",
            r"What comes first: the end of \g<one>, or the end of \g<other>?",
        ),
        (
            r"\bthe (?P<who>Grand National Assembly|parliament|senate|legislature|government|leadership|authorities) in (?=[A-Z])",
            r"the \g<who> of ",
        ),
        (r", counted in (?:member states|members|countries|states)(?=\W*$)", ""),
        (
            r"\b(?:manage to )?bring (?P<who>[^,?]+?) together in (?:one|a single|an?) (?P<what>[a-z -]+?(?:treaty|pact|alliance))\b",
            r"sign a \g<what> with \g<who>",
        ),
        # who is first of a list that stands behind the question
        (
            rf"^(?P<who>who|which(?: one| country| state| nation| of them)?),? (?:{_AUX}|{_AUX} be|is going to be|is likely to be) (?:be )?the (?:very )?first (?:new |outside |other )?(?:country |state |nation |member |one )?to (?P<what>.+?)(?: -|:|,|\?) *(?P<list>{_LIST})\W*$",
            r"Which of \g<list> will \g<what> first?",
        ),
        (
            rf"^of (?P<list>{_LIST}),? (?:which|who)(?: one| country| state)? (?:{_AUX}|{_AUX} be|is going to be) (?:be )?the (?:very )?first (?:one )?to (?P<what>.+?)\W*$",
            r"Which of \g<list> will \g<what> first?",
        ),
        (
            rf"^which of (?P<list>{_LIST}),? (?:{_AUX}|{_AUX} be|is going to be) (?:be )?the (?:very )?first (?:one )?to (?P<what>.+?)\W*$",
            r"Which of \g<list> will \g<what> first?",
        ),
        (
            rf"^(?P<who>which|who)(?: one| country| state| nation| of them| of these)?,? (?P<rest>{_AUX} (?:(?!\bof\b).)+?)(?: -|:|,|\?) *(?P<list>{_LIST})\W*$",
            r"Which of \g<list> \g<rest>?",
        ),
    )
)
"""Where a list, or an answer that is offered, stands elsewhere in a plainer question, or says nothing more."""

_COMPOUND: Final = re.compile(
    r"\b(?P<the>their|its|the|that|this) (?P<how>(?!(?:non|anti|ex|half|semi|quasi|pre|post|pro|un|one|two|three|four|five|multi|so)-)[a-z]+-(?:[a-z]+ed|[a-z]+ing|[a-z]+en|sought|term|year|made|cherished))\b ",
)
_PAPERS: Final = frozenset({"treaty", "agreement", "pact", "consult", "institution"})


def without_compounds(text: str, lexicon: Lexicon) -> str:
    """Return a text without adjectives of two words before a treaty or body that is known from its article: "their long-delayed pact".

    Parameters
    ----------
    text : str
    lexicon : Lexicon
    """

    def put(found: re.Match[str]) -> str:
        known = lexicon.best(text, found.end())
        return f"{found['the']} " if known is not None and known.kind in _PAPERS else found[0]

    return _COMPOUND.sub(put, text)


def rearranged(text: str) -> str:
    """Return a question in a plainer order.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> rearranged("Which country will join the Quad first, Korea or Vietnam?")
    'Which of Korea or Vietnam will join the Quad first?'
    """
    for pattern, plainer in _MOVED:
        text = pattern.sub(plainer, text)
    return text
