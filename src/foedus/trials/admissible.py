"""Checks: tests that cannot fail, tests that cannot succeed, and claims that contradict each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from foedus.casebook.case import Case, Event, first_day
from foedus.mechanisms import PROCEDURES, in_use
from foedus.model.parameters import Parameters
from foedus.trials.bench import Bench, ModelTest, Place, Under
from foedus.trials.form import ClaimForm, PrecedentForm
from foedus.trials.queries import Query
from foedus.vocabulary.errors import FoedusError, nearest
from foedus.vocabulary.states import STATES

Complaint = tuple[tuple[str | int, ...], str, str]
"""Where below the test, what is wrong, what to do."""

_OPPOSITE = {"rises": "falls", "falls": "rises", "above": "below", "below": "above"}


def cannot_fail(test: ModelTest, cases: Mapping[str, Case]) -> Iterator[Complaint]:
    """Yield why a test on the model can only have one outcome."""
    kind = test.query.kind
    if isinstance(test.than, float):
        yield from _beyond(test, kind.low, kind.high)
    if isinstance(test.than, Query) and (test.than.phrase, test.than.place) == (test.query.phrase, test.query.place):
        yield ("than",), "a quantity is compared with itself, so the test cannot fail or succeed", "Name another one"
    if test.than is None and test.at_least >= kind.high - kind.low:
        yield ("at_least",), f"no change of this quantity can reach {test.at_least:g}", "Give a smaller one"
    if test.under.words and _idle(test, cases):
        yield ("under",), "this changes nothing, so the test cannot fail", "Change something that is not so already"


def _beyond(test: ModelTest, low: float, high: float) -> Iterator[Complaint]:
    assert isinstance(test.than, float)
    span = f"the quantity lies between {low:g} and {high:g}"
    if test.expect == "above":
        bar, never, always = test.than + test.at_least, high, low
        lost, won = bar >= never, bar < always
    else:
        bar, never, always = test.than - test.at_least, low, high
        lost, won = bar <= never, bar > always
    if won:
        yield ("than",), f"{span}, so the test cannot fail", "Ask for a number that it could miss"
    if lost and math.isfinite(never):
        yield ("than",), f"{span}, so the test cannot succeed", "Ask for a number that it could reach"


def _idle(test: ModelTest, cases: Mapping[str, Case]) -> bool:
    places = {test.query.place: Place(cases[test.query.place], (), ())}
    bench = Bench(places, Parameters())
    try:
        before, after = (bench.study(test.query.place, u) for u in (Under(), test.under))
    except FoedusError:
        return False  # said where the change is read
    same = before.world.digest() == after.world.digest()
    laws = (in_use(before.parameters.laws, p) is in_use(after.parameters.laws, p) for p in PROCEDURES)
    return same and dict(before.parameters) == dict(after.parameters) and all(laws)


def contradictions(tests: Iterable[tuple[int, ModelTest]]) -> Iterator[tuple[int, int, int]]:
    """Yield the position and id of a claim and the id of an earlier one that expects the opposite of the same test."""
    seen: dict[object, tuple[int, str]] = {}
    for position, test in tests:
        than = (test.than.phrase, test.than.place) if isinstance(test.than, Query) else test.than
        key = (test.query.phrase, test.query.place, than, test.under.words)
        if key in seen and test.expect == _OPPOSITE[seen[key][1]]:
            yield position, int(test.id), seen[key][0]
        seen.setdefault(key, (int(test.id), test.expect))


def wrong_precedent(form: PrecedentForm, events: Mapping[str, Event]) -> Iterator[Complaint]:
    """Yield what is wrong with a test on the record."""
    if sum(x is not None for x in (form.event, form.count, form.value)) != 1:
        yield (
            (),
            "a record test names one event, counts events, or compares the value of one",
            "Give one of event, count, value",
        )
    for key in ("event", "after", "value"):
        named = getattr(form, key)
        if named is not None and named not in events:
            yield (key,), f"there is no event '{named}'", nearest(named, events)
    if (form.after is None) != (form.within_days is None) or (form.after is not None and form.event is None):
        yield (), "after and within_days belong together, beside an event", "Say event, after and within_days"
    if form.after is not None and form.after == form.event:
        yield ("after",), "an event is compared with itself, so the test cannot fail", "Name an earlier event"
    yield from _wrong_value(form, events)
    yield from _wrong_count(form, events)


def _wrong_value(form: PrecedentForm, events: Mapping[str, Event]) -> Iterator[Complaint]:
    limits = {k: getattr(form, k) for k in ("above", "below") if getattr(form, k) is not None}
    if len(limits) != (form.value is not None):
        yield (), "a value is compared with above or below", "Give one of the two, a number or an event"
        return
    event = events.get(form.value or "")
    if event is not None and event.value is None:
        yield ("value",), f"the event '{event.id}' carries no value", "Name one that does, or ask for the event"
    for key, limit in limits.items():
        other = events.get(limit) if isinstance(limit, str) else None
        if isinstance(limit, str) and other is None:
            yield (key,), f"there is no event '{limit}'", nearest(limit, events)
        if other is None or event is None:
            continue
        if other.id == event.id:
            yield (key,), "a value is compared with itself, so the test cannot fail", "Name another event"
        if other.value is None:
            yield (key,), f"the event '{other.id}' carries no value", "Name one that does, or a number"
        elif other.unit != event.unit:
            yield (key,), f"'{event.unit}' cannot be compared with '{other.unit}'", "Compare values of one unit"


def _wrong_count(form: PrecedentForm, events: Mapping[str, Event]) -> Iterator[Complaint]:
    count = form.count
    if count is None:
        return
    if (count.at_least is None) == (count.at_most is None):
        yield ("count",), "a count needs at_least or at_most, so that it can fail", "Give one of the two"
    if count.at_least is not None and count.at_least < 1:
        yield ("count", "at_least"), "any count reaches that, so the test cannot fail", "Ask for one or more"
    if count.at_most is not None and count.at_most < 0:
        yield ("count", "at_most"), "no count is below nought, so the test cannot succeed", "Ask for 0 or more"
    types = {e.type for e in events.values()}
    if count.type is not None and count.type not in types:
        yield ("count", "type"), f"no event is of type '{count.type}'", nearest(count.type, types)
    if count.actor is not None and count.actor not in STATES:
        yield ("count", "actor"), f"there is no state '{count.actor}'", nearest(count.actor, STATES)
    days = {}
    for key, date in (("from", count.from_), ("to", count.to)):
        if date is not None:
            try:
                days[key] = first_day(str(date))
            except ValueError:
                yield ("count", key), f"'{date}' is not a date", "Write 2019, 2019-07 or 2019-07-01"
    if len(days) == 2 and days["from"] > days["to"]:
        yield ("count", "from"), "from is later than to, so nothing can be counted", "Turn the two round"


def said_twice(form: ClaimForm) -> Iterator[Complaint]:
    """Yield record tests of one claim that say opposite things of the same finding."""
    seen: dict[str, str] = {}
    for k, r in enumerate(form.precedents):
        same = r.model_dump_json(exclude={"says", "because"})
        if seen.setdefault(same, r.says) != r.says:
            yield ("record", k), "the same finding both supports and contradicts the claim", "Keep one of the two"
