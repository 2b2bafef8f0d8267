"""What is told of a system: the answer, model and record side by side, pictures, what to mind, tables, sources in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from foedus.systems.finding import Check, Finding, Setting
from foedus.systems.known import SYSTEMS
from foedus.version import __version__
from foedus.vocabulary.prose import counted
from foedus.vocabulary.record import Record, Section, Source
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

LONG: Final = 16
"""Rows from which on a table is for those who look something up: a page shows it closed."""

FEW: Final = 20
"""Draws below which a percentage would say more than is known."""

_TONES = {True: "good", False: "bad", None: "quiet"}


def record_of(finding: Finding) -> Record:
    """Return what was found about a system as one record."""
    system = SYSTEMS[finding.name]
    drawn = f" · {counted(finding.draws, 'draw')}" if finding.draws else ""
    return Record(
        "system",
        system.title,
        system.question,
        f"a system of alliances{drawn}",
        system.answer(finding),
        tuple(_sections(finding)),
        sources(finding),
        made_with(finding),
    )


def tally(checks: Sequence[Check]) -> str:
    """Return how many of the statements model and record agree on, in one sentence."""
    same, apart = (sum(c.agree is value for c in checks) for value in (True, False))
    silent = len(checks) - same - apart
    parts = [f"Model and record agree on {same} of {len(checks)} statements", f"differ on {apart}"]
    return ", ".join(parts) + (f"; on {silent} one of them is silent." if silent else ".")


def word_of(check: Check) -> str:
    """Return whether model and record agree, in a word or two."""
    return {True: "agree", False: "differ", None: "one is silent"}[check.agree]


def _sections(finding: Finding) -> Iterator[Section]:
    system = SYSTEMS[finding.name]
    yield together(finding)
    yield Section("pictures", "Pictures", charts=system.pictures(finding))
    yield Section("about", "How it was looked at", (system.about,))
    yield Section("mind", "To be minded", system.mind)
    tables = tuple(replace(t, quiet=len(t) > LONG) for t in finding.tables)
    yield Section("tables", "Tables", ("Every number behind the statements and the pictures.",), tables, folded=True)


def together(finding: Finding) -> Section:
    """Return what model and record say on every statement: where they differ first, then where they agree, then the rest."""
    how = (
        f"Under {counted(finding.draws, 'draw')} of all parameters within their ranges each statement is looked at again; facts stay "
        "as they are."
        if finding.draws
        else "Default parameters only; with draws each statement is looked at again under draws of all parameters."
    )
    order = {False: 0, True: 1, None: 2}
    numbered = sorted(enumerate(finding.checks, 1), key=lambda n: order[n[1].agree])
    parts = tuple(_check(k, c, finding.draws) for k, c in numbered)
    says, tables = (tally(finding.checks),), (checks_table(finding),)
    return Section("together", "Model and record", says, tables, (), (how,), parts)


def in_draws(share: float, draws: int) -> str:
    """Return in which share of draws model and record agree, as a count where there are too few for a percentage."""
    return f"agree in {f'{round(share * draws)} of {draws}' if draws < FEW else f'{percent(share)} of'} draws"


def _check(number: int, c: Check, draws: int) -> Section:
    drawn = () if c.in_draws is None else ((in_draws(c.in_draws, draws), "quiet"),)
    tags = ((word_of(c), _TONES[c.agree]), *drawn)
    return Section(f"statement-{number}", c.says, (f"Model: {c.model}", f"Record: {c.happened}"), tags=tags)


def checks_table(finding: Finding) -> Table:
    """Return what model and record say on every statement, for files and programs."""
    columns = [
        Column("statement"),
        Column("model"),
        Column("happened", "", "what the record has", head="record"),
        Column("together"),
        Column("in_draws", "share of draws", "in which they agree", form="percent"),
    ]
    rows: list[list[Cell]] = [[c.says, c.model, c.happened, word_of(c), c.in_draws] for c in finding.checks]
    return table("checks", "Model and record", columns, rows, quiet=True)


def systems_table() -> Table:
    """Return the systems with their questions."""
    columns = [Column("system"), Column("question")]
    return table("systems", "Systems", columns, [[n, s.question] for n, s in SYSTEMS.items()])


def sources(finding: Finding) -> tuple[Source, ...]:
    """Return the sources in use: of all facts and treaties of the cases, and of those events that are told."""
    cells = (cell for t in finding.tables for row in t.rows for cell in row if isinstance(cell, str))
    told = " ".join([*(f"{c.model} {c.happened}" for c in finding.checks), *cells])
    used: set[str] = set()
    for case in finding.cases:
        used |= case.cited
        used |= {k for e in case.events if e.text in told or (e.unit and e.unit in told) for k in e.source}
    known = {k: s for case in finding.cases for k, s in case.sources.items() if k in used}
    return tuple(Source(k, s.citation, s.url or "", s.trust) for k, s in sorted(known.items()))


def made_with(finding: Finding) -> dict[str, Any]:
    """Return what a finding was made with."""
    return {
        "foedus": __version__,
        "system": finding.name,
        "seed": finding.seed,
        "draws": finding.draws,
        **({"without": ", ".join(finding.without)} if finding.without else {}),
        **{f"{case.name}_hash": case.sha256[:16] for case in finding.cases},
        "hashes": {case.name: case.sha256 for case in finding.cases},
        "parameters": dict(Setting(finding.without).parameters),
    }
