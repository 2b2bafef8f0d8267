"""Packing: events of runs as numbers, so that a run is kept in one row, and back."""

from __future__ import annotations

from foedus.model.architecture import Institution, Kind, Rule
from foedus.questions.study import Answers
from foedus.simulation.trace import Event, Happening

HAPPENINGS = tuple(Happening)
_KINDS, _RULES = tuple(Kind), tuple(Rule)


def packed(event: Event, actors: tuple[str, ...]) -> Answers:
    """Return an event as numbers: who, what and with whom in one, the members in another, and the probability."""
    m = event.institution
    light = int(m is not None and m.depth is not None)
    kind, rule = (1 + _KINDS.index(m.kind), _RULES.index(m.rule)) if m else (0, 0)
    code = HAPPENINGS.index(event.happening)
    for part, size in (
        (event.year, 4096),
        (_place(event.actor, actors), 256),
        (_place(event.other, actors), 256),
        (kind, 8),
        (rule, 2),
        (light, 2),
    ):
        code = code * size + part
    members = sum(1 << k for k, s in enumerate(actors) if m and s in m.members)
    return {"code": float(code), "members": float(members), "probability": event.probability, "size": event.size}


def _place(state: str, actors: tuple[str, ...]) -> int:
    return 1 + actors.index(state) if state else 0


def unpacked(code: float, members: float, actors: tuple[str, ...], hub: str) -> Event:
    """Return an event from its numbers, without its decisions."""
    left, parts = int(code), []
    for size in (2, 2, 8, 256, 256, 4096):
        left, part = divmod(left, size)
        parts.append(part)
    light, rule, kind, other, actor, year = parts
    institution = None
    if kind:
        inside = [s for k, s in enumerate(actors) if int(members) >> k & 1]
        ordered = tuple(sorted(inside, key=lambda s: s != hub))
        institution = Institution(_KINDS[kind - 1], ordered, _RULES[rule], float("nan") if light else None)
    names = ("", *actors)
    return Event(year, HAPPENINGS[left], names[actor], names[other], institution)
