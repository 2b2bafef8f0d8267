"""The debrief: where people departed from the law, what each decision turned, and the room beside the model and the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from foedus.council.adjudicate import past_of
from foedus.council.clauses import members_of
from foedus.council.council_year import course_of, lived_years
from foedus.council.exercises import read_exercise
from foedus.council.fold import Room
from foedus.council.lead_sheet import questions_of
from foedus.council.plain_words import in_line, in_short
from foedus.council.pressing_jointly import pressed_jointly
from foedus.council.room_form import RoomForm
from foedus.council.seats import Moves, moves_from
from foedus.council.told_of_rooms import lines_of
from foedus.council.turning_points import called_in_year, gathered, keys_of, turnings, who_in_year
from foedus.council.worth import likely
from foedus.simulation.trace import Happening
from foedus.vocabulary.prose import country, listing

RUNS: Final = 200
"""Runs of the model's lane (judged: shares are then within 7 points, two standard errors)."""


@dataclass(frozen=True)
class Departure:
    """A decision of people beside what the law would have done.

    Attributes
    ----------
    year : int
    state, action, key : str
    did : bool
        Whether it agreed, left or climbed.
    chance : float
        The law's chance that it would have.
    draw : float
        That fell.
    """

    year: int
    state: str
    action: str
    key: str
    did: bool
    chance: float
    draw: float

    @property
    def likely(self) -> float:
        """The law's chance of what was done."""
        return self.chance if self.did else 1.0 - self.chance

    @property
    def law_did(self) -> bool:
        """What the law would have done by the draw that fell."""
        return self.draw < self.chance


def all_moves(room: Room) -> tuple[Moves, ...]:
    """Return what people did in every year that was worked out."""
    last = room.years.get(str(room.year))
    now = (moves_from(last.get("moves")),) if last is not None and last.get("moves") else ()
    return (*past_of(room), *now)


_AT_DOORS: Final = ("let in", "apply")
"""What the model alone asks at a door that nobody in the room has knocked at: people who said nothing have not decided it."""


def departures(room: Room) -> tuple[Departure, ...]:
    """Return every decision of people, the one that the law held least likely first.

    Parameters
    ----------
    room : Room
        As the facilitator knows it; a seat does not know of treaties that others negotiated in private and refused.
    """
    found = [d for year in room.years.values() for h in lines_of(year) for d in _decided(int(year.id), h)]
    knocked = {str(a.get("newcomer")) for a in room.all("accession").values()}
    found = [d for d in found if d.did or d.action not in _AT_DOORS or knocked & {*members_of(d.key)}]
    return tuple(sorted(found, key=lambda d: (d.likely, d.year, d.state)))


def _decided(year: int, h: Mapping[str, Any]) -> Iterator[Departure]:
    for a in h["answers"]:
        if a["by"] == "people":
            yield Departure(year, a["state"], a["action"], h["key"], a["yes"], a["chance"], a["draw"])
    rungs = (Happening.RAISED.value, Happening.ANSWERED.value, Happening.CRISIS.value)
    if h["what"] in rungs and h["by"] == "people":
        yield Departure(year, h["actor"], h["what"], h["other"], True, h["probability"], h["draw"])


@dataclass(frozen=True)
class Beside:
    """One institution in the room and in the model's lane: in force at the end, and in which share of runs."""

    key: str
    in_room: bool
    share: float


def beside_the_model(form: RoomForm, room: Room, runs: int = RUNS) -> tuple[Beside, ...]:
    """Return what is in force at the end of the room, or often in the model's, beside the share of runs in which it is.

    Parameters
    ----------
    form : RoomForm
    room : Room
    runs : int
        Runs from the same start with every seat by law, each with other luck.
    """
    course, years = course_of(form), len(all_moves(room)) or 1
    counts: dict[str, int] = {}
    for run in range(runs):
        last = lived_years(replace(form, run=run, luck={}), [Moves()] * years, course)[-1]
        for key in keys_of(last):
            counts[key] = counts.get(key, 0) + 1
    known = dict.fromkeys((*room.in_force, *(k for k, n in counts.items() if n > runs / 10)))
    return tuple(
        sorted((Beside(k, k in room.in_force, counts.get(k, 0) / runs) for k in known), key=lambda b: (-b.share, b.key))
    )


def luck_said(form: RoomForm) -> str:
    """Return from which years on other draws fall than in the room from which this one goes on; nothing where none do."""
    if not form.luck:
        return ""
    years = listing([str(y) for y in form.luck])
    return f"Other luck from {years} on: this room goes on from another, and chance falls otherwise in it; what differs is not what people did alone."


def told_of_debrief(form: RoomForm, room: Room, runs: int = RUNS) -> str:
    """Return the debrief of a room as a page in Markdown.

    Parameters
    ----------
    form : RoomForm
    room : Room
        As the facilitator knows it.
    runs : int
        Of the model's lane.
    """
    moves = all_moves(room)
    lines = [f"# Debrief: {form.title or form.case}", "", "Levels are uncertain: read directions, and who blocks.", ""]
    lines += [luck_said(form), ""] if form.luck else []
    lines += ["## Decisions that departed most from the law", "", *(_departed(d) for d in departures(room)[:10]), ""]
    lines += ["## Turning points", "", *(_turned_line(*row) for row in gathered(turnings(form, moves))[:10]), ""]
    lines += [
        "## The room beside the model",
        "",
        f"Shares are of {runs} runs from the same start, every seat by law.",
        "",
        "| in force at the end | in the room | in the model's runs |",
        "|---|---|---|",
    ]
    lines += [
        f"| {in_line(b.key, called_in_year(room.year))} | {'yes' if b.in_room else 'no'} | {100 * b.share:.0f} % |"
        for b in beside_the_model(form, room, runs)
    ]
    lines += ["", *_record(form), *_heard(room)]
    return "\n".join(lines) + "\n"


def departed_said(d: Departure) -> str:
    """Return what people decided, as a sentence without its stop."""
    about = in_line(d.key, called_in_year(d.year))
    done = {
        "consent": ("signed", "did not sign"),
        "exit": ("left", "stayed in"),
        "apply": ("knocked at the door of", "did not knock at the door of"),
        "let in": ("let the newcomer into", "kept the newcomer out of"),
        Happening.RAISED.value: ("raised its quarrel with", "did not raise its quarrel with"),
        Happening.ANSWERED.value: ("answered in kind", "did not answer"),
        Happening.CRISIS.value: ("went on to a crisis with", "did not go on to a crisis with"),
    }.get(d.action, (d.action, f"not {d.action}"))[0 if d.did else 1]
    # the key of a rung is the other side
    return f"{who_in_year(d.state, d.year)} {done} {about if ' ' in d.key else called_in_year(d.year)(d.key)}"


def _departed(d: Departure) -> str:
    law = "the same" if d.law_did is d.did else "otherwise"
    return f"- {d.year}: {departed_said(d)}. The law would have done so with {likely(d.likely)}; by the draw that fell it would have decided {law}."


def _turned_line(year: int, said: str, says: str) -> str:
    lowered = said.startswith(("The ", "Any one of "))
    return f"- {year}: had it been that {said[:1].lower() + said[1:] if lowered else said}: {says}"


def _record(form: RoomForm) -> list[str]:
    if not form.exercise:
        return []
    exercise = read_exercise(form.exercise)
    told = [f"- {exercise.event(e).date}: {exercise.event(e).text}" for e in exercise.form.record]
    asks = [f"{n}. {words}" for n, words in enumerate(questions_of(exercise), 1)]
    return ["## The record", "", *told, "", "## Questions", "", *asks, ""]


def _heard(room: Room) -> list[str]:
    concerns = list(room.concerns.values())
    lines = [
        f"- {country(str(c.get('author')), room.year)}: {in_short(c.words.get('concern', '(erased)'), 120)} ({c.state})"
        for c in concerns
    ]
    jointly = [f"- {x}." for x in pressed_jointly(room)]
    broken = sum(t.get("broken") is not None for t in room.texts.values())
    held = [b for a in room.amendments.values() for b in a.get("objectors", {})]
    placed = sum(int(t.get("placed", 0)) for t in room.texts.values())
    silence = f"Silences placed: {placed}. Texts on which one was broken: {broken}."
    brackets = f"Brackets still held: {len(held)}."
    return ["## Who was heard", "", *(lines or ["- Nobody raised a concern."]), *jointly, "", silence, brackets, ""]
