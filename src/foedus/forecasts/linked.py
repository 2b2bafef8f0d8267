"""Linked: of two things which comes first, and a thing under a condition that the record can condition on; all others are refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from foedus.forecasts.dated import Question
from foedus.forecasts.forecast import KEPT
from foedus.forecasts.known_pacts import ATLANTIC, members_of, protocols
from foedus.forecasts.of_entries import RATIFICATIONS
from foedus.forecasts.of_force import IN_FORCE
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.sooner import asked_of, sooner
from foedus.forecasts.turns import plainly
from foedus.forecasts.two_at_once import together
from foedus.forecasts.windows import window
from foedus.forecasts.words import Lexicon, pieces, plain

_WORDS: Final = r"(?:if|assuming(?: that)?|provided(?: that)?|given that|in case|in the event(?: that)?|conditional (?:up)?on|suppose|supposing(?: that)?)"
_ASKS: Final = r"(?:will|would|does|do|is|are|can|could|what|how likely|when|probability|likelihood|chances?)\b"
_BEFORE: Final = re.compile(rf"^\W*{_WORDS} (?P<given>.+?)(?:, (?:then )?| then )(?P<asks>{_ASKS}.+)$", re.I)
_BEHIND: Final = re.compile(rf"^(?P<asks>.+?),? {_WORDS} (?P<given>.+?)\W*$", re.I)
_NOT: Final = re.compile(r"\b(?:not|never|no longer|hasn't|haven't|doesn't|isn't|don't|without)\b", re.I)
_PROTOCOL: Final = re.compile(r"\bprotocols?\b", re.I)
_IN_FORCE: Final = re.compile(r"\b(?:in|into) (?:force|effect)\b|\btakes? effect\b", re.I)
_FIRST: Final = re.compile(
    r"^(?P<one>.+?),? (?:before|ahead of|prior to|sooner than|earlier than) (?P<other>[^\d].+?)\W*$", re.I
)
_PRONOUN: Final = re.compile(r"\b(?:it|they|the two|the former|the country)\b(?! is)", re.I)

Read = Callable[[Question], Query]
"""What reads a question that is not linked to another."""


def linked(question: Question, asked: dt.date, lexicon: Lexicon, read: Read, titles: dict[str, str]) -> Query | None:
    """Return the query of a question that speaks of two things, one before or under the condition of the other; None if it does not.

    Parameters
    ----------
    question : Question
    asked : datetime.date
        Day of the forecast.
    lexicon : Lexicon
        Names of the day.
    read : callable
        Reads a question of one thing.
    titles : dict of str to str
        Names of institutions by id.

    Raises
    ------
    NotUnderstood
        It speaks of two, and the record cannot answer it; with the reason.
    """
    if question.asks or question.says_the_same:
        return None
    text = plainly(plain(question.text))[0]
    if found := _BEFORE.match(text) or _BEHIND.match(text):
        return _under(found["given"], found["asks"], question, lexicon, read, titles)
    try:
        days = window(text, question, asked, open_ended=True)
    except ValueError:
        return None
    if days.repeats:
        return None
    held, late = replace(question, closes=days.end), days.start > asked
    if (query := _which_of_two(days.text, held, late, lexicon, read, titles)) is None:
        found = _FIRST.match(days.text.strip())
        query = _ordered(found["one"], found["other"], held, late, lexicon, read) if found else None
    if query is None:
        return _two_at_once(text, question, days.end, lexicon, read) if _has_end(text, question, asked) else None
    if _has_end(text, question, asked):
        return query
    if query.form != "which":  # a chance of coming first in ten years is another than that of ever coming first
        return None
    return replace(query, notes=(*query.notes, _NO_DAY))


_NO_DAY: Final = "no day is said by which, so ten years are taken"


def _has_end(text: str, question: Question, asked: dt.date) -> bool:
    try:
        return bool(window(text, question, asked))
    except ValueError:
        return False


def _two_at_once(text: str, question: Question, end: dt.date, lexicon: Lexicon, read: Read) -> Query | None:
    def one(half: str, other: str) -> Query:
        said = [w.kind for w in pieces(half, lexicon) if w.kind not in ("filler", "with", "ever")]
        if not said or said[0] not in (*_STATES, *_BODIES, "agreement", "pact", "member", "country", "any", "count"):
            raise NotUnderstood("it does not say who")  # "and leave it" is of whoever came before
        return in_turn_of_days((half, _named_in(half, other, lexicon, ("institution",))))

    def of_it(half: str, other: str) -> Query:
        return in_turn_of_days(tuple(_named_in(half, other, lexicon, kinds) for kinds in (("institution",), _STATES)))

    def in_turn_of_days(texts: Sequence[str]) -> Query:
        reasons: list[NotUnderstood] = []
        for asks in dict.fromkeys(texts):
            for days in (question, replace(question, closes=end)):  # both by the day that is said once
                try:
                    return read(replace(days, text=asks))
                except NotUnderstood as reason:
                    reasons.append(reason)
        raise reasons[0]

    return together(text, one, of_it)


# ---- of two which comes first


def _which_of_two(
    text: str, question: Question, late: bool, lexicon: Lexicon, read: Read, titles: dict[str, str]
) -> Query | None:
    def one(thing: str, other: str) -> Query | None:
        if _bare(thing, lexicon, _STATES):  # "Sweden's entry into NATO or Ukraine's"
            thing = "" if _bare(other, lexicon, _STATES) else _same_by(other, thing, lexicon, _STATES)
        for asks in asked_of(_named_in(thing, other, lexicon, ("institution",))):
            try:
                query = read(replace(question, text=asks))
                return _grows_by_one(query, asks, question, read, titles) if query.kind == "members" else query
            except NotUnderstood:
                continue
        return None

    found = sooner(text, one)
    if found is None or found.than is None:
        return None
    if late:
        raise NotUnderstood(_FROM_NOW)
    return replace(in_turn(replace(found, form="whether", than=None), found.than), form="which")


_NTH: Final = re.compile(r"\b(?:\d{1,2}(?:st|nd|rd|th)|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b", re.I)


def _grows_by_one(query: Query, asks: str, question: Question, read: Read, titles: dict[str, str]) -> Query:
    """Return "a sixth member" of a body of five as that somebody joins it, which has a day; every other size as it is."""
    body = titles[query.treaties[0]]
    rises = read(replace(question, text=f"Will the number of {body} members increase?"))
    return read(replace(question, text=_NTH.sub("new", asks))) if rises.at_least == query.at_least else query


_FROM_NOW: Final = "of what comes first is understood only whether it does up to a day, from the day of the question on"


_STATES: Final = ("state", "leader")
_BODIES: Final = ("institution", "treaty")


def _ordered(one: str, other: str, question: Question, late: bool, lexicon: Lexicon, read: Read) -> Query | None:
    begins = [w for w in pieces(other, lexicon) if w.kind not in ("filler", "with", "any")]
    if not begins or begins[0].kind not in ("state", "leader", "institution", "treaty", "member", "country"):
        return None
    second = re.sub(r"\b(?:do|does|did|will|has|can)\W*$", "", other).strip()
    things = _BODIES if begins[0].kind in _BODIES else _STATES
    if _bare(second, lexicon, things):  # "before Kosovo does": the same, by another
        second = _same_by(one, second, lexicon, things)
        if not second:
            return None
    else:
        second = f"Will {_named_in(second, one, lexicon, ('institution',))}"
    first, then = read(replace(question, text=f"{one}?")), read(replace(question, text=f"{second}?"))
    if late:
        raise NotUnderstood(_FROM_NOW)
    return in_turn(first, then)


def _bare(text: str, lexicon: Lexicon, things: tuple[str, ...]) -> bool:
    """Return whether a text only names things of some kinds."""
    found = [w.kind for w in pieces(text, lexicon)]
    return set(found) <= {*things, "filler"} and bool(set(found) & set(things))


def _same_by(one: str, other: str, lexicon: Lexicon, things: tuple[str, ...]) -> str:
    """Return a text with what another names in the place of its subject; empty where it has none."""
    subject = _subject(one, other, lexicon, things)
    return one.replace(subject, other, 1) if subject else ""


def _subject(one: str, other: str, lexicon: Lexicon, kinds: tuple[str, ...]) -> str:
    """Return the first of a text that stands where another names the same kind: as many side by side as the other names."""
    many = sum(w.kind in kinds for w in pieces(other, lexicon)) > 1
    names: list[str] = []
    for word in pieces(one, lexicon):
        if word.kind in kinds:
            names.append(word.text)
        elif names and not (many and word.kind == "filler" and word.text.lower() in ("and", "the")):
            break
    return one[one.index(names[0]) : one.index(names[-1], one.index(names[0])) + len(names[-1])] if names else ""


def in_turn(first: Query, then: Query) -> Query:
    """Return what asks whether one thing happens before another; errors as :func:`linked`."""
    for query in (first, then):
        if query.form != "whether" or query.denied or query.rival or query.repeats or query.kind in (*KEPT, "members"):
            raise NotUnderstood("of what comes first is understood only whether one thing happens before another does")
    _check_apart(first, then)
    return replace(first, than=then)


def _check_apart(first: Query, then: Query) -> None:
    """Refuse two that are one and the same, or that wait for the same ratifications."""
    alike = all(getattr(first, part) == getattr(then, part) for part in ("kind", "treaties", "by"))
    shared = set(first.named) & set(then.named)
    if alike and (set(first.named) == set(then.named) or (shared and first.kind in ("joins", "leaves", "applies"))):
        raise NotUnderstood("what shall come first and what shall come later are, at least in part, the same")
    if first.kind == then.kind == "ratified" and first.by == then.by:
        signed = [{p.signed for p in protocols() if set(q.all_of) & set(p.newcomers)} for q in (first, then)]
        if signed[0] & signed[1]:
            raise NotUnderstood(
                "both wait for the same members to ratify what was signed on one day, and the record does not say which comes first"
            )


def _named_in(text: str, other: str, lexicon: Lexicon, kinds: tuple[str, ...]) -> str:
    """Return a text that names nothing of some kinds with what the other one names, where that is one thing."""
    said = {w.value: w.text for w in pieces(other, lexicon) if w.kind in kinds}
    if len(said) != 1 or any(w.kind in kinds for w in pieces(text, lexicon)):
        return text
    name = next(iter(said.values()))
    named = _PRONOUN.sub(name, text)
    return f"{text.rstrip(' ?.')} {name}" if named == text and kinds != _STATES else named


# ---- under a condition


def _under(given: str, asks: str, question: Question, lexicon: Lexicon, read: Read, titles: dict[str, str]) -> Query:
    given, asks = (re.sub(r"\s+", " ", _BEING.sub("be", _HAVING.sub(" ", text))) for text in (given, asks))
    for kinds in (_STATES, ("institution",)):  # who, and which body, is said once
        given, asks = _named_in(given, asks, lexicon, kinds), _named_in(asks, given, lexicon, kinds)
    if _PROTOCOL.search(given):
        return _once_signed(given, asks, question, read)
    try:
        query = read(replace(question, text=asks))
        near = f"; without the condition it is answered, as {query.in_words(titles)}"
    except NotUnderstood as reason:
        query, near = None, f"; and what it asks is not read ({reason})"
    positive = re.sub(r"  +", " ", _NOT.sub(" ", given))
    try:
        condition = read(replace(question, text=f"Will {positive}?", closes=query.end if query else question.closes))
    except NotUnderstood as reason:
        why = f"its condition ('{given[:80]}') is nothing that the record or the model holds ({str(reason).partition('; ')[0]})"
        raise NotUnderstood(f"{_UNDER}{why}{near}") from reason
    denied = positive != given
    if condition.kind == "treaty signed" and not denied and _IN_FORCE.search(asks):
        return _in_force_once_signed(condition, question, asks)
    if query is None or not _same(condition, query, denied):
        raise NotUnderstood(
            f"{_UNDER}what one event does to another is not on record, only how often each happens{near}"
        )
    return given_not(query, condition.end)


def given_not(query: Query, day: dt.date) -> Query:
    """Return what asks whether something comes true if it has not by a day; errors as :func:`linked`."""
    if query.kind in (*KEPT, "members") or query.repeats:
        raise NotUnderstood("that something has not come true so far is understood of what happens, not of what lasts")
    if query.end <= day or query.form != "whether":
        raise NotUnderstood("it asks of no day after that of its condition")
    one = (len(query.all_of) == 1 and not query.at_least) or (
        not query.all_of and [n for n, _ in query.at_least] == [1]
    )
    if query.at_most or not (one or query.kind in ("treaty signed", "forum meets", "ratified")):
        raise NotUnderstood(
            "of several, some may have done it before the day of the condition, and it does not say who"
        )
    return replace(query, start=max(query.start, day + dt.timedelta(days=1)), given=f"it has not come true by {day}")


_UNDER: Final = "it holds under a condition: "
_BEING: Final = re.compile(r"\bbeing\b", re.I)
_HAVING: Final = re.compile(r"\bhaving\b", re.I)


_ENDS: Final = {"stays": "leaves", "treaty holds": "treaty ends"}


def _same(condition: Query, query: Query, denied: bool) -> bool:
    """Return whether a condition says that what is asked about has not come true before a day."""
    out = condition.kind == "joins" and [n for n, _ in condition.at_most] == [0]  # "still outside"
    kind = condition.kind if denied or out else _ENDS.get(condition.kind, "")
    about = (set(condition.named), condition.treaties, condition.by, condition.multilateral)
    return kind == query.kind and about == (set(query.named), query.treaties, query.by, query.multilateral)


def _once_signed(given: str, asks: str, question: Question, read: Read) -> Query:
    """Return who joins once the protocol of accession is signed, by how long such protocols took."""
    query = read(replace(question, text=asks))
    if (
        query.kind not in ("joins", "ratified")
        or query.treaties != (ATLANTIC,)
        or query.form != "whether"
        or query.at_least
        or query.at_most
        or query.denied
    ):
        raise NotUnderstood(
            "under the condition that a protocol is signed is understood only whether the newcomers join the Atlantic alliance"
        )
    asked = query.asked or query.start
    if _NOT.search(given):
        raise NotUnderstood("its condition is not that a protocol on an accession is still to be signed")
    return once_signed(query, query.all_of, _day_of(given, question, asked))


def once_signed(blank: Query, newcomers: Sequence[str], day: dt.date) -> Query:
    """Return what asks whether all members ratify an accession whose protocol is signed by a day; errors as :func:`linked`."""
    asked = blank.asked or blank.start
    if not newcomers or set(newcomers) & set(members_of(ATLANTIC, asked)):
        raise NotUnderstood("it does not say whose accession is ratified, or names who is a member already")
    if any(p.signed <= asked and set(p.newcomers) & set(newcomers) for p in protocols()):
        raise NotUnderstood("the protocol is signed already")
    if blank.end <= day or day < asked:
        raise NotUnderstood("the day of signature does not lie between that of the question and the last one")
    made = replace(blank, kind="ratified", all_of=tuple(newcomers), treaties=(ATLANTIC,), by=(), counted=RATIFICATIONS)
    told = f"the protocol is signed, on {day} at the latest, from which the days are counted"
    return replace(made, signed=day, given=told, notes=(f"{len(members_of(ATLANTIC, asked))} members have to ratify",))


def _in_force_once_signed(condition: Query, question: Question, asks: str) -> Query:
    """Return whether an agreement of two that is signed by a day takes effect, by how long others took."""
    if len(condition.named) != 2:
        raise NotUnderstood(
            "only treaties and agreements of two states are counted from signature to their first day in force"
        )
    asked, day = condition.asked or condition.start, condition.end
    end = _day_of(asks, question, asked)
    if end <= day:
        raise NotUnderstood("it asks of no day after that of its condition")
    told = f"it is signed, on {day} at the latest, from which the days are counted"
    return replace(
        condition,
        kind="comes into force",
        all_of=condition.named,
        at_least=(),
        counted=IN_FORCE,
        rate=None,
        notes=(),
        end=end,
        signed=day,
        given=told,
    )


def _day_of(text: str, question: Question, asked: dt.date) -> dt.date:
    try:
        return window(text, replace(question, closes=None), asked).end
    except ValueError:
        raise NotUnderstood("it does not say by when its condition, and by when what it asks, comes true") from None
