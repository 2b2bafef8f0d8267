"""Adjudication: the model as a room asks it; what it answers for whom nobody plays, and the year as events."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.council.acts import MODEL, Act, Event, No, seen_by_seats
from foedus.council.clauses import Clause, parts_of_key, read_clause
from foedus.council.council_year import Lived, course_of, lived_years, standing_before
from foedus.council.fold import Item, Room
from foedus.council.procedures.adoption import awaited, clauses_of
from foedus.council.procedures.roles import unplayed
from foedus.council.room_form import RoomForm
from foedus.council.seats import Moves, institution_named, moves_from, moves_of, name_of
from foedus.mechanisms import COMPONENTS
from foedus.simulation.chance import Chance
from foedus.simulation.decisions import Decision, consent_decisions
from foedus.simulation.doors import common_at_doors, entry
from foedus.simulation.formation import shared
from foedus.simulation.trace import Drawn, Happening
from foedus.simulation.trace import Event as Happened
from foedus.simulation.will import DrawnWill, mood_of
from foedus.simulation.year import Moment, quarrelling_pairs

DIGITS: Final = 6
"""Decimals of numbers in events; the draws and chances are whole."""


@dataclass(frozen=True)
class Worth:
    """What a clause would be worth to a state.

    Attributes
    ----------
    terms : mapping of str to float
        By term, % of own GDP a year, against what is in force.
    chance : float or None
        That the law would agree, before any pressure; None for a state that is not asked.
    """

    terms: Mapping[str, float]
    chance: float | None

    @property
    def total(self) -> float:
        """Sum of the terms."""
        return sum(self.terms.values())


class Adjudicator:
    """The model, for one room; every answer is a function of form and room.

    Parameters
    ----------
    form : RoomForm

    Raises
    ------
    FoedusError
        The case, a change, a law or the years are wrong.
    """

    def __init__(self, form: RoomForm) -> None:
        self.form = form
        self.course = course_of(form)
        self._known: dict[str, Moment] = {}

    def moment(self, room: Room) -> Moment:
        """Return the year that is played as it has begun, before anybody decides."""
        past, now = past_of(room), moves_of(room)
        told = Moves(shocks=now.shocks, leaders=now.leaders, facts=now.facts, budget=now.budget)
        key = json.dumps([[m.to_dict() for m in past], told.to_dict()], sort_keys=True)
        if key not in self._known:
            self._known = {key: standing_before(self.form, past, told, self.course)}
        return self._known[key]

    def answers(self, room: Room) -> tuple[Act, ...]:
        """Return what the model does now: answers of unplayed seats that are asked, and the step from year to reading."""
        if room.paused or room.phase in ("set up", "lobby", "closed"):
            return ()
        found: list[Act] = []
        for text in room.texts.values():
            if text.state == "answering":
                found += self._answers_text(room, text)
        for accession in room.all("accession").values():
            if accession.state == "applied":
                found += self._answers_door(room, accession)
        for treaty in room.treaties.values():
            if treaty.state == "negotiated":
                found += self._initials(room, treaty)
        year = room.years.get(str(room.year))
        if room.phase == "year" and year is not None and year.state == "worked out":
            found.append(Act("room.read", MODEL, {"id": "room"}, key=f"model read {room.year}"))
        return tuple(found)

    def _answers_text(self, room: Room, text: Item) -> list[Act]:
        clauses = [c for _, c in clauses_of(room, text)]
        by, found = str(text.get("by")), []
        for seat in awaited(room, text, text.get("answers", {})):
            drawn = [d for c in clauses if (d := self.asked(room, c, seat)) is not None]
            worst = min(drawn, key=lambda d: d.decision.probability, default=None)
            law = {} if worst is None else {"chance": worst.decision.probability, "draw": worst.draw}
            verb, words = self._says(room, by, seat, drawn, worst)
            body = {"id": text.id, "for": seat, **law}
            found.append(
                Act(
                    f"{by}.{verb}",
                    MODEL,
                    body,
                    words,
                    key=f"model {text.id} {by} {text.get('calls', 0)} {text.get('placed', 0)} {seat}",
                )
            )
        return found

    def _says(
        self, room: Room, by: str, seat: str, drawn: Sequence[Drawn], worst: Drawn | None
    ) -> tuple[str, str | None]:
        agrees = all(d.taken for d in drawn)
        if by == "vote":
            return ("yes" if agrees else "no"), None
        if by == "consensus":
            return ("join", None) if agrees else ("object", _reason(seat, worst))
        speaks = Chance(self.form.seed, self.form.run).uniform("speaks", seat, room.year) < self.form.rules.breaking
        return ("keep", None) if agrees or not speaks else ("speak", _reason(seat, worst))

    def _answers_door(self, room: Room, accession: Item) -> list[Act]:
        answers, found = accession.get("answers", {}), []
        clause = Clause("admit", state=str(accession.get("newcomer")), key=str(accession.get("of")))
        for seat in unplayed(room, tuple(accession.get("members"))):
            if seat in answers:
                continue
            drawn = self.asked(room, clause, seat)
            law = {} if drawn is None else {"chance": drawn.decision.probability, "draw": drawn.draw}
            verb = "agree" if drawn is None or drawn.taken else "refuse"
            found.append(
                Act(
                    f"accession.{verb}",
                    MODEL,
                    {"id": accession.id, "for": seat, **law},
                    key=f"model {accession.id} {seat} {room.count}",
                )
            )
            if verb == "refuse":
                break
        return found

    def _initials(self, room: Room, treaty: Item) -> list[Act]:
        found, done = [], treaty.get("initialled", {})
        if not treaty.get("makes") or not done:
            return []
        clause = _founding_clause(treaty)
        for seat in unplayed(room, tuple(treaty.get("parties"))):
            drawn = self.asked(room, clause, seat)
            if seat not in done and (drawn is None or drawn.taken):
                found.append(
                    Act("treaty.initial", MODEL, {"id": treaty.id, "for": seat}, key=f"model {treaty.id} {seat}")
                )
        return found

    def asked(self, room: Room, clause: Clause, seat: str) -> Drawn | None:
        """Return the decision of a seat by law, with the draw that falls again when the year is worked out.

        None for a clause that does not ask it: one that founds nothing, or of which it is no party.
        """
        if seat not in clause.signers:
            return None
        moment = self.moment(room)
        law, year = DrawnWill(Chance(self.form.seed, self.form.run)), room.year
        common = common_at_doors(moment.appraiser)
        if clause.verb == "admit" and common is not None:
            body = institution_named(clause.key)
            found = entry(moment.appraiser, body, clause.state, common)
            subject = f"{clause.state} to {body.kind} {body.members} {body.rule}"
            if seat == clause.state:
                return law.decides(found.applies, "applies", subject, year)
            one = next(d for d in found.lets_in if d.state == seat)
            return law.decides(
                one, "lets in", f"{seat}: {subject}", year, mood_of(law.chance, common, f"at the door {subject}", year)
            )
        one = self._consent(moment, clause, seat)
        return law.decides(
            one, "consent", seat, year, mood_of(law.chance, shared(moment.appraiser.parameters), "consent", year)
        )

    def _consent(self, moment: Moment, clause: Clause, seat: str) -> Decision:
        institution = institution_named(clause.makes)
        return next(
            d for d in consent_decisions(moment.appraiser, institution, moment.world.in_force) if d.state == seat
        )

    def worth(self, room: Room, words: str, seat: str) -> Worth:
        """Return what a clause would be worth to a state, as things stand.

        Parameters
        ----------
        room : Room
            As the facilitator knows it.
        words : str
            A clause that founds, admits or ends something.
        seat : str

        Raises
        ------
        No
            The words are no clause, or one that changes nothing that is in force.
        """
        form, moment = self.form, self.moment(room)
        clause = read_clause(words, (*form.states, *form.adversaries), form.hub)
        if seat not in moment.world.states:
            raise No("worth", f"{seat} is no ally; the model has no terms for it.")
        before, after = moment.world.in_force, moment.world.in_force
        if clause.verb == "end":
            after = after.without(institution_named(clause.key))
        elif clause.founds:
            after = after.without(institution_named(clause.key)) if clause.key else after
            after = after.having(institution_named(clause.makes))
        else:
            raise No("worth", f"'{clause}' changes nothing that is in force.")
        here = moment.appraiser.appraise(before, before).components
        terms = (moment.appraiser.appraise(after, before).components - here)[:, moment.world.index(seat)]
        drawn = self.asked(room, clause, seat)
        chance = None if drawn is None else self._alone(moment, clause, seat)
        return Worth(_by_term(terms), chance)

    def _alone(self, moment: Moment, clause: Clause, seat: str) -> float:
        common = common_at_doors(moment.appraiser)
        if clause.verb != "admit" or common is None:
            return self._consent(moment, clause, seat).probability
        found = entry(moment.appraiser, institution_named(clause.key), clause.state, common)
        return next(d.probability for d in (found.applies, *found.lets_in) if d.state == seat)

    def year(self, room: Room) -> tuple[Event, ...] | None:
        """Return the events that open a year, or that tell it worked out; None while neither is asked for."""
        known = room.years.get(str(room.year))
        if room.phase in ("opening", "consultation", "table", "orders") and known is None and not room.paused:
            return opening(self.form, room, self.moment(room))
        if room.phase == "year" and not room.paused and (known is None or known.state == "opened"):
            past = past_of(room)
            return told(self.form, room, lived_years(self.form, [*past, moves_of(room)], self.course), moves_of(room))
        return None


def _founding_clause(treaty: Item) -> Clause:
    if treaty.get("replaces"):
        return Clause("admit", state=str(treaty.get("newcomer")), key=str(treaty.get("replaces")))
    kind, rule, members, depth = parts_of_key(str(treaty.get("makes")))
    return Clause(kind, members, rule, depth)


def _reason(seat: str, worst: Drawn | None) -> str:
    if worst is None:
        return f"{seat} does not agree."
    d = worst.decision
    low = COMPONENTS[int(np.argmin(d.terms))]
    return f"{seat} would agree with {d.probability:.2f}, and {worst.draw:.2f} was drawn; what weighs most against it is {low} ({d.terms.min():+.2f} % of GDP)."


def past_of(room: Room) -> tuple[Moves, ...]:
    """Return what people did in the years before this one, as it was kept with them."""
    years = [room.years[str(y)] for y in range(room.form.first, room.year) if str(y) in room.years]
    return tuple(moves_from(y.get("moves")) for y in years if y.get("moves"))


def worked_out(form: RoomForm, past: Sequence[Moves], moves: Moves) -> tuple[Lived, ...]:
    """Return the years of a room up to the one that some moves are of; errors as :func:`course_of`."""
    return lived_years(form, [*past, moves])


def _by_term(values: NDArray[np.float64]) -> dict[str, float]:
    return {name: round(float(v), DIGITS) for name, v in zip(COMPONENTS, values, strict=True)}


def _event(room: Room, kind: str, name: str, see: str, **body: Any) -> Event:
    return Event(kind, MODEL, see, {"id": name, **body}, None, room.year, room.phase)


def opening(form: RoomForm, room: Room, moment: Moment) -> tuple[Event, ...]:
    """Return the events that open a year: what is in force, new leaders, quarrels, and to each seat what its world is worth."""
    world, year = moment.world, str(moment.year)
    here = moment.appraiser.appraise(world.in_force, world.in_force).components
    keys = [name_of(m) for m in world.in_force]
    product = {s: round(float(v), DIGITS) for s, v in zip(world.states, world.gdp, strict=True)}
    capability = {s: round(float(v), DIGITS) for s, v in zip(world.states, world.capability_raw, strict=True)}
    budget = float(moment.appraiser.parameters["coercion_budget"])
    found = [
        _event(room, "year.opened", year, "all", to="opened", set={"happened": [line(e) for e in moment.events]}),
        _event(
            room, "room.informed", "room", "all", set={"in_force": keys, "product": product, "capability": capability}
        ),
        _event(room, "room.budgeted", "room", seen_by_seats(form.adversaries), set={"law_budget": budget}),
    ]
    for i, j in quarrelling_pairs(world):
        sides = [world.states[i], world.states[j]]
        name = "-".join(sides)
        size = {s: round(float(world.grievance[a, b]), DIGITS) for s, a, b in ((sides[0], i, j), (sides[1], j, i))}
        to = {} if name in room.quarrels else {"to": "quiet"}
        found.append(_event(room, "quarrel.found", name, "all", **to, set={"sides": sides, "grievance": size}))
    for s in [s for s in form.seats if s in world.states]:
        terms = _by_term(here[:, world.index(s)])
        found.append(_event(room, "year.briefed", year, seen_by_seats([s]), put={"seats": {s: {"before": terms}}}))
    return tuple(found)


def told(form: RoomForm, room: Room, years: Sequence[Lived], moves: Moves) -> tuple[Event, ...]:
    """Return the events of a year that is worked out: what happened, to each seat its terms, and what entered or ended."""
    lived, year = years[-1], str(room.year)
    record = lived.record
    keys = [name_of(m) for m in record.world.in_force]
    unread = {"unread": list(lived.unread)} if lived.unread else {}
    happened = [line(e) for e in record.events]
    seats = {s: _read_by(s, years) for s in record.world.states}
    found = [
        _event(
            room,
            "year.worked out",
            year,
            "all",
            to="worked out",
            set={"happened": happened, "blocker": record.blocker, **unread},
        ),
        _event(room, "year.kept", year, "F", set={"moves": moves.to_dict(), "seats": seats}),
        _event(room, "room.informed", "room", "all", set={"in_force": keys}),
    ]
    found += [
        _event(room, "year.read", year, seen_by_seats([s]), put={"seats": {s: seats[s]}})
        for s in form.seats
        if s in seats
    ]
    return (*found, *_treaties(room, lived, keys), *_exits(room, lived, moves))


def _read_by(seat: str, years: Sequence[Lived]) -> dict[str, Any]:
    """Return what a year did to a state by term: now, the year before, and had nothing new been signed."""
    lived = years[-1]
    k = lived.record.world.index(seat)
    found: dict[str, Any] = {
        "now": _by_term(lived.record.lived.components[:, k]),
        "nothing": _by_term(lived.nothing.components[:, k]),
    }
    if len(years) > 1 and seat in years[-2].record.world.states:
        before = years[-2].record
        found["last"] = _by_term(before.lived.components[:, before.world.index(seat)])
    return found


def _treaties(room: Room, lived: Lived, keys: Sequence[str]) -> list[Event]:
    found = []
    for name in lived.entered:
        treaty = room.treaties[name]
        data = {k: treaty.get(k) for k in ("parties", "makes", "ends")}
        found.append(_event(room, "treaty.entered", name, "all", to="in force", set=data))
        accession = room.item("accession", str(treaty.get("accession")))
        if accession is not None:
            found.append(_event(room, "accession.acceded", accession.id, "all", to="acceded", set=dict(accession.data)))
    for name in lived.failed:
        found.append(
            _event(room, "treaty.refused", name, seen_by_seats(room.treaties[name].get("parties")), to="refused")
        )
    for treaty in room.treaties.values():
        if treaty.state == "in force" and treaty.get("makes") and treaty.get("makes") not in keys:
            found.append(_event(room, "treaty.ended", treaty.id, "all", to="ended"))
    return found


def _exits(room: Room, lived: Lived, moves: Moves) -> list[Event]:
    left = {
        (e.actor, name_of(e.institution))
        for e in lived.record.events
        if e.happening is Happening.LEFT and e.institution
    }
    due = [w for w in room.all("withdrawal").values() if w.state == "leaving"]
    return [
        _event(room, "withdrawal.left" if gone else "withdrawal.void", w.id, "all", to="left" if gone else "void")
        for w in due
        for gone in [(str(w.get("state")), str(w.get("of"))) in left]
    ]


def line(event: Happened) -> dict[str, Any]:
    """Return what happened as plain data: text, who decided it, with which chance and draw, and the answers of all who were asked.

    Terms are not in it: a seat sees its own numbers only, until all are told.
    """
    key = name_of(event.institution) if event.institution is not None else ""
    found: dict[str, Any] = {
        "what": event.happening.value,
        "text": event.text,
        "actor": event.actor,
        "other": event.other,
        "key": key,
        "by": _by(event),
    }
    for name in ("probability", "draw", "size"):
        value = float(getattr(event, name))
        found |= {name: value} if value == value else {}
    found["answers"] = [
        {
            "state": d.decision.state,
            "action": d.decision.action,
            "yes": d.taken,
            "chance": d.decision.probability,
            "draw": d.draw,
            "by": "law" if d.seat is None else "people",
        }
        for d in event.decisions
    ]
    return found


def _by(event: Happened) -> str:
    if event.seated:
        return "people"
    if event.happening in (Happening.LEADER, Happening.SHOCK, Happening.BROKERED):
        return "chance"
    if any(d.seat is not None for d in event.decisions):
        return "people"
    return "law"
