"""Record of a trial: everything it found as one plain document, for files, for the page and for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from foedus.casebook.case import Event, Source
from foedus.draws.digest import code_digest
from foedus.mechanisms import MECHANISMS
from foedus.model.parameters import PARAMETERS
from foedus.questions.answer import assumptions
from foedus.reports.trialtables import none_of
from foedus.reports.trialwords import assumption, change, in_words, reading
from foedus.trials.bench import Measured, ModelTest
from foedus.trials.evidence import Evidence, Findings
from foedus.trials.precedents import Finding
from foedus.trials.queries import Query
from foedus.trials.verdict import FAILS, HOLDS
from foedus.version import __version__


def trial_record(found: Findings) -> dict[str, Any]:
    """Return a trial as one plain document."""
    trial = found.trial
    told = _told(found)
    return {
        "foedus": __version__,
        "name": trial.name,
        "text": trial.text.model_dump(),
        "case": trial.case.name,
        "case_title": trial.case.title,
        "cases": {name: case.title for name, case in trial.cases.items()},
        "draws": found.draws,
        "seed": found.seed,
        "without": list(found.without),
        "parameters": dict(found.parameters),
        "calibration": found.parameters.calibrated_by,
        "rules": {"holds": HOLDS, "fails": FAILS},
        "claims": [_claim(e, trial.events, trial.case.name) for e in found.claims],
        "omitted": [
            {
                "says": o.says,
                "words": in_words(o.test),
                **_measured(o.test, o.default, o.drawn),
                "share": none_of(o.share),
            }
            for o in found.omitted
        ],
        "slips": [s.model_dump() for s in trial.slips],
        "assumptions": [*assumptions(), *trial.disclosures],
        "events": [_event(e) for e in told],
        "bibliography": _bibliography(found, told),
        "hashes": {
            "trial": trial.sha256,
            "case": trial.case.sha256,
            "parameters": found.parameters.digest(),
            "code": code_digest("foedus.trials.hearing"),
        },
    }


def _told(found: Findings) -> list[Event]:
    """Return the events that record tests and slips look at, in the order in which they happened."""
    ids = {i for e in found.claims for f in e.record for i in f.events}
    ids |= {s.event for s in found.trial.slips if s.event}
    return sorted((e for e in found.trial.events.values() if e.id in ids), key=lambda e: (e.date, e.id))


def _event(e: Event) -> dict[str, Any]:
    return {
        "id": e.id,
        "date": e.date,
        "text": e.text,
        "value": e.value,
        "unit": e.unit,
        "source": list(e.source),
        "trust": e.trust,
    }


def _measured(test: ModelTest, default: Measured, drawn: Sequence[Measured]) -> dict[str, Any]:
    """Return what a test found, draw by draw."""
    return {
        "quantity": test.query.phrase,
        "place": test.query.place,
        "reading": reading(test.query),
        "unit": test.query.unit,
        "expect": test.expect,
        "at_least": test.at_least,
        "under": change(test.under),
        "than": reading(test.than) if isinstance(test.than, Query) else test.than,
        "default": {part: none_of(v) for part, v in vars(default).items()},
        "drawn": {
            "value": [none_of(m.value) for m in drawn],
            "against": [none_of(m.against) for m in drawn],
            "effect": [none_of(m.effect) for m in drawn],
        },
    }


def _model(e: Evidence, test: ModelTest, here: str) -> dict[str, Any]:
    low, median, high = (none_of(v) for v in e.band())
    return {
        "says": e.model,
        "words": in_words(test),
        "share": none_of(e.share),
        **_measured(test, e.default, e.drawn),
        "median": median,
        "low": low,
        "high": high,
        "turned_by": list(e.turned_by),
        "without": [
            {"mechanism": w.mechanism, "effect": none_of(w.effect), "turned": w.turned, "idle": w.idle}
            for w in e.without
        ],
        "pushed": [
            {
                "label": p.label,
                "words": assumption(p.label, here),
                "correlation": p.correlation,
                "value": none_of(p.value),
                "effect": none_of(p.effect),
                "turned": p.turned,
            }
            for p in e.pushed
        ],
    }


def _finding(f: Finding, events: Mapping[str, Event]) -> dict[str, Any]:
    return {
        **f.form.model_dump(exclude_none=True, by_alias=True),
        "found": f.found,
        "shown": f.shown,
        "speaks_for": f.speaks_for,
        "events": list(f.events),
        "sources": list(dict.fromkeys(k for i in f.events for k in events[i].source)),
        "trust": _weakest(events[i].trust for i in f.events),
    }


def _weakest(marks: Iterable[str]) -> str:
    """Return the least trust among some marks."""
    order = ("uncertain", "widely known", "checked")
    return min(marks, key=order.index, default="checked")


def _claim(e: Evidence, events: Mapping[str, Event], here: str) -> dict[str, Any]:
    c = e.claim
    return {
        "id": c.id,
        "says": c.says,
        "verdict": e.verdict.value,
        "mechanisms": list(c.mechanisms),
        "model": _model(e, c.test, here) if c.test is not None else None,
        "record": {"says": e.seen, "tests": [_finding(f, events) for f in e.record]},
        "disagree": e.disagree,
        "falsified_if": c.falsified_if,
        "rivals": list(c.rivals),
    }


def _bibliography(found: Findings, told: Sequence[Event]) -> dict[str, Any]:
    """Return the sources of the record, of the cases, of the mechanisms and of the parameters."""
    trial = found.trial
    record = dict.fromkeys(k for e in told for k in e.source)
    record |= dict.fromkeys(s.source for s in trial.slips if s.source)
    facts = dict.fromkeys(k for c in trial.cases.values() for f in c.facts for k in f.source)
    used = dict.fromkeys(m for e in found.claims for m in e.claim.mechanisms)
    return {
        "record": [_source(trial.sources[k]) for k in sorted(record)],
        "facts": [_source(trial.sources[k]) for k in sorted(facts) if k not in record and k in trial.sources],
        "mechanisms": [
            {"name": m, "claim": MECHANISMS[m].claim, "sources": list(MECHANISMS[m].sources)} for m in sorted(used)
        ],
        "parameters": [
            {
                "name": p.name,
                "meaning": p.meaning,
                "value": found.parameters[p.name],
                "low": p.low,
                "high": p.high,
                "unit": p.unit,
                "source": p.source,
            }
            for p in PARAMETERS
        ],
    }


def _source(s: Source) -> dict[str, Any]:
    return {"key": s.key, "citation": s.citation, "url": s.url, "trust": s.trust}
