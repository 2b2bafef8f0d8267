"""Enlargement: who applied to the bodies and forums of the hub, who was let in, and who stood in the way, by name."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np

from foedus.casebook.case import Case, first_day
from foedus.model.architecture import Kind
from foedus.simulation.trace import Happening
from foedus.vocabulary.prose import country
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Cell, Column, Table, table
from foedus.years.runs import Simulation

_KINDS = {Kind.MULTILATERAL: "multilateral", Kind.FORUM: "forum"}
_WORDS = {Kind.MULTILATERAL: "bodies", Kind.FORUM: "forums"}


@dataclass
class Rounds:
    """What became of the applications of one state to one kind of institution, over all runs."""

    asked: int = 0
    """Applications."""
    runs: set[int] = field(default_factory=set)
    """Runs in which it applied."""
    entered: dict[int, int] = field(default_factory=dict)
    """Year of its first entry, by run."""
    refused_by: Counter[str] = field(default_factory=Counter)
    """The least willing of those who refused, each refusal once."""
    chances: list[float] = field(default_factory=list)
    """Chance that all agree, each round."""

    @property
    def let_in(self) -> float:
        """Share of its applications that all agreed to."""
        return 1.0 - sum(self.refused_by.values()) / self.asked


def rounds_of(simulation: Simulation) -> dict[tuple[Kind, str], Rounds]:
    """Return the applications in all runs by kind and newcomer, in the order of the case."""
    found: dict[tuple[Kind, str], Rounds] = defaultdict(Rounds)
    for run, _, event, chance, _ in simulation.events:
        if not event.actor or event.institution is None or event.institution.kind not in _KINDS:
            continue
        key = (event.institution.kind, event.actor)
        if event.happening is Happening.PROPOSED and event.other == event.actor:
            found[key].asked += 1
            found[key].runs.add(run)
        elif event.happening is Happening.REFUSED and event.other:
            found[key].refused_by[event.other] += 1
            found[key].chances.append(chance)
        elif event.happening is Happening.FORMED:
            found[key].entered.setdefault(run, event.year)
            found[key].chances.append(chance)
    states = simulation.task.case.states
    return {k: found[k] for k in sorted(found, key=lambda k: (list(_KINDS).index(k[0]), states.index(k[1])))}


def entry_on_record(case: Case, kind: Kind, state: str) -> int | None:
    """Return the year in which a state joined an institution of the hub of some kind after its start; None if it did not."""
    joined = [
        first_day(m.joined).year
        for r in case.institutions
        if r.kind == _KINDS[kind] and case.hub in {m.state for m in r.members}
        for m in r.members
        if m.state == state and m.joined is not None
    ]
    return min(joined, default=None)


def enlargement_table(simulation: Simulation) -> Table:
    """Return who applied, who was let in and who refused, beside the record."""
    rows: list[list[Cell]] = []
    for (kind, state), r in rounds_of(simulation).items():
        years = sorted(r.entered.values())
        blocker, times = r.refused_by.most_common(1)[0] if r.refused_by else (None, 0)
        refusals = sum(r.refused_by.values())
        rows.append(
            [
                state,
                country(state),
                _WORDS[kind],
                len(r.runs) / simulation.runs,
                r.let_in,
                float(np.mean(r.chances)) if r.chances else None,
                len(r.entered) / simulation.runs,
                int(np.median(years)) if years else None,
                entry_on_record(simulation.task.case, kind, state),
                country(blocker) if blocker else None,
                times / refusals if refusals else None,
            ]
        )
    columns = [
        Column("state", hidden=True),
        Column("name"),
        Column("to", "", "bodies or forums of the hub"),
        Column("applied", "share of runs", head="applied, of runs", form="percent"),
        Column("let_in", "share of applications", "that all members agreed to", "let in, of applications", "percent"),
        Column("chance", "probability", "mean over the applications", "chance that all agree", "percent", 3),
        Column("entered", "share of runs", head="entered, of runs", form="percent"),
        Column("year", "", "median of the first entry, in runs with one", "year of entry", "year"),
        Column("happened", "", "year of the entry on record", head="on record", form="year"),
        Column("blocker", "", "most often the least willing of those who refuse", head="refused by"),
        Column(
            "blocked",
            "share of its refusals",
            "in which it is that one",
            head="of its refusals",
            form="percent",
            drop=2,
        ),
    ]
    return table("enlargement", "Who applied, who was let in, and who refused", columns, rows)


def enlargement(simulation: Simulation) -> Section | None:
    """Return the rounds of enlargement beside the record; None where nobody applied."""
    counted = enlargement_table(simulation)
    if not counted.rows:
        return None
    rounds = rounds_of(simulation)
    blockers: Counter[str] = Counter()
    for r in rounds.values():
        blockers += r.refused_by
    asked, refused = sum(r.asked for r in rounds.values()), sum(blockers.values())
    says = [f"{asked} applications in {simulation.runs} runs, of which {refused} were refused."]
    if refused:
        name, times = blockers.most_common(1)[0]
        says.append(f"{country(name)} was the least willing of those who refused in {times} of {refused}.")
    return Section("enlargement", "Doors: who was let in, and who broke silence", tuple(says), (counted,))
