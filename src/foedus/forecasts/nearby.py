"""Nearby: the plainest question that is read, of what a question names that is not; it is offered, and never taken for it.

Who, which treaty or body, what happens first in the text and by when are looked for one by one, and put into a plain
sentence. It is read like every other, so that whatever it asks has an answer; what else the question says is left out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from foedus.casebook.case import Case, InstitutionRecord
from foedus.forecasts.dated import Question
from foedus.forecasts.forecast import KEPT
from foedus.forecasts.known_pacts import beside, without_case
from foedus.forecasts.query import LONGEST_WINDOW, NotUnderstood, Query
from foedus.forecasts.turns import looks_back_only, plainly
from foedus.forecasts.windows import window
from foedus.forecasts.wording import LONGEST_TEXT, understood
from foedus.forecasts.words import Vocabulary, Word, pieces, plain

_MOST_LOST: Final = 6
"""Words without which what is left is still near to what was asked (judged: half of a question of twelve words; 3 to 8)."""
_LASTS: Final = re.compile(
    r"\b(?:still|stay|remain|keep|kept|surviv|last|hold|endure|exten|renew|in (?:force|effect))", re.I
)
"""What has to be said of a thing that goes on: where only a member is named, the word that is lost may be what happens."""
_OF_DAYS: Final = re.compile(
    r"before|by|until|till|after|since|within|during|prior|ahead|past|through|begins?|term", re.I
)
"""Words that say from when or until when, so that without them a day is another one."""
_OF_SIZE: Final = re.compile(
    r"fewer|less|more|most|least|than|minus|below|above|only|exactly|except|bigger|larger|smaller|compared", re.I
)
"""Words that say how many, so that without them a number may be read the other way round."""
_LEAVES_OUT: Final = re.compile(r"without|except|exclud|other than|but not|minus|apart from|besides", re.I)
"""Words behind which stands who is not meant."""
_BESIDE: Final = re.compile(
    r"\([^()]*\)|,? (?:on|in|to|for|under|by) which [^,?]*(?=,|\?|$)"
    r"|, (?:whose|which|who|where|such that|in the sense that|excluding|counting|including) [^,?]*(?=,|\?|$)"
)
"""Parts of a sentence that narrow what is named, and that nothing is read from here."""
_EVENTS: Final = (
    "sign",
    "ally",
    "end",
    "hold",
    "renew",
    "meet",
    "join",
    "gain",
    "apply",
    "ratify",
    "veto",
    "gives notice",
)
_OF_TWO: Final = ("ratify", "veto")
"""What one does and another waits for: both are named, on either side of it."""
_PAPERS: Final = ("treaty", "agreement", "pact")


def nearest(
    question: Question, cases: Sequence[Case], vocabulary: Vocabulary, as_of: dt.date | None, unknown: Sequence[str]
) -> Query | None:
    """Return the plainest question near to one that is not understood; None where there is none.

    Parameters
    ----------
    question, cases, vocabulary, as_of
        As :func:`foedus.forecasts.wording.understood`.
    unknown : sequence of str
        The words that nobody knows: without them it may be read as it stands.
    """
    if question.asks or question.says_the_same or len(question.text) > LONGEST_TEXT or looks_back_only(question.text):
        return None
    asked = as_of or question.opened or (cases[0].as_of if len(cases) == 1 else None)
    if asked is not None and (soon := _read(_within_ten_years(question, asked), cases, vocabulary, as_of)) is not None:
        return soon
    if any(_OF_DAYS.fullmatch(word) or _OF_SIZE.fullmatch(word) for word in unknown):
        return None  # a day of which it is not known whether it is the last one, a number that may be the most or the least
    if unknown and len(unknown) <= _MOST_LOST:
        lost = rf"(?<!\w)(?:{'|'.join(map(re.escape, unknown))})(?!\w)"
        text = re.sub(
            rf"(?<=\w), [^,?]*{lost}[^,?]*(?=[,?]|$)", " ", plain(question.text)
        )  # a clause of which a word is lost
        text = re.sub(lost, " ", re.sub(r"\([^()]*,[^()]*\)", " ", text))
        near = _read(replace(question, text=text), cases, vocabulary, as_of)
        if near is not None and (near.kind not in (*KEPT, "allied") or _LASTS.search(text)):
            return near
    if asked is None:
        return None
    text = _BESIDE.sub(" ", plainly(plain(question.text))[0])
    try:
        days = window(text, question, asked)
    except ValueError:
        return None
    day = without_case(asked)
    records = {r.id: r for r in beside(day, cases, asked)}
    words = pieces(days.text, vocabulary.lexicon(day, asked, tuple(records.values())))
    since = f" from {days.start} to {days.end}" if days.start > asked else ""
    if not _LASTS.search(text):  # "is going to" goes on with nothing
        words = tuple(w for w in words if w.kind not in ("hold", "renew"))
    for plainer in _plainer(words, records, asked):
        near = _read(replace(question, text=f"{plainer}{since}?", closes=days.end), cases, vocabulary, as_of)
        if near is not None:
            return near
    return None


def _within_ten_years(question: Question, asked: dt.date) -> Question:
    """Return a question with the longest window that is answered: for one without a last day, or with one too late."""
    end = asked.replace(year=asked.year + int(LONGEST_WINDOW), day=min(asked.day, 28))
    return replace(question, closes=min(question.closes or end, end))


def _read(question: Question, cases: Sequence[Case], vocabulary: Vocabulary, as_of: dt.date | None) -> Query | None:
    try:
        query = understood(question, cases, vocabulary, as_of)
    except NotUnderstood:
        return None
    return query if query.link == "before" else None  # of two things at once a lost word may be a name of the second


def _plainer(words: Sequence[Word], records: Mapping[str, InstitutionRecord], asked: dt.date) -> Iterator[str]:
    """Yield plain sentences of what is named, the likeliest first; none where it says "if" or "not", or most of it is not known."""
    known = [w for w in words if w.kind not in ("unknown", "filler", "with", "be")]
    lost = {w.text for w in words if w.kind == "unknown"}
    events = [w for w in words if w.kind in _EVENTS]
    said = words[: words.index(events[0])] if events else words
    if len(lost) > len(known) or any(w.kind == "condition" for w in words) or any(w.kind == "negative" for w in said):
        return
    if any(w.kind == "except" or (w.kind == "negative" and _LEAVES_OUT.match(w.text)) for w in words):
        return  # who is left out would be taken for one of those who are in
    if any(w.kind == "unknown" and w.text[:1].isupper() and v.kind in _PAPERS for w, v in pairwise(words)):
        return  # a treaty of a name that nobody knows
    bodies = [records[name] for name in dict.fromkeys(w.value for w in words if w.kind == "institution")]
    names = {w.value: w.text for w in words if w.kind in ("state", "leader")}
    kinds = [w.kind for w in words]
    at = [k for k, w in enumerate(words) if w.kind in ("state", "leader")]
    some = bool(at) and any(k in ("or", "any") for k in kinds[max(at[0] - 1, 0) : at[-1]])
    paper = next((w.text for w in words if w.kind in _PAPERS), "")
    first = any(w.kind == "order" and "first" in w.text.lower() for w in words)
    often = any(w.kind == "times" and w.text.lower().startswith("how") for w in words)
    form = next((k for k in kinds if k in ("how many", "which", "when")), "how often" if often else "")
    if form == "how many" and any(re.search(r"(?:summit|meeting)s", w.text, re.I) for w in words if w.kind == "meet"):
        often, form = True, "how often"
    for record in bodies:
        title = record.name
        if often and any(re.search(r"summit|meeting", w.text, re.I) for w in words if w.kind == "times"):
            yield f"In how many years will {title} hold a summit"
        inside = set(record.members_on(asked)) | set(record.outside)
        out, within = ([n for s, n in names.items() if (s in inside) is there] for there in (False, True))
        acts = [n for s, n in names.items() if any(w.value == s for w in said)]  # who stands before what happens
        if form == "how many" and "member" in kinds and not {"partner", "treaty", "pact", "bound"} & set(kinds):
            yield f"How many members will {title} have"
        if "member" in kinds and not within and events and events[0].kind in ("end", "gives notice"):
            yield f"Will any member leave {title}"
        for event in dict.fromkeys(w.kind for w in events):
            if event not in ("join", "gain", "apply", *_OF_TWO) and acts and not set(acts) & set(within):
                continue  # "China leaves the Quad" is no question of its members
            sides = (
                [[n for n in side if n in acts] or side for side in (out, within)]
                if event not in _OF_TWO
                else [out, within]
            )
            yield from _of_a_body(event, title, len(inside) > 2, sides[0], sides[1], some, form, first)
        if "protocol" in kinds and out:
            yield f"Will {_those(out, some)} apply to join {title}"
    listed = list(names.values())
    if "count" in kinds:  # one of some is not all of them together
        return
    for event in dict.fromkeys(w.kind for w in events) if len(listed) > 1 else ():
        pair = f"{listed[0]} and {_those(listed[1:], some)}"
        if event in ("sign", "ally"):
            yield f"Will {pair} sign a {paper or 'mutual defence treaty'}"
        elif event in ("end", "gives notice"):
            yield f"Will the {paper or 'alliance'} between {pair} end"
        elif event in ("hold", "renew"):
            yield f"Will the {paper or 'alliance'} between {pair} remain in force"
        elif event == "meet" and len(listed) > 2:
            yield f"Will {_all(listed)} meet"


def _of_a_body(
    event: str, title: str, many: bool, out: list[str], within: list[str], some: bool, form: str, first: bool
) -> Iterator[str]:
    if event in ("join", "gain") and out and many:
        asks = "Which of" if form == "which" or first else "Will"
        who = _all(out) if asks != "Will" else _those(out, some)
        yield f"{asks} {who} join {title}{' first' if first and len(out) > 1 else ''}"
    elif event == "apply" and out:
        yield f"Will {_those(out, some)} apply to join {title}"
    elif event in ("ratify", "veto") and out:
        yield (
            f"Will {_those(within, some)} {event} {out[0]}'s accession to {title}"
            if within
            else f"Will {out[0]}'s accession to {title} be ratified"
        )
    elif event in ("end", "gives notice"):
        yield (
            f"Will {_those(within, some)} leave {title}"
            if many and within
            else f"Will {within[0]} end {title}"
            if len(within) == 1
            else f"Will {title} end"
        )
    elif event in ("hold", "renew"):
        yield f"Will {_those(within, some)} remain in {title}" if many and within else f"Will {title} remain in force"
    elif event == "meet":
        if form == "how often":
            yield f"In how many years will {title} meet"
        yield f"Will {title} meet"


def _all(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _those(names: Sequence[str], some: bool) -> str:
    """Return names as all of them, or as at least one."""
    return f"at least one of {_all(names)}" if some and len(names) > 1 else _all(names)
