"""Claim's record: what the form of a claim offers to ask of the record, filled in from the events of the case, and read back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from foedus.casebook.case import Case, Event
from foedus.trials.own_claim import Seen
from foedus.trials.own_record import COUNTED, HAPPENED, KINDS, SOON, VALUED, parts_of_record, phrase_of_record
from foedus.vocabulary.prose import country

_PARTS: Final = ("event", "after", "days", "type", "actor", "from", "to", "side", "number", "value", "limit")
PART: Final = re.compile(rf"record[0-9]{{1,2}}_(?:{'|'.join(_PARTS)})")
"""Fields of the form that are parts of what is asked of the record, by the place of the question."""

_LABELS: Final = {
    (HAPPENED, "event"): "Which event",
    (SOON, "event"): "Which event",
    (SOON, "after"): "After which other",
    (SOON, "days"): "Within how many days",
    (COUNTED, "type"): "Events of what kind",
    (COUNTED, "actor"): "By whom",
    (COUNTED, "from"): "From (may be left out)",
    (COUNTED, "to"): "To (may be left out)",
    (COUNTED, "side"): "How often",
    (COUNTED, "number"): "Times",
    (VALUED, "value"): "The number of which event",
    (VALUED, "side"): "Was",
    (VALUED, "limit"): "A number, or another event in the same unit",
}
"""The fields of every kind of question, in their order."""


def asked_of_record(words: Mapping[str, str], kinds: Sequence[str], case: Case) -> list[str]:
    """Return what the fields of the form ask of the record, as phrases; what is left unsaid is what is likeliest meant.

    Parameters
    ----------
    words : mapping of str to str
        Every field of the form.
    kinds : sequence of str
        What is asked at each place; empty for nothing.
    case : Case
    """
    found = []
    for k, kind in enumerate(kinds):
        usual = _usual(kind, case)
        said = {p: words.get(f"record{k}_{p}") for p in _PARTS}
        # what may be left out is left out as soon as the form has shown it
        found.append(
            phrase_of_record(kind, {p: usual[p] if said[p] is None else str(said[p]) for p in usual}) if kind else ""
        )
    return found


def _usual(kind: str, case: Case) -> dict[str, str]:
    events = sorted(case.events, key=lambda e: e.date)
    ids = [e.id for e in events]
    first, second = (ids[0], ids[min(1, len(ids) - 1)]) if ids else ("", "")
    valued = _valued(case)
    same = [e for e in valued[1:] if e.unit == valued[0].unit]
    return {
        HAPPENED: {"event": first},
        SOON: {"event": second, "after": first, "days": "365"},
        COUNTED: {"type": "", "actor": "", "from": "", "to": "", "side": "at least", "number": "2"},
        VALUED: {
            "value": valued[0].id if valued else "",
            "side": "above",
            "limit": same[0].id if same else "0",
        },
    }.get(kind, {})


def _valued(case: Case) -> list[Event]:
    return sorted((e for e in case.events if e.value is not None), key=lambda e: e.date)


def record_fields(record: Sequence[Seen], case: Case) -> list[dict[str, Any]]:
    """Return the fields of everything that is asked of the record, and of one more question."""
    found = []
    for k, seen in enumerate((*record, Seen(""))):
        kind, parts = parts_of_record(seen.event) if seen.event else ("", {})
        offered = [(n, words) for n, words in KINDS.items() if _can(n, case)]
        found.append(
            {
                "kinds": [(n, words, n == kind) for n, words in offered],
                "fields": [_field(k, kind, part, value, parts, case) for part, value in parts.items()],
                "says": seen.says,
                "because": seen.because,
            }
        )
    return found


def _can(kind: str, case: Case) -> bool:
    return bool(_valued(case)) if kind == VALUED else bool(case.events)


def _field(k: int, kind: str, part: str, value: str, parts: Mapping[str, str], case: Case) -> dict[str, Any]:
    """Return one field: a list to choose from, or something to be written, with what is there to be named."""
    options, named = _options(kind, part, case), _named(kind, part, parts, case)
    if options and value not in {v for v, _ in options}:
        options = [(value, value), *options]
    return {
        "name": f"record{k}_{part}",
        "label": _LABELS[kind, part],
        "value": value,
        "options": [(v, words, v == value) for v, words in options],
        "named": named,
        "wide": part in ("event", "after", "value", "limit"),
    }


def _options(kind: str, part: str, case: Case) -> list[tuple[str, str]]:
    if part in ("event", "after"):
        return [(e.id, in_short(e)) for e in sorted(case.events, key=lambda e: e.date)]
    if part == "value":
        return [(e.id, f"{e.value:g} {e.unit} · {in_short(e)}") for e in _valued(case)]
    if part == "type":
        return [("", "of any kind"), *((t, t.replace("_", " ")) for t in sorted({e.type for e in case.events}))]
    if part == "actor":
        return [("", "by anybody"), *((a, country(a)) for a in sorted({a for e in case.events for a in e.actors}))]
    sides = ("at least", "at most") if kind == COUNTED else ("above", "below")
    return [(s, s) for s in sides] if part == "side" else []


def _named(kind: str, part: str, parts: Mapping[str, str], case: Case) -> list[tuple[str, str]]:
    """Return what may be named in a field that is written: the events in the unit of the one that is compared."""
    if part != "limit":
        return []
    units = {e.unit for e in case.events if e.id == parts["value"]}
    others = (e for e in _valued(case) if e.unit in units and e.id != parts["value"])
    return [(e.id, f"{e.value:g} {e.unit} · {in_short(e)}") for e in others]


def in_short(event: Event, most: int = 84) -> str:
    """Return an event as it stands in a list: its date, and its text as far as it fits."""
    text = event.text if len(event.text) <= most else f"{event.text[: most - 1].rstrip()}…"
    return f"{event.date} · {text}"
