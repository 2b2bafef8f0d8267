"""Windows: between which days a question can come true, from its words and its columns together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
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

_DAY = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.? [A-Za-z]{3,9}\.? \d{4}|[A-Za-z]{3,9}\.? \d{1,2},? \d{4}"
_DATE = rf"{_DAY}|\d{{4}}-\d{{1,2}}|[A-Za-z]{{3,9}} \d{{4}}|\d{{4}}"
_EVERY = re.compile(r"\b(?:in )?every (?:calendar )?year,? (?:from )?(\d{4}) ?(?:-|to|through|until) ?(\d{4})\b", re.I)
_DEADLINE = re.compile(
    rf"\b(?:by|before|until|through|on or before|no later than|prior to)(?: the)?(?P<end> end(?: of)?)?[ -](?P<date>{_DATE})\b",
    re.I,
)
_ON = re.compile(rf"\bon (?P<date>{_DAY})\b(?P<end>)", re.I)
_DURING = re.compile(r"\b(?:in|during|within)(?: the)?(?: calendar)?(?: year)? (\d{4})\b", re.I)
_WITHIN = re.compile(
    rf"\b(?:within|in|over)(?: the)?(?: next)? (\d{{1,2}}|{'|'.join(NUMBERS)}) (years?|months?)\b", re.I
)

MONTH: Final = 30.4375
"""Mean length of a month, days."""

Days = tuple[dt.date | None, dt.date]


def _year(text: str) -> Days:
    return dt.date(int(text), 1, 1), dt.date(int(text), 12, 31)


def _every(found: re.Match[str], asked: dt.date) -> Days:
    if int(found[1]) < asked.year or int(found[2]) < int(found[1]):
        raise ValueError(f"'{found[0]}' is over in part, or runs backwards")
    return _year(found[1])[0], _year(found[2])[1]


def _deadline(found: re.Match[str], asked: dt.date) -> Days:
    if found[0].lower().startswith(("before", "prior")) and not found["end"]:
        return None, date_of(found["date"]) - dt.timedelta(1)
    return None, date_of(found["date"], last=True)


def _within(found: re.Match[str], asked: dt.date) -> Days:
    count = NUMBERS.get(found[1].lower()) or int(found[1])
    months = count * (12 if found[2].lower().startswith("year") else 1)
    return None, asked + dt.timedelta(days=round(months * MONTH))


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], dt.date], Days]], ...] = (
    (_EVERY, _every),
    (_DEADLINE, _deadline),
    (_ON, _deadline),
    (_DURING, lambda found, asked: _year(found[1])),
    (_WITHIN, _within),
)


def window(text: str, question: Question, asked: dt.date) -> tuple[str, dt.date, dt.date, int]:
    """Return a text without its dates, the first and the last day, and the years in each of which it has to happen.

    Parameters
    ----------
    text : str
    question : Question
        Its columns; of several ends the earliest counts, of several beginnings the latest.
    asked : datetime.date
        Day of the forecast.

    Raises
    ------
    ValueError
        A date is none, or there is no deadline.
    """
    starts = [asked, *([question.opened] if question.opened else [])]
    ends = [question.closes] if question.closes else []
    opens = max(starts)
    every = _EVERY.search(text)
    repeats = int(every[2]) - int(every[1]) + 1 if every else 0
    for pattern, read in _READERS:
        for found in list(pattern.finditer(text))[::-1]:
            try:
                first, last = read(found, opens)
            except (ValueError, OverflowError) as error:
                raise ValueError(f"its dates are not understood ({error})") from error
            starts += [first] if first else []
            ends.append(last)
            text = f"{text[: found.start()]} {text[found.end() :]}"
    if not ends:
        raise ValueError("it has no deadline")
    return text, max(starts), min(ends), repeats
