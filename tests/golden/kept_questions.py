"""Questions that between them take every way in which a question is understood, and all that is understood of each."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from pathlib import Path
from typing import Any

from foedus.casebook.reader import case_names, read_case
from foedus.forecasts.dated import Question
from foedus.forecasts.known_pacts import titles_of
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.wording import understood
from foedus.forecasts.words import read_vocabulary

TEXTS = Path(__file__).parent / "questions.txt"
EARLY = (dt.date(2021, 1, 10), dt.date(2025, 12, 31))
LATE = (dt.date(2022, 6, 15), None)
"""When they open and close; those of the second kind have no end of their own, and every third question is asked so too. A question
that stands with a day is opened then, without an end."""

LONG = 120
"""Letters of a reason that are kept."""


def read() -> str:
    """Return what is understood of each question: everything that is not as it is by default."""
    cases, words = tuple(read_case(name) for name in case_names()), read_vocabulary()
    lines = []
    for k, line in enumerate(TEXTS.read_text(encoding="utf-8").splitlines()):
        day, _, text = line.rpartition(" | ")
        own = ((dt.date.fromisoformat(day), None),) if day else (EARLY, LATE) if k % 3 == 0 else (EARLY,)
        lines.append(f"=== {text}")
        for opened, closes in own:
            try:
                query = understood(Question("Q", text, opened, closes, None), cases, words)
                lines.append(f"{opened}: {_told(query)}")
                if day:
                    lines.append(query.in_words(titles_of(cases, query.case)))
            except NotUnderstood as why:
                lines.append(f"{opened}: not understood{f': {str(why)[:LONG]}' if day else ''}")
    return "\n".join(lines) + "\n"


def _told(query: Query) -> str:
    told = []
    for field in fields(query):
        value: Any = getattr(query, field.name)
        if value != field.default and value != ():
            told.append(f"{field.name} {_plain(value)}")
    return "; ".join(told)


def _plain(value: Any) -> str:
    if isinstance(value, Query):
        return f"({_told(value)})"
    if isinstance(value, tuple):
        return ", ".join(_plain(v) if not isinstance(v, tuple) else f"({_plain(v)})" for v in value)
    return str(value)
