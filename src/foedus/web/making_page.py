"""A case of one's own: a case or the data as a beginning, judged numbers asked one at a time, and the files to take along."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from foedus.archive.opening import open_source
from foedus.archive.record_case import REGIONS
from foedus.asking.ask import Ask
from foedus.asking.new_case import files_from_data
from foedus.casebook.case import Case, Fact
from foedus.casebook.filled_in import NOTHING, TRUSTS, case_of, filled_in
from foedus.casebook.in_force import map_chart
from foedus.casebook.new import copied, name_of
from foedus.casebook.packed import packed
from foedus.casebook.quantities import QUANTITIES
from foedus.casebook.reader import case_names
from foedus.questions.body_by_hand import fine
from foedus.questions.made_of import fact_words
from foedus.questions.said_freely import fact_said
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.numbers import Quantity
from foedus.vocabulary.prose import country
from foedus.vocabulary.tables import shown
from foedus.web.address import no_form
from foedus.web.answer_page import treaties
from foedus.web.framed import framed
from foedus.web.glances import glance, seen
from foedus.web.held import Held
from foedus.web.making import CAST, PATH, Making, name_in, read, strangers
from foedus.web.picking import picked
from foedus.web.shown import charted
from foedus.web.view import Shown

_SHORT: Final = 1.0
"""Width of a scale that is shown whole (judged: that of a share; of anything longer the part around the range)."""

_HEARD: Final = 12
"""Letters of a reason from which on the reader of cases takes it for one."""


def own_case(held: Held, request: Request, form: str = "") -> Response:
    """Return the page on which a case is made, or the case as an archive; errors as the reader of its address."""
    made = read(request.url.query, held.first)
    if made.base:
        held.case(made.base)
    if form == "zip":
        files = filled_in(_base(held, made), made.answers)
        attached = {"content-disposition": f'attachment; filename="{made.name}.zip"'}
        return Response(packed(files, made.name), headers=attached, media_type="application/zip")
    if form == "yaml":
        files = filled_in(_base(held, made), made.answers)
        parts = (f"---\n# {name}\n{text.rstrip()}\n" for name, text in files.items())
        return Response("".join(parts), media_type="application/yaml")
    if form:
        raise no_form(form, ("zip", "yaml"))
    problems: list[Problem] = []
    try:
        if wrong := strangers(made):
            raise FoedusError(wrong)
        files = _base(held, made)
    except FoedusError as error:
        return framed(held, _shown(held, made, {}, None, list(error.problems)), None)
    before, _ = case_of(files, Path(made.name))
    if made.at and " " in made.at and before is not None:
        return RedirectResponse(held.prefix + made.link(key_of(fact_said(before, made.at))), 303)
    if made.typed and made.at and before is not None:
        taken, problems = _taken(made, files, before)
        if not problems:
            return RedirectResponse(held.prefix + taken.link(), 303)
    return framed(held, _shown(held, made, files, before, problems), None)


def _base(held: Held, made: Making) -> dict[str, str]:
    """Return the files that the case begins with; errors as those of the case, or of the data."""
    name = name_of(made.name)
    if made.base:
        return copied(held.folders[made.base], name)
    listed = ([s.strip() for s in w.split(",") if s.strip()] for w in (made.states, made.adversaries))
    words = (made.region, int(made.year), *map(tuple, listed), made.hub)
    found: dict[str, str] = held.shelf.get(("data", name, words), lambda: files_from_data(name, *words))  # type: ignore[arg-type]
    return found


def asked(case: Case) -> list[Fact]:
    """Return the numbers of a case that are judged, in the order in which they are asked."""
    return [f for f in case.facts if f.judged is not None and f.low is not None and f.high is not None]


def key_of(fact: Fact) -> str:
    """Return a number as answers name it."""
    return ".".join(filter(None, (fact.subject, fact.quantity, fact.against)))


def _taken(made: Making, files: dict[str, str], before: Case) -> tuple[Making, list[Problem]]:
    """Return what becomes of the fields of one number: the next one is asked, unless something is wrong with this one."""
    typed, name = made.typed, made.at
    if typed.get("do") in ("keep", "undo"):
        kept = made if typed["do"] == "keep" else made.with_answer(name)
        return replace(kept, typed={}, at=_next(before, name)), []
    if typed.get("how") == "measured":
        taken, problems = _measured(made, name, typed)
    else:
        taken, problems = _judged(made, name, typed, before)
    if problems:
        return made, problems
    try:
        _, problems = case_of(filled_in(files, taken.answers), Path(made.name))
    except FoedusError as error:
        problems = list(error.problems)
    return replace(taken, at=_next(before, name)), problems


def _judged(made: Making, name: str, typed: Any, before: Case) -> tuple[Making, list[Problem]]:
    value, low, high, reason = (typed.get(w, "") for w in ("value", "low", "high", "reason"))
    problems = [
        Problem(w, "it is needed", "A judged number needs all of them")
        for w in ("value", "low", "high")
        if not typed.get(w)
    ]
    if len(reason) < _HEARD:
        problems.append(
            Problem("reason", "one cannot go on without a reason", "Say in a sentence what the number rests on")
        )
    now = next((f for f in before.facts if key_of(f) == name), None)
    if now is not None and reason == now.judged and [value, low, high] != [*_written(now)]:
        was = "it was given for {}, {} to {}, and not for yours".format(*_written(now))
        problems.append(Problem("reason", was, "Say what yours rests on"))
    given = f"{name}={value} from {low} to {high}: {reason}"
    same = now is not None and [value, low, high, reason] == [*_written(now), now.judged]
    return made.with_answer(name, judge="" if same else given), problems


def _measured(made: Making, name: str, typed: Any) -> tuple[Making, list[Problem]]:
    source = typed.get("key", "") if typed.get("source") in ("", "new", None) else typed["source"]
    problems = [Problem(w, "it is needed", f"Say the {w} of the number") for w in ("value", "date") if not typed.get(w)]
    problems += (
        [] if source else [Problem("source", "it is needed", "Name one that is there, or a new one with its citation")]
    )
    taken = made.with_answer(name, measure=f"{name}={typed.get('value', '')} in {typed.get('date', '')} by {source}")
    if source == typed.get("key") and typed.get("citation"):
        trust = typed.get("trust", TRUSTS[0])
        others = tuple(c for c in made.cite if name_in(c) != source)
        told = f"{source}={typed['citation']}" + (f" ({trust})" if trust != TRUSTS[0] else "")
        taken = replace(taken, cite=(*others, told))
    return taken, problems


def _next(case: Case, name: str) -> str:
    """Return the judged number after one; none after the last, and after one that is not judged."""
    order = [key_of(f) for f in asked(case)]
    return order[order.index(name) + 1] if name in order[:-1] else ""


def _written(fact: Fact) -> tuple[str, str, str]:
    return tuple("" if v is None else f"{v:.10g}" for v in (fact.value, fact.low, fact.high))  # type: ignore[return-value]


def _shown(held: Held, made: Making, files: dict[str, str], before: Case | None, problems: list[Problem]) -> Shown:
    case, wrong = before, list(problems)
    if files:
        try:
            case, found = case_of(filled_in(files, made.answers), Path(made.name))
            wrong += found
        except FoedusError as error:
            wrong += error.problems
    if case is not None and made.region:
        held.limits.check_states(len(case.states), made.command(""))
    own = made.base if made.base in case_names() else str(held.folders.get(made.base, made.base))
    whole = case is not None and not wrong
    pick = picked(held.prefix, made, case)
    words: dict[str, Any] = {
        "pick": pick,
        "path": held.prefix + PATH,
        "m": made,
        "bases": [(n, t, n == made.base) for n, t in held.titles().items()],
        "no_data": not _data_there(),
        "regions": [(r, r.replace("-", " "), r == made.region) for r in REGIONS],
        "problems": [_said(p) for p in wrong],
        "called": case.title if case is not None else "",
        "question": case.question if case is not None else "",
        "as_of": case.as_of if case is not None else "",
        "hidden": [(k, v) for k, v in made.pairs("") if k not in ("name", "title", "question")],
        "all_hidden": made.pairs(""),
        "changes": _chips(held, made),
        "numbers": _numbers(held, made, case) if case is not None else [],
        "measured": [(fact_words(f), shown(f.value), made.link(key_of(f))) for f in case.facts if f.judged is None]
        if case is not None
        else [],
        "others": [(key_of(f), fact_words(f)) for f in case.facts] if case is not None else [],
        "one": _one(held, made, case, before) if case is not None and made.at else None,
        "map": held.shelf.get(treaties(case), lambda: charted(map_chart(case), 640.0, 350.0))
        if case is not None and (pick is None or made.at)
        else (),
        "answers": _answers(held, case, files, made) if whole and case is not None else "",
        "download": made.link(form="zip") if whole else "",
        "whole": whole,
        "cited_title": f"A case of one's own, {made.name}, begun from {made.base or made.region}",
        "cited_link": held.prefix + made.link(),
        "take": [("the case (ZIP)", made.link(form="zip")), ("the case (YAML)", made.link(form="yaml"))]
        if whole
        else [],
    }
    command = made.command(own) if whole else ""
    return Shown("making.html", "A case of your own", words, command)


def _data_there() -> bool:
    """Return whether there are historical data on this machine."""
    try:
        open_source()
    except FoedusError:
        return False
    return True


def _said(problem: Problem) -> tuple[str, str]:
    """Return a problem as the page says it, and the field that it leads to; the line of a file stands at its end."""
    fields = ("value", "low", "high", "reason", "date", "source", "key", "citation", "year", *CAST)
    if problem.where in fields:
        return str(replace(problem, where=problem.where.capitalize())), problem.where
    return str(problem), ""


def _chips(held: Held, made: Making) -> list[tuple[str, str]]:
    """Return every answer that is given, each with the address of the page without it."""
    found = [(f"{name_in(w)} judged", made.with_answer(name_in(w))) for w in made.judge]
    found += [(f"{name_in(w)} measured", made.with_answer(name_in(w))) for w in made.measure]
    found += [(f"source {name_in(w)}", replace(made, cite=tuple(c for c in made.cite if c != w))) for w in made.cite]
    return [(words, held.prefix + less.link()) for words, less in found]


def _numbers(held: Held, made: Making, case: Case) -> list[tuple[str, list[tuple[str, str, str, bool, bool]]]]:
    """Return the judged numbers by quantity: words, value, address, whether it is answered, and whether it is asked now."""
    answered = {name_in(w) for w in (*made.judge, *made.measure)}
    groups: dict[str, list[tuple[str, str, str, bool, bool]]] = {}
    for f in asked(case):
        key = key_of(f)
        words = " – ".join(country(s, case.as_of.year) for s in (f.subject, f.against) if s)
        row = (words, shown(f.value), made.link(key), key in answered, key == made.at)
        groups.setdefault(f.quantity.replace("_", " "), []).append(row)
    return list(groups.items())


def _one(held: Held, made: Making, case: Case, before: Case | None) -> dict[str, Any]:
    """Return the number that is asked now, with what stands in its fields.

    Raises
    ------
    FoedusError
        The case has no such number.
    """
    known = {key_of(f): f for f in case.facts}
    if made.at not in known:
        raise fail(f"'{made.at}'", "the case has no such number", nearest(made.at, known))
    fact = known[made.at]
    order = [key_of(f) for f in asked(before or case)]
    place = order.index(made.at) + 1 if made.at in order else 0
    value, low, high = _written(fact)
    there = {
        "value": value,
        "low": low,
        "high": high,
        "reason": fact.judged or "",
        "date": fact.date,
        "trust": TRUSTS[0],
    }
    there |= {
        "how": "measured" if fact.judged is None else "judged",
        "source": next(iter(fact.source), ""),
        "key": "",
        "citation": "",
    }
    typed = {w: made.typed.get(w, v) for w, v in there.items()}
    quantity = QUANTITIES[fact.quantity].quantity
    words = fact_words(fact, case.as_of.year)
    return {
        "title": words[:1].upper() + words[1:],
        "meaning": f"{quantity.meaning[:1].upper()}{quantity.meaning[1:]}. {_scale(quantity)}",
        "scale": _slid(quantity, *(v for v in (fact.value, fact.low, fact.high) if v is not None)),
        "place": f"{place} of {len(order)} judged numbers" if place else "",
        "typed": typed,
        "sources": [(k, f"{k}: {s.citation[:70]}") for k, s in case.sources.items()],
        "trusts": TRUSTS,
        "answered": made.at in {name_in(w) for w in (*made.judge, *made.measure)},
        "back": made.link(order[place - 2]) if place > 1 else "",
        "note": fact.note,
    }


def _scale(quantity: Quantity) -> str:
    """Return in what a quantity is counted, and what it can be."""
    span = f"{quantity.low:g} to {quantity.high:g}"
    return f"From {span}." if quantity.unit in ("0-1", "share") else f"In {quantity.unit}, {span}."


def _slid(quantity: Quantity, *values: float) -> str:
    """Return the scale of the sliders of a number: its least, its most, and a step; all of a share, else what is around its range."""
    low, high = quantity.low, quantity.high
    if high - low > _SHORT:
        around = max(values) - min(values) or abs(values[0]) / 2 or 1.0
        low, high = max(low, min(values) - around), min(high, max(values) + around)
    step = 1.0 if quantity.unit == "yes/no" else 10.0 ** math.floor(math.log10((high - low) / 100))
    low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return f"{low:.10g} {high:.10g} {step:.10g}"


def _answers(held: Held, case: Case, files: dict[str, str], made: Making) -> str:
    """Return what the case answers with the values in use, beside what it does without the answers."""
    before, problems = case_of(filled_in(files, NOTHING), Path(made.name))

    def chance(one: Case) -> tuple[float, str]:
        task = Ask(one, draws=0).task()

        def make() -> dict[str, Any]:
            held.lane.take(-1)
            try:
                return seen(glance(task.study()), task)
            finally:
                held.lane.give()

        found = held.glances.get(("made", one.sha256), make)
        return float(found["body"]), country(str(found["first"]))

    now, first = chance(case)
    told = f"Chance of a body in a year, with the values in use: {fine(now)}"
    if made.answers.numbers and before is not None and not problems:
        told += f", and {fine(chance(before)[0])} without your answers"
    return f"{told}. Likeliest to refuse a council of all: {first}."
