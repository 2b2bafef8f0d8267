"""Days from now: dates that are said from the day of the question, or by a feast, put as days before windows are read."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from foedus.forecasts.named_days import MONTHS

_MONTH: Final = rf"(?-i:{MONTHS}\b\.?)"
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of a season of the north; each has three."""
_NUMBER: Final = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_PLAINER: Final = tuple(
    (re.compile(pattern, re.I), plainer)
    for pattern, plainer in (
        (r"(?<!no )(?<!not )\b(?:ahead of|earlier than|sooner than) (?=(?:[A-Z][a-z]+ )?\d)", "before "),
        (r"\b(before|by|until) (?:the )?(\d{4}) (?:begins|starts|arrives|dawns|comes round)\b", r"before \2"),
        (
            rf"\b(before|by|until) (?:the |its |next )*(?P<date>{_MONTH} \d{{4}}) (?:[A-Za-z]+ )?(?:elections?|summit|polls|vote|ballot)\b",
            r"\1 \g<date>",
        ),
        (r"\b(?:for )?another decade\b", "within a decade"),
        (r"\bwhen (\d{4}) (?:draws to a close|runs out)\b", r"at the end of \1"),
        (r"\bwithin (?:the|this) decade\b", "by the end of the decade"),
        (r"\bwhen (\d{4}) (?:begins|starts|dawns|opens)\b", r"on 1 January \1"),
        (r"\bNew Year(?:'?s)? Eve,? (?:of )?(?=\d{4})", "31 December "),
        (r"\b(?:on )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),? (?=\d{1,2} [A-Z]|[A-Z][a-z]+ \d)", ""),
        (rf"\b(?:noon|midnight|close of business)(?: on)? (?=\d{{1,2}} {_MONTH}|{_MONTH} \d)", ""),
        (
            rf"\b(?:in |within )?(?P<count>{_NUMBER}) (?P<unit>years?|months?|weeks?) (?:from now|hence|on from (?:now|here))\b",
            r"in \g<count> \g<unit>",
        ),
        (r"\b(?:in |within )?a (?P<unit>year|decade) (?:from now|hence)\b", r"within a \g<unit>"),
        (r"\b(next|coming|following|within a) couple of (?=years|months|weeks)", r"\1 two "),
        (r"\bin either (?=\d{4} or \d{4})", "in "),
        (r"\b(?:before|until|by the time) the (\d{3})0s (?:are|is) (?:out|over|up|done)\b", r"by the end of \g<1>9"),
        (r"\bthe (?:current|present|running) year (?=ends|closes|is out|is over)", "the year "),
        (r"\bbefore the year (?:ends|closes)\b", "before the year is out"),
        (r"\bin (?:the remain(?:der|ing months)|what (?:remains|is left)) of (?=\d{4})", "in "),
        (r"\b(?:at )?(?:some|any|one|a) (?:later |given )?stage (?=in|during|before|by|between|within|over)", ""),
    )
)
_OF_YEAR: Final = re.compile(
    rf"\b(?P<part>\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}|{_MONTH}|(?:first|second) half|(?:first|second|third|fourth|last) quarter|end|start|middle|close),? (?:of )?(?P<own>this|next) year\b",
    re.I,
)
_MONTHS_OF: Final = re.compile(
    r"\b(?:in|during|within|over) the (?P<part>first|last|final|opening) (?P<count>\w+) months of (?P<year>\d{4})\b",
    re.I,
)
_SEASON: Final = re.compile(
    r"\b(?:(?P<word>in|during|by|before|until|within) )?(?P<own>the (?:coming |next )?|this (?:coming )?|next )?(?P<season>spring|summer|autumn|winter)\b(?! ?(?:of|,)? ?\d|-| [a-z]+(?:it|ing)\b)",
    re.I,
)
_THAT_MONTH: Final = re.compile(
    rf"\b(?P<word>by|before|until|in|during|this|next)(?P<end> (?:the )?(?:end|close) of)?(?P<own> this| next| the coming)?(?: coming)? (?P<month>{_MONTH})(?! ?\d|,? \d|\.)(?=\W|$)",
    re.I,
)
_OWN_MONTH: Final = re.compile(
    r"\b(?:(?P<word>by|before|within|in|during) )?(?:(?P<end>the end of|the close of) )?(?:the )?(?P<own>this|next|the current|the) month\b(?! of)(?<!in the month)(?<!during the month)",
    re.I,
)
_TIME: Final = re.compile(r"\b(?P<word>by|before) this time next year\b", re.I)
_FEAST: Final = re.compile(
    r"\b(?P<feast>Midsummer|Easter|Thanksgiving)(?: Day| Sunday)?,? (?:of |in )?(?P<year>\d{4})\b", re.I
)
_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def from_now(text: str, asked: dt.date) -> str:
    """Return a text in which days that count from a day, months without a year, seasons and feasts stand as days.

    Parameters
    ----------
    text : str
    asked : datetime.date

    Examples
    --------
    >>> from_now("Will Finland join by next spring?", dt.date(2022, 6, 10))
    'Will Finland join by 2023-05-31?'
    """
    for pattern, plainer in _PLAINER:
        text = pattern.sub(plainer, text)
    text = _FEAST.sub(lambda found: _feast(found["feast"].lower(), int(found["year"])).isoformat(), text)
    text = _TIME.sub(lambda found: f"{found['word']} {_years_on(asked)}", text)
    text = _OF_YEAR.sub(lambda found: _of_year(found, asked), text)
    text = _MONTHS_OF.sub(_months_of, text)
    text = _OWN_MONTH.sub(lambda found: _own_month(found, asked), text)
    text = _THAT_MONTH.sub(lambda found: _that_month(found, asked), text)
    return _SEASON.sub(lambda found: _season(found, asked), text)


def _years_on(day: dt.date) -> dt.date:
    return dt.date(day.year + 1, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _last(year: int, month: int) -> dt.date:
    """Return the last day of a month; months above twelve are of the next year."""
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)


def _first(year: int, month: int) -> dt.date:
    return _last(year, month - 1) + dt.timedelta(1)


def _said(word: str, first: dt.date, last: dt.date, end: bool = False) -> str:
    """Return a span as what its word says of it: by its last day, before its first, or in it."""
    low = (word or "in").lower()
    if low in ("by", "until", "within") or (end and low != "before"):
        return f"by {last}"
    if low == "before":
        return f"before {last + dt.timedelta(1) if end else first}"
    return f"between {first} and {last}"


def _of_year(found: re.Match[str], asked: dt.date) -> str:
    year = asked.year + (found["own"].lower() == "next")
    return f"{found['part']}{'' if found['part'][-1].isdigit() or found['part'][:1].isdigit() or found['part'][:1].isupper() else ' of'} {year}"


def _months_of(found: re.Match[str]) -> str:
    count = _COUNTS.get(found["count"].lower()) or (int(found["count"]) if found["count"].isdigit() else 0)
    if not 0 < count <= 12:
        return found[0]
    year = int(found["year"])
    first = 1 if found["part"].lower() in ("first", "opening") else 13 - count
    return f"between {_first(year, first)} and {_last(year, first + count - 1)}"


def _own_month(found: re.Match[str], asked: dt.date) -> str:
    if found["own"].lower() == "the" and not found["end"]:
        return found[0]
    month = asked.month + (found["own"].lower() == "next")
    return _said(found["word"], _first(asked.year, month), _last(asked.year, month), bool(found["end"]))


def _that_month(found: re.Match[str], asked: dt.date) -> str:
    if found["month"] == "May" and found["word"].lower() in ("this", "next"):
        return found[0]  # "this may happen"
    month = _NAMES.index(found["month"][:3].lower()) + 1
    later = (found["own"] is not None and "next" in found["own"].lower()) or found["word"].lower() == "next"
    year = asked.year + (month < asked.month or (later and month == asked.month))
    return _said(found["word"], _first(year, month), _last(year, month), bool(found["end"]))


def _season(found: re.Match[str], asked: dt.date) -> str:
    own, word = (found["own"] or "").lower(), found["word"]
    if not own and not word:
        return found[0]
    begins = _SEASONS[found["season"].lower()]
    year = asked.year - 1
    while _last(year, begins + 2) < asked or (own.endswith("next ") and _first(year, begins) <= asked):
        year += 1
    return _said(word, _first(year, begins), _last(year, begins + 2))


def _feast(name: str, year: int) -> dt.date:
    """Return Midsummer (24 June), Easter Sunday (by the rule of Oudin, 1940), or Thanksgiving in the United States (5 U.S.C. 6103)."""
    if name == "midsummer":
        return dt.date(year, 6, 24)
    if name == "thanksgiving":
        first = dt.date(year, 11, 1)
        return first + dt.timedelta(days=(3 - first.weekday()) % 7 + 21)
    moon = (19 * (year % 19) + year // 100 - year // 400 - ((8 * (year // 100) + 13) // 25) + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - year % 19) // 11))
    day = moon - (year + year // 4 + moon + 2 - year // 100 + year // 400) % 7
    month = 3 + (day + 40) // 44
    return dt.date(year, month, day + 28 - 31 * (month // 4))


_COUNTS: Final = {
    w: k
    for k, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
