"""Adjudication: the model as a room asks it; what it answers for whom nobody plays, and the year as events."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import numpy as np

from foedus.council.acts import FACILITATOR, MODEL, Act, Event, No
from foedus.council.bands import Band, Bands, changed_by
from foedus.council.clauses import Clause, parts_of_key, read_clause
from foedus.council.council_year import course_of, lived_years, standing_before, without_it
from foedus.council.exercises import read_exercise, setting
from foedus.council.felt_by_treaty import felt_told
from foedus.council.fold import Item, Room
from foedus.council.inject_effects import Effect, Foreseen
from foedus.council.plain_words import called_in, raised
from foedus.council.procedures.adoption import awaited, clauses_of
from foedus.council.procedures.machine import PLAYED
from foedus.council.procedures.phases import hurried, worth_is_shown
from foedus.council.procedures.roles import unplayed
from foedus.council.room_form import RoomForm
from foedus.council.seats import Moves, brought_in, institution_named, law_in, moves_from, moves_of
from foedus.council.workings import MADE_OF, made_of, named
from foedus.council.worth import Worth, likely, signed
from foedus.council.year_events import by_term, opening, restated, told
from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.simulation.decisions import Decision, consent_decisions
from foedus.simulation.doors import common_at_doors, entry
from foedus.simulation.formation import shared
from foedus.simulation.trace import Drawn
from foedus.simulation.will import mood_of
from foedus.simulation.year import Moment


def clauses_on_tables(room: Room) -> tuple[str, ...]:
    """Return the clauses of all texts that are open or adopted, of their brackets, and of what is offered to them."""
    found: dict[str, None] = {}
    for text in room.texts.values():
        if text.state not in ("withdrawn", "lapsed"):
            found |= dict.fromkeys(str(a["clause"]) for a in text.get("articles", ()) if a.get("clause"))
    for item in room.amendments.values():
        if item.state in ("offered", "bracketed") and item.get("clause"):
            found[str(item.get("clause"))] = None
    return tuple(found)


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
        self.course, self.made_of = course_of(form), made_of(form)
        self.exercise = read_exercise(form.exercise) if form.exercise else None
        self._known: dict[str, Moment] = {}
        self._worths: dict[str, tuple[Moment, Mapping[str, Worth]]] = {}
        self._bands = Bands(form)
        self._foreseen = Foreseen(form)

    def moment(self, room: Room) -> Moment:
        """Return the year that is played as it has begun, before anybody decides."""
        past, told = past_of(room), brought_in(room)
        key = json.dumps([[m.to_dict() for m in past], told.to_dict()], sort_keys=True)
        if key not in self._known:
            self._known = {key: standing_before(self.form, past, told, self.course)}
        return self._known[key]

    def answers(self, room: Room) -> tuple[Act, ...]:
        """Return what the model does now: answers of unplayed seats that are asked, and the step from year to reading."""
        if room.paused or room.phase == "closed":
            return ()
        found: list[Act] = list(setting(self.exercise, room)) if self.exercise is not None else []
        found += rehearsed(room) if room.form.rules.clock == "seat" else ()
        if room.phase in ("set up", "lobby"):
            return tuple(found)
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
            if verb == "speak":
                break  # one voice is enough: the text is open again
        return found

    def _says(
        self, room: Room, by: str, seat: str, drawn: Sequence[Drawn], worst: Drawn | None
    ) -> tuple[str, str | None]:
        agrees = all(d.taken for d in drawn)
        if by == "vote":
            return ("yes" if agrees else "no"), None
        if by == "consensus":
            return ("join", None) if agrees else ("object", _reason(raised(called_in(room)(seat)), worst))
        speaks = law_in(self.form, room.year).chance.uniform("speaks", seat, room.year) < self.form.rules.breaking
        return ("keep", None) if agrees or not speaks else ("speak", _reason(raised(called_in(room)(seat)), worst))

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
        law, year = law_in(self.form, room.year), room.year
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
        against = without_it(moment, institution)
        return next(d for d in consent_decisions(moment.appraiser, institution, against) if d.state == seat)

    def worth(self, room: Room, words: str, seat: str) -> Worth:
        """Return what a clause would be worth to a state: a body or forum against the star that the hub would build without it.

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
        moment = self.moment(room)
        if seat not in moment.world.states:
            raise No("worth", f"{seat} is no ally; the model has no terms for it.")
        return self._worth_of(moment, words)[seat]

    def worths(self, room: Room) -> Mapping[str, Mapping[str, Worth]]:
        """Return what every clause that lies on a table would be worth, by its words and by state; nothing where that is hidden.

        Parameters
        ----------
        room : Room
            As the facilitator knows it.
        """
        clauses = clauses_on_tables(room) if worth_is_shown(room) and room.phase in PLAYED else ()
        if not clauses:
            return {}
        found, moment = {}, self.moment(room)
        for words in clauses:
            try:
                found[words] = self._worth_of(moment, words)
            except No:
                continue  # words that change nothing that is in force are worth nothing that the model knows
        return found

    def bands(self, room: Room) -> Mapping[str, Mapping[str, Band]]:
        """Return between which sums the worth of every clause lies in most draws of what is judged; see :meth:`worths`.

        Parameters
        ----------
        room : Room
            As the facilitator knows it.
        """
        found, form = {}, self.form
        for words in clauses_on_tables(room) if worth_is_shown(room) and room.phase in PLAYED else ():
            try:
                clause = read_clause(words, (*form.states, *form.adversaries), form.hub)
                found[words] = self._bands.of(clause, past_of(room), brought_in(room))
            except No:
                continue
        return found

    def effects(self, room: Room) -> Mapping[str, Effect]:
        """Return what every inject that is prepared would do, by its id; for the facilitator alone.

        Parameters
        ----------
        room : Room
            As the facilitator knows it.
        """
        return self._foreseen.of(room, past_of(room), clauses_on_tables(room))

    def _worth_of(self, moment: Moment, words: str) -> Mapping[str, Worth]:
        """Return what a clause would be worth to each state, worked out once a moment."""
        known = self._worths.get(words)
        if known is not None and known[0] is moment:
            return known[1]
        form = self.form
        clause = read_clause(words, (*form.states, *form.adversaries), form.hub)
        before = moment.world.in_force
        without, after = changed_by(moment, clause)
        here = moment.appraiser.appraise(without, before).components
        terms = moment.appraiser.appraise(after, before).components - here
        chances = self._chances(moment, clause)
        star = clause.verb in ("body", "forum")
        found = {s: Worth(by_term(terms[:, k]), chances.get(s), star) for k, s in enumerate(moment.world.states)}
        self._worths = {w: v for w, v in self._worths.items() if v[0] is moment} | {words: (moment, found)}
        return found

    def _chances(self, moment: Moment, clause: Clause) -> dict[str, float]:
        """Return the law's chance that each state that is asked agrees, before any pressure."""
        common = common_at_doors(moment.appraiser)
        if clause.verb == "admit" and common is not None:
            found = entry(moment.appraiser, institution_named(clause.key), clause.state, common)
            return {d.state: d.probability for d in (found.applies, *found.lets_in)}
        if not clause.founds:
            return {}
        institution = institution_named(clause.makes)
        asked = consent_decisions(moment.appraiser, institution, without_it(moment, institution))
        return {d.state: d.probability for d in asked}

    def year(self, room: Room) -> tuple[Event, ...] | None:
        """Return the events that open a year, or that tell it worked out; None while neither is asked for."""
        known = room.years.get(str(room.year))
        if room.phase in ("opening", "consultation", "table", "orders") and known is None and not room.paused:
            return opening(self.form, room, self.moment(room), self.made_of)
        if room.phase in PLAYED and known is not None and known.state == "opened" and not room.paused:
            anew = named(self.made_of).keys() - known.get(MADE_OF, {}).keys()
            felt = felt_told(room, self.moment(room)) if room.phase == "orders" and room.pressures else ()
            return (*((restated(room, self.made_of),) if anew else ()), *felt) or None
        if room.phase == "year" and not room.paused and (known is None or known.state == "opened"):
            past = past_of(room)
            moves = moves_of(room)
            return told(self.form, room, lived_years(self.form, [*past, moves], self.course), moves, self.made_of)
        return None


def rehearsed(room: Room) -> tuple[Act, ...]:
    """Return what happens by itself where one person rehearses: injects come in their phase, and no clock is waited for."""
    acts = [
        Act("inject.fire", FACILITATOR, {"id": i.id}, key=f"rehearsal {i.id}")
        for i in room.all("inject").values()
        if i.state == "prepared" and i.get("when") == room.phase and room.year == room.form.first
    ]
    if hurried(room):
        acts.append(Act("room.hurry", MODEL, {"id": "room"}))
    return tuple(acts)


def _founding_clause(treaty: Item) -> Clause:
    if treaty.get("replaces"):
        return Clause("admit", state=str(treaty.get("newcomer")), key=str(treaty.get("replaces")))
    kind, rule, members, depth = parts_of_key(str(treaty.get("makes")))
    return Clause(kind, members, rule, depth)


def _reason(name: str, worst: Drawn | None) -> str:
    if worst is None:
        return f"{name} does not agree."
    d = worst.decision
    low = MECHANISMS[COMPONENTS[int(np.argmin(d.terms))]].label
    return f"{name} would agree with a chance of {likely(d.probability)}, and chance drew {likely(worst.draw)}, which is above it and so a no; what weighs most against it is {low} ({signed(float(d.terms.min()))} % of GDP)."


def past_of(room: Room) -> tuple[Moves, ...]:
    """Return what people did in the years before this one, as it was kept with them."""
    years = [room.years[str(y)] for y in range(room.form.first, room.year) if str(y) in room.years]
    return tuple(moves_from(y.get("moves")) for y in years if y.get("moves"))
