"""Windows: between which days a question can come true, from its words and its columns together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from foedus.forecasts.dated import Question, date_of

NUMBERS: Final[Mapping[str, int]] = MappingProxyType(
    {
        w: k
        for k, w in enumerate(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
        )
    }
)
"""Numbers as words."""

MONTH: Final = 30.4375
"""Mean length of a month, days."""

_COUNT = rf"\d{{1,3}}|{'|'.join(NUMBERS)}"
_DAY = (
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?[A-Za-z]{3,9}\.?,? \d{4}"
    r"|[A-Za-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
)
_PART = r"(?:[QH][1-4]|(?:the )?(?:first|second|third|fourth|last) (?:half|quarter) of) \d{4}"
_DATE = rf"(?:{_DAY}|{_PART}|\d{{4}}-\d{{1,2}}|[A-Za-z]{{3,9}} \d{{4}}|\d{{4}})(?!\d|[.,]\d)"
_OWN = r"(?:this|next|the|the current|the calendar) (?:calendar )?year|(?:the|this|the current) decade"
_END = r"(?P<end>(?:the )?(?:very )?(?:end|close)(?: of)?[ -]|(?:year[ -]?end|eoy|end of year)(?: of)? )"
_BEGIN = r"(?P<begin>(?:the )?(?:start|beginning|turn) of )"
_EVERY = re.compile(
    r"\b(?:in )?(?:every|each) (?:calendar )?year,? (?:from |between )?(\d{4}) ?(?:-|to|through|until|and) ?(\d{4})\b",
    re.I,
)
_BETWEEN = re.compile(
    rf"\b(?:at any (?:time|point) )?(?:between|from) (?P<first>{_DATE}) (?:and|to|until|till|through|-) (?:{_END})?(?P<last>{_DATE})(?:,? inclusive)?",
    re.I,
)
_RANGE = re.compile(
    r"\b(?:in|during|over|within|for)(?: the)?(?: years| period)? (\d{4}) ?(?:-|to|through) ?(\d{4})\b", re.I
)
_OR = re.compile(r"\b(?:in|during) (\d{4})(?:, (?:in )?\d{4})*,? or (?:in |during )?(\d{4})\b", re.I)
_DEADLINE = re.compile(
    rf"\b(?P<word>on or before|by or before|in or before|no later than|not later than|prior to|as of|by|before|until|till|through|up to)(?: at least)? (?:the )?"
    rf"(?:{_END}|{_BEGIN})?(?P<date>{_DATE})",
    re.I,
)
_OWN_END = re.compile(
    rf"\b(?P<word>by|before|until|through)(?: the)? (?:end of |close of )?(?P<own>{_OWN}|year(?:[- ]|'s )?end)(?: is (?:out|over))?(?!\w)",
    re.I,
)
_AFTER = re.compile(
    rf"\b(?:and )?(?:after|since|not before|no earlier than|starting) (?P<date>{_DATE})(?: and(?= (?:before|by|until)\b))?",
    re.I,
)
_NOW = re.compile(
    r"\b(?:between|from) (?:now|today) (?:and|to|until|till|through) (?=the end|the start|[A-Z]?[a-z]*\d|\w+ \d)", re.I
)
_BEGINS = re.compile(r"\bby the time (\d{4}) (?:begins|starts|comes|arrives)\b", re.I)
_MID = re.compile(r"\b(?:(?:by|before|until|till) )?(?:the )?(?:mid|middle of)[- ](\d{4})\b", re.I)
_TENS = re.compile(r"\b(?:in|during|within|by the end of|before the end of) the (\d{3})0s\b", re.I)
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_BRACKETED = re.compile(
    rf"\b(?P<word>before|by|until|prior to|ahead of|on|at|during) (?:the )?[A-Za-z' -]{{3,60}}? \((?:on |scheduled for |starting )?(?P<date>{_DAY})\)",
    re.I,
)
_SUMMIT = re.compile(
    r"\b(?P<word>before|by|until|prior to|ahead of|at|during)(?: (?:the (?:end|close) of|the time of))? (?:the |its |NATO )*(?:(?P<year>20\d\d) )?"
    r"(?:NATO )?(?:(?P<place>Madrid|Vilnius|Washington|Hague|Ankara|Brussels)(?: NATO)? summit|(?:NATO )?summit (?:in|at) (?P<there>Madrid|Vilnius|Washington|the Hague|Ankara|Brussels))"
    r"(?:,? (?:in )?(?:(?:June|July) )?20\d\d)?(?:ends|concludes)?",
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
_TERM = re.compile(
    r"\b(?P<word>before|by|until|during|within|in|under|while)(?: the)?(?: end of| close of)?(?: the)?(?: US| current| President)*(?: (?:Donald |Joe )?(?:Trump|Biden))?(?: the)?"
    r"(?: first| second| current| present)? (?:presidential term|presidency|administration|term(?: in office| as president)?|is (?:in office|president)|leaves office)(?: (?:ends?|is over|expires))?(?!\w)",
    re.I,
)
_VOTE = re.compile(
    r"\b(?P<word>before|by|until|prior to)(?: the)?(?: next)?(?: (?P<year>20\d\d))? (?:US|U\.S\.|American) presidential elections?(?: (?:in|of) (?P<then>20\d\d))?|"
    r"\b(?P<else>before|by|until|prior to)(?: the)?(?: next)? (?:Inauguration Day|presidential inauguration)(?:,? (?:in )?(?P<day>20\d\d))?",
    re.I,
)
_TURNS: Final = tuple(
    (re.compile(pattern, re.I), plainer)
    for pattern, plainer in (
        (r"\bthe (?:calendar )?year (?=\d{4})", ""),
        (r"\bby (?:the )?end of (?:which|what) year\b", "by when"),
        (r"\bChristmas(?: Day)?,? (?=\d{4})", "25 December "),
        (r"\bNew Year(?: Day)?,? (?=\d{4})", "1 January "),
        (r"\b(\d{4}) (Q[1-4]|H[12])\b|\b(Q[1-4]|H[12]) of (\d{4})\b", r"\2\3 \1\4"),
        (r"\b(quarter|half) (?=\d{4})", r"\1 of "),
        (r"(?<!prior )\bto (?:the )?end of (?=\w+ ?\d{0,2},? ?\d{4}|\d{4})", "until end of "),
        (r"\bend of year (?=\d{4})", "end of "),
        (r"\b(?:planned|scheduled|set|due|slated) (?:for|in) (?=(?:[A-Z][a-z]+ )?\d{4})", "in "),
        (
            r"\b(?:ahead of|earlier than|sooner than|not later than|latest by|by latest|up to and including) (?=[A-Za-z]* ?\d)",
            "by ",
        ),
        (r"\b(?:past|beyond) (?:the end of )?(?=\d{4}\b)", "through "),
        (r"\b(outlives?|outlasts?) (?=\d{4}\b)", r"\1 through "),
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
        (r"\bbefore (?:the|this) decade (?:ends|closes|is over)\b", "by the end of the decade"),
    )
)
"""Other ways to say a date, and the plainer one that is read. The years of "beyond" are such that something has to last through them."""
_ON = re.compile(rf"\b(?:on|as of) (?P<date>{_DAY})", re.I)
_AT_END = re.compile(rf"\bat (?:the )?(?:end|close) of (?P<date>{_DATE})", re.I)
_DURING = re.compile(
    rf"\b(?:at any (?:time|point) )?(?:in|during|within|over the course of|in the course of|sometime in)(?: the)?(?: calendar)?(?: year)? (?P<date>{_PART}|[A-Za-z]{{3,9}} \d{{4}}|\d{{4}})(?!\d|[.,]\d)",
    re.I,
)
_WITHIN = re.compile(
    rf"\b(?:at any (?:time|point) )?(?:(?:within|in|over|during)(?: the)?(?: next| coming| following)?|(?:for |through )?the (?:next|coming|following)) (?P<count>{_COUNT})[ -](?P<unit>years?|months?|weeks?|days?)\b(?: (?:of|from) now)?",
    re.I,
)
_THIS = re.compile(
    r"\b(?:in |during |within )?(?P<own>this (?:calendar )?year|next (?:calendar )?year|(?:this|the current) decade)\b",
    re.I,
)


@dataclass(frozen=True)
class Window:
    """When a question can come true.

    Attributes
    ----------
    text : str
        The question without its dates.
    start, end : datetime.date
        First and last day.
    asked : datetime.date
        Day of the forecast, or of the opening if that is later: what has to hold has to hold from here on.
    repeats : int
        Years in each of which it has to happen; 0 for once.
    """

    text: str
    start: dt.date
    end: dt.date
    asked: dt.date
    repeats: int = 0


Days = tuple[dt.date | None, dt.date | None]


def _year(text: str) -> tuple[dt.date, dt.date]:
    return dt.date(int(text), 1, 1), dt.date(int(text), 12, 31)


def _span(text: str) -> tuple[dt.date, dt.date]:
    """Return first and last day of a day, month, quarter, half or year."""
    said = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|(?<=\d )of (?=[A-Za-z])", "", text.strip(), flags=re.I)
    part = re.fullmatch(r"(?:([qh])(\d)|(?:the )?(\w+) (half|quarter) of) (\d{4})", said, re.I)
    if part is None:
        return date_of(said), date_of(said, last=True)
    months = 6 if (part[1] or part[4]).lower() in ("h", "half") else 3
    order = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 12 // months}
    number = int(part[2]) if part[2] else order[part[3].lower()]
    if number * months > 12:
        raise ValueError(f"'{said}' is no part of a year")
    last = date_of(f"{part[5]}-{number * months:02}", last=True)
    return dt.date(last.year, last.month - months + 1, 1), last


def _every(found: re.Match[str], asked: dt.date) -> Days:
    if int(found[1]) < asked.year or int(found[2]) < int(found[1]):
        raise ValueError(f"'{found[0]}' is over in part, or runs backwards")
    return _year(found[1])[0], _year(found[2])[1]


def _between(found: re.Match[str], asked: dt.date) -> Days:
    first, last = _span(found["first"])[0], _span(found["last"])[1]
    if last < first:
        raise ValueError(f"'{found[0]}' runs backwards")
    return first, last


def _range(found: re.Match[str], asked: dt.date) -> Days:
    years = [int(y) for y in re.findall(r"\d{4}", found[0])]
    if years != list(range(years[0], years[0] + len(years))) and len(years) > 2:
        raise ValueError(f"'{found[0]}' leaves years out")
    if years[-1] < years[0] or (" or " in found[0].lower() and years[-1] - years[0] >= len(years)):
        raise ValueError(f"'{found[0]}' leaves years out, or runs backwards")
    return dt.date(years[0], 1, 1), dt.date(years[-1], 12, 31)


def _deadline(found: re.Match[str], asked: dt.date) -> Days:
    first, last = _span(found["date"])
    early = found["begin"] or (found["word"].lower() in ("before", "prior to") and not found["end"])
    return None, first - dt.timedelta(1) if early else last


def _own(text: str, asked: dt.date) -> tuple[dt.date, dt.date]:
    """Return the span of "this year", "next year", "the decade", as of a day."""
    if "decade" in text.lower():
        first = asked.year // 10 * 10
        return dt.date(first, 1, 1), dt.date(first + 9, 12, 31)
    year = asked.year + ("next" in text.lower())
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _own_end(found: re.Match[str], asked: dt.date) -> Days:
    first, last = _own(found["own"], asked)
    plain = (
        found["own"].lower().startswith("next") and "end" not in found[0].lower() and found["word"].lower() == "before"
    )
    return None, first - dt.timedelta(1) if plain else last


def _after(found: re.Match[str], asked: dt.date) -> tuple[dt.date, None]:
    first, last = _span(found["date"])
    return (
        first if found[0].lower().lstrip("and ").startswith(("since", "not", "no ", "st")) else last + dt.timedelta(1)
    ), None


def _on(found: re.Match[str], asked: dt.date) -> Days:
    return None, _span(found["date"])[1]


def _within(found: re.Match[str], asked: dt.date) -> Days:
    count = NUMBERS.get(found["count"].lower()) or int(found["count"])
    days = {"y": 12 * MONTH, "m": MONTH, "w": 7.0, "d": 1.0}[found["unit"][0].lower()]
    return None, asked + dt.timedelta(days=round(count * days))


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], dt.date], Days]], ...] = (
    (_EVERY, _every),
    (_BETWEEN, _between),
    (_RANGE, _range),
    (_OR, _range),
    (_AFTER, _after),
    (_DEADLINE, _deadline),
    (_OWN_END, _own_end),
    (_AT_END, _on),
    (_ON, lambda found, asked: _span(found["date"])),
    (_DURING, lambda found, asked: _span(found["date"])),
    (_WITHIN, _within),
    (_THIS, lambda found, asked: _own(found["own"], asked)),
)


def _of_slashes(found: re.Match[str]) -> str:
    """Return a day written with slashes as year-month-day where only one order makes it a day; else as it stands."""
    one, other = int(found[1]), int(found[2])
    if one != other and (one <= 12) == (other <= 12):
        return found[0]
    day, month = (one, other) if one > 12 else (other, one)
    return f"{found[3]}-{month:02}-{day:02}"


def _plainly_dated(text: str) -> str:
    """Return a text in which the middle of a year, a decade and "by the time it begins" are said as other dates are."""
    for pattern, plainer in _TURNS:
        text = pattern.sub(plainer, text)
    text = _BEGINS.sub(r"before \1", text)
    text = _MID.sub(r"by June \1", text)
    text = _SLASHED.sub(_of_slashes, text)
    return _TENS.sub(lambda found: f"by the end of {found[1]}9", text)


def _named_days(text: str, asked: dt.date) -> str:
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
        return said("before" if found["word"].lower() == "before" else "by", end, end)

    def vote(found: re.Match[str]) -> str:
        year = int(found["year"] or found["then"] or found["day"] or 0)
        if found["else"]:
            end = dt.date(year, 1, 20) if year else _end_of_term(asked.year + (asked >= dt.date(asked.year, 1, 20)))
        else:
            end = _election(year or asked.year + -asked.year % 4)
            end = end if year or end > asked else _election(asked.year + 4)
        return said(found["word"] or found["else"], end, end)

    text = _BRACKETED.sub(
        lambda found: f"{'by' if found['word'].lower() in ('at', 'during') else found['word']} {found['date']}", text
    )
    return _VOTE.sub(vote, _TERM.sub(term, _SUMMIT.sub(summit, text)))


def _end_of_term(year: int) -> dt.date:
    return dt.date(year + (1 - year) % 4, 1, 20)


def _election(year: int) -> dt.date:
    first = dt.date(year, 11, 1)
    return first + dt.timedelta(days=-first.weekday() % 7 + 1)


def window(text: str, question: Question, asked: dt.date, open_ended: bool = False) -> Window:
    """Return the window of a question, and its text without dates.

    Parameters
    ----------
    text : str
    question : Question
        Its columns; of several ends the earliest counts, of several beginnings the latest. Words such as "within two
        years" count from the day on which it opened.
    asked : datetime.date
        Day of the forecast.
    open_ended : bool
        Whether it asks when, so that it needs no deadline.

    Raises
    ------
    ValueError
        A date is none, a window is over or runs backwards, or there is no deadline.
    """
    opened = question.opened or asked
    starts = [asked, opened]
    ends = [question.closes] if question.closes else []
    text = _plainly_dated(_named_days(_NOW.sub("by ", text), opened))
    every = _EVERY.search(text)
    repeats = int(every[2]) - int(every[1]) + 1 if every else 0
    for pattern, read in _READERS:
        for found in list(pattern.finditer(text))[::-1]:
            try:
                first, last = read(found, opened)
            except (ValueError, OverflowError) as error:
                raise ValueError(f"its dates are not understood ({error})") from error
            starts += [first] if first else []
            ends += [last] if last else []
            text = f"{text[: found.start()]} {text[found.end() :]}"
    if not ends and open_ended:
        ends = [opened + dt.timedelta(days=3652)]
    if not ends:
        raise ValueError("it has no deadline")
    return Window(text, max(starts), min(ends), max(asked, opened), repeats)
