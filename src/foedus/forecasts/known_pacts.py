"""Known pacts: treaties and bodies that a question names and its case does not hold, and how accessions were ratified."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from foedus.casebook.case import Case, InstitutionRecord, Membership, first_day
from foedus.casebook.yaml_file import check_form, read_document
from foedus.vocabulary.errors import FoedusError, Problem

FILE: Final = Path(str(files("foedus").joinpath("library", "forecast", "pacts.yaml")))
ATLANTIC: Final = "NATO1949"
RECORD: Final = "the record"
"""Name of what stands in the place of a case where none is near enough: only what is counted can be asked of it."""

_Day = Annotated[str, BeforeValidator(str)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class PactForm(_Form):
    """A pact of the file."""

    id: str
    name: str
    begins: _Day
    signed: _Day = ""
    ends: _Day = ""
    duty: Literal["defence", "other"]
    parties: dict[str, list[_Day]]
    called: list[str] = Field(default_factory=list)
    returned: list[str] = Field(default_factory=list, description="Who had been in it before, and had left.")
    source: str
    checked: str = ""


class ProtocolForm(_Form):
    """An accession to the North Atlantic Treaty, as it was ratified."""

    newcomers: list[str]
    members: int
    signed: _Day
    all_in: _Day
    others: _Day = ""
    late: dict[str, _Day] = Field(default_factory=dict)


class _PactsForm(_Form):
    foedus: Literal[1]
    checked_on: _Day
    pacts: list[PactForm]
    protocols: list[ProtocolForm]
    protocols_source: str
    agreed: dict[str, list[str]]
    agreed_source: str


@dataclass(frozen=True)
class Protocol:
    """How one accession was ratified.

    Attributes
    ----------
    newcomers : tuple of str
    members : int
        Who had to ratify.
    signed, all_in : datetime.date
    others : datetime.date or None
        Day by which all but the late ones had ratified, where it is known.
    late : mapping of str to datetime.date
    """

    newcomers: tuple[str, ...]
    members: int
    signed: dt.date
    all_in: dt.date
    others: dt.date | None
    late: Mapping[str, dt.date]


@cache
def _form() -> _PactsForm:
    document = read_document(FILE)
    form = None if document.problems else check_form(document, _PactsForm, document.data)
    if not isinstance(form, _PactsForm):
        raise FoedusError(document.problems or [Problem(str(FILE), "this is no file of pacts", "Install foedus anew")])
    return form


@cache
def _read() -> tuple[tuple[InstitutionRecord, ...], Mapping[str, Sequence[str]], tuple[Protocol, ...]]:
    form = _form()
    day = dt.date.fromisoformat
    protocols = tuple(
        Protocol(
            tuple(p.newcomers),
            p.members,
            day(p.signed),
            day(p.all_in),
            day(p.others) if p.others else None,
            {s: day(d) for s, d in p.late.items()},
        )
        for p in form.protocols
    )
    return tuple(map(_record, form.pacts)), {p.id: tuple(p.called) for p in form.pacts}, protocols


def _record(pact: PactForm) -> InstitutionRecord:
    members = tuple(Membership(s, *days) for s, days in pact.parties.items())
    duty = {"defence": 1.0 if pact.duty == "defence" else 0.0}
    ended = pact.ends or None
    return InstitutionRecord(
        pact.id,
        pact.name,
        "none",
        members,
        signed=pact.signed or None,
        in_force=pact.begins,
        ended=ended,
        obligations=duty,
        source=(pact.source, *([pact.checked] if pact.checked else [])),
    )


def known() -> tuple[InstitutionRecord, ...]:
    """Return all pacts of the file, those that are not yet in force included."""
    return _read()[0]


def checked_on() -> dt.date:
    """Return the day on which the file was last compared with the world; it knows of nothing later."""
    return dt.date.fromisoformat(_form().checked_on)


def called() -> Mapping[str, Sequence[str]]:
    """Return patterns of other names, by the id of the pact."""
    return _read()[1]


def returned(pact: str) -> Sequence[str]:
    """Return who had been in a pact of the file before its days that stand there; nobody for a pact of a case."""
    return next((p.returned for p in _form().pacts if p.id == pact), ())


def protocols() -> tuple[Protocol, ...]:
    """Return how each accession to the North Atlantic Treaty was ratified."""
    return _read()[2]


def had_agreed(one: str, other: str) -> bool | None:
    """Return whether two states signed an agreement on defence cooperation in 1980-2010; None where it is not known."""
    agreed = _form().agreed
    first, second = sorted((one, other))
    return second in agreed[first] if first in agreed and second in agreed else None


def members_of(pact: str, day: dt.date) -> tuple[str, ...]:
    """Return who belonged to a pact of the file on a day.

    Raises
    ------
    KeyError
        There is no such pact.
    """
    return {r.id: r for r in _read()[0]}[pact].members_on(day)


def beside(case: Case, cases: Sequence[Case], day: dt.date) -> tuple[InstitutionRecord, ...]:
    """Return the pacts in force on a day that a case does not hold, as records that no theory knows.

    Parameters
    ----------
    case : Case
    cases : sequence of Case
        What they hold is known beside the file; of several the latest counts.
    day : datetime.date
        Day of the forecast; nothing that began later is known.
    """
    found = {r.id: r for c in sorted(cases, key=lambda c: c.as_of) for r in c.institutions if r.kind != "de facto"}
    found |= {r.id: r for r in _read()[0]}
    here = {r.id for r in case.institutions}
    return tuple(
        replace(r, kind="none") for r in found.values() if r.id not in here and (r.in_force_on(day) or _waits(r, day))
    )


def _waits(record: InstitutionRecord, day: dt.date) -> bool:
    """Return whether a treaty of three or more is signed on a day and not yet in force."""
    many = len(record.members) + len(record.outside) > 2
    return (
        many
        and bool(record.signed and record.in_force)
        and first_day(record.signed) <= day < first_day(record.in_force)
    )


def without_case(day: dt.date) -> Case:
    """Return the record alone in the form of a case of a day: no states, no institutions, no facts."""
    return Case(RECORD, RECORD, "", day, "USA", (), (), (), (), {}, Path(), "")


def titles_of(cases: Sequence[Case], name: str) -> dict[str, str]:
    """Return the names of all institutions and pacts by id; those of the case of this name count before others."""
    some = sorted(cases, key=lambda c: c.name == name)
    return {r.id: r.name for r in (*_read()[0], *(r for c in some for r in c.institutions))}
