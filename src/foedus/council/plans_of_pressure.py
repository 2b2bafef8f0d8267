"""Plans of pressure: what an adversary planned and what became of it, as far as a reader may know of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from foedus.council.fold import Item, Room
from foedus.council.plain_words import Called, called_in, institution, raised
from foedus.council.procedures.pressure import budget, limits, spent
from foedus.council.told_of_rooms import lines_of
from foedus.council.worth import paid
from foedus.vocabulary.prose import country, listing

_LAID: Final = ("laid on", "over")
_LEAST: Final = 1e-6
"""Amounts below this are none, bn a year: six decimals are kept."""

_PLANNED: Final = "This much is planned; what of it can be felt is worked out with the year, and may be almost nothing."
_FELT: Final = 1e-4
"""Pressure below this is none, bn a year: what is shown has as many decimals."""


@dataclass(frozen=True)
class Fate:
    """What was planned against one state in a year, and what became of it.

    Attributes
    ----------
    author, target, planned, laid : str
        As they are shown; amounts in bn a year, ``laid`` empty while the year is not worked out.
    says : str
        Why less was laid on than was planned, and what its target did, in sentences.
    """

    author: str
    target: str
    planned: str
    laid: str
    says: str


def plans(room: Room, seat: str | None, on: str | None = None) -> list[dict[str, str]]:
    """Return the plans of this year that a reader knows of, each with who else does; those alone that are laid on one state, if wanted."""
    called, found = called_in(room), []
    for p in room.pressures.values():
        if p.year != room.year or p.state == "over":
            continue
        author, target = str(p.get("author")), str(p.get("target"))
        if on is not None and (target != on or p.state != "laid on"):
            continue
        who = "" if author == seat else f"{raised(called(author))} on "
        whom = "you" if target == seat else called(target)
        words = f"{who}{whom}: {paid(float(p.get('cost')))} bn a year"
        found.append({"words": raised(words), "says": _stands(room, p, seat, called)})
    return found


def _stands(room: Room, p: Item, seat: str | None, called: Called) -> str:
    """Return where a plan stands, and who knows of it."""
    author, target = str(p.get("author")), str(p.get("target"))
    both = f"{'you' if author == seat else called(author)} and {'you' if target == seat else called(target)}"
    knows = "all know of it" if p.get("public") else f"{both} know of it"
    if p.state == "planned":
        said = "planned; only you know of it" if author == seat else f"planned; only {called(author)} knows of it"
    elif p.state == "withdrawn":
        return "withdrawn: nothing of it is laid on"
    else:
        said = f"{'announced' if p.state == 'known' else p.state}; {knows}"
    felt = _beyond(room, p) if author == seat else _felt_by(p, seat, called) if p.state == "laid on" else ""
    return f"{said}. {felt}" if felt else said


def _felt_by(p: Item, seat: str | None, called: Called) -> str:
    """Return what can be felt of a plan that is laid on, as its target reads it before its orders; that it is not known yet, in a room that did not keep it."""
    if p.get("felt") is None:
        return _PLANNED
    felt, own = float(p.get("felt")), p.get("target") == seat
    if felt < _FELT:
        return "Nothing of it can be felt."
    much = "All" if felt >= float(p.get("cost")) - _LEAST else f"About {_about(felt)} bn"
    who, whose = ("you", "your") if own else (called(str(p.get("target"))), "its")
    takes = f"it takes about {p.get('hurts'):.2g} % of {whose} product a year from what that is worth to {who}"
    return f"{much} of it can be felt against a council of all: {takes}, and less from what binds less. The year works it out."


def _beyond(room: Room, p: Item) -> str:
    """Return how little of a plan can be felt, where it is more than that."""
    most = limits(room, str(p.get("author"))).get(str(p.get("target")))
    if most is None or float(p.get("cost")) <= most:
        return ""
    return f"About {_about(most)} bn of it can be felt at most." if most >= _FELT else "Nothing of it can be felt."


def _about(most: float) -> str:
    """Return the most that can be felt as it is known before the year: one digit where it is small, for the year moves the second."""
    return paid(float(f"{most:.1g}")) if most < 0.1 else paid(most)


def left_to_plan(room: Room, seat: str | None) -> str:
    """Return what is left of an adversary's budget of the year, as a sentence; nothing for everybody else."""
    if seat not in room.form.adversaries:
        return ""
    return f"Planned: {paid(spent(room, str(seat)))} of a budget of {paid(budget(room))} bn a year."


def still_to_plan(room: Room, adversary: str) -> str:
    """Return what is left to plan with, and that not all of it can be laid on."""
    left = max(0.0, budget(room) - spent(room, adversary))
    most = (
        "Beside each state stands about the most that can be laid on it against a council of all. "
        if limits(room, adversary)
        else ""
    )
    return f"{paid(left)} bn of the budget are left. {most}What is planned beyond what can be laid on is neither felt nor paid."


def targets(room: Room, adversary: str) -> tuple[tuple[str, str], ...]:
    """Return whom an adversary can press, each with the most that can be laid on it, where that is known."""
    most = limits(room, adversary)
    said = {
        s: f"about {_about(v)} bn at most" if v >= _FELT else "too little to feel" if v > 0 else "it feels nothing"
        for s, v in most.items()
    }
    return tuple((s, f"{country(s, room.year)}{f': {said[s]}' if said else ''}") for s in room.form.states)


def fates(room: Room, year: str) -> tuple[Fate, ...]:
    """Return what became of every plan of a year whose author's papers a reader may read, one line for each target.

    Parameters
    ----------
    room : Room
        As the reader knows it.
    year : str
    """
    item, called = room.years.get(year), called_in(room)
    kept: Mapping[str, Mapping[str, Mapping[str, Any]]] = item.get("laid", {}) if item is not None else {}
    found: list[Fate] = []
    of_year = [p for p in room.pressures.values() if p.year == int(year)]
    for author, records in kept.items():
        acts = [records[k] for k in sorted(records, key=int)]
        own = [p for p in of_year if p.get("author") == author]
        for target in dict.fromkeys(str(p.get("target")) for p in own if p.state in _LAID):
            planned = sum(float(p.get("cost")) for p in own if p.get("target") == target and p.state in _LAID)
            against = [a for a in acts if a["target"] == target]
            most = max((float(a["cost"]) for a in against), default=0.0)
            says = " ".join(_became(author, target, planned, against, item, called))
            found.append(Fate(raised(called(author)), called(target), paid(planned), paid(most), says))
    for p in of_year:
        author, target = str(p.get("author")), str(p.get("target"))
        if p.state == "withdrawn" and author in kept:
            says = "It was withdrawn before the table closed."
            found.append(Fate(raised(called(author)), called(target), paid(float(p.get("cost"))), paid(0.0), says))
    return tuple(found)


def _became(
    author: str, target: str, planned: float, acts: Sequence[Mapping[str, Any]], year: Item | None, called: Called
) -> Iterator[str]:
    """Yield what became of a plan, in sentences: why not all of it was laid on, and what its target answered."""
    if not acts:
        yield (
            f"{raised(called(target))} was asked to agree to nothing new that {called(author)} may read of: there was no "
            "yes to break. Pressure weighs on what is newly founded, not on who joins or ends what stands."
        )
        return
    answers = _answers(year, target)
    for act in acts:
        what = institution(str(act["key"]), called)
        said = answers.get(str(act["key"]))
        did = "" if said is None else f" {raised(called(target))} {'agreed' if said else 'did not agree'} to it."
        yield f"Against {what}: {_why(author, target, planned, act, called)}{did}"
    if max(float(a["cost"]) for a in acts) < planned - _LEAST:
        yield "What was not laid on was not paid."


def _answers(year: Item | None, target: str) -> Mapping[str, bool]:
    """Return what a state answered to what was proposed in a year, by key, as far as the reader knows."""
    told = lines_of(year) if year is not None else ()
    return {str(h["key"]): bool(a["yes"]) for h in told for a in h["answers"] if a["state"] == target}


def _why(author: str, target: str, planned: float, act: Mapping[str, Any], called: Called) -> str:
    cost, limit, presser = float(act["cost"]), float(act["limit"]), str(act["presser"])
    if not presser:
        return "the model played this seat and pressed as it judges best."
    if presser != author:
        return f"those who were asked trade most with {called(presser)}, and the model lets that one alone press them."
    if cost >= planned - _LEAST:
        return "all of it was laid on."
    can = min(planned, limit)
    if limit < _LEAST:
        return f"nothing could be inflicted on it: it trades too little with {called(author)}, or what it joins is not aimed at {called(author)}."
    stops = [f"more than {paid(limit)} bn cannot be inflicted on it, for it trades no more with who presses"] * (
        limit < planned
    )
    stops += ["the budget did not pay for all plans on its members, so that each was cut alike"] * (cost < can - _LEAST)
    return f"{paid(cost)} bn was laid on: {listing(stops)}."
