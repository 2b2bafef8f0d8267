"""Number: one fact of a case, or one parameter: its value, its range, where it comes from, what rests on it, and how much it matters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from foedus.asking.behind import ends_of, ends_of_parameter, first_to_refuse
from foedus.casebook.case import Case, Fact
from foedus.casebook.quantities import QUANTITIES
from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.model.calibration_file import read_calibration
from foedus.model.parameters import BY_NAME
from foedus.questions.answer import made_with
from foedus.questions.made_of import fact_words, ingredients
from foedus.surfaces.svg.pen import to_png
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.numbers import Parameter
from foedus.vocabulary.prose import country, opening, the
from foedus.vocabulary.tables import Table, percent, shown, written
from foedus.web import number_drawn
from foedus.web.address import FORMS, Address, no_form, version_of, write
from foedus.web.embedded import alone
from foedus.web.framed import as_csv, as_json, framed, taking
from foedus.web.held import Held
from foedus.web.in_the_record import RECORD
from foedus.web.origins import of_fact, of_parameter
from foedus.web.shown import twice
from foedus.web.view import Shown
from foedus.web.why_page import amount, span

_YEAR = re.compile(r"(.+)@(\d{3,4})")


def number(held: Held, request: Request) -> Response:
    """Return the page of one fact or parameter.

    Raises
    ------
    FoedusError
        There is no such case, quantity, state or fact.
    """
    parts = [p for p in str(request.path_params["rest"]).strip("/").split("/") if p]
    parts, form = _parted(parts)
    unknown = [k for k in request.query_params if k not in ("case", "v")]
    if unknown:
        raise fail(f"'{unknown[0]}'", "an address has no such word", nearest(unknown[0], ("case", "v")))
    version = version_of(request.query_params.get("v", ""))
    named = request.query_params.get("case", held.first)
    dated = _YEAR.fullmatch(named)
    address = Address(dated.group(1), year=int(dated.group(2))) if dated else Address(named)
    case = held.case(address.case, address.year)
    listed, words = _of(held, address, case, parts)
    if form:
        kept = {"cache-control": held.kept_as(replace(address, draws=0, version=version))}
        return _formed(form, case, parts, listed, words, made_with(held.plainly(address)), kept)
    own = "/n/" + "/".join(parts)
    link = f"?case={quote(named, safe='@')}"
    made = made_with(held.plainly(address))
    picture = number_drawn.figure(listed, words, made)
    words = {**words, "picture": twice(picture.draw, slim=354.0)}
    take = taking(FORMS, lambda f: f"{own}.{f}{link}", "number")
    command = held.command(replace(address, page="case"), None, "numbers", words["setting"])
    shown = Shown("number.html", words["title"], words, command, made)
    return framed(held, shown, replace(address, page="case"), link=own + link, version=version, take=take)


def _formed(
    form: str,
    case: Case,
    parts: list[str],
    listed: Table,
    words: Mapping[str, Any],
    made: Mapping[str, Any],
    kept: Mapping[str, str],
) -> Response:
    """Return what a number is for programs: what the answer is at its ends, its picture, or its entry."""
    if form == "json":
        return Response(as_json(listed), 200, kept, "application/json")
    if form == "csv":
        return as_csv(listed, headers=kept)
    if form == "yaml":
        p = BY_NAME.get(parts[0])
        entry = (
            number_drawn.of_parameter(case, p, listed)
            if p
            else number_drawn.of_fact(case, fact_of(case, parts), listed)
        )
        return Response(number_drawn.as_yaml(entry), 200, kept, "application/yaml")
    picture = number_drawn.figure(listed, words, made)
    if form == "png":
        return Response(to_png(alone(picture, lettered=False)), 200, kept, "image/png")
    return Response(alone(picture), 200, kept, "image/svg+xml")


def _parted(parts: list[str]) -> tuple[list[str], str]:
    """Return the parts of an address without its form, and the form.

    Raises
    ------
    FoedusError
        There is no such form.
    """
    stem, dot, form = parts[-1].rpartition(".") if parts else ("", "", "")
    if dot and form not in FORMS:
        raise no_form(form, FORMS)
    return ([*parts[:-1], stem], form) if dot else (parts, "")


def _of(held: Held, address: Address, case: Case, parts: list[str]) -> tuple[Table, dict[str, Any]]:
    """Return what the answer is at the ends of the range of a number, and what a page says of it."""
    if parts and parts[0] in BY_NAME:
        if len(parts) > 1:
            raise fail(f"'{'/'.join(parts)}'", "a parameter is of no state", f"Did you mean '{parts[0]}'?")
        p = BY_NAME[parts[0]]
        listed = held.shelf.get(
            ("number", case.sha256, p.name), lambda: ends_of_parameter(held.plainly(address).task, p)
        )
        first = held.shelf.get(("first", case.sha256), lambda: first_to_refuse(held.plainly(address).task))
        return listed, parameter_told(case, address, p, listed, first)
    fact = fact_of(case, parts)
    listed = held.shelf.get(("number", case.sha256, fact), lambda: ends_of(held.plainly(address).task, fact))
    return listed, told(case, address, fact, listed, held.built_in(address.case))


def fact_of(case: Case, parts: list[str]) -> Fact:
    """Return the fact that an address names: quantity, state and, for relations, the other state.

    Raises
    ------
    FoedusError
        It names none, or the case has no such fact.
    """
    if len(parts) not in (2, 3):
        what = "Write /n/quantity/STATE, /n/quantity/STATE/OTHER or /n/parameter"
        close = nearest(parts[0], BY_NAME) if len(parts) == 1 and parts[0] not in QUANTITIES else ""
        raise fail(f"'{parts[0]}'" if close else "address", "it names no number", close or what)
    quantity, *states = parts
    if quantity not in QUANTITIES:
        raise fail(f"'{quantity}'", "there is no such quantity", nearest(quantity, (*QUANTITIES, *BY_NAME)))
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


def told(case: Case, address: Address, fact: Fact, listed: Table, ours: bool) -> dict[str, Any]:
    """Return what a page says of a fact."""
    unit = fact.unit
    between = span(fact.low, fact.high, unit)
    subject = fact.subject if fact.subject in case.states else case.hub
    setting = f"{fact.subject}.{fact.quantity}" + (f".{fact.against}" if fact.against else "")
    return {
        **_common(case, address, listed, subject, len(listed) > 1),
        "title": opening(fact_words(fact)),
        "value": amount(fact.value, unit),
        "range": between,
        "meaning": QUANTITIES[fact.quantity].quantity.meaning,
        "origins": of_fact(case, fact, ours, between),
        "note": fact.note,
        "where": fact.where.rpartition("/")[2],
        "sources": [case.sources[k] for k in fact.source if k in case.sources],
        "terms": _terms(0, fact.quantity),
        "why": write(address.at("why", fact.subject)) if fact.subject in case.states else "",
        **_set(address, setting, fact.value),
        "choices": _choices(fact),
        "estimated": "",
    }


def parameter_told(case: Case, address: Address, p: Parameter, listed: Table, first: str) -> dict[str, Any]:
    """Return what a page says of a parameter of the theory."""
    unit = "" if p.unit == "-" else p.unit
    estimates = read_calibration(RECORD)
    others = [("least", p.low), ("most", p.high)]
    return {
        **_common(case, address, listed, first, True),
        "title": opening(p.name.replace("_", " ")),
        "value": amount(p.default, unit),
        "range": f"{shown(p.low)} to {amount(p.high, unit)}",
        "meaning": p.meaning,
        "origins": of_parameter(p, estimates),
        "note": "",
        "where": "",
        "sources": [],
        "terms": _terms(1, p.name),
        "why": write(address.at("why", first)),
        **_set(address, p.name, p.default),
        "choices": [(f"{amount(v, unit)} ({w})", f"{v:g}") for w, v in others if v != p.default],
        "estimated": write(replace(address.at(), calibration=RECORD)) if estimates[p.name] is not None else "",
    }


def _common(case: Case, address: Address, listed: Table, state: str, varied: bool) -> dict[str, Any]:
    bodies, gains = [_real(b) for b in listed.column("body")], [_real(g) for g in listed.column("gain")]
    moved, turned, subject = max(bodies) - min(bodies), min(gains) < 0 < max(gains), the(country(state))
    return {
        "case_words": f"{case.title}, as of {case.as_of.day} {case.as_of:%B %Y}",
        "listed": listed,
        "matters": (
            f"Over its range the chance of a body in a year {f'goes from {percent(min(bodies))} to {percent(max(bodies))}' if moved else 'does not move'}, "
            f"and what {subject} gains by a council of all goes from {written(min(gains), 'signed')} to {written(max(gains), 'signed')} "
            f"% of GDP a year{', which turns its sign' if turned else ''}."
            if varied
            else "It is measured and not varied: every draw has this value."
        ),
        "subject": subject,
        "ask": write(address.at()),
        "answers": write(address.at("case")),
    }


def _set(address: Address, setting: str, value: float) -> dict[str, str]:
    """Return how a number is set, and the playground in which it has a slider."""
    return {
        "setting": setting,
        "move": write(replace(address.at("play"), changes=(f"{setting}={float(value):.12g}",))),
    }


def _terms(kind: int, name: str) -> list[tuple[str, str, str]]:
    """Return the terms that rest on a quantity (0) or a parameter (1): label, page, claim."""
    mine = [c for c in COMPONENTS if name in ingredients(c)[kind]]
    return [(MECHANISMS[c].label, f"/method/{c}", MECHANISMS[c].claim) for c in mine]


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
