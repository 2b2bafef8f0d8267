"""Number: one fact of a case: its value, its range, where it comes from, what rests on it, and how much it matters."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from foedus.asking.behind import ends_of
from foedus.casebook.case import Case, Fact
from foedus.casebook.quantities import QUANTITIES
from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.questions.answer import made_with
from foedus.questions.made_of import fact_words, ingredients
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.prose import country, opening, the
from foedus.vocabulary.tables import Table, percent, written
from foedus.web.address import Address, version_of, write
from foedus.web.framed import as_csv, as_json, framed
from foedus.web.held import Held
from foedus.web.view import Shown
from foedus.web.why_page import amount

_YEAR = re.compile(r"(.+)@(\d{3,4})")


def number(held: Held, request: Request) -> Response:
    """Return the page of one fact.

    Raises
    ------
    FoedusError
        There is no such case, quantity, state or fact.
    """
    parts = [p for p in str(request.path_params["rest"]).strip("/").split("/") if p]
    parts, form = _formed(parts)
    unknown = [k for k in request.query_params if k not in ("case", "v")]
    if unknown:
        raise fail(f"'{unknown[0]}'", "an address has no such word", nearest(unknown[0], ("case", "v")))
    version = version_of(request.query_params.get("v", ""))
    named = request.query_params.get("case", held.first)
    dated = _YEAR.fullmatch(named)
    address = Address(dated.group(1), year=int(dated.group(2))) if dated else Address(named)
    case = held.case(address.case, address.year)
    fact = fact_of(case, parts)
    listed = held.shelf.get(("number", case.sha256, fact), lambda: ends_of(held.plainly(address).task, fact))
    kept = {"cache-control": held.kept_as(replace(address, draws=0, version=version))} if form else {}
    if form == "json":
        return Response(as_json(listed), 200, kept, "application/json")
    if form == "csv":
        return Response(as_csv(listed), 200, kept, "text/csv; charset=utf-8")
    words = told(case, address, fact, listed)
    own = "/n/" + "/".join(parts)
    link = f"?case={quote(named, safe='@')}"
    take = [(w, f"{own}.{f}{link}") for w, f in (("JSON", "json"), ("CSV", "csv"))]
    command = held.command(replace(address, page="case"), None, "numbers", words["setting"])
    shown = Shown("number.html", words["title"], words, command, made_with(held.plainly(address)))
    return framed(held, shown, replace(address, page="case"), link=own + link, version=version, take=take)


def _formed(parts: list[str]) -> tuple[list[str], str]:
    stem, dot, form = parts[-1].rpartition(".") if parts else ("", "", "")
    return ([*parts[:-1], stem], form) if dot and form in ("json", "csv") else (parts, "")


def fact_of(case: Case, parts: list[str]) -> Fact:
    """Return the fact that an address names: quantity, state and, for relations, the other state.

    Raises
    ------
    FoedusError
        It names none, or the case has no such fact.
    """
    if len(parts) not in (2, 3):
        raise fail("address", "it names no number", "Write /n/quantity/STATE or /n/quantity/STATE/OTHER")
    quantity, *states = parts
    if quantity not in QUANTITIES:
        raise fail(f"'{quantity}'", "there is no such quantity", nearest(quantity, QUANTITIES))
    known = {f.subject for f in case.facts}
    for s in states:
        if s not in known:
            raise fail(f"'{s}'", f"there is no such state in '{case.name}'", nearest(s, known))
    pairs = {f.against: f for f in case.facts if (f.quantity, f.subject) == (quantity, states[0])}
    other = states[1] if len(states) == 2 else None
    if other in pairs or not pairs:
        return case.fact(quantity, states[0], other)
    there = [f"{quantity}/{states[0]}" + (f"/{s}" if s else "") for s in pairs]
    wrong = "/".join(parts)
    raise fail(f"'{wrong}'", f"'{case.name}' has no such number", f"Did you mean {' or '.join(map(repr, there[:6]))}?")


def told(case: Case, address: Address, fact: Fact, listed: Table) -> dict[str, Any]:
    """Return what a page says of a fact."""
    words = fact_words(fact)
    unit = fact.unit
    bodies, gains = listed.column("body"), listed.column("gain")
    moved = max(map(_real, bodies)) - min(map(_real, bodies))
    turned = min(map(_real, gains)) < 0 < max(map(_real, gains))
    subject = the(country(fact.subject if fact.subject in case.states else case.hub))
    return {
        "title": opening(words),
        "case_words": f"{case.title}, as of {case.as_of.day} {case.as_of:%B %Y}",
        "value": amount(fact.value, unit),
        "range": f"{amount(fact.low, unit).split(' of ')[0]} to {amount(fact.high, unit)}"
        if fact.low is not None
        else "",
        "meaning": QUANTITIES[fact.quantity].quantity.meaning,
        "judged": fact.judged or "",
        "date": fact.date,
        "note": fact.note,
        "where": fact.where.rpartition("/")[2],
        "sources": [case.sources[k] for k in fact.source if k in case.sources],
        "terms": [
            (MECHANISMS[c].label, f"/method/{c}", MECHANISMS[c].claim)
            for c in COMPONENTS
            if fact.quantity in ingredients(c)[0]
        ],
        "listed": listed,
        "matters": (
            f"Over its range the chance of a body in a year {f'moves by {percent(moved)}' if moved else 'does not move'}, and what {subject} gains by a council "
            f"of all goes from {written(min(map(_real, gains)), 'signed')} to {written(max(map(_real, gains)), 'signed')} "
            f"% of GDP a year{', which turns its sign' if turned else ''}."
            if len(listed) > 1
            else "It is measured and not varied: every draw has this value."
        ),
        "subject": subject,
        "why": write(address.at("why", fact.subject)) if fact.subject in case.states else "",
        "setting": f"{fact.subject}.{fact.quantity}" + (f".{fact.against}" if fact.against else ""),
        "ask": write(address.at()),
        "answers": write(address.at("case")),
        "choices": _choices(fact),
    }


def _choices(fact: Fact) -> list[tuple[str, str]]:
    """Return other values that make sense: the ends of the range, and half and twice the value."""
    bounds = QUANTITIES[fact.quantity].quantity
    ends = [
        ("least", fact.low),
        ("most", fact.high),
        ("half", fact.value / 2),
        ("twice", 2 * fact.value),
        ("none", 0.0),
    ]
    kept = {f"{v:.6g}": w for w, v in reversed(ends) if v is not None and bounds.low <= v <= bounds.high}
    return [(f"{amount(float(v), fact.unit)} ({w})", v) for v, w in reversed(kept.items()) if float(v) != fact.value]


def _real(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
