"""Record: an assessment as one plain document, for files, for the page and for other programs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from foedus.casebook.case import Case
from foedus.mechanisms import COMPONENTS
from foedus.model.parameters import PARAMETERS
from foedus.questions.asked import LEVERAGE
from foedus.questions.assessment import FEWEST, Assessment, Band
from foedus.questions.how_far_the_quarrel_goes import VARIANTS
from foedus.questions.levers import Effect
from foedus.questions.study import EVERYBODY, name
from foedus.questions.what_a_wedge_costs import BUDGETS
from foedus.reports import writing
from foedus.simulation.formation import Form
from foedus.version import __version__


def band(value: Band) -> dict[str, float | None]:
    """Return a band with None where there is no number."""
    return {k: _clean(getattr(value, k)) for k in ("default", "median", "low", "high")}


def _clean(value: float) -> float | None:
    return None if math.isnan(value) or math.isinf(value) else value


def case_record(case: Case) -> dict[str, Any]:
    """Return what a case says about itself."""
    view = case.map_view
    return {
        "name": case.name,
        "title": case.title,
        "question": case.question,
        "as_of": case.as_of.isoformat(),
        "hub": case.hub,
        "states": [{"id": s, "name": writing.country(s)} for s in case.states],
        "adversaries": [{"id": s, "name": writing.country(s)} for s in case.adversaries],
        "map": {"centre": list(view.centre), "span": view.span} if view else None,
        "notes": case.notes,
        "quarrel": list(case.quarrel) or None,
        "blank_slate": case.blank_slate,
    }


def institutions(case: Case) -> list[dict[str, Any]]:
    """Return the institutions in force on the date of the case."""
    return [
        {
            "id": r.id,
            "name": r.name,
            "kind": r.kind,
            "members": list(r.members_on(case.as_of)),
            "outside": list(r.outside),
            "signed": r.signed,
            "in_force": r.in_force,
            "rule": r.rule,
            "council": r.council,
            "settlement_clause": r.settlement_clause,
            "command": r.command,
            "note": r.note,
            "source": list(r.source),
        }
        for r in case.in_force()
    ]


def _forms(assessment: Assessment) -> list[dict[str, Any]]:
    return [
        {
            "form": str(f),
            "label": writing.FORM_LABELS[f],
            **band(writing.probability(assessment, f)),
            "draws": assessment.drawn(name("forms", f, "", "probability")).tolist(),
        }
        for f in (*Form, "body")
    ]


def _architectures(assessment: Assessment) -> list[dict[str, Any]]:
    appraiser = assessment.study.appraiser
    found = []
    for o in assessment.study.formation.options:
        found.append(
            {
                "key": str(o.form),
                "label": writing.FORM_LABELS[o.form],
                "probability": band(writing.probability(assessment, o.form)),
                "acceptance": o.acceptance,
                "institutions": [
                    {
                        "kind": str(m.kind),
                        "members": list(m.members),
                        "rule": str(m.rule),
                        "name": m.name,
                        "depth": appraiser.depth(m),
                    }
                    for m in o.appraisal.architecture
                ],
                "utility": dict(zip(assessment.case.states, o.appraisal.utility.tolist(), strict=True)),
            }
        )
    return found


def _body(assessment: Assessment, item: str, label: str, members: Sequence[str], rule: str) -> dict[str, Any]:
    return {
        "body": {
            "key": item,
            "label": label,
            "members": list(members),
            "rule": rule,
            "acceptance": band(assessment.band(name("body", item, "", "acceptance"))),
            "readiness": band(assessment.band(name("body", item, "", "readiness"))),
        },
        "rows": [
            {
                "state": s,
                "name": writing.country(s),
                "difference": band(assessment.band(name("gain", item, s, "total"))),
                "components": {c: assessment.default[name("gain", item, s, c)] for c in COMPONENTS},
                "consent": assessment.default[name("gain", item, s, "consent")],
                "share_against": _clean(assessment.share(name("gain", item, s, "total"), 0.0)),
                "sentence": writing.blocker_sentence(assessment, item, s),
            }
            for s in writing.blockers(assessment, item)
        ],
    }


def _bodies(assessment: Assessment) -> list[dict[str, Any]]:
    found = []
    for item, m in assessment.study.bodies():
        label = "A council of all recognised states" if item == EVERYBODY else m.name
        found.append(_body(assessment, item, label, m.members, str(m.rule)))
    return found


def _leverage(assessment: Assessment) -> list[dict[str, Any]]:
    return [
        {
            "architecture": item,
            "label": label,
            **{
                m: band(assessment.band(name("leverage", item, "", m)))
                for m in ("money", "share", "concessions", "control")
            },
        }
        for item, label in LEVERAGE.items()
    ]


def _treaties(assessment: Assessment) -> list[dict[str, Any]]:
    items: dict[str, dict[str, Any]] = {}
    for key in assessment.keys("treaty"):
        _, item, s, measure = key.split("|")
        if item not in {"–".join(m.members) for m in assessment.study.bilaterals()}:
            continue
        row = items.setdefault(item, {"id": item, "members": item.split("–"), "worth": {}, "exit": {}})
        row[measure][s] = band(assessment.band(key))
    for row in items.values():
        row["label"] = " – ".join(writing.country(s) for s in row["members"])
    return list(items.values())


def _exclusion(assessment: Assessment) -> list[dict[str, Any]]:
    outside = [s for s in assessment.case.states if name("exclusion", "today", s, "loss") in assessment.default]
    found = []
    for s in outside:
        gains = {
            k.split("|")[2].split("/")[1]: assessment.default[k]
            for k in assessment.default
            if k.startswith(f"exclusion|taken in|{s}/")
        }
        rows = [
            {"label": label, "loss": band(assessment.band(name("exclusion", item, s, "loss")))}
            for item, label in (
                ("today", "Today"),
                ("left out", "A body leaves it out"),
                ("taken in", "A body takes it in"),
            )
        ]
        found.append(
            {
                "state": s,
                "name": writing.country(s),
                "rows": rows,
                "gains": gains,
                "sentence": writing.exclusion_sentence(assessment, s),
            }
        )
    return found


def _quarrel(assessment: Assessment) -> dict[str, Any] | None:
    pair = assessment.case.quarrel
    if not pair:
        return None
    measures = ("p_i", "p_j", "both", "brokered", "third_rung", "brokerage", "stake_i", "stake_j")
    return {
        "pair": list(pair),
        "names": [writing.country(s) for s in pair],
        "variants": [
            {"key": v, "label": label, **{m: band(assessment.band(name("quarrel", v, "", m))) for m in measures}}
            for v, label in VARIANTS.items()
        ],
        "sentence": writing.quarrel_sentence(assessment),
    }


def _wedge(assessment: Assessment) -> dict[str, Any]:
    rows = []
    labels = {
        EVERYBODY: "A council of all",
        **{w.name: w.name for w in assessment.case.watch},
        "star": "The bilateral star",
    }
    for item, label in labels.items():
        curve = [
            {"budget_bn": b, **band(assessment.band(name("wedge", item, f"{b:g}", "holds")))}
            for b in BUDGETS
            if name("wedge", item, f"{b:g}", "holds") in assessment.default
        ]
        members = [s for s in assessment.case.states if name("wedge", item, s, "cost") in assessment.default]
        aims = [
            {"state": s, "name": writing.country(s), "cost_bn": band(assessment.band(name("wedge", item, s, "cost")))}
            for s in members
        ]
        if curve:
            aims.sort(key=lambda t: math.inf if t["cost_bn"]["default"] is None else t["cost_bn"]["default"])  # type: ignore[index]
            rows.append({"architecture": item, "label": label, "targets": aims, "curve": curve})
    return {"rows": rows, "sentence": writing.wedge_sentence(assessment)}


def document(assessment: Assessment, effects: Sequence[Effect]) -> dict[str, Any]:
    """Return an assessment as a plain document of numbers, text and lists.

    Parameters
    ----------
    assessment : Assessment
    effects : sequence of Effect
        Single changes, tried with default parameters.
    """
    case, task = assessment.case, assessment.task
    driven: Mapping[str, float] = dict(assessment.drivers(name("forms", "body", "", "probability"))[:12])
    return {
        "foedus": __version__,
        "seed": assessment.seed,
        "draws": assessment.draws,
        "without": list(task.without),
        "calibration": task.parameters.calibrated_by,
        "changes": [{"fact": [k for k in key if k], "value": v} for key, v in task.overrides.items()],
        "hashes": assessment.hashes(),
        "case": case_record(case),
        "institutions": institutions(case),
        "answer": {
            "headline": writing.headline(assessment),
            "certainty": writing.certainty(assessment),
            "leverage": writing.leverage_sentence(assessment),
        },
        "forms": _forms(assessment),
        "architectures": _architectures(assessment),
        "bodies": _bodies(assessment),
        "leverage": _leverage(assessment),
        "treaties": _treaties(assessment),
        "exclusion": _exclusion(assessment),
        "quarrel": _quarrel(assessment),
        "wedge": _wedge(assessment),
        "levers": [
            {
                "key": e.lever.key,
                "label": e.lever.label,
                "body": e.body,
                "forum": e.forum,
                "bilateral": e.star,
                "change": e.change,
            }
            for e in effects
        ],
        "drivers_from": FEWEST,
        "drivers": [{"number": k, "rank_correlation": v} for k, v in driven.items()],
        "parameters": [
            {
                "name": p.name,
                "symbol": p.symbol,
                "unit": p.unit,
                "meaning": p.meaning,
                "default": p.default,
                "value": task.parameters[p.name],
                "low": p.low,
                "high": p.high,
                "source": p.source,
            }
            for p in PARAMETERS
        ],
        "inputs": [
            {
                "quantity": f.quantity,
                "subject": f.subject,
                "against": f.against,
                "value": f.value,
                "unit": f.unit,
                "date": f.date,
                "source": list(f.source),
                "judged": f.judged,
                "low": f.low,
                "high": f.high,
                "note": f.note,
                "where": f.where,
            }
            for f in case.facts
        ],
        "sources": [
            {"key": s.key, "citation": s.citation, "url": s.url, "trust": s.trust} for s in case.sources.values()
        ],
        "events": [
            {"date": e.date, "text": e.text, "actors": list(e.actors), "type": e.type, "source": list(e.source)}
            for e in case.events
        ],
        "assumptions": list(writing.ASSUMPTIONS),
    }
