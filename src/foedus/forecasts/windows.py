"""Windows: between which days a question can come true, from its words and its columns together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from foedus.forecasts.dated import Question, date_of
from foedus.forecasts.days_from_now import from_now
from foedus.forecasts.named_days import DAY, MONTHS, named_days, plainly_dated

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
_PART = r"(?:[QH][1-4]|(?:the )?(?:first|second|third|fourth|last) (?:half|quarter) of) \d{4}"
_DATE = rf"(?:{DAY}|{_PART}|\d{{4}}-\d{{1,2}}|{MONTHS}\.?,? \d{{4}}|\d{{4}})(?!\d|[.,]\d)"
_OWN = r"(?:this|next|the|the current|the calendar) (?:calendar )?year|(?:the|this|the current) decade"
_END = r"(?P<end>(?:the )?(?:very )?(?:end|close)(?: of)?[ -]|(?:year[ -]?end|eoy|end of year)(?: of)? )"
_BEGIN = r"(?P<begin>(?:the )?(?:start|beginning|turn) of )"
_EVERY = re.compile(
    r"\b(?:in )?(?:every|each) (?:calendar )?year,? (?:from |between )?(\d{4}) ?(?:-|to|through|until|and) ?(\d{4})\b",
    re.I,
)
_EVERY_UNTIL = re.compile(
    r"\b(?:in )?(?:every|each)(?: single)? (?:calendar )?year,? (?:until|till|through|up to|to|between now and|from now (?:on )?(?:to|until|till)|from now on,? until)(?: the end of)? (?P<last>\d{4})\b",
    re.I,
)
"""Every year from the first that has most of its days to come."""
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
    rf"\b(?P<word>by|before|until|through|at(?= (?:the )?(?:end|close) of))(?: the)? (?:end of |close of )?(?P<own>{_OWN}|year(?:[- ]|'s )?end)(?: is (?:out|over))?(?!\w)",
    re.I,
)
_AFTER = re.compile(
    rf"\b(?:and )?(?:after|since|not before|no earlier than|starting) (?P<date>{_DATE})(?: and(?= (?:before|by|until)\b))?",
    re.I,
)
_ON = re.compile(rf"\b(?:on|as of) (?P<date>{DAY})", re.I)
_AT_END = re.compile(rf"\bat (?:the )?(?:end|close) of (?P<date>{_DATE})", re.I)
_DURING = re.compile(
    rf"\b(?:at any (?:time|point) )?(?:in|during|within|over the course of|in the course of|sometime in)(?: the)?(?: calendar)?(?: year)? (?P<date>{_PART}|{MONTHS}\.?,? \d{{4}}|\d{{4}})(?!\d|[.,]\d)",
    re.I,
)
_WITHIN = re.compile(
    rf"\b(?:at any (?:time|point) )?(?:(?:within|in|over|during)(?: the)?(?: next| coming| following)?|(?:for |through )?the (?:next|coming|following)) (?P<count>{_COUNT})[ -](?P<unit>years?|months?|weeks?|days?)\b(?: (?:of|from) now)?",
    re.I,
)
_SINCE = re.compile(
    rf"\b(?:within|in|inside)(?: the)?(?: first| next)? (?P<count>{_COUNT})[ -](?P<unit>years?|months?|weeks?|days?) (?:of|after|from|following|since) (?P<date>{_DATE})",
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
    return None, asked + _length(found)


def _length(found: re.Match[str]) -> dt.timedelta:
    count = NUMBERS.get(found["count"].lower()) or int(found["count"])
    days = {"y": 12 * MONTH, "m": MONTH, "w": 7.0, "d": 1.0}[found["unit"][0].lower()]
    return dt.timedelta(days=round(count * days))


def _since(found: re.Match[str], asked: dt.date) -> Days:
    first, last = _span(found["date"])
    return first, last + _length(found)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], dt.date], Days]], ...] = (
    (_EVERY, _every),
    (_SINCE, _since),
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
    text = plainly_dated(named_days(from_now(text, opened), opened))
    text = _EVERY_UNTIL.sub(rf"every year from {opened.year + (opened.month > 6)} to \g<last>", text)
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
