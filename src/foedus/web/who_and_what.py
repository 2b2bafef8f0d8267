"""Who and what: a case in words, from its files alone: its states, what is in force, its quarrels, what its numbers rest on."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import quote

from foedus.casebook.case import Case, Fact
from foedus.casebook.overview import council_of_all
from foedus.vocabulary.prose import counted, country, listing, opening, the


def about(case: Case, year: str) -> dict[str, Any]:
    """Return what a case is in words: its states, what is in force, its worst quarrels, and what its numbers rest on.

    Parameters
    ----------
    case : Case
    year : str
        What an address adds to the name of the case, as ``@1960``, or nothing.
    """
    named = partial(country, year=case.as_of.year)
    judged, here = sum(f.judged is not None for f in case.facts), case.name.partition("@")[0] + year
    allies = [s for s in case.states if s != case.hub]
    quarrels = sorted((f for f in case.facts if f.quantity == "grievance" and f.value > 0), key=lambda f: -f.value)
    states = opening(f"{the(named(case.hub))} and {counted(len(allies), 'state')} around it")
    against = f", and {listing(the(named(s)) for s in case.adversaries)} against" if case.adversaries else ""
    return {
        "lead": f"{states}{against}, as things stood on {case.as_of.day} {case.as_of:%B %Y}. {council_of_all(case)}",
        "rests": f"{len(case.facts)} numbers stand behind the answer: {len(case.facts) - judged} measured, each with its "
        f"source; {judged} judged, each with a reason and a range.",
        "who": (
            ("Hub", named(case.hub)),
            ("Around it", listing(map(named, allies))),
            ("Adversaries", listing(map(named, case.adversaries))),
        ),
        "treaties": [
            (r.name, r.in_force or r.signed, listing(map(named, r.members_on(case.as_of)))) for r in case.in_force()
        ],
        "quarrels": [
            (f"{named(f.subject)} against {the(named(f.against or ''))}", f"{f.value:g}", link(f, here))
            for f in quarrels
        ],
        "sources": sorted(case.sources.values(), key=lambda s: s.citation),
    }


def link(fact: Fact, case: str) -> str:
    """Return the page of one fact of a case."""
    states = "/".join(s for s in (fact.subject, fact.against) if s)
    return f"/n/{fact.quantity}/{states}?case={quote(case, safe='@')}"
