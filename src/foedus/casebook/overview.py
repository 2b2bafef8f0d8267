"""Tables about a case itself: its states, its institutions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from foedus.casebook.case import Case
from foedus.casebook.quantities import QUANTITIES, STATE_QUANTITIES
from foedus.vocabulary.prose import country, listing, the
from foedus.vocabulary.tables import Cell, Column, Table, shown, table


def overview(cases: Sequence[Case]) -> Table:
    """Return one row per case."""
    rows: list[list[Cell]] = []
    for c in cases:
        judged = sum(f.judged is not None for f in c.facts)
        head = (c.name, c.title, c.as_of.isoformat(), len(c.states), " ".join(c.adversaries))
        rows.append([*head, len(c.facts), judged, c.question])
    columns = [
        Column("name"),
        Column("title"),
        Column("as_of", hidden=True),
        Column("states", drop=1, unsaid="count"),
        Column("adversaries", hidden=True),
        Column("facts", drop=2, unsaid="count"),
        Column("of them judged", head="judged", drop=3, unsaid="count"),
        Column("question"),
    ]
    return table("cases", "Built-in cases", columns, rows)


def states(case: Case) -> Table:
    """Return the states with their values; judged numbers carry a tilde."""
    rows: list[list[Cell]] = []
    for s in (*case.states, *case.adversaries):
        row: list[Cell] = [s, country(s), "adversary" if s in case.adversaries else "hub" if s == case.hub else "state"]
        for q in STATE_QUANTITIES:
            found = case.index.get((q, s, None))
            row.append(None if found is None else _mark(found.value, found.judged))
        for a in case.adversaries:
            trade = case.index.get(("trade", s, a))
            row.append(None if trade is None else _mark(trade.value, trade.judged))
        rows.append(row)
    columns = [
        Column("id"),
        Column("name"),
        Column("role"),
        *(Column(q, QUANTITIES[q].quantity.unit, QUANTITIES[q].quantity.meaning) for q in STATE_QUANTITIES),
        *(Column(f"trade with {a}", "share of GDP") for a in case.adversaries),
    ]
    return table("states", "States; ~ marks judged numbers", columns, rows)


def _mark(value: float, judged: str | None) -> str:
    return ("~" if judged is not None else "") + shown(value)


def institutions(case: Case) -> Table:
    """Return the institutions in force on the date of the case."""
    rows: list[list[Cell]] = []
    for r in case.in_force():
        members = " ".join((*r.members_on(case.as_of), *(f"({s})" for s in r.outside)))
        has = (r.obligations.get("defence"), bool(r.council), bool(r.settlement_clause))
        rows.append([r.name, r.kind, members, r.in_force or r.signed, r.rule, *has])
    columns = [Column(n) for n in ("name", "kind", "members", "in force since", "rule")]
    columns += [Column("defence", "0–1"), Column("council"), Column("settlement clause")]
    return table("institutions", f"Institutions in force on {case.as_of}", columns, rows)


def of_case(case: Case) -> tuple[Table, ...]:
    """Return all tables about a case."""
    return (states(case), institutions(case), *((levers(case),) if case.own_levers else ()))


def levers(case: Case) -> Table:
    """Return the levers that a case has itself, with what each multiplies."""
    rows: list[list[Cell]] = [
        [o.name, o.says, " ".join(o.paths()), f"{o.low:g} ({o.least}) to {o.high:g} ({o.most})"]
        for o in case.own_levers
    ]
    columns = [Column("lever"), Column("says"), Column("multiplies"), Column("range")]
    return table("levers", "Levers of this case: foedus assess … --lever NAME=FACTOR", columns, rows)


def council_of_all(case: Case, unasked: Sequence[str] | None = None) -> str:
    """Return in a sentence whom a council of all would have as members, and who of the states of a case is not asked to join.

    Parameters
    ----------
    case : Case
    unasked : sequence of str, optional
        States that are not asked; by default those that the hub does not recognise on the date of the case.
    """
    named = partial(country, year=case.as_of.year)
    if unasked is None:
        known = {s: case.index.get(("recognised", s, None)) for s in case.states if s != case.hub}
        unasked = [s for s, fact in known.items() if fact is not None and fact.value < 1]
    hub = the(named(case.hub))
    size = len(case.states)
    if not unasked:
        return f"A council of all would have all {size} states as members: {hub} and those around it."
    joined = listing(the(named(s)) for s in unasked)
    is_not, them = ("is", "it") if len(unasked) == 1 else ("are", "them")
    return (
        f"A council of all would have {size - len(unasked)} of the {size} states as members: {joined} {is_not} not asked, since "
        f"{hub} does not recognise {them}."
    )
