"""What treaties are worth: each bilateral treaty of the star to each side, and the yearly chance that a side leaves."""

from __future__ import annotations

import math

from foedus.questions.findings import Assessment, band_cells, band_columns
from foedus.questions.measure import Measure, chance
from foedus.questions.on_record import treaty_words
from foedus.questions.question import Question
from foedus.questions.study import Answers, Study
from foedus.simulation.decisions import chance_to_leave
from foedus.vocabulary.prose import country
from foedus.vocabulary.record import Chart, Section, cell
from foedus.vocabulary.tables import Cell, Column, Table, table

_GDP = "% of GDP a year"


def worth_to_ally(study: Study, state: str) -> float:
    """Return what the treaty of an ally with the hub is worth to it, % of GDP a year."""
    return _worth(study, state, state)


def worth_to_hub(study: Study, state: str) -> float:
    """Return what the treaty of an ally with the hub is worth to the hub, % of GDP a year."""
    return _worth(study, state, study.world.hub)


def _worth(study: Study, state: str, to: str) -> float:
    return study.once(what_treaties_are_worth).get(WORTH(f"{study.world.hub}–{state}", to), math.nan)


def number_of_treaties(study: Study) -> float:
    """Return the number of bilateral treaties of the hub in the star."""
    return float(sum(m.has(study.world.hub) for m in study.bilaterals()))


# fmt: off
WORTH = Measure(("treaty", "TREATY", "STATE", "worth"), _GDP, "worth to STATE of the treaty TREATY", form="signed")
EXIT = chance(("treaty", "TREATY", "STATE", "exit"), "STATE leaves the treaty TREATY", unit="probability a year")
TO_HUB = Measure(("treaty", "HUB–STATE", "HUB", "worth"), _GDP, "worth to the hub of its treaty with STATE",
                 form="signed", phrase="worth of the treaty of STATE to the hub", about="with the hub, to the hub",
                 ask=worth_to_hub, reading="What the treaty of STATE with the hub is worth to the hub")
TO_ALLY = Measure(("treaty", "HUB–STATE", "STATE", "worth"), _GDP, "worth to STATE of its treaty with the hub",
                  form="signed", phrase="worth of the treaty of STATE", about="with the hub, to that ally",
                  ask=worth_to_ally, reading="What the treaty of STATE with the hub is worth to it")
NUMBER = Measure(("treaty", "HUB–OTHER", "HUB", "worth"), "treaties",
                 "bilateral treaties of the hub that both sides want", 0, phrase="number of treaties",
                 about="bilateral treaties of the hub that both sides want", ask=number_of_treaties, over="number",
                 reading="Bilateral treaties with the hub that both sides want")
# fmt: on


def what_treaties_are_worth(study: Study) -> Answers:
    """Return what each bilateral treaty of the star is worth to each side, and the yearly chance of exit."""
    found: Answers = {}
    world, before, parameters = study.world, study.world.in_force, study.parameters
    here = study.appraiser.appraise(study.fallback, before).utility
    for m in study.bilaterals():
        gone = study.appraiser.appraise(study.fallback.without(m), before).utility
        item = "–".join(m.members)
        depth = study.appraiser.depth(m)
        for s in m.members:
            worth = float((here - gone)[world.index(s)])
            found[WORTH(item, s)] = worth
            found[EXIT(item, s)] = chance_to_leave(parameters, worth, depth, m)
    return found


def treaties_table(assessment: Assessment) -> Table:
    """Return what every bilateral treaty is worth to each side."""
    rows: list[list[Cell]] = []
    for found, band in assessment.kept(WORTH):
        treaty, state = found["TREATY"], found["STATE"]
        leaves = cell(assessment.band(EXIT(treaty, state)).default)
        rows.append([treaty, state, country(state), *band_cells(band), leaves])
    columns = [
        Column("treaty"),
        Column("state"),
        Column("name"),
        *band_columns(_GDP, "signed"),
        Column("exit", "probability a year", "that this side leaves", "leaves within a year", "percent"),
    ]
    return table("treaties", "What each bilateral treaty is worth to each side", columns, rows, quiet=True)


def _side_by_side(assessment: Assessment) -> Table:
    rows: list[list[Cell]] = []
    hub = assessment.study.world.hub
    for m in (m for m in assessment.study.bilaterals() if m.has(hub)):  # those of two spokes stand in the long table
        item, spoke = "–".join(m.members), m.members[-1]
        to_hub, leaves = assessment.value(WORTH(item, hub)), assessment.value(EXIT(item, spoke))
        worth, record = band_cells(assessment.band(WORTH(item, spoke))), treaty_words(assessment.case, spoke)
        rows.append([country(spoke), to_hub, *worth, leaves, record])
    to_ally = band_columns(_GDP, "signed")
    to_ally[0] = Column("default", _GDP, "worth to the ally", "to the ally", "signed")
    columns = [
        Column("ally", head="Treaty of the hub with"),
        Column("to_hub", _GDP, "worth to the hub", "to the hub", "signed"),
        *to_ally,
        Column("exit", "", "probability that the ally leaves within a year", "ally leaves within a year", "percent"),
        Column("on_record", "", "when the treaty was in force", "in force", drop=3),
    ]
    return table("treaties-side-by-side", "What each bilateral treaty is worth", columns, rows)


def section(assessment: Assessment) -> Section | None:
    """Return what a reader is told of the treaties of the star; nothing where there are none."""
    side = _side_by_side(assessment)
    if not len(side):
        return None
    chart = Chart(
        "treaties",
        "dots",
        "What each treaty is worth",
        "Worth of each treaty to the hub and to the ally, against the same world without it.",
        side,
        y="ally",
        series=("to_hub", "default"),
        low="low",
        high="high",
        inks={"to_hub": "blue", "default": "amber"},
    )
    return Section("treaties", "What each treaty is worth", (), (side, treaties_table(assessment)), (chart,))


QUESTION = Question("treaties", 40, what_treaties_are_worth, (WORTH, EXIT, TO_HUB, TO_ALLY, NUMBER), section)
