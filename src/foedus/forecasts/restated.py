"""Restated: a question that is not understood, put again in plainer words that mean the same, in stages; what is still not read is refused.

First days that are said by an event, then verbs by a thesaurus, then asides that tell of what is named already, then what was said in
sentences before, then where a list stands. No stage leaves a word out but by a closed list of shapes, and everything that is
left has to be read like any other question. Where it can be put in more than one way, all that are read have to ask the same.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from foedus.casebook.case import InstitutionRecord
from foedus.forecasts.asides import Around, has_been
from foedus.forecasts.dated import Question
from foedus.forecasts.events_with_days import dated_events
from foedus.forecasts.named_days import DAY, MONTHS
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.synonyms import HAPPENS, bases, in_known_verbs
from foedus.forecasts.turns import INVITED, plainly
from foedus.forecasts.words import Lexicon, pieces, plain

BEFOREHAND: Final = "of what is said before the question only names are read"
"""Note on a question that speaks of what sentences before it name."""

_NAME: Final = r"(?:the )?(?-i:[A-Z])[\w.'-]*(?: (?:and (?=Herzegovina)|of |the )?(?-i:[A-Z])[\w.'-]*)*"
_LIST: Final = rf"{_NAME}(?:(?:,|,? or|,? and) {_NAME})+"
_AUX: Final = r"(?:will|would|is|are|does|do|can|could|shall)"
_MOVED: Final = tuple(
    (re.compile(pattern, re.I), plainer)
    for pattern, plainer in (
        (r"^do(?:es)? (?!you\b|we\b)", "Will "),
        # that it is one or the other is said once more
        (r" in (?:the )?(?-i:[A-Z])[\w -]{2,30},? or (?:anywhere|somewhere) else,?", ""),
        (r",? or otherwise (?=[a-z])", " or "),
        (r",? or (?:in any way |in some way |in whatever way )(?=[a-z])", " or "),
        (r"[:,;-] *(?:(?:a )?yes or (?:a )?no|true or false|y/n)\W*$", "?"),
        (
            rf"(?P<list>\b{_NAME}(?:, {_NAME})*),? or (?:nobody|none(?: of (?:them|these|those))?|no one|neither(?: of them)?)(?=\W*$)",
            r"\g<list>",
        ),
        (r"\bif (?:any(?:one|body|thing)?|at all),? ", ""),
        # where an instrument is deposited, which the treaty says
        (
            r"\b(deposit(?:s|ed|ing)? .{5,90}?) with (?:the )?(?:government of )?(?:the )?(?:United States(?: of America)?|US|U\.S\.|depositary)(?: government| State Department)?\b",
            r"\1",
        ),
        # who is first of a list that stands behind the question
        (
            rf"^(?P<who>who|which(?: one| country| state| nation| of them)?),? (?:{_AUX}|{_AUX} be|is going to be|is likely to be) (?:be )?the (?:very )?first (?:new |outside |other )?(?:country |state |nation |member |one )?to (?P<what>.+?)(?: -|:|,|\?) *(?P<list>{_LIST})\W*$",
            r"Which of \g<list> will \g<what> first?",
        ),
        (
            rf"^of (?P<list>{_LIST}),? (?:which|who)(?: one| country| state)? (?:{_AUX}|{_AUX} be|is going to be) (?:be )?the (?:very )?first (?:one )?to (?P<what>.+?)\W*$",
            r"Which of \g<list> will \g<what> first?",
        ),
        (
            rf"^which of (?P<list>{_LIST}),? (?:{_AUX}|{_AUX} be|is going to be) (?:be )?the (?:very )?first (?:one )?to (?P<what>.+?)\W*$",
            r"Which of \g<list> will \g<what> first?",
        ),
        (
            rf"^(?P<who>which|who)(?: one| country| state| nation| of them| of these)?,? (?P<rest>{_AUX} (?:(?!\bof\b).)+?)(?: -|:|,|\?) *(?P<list>{_LIST})\W*$",
            r"Which of \g<list> \g<rest>?",
        ),
    )
)
"""Where a list, or an answer that is offered, stands elsewhere in a plainer question, or says nothing more."""

_SENTENCE: Final = re.compile(r"(?<=[a-z0-9)][.!?]) (?=[A-Z])")
_OPEN: Final = re.compile(
    r"\b(?:if|suppose|supposing|assum\w+|given|provided|unless|imagine|once|should|would|will|may|might|could|let|say|question|resol\w+|expected|planned|due|likely)\b|\?",
    re.I,
)
_IT: Final = re.compile(
    r"\b(?:it|this|that|they|them|the (?:treaty|pact|agreement|alliance|deal|accord|body|bloc|forum|grouping|group|club|organi[sz]ation|country|state|government|two|pair))\b(?! is (?:likely|possible))",
    re.I,
)
_PAIR: Final = re.compile(r"\b(?:they|them|the two|both|the pair|the parties|both sides)\b", re.I)
_DATE: Final = re.compile(rf"\b(?:{DAY}|{MONTHS}\.? \d{{4}})\b", re.I)

_OF_BODIES: Final = ("members", "grows", "joins", "treaty ends", "treaty holds", "forum meets", "forum lapses")
"""Kinds that are of a body as a whole, so that it does not matter who of its members is in the case."""

Read = Callable[[Question], Query]


def read_again(
    question: Question, lexicon: Lexicon, records: Sequence[InstitutionRecord], asked: dt.date, read: Read
) -> Query | None:
    """Return what a question asks once it is put in plainer words; None where it is still not read, or in several ways.

    Parameters
    ----------
    question : Question
    lexicon : Lexicon
        Names of the day, of all institutions that are known.
    records : sequence of InstitutionRecord
        These institutions.
    asked : datetime.date
        Day of the forecast.
    read : callable
        Reads a question.
    """
    if question.asks or question.says_the_same:
        return None
    by_id = {r.id: r for r in records}
    found: list[Query] = []
    text = plain(question.text)
    for again, notes, listed in _restated(text, lexicon, by_id, asked):
        try:
            query = read(replace(question, text=again))
        except NotUnderstood:
            continue
        if not listed <= {*query.named, *query.treaties} and query.kind not in _OF_BODIES:
            continue
        found.append(replace(query, notes=tuple(dict.fromkeys((*query.notes, *notes)))))
    alike = {replace(q, notes=()) for q in found}
    return found[0] if len(alike) == 1 else None


def _restated(
    text: str, lexicon: Lexicon, records: dict[str, InstitutionRecord], asked: dt.date
) -> Iterator[tuple[str, tuple[str, ...], frozenset[str]]]:
    """Yield plainer texts with notes on what was left out of them, and members that were listed in brackets."""
    seen = {text}
    for named, before in _with_names(text, lexicon, records, asked):
        again, told = plainly(_by_then(named, asked))
        if INVITED in told:
            return  # what counts an invitation as an accession is read in plain words alone
        again = dated_events(again, lexicon)
        around = Around(lexicon, records, asked)
        again, aside = around.cleared(again)
        for pattern, plainer in _MOVED:
            again = pattern.sub(plainer, again)
        again = in_known_verbs(_without_have(again, lexicon), pieces(again, lexicon), lexicon)
        if again not in seen:
            seen.add(again)
            yield again, (*before, *told, *aside), frozenset(around.listed)


_HAVE: Final = re.compile(
    r"\b(?:have|has) (?P<more>(?:(?:\w+ly|also|already|both|all|each) )*)(?P<done>[a-z]+)\b", re.I
)
_WOULD: Final = re.compile(r"\b(?:would|could|might|should)\b.*\bha(?:ve|s)\b", re.I)
_AS: Final = re.compile(r"\bas (?=(?:the )?[A-Z])")
_THEN: Final = re.compile(r"\b(?:by|until|before|at) then\b", re.I)


def _without_have(text: str, lexicon: Lexicon) -> str:
    """Return a text in which what will have happened by a day happens by it, and who meets as a body meets in it."""

    def happens(found: re.Match[str]) -> str:
        known = lexicon.best(text, found.start("done"))
        if known is not None and known.kind in HAPPENS and not re.match(r"in\b", known.text):
            return found["more"] + found["done"]
        for base in bases(found["done"]):
            said = f"{base}{text[found.end('done') :]}"
            if (known := lexicon.best(said, 0)) is not None and known.kind in HAPPENS:
                return found["more"] + base
        return found[0]

    def body(found: re.Match[str]) -> str:
        known = lexicon.best(text, found.end())
        return "" if known is not None and known.kind == "institution" else found[0]

    if not _WOULD.search(text):  # "would have left" is not what will be
        text = _HAVE.sub(happens, text)
    return _AS.sub(body, text)


def _by_then(text: str, asked: dt.date) -> str:
    """Return a text in which "by then" is the one day to come that it says elsewhere."""
    days = [d for d in _DATE.findall(text) if int(re.findall(r"\d{4}", d)[-1]) >= asked.year]
    return _THEN.sub(f"by {days[0]}", text) if len(set(days)) == 1 else text


def _with_names(
    text: str, lexicon: Lexicon, records: dict[str, InstitutionRecord], asked: dt.date
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield a text as it is, or its last sentence with what sentences before it name in the place of its pronouns."""
    *before, asks = _SENTENCE.split(text)
    head = " ".join(before)
    if not before:
        yield text, ()
        return
    if _OPEN.search(head):
        return
    said = pieces(head, lexicon)
    if {w.kind for w in said} & HAPPENS and not has_been(head):
        return  # "Turkey leaves NATO. Will Sweden join?" supposes it
    bodies = list(dict.fromkeys(w.value for w in said if w.kind == "institution"))
    states = {w.value: w.text for w in said if w.kind in ("state", "leader")}
    here = {w.kind for w in pieces(asks, lexicon)}
    ends = [d for d in _DATE.findall(head) if int(re.findall(r"\d{4}", d)[-1]) >= asked.year]
    days = f" by {ends[0]}" if len(ends) == 1 and not re.search(r"\d{4}|\bwithin\b|\bnext\b|\bdecade\b", asks) else ""
    asks = f"{asks.rstrip(' ?.')}{days}?"
    if not _IT.search(asks) and not _PAIR.search(asks):
        yield asks, (BEFOREHAND,)
    if not bodies and (paper := _described(head, lexicon)) and not here & {"state", "treaty", "agreement"}:
        yield _put(asks, paper[0], paper[1]), (BEFOREHAND,)
    elif len(bodies) == 1 and "institution" not in here:
        title = f"the {records[bodies[0]].name}"
        yield _put(asks, title, _pair_of(records[bodies[0]], states)), (BEFOREHAND,)
        if len(states) == 1 and not here & {"state", "leader"}:
            who = next(iter(states.values()))
            yield f"{_IT.sub(who, asks, count=1).rstrip(' ?.')}, {title}?", (BEFOREHAND,)
    elif len(states) == 1 and not here & {"state", "leader"}:
        yield _IT.sub(next(iter(states.values())), asks, count=1), (BEFOREHAND,)


def _described(head: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """Return the one treaty or agreement that a text names by its two parties, as it names it, and the two."""
    said = pieces(head, lexicon)
    papers = [w for w in said if w.kind in ("treaty", "agreement", "pact")]
    states = list(dict.fromkeys(w.text for w in said if w.kind == "state"))
    if len(papers) != 1 or len(states) != 2:
        return None
    pair = " and ".join(states)
    return f"the {papers[0].text} between {pair}", pair


def _pair_of(record: InstitutionRecord, states: dict[str, str]) -> str:
    inside = [m.state for m in record.members]
    return " and ".join(states.get(s, s) for s in inside) if len(inside) == 2 else ""


def _put(asks: str, title: str, pair: str) -> str:
    """Return a sentence with a treaty in the place of "it", and its two parties in that of "they"."""
    if pair:
        asks = _PAIR.sub(pair, asks, count=1)
    return _IT.sub(title, asks, count=1)
