"""Explanation: why one state gains or loses by a body, term by term, with the quantities each term is made of."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.model.architecture import Institution
from foedus.questions import reasons
from foedus.questions.in_draws import ALONE, InDraws, Size, end_columns, in_draws
from foedus.questions.study import Answers, Study
from foedus.questions.task import Task
from foedus.simulation.appraisal import Appraisal
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.prose import counted, country, listing, opening, the
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Cell, Column, percent, table

_GDP = "% of GDP a year"
_ALL = "all terms"

QUANTITIES = (
    ("strength_allied", "capability index", "what defends the state"),
    ("felt_loss_allied", _GDP, "expected loss, own and felt with others"),
    ("fighting_allied", _GDP, "expected fighting for others"),
    ("bargained_value", "bn $ a year", "what it adds to the coalitions it could join"),
    ("rescue", "share", "part of the security price of a quarrel it discounts"),
)
"""Quantities that stand behind the terms: name, unit, meaning."""

ANSWER = ("answer", _GDP, "loss that the adversaries' answer to what is new adds, taken off security")
"""The same where adversaries answer what is new by more than trade."""


def body_of(study: Study, word: str) -> Institution:
    """Return a body that the case watches by name; a council of all for no name.

    Raises
    ------
    FoedusError
        There is no such body.
    """
    known = dict(study.bodies())
    folded = {k.casefold(): k for k in known}
    if word and word.casefold() not in folded:
        raise fail(f"body '{word}'", "there is no such body", nearest(word, known))
    return known[folded[word.casefold()]] if word else study.everybody


@dataclass(frozen=True)
class Changes:
    """What a body changes for a state, number by number, in one study."""

    state: str
    body: str

    def __call__(self, study: Study) -> Answers:
        """Return the change of every term, of their sum, and of what the terms are made of."""
        rows = _terms(study, body_of(study, self.body), self.state)
        return {str(row[0]): float(str(row[4])) for row in rows if row[4] is not None}


def explain(task: Task, state: str, body: str = "", size: Size = ALONE) -> Section:
    """Return a state's gain from a body, term by term, with the quantities each term is made of.

    Parameters
    ----------
    task : Task
    state, body : str
    size : Size
        Draws in which every change is worked out again.

    Raises
    ------
    FoedusError
        The case has no such state or body.
    """
    subject = task.state(state)
    study = task.study()
    institution = body_of(study, body)
    found = in_draws(task, Changes(subject, body), size)
    rows = [[*r[:5], *found.ends(str(r[0])), *r[5:]] for r in _terms(study, institution, subject)]
    rows += [[*r[:5], None, None, *r[5:]] for r in _inputs(study, task, institution, subject)]
    name = institution.name or "the body"
    columns = [
        Column("item"),
        Column("kind", hidden=True),
        Column("without", "see unit", form=""),
        Column("with", "see unit"),
        Column("change", "see unit"),
        *end_columns("change", "see unit", ""),
        Column("unit", drop=1),
        Column("meaning", drop=2),
    ]
    shown = table("explain", f"{country(subject)}: {name} against what there is without it", columns, rows)
    says = (_sentence(subject, name, rows), *_how_sure(subject, found))
    return Section("explain", shown.title, says, (shown,), notes=(found.told(), reasons.told("terms")))


def _how_sure(subject: str, found: InDraws) -> tuple[str, ...]:
    """Return how far the sum goes over the draws, and in how many it is a loss; nothing without draws."""
    band, losing = found.band(_ALL), found.share(_ALL, lambda v: v < 0.0)
    if band.low != band.low:
        return ()
    return (
        f"Over {counted(found.draws, 'draw')} of all {found.uncertain} {the(country(subject))} comes out between "
        f"{band.low:+.2f} and {band.high:+.2f} % of GDP a year, and loses in {percent(losing)} of them.",
    )


def _both(study: Study, institution: Institution) -> tuple[Appraisal, Appraisal]:
    """Return what there is without a body and with it."""
    before, without = study.world.in_force, study.fallback
    return study.appraiser.appraise(without, before), study.appraiser.appraise(without.having(institution), before)


def _terms(study: Study, institution: Institution, subject: str) -> list[list[Cell]]:
    """Return one row per term of utility, and their sum."""
    i = study.world.index(subject)
    here, there = _both(study, institution)
    rows: list[list[Cell]] = []
    for k, c in enumerate(COMPONENTS):
        now, then = float(here.components[k, i]), float(there.components[k, i])
        rows.append([MECHANISMS[c].label, "term", now, then, then - now, _GDP, MECHANISMS[c].claim])
    now, then = float(here.utility[i]), float(there.utility[i])
    rows.append([_ALL, "sum", now, then, then - now, _GDP, "Utility relative to a world without treaties."])
    answered = any(study.appraiser.setting[n] != 0.0 for n in MECHANISMS["reaction"].off)
    for quantity, unit, what in (*QUANTITIES, *((ANSWER,) if answered else ())):
        now, then = float(here.quantities[quantity][i]), float(there.quantities[quantity][i])
        rows.append([quantity.replace("_", " "), "quantity", now, then, then - now, unit, what])
    ready = float(there.quantities["readiness"][list(there.architecture).index(institution)])
    rows.append(["readiness of the body", "quantity", None, ready, None, "share", MECHANISMS["readiness"].claim])
    return rows


def _inputs(study: Study, task: Task, institution: Institution, subject: str) -> list[list[Cell]]:
    """Return what is feared: threat and force of every adversary, which differ by a body only where they are answers."""
    i, setting = study.world.index(subject), study.appraiser.setting
    both = _both(study, institution)
    rows: list[list[Cell]] = []

    def answered(value: float, part: str, a: int) -> tuple[float, float, float]:
        now, then = (value * (1.0 + setting[part] * float(x.found.pressure[a])) for x in both)
        return now, then, then - now

    for a, adversary in enumerate(task.case.adversaries):
        threat = float(setting["threat"][i, a])
        force = float(setting["hostile_force"][i, a])
        what = "policy distance and rivalry"
        rows.append(
            [f"threat from {country(adversary)}", "input", *answered(threat, "answer_alarm", a), "hazard", what]
        )
        unit, what = "capability index", "that arrives"
        rows.append([f"force of {country(adversary)}", "input", *answered(force, "answer_effort", a), unit, what])
    return rows


def _sentence(subject: str, name: str, rows: list[list[Cell]]) -> str:
    changes = [float(str(r[4])) for r in rows if r[1] == "term"]
    terms = sorted(
        zip((MECHANISMS[c].called(v) for c, v in zip(COMPONENTS, changes, strict=True)), changes, strict=True),
        key=lambda t: t[1],
    )
    total = next(float(str(r[4])) for r in rows if r[1] == "sum")
    against = [f"{t} {v:+.2f}" for t, v in terms if v < -0.005]
    favour = [f"{t} {v:+.2f}" for t, v in reversed(terms) if v > 0.005]
    text = f"{opening(the(country(subject)))} {'gains' if total >= 0 else 'loses'} {abs(total):.2f} % of GDP a year by {name[0].lower()}{name[1:]}"
    text += f"; for it: {listing(favour)}" if favour else ""
    text += f"; against it: {listing(against)}." if against else "."
    answered = next((float(str(r[4])) for r in rows if r[0] == ANSWER[0]), 0.0)
    return text + (
        f" The answer of the adversaries takes {answered:.2f} of that security." if answered >= 0.005 else ""
    )
