"""What forms: the probability of every outcome of one round, and who is in what is drafted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from foedus.mechanisms import variant
from foedus.model.architecture import Kind
from foedus.model.parameters import Parameters
from foedus.questions.findings import Assessment, Band, band_cells, band_columns
from foedus.questions.measure import Measure, chance
from foedus.questions.on_record import YEARS
from foedus.questions.question import Question
from foedus.questions.study import Answers, Study
from foedus.simulation.formation import Form
from foedus.vocabulary.prose import country, listing, the
from foedus.vocabulary.record import Chart, Section
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

BODY: Final = "body"
"""The outcome that some body forms, whichever rule it has."""

FORM_LABELS: Final[Mapping[str, str]] = {
    Form.IN_FORCE: "What is in force stays",
    Form.STAR: "New bilateral treaties",
    Form.FORUM: "A forum is added",
    Form.COUNCIL: "A body with a council",
    Form.HUB_LED: "A body led by the hub",
    BODY: "A multilateral body",
}
"""What each outcome of a round is called."""

OUTCOMES: Final[Mapping[str, str]] = {
    "a body": BODY,
    "a council": Form.COUNCIL,
    "a hub-led body": Form.HUB_LED,
    "a forum": Form.FORUM,
    "what is in force": Form.IN_FORCE,
    "new bilateral treaties": Form.STAR,
}
"""What claims call each outcome."""


def chance_of(study: Study, form: str) -> float:
    """Return the probability that a year ends with an outcome."""
    return study.once(what_forms).get(CHANCE(OUTCOMES.get(form, form)), 0.0)


def decade_of(study: Study) -> float:
    """Return the probability that a body forms within ten years in which all else stays as it is."""
    return study.once(what_forms)[DECADE()]


# fmt: off
CHANCE = chance(("forms", "OUTCOME", "", "probability"), "one year ends with: OUTCOME", "chance of OUTCOME",
                "that a year ends with it: " + ", ".join(OUTCOMES), ask=chance_of, words={"OUTCOME": OUTCOMES},
                reading="Chance that a year ends with OUTCOME")
DECADE = chance(("forms", BODY, "", "decade"), "a body forms within ten years in which all else stays as it is",
                "chance of a body within ten years", "that a body forms within ten years in which all else stays as it is",
                ask=decade_of, reading="Chance that a body forms within ten years")
ACCEPTED = chance(("forms", "OUTCOME", "", "acceptance"), "all members of the draft agree: OUTCOME")
DRAFTED = Measure(("drafted", "OUTCOME", "STATE", "member"), "0/1", "STATE is in the draft: OUTCOME", 0, 1)
# fmt: on


def what_forms(study: Study) -> Answers:
    """Return the probability of every form in one round, and who is in what is drafted."""
    formation = study.formation
    found = {CHANCE(form): formation.probability(form) for form in Form}
    found[CHANCE(BODY)] = formation.body
    found[DECADE()] = comes_about(formation.body, YEARS, study.parameters)
    for option in formation.options:
        if option.institution is None:
            continue
        found[ACCEPTED(option.form)] = option.acceptance
        for s in study.world.states:
            found[DRAFTED(option.form, s)] = float(s in option.institution.members)
    return found


def comes_about(yearly: float, years: int, parameters: Parameters) -> float:
    """Return the chance that a body forms within some years, each like the first; what was passed over is tabled less."""
    often = variant(parameters, "agenda")
    return float(1.0 - math.prod(1.0 - min(yearly, 1.0) * often(waited, parameters) for waited in range(years)))


def body_band(assessment: Assessment) -> Band:
    """Return the chance of a body with its uncertainty."""
    return assessment.band(CHANCE(BODY))


def members_of_draft(assessment: Assessment, form: str) -> list[str]:
    """Return who is in what the hub drafts with the values in use, in order of the case."""
    return [s for s in assessment.case.states if assessment.default.get(DRAFTED(form, s), 0.0) > 0.5]


def forms_table(assessment: Assessment) -> Table:
    """Return the probability of every outcome of a round."""
    columns = [
        Column("form", hidden=True),
        Column("label", head="One round, one year"),
        *band_columns("probability", "percent", 1.0),
    ]
    rows: list[list[Cell]] = []
    for f in (*Form, BODY):
        rows.append([str(f), FORM_LABELS[f], *band_cells(assessment.band(CHANCE(f)))])
    return table("forms", "What one round, that is one year, ends with", columns, rows)


def menu_table(assessment: Assessment) -> Table:
    """Return every institution of every architecture on the menu, with the values in use."""
    appraiser = assessment.study.appraiser
    rows: list[list[Cell]] = []
    for o in assessment.study.formation.options:
        outcome = (str(o.form), FORM_LABELS[o.form], assessment.value(CHANCE(o.form)), o.acceptance)
        for m in o.appraisal.architecture:
            rows.append([*outcome, str(m.kind), " ".join(m.members), str(m.rule), m.name, appraiser.depth(m)])
    columns = [
        Column("form", hidden=True),
        Column("architecture"),
        Column("probability", "probability", "that the year ends with it", form="percent"),
        Column("acceptance", "probability", "that all members of what is new agree", form="percent"),
        Column("kind", meaning="BT bilateral, MT multilateral, FO forum, DF de facto"),
        Column("members"),
        Column("rule", drop=6),
        Column("name", drop=5),
        Column("depth", "share", "of a full obligation", drop=7),
    ]
    return table("menu", "The architectures on the menu", columns, rows, quiet=True)


def drafts(assessment: Assessment) -> tuple[str, ...]:
    """Return, in words, who is in what is drafted anew."""
    found = []
    for o in assessment.study.formation.options:
        for m in o.appraisal.architecture:
            if m.kind in (Kind.FORUM, Kind.MULTILATERAL) and not m.name:
                members = listing(the(country(s)) for s in m.members)
                found.append(f"{FORM_LABELS[o.form]}: {members} (all agree with {percent(o.acceptance)}).")
    return tuple(found) or ("Nothing beyond the star is worth drafting.",)


DOTS: Final = 50
"""Dots of a strip at most; with more draws each dot stands for several."""


def section(assessment: Assessment) -> Section:
    """Return what a reader is told of the outcomes of a round."""
    forms, menu, case = forms_table(assessment), menu_table(assessment), assessment.case
    bands = {f: assessment.band(CHANCE(f)) for f in (*Form, BODY)}
    drawn = {f: assessment.drawn(CHANCE(f)).tolist() for f in bands}
    most = {f: max(drawn[f], default=0.0) if math.isnan(b.high) else b.high for f, b in bands.items()}
    seen = [f for f, b in bands.items() if b.default > 0 or most[f] > 0]
    kept = Table(forms.name, forms.title, forms.columns, tuple(r for r in forms.rows if r[0] in seen))
    dot = "a draw" if assessment.draws <= DOTS else "a fiftieth of the draws"
    strip = Chart(
        "forms",
        "strip",
        "What one year ends with",
        f"Each dot is {dot} over all {assessment.task.uncertain}. The triangle is the answer with the values in use.",
        kept,
        x="default",
        y="label",
        low="low",
        high="high",
        colour="form",
        inks={BODY: "teal", Form.COUNCIL: "amber", Form.HUB_LED: "amber"},
        options={
            "median": "median",
            "unit": "probability in one year",
            "draws": {FORM_LABELS[f]: drawn[f] for f in seen},
        },
    )
    networks = Chart(
        "networks",
        "networks",
        "The architectures on the menu",
        "What was on the menu with the values in use. Lines: bilateral treaties. Rings: bodies and forums.",
        menu,
        options={"hub": case.hub, "states": list(case.states)},
    )
    says = (
        "One round is one year: the hub grows a star of bilateral treaties, drafts a forum and two kinds of body, "
        "somebody proposes, and every member has to agree.",
    )
    return Section("forms", "What forms", says, (forms, menu), (strip, networks), drafts(assessment))


QUESTION = Question("forms", 10, what_forms, (CHANCE, DECADE, ACCEPTED, DRAFTED), section)
