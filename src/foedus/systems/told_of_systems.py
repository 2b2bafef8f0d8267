"""What is told of a system: model and record side by side, pictures, what to mind, tables, and the sources in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from foedus.systems.finding import SEED, Check, Finding, Setting
from foedus.systems.known import SYSTEMS
from foedus.systems.pictures_of_systems import PICTURES
from foedus.systems.words_of_systems import ABOUT, MIND
from foedus.version import __version__
from foedus.vocabulary.record import Record, Section, Source
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

MOST_WORDS: Final = 60
"""Words of the answer, at most."""

LONG: Final = 16
"""Rows from which on a table is for those who look something up: a page shows it closed."""

_TONES = {True: "good", False: "bad", None: "quiet"}


def record_of(finding: Finding, without: Sequence[str] = (), seed: int = SEED) -> Record:
    """Return what was found about a system as one record.

    Parameters
    ----------
    finding : Finding
    without : sequence of str
        Mechanisms that were switched off.
    seed : int
        Of the draws.
    """
    system = SYSTEMS[finding.name]
    drawn = f" · {finding.draws} draws" if finding.draws else ""
    return Record(
        "system",
        system.title,
        system.question,
        f"a system of alliances{drawn}",
        tuple(_answered(finding.checks)),
        tuple(_sections(finding)),
        sources(finding),
        made_with(finding, without, seed),
    )


def answer(checks: Sequence[Check]) -> str:
    """Return how many of the statements model and record agree on, in one sentence."""
    same, apart = (sum(c.agree is value for c in checks) for value in (True, False))
    silent = len(checks) - same - apart
    parts = [f"Model and record agree on {same} of {len(checks)} statements", f"differ on {apart}"]
    return ", ".join(parts) + (f"; on {silent} one of them is silent." if silent else ".")


def word_of(check: Check) -> str:
    """Return whether model and record agree, in a word or two."""
    return {True: "agree", False: "differ", None: "one is silent"}[check.agree]


def _answered(checks: Sequence[Check]) -> Iterator[str]:
    """Yield the answer, then a statement on which the two agree and one on which they differ, as far as words go."""
    said = answer(checks)
    yield said
    left = MOST_WORDS - len(said.split())
    for head, value in (("They agree", True), ("They differ", False)):
        found = [c.says for c in checks if c.agree is value]
        example = ", for example," if len(found) > 1 else ""
        words = next((w for s in found if len((w := f"{head}{example} on this: {s}.").split()) <= left), "")
        left -= len(words.split())
        if words:
            yield words


def _sections(finding: Finding) -> Iterator[Section]:
    yield Section("about", "What it is", (ABOUT[finding.name],))
    yield together(finding)
    says = ("What the model finds, beside the record where it has something to say.",)
    yield Section("pictures", "Pictures", says, charts=PICTURES[finding.name](finding))
    yield Section("mind", "To be minded", tuple(MIND[finding.name]))
    tables = tuple(replace(t, quiet=len(t) > LONG) for t in finding.tables)
    yield Section("tables", "Tables", ("Every number behind the statements and the pictures.",), tables, folded=True)


def together(finding: Finding) -> Section:
    """Return what model and record say on every statement, each as a part of its own."""
    how = (
        f"Under {finding.draws} draws of all parameters within their ranges each statement is looked at again; facts stay "
        "as they are."
        if finding.draws
        else "Default parameters only; with draws each statement is looked at again under draws of all parameters."
    )
    parts = tuple(_check(k, c) for k, c in enumerate(finding.checks, 1))
    return Section("together", "Model and record", (how,), (checks_table(finding),), sections=parts)


def _check(number: int, c: Check) -> Section:
    drawn = () if c.in_draws is None else ((f"agree in {percent(c.in_draws)} of draws", "quiet"),)
    tags = ((word_of(c), _TONES[c.agree]), *drawn)
    return Section(f"statement-{number}", c.says, (f"Model: {c.model}", f"Record: {c.record}"), tags=tags)


def checks_table(finding: Finding) -> Table:
    """Return what model and record say on every statement, for files and programs."""
    columns = [
        Column("statement"),
        Column("model"),
        Column("record"),
        Column("together"),
        Column("in_draws", "share of draws", "in which they agree", form="percent"),
    ]
    rows: list[list[Cell]] = [[c.says, c.model, c.record, word_of(c), c.in_draws] for c in finding.checks]
    return table("checks", "Model and record", columns, rows, quiet=True)


def systems_table() -> Table:
    """Return the systems with their questions."""
    return table(
        "systems", "Systems", [Column("system"), Column("question")], [[n, s.question] for n, s in SYSTEMS.items()]
    )


def sources(finding: Finding) -> tuple[Source, ...]:
    """Return the sources that facts and events of the cases rest on."""
    used = {k for case in finding.cases for f in case.facts for k in f.source}
    used |= {k for case in finding.cases for e in case.events for k in e.source}
    known = {k: s for case in finding.cases for k, s in case.sources.items() if k in used}
    return tuple(Source(k, s.citation, s.url or "", s.trust) for k, s in sorted(known.items()))


def made_with(finding: Finding, without: Sequence[str], seed: int) -> dict[str, Any]:
    """Return what a finding was made with."""
    return {
        "foedus": __version__,
        "system": finding.name,
        "seed": seed,
        "draws": finding.draws,
        **({"without": ", ".join(without)} if without else {}),
        **{f"{case.name}_hash": case.sha256[:16] for case in finding.cases},
        "hashes": {case.name: case.sha256 for case in finding.cases},
        "parameters": dict(Setting(tuple(without)).parameters),
    }
