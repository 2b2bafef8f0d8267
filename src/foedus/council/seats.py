"""Seats: what people decided in a room, as the will that the simulation asks; whom nobody plays the law decides for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.council.clauses import key_of, parts_of_key
from foedus.council.fold import Room
from foedus.council.procedures.orders import BINDS, decisions
from foedus.council.procedures.roles import played
from foedus.council.procedures.treaty import running_out
from foedus.council.room_form import RoomForm
from foedus.model.architecture import Institution, Kind, Rule
from foedus.simulation.chance import Chance
from foedus.simulation.decisions import Decision
from foedus.simulation.trace import Happening
from foedus.simulation.will import DrawnWill, Pressing, Rung, SeatedWill

_RUNGS = {Happening.RAISED: "raised", Happening.ANSWERED: "answered", Happening.CRISIS: "crisis"}
_REACHED = {
    "quiet": (),
    "raised": ("raised",),
    "answered": ("raised", "answered"),
    "crisis": ("raised", "answered", "crisis"),
}
_KINDS = {Kind.BILATERAL: "treaty", Kind.DE_FACTO: "commitment", Kind.MULTILATERAL: "body", Kind.FORUM: "forum"}


@dataclass(frozen=True)
class Moves:
    """What people did in one year, as far as the model reads it; plain data, so that it is kept with the year.

    Attributes
    ----------
    played : tuple of str
        States and adversaries that people answered for.
    orders : mapping
        Confirmed orders by seat, as :func:`foedus.council.procedures.orders.decisions` has them.
    treaties : tuple of mapping
        Agreed treaties in the order of adoption: ``id``, ``parties``, ``makes``, ``ends``, ``replaces``, ``newcomer``,
        ``text`` where it was adopted at a table, so that all know of it, and ``until`` where it has a term.
    quarrels : mapping
        By ``A,B`` in the order of the case: ``state`` reached and ``first``.
    settled : mapping of str to str
        Mediator by ``A,B``.
    pressure : mapping of str to mapping of str to float
        bn a year by adversary and target.
    leaving : tuple of (str, str)
        State and key of what it leaves, because notice has run out.
    shocks, leaders : tuple
        Injects: dyads whose quarrel flares, states with a new leader.
    facts : mapping of str to float
        Judged values by address, from this year on.
    budget : float or None
    announced : tuple of (str, str)
        Adversary and target of pressure that was announced to all.
    lapsing : tuple of str
        Keys of what was founded in the room and whose term runs out: who does not renew it leaves it.
    """

    played: tuple[str, ...] = ()
    orders: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    treaties: tuple[Mapping[str, Any], ...] = ()
    quarrels: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    settled: Mapping[str, str] = field(default_factory=dict)
    pressure: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    leaving: tuple[tuple[str, str], ...] = ()
    shocks: tuple[tuple[str, str], ...] = ()
    leaders: tuple[str, ...] = ()
    facts: Mapping[str, float] = field(default_factory=dict)
    budget: float | None = None
    announced: tuple[tuple[str, str], ...] = ()
    lapsing: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {
            "played": list(self.played),
            "orders": {s: {k: dict(v) for k, v in o.items()} for s, o in self.orders.items()},
            "treaties": [dict(t) for t in self.treaties],
            "quarrels": {k: dict(v) for k, v in self.quarrels.items()},
            "settled": dict(self.settled),
            "pressure": {k: dict(v) for k, v in self.pressure.items()},
            "leaving": [list(x) for x in self.leaving],
            "shocks": [list(x) for x in self.shocks],
            "leaders": list(self.leaders),
            "facts": dict(self.facts),
            "budget": self.budget,
            "announced": [list(x) for x in self.announced],
            **({"lapsing": list(self.lapsing)} if self.lapsing else {}),
        }

    def decides(self, seat: str, what: str, name: str) -> Any:
        """Return what the orders of a seat say about something, None where they are silent."""
        return self.orders.get(seat, {}).get(what, {}).get(name)


def moves_from(data: Mapping[str, Any]) -> Moves:
    """Return moves as :meth:`Moves.to_dict` wrote them."""
    return Moves(
        **{
            **data,
            "played": tuple(data["played"]),
            "treaties": tuple(data["treaties"]),
            "leaving": tuple((s, k) for s, k in data["leaving"]),
            "shocks": tuple((a, b) for a, b in data["shocks"]),
            "leaders": tuple(data["leaders"]),
            "announced": tuple((a, t) for a, t in data["announced"]),
            "lapsing": tuple(data.get("lapsing", ())),
        }
    )


def name_of(institution: Institution) -> str:
    """Return the key of an institution; see :func:`foedus.council.clauses.key_of`."""
    rule = institution.rule.value if institution.kind is Kind.MULTILATERAL else ""
    return key_of(_KINDS[institution.kind], institution.members, rule, institution.depth)


def institution_named(key: str) -> Institution:
    """Return the institution that a key names; errors as :func:`foedus.council.clauses.parts_of_key`."""
    word, rule, members, depth = parts_of_key(key)
    kind = next(k for k, w in _KINDS.items() if w == word)
    decides = Rule.HUB if kind in (Kind.BILATERAL, Kind.DE_FACTO) or rule == "hub" else Rule.CONSENSUS
    return Institution(kind, members, decides, depth)


def founded_by(treaty: Mapping[str, Any], year: int) -> Institution:
    """Return what a treaty of the room founds, with its term where it has one, counted from the year in which it is signed."""
    found = institution_named(str(treaty["makes"]))
    until = treaty.get("until")
    return replace(found, term=float(until - year), begun=float(year)) if until else found


def pair_of_states(states: Sequence[str], sides: Sequence[str]) -> str:
    """Return a dyad as moves name it: in the order of the case."""
    return ",".join(s for s in states if s in sides)


def moves_of(room: Room) -> Moves:
    """Return what people did in the year that is played."""
    year, now = room.year, [i for i in room.all("inject").values() if i.state == "fired"]
    fired = [i for i in now if i.get("fired") == year]
    everybody = (*room.form.states, *room.form.adversaries)
    pressure: dict[str, dict[str, float]] = {}
    for p in room.pressures.values():
        if p.year == year and p.state in ("laid on", "over"):
            mine = pressure.setdefault(str(p.get("author")), {})
            mine[str(p.get("target"))] = mine.get(str(p.get("target")), 0.0) + float(p.get("cost"))
    bound = {str(o.get("state")) for o in room.orders.values() if o.get("year") == year and o.get(BINDS)}
    keys = ("parties", "makes", "ends", "replaces", "newcomer", "accession", "text")
    return Moves(
        played=tuple(s for s in everybody if s in bound or played(room, s)),
        orders={
            str(o.get("state")): decisions(o.data)
            for o in room.orders.values()
            if o.get("year") == year and o.state in ("confirmed", "carried out")
        },
        treaties=tuple(
            {"id": t.id, **{k: t.get(k) for k in keys}, **({"until": t.get("until")} if t.get("until") else {})}
            for t in room.treaties.values()
            if t.state in ("agreed", "refused")
        ),
        quarrels={
            pair_of_states(everybody, q.get("sides")): {"state": q.state, "first": q.get("first")}
            for q in room.quarrels.values()
            if q.state != "quiet"
        },
        settled={
            pair_of_states(everybody, m.get("sides")): str(m.get("mediator"))
            for m in room.mediations.values()
            if m.state == "settled" and m.year == year
        },
        pressure=pressure,
        leaving=tuple(
            (str(w.get("state")), str(w.get("of"))) for w in room.all("withdrawal").values() if w.state == "leaving"
        ),
        shocks=tuple((i.get("states")[0], i.get("states")[1]) for i in fired if i.get("what") == "shock"),
        leaders=tuple(i.get("states")[0] for i in fired if i.get("what") == "leader"),
        facts={str(i.get("address")): float(i.get("value")) for i in fired if i.get("what") == "fact"},
        budget=room.itself.get("budget", room.form.budget),
        announced=tuple(
            (str(p.get("author")), str(p.get("target")))
            for p in room.pressures.values()
            if p.year == year and p.get("public")
        ),
        lapsing=running_out(room),
    )


def brought_in(room: Room) -> Moves:
    """Return what was brought into the year that is played so far, before anybody decides.

    Parameters
    ----------
    room : Room
        As the facilitator knows it.
    """
    now = moves_of(room)
    return Moves(shocks=now.shocks, leaders=now.leaders, facts=now.facts, budget=now.budget)


@dataclass(frozen=True)
class SeatOf:
    """The seat of a state that people play, for one year and, where something is asked, one treaty.

    What its orders do not say it does not do: it signs nothing, leaves nothing, and climbs as far as its quarrel says.
    """

    state: str
    moves: Moves
    treaty: Mapping[str, Any] | None = None
    failed: frozenset[str] = frozenset()
    """Treaties that will not enter into force, for signatures that hang on them."""

    def answers(self, decision: Decision, year: int) -> bool | None:
        """Return whether the state agrees, or leaves."""
        if self.treaty is not None:
            return self._signs(str(self.treaty["id"]))
        name, say = name_of(decision.institution), self.moves.decides
        turned = say(self.state, "turned", f"{decision.action} {name}")
        if turned is not None:  # no order of people: a debrief asks what had been otherwise
            return bool(turned)
        if decision.action == "exit":
            said = say(self.state, "leave", name)
            return (name in self.moves.lapsing if said is None else bool(said)) or (
                self.state,
                name,
            ) in self.moves.leaving
        if decision.action == "apply":
            return any(
                said and set(parts_of_key(k)[2]) < set(decision.institution.members)
                for k, said in self.moves.orders.get(self.state, {}).get("apply", {}).items()
            )
        if decision.action == "let in":
            return any(say(self.state, "admit", s) for s in decision.institution.members)
        other = [s for s in decision.institution.members if s != self.state]
        return decision.institution.kind is Kind.BILATERAL and bool(say(self.state, "light", other[0]))

    def _signs(self, treaty: str) -> bool:
        hangs_on = self.moves.decides(self.state, "if", treaty)
        return bool(self.moves.decides(self.state, "sign", treaty)) and hangs_on not in self.failed

    def proposes(self, menu: Sequence[Institution | None], year: int) -> int | None:
        """Return that things are left as they are: people propose at the table."""
        return 0

    def climbs(self, rung: Rung, year: int) -> bool | None:
        """Return whether the state has taken the rung in the room, or takes it by its orders."""
        for pair, quarrel in self.moves.quarrels.items():
            if (
                set(pair.split(",")) == {rung.state, rung.other}
                and _RUNGS[rung.happening] in _REACHED[quarrel["state"]]
            ):
                return True
        return bool(self.moves.decides(self.state, "climb", rung.other))

    def presses(self, pressing: Pressing, year: int) -> NDArray[np.float64] | None:
        """Return the pain that the plans of the year buy: no more than can be inflicted, nor than the budget pays by now."""
        plan = self.moves.pressure.get(self.state, {})
        paid = np.array([plan.get(s, 0.0) for s in pressing.institution.members])
        pain: NDArray[np.float64] = np.minimum(pressing.limit, paid / pressing.price)
        cost = float(pain @ pressing.price)
        return pain * (pressing.budget / cost) if cost > pressing.budget else pain


def will_of(
    moves: Moves, law: DrawnWill, treaty: Mapping[str, Any] | None = None, failed: frozenset[str] = frozenset()
) -> SeatedWill:
    """Return who decides in a year: people for the seats they play, the law for the others.

    Parameters
    ----------
    moves : Moves
    law : DrawnWill
    treaty : mapping, optional
        The treaty that is signed or not; without it the steps of the year are asked.
    failed : frozenset of str
        Treaties that are known not to enter into force.
    """
    return SeatedWill(law, {s: SeatOf(s, moves, treaty, failed) for s in moves.played})


def law_in(form: RoomForm, year: int) -> DrawnWill:
    """Return the law of a year with its draws: those of the run that the room has in it."""
    return DrawnWill(Chance(form.seed, form.run_in(year)))
