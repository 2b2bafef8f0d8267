"""What exclusion does: the loss of a state that is not recognised, left out of a body and taken into it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from foedus.mechanisms.decisions.consent import acceptance
from foedus.questions.findings import Assessment, band_cells, band_columns
from foedus.questions.measure import Measure, chance
from foedus.questions.question import Question
from foedus.questions.study import Answers, Study
from foedus.simulation.appraisal import Appraisal, lost
from foedus.simulation.formation import seats, shared
from foedus.vocabulary.prose import country, opening, the
from foedus.vocabulary.record import Chart, Section
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

_GDP = "% of GDP a year"

SITUATIONS: Final[Mapping[str, str]] = {
    "today": "Today",
    "left out": "A body leaves it out",
    "taken in": "A body takes it in",
}
"""Situations of a state that is not recognised, with their labels."""


def loss(study: Study, state: str, situation: str) -> float:
    """Return the expected loss of a state that is not recognised, % of GDP a year."""
    return study.once(what_exclusion_does).get(LOSS(situation, state), math.nan)


def accepted_with(study: Study, state: str) -> float:
    """Return the probability that all agree to the first watched body with a state."""
    return study.once(what_exclusion_does).get(ACCEPTED("taken in", state), math.nan)


def accepted_without(study: Study, state: str) -> float:
    """Return the probability that all agree to the same body without it."""
    return study.once(what_exclusion_does).get(ACCEPTED("left out", state), math.nan)


# fmt: off
LOSS = Measure(("exclusion", "SITUATION", "STATE", "loss"), _GDP, "expected loss of STATE: SITUATION", 0,
               phrase="loss of STATE when SITUATION",
               about="expected loss: today, left out, taken in (of the first watched body)", ask=loss,
               words={"SITUATION": {k: k for k in SITUATIONS}}, reading="Expected loss of STATE, SITUATION",
               readings={"SITUATION": {"today": "as things are", "left out": "left out of the body",
                                       "taken in": "taken into the body"}})
GAIN = Measure(("exclusion", "SITUATION", "STATE/MEMBER", "gain"), _GDP, "gain of MEMBER where STATE is SITUATION",
               form="signed")
ACCEPTED = chance(("exclusion", "SITUATION", "STATE", "acceptance"), "all members agree, STATE SITUATION")
WITH = chance(("exclusion", "taken in", "STATE", "acceptance"), "all members agree, STATE taken in",
              "acceptance with STATE", "that all agree to the first watched body with it", ask=accepted_with,
              reading="Chance that every member agrees to the body with STATE in it")
WITHOUT = chance(("exclusion", "left out", "STATE", "acceptance"), "all members agree, STATE left out",
                 "acceptance without STATE", "that all agree to the same body without it", ask=accepted_without,
                 reading="Chance that every member agrees to the same body without STATE")
# fmt: on


def what_exclusion_does(study: Study) -> Answers:
    """Return the loss of each unrecognised state as it is, with a body without it, and inside the body."""
    found: Answers = {}
    world, before, appraiser = study.world, study.world.in_force, study.appraiser
    outside = study.watch[0] if study.watch else study.everybody
    noise, common = study.parameters["decision_noise"], shared(study.parameters)
    base = appraiser.appraise(study.fallback, before)
    for k, state in enumerate(world.states):
        if world.recognised[k] >= 1.0:
            continue
        inside = outside.joined_by(state)
        seen: dict[str, Appraisal] = {
            "today": base,
            "left out": appraiser.appraise(study.fallback.having(outside), before),
            "taken in": appraiser.appraise(study.fallback.having(inside), before),
        }
        for item, appraisal in seen.items():
            found[LOSS(item, state)] = float(lost(appraisal)[k])
        for item, body in (("taken in", inside), ("left out", outside)):
            gain, asked = seen[item].utility - base.utility, seats(appraiser, body)
            if item == "taken in":
                found |= {GAIN(item, state, world.states[i]): float(gain[i]) for i in asked}
            found[ACCEPTED(item, state)] = acceptance(gain[asked], appraiser.depth(body), noise, common)
    return found


def sentence(assessment: Assessment, state: str) -> str:
    """Return what a body does to the state it leaves out, or takes in."""
    lost = {k: assessment.value(LOSS(k, state)) for k in SITUATIONS}
    own = assessment.value(GAIN("taken in", state, state))
    passed = assessment.value(ACCEPTED("taken in", state))
    return (
        f"{opening(the(country(state)))} expects to lose {lost['today']:.2f} % of GDP a year today, {lost['left out']:.2f} % if a body "
        f"leaves it out and {lost['taken in']:.2f} % inside one; after reprisals being taken in is worth {own:+.2f} % to it, "
        f"and all would agree with a probability of {percent(passed)}."
    )


def exclusion_table(assessment: Assessment) -> Table:
    """Return the expected loss of states that are not recognised, in and out of a body."""
    rows: list[list[Cell]] = []
    for found, band in assessment.kept(LOSS):
        state, situation = found["STATE"], found["SITUATION"]
        rows.append([state, country(state), situation, SITUATIONS[situation], *band_cells(band)])
    columns = [
        Column("state", hidden=True),
        Column("name"),
        Column("situation", hidden=True),
        Column("label", head="situation"),
        *band_columns(_GDP),
    ]
    return table("exclusion", "States that are not recognised, in and out of a body", columns, rows)


def section(assessment: Assessment) -> Section | None:
    """Return what a reader is told of states in and out; nothing where all are recognised."""
    found = exclusion_table(assessment)
    if not len(found):
        return None
    states = tuple(dict.fromkeys(str(row["state"]) for row in found))
    chart = Chart(
        "exclusion",
        "dots",
        "In and out of a body",
        "Expected loss of a state that is not recognised, as it is, left out of a body, and inside it.",
        found,
        x="default",
        y="label",
        low="low",
        high="high",
        inks={"default": "vermilion"},
    )
    return Section("exclusion", "In and out", tuple(sentence(assessment, s) for s in states), (found,), (chart,))


QUESTION = Question("exclusion", 50, what_exclusion_does, (LOSS, GAIN, ACCEPTED, WITH, WITHOUT), section)
