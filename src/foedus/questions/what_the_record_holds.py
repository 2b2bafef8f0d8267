"""What the record holds: the record's law on a case, beside the case theory, and where the two disagree.

Nothing of it enters the theory or its draws: it is a second instrument, worked out from the facts of the case.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.questions.findings import Assessment
from foedus.questions.measure import Measure
from foedus.questions.question import Question
from foedus.questions.study import EVERYBODY, Answers, Study
from foedus.questions.what_forms import body_band
from foedus.questions.who_blocks import CONSENT
from foedus.signings.doubts import DOUBTS, WHAT_IT_IS
from foedus.signings.level import theatre
from foedus.signings.means import MEANS, SIZES, means_near
from foedus.signings.of_case import setting_of
from foedus.signings.weights import COEFFICIENTS, LAWS, Weights
from foedus.vocabulary.prose import country, listing, the
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

DRAWN: Final = 500
"""Lists of one size that are looked at, where a case has more."""
EVEN: Final = 0.5


LOGIT: Final = Measure(
    ("record", "everybody", "STATE", "logit"),
    "logit",
    "what the record's law brings STATE in a body of all, apart from the theory",
)


def law_on(study: Study, weights: Weights) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Return the recognised states of a case, the hub first, and the four terms of each in a body of all, shape (4, n)."""
    members = study.everybody.members
    here = setting_of(study.world, weights["closure"])
    return members, here.terms([study.world.index(s) for s in members])


def what_the_record_holds(study: Study) -> Answers:
    """Return what the four terms of the record's law bring every recognised state in a body of all; no assessment asks it."""
    weights = Weights()
    members, terms = law_on(study, weights)
    return {LOGIT(s): float(x) for s, x in zip(members, weights.signed @ terms, strict=True)}


def theatre_chances(study: Study, year: int, weights: Weights) -> dict[int, float] | None:
    """Return the chance a year that recognised states of a case found a body with the hub, by size.

    None where no means over the lists of the world ship for the year.
    """
    near = means_near(year)
    if near is None:
        return None
    states, means = MEANS[near]
    here, world = setting_of(study.world, weights["closure"]), study.world
    hub, *others = (world.index(s) for s in study.everybody.members)
    by_size = dict(zip(SIZES, means, strict=True))
    return theatre(here, (hub, *others), (hub,), weights, states, by_size, DRAWN)


def consents_table(assessment: Assessment) -> Table:
    """Return what the record's law says of every state in a body of all, beside its consent in the case theory."""
    weights = Weights()
    members, terms = law_on(assessment.study, weights)
    brings = terms * weights.signed[:, None]
    columns = (
        Column("state", hidden=True),
        Column("name", head="state"),
        Column("consent", "probability", "that it agrees to a council of all, by the case theory", "theory", "percent"),
        Column("logit", "logit", "what the four terms of the record's law bring it", "record", "signed"),
        *(Column(law.name, "logit", law.claim, law.label, form="signed", drop=1, ink=law.ink) for law in LAWS),
    )
    rows: list[tuple[Cell, ...]] = [
        (s, country(s), assessment.value(CONSENT(EVERYBODY, s)), float(brings[:, k].sum()), *brings[:, k].tolist())
        for k, s in enumerate(members)
    ]
    return table("record_law", "A body of all: the case theory beside the record's law", columns, rows)


def disagreements(found: Table) -> tuple[list[str], list[str]]:
    """Return who refuses in the case theory and is drawn in more than most by the record, and the other way round."""
    rows = [(str(r["state"]), float(r["consent"]), float(r["logit"])) for r in found if r["consent"] is not None]  # type: ignore[arg-type]
    known = [r for r in rows if not math.isnan(r[1])]
    if not known:
        return [], []
    middle = float(np.median([x for _, _, x in known]))
    refused = [s for s, p, x in known if p < EVEN and x > middle]
    wanted = [s for s, p, x in known if p >= EVEN and x < middle]
    return refused, wanted


def _level(assessment: Assessment) -> tuple[str, ...]:
    """Return what is said of the chance of a theatre, or what is missing."""
    case = assessment.case
    year = case.as_of.year + (case.as_of.month > 6)  # the year whose eve is nearest
    chances = theatre_chances(assessment.study, year, Weights())
    if chances is None:
        return (f"Its chance a year is missing: no mean over the lists of the world ships for {year}.",)
    near = means_near(year)
    borrowed = "" if near == year else f", with the means of {near}"
    least = {n: sum(p for size, p in chances.items() if size >= n) for n in (3, 5)}
    theory = body_band(assessment).default
    return (
        f"By the record's law recognised states found a body of three or more with {the(country(case.hub))} with a chance of "
        f"{_seldom(least[3])} a year, of five or more with {_seldom(least[5])}{borrowed}; the case theory says {percent(theory)} for a "
        "body. The first spreads what two centuries founded over all lists of the world, the second looks at this case alone: "
        "they are not the same quantity, and which cases stand above others is what can be compared.",
    )


def _seldom(chance: float) -> str:
    """Return a chance in words that need no exponent: per cent, or one in so many where that would be below one."""
    if chance >= 0.005:
        return percent(chance)
    if chance <= 0.0:
        return "nothing"
    several = 1.0 / chance
    digits = 1 - math.floor(math.log10(several))
    return f"1 in {round(several, digits):,.0f}"


def _disagree(found: Table) -> tuple[str, ...]:
    refused, wanted = disagreements(found)
    said = []
    if refused:
        names = listing(country(s) for s in refused)
        said.append(
            f"Where they disagree: the case theory has {names} refuse, whom the record draws in more than most here."
        )
    if wanted:
        names = listing(country(s) for s in wanted)
        said.append(
            f"Where they disagree: the case theory has {names} agree, whom the record draws in less than most here."
        )
    return tuple(said) or ("On who is drawn in most they do not disagree.",)


def section(assessment: Assessment) -> Section | None:
    """Return the record's law on a case beside the case theory; None where fewer than two states can sign."""
    if len(assessment.study.everybody.members) < 2:
        return None
    found = consents_table(assessment)
    notes = (
        WHAT_IT_IS,
        "Outsiders here are the states and adversaries of the case, ties the treaties it lists; the record counts all states and "
        "all obligations.",
    )
    weights = "Weights: " + ", ".join(f"{n.replace('_', ' ')} {Weights()[n]:g}" for n in COEFFICIENTS) + "."
    doubts = Section("doubts", "What does not hold of it", notes=(*DOUBTS, weights), folded=True)
    says = (*_level(assessment), *_disagree(found))
    return Section("record-law", "What the record holds", says, (found,), notes=notes, sections=(doubts,))


QUESTION = Question("record", 85, what_the_record_holds, (LOGIT,), section, assessed=False)
