"""Turns of phrase: other ways to say what is read, put plainly before a question is taken apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from foedus.forecasts.around import cleared
from foedus.forecasts.numbers_said import of_years, ranges, without_offers
from foedus.forecasts.words import Word
from foedus.vocabulary.prose import country

_SMALL: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS: Final = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBER: Final = re.compile(
    rf"\b(?:({'|'.join(_TEENS)})|({'|'.join(_TENS)})(?:[- ]({'|'.join(_SMALL)}))?)\b(?!-[a-z])", re.I
)

_SEASONS: Final = {"spring": ("March", "May"), "summer": ("June", "August"), "autumn": ("September", "November")}
"""First and last month of a season of the north, where those live who wrote the questions of this domain."""
_SEASON: Final = re.compile(
    r"\b(?P<word>in|during|by|before|until|within)(?: the)?(?: (?P<end>end of)(?: the)?)?(?: (?:coming|next))? "
    r"(?P<season>spring|summer|autumn|fall)(?: of)?,? (?P<year>\d{4})\b",
    re.I,
)

INVITED: Final = "an invitation is counted as the accession that followed every one so far"
"""Note on a question that asks for an invitation; by it the question is known as one."""
_INVITED: Final = tuple(
    (re.compile(pattern, re.I), plainer)
    for pattern, plainer in (
        (
            r"\b(NATO|the Alliance) (?:will |to )?(?:formally |officially )?(?:invites?|(?:extends?|issues?|gives?|offers?|sends?) (?:an? )?(?:formal |official |membership )*invitations? to)"
            r" (.{3,60}?) (?:to (?:join|become (?:an? )?(?:full )?members?)(?: (?:the alliance|it|NATO))?|as an? (?:new |full )?members?)(?= |[?.,]|$)",
            r"\2 joins NATO",
        ),
        (
            r"\b(?:be|is|are|been|gets?|being)? ?(?:formally |officially )?invited (?:to (?:join|enter|accede to|become (?:an? )?(?:full )?members? of)|into)\b",
            "join",
        ),
        (
            r"\b(?:receives?|gets?|obtains?|secures?|wins?|(?:be|is|are) (?:given|offered|issued|extended)) (?:an? |its |their )?(?:formal |official |membership )*invitations? "
            r"(?:to (?:join|enter|become (?:an? )?(?:full )?members? of)|into)\b",
            "join",
        ),
    )
)

OCCASION: Final = "why it might happen is not told apart"
"""Note on a question that says on what occasion it is asked."""
_DOES: Final = r"(?!now that [^,?:]*\b(?:has|have)\b)[^,?:]*\b(?:accession|joining|entry|admission|membership|inside|withdrawal|exit|departure|leaving|sign(?:ing|ature)|ratif\w+|dissolution|termination|collapse)\b"
"""What an occasion may not be, since what one event does to another is not told."""
AFTER: Final = re.compile(
    rf"^(?:after|now that|following|amid|in the wake of|in (?:the )?light of|with|given)\b(?={_DOES})[^,?:]+[,:] (?:will|would|could|can|might|does|do|is|are)\b",
    re.I,
)
"""A question that is asked after, or with, something that happens."""
_OCCASION: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^(?!{_DOES})"
        r"(?:After (?-i:[A-Z])[\w']+(?: (?-i:[A-Z])[\w']+)?|(?:Now that|Following|Amid|In the wake of|In (?:the )?light of|With|Given) [^,?:]{3,70})[:,] (?:and |so )?"
        r"(?=(?:will|would|could|does|do|is|are|can|which|how (?:many|likely)|when)\b)",
        r",? (?:over|because of|in protest (?:at|over)|in response to|in anger (?:at|over)) (?:the|its|a|an|this) (?:[a-z-]+ ){0,3}(?:row|dispute|spat|feud|crisis|affair|issue|war|scandal|deal|quarrel)\b",
    )
)
"""What occasions a question, before or behind what is asked: not "after X joins" or "if", which are conditions."""

_DONE: Final = r"(?:joined|left|signed|acceded|entered|withdrawn|quit|ended|ratified|met|gained|lost|admitted|exited)"
_PLAINER: Final = tuple(
    (re.compile(pattern, re.I), plainer)
    for pattern, plainer in (
        (
            r"\b(?:can|could|would) (?:you|anyone|anybody|somebody) (?:please )?(?:tell (?:me|us)|say|confirm|explain|remind me|bet on it)(?: whether| if)?\b",
            "",
        ),
        (  # who says so
            r",? (?:as (?:reported|confirmed|announced|stated|listed) (?:by|on)|according to|per) (?:(?:the|an?|any|its|their|both|NATO|alliance|organi[sz]ation|official|credible|reliable"
            r"|major|news|media|public|press|government|state)\b ?)+(?:web ?sites?|pages?|media|reports?|reporting|releases?|announcements?|statements?|sources?|outlets?|communiqu[eé]s?|governments?)?"
            r"(?= *(?:[?.,;]|$))",
            "",
        ),
        (
            r"\b(?:the )?([A-Za-z-]+) (?:gets?|builds?|creates?|sets? up|forms?|founds?|establish(?:es)?|has|have) (?:its|their|an?) own (?:version of )?NATO\b",
            r"a NATO for \1 is formed",
        ),
        (
            r"\b(?:formally |officially )*notif(?:y|ies|ied) (?:the )?(?:depositary|[A-Z][\w.]+|its (?:allies|partners))(?: government)? (?:of|about) (?:its|an?) "
            r"(?:intention to (?:withdraw|leave)|withdrawal|exit|departure)\b",
            "give notice to withdraw",
        ),
        (
            r"\b(?:real|genuine|proper|true|actual|full-blown|bona fide) (?=(?:military |treaty |formal |defen[cs]e )*(?:all(?:y|ies|iances?)|treat|pact)\w*\b)",
            "",
        ),
        (r"\bby (?:the )?decade end\b", "by the end of the decade"),
        (  # "have left on 1 January": by then
            rf"\bhave (?:[a-z]+ly )?{_DONE}\b[^?]{{0,80}}? on (?=\d{{1,2}} [A-Z]|[A-Z][a-z]+ \d{{1,2}},? \d{{4}})",
            lambda found: f"{found[0][:-4]} by ",
        ),
        (
            rf"\b(?P<have>have (?:[a-z]+ly )?{_DONE}\b[^?]{{0,80}}?) when (?P<year>\d{{4}}) (?:begins|starts)",
            r"\g<have> by 1 January \g<year>",
        ),
        # "one of America's five Asian alliances": how many there are says nothing more
        (
            r"\b(?P<some>(?:one|two|three|four|any|each|all|none|how many) of (?:the |[A-Z][\w.]+ ){1,2})(?:two|three|four|five|six) (?=(?:US |American |treaty |Asian |of )*(?:alliances|treaties|allies|pacts)\b)",
            r"\g<some>",
        ),
        # telegrams: a topic, a colon, and what is asked of it; what is only a call for an answer says nothing
        (
            r"[.?,;:]? *\(?\b(?:Y/N|yes[/ ]?(?:or )?no|assess(?: likelihood| probability)?|discuss|comment|true/false|state of play)\b\)?[.?,:]*(?= *$|(?<=:))",
            "",
        ),
        (r"^(?:sequence|order|question|query|forecast|scenario|estimate|headline|breaking|Q) ?\d*[:.] *", ""),
        (
            r"^(?!.*\b(?:NATO|Quad|AUKUS|ANZUS|CSTO|treaty|pact)\b)(.*?)\b(inside|into|in|joins?|enters?|leaves?|quits?|part of) the alliance\b(?! (?:of|between|with|for)\b)",
            r"\1\2 NATO",
        ),
        (r"^P ?\((.+)\)\W*$", r"\1"),
        (
            r"^([A-Z][\w ]{2,30}): (?:in or out|out or in) of (?=NATO|the Quad|AUKUS|the CSTO)",
            r"Will \1 be a member of ",
        ),
        (r"\bgives? notice under Article 13\b(?! of)", "give notice to withdraw from NATO"),
        (r"\b(?:an? )?((?:American|US|U\.S\.) )?ally by treaty\b", r"a \1treaty ally"),
        (r"\b(NATO|the Quad|AUKUS) shrinks?\b", r"the number of \1 members decrease"),
        (r"\b(treaty|pact|alliance|agreement) lives? to see (?=\d{4})", r"\1 survive until the start of "),
        (r",? if any\b,?", ""),
        (
            r" when (?:it|the (?:treaty|pact|agreement)) (?:comes up|falls due|is due|runs out|expires)(?: for renewal)?\b",
            "",
        ),
        (
            r"(?::|,|\.) *(?:will|does|has|is) (?:it|this|that) (?:be completed|happen|take place|come (?:about|to pass)|go through|occur|(?:going )?to happen)\?*$",
            "",
        ),
        (
            r"\b(treaty|pact|agreement|alliance) (?:that|which) (?:has|contains|holds|includes|binds) (.{3,80}?) in(?:side)? it\b",
            r"\1 that includes \2",
        ),
        (r"^How (?:big|large) (?:will|is) (.{2,40}?) (?:going to )?be\b", r"How many members will \1 have"),
        (r"^(?:the )?(?:expected|projected|likely|forecast) (?:number|count|total) of\b", "how many"),
        (r",? with both(?: dates| events)?(?: falling| happening| coming)? (?=before|by)", " "),
        (
            r"\b(?:until|till|by|before|to|on) (?:its|(?P<who>(?:the )?(?:NATO|alliance|treaty|pact|AUKUS|ANZUS))) (?P<age>\d{1,3})(?:th|st|nd|rd) (?:birthday|anniversary)\b"
            r"(?:,? (?:in|on) (?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4})?",
            lambda found: f"until {found['who'] or 'it'} turns {found['age']}",
        ),
        (r"^(?:assess|state of play|yes or no|likelihood|probability|odds)(?: of)?[:,] *", ""),
        (
            r"\b(treaty|pact|alliance|agreement|accord|MDT|RAA|VFA) *(?:: | - )(?:(?:and|so|but|then) )?(?:does|will|is|has|can|would) it\b(?! (?:that|likely|possible))",
            r"\1 ",
        ),
        (r"^(?:give|state|name|provide) (?:the )?(?:year|date|day) (?:in|on) which\b", "In which year"),
        (
            r"^(.{3,120}?)(?:: | - |, )(?:the )?(?:formal |exact |likely )?(?:year|date|day) of (?:its )?(.{3,80}?)[.?]?$",
            r"When \1 \2",
        ),
        (r"^(.{3,120}?)(?:: | - |, )(?:formal |exact |likely )?(?:year|date|day|when)[.?]?$", r"When \1"),
        (r"^(.{3,160}?),? (?:by|in) (?:which|what) year[.?]?$", r"When \1"),
        (r"^(?:the )?(?:total )?(?:number|count) of\b", "how many"),
        (r"\b(alive|in force|standing|in effect|active) or (?:dead|not|gone|defunct|lapsed|out)\b", r"be \1"),
        (
            r"^([^:?]{3,80}\b(?:treaty|pact|alliance|agreement)\b[^:?]{0,60}): (?:and |so )?(does|will|is|has|can|would) (?:it|they)\b(?! (?:that|likely|possible|true))",
            r"\1 \2",
        ),
        (r"\bbecome (?:an? )?(?:full |treaty )*all(?:y|ies) (?:in|within|inside|of) (?=NATO\b)", "become a member of "),
        (r"\b(?:whether )?or not\b", ""),
        (r"\b([A-Z]{3,5})/([A-Z]{3,5})\b(?= with| between| by|$)", r"\1"),
        (
            r", (?:signed|concluded|agreed|initialled|announced|notified) (?:in |on )?(?=(?:\d{1,2} )?[A-Z][a-z]{2,8}\.? (?:\d{1,2}, )?\d{4}|\d{4})(?:\d{1,2} )?(?:[A-Z][a-z]{2,8}\.? )?(?:\d{1,2}, )?\d{4}(?=[:,])",
            "",
        ),
        (
            r"\b(?:notified|announced|declared|served|given) (?:on|in|of) (?=\d{1,2} [A-Z]|[A-Z][a-z]+ \d)\d{0,2} ?[A-Z][a-z]{2,8} (?:\d{1,2}, )?\d{4}",
            "",
        ),
        (r"\b(?:the )?North Atlantic Council\b|\b(?-i:the Alliance)\b(?! (?:of|between|for)\b)", "NATO"),
        (r"\b(agreement|treaty|pact|deal|arrangement|accord) being (signed|concluded)\b", r"\1 is \2"),
        # names of groups of states, and the states that they are
        (
            r"\bany (?:of the )?(?:three )?Baltic (?:state|country|nation|member|ally|allies|states|countries)\b",
            "Estonia, Latvia or Lithuania",
        ),
        (
            r"\b(?:the )?(?:three )?(?:Baltic (?:states|countries|nations|republics|allies)|Baltics)\b",
            "Estonia, Latvia and Lithuania",
        ),
        (
            r"\b(?:the )?(?:three )?Benelux(?: (?:states|countries|nations))?\b",
            "Belgium, the Netherlands and Luxembourg",
        ),
        (
            r"\b(?:both |the )?(?:of the )?(?:two )?(?:Nordic|Scandinavian) (?:applicants|candidates|aspirants|newcomers)\b(?! (?:Finland|Sweden)|,)",
            "both Finland and Sweden",
        ),
        (
            r"\b(?:the )?(?:two )?(?:Nordic|Scandinavian|northern) (?:applicants|candidates|countries|states|neighbou?rs|nations),? "
            r"(?=(?:Finland and Sweden|Sweden and Finland)\b)",
            "",
        ),
    )
)


def plainly(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text in plainer words, and what was put plainly at the price of something, as clauses.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> plainly("Will all thirty-two members, according to official sources, meet by summer 2024?")
    ('Will all 32 members, meet by August 2024?', ())
    """
    text, offered = without_offers(of_years(text))
    text, aside = cleared(text)
    for pattern, plainer in _PLAINER:
        text = pattern.sub(plainer, text)
    text = ranges(_SEASON.sub(_months, _NUMBER.sub(_digits, text)))
    notes = aside = (*aside, *offered)
    for pattern in _OCCASION:
        if (plainer := pattern.sub("", text, count=1)) != text:
            text, notes = plainer, (*aside, OCCASION)
    asked = text
    for pattern, plainer in _INVITED:
        text = pattern.sub(f" {plainer}", text)
    return re.sub(r"  +", " ", text), notes if text == asked else (*notes, INVITED)


def _digits(found: re.Match[str]) -> str:
    if found[1]:
        return str(13 + _TEENS.index(found[1].lower()))
    return str(20 + 10 * _TENS.index(found[2].lower()) + (1 + _SMALL.index(found[3].lower()) if found[3] else 0))


def _months(found: re.Match[str]) -> str:
    first, last = _SEASONS["autumn" if found["season"].lower() == "fall" else found["season"].lower()]
    word, year = found["word"].lower(), found["year"]
    if word in ("in", "during", "within"):
        return f"between {first} {year} and {last} {year}"
    return f"{word} {first if word == 'before' and not found['end'] else last} {year}"


_BACK: Final = tuple(
    (re.compile(pattern, re.I), reason)
    for pattern, reason in (
        (
            r"\bwould\b.{0,80}\bhave (?:been |already )?\w+(?:ed|en|n|t)\b.*\bif\b|\bif\b.{0,120}\b(?:had|were)\b.*\b(?:would|could|might)\b|^(?:suppose|imagine|let's say|say|assume)\b.*\b(?:would|will|could)\b",
            "it asks what would happen, or would have happened, under a condition, and no chance is given under conditions of that kind",
        ),
        (
            r"(?:^|[,:;?-] ?(?:and )?)(?:why|how) (?:did|do|does|was|were|is|are)\b|^(?:why|how come)\b",
            "it asks why, and questions are answered with chances; mechanisms and pages of systems say why",
        ),
        (
            r"(?:^|[,:;?-] ?(?:and |or )?|\bwhether .{3,60}? )(?:did|was|were|had|has .{2,60} ever|(?:in|by) (?:what|which) year did|when (?:did|was|were)|which [\w ]{0,30}joined|what were)\b",
            "it asks what has happened, and only what is open on the day of the question is forecast: give it an earlier day (--as-of), or look at the record",
        ),
    )
)


def looks_back(text: str) -> str:
    """Return why a question that is not understood asks nothing that could be forecast: of the past, of why, or of what would be.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> looks_back("Why did Australia leave the first Quad?")[:11]
    'it asks why'
    """
    return next((reason for pattern, reason in _BACK if pattern.search(text)), "")


_PERFECT: Final = re.compile(
    r"^(?!.*\b(?:will|can|shall|going to)\b).*\b(?:has|have)\b(?!.*\b(?:by|before|until) \w*\s?\d).*\b(?:ever|since (?:\w+ )?\d{4})\b",
    re.I,
)


def looks_back_only(text: str) -> bool:
    """Return whether a question asks what has ever happened, or since a year, and of no day to come.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> looks_back_only("Has Georgia ever been a member of the CSTO?"), looks_back_only("Has it ended by 2030?")
    (True, False)
    """
    return _PERFECT.search(text) is not None


_PRONOUNS: Final = {"it": 1, "they": 2, "them": 2, "itself": 1, "themselves": 2}
"""Pronouns, and how many states each stands for at the least."""
_OBJECTS: Final = ("join", "end", "hold", "apply", "gain")


def without_pronouns(words: Sequence[Word]) -> list[Word]:
    """Return words in which "it" and "they" say nothing more where only one thing that was named before can be meant.

    After a verb that is the one institution, before it the one state, or all states, or where there is none the one
    institution. Every other pronoun stays a word that nobody knows.
    """
    found: list[Word] = []
    for word in words:
        number = _PRONOUNS.get(word.text.lower(), 0) if word.kind == "unknown" else 0
        if number:
            states = {w.value for w in found if w.kind == "state"}
            bodies = {w.value for w in found if w.kind == "institution"}
            last = next((w.kind for w in reversed(found) if w.kind not in ("filler", "with")), "")
            one = bodies if last in _OBJECTS else states or bodies
            if (
                (len(one) == 1)
                if number == 1 or last in _OBJECTS
                else (len(states) > 1 or (not states and len(one) == 1))
            ):
                word = Word("filler", "", word.text)
        found.append(word)
    return found


MANNER: Final = re.compile(
    r"(?!(?:[a-z]*(?:part|like|near|tent|temporari|provision|conditional|alleged|reported|supposed|hard|bare|scarce|sole|exclusive|repeated|initial"
    r"|practical|indirect|informal|unofficial|on|app|rep|supp|assemb|fami|al|ral|month|week|dai|year|quarter|ear|secret|virtual|hypothetical|original|former|previous|annual|economical|symbolical)ly)$)[a-z]{3,}ly"
)
"""Words of manner, which do not change what has to happen; those that do are left out."""


def led(words: Sequence[Word]) -> tuple[list[Word], tuple[str, ...]]:
    """Return words in which who leads a state stands for it, or for nothing more where it is named, and notes on that."""
    named = {w.value for w in words if w.kind == "state"}
    found = [replace(w, kind="filler" if w.value in named else "state") if w.kind == "leader" else w for w in words]
    leaders = {w.text: w.value for w in words if w.kind == "leader"}
    notes = tuple(f"'{text}' is read as {country(state)}, whoever leads it" for text, state in leaders.items())
    return found, notes


def without_exceptions(words: Sequence[Word]) -> tuple[list[Word], tuple[str, ...]]:
    """Return words without "other than Australia and Britain", and the states that are left out by it."""
    kept: list[Word] = []
    left_out: list[str] = []
    inside = False
    for word in words:
        if word.kind == "except":
            inside = True
        elif inside and (word.kind in ("state", "or") or word.text.lower() in ("the", "and", "either")):
            left_out += [word.value] if word.kind == "state" else []
        else:
            inside = False
            kept.append(word)
    return kept, tuple(dict.fromkeys(left_out))


_NOT: Final = re.compile(r"(?:not|n't|never(?: once)?|(?:is|does|wo|do)n't)", re.I)
_NUMBERS: Final = ("count", "any", "all", "none", "how many", "which", "when", "or", "times", "negative")


def without_not(words: Sequence[Word]) -> tuple[list[Word], bool]:
    """Return words without the one "not" of a question that counts nobody, and whether it had one."""
    plain = [w for w in words if not (w.kind == "negative" and _NOT.fullmatch(w.text))]
    if len(words) - len(plain) == 1 and not any(w.kind in _NUMBERS for w in plain):
        return plain, True
    return list(words), False


def without_rival(words: Sequence[Word]) -> tuple[list[Word], str]:
    """Return words without "before Kosovo does", and the state that must not come first."""
    for k, word in enumerate(words):
        after = [w for w in words[k + 1 :] if w.kind != "filler"]
        if word.text.lower() == "before" and [w.kind for w in after] == ["state"]:
            return list(words[:k]), after[0].value
    return list(words), ""


_FIRST: Final = re.compile(r"(?:the )?(?:very )?first(?: one| of all)?(?: to)?", re.I)


def without_first(words: Sequence[Word]) -> tuple[tuple[Word, ...], bool]:
    """Return words without the one "first" of a question that asks which of several, and whether it had one."""
    ordered = [w for w in words if w.kind == "order"]
    asks = any(w.kind in ("which", "listed") for w in words)
    if asks and len(ordered) == 1 and _FIRST.fullmatch(ordered[0].text):
        return tuple(w for w in words if w is not ordered[0]), True
    return tuple(words), False
