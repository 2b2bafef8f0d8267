"""Claim: a claim of one's own, filled in as a sentence, checked as its file would be, and tried like any text on trial."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from foedus.asking import argument
from foedus.asking.ask import Ask, How
from foedus.casebook.case import Case
from foedus.casebook.reader import case_names
from foedus.model.parameters import Parameters
from foedus.questions.made_of import fact_words
from foedus.questions.said_freely import name_of, nearest_said
from foedus.trials.bench import Bench, Measured, ModelTest, lay_out
from foedus.trials.claims import Trial, trial_of
from foedus.trials.each_claim import lead
from foedus.trials.evidence import Evidence, Findings
from foedus.trials.hearing import EMPTY
from foedus.trials.own_claim import ALONE, OwnClaim
from foedus.trials.precedents import look_up
from foedus.trials.readings import amount, in_words, is_share
from foedus.trials.told import made_with
from foedus.trials.verdict import FAILS, HOLDS
from foedus.version import __version__
from foedus.vocabulary.errors import FoedusError, Problem
from foedus.vocabulary.tables import percent
from foedus.web.address import Address
from foedus.web.claim_fields import fields
from foedus.web.claim_settings import settled, wrong_settings
from foedus.web.claim_words import PATH, Claimed, claimed, filled, from_form, parts_of
from foedus.web.framed import framed
from foedus.web.held import Held
from foedus.web.state import State
from foedus.web.trial_page import evidence, formed
from foedus.web.underway import Run
from foedus.web.view import Shown

_MISSING: Final = "What would show this to be wrong is not said yet"
_UNSAID: Final = "this has not been said by anybody"
"""Stands in for the falsifier while a claim without one is looked at; no file is handed out with it."""


@dataclass(frozen=True)
class Looked:
    """What a claim comes to before anything is drawn: the trial that it is, or what is wrong with it."""

    claim: Claimed
    """As it was filled in."""
    own: OwnClaim
    """With what was left unsaid filled up, as far as its file needs it."""
    trial: Trial | None
    problems: tuple[Problem, ...]

    @property
    def whole(self) -> bool:
        """Whether it can be tried and taken along."""
        return self.trial is not None and not self.problems


def claim(held: Held, request: Request) -> Response:
    """Return the page of a claim of one's own, or what it is for programs; errors as the reader of its address."""
    given = filled(request.url.query)
    name = given.one.get("case") or held.first
    case = held.case(name)
    form = str(request.path_params.get("form", ""))
    said = claimed(given, case, name, form)
    for other in said.own.also:
        held.case(other)
    place = _place(held, said, case)
    said = replace(said, own=replace(said.own, settings=settled(said.own.settings, place)))
    if from_form(given):
        return RedirectResponse(held.prefix + said.link(form), 303)
    found = looked(held, said, place)
    if form:
        return _for_programs(held, found)
    return framed(held, _shown(held, found, case, place), None, take=_taken(found), place=Address(case.name))


def _place(held: Held, said: Claimed, case: Case) -> Case:
    """Return the case whose numbers are set: that of the quantity, in its year; that of the claim where it names none."""
    stem, _, year = parts_of(said.own)[2].partition("@")
    with suppress(FoedusError, ValueError):
        return held.case(stem or said.own.case, int(year) if year else None)
    return case


def looked(held: Held, said: Claimed, place: Case) -> Looked:
    """Return a claim as the reader of trials sees its file, with every problem; what is left unsaid is one of them."""
    own, problems = said.own, []
    wrong = wrong_settings(own.settings, place)
    at = {k for k, _ in wrong}
    own = replace(own, settings=tuple(s for k, s in enumerate(own.settings) if k not in at))
    problems += [
        Problem(f"set.{k}" if all(said.own.settings[k].partition("=")[::2]) else "set", p.what, p.remedy)
        for k, p in wrong
    ]
    if not own.falsified_if:
        problems.append(
            Problem("falsified_if", _MISSING, "Say it: a claim that nothing could show to be wrong says nothing")
        )
        own = replace(own, falsified_if=_UNSAID)
    unsaid = not own.says
    if unsaid and own.quantity == ALONE:
        problems.append(Problem("says", "What is claimed is not said yet", "Say it in one sentence"))
    own = replace(own, says="Whatever is claimed here, once it is said") if unsaid else own
    try:
        trial = _read(held, own)
    except FoedusError as error:
        further = [p for p in error.problems if not (wrong and "nothing is changed" in p.what)]
        return Looked(said, own, None, (*further, *problems))
    test = trial.claims[0].test
    if unsaid and test is not None:  # the claim as it is read serves until it is said in own words
        own = replace(own, says=f"{in_words(test)}.".replace("“", "").replace("”", ""))
        trial = _read(held, own)
    return Looked(said, own, trial, tuple(problems))


def _read(held: Held, own: OwnClaim) -> Trial:
    place = held.folders[own.case].parent / f"{own.name}.yaml"

    def known(name: str | Path) -> Case:
        stem, _, year = str(name).rpartition("/")[2].partition("@")
        if year and not (year.isascii() and year.isdigit()):
            raise FoedusError(
                Problem("year", f"'{year}' is no year", "Write one such as 2007, or leave the field empty")
            )
        return held.case(stem, int(year) if year else None)

    return trial_of(own.text(), place, known)


def at_once(held: Held, found: Looked) -> Findings:
    """Return what is found of a claim with the values in use and in the record, before anything is drawn."""
    assert found.trial is not None
    trial, values = found.trial, Parameters()
    one = trial.claims[0]
    measured = EMPTY if one.test is None else _measured(held, trial, one.test, values)
    precedents = tuple(look_up(r, trial.events) for r in one.precedents)
    seen = Evidence(one, measured, (), (), (), precedents, 0)
    return Findings(trial, (seen,), (), 0, found.claim.seed, (), values)


def _measured(held: Held, trial: Trial, test: ModelTest, values: Parameters) -> Measured:
    places, _ = lay_out(trial.cases, values.under(dict(test.under.laws)))
    held.lane.take(-1)
    try:
        return Bench(places, values).measure(test)
    finally:
        held.lane.give()


def tried(held: Held, found: Looked) -> Run:
    """Return the run that tries a claim in draws, begun now if nobody has asked for it yet."""
    said, trial = found.claim, found.trial
    assert trial is not None
    draws = argument.DRAWS if said.draws is None else said.draws
    held.limits.check_draws(draws, said.command())
    asked = Ask(draws=draws, seed=said.seed)

    def work(how: How) -> Findings:
        return argument.tried(trial, asked, how)

    key = f"claim {trial.sha256} {found.own.name} {draws} {said.seed}"
    return held.begun(key, work, draws, said.command())


def _for_programs(held: Held, found: Looked) -> Response:
    if not found.whole:
        raise FoedusError(found.problems)
    if found.claim.form == "yaml":
        attached = {"content-disposition": f'attachment; filename="{found.own.name}.yaml"'}
        return Response(found.own.text(), headers=attached, media_type="application/yaml")
    return formed(found.claim.form, held.outcome(tried(held, found)))


def _taken(found: Looked) -> list[tuple[str, str]]:
    forms = (("the claim (YAML)", "yaml"), ("JSON", "json"), ("CSV", "csv"), ("picture (SVG)", "svg"))
    return [(w, found.claim.link(f)) for w, f in forms] if found.whole else []


def _shown(held: Held, found: Looked, case: Case, place: Case) -> Shown:
    said = found.claim
    run = tried(held, found) if found.whole and said.draws else None
    done = run is not None and run.finished.is_set()
    if done and run is not None and run.error is not None:
        raise run.error
    result: Findings | None = None
    if found.trial is not None:
        result = run.result if done and run is not None else at_once(held, found)
    words: dict[str, Any] = {
        "path": held.prefix + PATH,
        "f": fields(held, said, case, place),
        "problems": [_said(p) for p in found.problems],
        "offers": _offers(held, said, place),
        "whole": found.whole,
        "yaml": found.own.text() if found.whole else "",
        "file": found.own.name + ".yaml",
        "own_case": "" if said.own.case in case_names() else said.own.case,
        "link": said.link(),
        "download": said.link("yaml"),
        "cited_title": f"A claim{' tried' if done else ' not tried yet'}: {found.own.says.rstrip('.')}"
        if found.own.says
        else "",
        "cited_figure": lead(result.claims[0], result.trial.events) if done and result is not None else "",
        "cited_link": held.prefix + said.link(),
        "tries": argument.DRAWS,
        "tried": said.draws is not None,
        "state": _state(held, run) if run is not None and not done else None,
        "chosen": evidence(result, result.claims[0], held) if result is not None else None,
        **(_told(found.trial, result) if found.trial is not None and result is not None else {"reads": ""}),
        "without_script": 2 if run is not None and not done else 0,
        "drawn": done,
    }
    made = made_with(result) if done and result is not None else {"foedus": __version__}
    command = said.command() if found.whole else ""
    return Shown("claim.html", "A claim of your own", words, command, made)


def _offers(held: Held, said: Claimed, case: Case) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return for every number that is set in words which do not say clearly which one is meant the nearest, each with its address."""
    found = []
    for setting in said.own.settings:
        path, _, value = setting.partition("=")
        near = nearest_said(case, path) if " " in path.strip() and "." not in path else ()
        links = []
        for fact in near:
            settings = tuple(f"{name_of(fact)}={value}" if s == setting else s for s in said.own.settings)
            links.append(
                (fact_words(fact), held.prefix + replace(said, own=replace(said.own, settings=settings)).link())
            )
        found += [(path.strip(), links)] if links else []
    return found


def _state(held: Held, run: Run) -> State:
    """Return how far a trial is: its draws, and after them what could change the verdict, which is counted by itself."""
    words = (
        f"All {run.draws} draws are there. What would change the verdict is tried, and the verdict comes with it: "
        f"{held.runs.waits(run, 'tries')}"
        if run.after
        else f"{held.runs.waits(run, 'draws')} The verdict follows from all of them."
    )
    return State(words, under_way=True, done=run.done, total=run.total)


def _told(trial: Trial, found: Findings) -> dict[str, Any]:
    """Return how a claim reads, how it is judged, and what it comes to with the values in use."""
    test, measured = trial.claims[0].test, found.claims[0].default
    if test is None:
        judged = "The model is asked nothing, so the verdict is what the record says."
        words = {"reads": trial.claims[0].says, "met": f"The record: {found.claims[0].seen}", "judged": judged}
        return {**words, "measured": "", "tone": "", "unit": "", "scale": ""}
    unit = test.query.unit
    met = measured.effect > 0
    change = test.than is None
    value = amount(measured.value, unit)
    now = f"{amount(measured.against, unit)} → {value}" if change else value
    needed = f"by {amount(test.at_least, unit, change=True)} or more" if test.at_least else "at all"
    return {
        "reads": f"{in_words(test)}.",
        "measured": now,
        "unit": unit,
        "met": "true" if met else "not true",
        "tone": "good" if met else "bad",
        "judged": (
            f"It is true in a draw if the quantity {test.expect if change else 'is ' + test.expect + ' that'} {needed}. "
            f"Every judged number is drawn anew in each of the draws: true in {percent(HOLDS)} of them or more, the model holds "
            f"the claim; in fewer than {percent(FAILS)}, it fails it; in between it is split."
        ),
        "scale": "Shares are counted from 0 to 1: 0.05 are 5 points." if is_share(unit) else f"Counted in {unit}.",
    }


_LABELS: Final = {
    "says": "The claim in one sentence",
    "falsified_if": "What would show it to be wrong",
    "because": "The reason beside the record",
}
"""Fields in which a sentence is written, as problems name them."""


def _said(problem: Problem) -> tuple[str, str]:
    """Return a problem as the page says it, and the field that it is about; empty where it is about none."""
    dotted, mark, rest = problem.what.partition(": ")
    what = rest if mark and " " not in dotted else problem.what
    at = dotted if mark and " " not in dotted else problem.where
    word = next((w for w in reversed(at.split(".")) if not w.isdigit()), "")
    words = {
        "model": "kind",
        "quantity": "kind",
        "under": "change0",
        "set": "fact",
    }
    known = ("says", "falsified_if", "at_least", "than", "expect", "date", "title", "author")
    field = words.get(word, word if word in known else "")
    of_row = re.fullmatch(r"set\.(\d+)", at)
    field = f"set{of_row.group(1)}" if of_row is not None else field
    of_record = re.search(r"\brecord\.(\d+)(?:\.count)?(?:\.(\w+))?", at)
    if of_record is not None:
        field = f"because{of_record.group(1)}" if of_record.group(2) == "because" else f"what{of_record.group(1)}"
    if what.startswith("nothing is changed"):
        return (
            "Nothing is changed, so the quantity cannot rise or fall. Choose a change, or expect above or below.",
            "change0",
        )
    if what.startswith("the claim has neither"):
        return "Nothing is asked of the model, and nothing of the record. Choose what the record says.", "what0"
    short = re.match(r"string should have at least (\d+) characters", what)
    if short:
        label = _LABELS.get(field.rstrip("0123456789"), "This")
        return f"{label} is too short to say something: {short.group(1)} letters or more are wanted.", field
    remedy = (
        "Write for example 0.05, or 5 points" if field == "at_least" else problem.remedy.replace("Say than:", "Say")
    )
    return str(Problem("", what[:1].upper() + what[1:], remedy)), field
