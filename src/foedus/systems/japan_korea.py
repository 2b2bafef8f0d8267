"""Japan and Korea: the ladder of 2018 and 2019, event by event, and what could have stopped it."""

from __future__ import annotations

from typing import cast

import numpy as np

from foedus.casebook.case import Case, Event
from foedus.casebook.series import Calendar
from foedus.model.parameters import Parameters
from foedus.questions.how_far_the_quarrel_goes import VARIANTS, how_far_the_quarrel_goes
from foedus.questions.study import Answers, Study, name
from foedus.simulation.appraisal import Appraiser
from foedus.systems.excerpts import kept
from foedus.systems.finding import Check, Finding, Setting, System, event, higher
from foedus.systems.history import with_perception, year_as_it_was
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

RUNGS = {
    "RULING2018": "1 ruling",
    "EXPORTCONTROL2019": "2 export controls",
    "WHITELIST2019": "3 trusted buyers",
    "GSOMIANOTICE2019": "4 notice on the pact",
    "GSOMIASUSPENDED2019": "5 the broker",
}
"""Events of the ladder in order, with short words: a step, an answer, a step, an answer, and the broker."""

YEARS = range(1966, 2026)
"""From the year after relations to the last of the data."""

CRISES = (2005, 2012, 2018, 2019)
"""Years in which relations broke down on record: Takeshima day, the visit to the island, rulings, controls."""

SUNSHINE = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
"""What a Korean government could see in the North; 0.5 is the coding of the years of sunshine policy, 1 neutral."""


def _chance(column: str) -> Column:
    return Column(column, "probability", form="percent")


def _chances(answers: Answers, variant: str) -> tuple[float, float, float]:
    """Return the chances that the first raises, that the other raises, and that somebody brokers."""
    p, q, beta = (answers[name("quarrel", variant, "", rung)] for rung in ("p_i", "p_j", "brokerage"))
    return p, q, beta


def ladder(case: Case, answers: Answers) -> Table:
    """Return every event of the ladder with the chance of the step, and of having come so far, variant by variant.

    The quarrel is of the first and the second state of the case. Who acts raises with its own chance; a step after
    the answer is taken only if nobody brokers. The last event is the broker's: the chance that brokerage works.
    """
    rows: list[list[Cell]] = []
    first = case.quarrel[0]
    for variant, label in VARIANTS.items():
        p, q, beta = _chances(answers, variant)
        reached = 1.0
        for k, key in enumerate(RUNGS):
            told: Event = event(case, key)
            broker = told.type == "deescalation"
            own = p if told.actors[0] == first else q
            step = beta if broker else own * (1.0 - beta if k >= 2 else 1.0)
            reached *= 1.0 if broker else step
            rows.append(
                [variant, label, k + 1, RUNGS[key], told.date, told.actors[0], told.id, told.text, step, reached, True]
            )
    return table(
        "ladder",
        "The ladder of 2018 and 2019, step by step",
        [
            Column("variant", hidden=True),
            Column("label", head="variant"),
            Column("step", unsaid="count"),
            Column("rung"),
            Column("date"),
            Column("actor"),
            Column("event"),
            Column("text"),
            Column("chance", "probability", "of this step, given those before", form="percent"),
            Column("reached", "probability", "of having come so far", form="percent"),
            Column("happened", "yes/no"),
        ],
        rows,
    )


def variants(answers: Answers) -> Table:
    """Return each variant: rescue, normality, council and a shared threat on and off."""
    measures = ("p_i", "p_j", "both", "brokered", "third_rung", "stake_i", "stake_j")
    rows: list[list[Cell]] = [
        [v, label, *(answers[name("quarrel", v, "", m)] for m in measures)] for v, label in VARIANTS.items()
    ]
    return table(
        "variants",
        "What would have changed the quarrel",
        [
            Column("variant", hidden=True),
            Column("label", head="variant"),
            *(_chance(n) for n in ("first", "second", "both", "unbrokered", "third_rung")),
            Column("first_price", "% of GDP a year", "security that the quarrel costs"),
            Column("second_price", "% of GDP a year"),
        ],
        rows,
    )


def through_time(case: Case, parameters: Parameters) -> Table:
    """Return the chance that both escalate in every year since relations, beside the crises on record."""
    calendar = Calendar(case)
    rows: list[list[Cell]] = []
    for year in YEARS:
        study = year_as_it_was(calendar, year, parameters).study
        standing = study.world.in_force
        seen = study.appraiser.appraise(standing, standing).quantities
        i, j = (study.world.index(s) for s in study.quarrel)
        p, q = float(seen["escalation"][i, j]), float(seen["escalation"][j, i])
        grievance = float(max(study.world.grievance[i, j], study.world.grievance[j, i]))
        rows.append([year, grievance, p, q, p * q, year in CRISES])
    return table(
        "years",
        "Year by year",
        [
            Column("year", form="year"),
            Column("grievance", "0-1", "judged; the larger of the two"),
            *(_chance(n) for n in ("first", "second", "both")),
            Column("crisis", "yes/no", "on record"),
        ],
        rows,
    )


def sunshine(study: Study) -> Table:
    """Return what the view that Seoul takes of the North does to the quarrel, with the star and with a pledge."""
    world = study.world
    i, j = (world.index(s) for s in study.quarrel)
    korea, north = world.index("KOR"), world.adversaries.index("PRK")
    rows: list[list[Cell]] = []
    for seen in SUNSHINE:
        perception = np.array(world.perception)
        perception[korea, north] = seen
        other = with_perception(study, perception)
        found = Appraiser(other.world, other.parameters).appraise(other.fallback, other.fallback).quantities
        p, q = float(found["escalation"][i, j]), float(found["escalation"][j, i])
        price = float(found["security_stake"][korea, i if korea == j else j])
        ladders = how_far_the_quarrel_goes(other)
        asked = (("council", "brokerage"), ("pledged", "both"))
        rows.append([seen, p, q, p * q, price, *(ladders[name("quarrel", v, "", m)] for v, m in asked)])
    return table(
        "sunshine",
        "If Seoul sees less or more in the North",
        [
            Column("perception", "multiplier"),
            *(_chance(n) for n in ("first", "second", "both")),
            Column("korean_price", "% of GDP a year", "security that Korea would lose with Japan's help"),
            _chance("council_brokerage"),
            Column("both_if_pledged", "probability", "normal and pledged to each other", form="percent"),
        ],
        rows,
    )


def _checks(case: Case, found: Table, years: Table, sun: Table) -> tuple[Check, ...]:
    by = {str(r["variant"]): r for r in found}

    def third(variant: str) -> float:
        return cast(float, by[variant]["third_rung"])

    def effect(variant: str) -> str:
        return f"third step {percent(third('as it is'))} → {percent(third(variant))}"

    crises = [cast(float, r["both"]) for r in years if r["crisis"] is True]
    calm = [cast(float, r["both"]) for r in years if r["crisis"] is False]
    area = float(np.mean(higher(crises, calm)))
    low, high = (cast(float, r["both"]) for r in (next(iter(sun)), list(sun)[-1]))
    brokers = 1.0 - cast(float, by["as it is"]["unbrokered"]) / cast(float, by["as it is"]["both"])
    suspended, refused = event(case, "GSOMIASUSPENDED2019"), event(case, "NOMEDIATION2019")
    return (
        Check(
            "Crises fall into years in which the model sees more escalation",
            f"higher in {percent(area)} of pairs of a crisis year and a calm one (its grievances are judged from the same history)",
            f"crises in {', '.join(str(y) for y in CRISES)}",
            None,
        ),
        Check(
            "Rescue by the hub is what makes the quarrel cheap: without it they would hold back",
            effect("no rescue"),
            "not seen: rescue was never withdrawn",
            None,
        ),
        Check("Normal states would quarrel less", effect("normal"), "not seen", None),
        Check(
            "A council would have held the quarrel down by a half or more",
            effect("council"),
            "no council; Greece and Turkey have one and quarrel more often",
            third("council") <= third("as it is") / 2,
        ),
        Check(
            "Normal states pledged to each other would hardly quarrel",
            effect("pledged"),
            "France and Germany since 1963: no militarized dispute",
            third("pledged") < third("as it is") / 2,
        ),
        Check(
            "A common view of the threat would have held it down",
            effect("one view"),
            "the settlement of March 2023 followed a harder line on the North in Seoul",
            third("one view") < 0.9 * third("as it is"),
        ),
        Check(
            "Sunshine policy made the quarrel worse",
            f"both escalate with {percent(low)} if Seoul sees a quarter of the threat, {percent(high)} if half as much again",
            f"years of sunshine, 1998 to 2007, with a crisis: {', '.join(str(y) for y in CRISES if 1998 <= y <= 2007)}",
            low - high > 0.05,
        ),
        Check(
            "The hub can broker, if it wants to",
            f"it brokers with {percent(brokers)}",
            f"{refused.date}: {refused.text} {suspended.date}: {suspended.text}",
            brokers > 0,
        ),
    )


def look_at(setting: Setting) -> Finding:
    """Return what is found about Japan and Korea."""
    parameters, case = setting.parameters, setting.case("indo-pacific-2020")
    study = year_as_it_was(Calendar(case), 2019, parameters).study
    answers = how_far_the_quarrel_goes(study)
    found, years, sun = variants(answers), through_time(case, parameters), sunshine(study)
    tables = (ladder(case, answers), found, years, sun)
    return Finding("japan-korea", tables, _checks(case, found, years, sun), (case,))


def answer(found: Finding) -> tuple[str, ...]:
    """Return how likely the third step is as it is, and with each change."""
    third = {str(r["variant"]): cast(float, r["third_rung"]) for r in found.table("variants")}
    label = {str(r["variant"]): str(r["label"]) for r in found.table("variants")}
    base = third.pop("as it is")
    much = sorted((v for v, p in third.items() if p <= base / 2), key=third.__getitem__)
    others = [p for v, p in third.items() if v not in much]
    helps = [f"{label[v][:1].lower()}{label[v][1:]} ({percent(third[v])})" for v in much[:3]]
    return (
        f"The chance of a third step, that the first raises again after an answer, is {percent(base)}.",
        f"{len(much)} of {len(third)} changes would halve it{': ' if helps else ''}{'; '.join(helps)}.",
        *([f"The others leave {percent(min(others))} to {percent(max(others))}."] if others else []),
    )


def pictures(found: Finding) -> tuple[Chart, ...]:
    """Return the ladder by variant, the years, and the sunshine."""
    return (
        Chart(
            "japan-korea-ladder",
            "dots",
            "The ladder of 2018 and 2019",
            "The chance of having come so far on the ladder, as it is and with one change at a time. Without the broker's step.",
            kept(found.table("ladder"), lambda r: r["event"] != "GSOMIASUSPENDED2019"),
            "reached",
            "label",
            "rung",
            options={"join": True, "unit": "chance of having come so far"},
        ),
        Chart(
            "japan-korea-years",
            "lines",
            "Sixty years of a quarrel",
            "The chance that both escalate in each year. Shaded: crises on record.",
            found.table("years"),
            "year",
            "both",
            options={"unit_up": "chance that both escalate", "shaded": "crisis", "shaded_words": "crisis on record"},
        ),
        Chart(
            "japan-korea-variants",
            "bars",
            "What would have held it down",
            "The chance of the third step: that the first raises again after an answer. One change at a time.",
            found.table("variants"),
            "third_rung",
            "label",
            options={"unit": "chance of the third step"},
        ),
        Chart(
            "japan-korea-sunshine",
            "lines",
            "Sunshine",
            "The chance that both escalate if Seoul sees less or more in the North; 1 is neutral.",
            found.table("sunshine"),
            "perception",
            "both",
            options={"unit_up": "chance that both escalate"},
        ),
    )


SYSTEM = System(
    "japan-korea",
    "Japan and Korea",
    "What drove the ladder of 2018 and 2019, and what could have stopped it?",
    4,
    "From the ruling of October 2018 the two allies of one hub climbed a ladder to the notice on their intelligence pact in "
    "August 2019, which was suspended in November. Each step is given its chance, and the run is repeated with rescue, "
    "control of forces, council and views of the threat changed one at a time.",
    look_at,
    answer,
    pictures,
    (
        "The grievances of both are judged year by year from the same history as the crises: that they go together is no test.",
        "Chances of steps multiply as if every step were decided anew.",
    ),
)
"""Japan and Korea."""
