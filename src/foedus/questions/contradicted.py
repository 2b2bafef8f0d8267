"""Contradicted: what the record says against an assessment, one sentence a kind."""

from __future__ import annotations

from foedus.questions.findings import Assessment
from foedus.questions.on_record import (
    EVEN,
    YEARS,
    body_on_record,
    contradicts,
    held,
    joined,
    known_until,
    treaty_words,
    years_after,
)
from foedus.questions.study import EVERYBODY
from foedus.questions.what_forms import DECADE
from foedus.questions.what_treaties_are_worth import EXIT
from foedus.questions.who_blocks import CONSENT
from foedus.vocabulary.prose import country, listing
from foedus.vocabulary.tables import percent


def contradicted(assessment: Assessment) -> tuple[str, ...]:
    """Return what the record contradicts in an assessment, one sentence a kind; nothing where nothing is."""
    case = assessment.case
    said = []
    left = [
        f"{country(s)} ({percent(p)} a year, in force {treaty_words(case, s)})"
        for s in case.states
        if s != case.hub and (p := assessment.default.get(EXIT(f"{case.hub}–{s}", s), 0.0)) >= EVEN and held(case, s)
    ]
    if left:
        said.append(
            f"The record contradicts the model on treaties that it has these states leave within a year: {listing(left)}."
        )
    found = body_on_record(case)
    if found is None:
        formed = assessment.value(DECADE())
        if formed >= EVEN and known_until(case) >= years_after(case.as_of, YEARS):
            said.append(f"The record contradicts the model: no body with the hub came about in {YEARS} years.")
        return tuple(said)
    consents = {s: assessment.default[k] for s in case.states if (k := CONSENT(EVERYBODY, s)) in assessment.default}
    wrong = {s: p for s, p in consents.items() if contradicts(case, s, p)}
    inside = [f"{country(s)} ({percent(p)})" for s, p in wrong.items() if joined(case, s) != "no"]
    outside = [f"{country(s)} ({percent(p)})" for s, p in wrong.items() if joined(case, s) == "no"]
    year = (found.signed or "")[:4]
    if inside:
        said.append(
            f"The record speaks against the model: it has members of the {found.name} of {year} refuse a council of all: "
            f"{listing(inside)}."
        )
    if outside:
        said.append(
            f"The record speaks against the model: it has states agree to a council of all that stayed outside the "
            f"{found.name} of {year}: {listing(outside)}."
        )
    return tuple(said)
