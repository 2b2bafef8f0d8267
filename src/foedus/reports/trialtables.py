"""Tables of a trial: the scoreboard, and the vocabulary in which claims are written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from foedus.experiments.levers import LEVERS
from foedus.reports.writing import ASSUMPTIONS
from foedus.trial.claims import Trial
from foedus.trial.evidence import Evidence
from foedus.trial.queries import PHRASES
from foedus.version import __version__
from foedus.vocabulary.tables import Cell, Column, Table, table


def _none(value: float) -> float | None:
    return None if math.isnan(value) else value


def scoreboard(trial: Trial, found: Sequence[Evidence]) -> Table:
    """Return one row per claim: what model and record say, and the verdict."""
    rows: list[list[Cell]] = [
        [e.claim.id, e.claim.says, e.verdict.value, e.model, _none(e.share), _none(e.default), _none(e.median),
         _none(e.low), _none(e.high), e.seen, e.disagree, ", ".join(e.turned_by) or None, e.claim.falsified_if]
        for e in found
    ]  # fmt: skip
    columns = [
        Column("claim"), Column("says"), Column("verdict"), Column("model"),
        Column("share", "share of draws", "in which the claim holds"),
        Column("effect", "unit of the quantity", "with default parameters, beyond the threshold; above 0 the claim holds"),
        Column("median", "same"), Column("low", "same", "5 % of draws"), Column("high", "same", "95 % of draws"),
        Column("record"), Column("disagree", "", "model and record say the opposite"),
        Column("turned_by", "", "mechanisms without which the answer turns"), Column("falsified_if"),
    ]  # fmt: skip
    return table("trial", f"{trial.text.author}: {trial.text.title}", columns, rows)


def slips(trial: Trial) -> Table:
    """Return what the text gets wrong as a matter of fact."""
    rows: list[list[Cell]] = [[s.says, s.record, s.event] for s in trial.slips]
    return table("slips", "What the text says, and what the record has",
                 [Column("the text says"), Column("the record has"), Column("event")], rows)  # fmt: skip


def vocabulary() -> Table:
    """Return the phrases and levers that claims are written with."""
    rows: list[list[Cell]] = [["quantity", p.form, p.meaning] for p in PHRASES]
    rows += [["lever", lever.key, lever.label] for lever in LEVERS]
    return table("vocabulary", "What claims can ask", [Column("kind"), Column("written as"), Column("meaning")], rows)


def trial_record(
    trial: Trial, found: Sequence[Evidence], draws: int, seed: int, without: Sequence[str] = ()
) -> dict[str, Any]:
    """Return a trial as one plain document."""
    events = {r.event for e in found for r, _ in e.record} | {s.event for s in trial.slips}
    told = [e for e in trial.case.events if e.id in events]
    keys = {k for e in told for k in e.source}
    return {
        "foedus": __version__,
        "name": trial.name,
        "draws": draws,
        "seed": seed,
        "without": list(without),
        "events": [{"id": e.id, "date": e.date, "text": e.text, "source": list(e.source)} for e in told],
        "sources": [
            {"key": s.key, "citation": s.citation, "url": s.url} for s in trial.case.sources.values() if s.key in keys
        ],
        "assumptions": list(ASSUMPTIONS),
        "text": trial.text.model_dump(),
        "case": trial.case.name,
        "claims": [
            {
                "id": e.claim.id, "says": e.claim.says, "verdict": e.verdict.value, "mechanisms": list(e.claim.mechanisms),
                "model": None if e.claim.form is None else {
                    **e.claim.form.model_dump(), "says": e.model, "share": _none(e.share), "default": _none(e.default),
                    "median": _none(e.median), "low": _none(e.low), "high": _none(e.high), "turned_by": list(e.turned_by),
                },
                "record": {"says": e.seen, "tests": [{**r.model_dump(), "found": f} for r, f in e.record]},
                "disagree": e.disagree, "falsified_if": e.claim.falsified_if, "rivals": list(e.claim.rivals),
            }
            for e in found
        ],
        "slips": [s.model_dump() for s in trial.slips],
        "hashes": {"trial": trial.sha256, "case": trial.case.sha256},
    }  # fmt: skip
