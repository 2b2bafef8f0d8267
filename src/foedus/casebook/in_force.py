"""In force: what binds the states of a case and since when, as a table, as spells on an axis of years, and on a map."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from foedus.casebook.case import Case, InstitutionRecord, first_day
from foedus.casebook.series import years_covered
from foedus.vocabulary.prose import country
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, Column, Table, table

_KINDS: Final = ("bilateral", "de facto", "multilateral", "forum")


@dataclass(frozen=True)
class Spell:
    """The time in which an institution was in force."""

    label: str
    """The partner of a treaty with the hub; the name of anything else."""
    name: str
    kind: str
    begun: float
    ended: float
    """Years with their fractions."""


def bodies(case: Case) -> tuple[str, ...]:
    """Return the names of the bodies of the hub that are in force on the date of the case; forums are none."""
    return tuple(
        r.name
        for r in case.in_force()
        if r.kind == "multilateral" and case.hub in r.members_on(case.as_of) and len(r.members_on(case.as_of)) > 2
    )


def institutions_table(case: Case) -> Table:
    """Return the institutions in force on the date of the case."""
    rows: list[list[Cell]] = []
    for r in case.in_force():
        members, outside, sources = (" ".join(words) for words in (r.members_on(case.as_of), r.outside, r.source))
        dated = (r.id, r.name, r.kind, members, outside, r.signed, r.in_force, r.rule)
        rows.append([*dated, r.council, r.settlement_clause, r.command, r.note, sources])
    columns = [
        Column("id", hidden=True),
        Column("name"),
        Column("kind"),
        Column("members"),
        Column("outside", drop=9),
        Column("signed", drop=8),
        Column("in_force", drop=3),
        Column("rule", drop=7),
        Column("council", drop=6),
        Column("settlement_clause", head="settlement", drop=5),
        Column("command", drop=8),
        Column("note", drop=4),
        Column("source", drop=2),
    ]
    return table("institutions", f"Institutions in force on {case.as_of}", columns, rows, quiet=True)


def map_chart(case: Case) -> Chart:
    """Return the map of the case, which shows its states where it names no view."""
    view = case.map_view
    return Chart(
        "map",
        "map",
        f"Treaties, bodies and forums in force on {case.as_of}",
        f"Treaties, commitments, bodies and forums in force on {case.as_of}. Point at a state to see its ties alone.",
        institutions_table(case),
        options={
            "centre": tuple(view.centre) if view else None,
            "span": view.span if view else None,
            "as_of": case.as_of.isoformat(),
            "hub": case.hub,
            "states": list(case.states),
            "adversaries": list(case.adversaries),
        },
    )


def spells(case: Case) -> tuple[Spell, ...]:
    """Return when every institution of a case was in force: treaties of the hub first, then bodies and forums, by age."""
    first, last = bounds(case)
    found = [s for r in case.institutions if r.kind in _KINDS for s in _spell(case, r, first, last)]
    return tuple(sorted(found, key=lambda s: (s.kind == "forum", s.begun, s.label)))


def bounds(case: Case) -> tuple[int, int]:
    """Return the first and last year of a picture: those of the series, else from the oldest institution on."""
    first, last = years_covered(case)
    if case.series:
        return first, max(last, case.as_of.year)
    starts = [r.in_force or r.signed or "" for r in case.institutions]
    begun = [y for y in (first_day(s).year for s in starts if s) if y <= case.as_of.year]
    oldest = min(begun, default=case.as_of.year)
    return min(max(oldest, case.as_of.year - 75), case.as_of.year - 10), case.as_of.year + 5


def _spell(case: Case, record: InstitutionRecord, first: int, last: int) -> list[Spell]:
    members = [m.state for m in record.members]
    start = record.in_force or record.signed
    if start is None or len(members) + len(record.outside) < 2:
        return []
    begun, ended = _years(start), _years(record.ended) if record.ended else last + 1.0
    partners = [m for m in members if m != case.hub]
    label = country(partners[0]) if case.hub in members and len(partners) == 1 else record.name
    return (
        [Spell(label, record.name, record.kind, max(begun, first), min(ended, last + 1.0))] if begun < last + 1 else []
    )


def _years(date: str) -> float:
    day: datetime.date = first_day(date)
    return day.year + (day.timetuple().tm_yday - 1) / 365.25
