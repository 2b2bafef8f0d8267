"""The record of the past: treaties and members with their days, and how accessions were ratified, each with its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from foedus.casebook.case import Case, InstitutionRecord
from foedus.forecasts.dated import date_of
from foedus.forecasts.idioms import Idiom
from foedus.forecasts.known_pacts import ATLANTIC, checked_on, known, protocols
from foedus.forecasts.query import NotUnderstood
from foedus.vocabulary.prose import country, listing


@dataclass(frozen=True)
class Fact:
    """What the record says of a question of the past.

    Attributes
    ----------
    asked : str
        How the question is read, as a clause.
    says : str
        The answer, as a sentence.
    source : str
        Where the record has it from.
    """

    asked: str
    says: str
    source: str


Span = tuple[dt.date, dt.date]
"""First and last day that a date of the record can mean: a year alone is no day."""

SAME: Final = {"SEATO1954": "SEATO1955", "MANILA1954": "SEATO1955", "BRUSSELS1948": "BRUSSELS1948"}
"""Records of one text under several ids in the cases."""

Entry = tuple[InstitutionRecord, str, dt.date]
"""A record, its source in words, and the day up to which it would say that something ended."""

FEW: Final = 5
"""Parties up to which those without a day of their own are taken to have been there from the beginning (judged: of larger ones
the cases list who mattered to them, some of whom came later)."""


def universe(cases: Sequence[Case], asked: dt.date) -> dict[str, Entry]:
    """Return every treaty and body that had begun on a day, those that were over included.

    Parameters
    ----------
    cases : sequence of Case
    asked : datetime.date
    """
    found: dict[str, Entry] = {}
    for case in sorted(cases, key=lambda c: c.as_of):
        for r in case.institutions:
            if r.kind == "de facto":
                continue
            where = "; ".join(case.sources[k].citation for k in r.source if k in case.sources)
            found[r.id] = (r, where, case.as_of)
    for r in known():
        before = found.get(r.id) or next((found[k] for k, same in SAME.items() if same == r.id and k in found), None)
        signed = r.signed or (before[0].signed if before else None)
        found[r.id] = (replace(r, signed=signed), r.source[0], checked_on())
    return {k: v for k, v in found.items() if span(v[0].signed or v[0].in_force or "9999")[0] <= asked}


def span(text: str) -> Span:
    """Return the first and last day that a date of the record can mean."""
    return date_of(text), date_of(text, last=True)


def waited(said: Idiom, record: InstitutionRecord, source: str) -> Fact:
    """Return the days from the signature of an accession's protocol to the accession.

    Parameters
    ----------
    said : Idiom
    record : InstitutionRecord
    source : str

    Raises
    ------
    NotUnderstood
        It is no accession to the Atlantic alliance that is on record.
    """
    protocol = next((p for p in protocols() if said.states and set(said.states) <= set(p.newcomers)), None)
    if record.id != ATLANTIC or protocol is None or not said.has("protocol"):
        raise NotUnderstood("how long is known of accessions to the Atlantic alliance alone, from protocol to entry")
    entered = span(next(m for m in record.members if m.state == said.states[0]).joined or "")[0]
    days = (entered - protocol.signed).days
    names = listing(map(country, said.states))
    return Fact(
        f"how long {names} waited from the signature of the protocol to the accession to {record.name}",
        f"{days} days: the protocol was signed on {protocol.signed}, and the accession was on {entered}.",
        source,
    )


def ratified(said: Idiom, record: InstitutionRecord, source: str, asked: dt.date) -> Fact:
    """Return when members that were late ratified an accession, or who was last.

    Parameters
    ----------
    said : Idiom
    record : InstitutionRecord
    source : str
    asked : datetime.date
        Day of the question.

    Raises
    ------
    NotUnderstood
        The days are not on record.
    """
    found = [p for p in protocols() if p.late and set(p.newcomers) & set(said.states)]
    if len(found) != 1 or record.id != ATLANTIC or found[0].all_in > asked:
        raise NotUnderstood("the days on which each member ratified stand in the record of 2022 to 2024 alone")
    late, by = found[0].late, [s for s in said.states if s not in found[0].newcomers]
    newcomers = listing(map(country, found[0].newcomers))
    if said.form() == "which" and said.has("order") and not by:
        last = max(late, key=lambda s: late[s])
        return Fact(
            f"who was last to ratify the accession of {newcomers}",
            f"{country(last)}, on {late[last]}.",
            source,
        )
    if said.form() != "when" or len(by) != 1 or by[0] not in late:
        raise NotUnderstood("of ratifications the record knows the days of those who were last")
    return Fact(
        f"when {country(by[0])} ratified the accession of {newcomers}",
        f"{country(by[0])} voted on {late[by[0]]}.",
        source,
    )
