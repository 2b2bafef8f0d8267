"""Around a question: what is said beside what is asked, and asks nothing: when and why it is asked, and in what other words."""

from __future__ import annotations

import re
from typing import Final

from foedus.forecasts.named_days import MONTHS

_ASKS: Final = r"(?:will|would|does|do|is|are|can|could|has|have|which|who|how|when|what|in what|by when|shall)\b"
_NAMES: Final = r"(?-i:[A-Z])[\w.'-]*(?: (?:and|of|the|(?-i:[A-Z])[\w.'-]*))*"
_LIST: Final = rf"(?:the )?{_NAMES}(?:, (?:and |or )?(?:the )?{_NAMES})*,?(?: (?:and|or) (?:the )?{_NAMES})?"
_SAID_ON: Final = rf"(?:the )?(?:(?:spring|summer|autumn|fall|winter|beginning|start|end|middle|close|early|mid|late|perspective|vantage point|standpoint)(?: of| in)?[ -]?(?:the )?)*(?:\d{{1,2}} )?(?:{MONTHS}\.? )?(?:\d{{1,2}}, )?\d{{4}}"

REWORDED: Final = "what it says once more in other words is not read again"
"""Note on a question that explains itself."""
LOOSELY: Final = "that something equivalent counts too is not told apart"
"""Note on a question that takes what is like it for the thing itself."""
LIKELIEST: Final = "each has its own chance, and the largest is that of the likeliest"
"""Note on a question for the likeliest of several."""
WHOEVER_ELSE: Final = "whether others take part too is not told apart"
"""Note on a question that leaves open who else does it."""

_ASIDES: Final = tuple(
    (re.compile(pattern, re.I), plainer, note)
    for pattern, plainer, note in (
        # the day on which it is asked, which the file gives
        (
            rf"^(?:it is|it's|imagine it is|we are in|the (?:year|date|time) is(?: now)?|(?:as )?(?:seen|viewed|asked|judged|written) (?:in|from|on)|looking ahead from|standing in) {_SAID_ON}[,.:;] *(?:and )?(?={_ASKS})",
            "",
            "",
        ),
        (rf"^(?:(?:as (?:of|at)|asked (?:in|on)) )?{_SAID_ON} *[:;-] *(?={_ASKS}|by |before )", "", ""),
        (rf"^(?:it is |it's )?{_SAID_ON}[.] *(?={_ASKS})", "", ""),
        (
            rf"^in (?:a|what (?:is|was|would be) an?) (?:[a-z-]+ )*(?:sign|show|display|token) of [a-z' -]+, *(?={_ASKS})",
            "",
            "",
        ),
        # whom it is asked for, and that an answer is wanted
        (r"^(?:for (?:my|our|the|a|this)|in (?:my|our)) [a-z -]{2,30}[:,] *(?=[A-Z]|will|do)", "", ""),
        (
            r"[,;.:?-]* *(?:yes or no)?,? *(?:and )?how (?:sure|certain|confident) (?:are|would) you(?: be)?(?: of (?:it|that|this))?\W*$",
            "",
            "",
        ),
        (
            r",? (?:in your (?:view|opinion|estimat(?:e|ion)|judge?ment)|would you say|do you (?:think|reckon|suppose|expect|believe)|if you had to (?:guess|bet))(?=[,?]|$),?",
            "",
            "",
        ),
        (
            r"^(?:what|which) (?:probability|chance|likelihood|odds) (?:should|would|do|can|could|must) (?:be |you |one |we |i )?(?:assign(?:ed)?|attach(?:ed)?|give(?:n)?|put)(?: to| on| for)?(?: it that| that)?",
            "",
            "",
        ),
        (
            r"^how (?:probable|likely|plausible|realistic|conceivable) (?:is|are|was|do you (?:think|find|consider)) (?:it (?:is )?(?:that )?)?",
            "",
            "",
        ),
        (
            r"\b(?:should|can|may|must) (?:we|one|i|analysts|observers) (?:expect|anticipate|reckon with|see|count on)\b",
            "will",
            "",
        ),
        (r", if any(?:one|body| of (?:them|these))?,", "", ""),
        (r"^w/ | w/ (?=[a-z])", " with ", ""),
        (
            r"^(?P<who>(?:which|who)\b.{0,120}?) (?:(?:is|are|seems?|looks?) (?:the )?(?:most|least) likely(?: (?:one|country|state))? to|(?:stands?|has|have) the (?:best|greatest|highest) (?:chances?|odds) of) (?=[a-z])",
            r"\g<who> will ",
            LIKELIEST,
        ),
        (rf",? with or without (?:the )?{_NAMES},?(?=[ ?])", "", WHOEVER_ELSE),
        # the same once more
        (
            r",? (?:- )?not (?:just|only|merely) (?:the )?(?:one|either|one of them)(?: - |,|(?= by| before|\?))",
            " ",
            "",
        ),
        (
            r",? \(?(?:i\. ?e\.|that is(?: to say)?,|namely|viz\.?|in other words),? [^,;?()]*\)?,?(?=[ ?])",
            "",
            REWORDED,
        ),
        (
            r" *\((?:inclusive|inclusively|both inclusive|formally|officially|including|also (?:known|called)|known|e\. ?g\.|such as)[^()]*\)",
            "",
            REWORDED,
        ),
        (
            r",? (?:replacing|to replace|superseding|succeeding|in (?:the )?place of|as a (?:successor|replacement) (?:to|for)) (?:the|its|their|that) [^,?;]*?(?=,|\?|$| (?:by|before|within|until) (?:the end|the close|\d)),?",
            "",
            "what it replaces is not told apart",
        ),
        # what is like it
        (
            r" *[,(]? ?or (?:an?|any|some)(?: other)? (?:equivalent|similar|comparable|corresponding|analogous|like)(?: [a-z-]+){0,3}? (?:treaty|agreement|arrangement|pact|accord|instrument|deal|text|document)\)?",
            "",
            LOOSELY,
        ),
        (
            r" *[,(]? ?or (?:an? |its |their )?(?:equivalent|the like|something (?:similar|like it|equivalent)|its successor|similar)\b\)?",
            "",
            LOOSELY,
        ),
        (
            r"\b(GSOMIA|SOFA|RAA|VFA|ACSA)-?(?: ?type|-style|-like)(?= (?:(?:military|intelligence|information)[- ])?(?:sharing )?(?:agreement|pact|deal|treaty|accord|arrangement))",
            r"\1",
            LOOSELY,
        ),
        (r"(?<=\bGSOMIA )(?:military )?(?:intelligence|information)[- ]sharing (?=agreement|pact|deal)", "", ""),
        (
            r",? (?:of (?:any|some) (?:kind|sort|description)|(?:under|by) (?:whatever|any) (?:name|label|title)|whatever (?:it is|it's) called|in some form(?: or other)?)\b",
            "",
            "",
        ),
        # that it might not come true, which every answer says
        (
            r",? or (?:will |is it that )?(?:none|neither|nobody|no one)(?: of (?:them|these|the (?:two|three|four|five)))?(?: (?:will )?(?:have |has )?(?:joined|done (?:so|it)|signed|been admitted|left|acceded|gone|in))?(?= by|,| before| within|\?|$)",
            "",
            "",
        ),
        (
            r"(?:,? if (?:it happens )?(?:at all|ever))?[:,] *(?:in )?\d{4}(?:, (?:or )?(?:in )?\d{4})*,? or (?:later|never|not at all|after(?:wards)?|beyond)(?: than that| that)?(?=\W*$)",
            "",
            "the years that it offers are not the only ones",
        ),
        # long ways to say what is done
        (
            r"\b(?:go|goes|follow|follows|push|pushes|press|presses) (?:through|ahead|on) (?:with|and|on) (?=[a-z]+ing\b)",
            "",
            "",
        ),
        (r"\b(?:end|ends|wind|winds) up (?=[a-z]+ing\b)", "", ""),
        (r"\b(?:get|gets) (?:round|around) to (?=[a-z]+ing\b)", "", ""),
        (
            r"\b(?:proceed|proceeds|go on|goes on|come|comes|get|gets|happen|happens) to (?=(?:sign|join|leave|withdraw|ratify|conclude|terminate|end|meet|convene|accede|form|found|establish)\b)",
            "",
            "",
        ),
        # what one does before the other does the same
        (
            rf"\b(?P<turn>before|ahead of|prior to) (?P<who>(?:the )?{_NAMES}) (?:deposits?|signs?|joins?|follows?|does|do|will|has|have|accedes?|ratifies|ratify|enters?)(?: so| its(?: own)?| theirs| suit| the same| likewise| too| one| in)?(?=\W*$)",
            r"\g<turn> \g<who> does",
            "",
        ),
        (
            rf"^(?P<ask>will|does|is|can|would) (?P<who>(?:the )?{_NAMES}) (?P<what>.{{4,120}}?) (?P<turn>before|ahead of|prior to) (?:it|they) (?P<then>.+)$",
            r"\g<ask> \g<who> \g<what> \g<turn> \g<who> \g<then>",
            "",
        ),
        # lists before what is asked of them
        (
            rf"^(?:of|among|out of|from among|between) (?P<list>{_LIST}(?<!,)),? (?P<ask>which|who)(?: (?:one|country|state|government|of them|ones))?\b",
            r"\g<ask> of \g<list>",
            "",
        ),
        (r"\b(who|which)(?: one| country| state)? out of (?=(?-i:[A-Z]))", r"\1 of ", ""),
        (
            r"^(?:name|list|give|state|identify) (?:me )?(?:every|all|each|the|any) (?:of the )?(?:countr(?:y|ies)|states?|members?|nations?|governments?|allies|ones) (?:in|from|on|of|among) (?:this|the following|these|the) ?(?:list|states|countries)?:? *(?:that|which|who)?(?: you (?:think|expect|believe))?(?: that)? (?P<rest>(?:will|would|is|are|can)\b[^:]*): *(?P<list>[^:.?]+)[.?]?$",
            r"Which of \g<list> \g<rest>?",
            "",
        ),
    )
)

_LATER: Final = re.compile(
    r"^(?P<what>[^.?;]{5,100}?),? (?:comes? up|expires?|runs? out|is (?:due|up)|falls? due|lapses?|has to be renewed|must be renewed)(?: for (?:renewal|review|extension|decision))?(?P<when>[^.?;]*)[.;] *(?P<ask>will|is|does|can|would) (?:it|they|that (?:treaty|pact|agreement)|the (?:treaty|pact|agreement|alliance)) (?P<rest>.+)$",
    re.I,
)
"""A treaty in one sentence, and what becomes of it in the next."""
_SUPPOSE: Final = re.compile(
    rf"^(?:suppose|assume|imagine|say|let us (?:suppose|assume|say)),?(?: that)? (?P<given>[^.?;]{{5,160}})[.;:] *(?P<asks>{_ASKS}.+)$",
    re.I,
)


def cleared(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a question without what is said around it, and what was left out at the price of something, as clauses.

    Parameters
    ----------
    text : str
        With plain dashes, quotes and single spaces.

    Examples
    --------
    >>> cleared("It's January 1949. Will Norway, in your view, go through with leaving the pact, or an equivalent agreement?")
    ('Will Norway, go through with leaving the pact?', ('that something equivalent counts too is not told apart',))
    """
    notes: list[str] = []
    if later := _LATER.match(text):
        text = f"{later['ask']} {later['what']} {later['rest'].rstrip('?. ')}{later['when']}?"
    if supposed := _SUPPOSE.match(text):
        text = f"If {supposed['given']}, {supposed['asks']}"
    for pattern, plainer, note in _ASIDES:
        shorter = pattern.sub(plainer, text)
        if shorter != text and note:
            notes.append(note)
        text = shorter
    return re.sub(r"  +", " ", text).strip(), tuple(dict.fromkeys(notes))
