"""The page of a system: what it is, what model and record say side by side, pictures, tables, sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from foedus.reports.page import environment
from foedus.reports.systemfigures import FIGURES
from foedus.reports.systemwords import ABOUT, MIND, answer, word_of
from foedus.systems.finding import SEED, Finding, Setting
from foedus.systems.known import SYSTEMS
from foedus.version import __version__
from foedus.vocabulary.tables import Cell, Column, Table, table


def checks_table(finding: Finding) -> Table:
    """Return what model and record say on every statement."""
    columns = [
        Column("statement"),
        Column("model"),
        Column("record"),
        Column("together"),
        Column("in_draws", "share of draws", "in which they agree"),
    ]
    rows: list[list[Cell]] = [[c.says, c.model, c.record, word_of(c), c.in_draws] for c in finding.checks]
    return table("checks", "Model and record", columns, rows)


def systems_table() -> Table:
    """Return the systems with their questions."""
    return table(
        "systems", "Systems", [Column("system"), Column("question")], [[n, s.question] for n, s in SYSTEMS.items()]
    )


def system_record(finding: Finding, without: Sequence[str] = (), seed: int = SEED) -> dict[str, Any]:
    """Return what was found about a system as one plain document."""
    system = SYSTEMS[finding.name]
    used = {k for case in finding.cases for f in case.facts for k in f.source}
    used |= {k for case in finding.cases for e in case.events for k in e.source}
    sources = {k: s for case in finding.cases for k, s in case.sources.items() if k in used}
    return {
        "foedus": __version__,
        "system": finding.name,
        "title": system.title,
        "question": system.question,
        "about": ABOUT[finding.name],
        "mind": list(MIND[finding.name]),
        "answer": answer(finding.checks),
        "without": list(without),
        "seed": seed,
        "draws": finding.draws,
        "parameters": dict(Setting(tuple(without)).parameters),
        "checks": [{**vars(c), "together": word_of(c)} for c in finding.checks],
        "tables": {
            t.name: {"title": t.title, "columns": [c.about() for c in t.columns], "rows": [list(r) for r in t.rows]}
            for t in finding.tables
        },
        "sources": [{"key": s.key, "citation": s.citation, "url": s.url} for _, s in sorted(sources.items())],
        "hashes": {case.name: case.sha256 for case in finding.cases},
    }


def system_html(finding: Finding, without: Sequence[str] = (), seed: int = SEED) -> str:
    """Return the page about a system."""
    pictures = [(caption, Markup(svg)) for caption, svg in FIGURES[finding.name](finding)]
    record = system_record(finding, without, seed)
    return environment().get_template("system.html").render(r=record, pictures=pictures, tables=finding.tables)
