"""Draft a body: a pool of states and a body, who would gain by it, who refuses, and the best single exchange."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import parse_qsl, quote

from foedus.asking import bodies
from foedus.casebook.case import Case
from foedus.questions.body_by_hand import RULES, OfABody, fine
from foedus.questions.findings import FEWEST, HIGH, LOW
from foedus.questions.in_draws import Size, in_draws
from foedus.questions.who_blocks import ACCEPTANCE
from foedus.simulation.formation import candidates
from foedus.surfaces.svg.shifts import Shift, shifts
from foedus.vocabulary.prose import country, the
from foedus.vocabulary.record import Section, plain
from foedus.vocabulary.tables import percent, written
from foedus.web.address import Address, query, write
from foedus.web.draft_drawn import DRAWN, likeliest, not_large
from foedus.web.held import Held
from foedus.web.play_page import made
from foedus.web.quick import answer, command, drafted, study_of
from foedus.web.shown import twice
from foedus.web.state import chips
from foedus.web.view import Figure, Shown, View

_WIDE, _PHONE = 520.0, 354.0
_SHIFTS: Final = "What the body would bring each member"
_HEADS: Final = ("gain", "agrees")
_RULE_WORDS: Final = {"consensus": "decided by consensus", "hub": "led by the hub"}


def show(held: Held, address: Address) -> Shown:
    """Return the page of a body by hand; errors as :func:`foedus.questions.body_by_hand.by_hand`."""
    case = held.case(address.case, address.year)
    order = candidates(study_of(held, address)[1].world)
    at = _with_members(held, address)
    not_large(held, at)
    found = drafted(held, at)
    inside = found["members"]
    outside = [s for s in order if s not in inside]
    drawing = DRAWN if at.draws is None else at.draws
    ranked, rows = _ranked(found)
    words = {
        "chips": chips(held.prefix, address, held.own_levers(address)),
        "number": fine(found["agree"]),
        "says": found["says"][1],
        "band": _band(held, at, inside),
        "draws": at.draws or 0,
        "hidden": [(k, v) for k, v in parse_qsl(query(at)) if k != "draws"],
        "likeliest": likeliest(held, at, inside),
        "best": found["best_says"],
        "exchange": _exchanged(held, at, inside, found["best"]),
        "rule": found["rule"],
        "rules": [(r, _RULE_WORDS[r], held.prefix + write(at.having(rule=r))) for r in RULES],
        "inside": [_token(held, at, s, inside, found) for s in inside],
        "outside": [_token(held, at, s, inside, found) for s in outside],
        "left_out": [country(s) for s in case.states if s not in order],
        "hub": case.hub,
        "added": "" if hub_named(held, at, case.hub) else the(country(case.hub)),
        "ready": [(words, held.prefix + write(at.having(members=",".join(m)))) for words, m in _ready(case, order)],
        "shifts": twice(lambda w: shifts(rows, w, _SHIFTS, _HEADS), _WIDE, _PHONE),
        "members": [(country(s), written(found["gains"][s], "signed"), percent(found["consents"][s])) for s in ranked],
        "answer": write(address.at()),
        "wedge": write(address.at("wedge")) if "wedge" in held.pages else "",
        "same": command(held, at),
        "cited": (command(held, replace(at, draws=drawing)), drawing),
        "data": _data(held, at, case, order, found),
    }
    return Shown("draft.html", f"Draft a body: {case.title}", words, made=made(held, address))


def hub_named(held: Held, at: Address, hub: str) -> bool:
    """Return whether the members of an address, all of them right, name the hub."""
    task = study_of(held, at)[0]
    return hub in {task.state(w) for w in at.word("members").split(",") if w}


def _ranked(found: Mapping[str, Any]) -> tuple[list[str], list[Shift]]:
    """Return the members of a body, who loses most first, and the row of each in its picture."""
    ranked = sorted(found["members"], key=lambda s: found["gains"][s])
    rows = [Shift(country(s), found["gains"][s], beside=percent(found["consents"][s])) for s in ranked]
    return ranked, rows


def figure(held: Held, address: Address) -> Figure:
    """Return what the body would bring each member, as a picture that is taken along."""
    found = drafted(held, _with_members(held, address))
    title = f"{_SHIFTS}, {_RULE_WORDS[found['rule']]}, % of GDP a year. {held.case(address.case, address.year).title}"
    says = " ".join(found["says"][:2])
    rows = _ranked(found)[1]
    return Figure(lambda width: shifts(rows, width, _SHIFTS, _HEADS), title, says, made(held, address))


def _band(held: Held, at: Address, members: list[str]) -> str:
    """Return the range of the chance that all agree, in words; empty without draws."""
    if not at.draws:
        return ""
    asked, about = held.asked(at, at.draws), OfABody(tuple(members), at.word("rule", "consensus"))
    key = ("draft", asked.digest(), about)
    size = Size(asked.draws, asked.seed)
    drawn = held.shelf.get(key, lambda: in_draws(asked.task(varied=True), about, size))
    band = drawn.band(ACCEPTANCE(""))
    return "" if math.isnan(band.low) else f"{fine(band.low)} to {fine(band.high)}"


def first_body(case: Case, order: tuple[str, ...]) -> tuple[str, ...]:
    """Return the body that the page begins with: the first that the case watches, or its first four states."""
    for watched in case.watch:
        members = tuple(s for s in order if s in watched.members or s == case.hub)
        if len(members) >= 3:
            return members
    return order[:4]


def _ready(case: Case, order: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Return bodies that are ready to be looked at: those the case watches, the allies of the hub, everybody."""
    found = [(w.name, tuple(s for s in order if s in w.members or s == case.hub)) for w in case.watch]
    bound = {m.state for r in case.in_force() if r.kind == "bilateral" for m in r.members}
    found.append(("All treaty allies", tuple(s for s in order if s in bound or s == case.hub)))
    found.append(("Everybody", order))
    first: dict[tuple[str, ...], str] = {}
    for words, members in found:
        first.setdefault(members, words)  # two names of one body would be two buttons that do the same
    return [(f"{words} ({len(members)} members)", members) for members, words in first.items() if len(members) >= 3]


def _token(held: Held, at: Address, state: str, inside: list[str], found: dict[str, Any]) -> dict[str, Any]:
    """Return a state as a token: what it shows, and the address of the page with it moved."""
    member = state in inside
    after = [s for s in inside if s != state] if member else [*inside, state]
    gain = found["gains"][state]
    return {
        "id": state,
        "name": country(state),
        "shows": written(gain, "signed") if member else f"→ {fine(found['joined'][state])}",
        "loses": member and gain < 0,
        "link": held.prefix + write(at.having(members=",".join(after))) if len(after) >= 3 else "",
    }


def _exchanged(held: Held, at: Address, inside: list[str], best: Any) -> str:
    """Return the address of the body after the best single exchange; empty where there is none."""
    if best is None:
        return ""
    out, into, _ = best
    after = [s for s in inside if s != out] + ([into] if into else [])
    return held.prefix + write(at.having(members=",".join(after)))


def _data(held: Held, at: Address, case: Case, order: tuple[str, ...], found: dict[str, Any]) -> str:
    """Return what the script of the page needs and could not read off it."""
    told = {
        "path": f"{held.prefix}/c/{quote(at.case, safe='@')}",
        "command": command(held, at),
        "states": order,
        "names": {s: country(s) for s in case.states},
        "hub": case.hub,
        "query": query(at.having(members="", rule="")),
        "draws": DRAWN if at.draws is None else at.draws,
        "band": [LOW, HIGH],
        "fewest": FEWEST,
        "found": found,
    }
    return json.dumps(plain(told), ensure_ascii=False, separators=(",", ":"))


def _with_members(held: Held, address: Address) -> Address:
    """Return the address with the body that it names, or that the page begins with."""
    if address.word("members"):
        return address
    order = candidates(study_of(held, address)[1].world)
    return address.having(members=",".join(first_body(held.case(address.case, address.year), order)))


def section(held: Held, address: Address) -> Section:
    """Return the body as the command tells it; errors as :func:`foedus.draft`."""
    at = _with_members(held, address)
    members = [w for w in at.word("members").split(",") if w]
    return bodies.draft(held.asked(at, at.draws or 0), members, rule=at.word("rule", "consensus"))


VIEW = View("draft", "Draft a body", show, section, figure, answer)
