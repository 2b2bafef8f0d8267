"""Felt by treaty: how much of the pressure on a seat can be felt against each treaty that waits for its signature, told to it before its orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from foedus.council.acts import MODEL, Event, seen_by_seats
from foedus.council.fold import Item, Room
from foedus.council.seats import institution_named
from foedus.council.worth import paid
from foedus.simulation.decisions import limits_of_coercion, strongest_partner
from foedus.simulation.year import Moment

FELT: Final = "felt"
"""Data of a year that the target alone reads: by target and treaty, ``cost`` in bn a year and ``hurts`` in % of its product."""
LEAST: Final = 1e-4
"""Pressure below this is none, bn a year: what is shown has as many decimals."""
_DIGITS: Final = 6


def felt_told(room: Room, moment: Moment) -> tuple[Event, ...]:
    """Return what every pressed seat is told of the treaties that wait for it, where it was not told that yet.

    Parameters
    ----------
    room : Room
        As the facilitator knows it, with its orders open.
    moment : Moment
        The year as it has begun.
    """
    year = room.years[str(room.year)]
    known, found = year.get(FELT, {}), []
    for target, plans in _laid(room).items():
        felt = {f"{target} {t.id}": _felt(moment, t, target, plans) for t in _waiting(room, target)}
        new = {k: v for k, v in felt.items() if known.get(k) != v}
        if new:
            body = {"id": year.id, "put": {FELT: new}}
            found.append(Event("year.felt", MODEL, seen_by_seats([target]), body, None, room.year, room.phase))
    return tuple(found)


def _laid(room: Room) -> dict[str, dict[str, float]]:
    """Return the pressure that lies on seats this year, bn by target and author."""
    found: dict[str, dict[str, float]] = {}
    for p in room.pressures.values():
        author, target = str(p.get("author")), str(p.get("target"))
        if p.state == "laid on" and p.year == room.year and target in room.seats:
            mine = found.setdefault(target, {})
            mine[author] = mine.get(author, 0.0) + float(p.get("cost"))
    return found


def _waiting(room: Room, seat: str) -> list[Item]:
    """Return what a seat could sign and that is newly founded: pressure weighs on nothing else."""
    return [
        t
        for t in room.treaties.values()
        if t.state in ("agreed", "refused") and t.get("makes") and not t.get("replaces") and seat in t.get("parties")
    ]


def _felt(moment: Moment, treaty: Item, target: str, plans: Mapping[str, float]) -> dict[str, float]:
    """Return how much of some plans can be felt against a treaty: the one adversary presses that the model lets press, within its limit."""
    world, parameters = moment.world, moment.appraiser.parameters
    presser = strongest_partner(world)
    founded = institution_named(str(treaty.get("makes")))
    limit = float(limits_of_coercion(moment.appraiser, founded, presser)[founded.members.index(target)])
    price = float(parameters["wedge_cost_ratio"] * world.gdp[world.index(target)] / 100.0)
    cost = min(plans.get(world.adversaries[presser], 0.0), limit * price)
    return {"cost": round(cost, _DIGITS), "hurts": round(cost / price, _DIGITS)}


def felt_said(room: Room, seat: str, treaty: str) -> str:
    """Return what a seat reads of the pressure on it beside a treaty that waits for it, as a sentence; nothing where it was told nothing."""
    year = room.years.get(str(room.year))
    felt: Mapping[str, Any] | None = year.get(FELT, {}).get(f"{seat} {treaty}") if year is not None else None
    if felt is None:
        return ""
    if felt["cost"] < LEAST:
        return "Nothing of the pressure on you can be felt here."
    return f"Of the pressure on you about {paid(float(felt['cost']))} bn can be felt here: it takes {felt['hurts']:.2g} % of your product a year from what signing is worth to you."
