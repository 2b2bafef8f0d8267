"""Named days: dates that are said by a season, an event or a turn of phrase, put as plain dates before windows are read."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

MONTHS: Final = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?)"
)
"""Names of months, in a pattern."""
DAY: Final = (
    rf"\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)?\.? (?:day )?(?:of )?{MONTHS}\.?,? \d{{4}}"
    rf"|{MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
)
"""A day, in a pattern."""

_BRACKETED = re.compile(
    rf"\b(?P<word>before|by|until|prior to|ahead of|on|at|during) (?:the )?[A-Za-z' -]{{3,60}}? \((?:on |scheduled for |starting )?(?P<date>{DAY})\)",
    re.I,
)
_SUMMIT = re.compile(
    r"\b(?P<word>before|by|until|prior to|ahead of|in time for|(?:no|not) later than|at|during|past|beyond)(?: (?:the (?:end|close|time|date|day) of))? (?:the |its |NATO )*(?:(?P<year>20\d\d) )?"
    r"(?:NATO )?(?:(?P<place>Madrid|Vilnius|Washington|Hague|Ankara|Brussels)(?: NATO)? summit|(?:NATO )?summit (?:in |at )?(?P<there>Madrid|Vilnius|Washington|the Hague|Ankara|Brussels))"
    r"(?:,? (?:in |on |of )?(?:\d{1,2}(?:-\d{1,2})? )?(?:(?:June|July) )?(?:\d{1,2}, )?20\d\d)?(?: (?:ends|concludes))?(?!\w)",
    re.I,
)
_SUMMITS: Final = {
    "madrid": (dt.date(2022, 6, 28), dt.date(2022, 6, 30)),
    "vilnius": (dt.date(2023, 7, 11), dt.date(2023, 7, 12)),
    "washington": (dt.date(2024, 7, 9), dt.date(2024, 7, 11)),
    "hague": (dt.date(2025, 6, 24), dt.date(2025, 6, 25)),
    "brussels": (dt.date(2021, 6, 14), dt.date(2021, 6, 14)),
    "ankara": (dt.date(2026, 7, 7), dt.date(2026, 7, 8)),
}
"""Summits of NATO that questions name as dates (NATO, Summit meetings): first and last day."""
_SWORN_IN: Final = {"trump": (2025, 2017), "biden": (2021,)}
"""Years in which presidents whom questions name took office."""
_TERM = re.compile(
    r"\b(?P<word>by the time|before|by|until|during|within|in|under|while)(?: the)?(?: end of| close of)?(?: the)?(?: US| current| President)*(?: (?:Donald |Joe )?(?:Trump|Biden))?(?: the)?"
    r"(?: first| second| current| present)? (?:presidential term|presidency|administration(?: first| second| current)? term|administration|term(?: in office| as president)?|is (?:in office|president)|leaves office)(?: (?:ends?|is over|expires|is up|runs out|is done))?(?!\w)"
    rf"(?:,? (?:in|on) (?:\d{{1,2}} )?(?:(?:{MONTHS}) )?(?P<said>20\d\d))?",
    re.I,
)
_VOTE = re.compile(
    r"\b(?P<word>before|by|until|prior to)(?: the)?(?: next)?(?: (?P<year>20\d\d))? (?:US|U\.S\.|American) presidential elections?(?:,? (?:in|of|on) (?:(?:\d )?Nov(?:ember)?(?: \d,)? )?(?P<then>20\d\d))?|"
    r"\b(?P<else>before|by|until|prior to)(?: the)?(?: next)? (?:Inauguration Day|(?:US |American )?presidential inauguration)(?:,? (?:in )?(?P<day>20\d\d))?",
    re.I,
)
_TURNS: Final = tuple(
    (re.compile(pattern, re.I), plainer)
    for pattern, plainer in (
        (r"\bby (?:the )?end of (?:which|what) year\b", "by when"),
        (r"\b(\d{4}) (Q[1-4]|H[12])\b|\b(Q[1-4]|H[12]) of (\d{4})\b", r"\2\3 \1\4"),
        (r"\b(quarter|half) (?=\d{4})", r"\1 of "),
        (r"(?<!prior )\bto (?:the )?end of (?=\w+ ?\d{0,2},? ?\d{4}|\d{4})", "until end of "),
        (r"\bend of year (?=\d{4})", "end of "),
        (r"\b(?:planned|scheduled|set|due|slated) (?:for|in) (?=(?:[A-Z][a-z]+ )?\d{4})", "in "),
        (
            r"\b(?:ahead of|earlier than|sooner than|not later than|latest by|by latest|up to and including) (?=[A-Za-z]* ?\d)",
            "by ",
        ),
        (r"\b(?:when|by the time|before) (\d{4}) (?:ends|closes|is over|is out)\b", r"by end of \1"),
        (
            r"\b(?:at )?(?:\d{1,2}:\d{2}|midnight)(?::\d{2})? ?(?:[ap]\.?m\.?)?,? ?(?:UTC|GMT|CET|[EP][SD]?T)?,?(?: on)? (?=\w+ \d|\d)",
            "",
        ),
        (
            r"\b(?:within|in|over|during) (?:the next |the coming |the following )?(?:a |one )?decade\b",
            "within ten years",
        ),
        (r"\b(?:within|inside) an? (year|month|week)\b", r"within one \1"),
        (r"\b(?:in|within) (?:less than|under|fewer than|at most|no more than) (?=\w+ (?:year|month|week))", "within "),
        (r"\bin next (?=\w+ (?:year|month|week)s)", "in the next "),
        (r"(?<!at )\bany time (?=before|by|until|in|between|within|during)", ""),
        (r"\b(by|before|until) end of (?=the decade|decade|this decade)", r"\1 the end of "),
        (r"\bthe end of decade\b", "the end of the decade"),
        (r"\bFY ?(?=\d{4}\b)", ""),
        (
            rf"\b(surviv(?:es?|ed)|outliv(?:es?|ed)|outlasts?|lasts?) (?=(?:\d{{1,2}} )?{MONTHS} (?:\d{{1,2}}, )?\d{{4}}|\d{{4}}-\d)",
            r"\1 through ",
        ),
        (r", (?:at )?end (?=\d{4}\b)", " at end of "),
        (r", (\d{4}) ?- ?(\d{4})(?= *(?:[?.,;:]|$))", r" in \1-\2"),
        (
            r"\b(?:before|when|by the time|until) (?:the|this) decade (?:ends|closes|is (?:over|out|done|up))\b",
            "by the end of the decade",
        ),
        (
            rf"\b(?:on |from |between )?(\d{{1,2}})(?:st|nd|rd|th)? ?(?:-|to|and) ?(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?,? ({MONTHS}),? (\d{{4}})\b",
            r"between \1 \3 \4 and \2 \3 \4",
        ),
        (
            rf"\b(?:on |from |between )?({MONTHS}) (\d{{1,2}})(?:st|nd|rd|th)? ?(?:-|to|and) ?(\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b",
            r"between \2 \1 \4 and \3 \1 \4",
        ),
        (r"\bSept\.? (?=\d)", "Sep "),
        (r"\bat year[- ]?end,? (?=\d{4})", "at end of "),
        (r"\b(by|before|until|through) (\d{4}) (?:year[- ]?)?end\b", r"\1 end of \2"),
        (r"\bthe (?:very )?last day of (?=\w)", "end of "),
        (r"\b(on|by|before) the (?:very )?first day of (?=\d{4})", r"\1 1 January "),
        (
            r"\b(?:for|in|over|during|through|within) (?:all of )?the (?:rest|remainder) of (?:the |this )?(?=\d{4}\b|decade|year)",
            "by the end of the ",
        ),
        (r"\bby the end of the (?=\d{4}\b(?!s))", "by the end of "),
        (r"\b(?:by|before|until) (?:the )?turn of the decade\b", "by the end of the decade"),
        (r"\b(?:by|before|until) the (\d{3})0s\b", r"before \g<1>0"),
        (
            r"\b(?:in|during|over|within) the (?:coming|next|following) (year|month|decade)\b(?= *(?:[?.,;]|$|will|does))",
            r"within one \1",
        ),
        (r"\bwithin one decade\b", "within ten years"),
        (r"\bin (\w+) (years?|months?|weeks?)(?:'s?|s)? time\b", r"within \1 \2"),
        (r"\b(?:a|one) (year|month|week) from (?:now|today)\b", r"within one \1"),
        (r"\b(in|during|over|between) (\d\d)(\d\d)[-/](1[3-9]|[2-9]\d)\b(?![-\d])", r"\1 \2\3-\2\4"),
        (
            r"\b(?:when|once|as|before|after) (?:its|the|their)(?: current| present| initial| latest)? (?:term|period|validity)(?: of validity)? (?:runs out|expires?|ends?|is up|lapses|comes to an end)\b",
            "",
        ),
    )
)
"""Other ways to say a date, and the plainer one that is read. The years of "beyond" are such that something has to last through them."""
_BEGINS = re.compile(r"\bby the time (\d{4}) (?:begins|starts|comes|arrives)\b", re.I)
_MID = re.compile(r"\b(?:(?:by|before|until|till) )?(?:the )?(?:mid|middle of)[- ](\d{4})\b", re.I)
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_NOW = re.compile(
    r"\b(?:between|from) (?:now|today|this day) (?:and|to|until|till|through) (?=the end|the start|end|[A-Z]?[a-z]*\d|\w+ \d)",
    re.I,
)
_INTO = re.compile(r"\b(?:well )?into (20\d\d)\b(?!-)", re.I)
_PART_OF_YEAR = re.compile(
    r"\b(?:(?P<word>in|during|by|before|until) )(?:the )?(?P<part>early|late)[- ](?P<year>\d{4})\b", re.I
)


_NAMED_TENS: Final = {
    **{w: f"{k}0" for k, w in enumerate(("twenties", "thirties", "forties", "fifties", "sixties"), start=2)},
    "seventies": "70",
    "eighties": "80",
    "nineties": "90",
}
_DECADES: Final = "|".join(_NAMED_TENS)


def _decade(text: str) -> str:
    """Return the last year of a decade that is named by its tens: of this century for the twenties and thirties."""
    tens = int(_NAMED_TENS[text.lower()])
    century = 2000 if tens < 40 else 1900
    return str(century + tens + 9)


_COUNTED: Final = r"(?:the )?(?:end|close|last day) of (?:the )?(?:decade of the )?"
_SHORTER: Final = tuple(
    (re.compile(pattern, re.I), plainer)
    for pattern, plainer in (
        (r"\bthe (?:calendar )?year (?=\d{4})", ""),
        # years of two digits, of this century up to 30 and of the last one from 40 on (judged)
        (r"(?<=[a-z] )'([0-2]\d|30)\b(?!\w)", r"20\1"),
        (r"(?<=[a-z] )'([4-9]\d)\b(?!\w)", r"19\1"),
        (r"(?<=[a-z] )(?:of )?'([4-9]\d)\b", r"19\1"),
        (rf"\b({MONTHS}) (\d{{1,2}})(?:st|nd|rd|th),? (\d{{4}})\b", r"\2 \1 \3"),
        (rf"\b(?:the )?(\d{{1,2}})(?:st|nd|rd|th) of ({MONTHS}),? (\d{{4}})\b", r"\1 \2 \3"),
        (r"\bChristmas(?: Day| Eve)?,? (?:of )?(?=\d{4})", "25 December "),
        (r"\bNew Year(?:'?s)?(?: Day| Eve)?,? (?:of )?(?=\d{4})", "1 January "),
        (
            rf"\b(?:past|beyond) (?:(?:midnight (?:on |of )?|the end of )?(?:the )?)?(?=\d{{4}}|\d{{1,2}} {MONTHS}|{MONTHS})",
            "through ",
        ),
        (r"\bthe (spring|summer|autumn|fall|winter) of (?=\d{4})", r"\1 "),
        (r"\bbefore (?:the )?summer (?=\d{4})", "before June "),
        (rf"\b{_COUNTED}(\d{{3}})0s\b", r"end of \g<1>9"),
        (r"\b(?:before|by) (\d{4}) (?:was|is|had been) (?:out|over)\b", r"by end of \1"),
        (r"\bbefore (?:the )?(\d{4}) (?:ended|closed)\b", r"by end of \1"),
        (
            r"\b(?:when|by the time|before) (?:the )?(?:decade of the )?(\d{3})0s (?:ended|closed|were over|was over|is over|end)\b",
            r"by end of \g<1>9",
        ),
        (r"\b(?:in|during|within) the (\d{3})0s\b", r"between \g<1>0 and \g<1>9"),
        (r"\b(survives?|lasts?|outlives?|outlasts?) (?=\d{4}\b)", r"\1 through "),
        (r"\bfor (?:another|a further) (?=\w+ years\b)", "within "),
        (r"\bcome (?=\d{4}\b)", "before "),
        (r"\b(survives?|lasts?|outlives?|outlasts?) (?:the|this) decade\b", r"\1 until the end of the decade"),
        (r"\bNLT (?=\w)", "no later than "),
        (r"\b(at|by) end-(?=\d{4}\b)", r"\1 end of "),
        (r",? horizon:? (?:end[- ](?:of )?)?(?=\d{4}\b)", " by end of "),
        (r", (?=(?:[QH][1-4]) \d{4}\b)", " in "),
        (r"\ball the way (?=through|until|to)", ""),
        (r"\bby (?:the )?year (?=\d{4})", "by "),
        (r"\bas late as (?=\w*\s?\d)", "on "),
        (r"\bup until (?=\w*\s?\d)", "until "),
        (r"\b(?:on|in) or before (?=\w*\s?\d)", "by "),
        (r"\bprior to (?=\w*\s?\d)", "before "),
        (r"\bbefore (?:the )?(?:summer|autumn|spring|winter) of (?=\d{4})", "before "),
        (r"\bby (?:the )?(?:beginning|start) of (?=\d{4})", "before "),
    )
)
_TENS_END: Final = re.compile(
    rf"\b(?:(?:by|before|until|through|at) {_COUNTED}({_DECADES})|(?:when|by the time|before) the ({_DECADES}) (?:closed|close|ended|end|were over|are over|are out))\b",
    re.I,
)
_TENS_IN_WORDS: Final = re.compile(rf"\b(?:in|during|over|within) the ({_DECADES})\b", re.I)


def in_plain_days(text: str) -> str:
    """Return a text in which feasts, decades by their tens and years of two digits are said as other dates are.

    Examples
    --------
    >>> in_plain_days("Was it over by the end of the nineties?")
    'Was it over by end of 1999?'
    """
    for pattern, said in _SHORTER:
        text = pattern.sub(said, text)
    text = _TENS_END.sub(lambda m: f"by end of {_decade(m[1] or m[2])}", text)
    return _TENS_IN_WORDS.sub(lambda m: (lambda y: f"between {int(y) - 9} and {y}")(_decade(m[1])), text)


def _of_slashes(found: re.Match[str]) -> str:
    """Return a day written with slashes as year-month-day where only one order makes it a day; else as it stands."""
    one, other = int(found[1]), int(found[2])
    if one != other and (one <= 12) == (other <= 12):
        return found[0]
    day, month = (one, other) if one > 12 else (other, one)
    return f"{found[3]}-{month:02}-{day:02}"


def _of_third(found: re.Match[str]) -> str:
    """Return the first or last third of a year as months (judged: what "early" and "late" mean)."""
    word, year = found["word"].lower(), found["year"]
    first, last = ("January", "April") if found["part"].lower() == "early" else ("September", "December")
    if word in ("in", "during"):
        return f"between {first} {year} and {last} {year}"
    return f"{word} {first if word == 'before' else last} {year}"


def plainly_dated(text: str) -> str:
    """Return a text in which the middle of a year, a decade and "by the time it begins" are said as other dates are."""
    text = _INTO.sub(lambda found: f"until end of {int(found[1]) - 1}", _NOW.sub("by ", in_plain_days(text)))
    for pattern, plainer in _TURNS:
        text = pattern.sub(plainer, text)
    text = _BEGINS.sub(r"before \1", text)
    text = _MID.sub(r"by June \1", text)
    text = re.sub(rf"\((?:of |in |since )?(?:{MONTHS}\.? )?\d{{4}}\)", "", text)
    return _PART_OF_YEAR.sub(_of_third, _SLASHED.sub(_of_slashes, text))


def named_days(text: str, asked: dt.date) -> str:
    """Return a text in which summits of NATO, terms and elections of American presidents stand as days.

    The terms end on 20 January of every fourth year (twentieth amendment), and elections are on the Tuesday after the first
    Monday of November (2 U.S.C. 7); the next one after the day of the question is meant.
    """

    def said(word: str, first: dt.date, last: dt.date) -> str:
        early = word.lower() in ("before", "prior to", "ahead of")
        return f"{'before' if early else 'by'} {first if early else last}"

    def summit(found: re.Match[str]) -> str:
        first, last = _SUMMITS[(found["place"] or found["there"]).lower().removeprefix("the ")]
        fits = last >= asked and found["year"] in (None, str(last.year))
        return said(found["word"], first, last) if fits else found[0]

    def term(found: re.Match[str]) -> str:
        end = _end_of_term(asked.year + (asked >= dt.date(asked.year, 1, 20)))
        if who := re.search(
            "Trump|Biden", found[0], re.I
        ):  # a term that begins within months of the election counts already
            terms = [y for y in _SWORN_IN[who[0].lower()] if dt.date(y + 4, 1, 20) > asked >= _election(y - 1)]
            if not terms:
                return found[0]
            end = dt.date(terms[0] + 4, 1, 20)
        if found["said"] not in (None, str(end.year)):
            return found[0]
        return said("before" if found["word"].lower() == "before" else "by", end, end)

    def vote(found: re.Match[str]) -> str:
        year = int(found["year"] or found["then"] or found["day"] or 0)
        if found["else"]:
            end = dt.date(year, 1, 20) if year else _end_of_term(asked.year + (asked >= dt.date(asked.year, 1, 20)))
        else:
            end = _election(year or asked.year + -asked.year % 4)
            end = end if year or end > asked else _election(asked.year + 4)
        return said(found["word"] or found["else"], end, end)

    text = _MIDTERMS.sub(lambda found: _midterms(found, asked), _FEAST.sub(lambda found: _feast(found, asked), text))
    text = _BRACKETED.sub(
        lambda found: f"{'by' if found['word'].lower() in ('at', 'during') else found['word']} {found['date']}", text
    )
    return _VOTE.sub(vote, _TERM.sub(term, _SUMMIT.sub(summit, text)))


_FEAST: Final = re.compile(
    r"\b(?P<word>by|before|until) (?P<feast>Christmas|New Year(?:'?s)?)(?: Day| Eve)?(?:,? (?:of )?(?P<own>this|next) year)?(?! ?(?:Day|Eve|,|of|\d))",
    re.I,
)
_MIDTERMS: Final = re.compile(
    r"\b(?P<word>before|by|until) (?:the )?(?:next |coming |US |American )*(?:(?P<year>20\d\d) )?(?:US |American )*(?:midterms|mid-?term elections?)(?:,? (?:in|of|on) (?:(?:\d )?Nov(?:ember)?(?: \d,)? )?(?P<then>20\d\d))?\b",
    re.I,
)


def _feast(found: re.Match[str], asked: dt.date) -> str:
    """Return the next Christmas or New Year, or that of this or the next year, as a day."""
    month, day = (12, 25) if found["feast"].lower() == "christmas" else (1, 1)
    year = asked.year + (
        (found["own"] or "").lower() == "next" or (found["own"] is None and asked > dt.date(asked.year, month, day))
    )
    return f"{found['word']} {dt.date(year, month, day)}"


def _midterms(found: re.Match[str], asked: dt.date) -> str:
    """Return the next election of the Congress between two of a president, as a day."""
    year = int(found["year"] or found["then"] or asked.year + (2 - asked.year) % 4)
    end = _election(year)
    return f"{found['word']} {end if found['year'] or found['then'] or end > asked else _election(year + 4)}"


def _end_of_term(year: int) -> dt.date:
    return dt.date(year + (1 - year) % 4, 1, 20)


def _election(year: int) -> dt.date:
    first = dt.date(year, 11, 1)
    return first + dt.timedelta(days=-first.weekday() % 7 + 1)
