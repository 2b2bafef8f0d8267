"""Briefs: what a seat knows at the start, filled from the numbers of the case and of its world; no number without an origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from foedus.casebook.case import Case, Fact
from foedus.council.clauses import read_clause
from foedus.council.council_year import course_of, standing_before, without_it
from foedus.council.exercises import Exercise
from foedus.council.how_to import what_you_do
from foedus.council.plain_words import institution, raised
from foedus.council.seats import Moves, institution_named, name_of
from foedus.council.worth import likely
from foedus.model.architecture import Architecture, Institution, Kind, Rule
from foedus.questions.made_of import fact_words
from foedus.simulation.decisions import consent_decisions
from foedus.simulation.formation import star
from foedus.simulation.trace import Happening
from foedus.simulation.year import Moment
from foedus.vocabulary.prose import country, likelihood, listing, possessive, the

IN_FORCE: Final = "What is in force"
"""Title of the part of a brief that a later year makes old."""


@dataclass(frozen=True)
class Stated:
    """A number as a brief states it, with where it is from.

    Attributes
    ----------
    text : str
        As it is written.
    value : float
    origin : str
        ``fact`` (of the case), ``gain`` or ``consent`` (worked out), ``budget`` (of the exercise, or a parameter).
    key : tuple of str
        Quantity, subject, and against whom, of a fact; state and institution of what is worked out.
    note : str
        Source with date, or why it was judged so, or how it was worked out.
    """

    text: str
    value: float
    origin: str
    key: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Line:
    """One sentence of a brief, with the numbers in it in their order."""

    words: str
    numbers: tuple[Stated, ...] = ()
    on_paper: bool = False
    """Whether it stands on paper alone: pages tell what has come to be in their own room."""


@dataclass(frozen=True)
class Part:
    """A heading with sentences below it."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Brief:
    """What a seat is handed.

    Attributes
    ----------
    seat : str
    title : str
    parts : tuple of Part
    """

    seat: str
    title: str
    parts: tuple[Part, ...]

    @property
    def numbers(self) -> tuple[Stated, ...]:
        """Every number in it."""
        return tuple(n for p in self.parts for line in p.lines for n in line.numbers)

    def markdown(self) -> str:
        """Return it as a page to print, each number with a note on its origin."""
        notes = list(dict.fromkeys(n.note for n in self.numbers))
        lines = [f"# {self.title}", ""]
        for part in self.parts:
            lines += [f"## {part.title}", ""]
            for line in part.lines:
                marks = "".join(f"[^{k}]" for k in dict.fromkeys(notes.index(n.note) + 1 for n in line.numbers))
                lines.append(f"- {line.words}{marks}")
            lines.append("")
        return "\n".join([*lines, *(f"[^{k}]: {n}" for k, n in enumerate(notes, 1)), ""])


def briefs(exercise: Exercise) -> tuple[Brief, ...]:
    """Return the brief of every seat, in the order of the seats; errors as :func:`foedus.council.council_year.course_of`."""
    course = course_of(exercise.room)
    case = course.case(exercise.room.first)
    moment = standing_before(exercise.room, (), Moves(), course)
    return tuple(_brief(exercise, case, moment, seat) for seat in exercise.room.seats)


def _brief(exercise: Exercise, case: Case, moment: Moment, seat: str) -> Brief:
    adversary = seat in exercise.room.adversaries
    own = _of_adversary(exercise, case, moment, seat) if adversary else _of_state(case, seat, exercise.room.seats)
    parts = [
        Part("What this is about", (Line(exercise.said("about")), Line(f"You sit for {_the(case, seat)}."))),
        Part("Where you stand", tuple(own)),
        Part(IN_FORCE, (*_in_force(moment, seat), *_news(moment))),
        Part("What you do", tuple(map(Line, what_you_do(exercise.room, seat)))),
        *([] if adversary else [Part("What it would be worth to you", tuple(_worth(exercise, moment, seat)))]),
        Part("What went before", tuple(_events(exercise, seat))),
        Part("What you want", tuple(Line(exercise.said(k)) for k in exercise.form.goals.get(seat, ()))),
    ]
    return Brief(
        seat, f"{exercise.said('title')}: {country(seat, case.as_of.year)}", tuple(p for p in parts if p.lines)
    )


def _the(case: Case, state: str) -> str:
    """Return the name of a state on the day of a case, as a sentence has it."""
    return the(country(state, case.as_of.year))


def _note(case: Case, fact: Fact) -> str:
    about = raised(fact_words(fact, case.as_of.year))
    if fact.judged is not None:
        return f"{about}, {fact.date}: judged. {fact.judged}"
    cited = "; ".join(case.sources[k].citation for k in fact.source if k in case.sources)
    return f"{about}, {fact.date}: {cited or 'the case'}"


def _fact(case: Case, quantity: str, subject: str, against: str | None, text: str) -> Stated:
    fact = case.fact(quantity, subject, against)
    key = (quantity, subject, *([against] if against else []))
    return Stated(text, fact.value, "fact", key, _note(case, fact))


def _unseated(case: Case, seats: Sequence[str]) -> str:
    """Return which states of a case have no seat in its exercise, as the end of a sentence about all of them."""
    apart = [_the(case, s) for s in case.states if s not in seats]
    who = listing(apart) if len(apart) <= _NAMED else str(len(apart))
    return f", of which {who} {'has' if len(apart) == 1 else 'have'} no seat" if apart else ""


def _of_state(case: Case, seat: str, seats: Sequence[str]) -> Iterator[Line]:
    gdp = case.fact("gdp", seat).value
    largest = sorted(case.states, key=lambda s: -case.fact("gdp", s).value).index(seat) + 1
    number = _fact(case, "gdp", seat, None, f"{gdp:,.0f}" if gdp >= 1000 else f"{gdp:.4g}")
    yield Line(
        f"Your product is {number.text} bn dollars of 2011, number {largest} of the {len(case.states)} states of the case{_unseated(case, seats)}.",
        (number,),
    )
    own = case.fact("sovereignty", seat).value
    number = _fact(case, "sovereignty", seat, None, f"{100 * own:.3g} %")
    yield Line(f"You control {number.text} of your own forces yourself.", (number,))
    for a in case.adversaries:
        trade = case.fact("trade", seat, a).value
        if trade == 0.0:
            continue
        number = _fact(case, "trade", seat, a, f"{100 * trade:.2g} %")
        yield Line(
            f"Your trade with {_the(case, a)} is {number.text} of your product; it is what you can be pressed with.",
            (number,),
        )
    for other in case.states:
        if (
            other != seat
            and max(case.fact("grievance", seat, other).value, case.fact("grievance", other, seat).value) > 0
        ):
            mine, theirs = (
                _fact(case, "grievance", *pair, f"{case.fact('grievance', *pair).value:.2g}")
                for pair in ((seat, other), (other, seat))
            )
            yield Line(
                f"Between you and {_the(case, other)} there is a grievance: {mine.text} on your side, {theirs.text} on theirs, of 1.",
                (mine, theirs),
            )


def _of_adversary(exercise: Exercise, case: Case, moment: Moment, seat: str) -> Iterator[Line]:
    given = exercise.room.budget
    size = float(moment.appraiser.parameters["coercion_budget"] if given is None else given)
    origin = "the parameter coercion_budget, judged" if given is None else "set for this exercise"
    number = Stated(f"{size:g}", size, "budget", (seat,), f"Budget for pressure, bn a year: {origin}")
    yield Line(f"You have {number.text} bn a year with which to press others.", (number,))
    for s in exercise.form.table.members:
        number = _fact(case, "trade", s, seat, f"{100 * case.fact('trade', s, seat).value:.2g} %")
        yield Line(f"{raised(possessive(_the(case, s)))} trade with you is {number.text} of its product.", (number,))
    year = case.as_of.year
    for proposed in _proposed(exercise)[:1]:
        asked = consent_decisions(moment.appraiser, proposed, without_it(moment, proposed))
        felt = [d for d in asked if case.fact("trade", d.state, seat).value > 0]
        weakest = min(felt or asked, key=lambda d: d.probability)
        note = f"Worked out by the model: consent to the {called(proposed, year)}, before any pressure"
        number = Stated(
            likely(weakest.probability), weakest.probability, "consent", (weakest.state, name_of(proposed)), note
        )
        yield Line(
            f"Of those who would have to sign the {called(proposed, year)}{' and trade with you' * bool(felt)}, {_the(case, weakest.state)} would agree least, with a chance of {number.text}.",
            (number,),
        )


def _in_force(moment: Moment, seat: str) -> Iterator[Line]:
    mine = [m for m in moment.world.in_force if seat in m.members]
    for m in mine:
        yield Line(f"You are in the {called(m, moment.year)}.")
    rest = len(moment.world.in_force) - len(mine)
    if not len(moment.world.in_force):
        yield Line("The model begins with nothing in force; everything is still to be founded.")
    elif rest and not mine:
        yield Line("Nothing that is in force binds you.")


def _news(moment: Moment) -> Iterator[Line]:
    """Yield what is new as the year opens by the draws of the exercise, in one sentence: its rooms begin with the same."""
    named = [the(country(e.actor, moment.year)) for e in moment.events if e.happening is Happening.LEADER]
    new = [f"new leaders, who see the threats anew, in {listing(named)}"] if named else []
    for e in moment.events:
        if e.happening is Happening.SHOCK:
            new.append(
                f"the quarrel of {listing([the(country(s, moment.year)) for s in (e.actor, e.other)])} flares up"
            )
    if new:
        yield Line(f"Drawn for {moment.year}: {'; '.join(new)}.", on_paper=True)


def called(m: Institution, year: int) -> str:
    """Return an institution in words: what it is, and whose, without its article; of many members, their number."""
    return institution(name_of(m), lambda s: the(country(s, year)), _NAMED).removeprefix("the ")


def _proposed(exercise: Exercise) -> list[Institution]:
    """Return what the first texts would found."""
    named = [a.clause for t in exercise.form.texts for a in t.articles if a.clause]
    form = exercise.room
    read = [read_clause(c, (*form.states, *form.adversaries), form.hub) for c in named]
    return [institution_named(c.makes) for c in read if c.makes]


def _worth(exercise: Exercise, moment: Moment, seat: str) -> Iterator[Line]:
    """Yield own gain and consent in three architectures: the star, a forum of the table, the first body that is tabled."""
    grown = star(moment.appraiser)
    hub = "you" if seat == exercise.room.hub else the(country(exercise.room.hub, moment.year))
    against = "no treaty at all" if not len(moment.world.in_force) else "what is in force"
    yield _gain_line(moment, grown, "star", f"The treaties of two that {hub} would conclude", seat, against)
    body = next(iter(_proposed(exercise)), None)
    if body is None:
        return
    if seat not in body.members:
        words = f"The {called(body, moment.year)}, founded without you,"
        yield _gain_line(
            moment, without_it(moment, body).having(body), name_of(body), words, seat, _PAIRS, without_it(moment, body)
        )
        return
    for one in (Institution(Kind.FORUM, body.members, Rule.CONSENSUS), body):
        decision = next(d for d in consent_decisions(moment.appraiser, one, without_it(moment, one)) if d.state == seat)
        gain = _gain(one, decision.gain, seat, moment.year)
        chance = _consent(one, decision.probability, seat, moment.year)
        yield Line(
            f"The {called(one, moment.year)} would be worth {gain.text} % of your product a year against {_PAIRS}, and a government in your place would agree to it with a chance of {chance.text}: {likelihood(chance.value)}.",
            (gain, chance),
        )


def _worked(m: Institution, year: int) -> str:
    return (
        f"Worked out by the model at the values in use: gain by the {called(m, year)} over the treaties of two, "
        "and consent to it before any pressure"
    )


def _two(value: float) -> str:
    """Return a gain with two digits and its sign; one that is nearly nothing has none."""
    return "0.00" if round(value, 2) == 0 else f"{value:+.2f}".replace("-", "−")


def _gain(m: Institution, value: float, seat: str, year: int) -> Stated:
    return Stated(_two(value), value, "gain", (seat, name_of(m)), _worked(m, year))


def _consent(m: Institution, value: float, seat: str, year: int) -> Stated:
    return Stated(likely(value), value, "consent", (seat, name_of(m)), _worked(m, year))


def _gain_line(
    moment: Moment,
    after: Architecture,
    key: str,
    words: str,
    seat: str,
    against: str,
    without: Architecture | None = None,
) -> Line:
    before = moment.world.in_force
    without = before if without is None else without
    k = moment.world.index(seat)
    value = float(
        moment.appraiser.appraise(after, before).utility[k] - moment.appraiser.appraise(without, before).utility[k]
    )
    number = Stated(
        _two(value),
        value,
        "gain",
        (seat, key),
        f"Worked out by the model: gain by {_STAR if key == 'star' else institution(key, lambda s: the(country(s, moment.year)), _NAMED)}, % of own product a year, at the values in use",
    )
    return Line(f"{words} would be worth {number.text} % of your product a year against {against}.", (number,))


def _events(exercise: Exercise, seat: str) -> Iterator[Line]:
    cited: dict[str, None] = {}
    for name in exercise.form.events:
        event = exercise.event(name)
        cited |= {
            exercise.case.sources[k].citation.rstrip("."): None for k in event.source if k in exercise.case.sources
        }
        mine = " You were part of it." if seat in event.actors else ""
        yield Line(f"{day(event.date)}: {event.text}{mine}")
    if exercise.form.events:
        yield Line(f"Source: {'; '.join(cited) or 'the case'}.")


def day(date: str) -> str:
    """Return a date of a case as people write it: ``4 April 1949``, ``April 1949``, ``1949``."""
    year, month, number = (*date.split("-"), "", "")[:3]
    named = _MONTHS[int(month) - 1] if month else ""
    return " ".join(p for p in (number.lstrip("0"), named, year) if p)


_NAMED: Final = 5
"""Members of an institution that a brief names; of more there is their number."""
_STAR: Final = "treaties of two alone"
_PAIRS: Final = "those treaties of two"
"""What a council or a forum is measured against: the line before says what those are worth."""
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
