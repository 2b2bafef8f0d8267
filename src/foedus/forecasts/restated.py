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
from foedus.forecasts.by_position import Apart, without_adjectives
from foedus.forecasts.constructions import unwrapped
from foedus.forecasts.dated import Question
from foedus.forecasts.events_with_days import dated_events
from foedus.forecasts.named_days import DAY, MONTHS
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.rearranged import rearranged, without_compounds
from foedus.forecasts.synonyms import HAPPENS, bases, in_known_verbs, in_plain_phrases
from foedus.forecasts.turns import INVITED, plainly
from foedus.forecasts.windows import NUMBERS
from foedus.forecasts.words import Lexicon, pieces, plain

BEFOREHAND: Final = "of what is said before the question only names are read"
"""Note on a question that speaks of what sentences before it name."""

_SENTENCE: Final = re.compile(
    r"(?:(?<=[a-z0-9)][.!?])|(?<=[A-Z]{2}[.!?])) (?=[A-Z])|; (?:and |but |so )?(?=(?:will|would|could|can|does|is|are|which|who|when|how)\b)"
)
_OPEN: Final = re.compile(
    r"\b(?:if|suppose|supposing|assum\w+|given|provided|unless|imagine|once|should|would|will|(?<!in )may(?! \d)|might|could|let|say|question|resol\w+|expected|planned|due|likely)\b|\?",
    re.I,
)
_PROMISED: Final = re.compile(
    r"\b(?:ha(?:s|ve|d) )?(?:often |long |repeatedly |publicly )?(?:said|announced|promised|vowed|pledged|threatened|warned|hinted|declared|sworn) "
    r"(?:that )?(?:to (?=[a-z])|(?:he|she|it|they) (?:will|would|might|may|could) )",
    re.I,
)
"""What somebody said that they would do, which is no condition: the question asks whether they do."""
_IT: Final = re.compile(
    r"\b(?:it|this|that|they|them|the (?:treaty|pact|agreement|alliance|deal|accord|body|bloc|forum|grouping|group|club|organi[sz]ation|country|state|government|two|pair))\b(?! is (?:likely|possible))",
    re.I,
)
_PAIR: Final = re.compile(r"\b(?:they|them|the two|both|the pair|the parties|both sides)\b", re.I)
_DATE: Final = re.compile(rf"\b(?:{DAY}|{MONTHS}\.? \d{{4}})\b", re.I)

_OF_BODIES: Final = ("members", "grows", "joins", "treaty ends", "treaty holds", "forum meets", "forum lapses")
"""Kinds that are of a body as a whole, so that it does not matter who of its members is in the case."""

_OF_STATES: Final = ("joins", "leaves", "stays", "applies", "ratified", "treaty signed", "comes into force")
"""Kinds of what a state does that "it" can stand for."""

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

    Raises
    ------
    NotUnderstood
        In plainer words all of it is known, and refused: with the reason.
    """
    if question.asks or question.says_the_same:
        return None
    by_id = {r.id: r for r in records}
    reasons: list[NotUnderstood] = []
    for freely in (False, True):
        found = _all_read(question, lexicon, by_id, asked, read, freely, reasons)
        if found:
            return found[0] if len({replace(q, notes=()) for q in found}) == 1 else None
    if known := [r for r in reasons if not r.unknown]:
        raise known[0]
    return None


def restated(
    text: str, lexicon: Lexicon, records: Sequence[InstitutionRecord], asked: dt.date
) -> Iterator[tuple[str, tuple[str, ...], frozenset[str], tuple[str, ...]]]:
    """Yield plainer texts with notes on what was left out, members that were listed in brackets, and kinds that can be meant.

    Parameters
    ----------
    text : str
    lexicon, records, asked
        As :func:`read_again`.
    """
    return _restated(plain(text), lexicon, {r.id: r for r in records}, asked, freely=True)


def _all_read(
    question: Question,
    lexicon: Lexicon,
    records: dict[str, InstitutionRecord],
    asked: dt.date,
    read: Read,
    freely: bool,
    reasons: list[NotUnderstood],
) -> list[Query]:
    """Return all that a question is read as once it is put again, by closed lists alone or freely, by where its words stand."""
    found: list[Query] = []
    for again, notes, listed, kinds in _restated(plain(question.text), lexicon, records, asked, freely):
        try:
            query = read(replace(question, text=again))
        except NotUnderstood as reason:
            reasons.append(reason)
            continue
        if not listed <= {*query.named, *query.treaties} and query.kind not in _OF_BODIES:
            continue
        if kinds and query.kind not in kinds:
            continue
        found.append(replace(query, notes=tuple(dict.fromkeys((*query.notes, *notes)))))
    return found


def _restated(
    text: str, lexicon: Lexicon, records: dict[str, InstitutionRecord], asked: dt.date, freely: bool
) -> Iterator[tuple[str, tuple[str, ...], frozenset[str], tuple[str, ...]]]:
    """Yield plainer texts with notes on what was left out of them, members that were listed in brackets, and kinds that can be meant."""
    seen = {text, plainly(text)[0]}  # what has been tried already
    text = re.sub(rf"{_THAN}{asked.year}(?= |[,.?]|$)", "than today", text, flags=re.I)  # the year of the question
    built = dict.fromkeys(in_plain_phrases(t) for t in (unwrapped(text, lexicon), text))
    for named, before, kinds in (way for t in built for way in _with_names(t, lexicon, records, asked)):
        again, told = plainly(_by_then(named, asked))
        if INVITED in told:
            return  # what counts an invitation as an accession is read in plain words alone
        again = dated_events(again, lexicon)
        around = Around(lexicon, records, asked)
        again, aside = around.cleared(again)
        if freely:
            again, more = Apart(lexicon, around).cleared(again)
            again, lost = without_adjectives(again, lexicon)
            aside = (*aside, *more, *lost)
        again = rearranged(in_plain_phrases(without_compounds(_of_all(again, lexicon, records, asked), lexicon)))
        again = in_known_verbs(_without_have(again, lexicon), pieces(again, lexicon), lexicon)
        if again not in seen:
            seen.add(again)
            yield again, (*before, *told, *aside), frozenset(around.listed), kinds


_THAN: Final = r"\bthan (?:(?:it|they|there) )?(?:(?:was|were|is|are|had|has|have|did|does) )?in "
_HAVE: Final = re.compile(
    r"\b(?:have|has) (?P<more>(?:(?:\w+ly|also|already|both|all|each) )*)(?P<done>[a-z]+)\b", re.I
)
_WOULD: Final = re.compile(r"\b(?:would|could|might|should)\b.*\bha(?:ve|s)\b", re.I)
_AS: Final = re.compile(r"\bas (?=(?:the )?[A-Z])")
_START: Final = re.compile(
    r"\b(?:at|come|as of|on) (?:the )?(?:very )?(?:start|beginning|outset|dawn) of (?=\d{4}\b)", re.I
)
_LASTS: Final = re.compile(r"\b(?:still|remains?|stays?|members|allies|in (?:force|effect)|belongs?)\b", re.I)
"""Words of what is so on a day: what happens "at the start of 2024" need not happen on its first day."""
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


_COUNT: Final = r"(?P<count>\d{1,2}|two|three|four|five)"
_WHICH: Final = r"(?P<which>founding |original |current |present |existing )?(?=(?:NATO |Quad )?(?:members\b|all(?:y|ies)\b|partners\b))"
_ALL_OF: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?P<all>(?:all|each|every one) )(?:of )?(?:the )?{_COUNT} (?:of )?(?:(?:today|its|the)(?:'s)? )?{_WHICH}",
        rf"\b(?P<all>beyond (?:its|the) ){_COUNT} {_WHICH}",
    )
)


def _of_all(text: str, lexicon: Lexicon, records: dict[str, InstitutionRecord], asked: dt.date) -> str:
    """Return a text in which all members of the one body it names, by their number, are all members; another number stays."""
    named = list(dict.fromkeys(w.value for w in pieces(text, lexicon) if w.kind == "institution"))
    record = records.get(named[0]) if len(named) == 1 else None
    if record is None:
        return text
    inside = {*record.members_on(asked), *record.outside}
    begun = min((m.joined or "" for m in record.members), default="")
    founders = {m.state for m in record.members if (m.joined or "") == begun} | set(record.outside)

    def put(found: re.Match[str]) -> str:
        count = NUMBERS.get(found["count"].lower()) or int(found["count"])
        first = (found["which"] or "").strip().lower() in ("founding", "original")
        return found["all"] if count == len(inside) and (not first or founders == inside) else found[0]

    for pattern in _ALL_OF:
        text = pattern.sub(put, text)
    return _THAN_NOW.sub(
        lambda m: (
            f"have {'fewer' if (m['size'] or m['many']).lower() in ('smaller', 'fewer') else 'more'} than {len(inside)} members{m['mid']}"
        ),
        text,
    )


_THAN_NOW: Final = re.compile(
    r"\b(?:(?:be|become) (?P<size>larger|bigger|smaller)|have (?P<many>more|fewer) members)(?P<mid>[^?]{0,60}?) than (?:(?:it|there) (?:is|are|has|does) )?(?:now|today|at present|currently)\b",
    re.I,
)


def _by_then(text: str, asked: dt.date) -> str:
    """Return a text in which "by then" is the one day to come that it says elsewhere, and "at the start of 2026" a day of what lasts."""
    if _LASTS.search(text):
        text = _START.sub("on 1 January ", text)
    days = [d for d in _DATE.findall(text) if int(re.findall(r"\d{4}", d)[-1]) >= asked.year]
    return _THEN.sub(f"by {days[0]}", text) if len(set(days)) == 1 else text


def _with_names(
    text: str, lexicon: Lexicon, records: dict[str, InstitutionRecord], asked: dt.date
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yield a text as it is, or its last sentence with what sentences before it name in the place of its pronouns, and kinds that can be meant."""
    *before, asks = _SENTENCE.split(text)
    told = " ".join(before)
    head = _PROMISED.sub("", told)
    if not before:
        yield text, (), ()
        return
    if _OPEN.search(head):
        return
    said = pieces(head, lexicon)
    if {w.kind for w in said} & HAPPENS and not has_been(told):
        return  # "Turkey leaves NATO. Will Sweden join?" supposes it
    bodies = list(dict.fromkeys(w.value for w in said if w.kind == "institution"))
    states = {w.value: w.text for w in said if w.kind in ("state", "leader")}
    here = {w.kind for w in pieces(asks, lexicon)}
    ends = [d for d in _DATE.findall(head) if int(re.findall(r"\d{4}", d)[-1]) >= asked.year]
    days = f" by {ends[0]}" if len(ends) == 1 and not re.search(r"\d{4}|\bwithin\b|\bnext\b|\bdecade\b", asks) else ""
    asks = f"{asks.rstrip(' ?.')}{days}?"
    if not _IT.search(asks) and not _PAIR.search(asks):
        yield asks, (BEFOREHAND,), ()
    if not bodies and (paper := _described(head, lexicon)) and not here & {"state", "treaty", "agreement"}:
        yield _put(asks, paper[0], paper[1]), (BEFOREHAND,), ()
    elif len(bodies) == 1 and "institution" not in here:
        title = f"the {records[bodies[0]].name}"
        yield _put(asks, title, _pair_of(records[bodies[0]], states)), (BEFOREHAND,), ()
        if len(states) == 1 and not here & {"state", "leader"}:
            who = next(iter(states.values()))
            yield f"{_IT.sub(who, asks, count=1).rstrip(' ?.')}, {title}?", (BEFOREHAND,), _OF_STATES
    elif len(states) == 1 and not here & {"state", "leader"}:
        yield _IT.sub(next(iter(states.values())), asks, count=1), (BEFOREHAND,), _OF_STATES


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
