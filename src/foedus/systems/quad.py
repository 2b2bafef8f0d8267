"""The Quad: what its four members would decide every year, who is the weakest link, and what moves it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import cast

import numpy as np

from foedus.casebook.case import Case
from foedus.casebook.series import Calendar
from foedus.model.architecture import Institution
from foedus.model.parameters import Parameters
from foedus.questions.study import Answers, name
from foedus.simulation.decisions import consent_decisions
from foedus.systems.finding import SEED, Check, Finding, Setting, event
from foedus.systems.history import (
    institution_named,
    members_through_the_years,
    what_moves_consent,
    with_perception,
    year_on_record,
)
from foedus.vocabulary.tables import Cell, Column, Table, table

YEARS = range(2004, 2026)
"""From the year of the tsunami core group, of which the first Quad came, to the last year of the data."""

MOVED = range(2004, 2020)
"""Years in which slow variables are told from leaders: those in which positions are measured every year."""

PERCEPTIONS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""What one leader could see in the threat; 1 is neutral."""


def _met(case: Case, year: int) -> bool:
    """Return whether the four were in a forum on record in a year: in the year of its end only if it ran into it."""
    quads = [r for r in case.institutions if r.id in ("QUAD2007", "QUAD2017")]
    return any(int(str(r.in_force)[:4]) <= year and (r.ended is None or year < int(str(r.ended)[:4])) for r in quads)


def _yearly(case: Case, quad: Institution, found: Mapping[int, Answers]) -> Table:
    item = "–".join(quad.members)
    rows: list[list[Cell]] = []
    for year, answers in found.items():
        accepted = answers[name("consent", item, "", "acceptance")]
        breaks = answers[name("exit", item, "", "breaks")]
        for s in quad.members:
            rows.append(
                [
                    year,
                    s,
                    answers[name("consent", item, s, "gain")],
                    answers[name("consent", item, s, "probability")],
                    answers[name("exit", item, s, "probability")],
                    answers[name("consent", item, s, "weakest")] > 0,
                    accepted,
                    breaks,
                    _met(case, year),
                ]
            )
    return table(
        "years",
        "What the four would decide, year by year",
        [
            Column("year", form="year"),
            Column("member"),
            Column("gain", "% of GDP a year"),
            Column("consent", "probability", form="percent"),
            Column("exit", "probability a year", "if it stood", head="leaves within a year", form="percent"),
            Column("weakest", "yes/no", "least likely to agree"),
            Column("all_agree", "probability", form="percent"),
            Column(
                "breaks",
                "probability a year",
                "that anybody leaves",
                head="anybody leaves within a year",
                form="percent",
            ),
            Column("record", "yes/no", "the four meet"),
        ],
        rows,
    )


def _moves(quad: Institution, found: Answers) -> Table:
    item = "–".join(quad.members)
    rows: list[list[Cell]] = [
        [
            str(year),
            found[name("moves", item, str(year), "neutral")],
            found[name("moves", item, str(year), "mean")],
            found[name("moves", item, str(year), "low")],
            found[name("moves", item, str(year), "high")],
        ]
        for year in MOVED
    ]
    return table(
        "leaders",
        "What leaders drawn anew would do to the chance that all agree",
        [
            Column("year", form="year"),
            Column("neutral", "probability", "all leaders neutral", form="percent"),
            Column("mean", "probability", form="percent"),
            Column("low", "probability", "5 % of leaders", form="percent"),
            Column("high", "probability", "95 % of leaders", form="percent"),
        ],
        rows,
    )


def _one_leader(case: Case, quad: Institution, parameters: Parameters) -> Table:
    """Return the chance that all agree if one leader sees more or less, in the years of collapse and revival."""
    rows: list[list[Cell]] = []
    calendar = Calendar(case)
    for year in (2008, 2017):
        study = year_on_record(calendar, year, parameters).study
        for s in quad.members:
            for seen in PERCEPTIONS:
                perception = np.array(study.world.perception)
                perception[study.world.index(s)] = seen
                other = with_perception(study, perception)
                decided = consent_decisions(other.appraiser, quad, other.fallback.without(quad))
                rows.append([year, s, seen, float(np.prod([d.probability for d in decided]))])
    return table(
        "one-leader",
        "If one leader saw more or less in the threats, the others as they did",
        [
            Column("year", form="year"),
            Column("leader_of"),
            Column("perception", "multiplier"),
            Column("all_agree", "probability", form="percent"),
        ],
        rows,
    )


def _checks(case: Case, years: Table, moves: Answers, one: Table, item: str) -> tuple[Check, ...]:
    agreed = {cast(int, r["year"]): cast(float, r["all_agree"]) for r in years}
    on, off = ([agreed[y] for y in agreed if _met(case, y) is met] for met in (True, False))
    weakest = Counter(str(r["member"]) for r in years if r["weakest"] is True)
    first, often = weakest.most_common(1)[0]
    share = moves[name("moves", item, "", "share of leaders")]
    end, again = event(case, "QUADEND2008"), event(case, "QUAD2017")
    span = {
        y: max(cast(float, r["all_agree"]) for r in one if r["year"] == y)
        - min(cast(float, r["all_agree"]) for r in one if r["year"] == y)
        for y in (2008, 2017)
    }
    least = min(cast(float, r["all_agree"]) for r in one if r["year"] == 2008)
    return (
        Check(
            "Consent was higher in years in which the four met than in years in which they did not",
            f"all agree with {100 * float(np.mean(on)):.0f} % on average, else {100 * float(np.mean(off)):.0f} %",
            f"met {end.date[:4]} and before, and from {again.date[:4]}",
            float(np.mean(on)) > float(np.mean(off)),
        ),
        Check(
            "Consent fell from 2007 to 2008 and rose to 2017",
            f"2007 {100 * agreed[2007]:.0f} %, 2008 {100 * agreed[2008]:.0f} %, 2017 {100 * agreed[2017]:.0f} %",
            f"{end.text} {again.text}",
            agreed[2008] < agreed[2007] < agreed[2017] or agreed[2008] < min(agreed[2007], agreed[2017]),
        ),
        Check(
            "Australia is the weakest link",
            f"{first} in {often} of {len(agreed)} years",
            f"{end.actors[0]} left in 2008",
            first == end.actors[0],
        ),
        Check(
            "One leader could make it likelier than not that the Quad is refused",
            f"least chance that all agree, with one leader who sees half the threat: {100 * least:.0f} % in 2008",
            "it lapsed after the government in Canberra changed in December 2007",
            least < 0.5,
        ),
        Check(
            "Leaders, not slow variables, explain collapse and revival",
            f"leaders make {100 * share:.0f} % of the variance of consent; one leader moves it by up to {100 * span[2008]:.0f} points in 2008",
            "governments changed in Canberra and Tokyo within months of both",
            share > 0.5,
        ),
    )


def look_at(setting: Setting) -> Finding:
    """Return what is found about the Quad."""
    parameters, case = setting.parameters, setting.case("indo-pacific-2020")
    quad = institution_named(case, "QUAD2017")
    years = _yearly(case, quad, members_through_the_years(case, quad, YEARS, parameters))
    moves = what_moves_consent(case, quad, MOVED, parameters, seed=SEED)
    one = _one_leader(case, quad, parameters)
    checks = _checks(case, years, moves, one, "–".join(quad.members))
    return Finding("quad", (years, _moves(quad, moves), one), checks, (case,))
