"""Each claim as a section: the verdict and why, the test on the model, the record, and what would change it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from foedus.casebook.case import Case, Event, Source
from foedus.mechanisms import PROCEDURES
from foedus.trials.bench import Measured, ModelTest
from foedus.trials.evidence import Evidence
from foedus.trials.exhibits import model_charts, numbers_charts
from foedus.trials.precedents import Finding
from foedus.trials.readings import amount, assumption, conditions, in_words, wrong_if
from foedus.trials.verdict import FEWEST
from foedus.vocabulary.prose import counted, listing
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import percent, shown

_MODEL = {"holds": "holds it", "split": "is split over it", "fails": "does not bear it out"}
_RECORD = {"supports": "supports it", "mixed": "is mixed", "contradicts": "contradicts it", "silent": "is silent"}

_MOST = 6
"""Dates named of one count of events; more would hide the sentence."""


def model_words(e: Evidence) -> str:
    """Return what the model says of a claim, with the share of draws."""
    if e.claim.test is None:
        return "the model is not asked"
    if not e.draws:
        return "the model is silent, for nothing was drawn"
    if not e.drawn:
        return "the model is silent, for the quantity is in none of the draws"
    return f"the model {_MODEL[e.model]}, true in {percent(e.share)} of {len(e.drawn)} draws"


def lead(e: Evidence, events: Mapping[str, Event], sources: Mapping[str, Source] = MappingProxyType({})) -> str:
    """Return the verdict with its reasons in one sentence; what the record has against a claim is named with its source.

    Parameters
    ----------
    e : Evidence
    events : mapping of str to Event
    sources : mapping of str to Source
        By key, where they are to be cited; else keys stand for them, which a list further down explains.
    """
    word = e.verdict.value[0].upper() + e.verdict.value[1:]
    against = [f for f in e.precedents if not f.speaks_for]
    mixed = "against it: " if e.seen == "mixed" else ""
    more = f"; and {len(against) - 1} more below" if len(against) > 1 else ""
    named = f" ({mixed}{_named(against[0], events, sources)}{more})" if against else ""
    return f"{word}: {model_words(e)}; the record {_RECORD[e.seen]}{named}."


def _named(f: Finding, events: Mapping[str, Event], sources: Mapping[str, Source]) -> str:
    """Return the event that a test is about with its source, or what it does not find."""
    if not f.found or not f.events:
        return f"not so in it: {f.form.because[0].lower()}{f.form.because[1:].rstrip('.')}"
    event = events[f.events[0 if f.form.value else -1]]
    cited = "; ".join(sources[k].citation.rstrip(".") for k in event.source if k in sources)
    return f"{event.date}, {event.text.rstrip('.')}; {cited or ' '.join(event.source)}"


def told(f: Finding, events: Mapping[str, Event]) -> str:
    """Return what a test on the record found, with the events, their numbers and their sources."""
    missing = "" if f.found else " – not so in the record"
    looked = [events[i] for i in f.events]
    if len(looked) == 1:
        what = [f"{looked[0].date}: {looked[0].text.rstrip('.')}"]
    else:
        dates = list(dict.fromkeys(e.date for e in looked))
        more = f" and {len(dates) - _MOST} more" if len(dates) > _MOST else ""
        what = [", ".join(dates[:_MOST]) + more] if dates else []
    sources = dict.fromkeys(k for e in looked for k in e.source)
    doubt = sorted({e.trust for e in looked if e.trust != "checked"})
    parts = [f.shown, *what, " ".join(list(sources)[:4]), *doubt]
    return f"{f.form.because.rstrip('.')}{missing} ({'; '.join(p for p in parts if p)})."


def claim_section(e: Evidence, case: Case, events: Mapping[str, Event]) -> Section:
    """Return everything that is told of one claim.

    Parameters
    ----------
    e : Evidence
    case : Case
        The case the text is about.
    events : mapping of str to Event
    """
    c = e.claim
    parts = [_model(e, c.test, case)] if c.test is not None else []
    parts += [_record(e, events)] if e.precedents else []
    parts.append(_change(e, case))
    title, tags = f"{c.id}. {c.says}", ((e.verdict.value, e.verdict.tone),)
    return Section(str(c.id), title, (lead(e, events),), sections=tuple(parts), tags=tags, folded=True)


def _model(e: Evidence, test: ModelTest, case: Case) -> Section:
    unit = test.query.unit
    says = [f"Asked: {in_words(test)}."]
    value, against = e.default.value, e.default.against
    if not math.isnan(e.default.effect):
        met = "met" if e.default.effect > 0 else "not met"
        now = f"With the values in use: {amount(value, unit)}, beside {amount(against, unit)}. It is {met}"
        says.append(f"{now}{_otherwise(e)}.")
    notes = [*_no_room(e, test), *conditions(test, case)]
    if e.draws > len(e.drawn):
        notes.append(f"The quantity is there in {len(e.drawn)} of {counted(e.draws, 'draw')}.")
    if 0 < len(e.drawn) < FEWEST:
        notes.append(f"Among {len(e.drawn)} draws a share tells little.")
    return Section("model", "The model", tuple(says), charts=model_charts(e), notes=tuple(notes))


def _otherwise(e: Evidence) -> str:
    """Return why the answer with the values in use and the verdict over the draws differ; empty where they agree, or draws are few."""
    if len(e.drawn) < FEWEST or e.model == ("holds" if e.default.effect > 0 else "fails"):
        return ""
    share = percent(e.share)
    only = "only " if e.model == "fails" else ""
    if e.default.effect > 0:
        return f" there, but in {only}{share} of draws: that it is true rests on the judged numbers being as they are"
    return f" there, but in {share} of draws it is: that it is not true rests on the judged numbers being as they are"


def _no_room(e: Evidence, test: ModelTest) -> Iterator[str]:
    """Yield where a change of the size that is asked for is not to be had: a chance of 1 % cannot fall by 2 points."""
    if test.than is not None or math.isnan(e.default.against):
        return

    def room(m: Measured) -> float:
        return test.query.kind.high - m.against if test.expect == "rises" else m.against - test.query.kind.low

    able = sum(room(m) > test.at_least for m in e.drawn)
    beyond = room(e.default) <= test.at_least
    if not beyond and 2 * able >= len(e.drawn):
        return
    stands = f"it is {amount(e.default.against, test.query.unit)} before the change"
    here = (
        f"With the values in use nothing could meet it: {stands}"
        if beyond
        else "With the values in use it could be met"
    )
    draws = f"; of {counted(len(e.drawn), 'draw')} there is room for it in {able}" if e.drawn else ""
    yield f"{here}{draws}. To fail it then says little about the claim."


def _record(e: Evidence, events: Mapping[str, Event]) -> Section:
    says = tuple(f"{'For it' if f.speaks_for else 'Against it'}: {told(f, events)}" for f in e.precedents)
    return Section("record", "The record", says, charts=numbers_charts(e, events))


def _turned_by(law: str) -> str:
    procedure, _, name = law.partition("=")
    claim = PROCEDURES[procedure][name].claim
    return f"By another law of {procedure}, {name}, the answer turns: {claim[0].lower()}{claim[1:]}"


def _change(e: Evidence, case: Case) -> Section:
    says = [wrong_if(e.claim.falsified_if)]
    says += [f"Without {w.mechanism} the answer turns." for w in e.without if w.turned]
    still = [w.mechanism for w in e.without if not w.turned and not w.idle]
    idle = [w.mechanism for w in e.without if w.idle]
    says += [f"Without {' or '.join(still)} it shifts but does not turn."] if still else []
    says += [f"Without {' or '.join(idle)} nothing changes here."] if idle else []
    says += [_turned_by(w.mechanism) for w in e.replaced if w.turned]
    says += [f"It turns with {assumption(p.label, case.name)} at {shown(p.value)}." for p in e.flipped_by]
    if e.pushed and not e.flipped_by:
        says.append("None of the assumptions that move it most turns it alone, within its range.")
    says += [f"Or else: {listing(e.claim.rivals)}."] if e.claim.rivals else []
    return Section("change", "What would change it", tuple(says))
