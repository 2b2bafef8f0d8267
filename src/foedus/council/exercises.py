"""Exercises: rooms that are ready to be opened, built in or one's own, each a case with seats, texts, injects and a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from foedus.casebook.case import Case, Event
from foedus.casebook.reader import read_case
from foedus.casebook.yaml_file import Document, check_form, read_document
from foedus.council.acts import FACILITATOR, Act, No, joined
from foedus.council.clauses import read_clause
from foedus.council.exercise_form import ExerciseForm, FirstText, InjectForm
from foedus.council.fold import Room
from foedus.council.procedures.inject import UPON
from foedus.council.room_form import RoomForm, at_the_table, form_of
from foedus.vocabulary.errors import FoedusError, fail, nearest

_LAID_IN = ("opening", "consultation", "table")
"""Phases in which the table of an exercise is laid: whoever goes on before the model has opened the year finds it all the same."""


@dataclass(frozen=True)
class Exercise:
    """An exercise that was read and found sound.

    Attributes
    ----------
    form : ExerciseForm
    words : mapping of str to str
        Sentences by key.
    case : Case
        In its first year.
    room : RoomForm
    """

    form: ExerciseForm
    words: Mapping[str, str]
    case: Case
    room: RoomForm

    def said(self, key: str) -> str:
        """Return the words of a key."""
        return self.words[key]

    def event(self, name: str) -> Event:
        """Return an event of the case by id."""
        return next(e for e in self.case.events if e.id == name)


def exercises_folder() -> Path:
    """Return the folder of built-in exercises."""
    return Path(str(files("foedus.library"))) / "exercises"


def exercise_names() -> tuple[str, ...]:
    """Return the names of the built-in exercises."""
    return tuple(sorted(p.parent.name for p in exercises_folder().glob("*/exercise.yaml")))


def read_exercise(name: str | Path, plan: str = "", seed: int | None = None, run: int | None = None) -> Exercise:
    """Return an exercise by name or folder.

    Parameters
    ----------
    name : str or Path
    plan : str
        Length of the plan, such as ``90``; the first that it has where empty.
    seed, run : int, optional
        Of the draws, instead of its own.

    Raises
    ------
    FoedusError
        There is no such exercise, or something in it is wrong; all that is wrong at once, each with its line.
    """
    own = (Path(name) / "exercise.yaml").is_file()  # a folder of a printed pack has the name of its exercise as well
    folder = Path(name) if own else exercises_folder() / str(name)
    if not (folder / "exercise.yaml").is_file():
        raise fail(f"exercise '{name}'", "there is no such exercise or folder", nearest(str(name), exercise_names()))
    document, spoken = read_document(folder / "exercise.yaml"), read_document(folder / "words.yaml")
    form: Any = None if document.problems else check_form(document, ExerciseForm, document.data)
    words = dict(_words(spoken))
    if form is None or document.problems or spoken.problems:
        raise FoedusError([*document.problems, *spoken.problems])
    case = read_case(form.case)
    room = room_of(form, case, plan, words.get("title", form.name), str(folder) if own else form.name)
    _check(document, form, words, case, room)
    if document.problems:
        raise FoedusError(document.problems)
    luck = replace(room, seed=room.seed if seed is None else seed, run=room.run if run is None else run)
    return Exercise(form, words, case, luck)


def _words(document: Document) -> Iterator[tuple[str, str]]:
    if document.problems:
        return
    if not isinstance(document.data, Mapping):
        document.problem((), "there are no words", "Write a sentence for each key of the exercise")
        return
    for key, words in document.data.items():
        if key == "foedus":
            continue
        if not isinstance(words, str):
            document.problem((key,), "this is no sentence", "Write it as text")
        else:
            yield str(key), words


def room_of(form: ExerciseForm, case: Case, plan: str, title: str, name: str) -> RoomForm:
    """Return the form of the room of an exercise; errors as :func:`foedus.council.room_form.form_of`."""
    if plan and plan not in form.plans:
        raise fail(f"plan '{plan}'", "this exercise has no plan of that length", nearest(plan, form.plans))
    length = plan or next(iter(form.plans), "")
    return form_of(
        {
            "case": form.case,
            "first": form.first,
            "last": form.first + years_of(form, length) - 1,
            "states": case.states,
            "adversaries": case.adversaries,
            "hub": case.hub,
            "seats": tuple(form.seats),
            "rules": at_the_table(form.rules),
            "seed": form.seed,
            "blank_slate": form.blank_slate,
            "exercise": name,
            "title": title,
            "plan": form.plans.get(length, {}),
            "budget": form.budget,
            "begins": form.begins,
        }
    )


def years_of(form: ExerciseForm, length: str) -> int:
    """Return how many years the plan of a length plays."""
    return form.years.get(length, form.last - form.first + 1)


def minutes_of(form: ExerciseForm, length: str) -> float:
    """Return the minutes that the plan of a length takes in all: the phases of every year, the pauses between, the debrief."""
    years, minutes = years_of(form, length), form.plans[length]
    once = {"pause": years - 1, "debrief": 1}
    return sum(m * once.get(phase, years) for phase, m in minutes.items())


def _check(document: Document, form: ExerciseForm, words: Mapping[str, str], case: Case, room: RoomForm) -> None:
    events, states = {e.id for e in case.events}, (*case.states, *case.adversaries)
    for path, key in _keys(form):
        if key not in words:
            document.problem(path, f"there are no words for '{key}' in words.yaml", nearest(key, words))
    for path, event in _events(form):
        if event not in events:
            document.problem(path, f"the case {form.case} has no event '{event}'", nearest(event, events))
    for k, text in enumerate(form.texts):
        if text.by not in form.table.members:
            document.problem(
                ("texts", k, "by"), f"{text.by} does not sit at the table", nearest(text.by, form.table.members)
            )
        for j, article in enumerate(text.articles):
            try:
                if article.clause:
                    read_clause(article.clause, states, case.hub)
            except No as no:
                document.problem(("texts", k, "articles", j, "clause"), no.sentence.rstrip("."))
    _check_injects(document, form, states)
    for length in [k for k in form.years if k not in form.plans]:
        document.problem(("years", length), "there is no plan of that length", nearest(length, form.plans))
    for length in form.plans:
        if minutes_of(form, length) > float(length):
            document.problem(("plans", length), f"its phases take {minutes_of(form, length):g} minutes in all")
    known = {k for goals in form.goals.values() for k in goals}
    for key in [k for k in form.met if k not in known]:
        document.problem(("met", key), "no seat has this goal", nearest(key, known))
    for state in [s for s in form.goals if s not in room.seats]:
        document.problem(("goals", state), f"{state} has no seat", nearest(state, room.seats))


def _check_injects(document: Document, form: ExerciseForm, states: Sequence[str]) -> None:
    """Say what is wrong with when the injects of an exercise come."""
    for k, inject in enumerate(form.injects):
        if inject.phase and inject.upon:
            document.problem(("injects", k, "upon"), "it has a phase already", "Say one of phase and upon")
        if inject.upon and inject.upon not in UPON:
            document.problem(("injects", k, "upon"), f"nothing waits for '{inject.upon}'", nearest(inject.upon, UPON))
        if inject.by and not inject.upon:
            document.problem(
                ("injects", k, "by"), "a state does something that is waited for", "Say upon what it comes"
            )
        elif inject.by and inject.by not in states:
            document.problem(("injects", k, "by"), f"there is no state '{inject.by}'", nearest(inject.by, states))


def _keys(form: ExerciseForm) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("name",), "title"
    yield ("name",), "about"
    yield ("table", "title"), form.table.title
    for k, text in enumerate(form.texts):
        yield ("texts", k, "title"), text.title
        yield from ((("texts", k, "articles", j, "words"), a.words) for j, a in enumerate(text.articles))
    yield from ((("injects", k, "words"), i.words) for k, i in enumerate(form.injects) if i.words)
    for name in ("learns", "asks", "wrong"):
        yield from (((name, k), key) for k, key in enumerate(getattr(form, name)))
    for state, goals in form.goals.items():
        yield from ((("goals", state, k), key) for k, key in enumerate(goals))


def _events(form: ExerciseForm) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for name in ("events", "record"):
        yield from (((name, k), e) for k, e in enumerate(getattr(form, name)))
    yield from ((("injects", k, "event"), i.event) for k, i in enumerate(form.injects) if i.event)


def setting(exercise: Exercise, room: Room) -> tuple[Act, ...]:
    """Return the acts by which an exercise lays its table: injects at once, table and texts when the first year has opened.

    Each is there until it is done, so that whoever does them does each once.

    Parameters
    ----------
    exercise : Exercise
    room : Room
        As the facilitator knows it.
    """
    form = exercise.form
    there = {i.get("name") for i in room.all("inject").values()}
    injects = tuple(_inject(exercise, k, i) for k, i in enumerate(form.injects) if f"exercise {k}" not in there)
    if room.phase not in _LAID_IN or room.year != form.first or str(room.year) not in room.years:
        return injects
    tables = [t for t in room.tables.values() if t.by == FACILITATOR]  # not by their words, which can be erased
    if not tables:
        body = {"members": list(form.table.members), "chair": form.table.chair, "public": form.table.public}
        return (
            *injects,
            Act("table.convene", FACILITATOR, body, exercise.said(form.table.title), key="exercise table"),
        )
    laid = sum(t.by == FACILITATOR and t.get("table") == tables[0].id for t in room.texts.values())
    texts = (_text(exercise, tables[0].id, k, t) for k, t in enumerate(form.texts) if k >= laid)
    return (*injects, *texts)


def _inject(exercise: Exercise, k: int, given: InjectForm) -> Act:
    words = exercise.event(given.event).text if given.event else exercise.said(str(given.words))
    body: dict[str, Any] = {"what": given.what, "name": f"exercise {k}"}
    for name, value in (
        ("when", given.phase),
        ("upon", given.upon),
        ("by", given.by),
        ("states", given.states),
        ("address", given.address),
        ("value", given.value),
        ("hands", given.hands),
        ("to", given.to),
    ):
        body |= {name: value} if value else {}
    return Act("inject.prepare", FACILITATOR, body, words, key=f"exercise inject {k}")


def _text(exercise: Exercise, table: str, k: int, given: FirstText) -> Act:
    words = joined([exercise.said(given.title), *(exercise.said(a.words) for a in given.articles)])
    body = {"table": table, "articles": [a.clause for a in given.articles], "for": given.by}
    return Act("text.table", FACILITATOR, body, words, key=f"exercise text {k}")
