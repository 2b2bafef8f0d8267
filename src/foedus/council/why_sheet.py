"""Why: one term of a seat's year, or of a clause, down to its law and to the facts of the case with their sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from xml.etree import ElementTree

from markupsafe import Markup

from foedus.casebook.case import Case, Fact
from foedus.casebook.reader import read_case
from foedus.casebook.series import split_year
from foedus.council import room_sheet
from foedus.council.gates import Shut
from foedus.council.hall import Hall
from foedus.council.links import Session
from foedus.council.plain_words import clause_said, raised
from foedus.council.sheets import filled
from foedus.council.tableside import Reader
from foedus.council.worth import signed
from foedus.council.year_read import year_read
from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.model.parameters import BY_NAME
from foedus.questions.made_of import fact_words, facts_of, ingredients
from foedus.surfaces.svg.inks import parted
from foedus.vocabulary.prose import possessive
from foedus.web.formulas import formula
from foedus.web.why_page import amount

_NEAR: Final = 8
"""Facts that stand open; those further off are folded away."""


_OPERATORS: Final = frozenset("+−=")


def in_pieces(drawn: Markup) -> Markup:
    """Return a formula as pieces that a narrow page sets one below the other, cut before the operators outside all brackets."""
    found = re.search(r"<math[^>]*><mrow>(.*)</mrow></math>", drawn)
    if found is None:
        return drawn
    pieces: list[list[str]] = [[]]
    deep = 0
    for part in ElementTree.fromstring(f"<m>{found[1]}</m>"):
        sign = (part.text or "") if part.tag == "mo" else ""
        deep += (sign in ("(", "[", "{")) - (sign in (")", "]", "}"))
        if deep == 0 and sign in _OPERATORS and pieces[-1]:
            pieces.append([])
            part.set("form", "infix")
        pieces[-1].append(ElementTree.tostring(part, encoding="unicode"))
    math = "".join(f'<math displaystyle="true"><mrow>{"".join(p)}</mrow></math>' for p in pieces)
    return Markup(f'<div class="formula pieces" tabindex="0" role="group" aria-label="Formula">{math}</div>')


@lru_cache(maxsize=4)
def case_of(name: str, year: int) -> Case:
    """Return the case of a room in a year; one without yearly data holds."""
    stem, _ = split_year(name)
    case = read_case(name)
    return read_case(f"{stem}@{year}") if case.series else case


def why(hall: Hall, session: Session, query: Mapping[str, str], words: dict[str, Any]) -> str:
    """Return what a term is made of: its number, its law in a sentence, the facts with their sources.

    Raises
    ------
    Shut
        There is no such term, or nothing that the reader may read of it.
    """
    r = room_sheet.reader(hall, session.viewer)
    term = query.get("term", "")
    if term not in COMPONENTS:
        raise Shut(404, "there is no such term", "Open one on the page of the year or beside a clause")
    value, about, back, seat = _asked(r, query, term)
    year = r.room.year if query.get("clause") else int(query["year"])  # that of a page was looked at with its number
    case = case_of(hall.form.case, year)
    facts = [_fact(case, f, year) for f in facts_of(case, term, seat)]
    mechanism = MECHANISMS[term]
    c = {
        **room_sheet.strip(r),
        "base": words["base"],
        "about": about,
        "title": f"{raised(mechanism.called(value))}: {signed(value)} %",
        "whose": possessive(r.said(seat)),
        "ink": parted(mechanism.ink)[0],
        "claim": mechanism.claim,
        "equation": in_pieces(formula(mechanism.equation)),
        "facts": facts[:_NEAR],
        "more": facts[_NEAR:],
        "parameters": [BY_NAME[n].meaning for n in ingredients(term)[1]],
        "sources": mechanism.sources,
        "back": words["base"] + back,
    }
    return filled("why_room.html", title=c["title"], c=c, **words)


def _asked(r: Reader, query: Mapping[str, str], term: str) -> tuple[float, str, str, str]:
    """Return the number that is asked about, what it is of, where it was opened, and whose it is."""
    clause, year = query.get("clause", ""), query.get("year", "")
    if clause:
        worth = r.worth(clause)
        if worth is None or r.seat is None:
            raise Shut(404, "what this clause would be worth is not shown to you", "Go back to the room")
        return worth.terms[term], f"The text {clause_said(clause, r.room)}.", "", r.seat
    read = year_read(r.room, year, r.seat)
    seat = query.get("seat", r.seat or "")
    line = next((s for s in read.seats if s.seat == seat), None) if read is not None else None
    if line is None:
        raise Shut(404, "you may not read this seat's year, or not yet", "Go back to the year")
    found = next(t for t in line.terms if t.name == term)
    said = (
        "what was signed this year changed of it" if found.nothing is not None else "against a world without treaties"
    )
    return found.gained, f"The year {year}, {said}.", f"/year?year={year}", seat


def _fact(case: Case, fact: Fact, year: int) -> dict[str, Any]:
    cited = [case.sources[k].citation for k in fact.source if k in case.sources]
    ends = [amount(v, fact.unit).split(" of ")[0] for v in (fact.low, fact.high) if v is not None]
    return {
        "words": raised(fact_words(fact, year)),
        "value": amount(fact.value, fact.unit),
        "date": fact.date,
        "range": " to ".join(ends) if len(ends) == 2 else "",
        "known": f"Judged: {fact.judged}" if fact.judged else "; ".join(cited) or "the case",
    }
