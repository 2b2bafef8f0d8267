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
from foedus.simulation.decisions import consent_decisions, together
from foedus.simulation.formation import shared
from foedus.systems.excerpts import headed, named, picked
from foedus.systems.finding import SEED, Check, Finding, Setting, System, event
from foedus.systems.history import (
    institution_named,
    members_through_the_years,
    what_moves_consent,
    with_perception,
    year_as_it_was,
)
from foedus.vocabulary.prose import country, listing
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

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


def met_in(case: Case) -> str:
    """Return the years in which the four met on record, as the pictures shade them: ``2007 and from 2017``."""
    spans: list[list[int]] = []
    for year in filter(lambda y: _met(case, y), YEARS):
        if spans and spans[-1][-1] == year - 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    said = [f"from {s[0]}" if s[-1] == YEARS[-1] else f"{s[0]}" if len(s) == 1 else f"{s[0]} to {s[-1]}" for s in spans]
    return listing(said)


def _yearly(case: Case, quad: Institution, found: Mapping[int, Answers]) -> Table:
    item = "–".join(quad.members)
    rows: list[list[Cell]] = []
    for year, answers in found.items():
        accepted, breaks = answers[name("consent", item, "", "acceptance")], answers[name("exit", item, "", "breaks")]
        for s in quad.members:
            gain, agrees = (answers[name("consent", item, s, m)] for m in ("gain", "probability"))
            leaves, weakest = (
                answers[name("exit", item, s, "probability")],
                answers[name("consent", item, s, "weakest")],
            )
            rows.append([year, s, gain, agrees, leaves, weakest > 0, accepted, breaks, _met(case, year)])
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
            Column("breaks", "probability a year", "that anybody leaves", "anybody leaves within a year", "percent"),
            Column("met", "yes/no", "the four meet on record"),
        ],
        rows,
    )


def _moves(quad: Institution, found: Answers) -> Table:
    item = "–".join(quad.members)
    rows: list[list[Cell]] = [
        [year, *(found[name("moves", item, str(year), m)] for m in ("neutral", "mean", "low", "high"))]
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
        study = year_as_it_was(calendar, year, parameters).study
        for s in quad.members:
            for seen in PERCEPTIONS:
                perception = np.array(study.world.perception)
                perception[study.world.index(s)] = seen
                other = with_perception(study, perception)
                decided = consent_decisions(other.appraiser, quad, other.fallback.without(quad))
                rows.append([year, s, seen, together(decided, shared(parameters))])
    columns = [Column("year", form="year"), Column("leader_of"), Column("perception", "multiplier")]
    columns.append(Column("all_agree", "probability", form="percent"))
    return table("one-leader", "If one leader saw more or less in the threats, the others as they did", columns, rows)


def _checks(case: Case, years: Table, moves: Answers, one: Table, item: str) -> tuple[Check, ...]:
    agreed = {cast(int, r["year"]): cast(float, r["all_agree"]) for r in years}
    on, off = ([agreed[y] for y in agreed if _met(case, y) is met] for met in (True, False))
    weakest = Counter(str(r["member"]) for r in years if r["weakest"] is True)
    first, often = weakest.most_common(1)[0]
    share = moves[name("moves", item, "", "share of leaders")]
    end, again = event(case, "QUADEND2008"), event(case, "QUAD2017")
    moved = [cast(float, r["all_agree"]) for r in one if r["year"] == 2008]
    least, span = min(moved), max(moved) - min(moved)
    return (
        Check(
            "Consent was higher in years in which the four met than in years in which they did not",
            f"all agree with {percent(float(np.mean(on)))} on average, else {percent(float(np.mean(off)))}",
            f"met in {met_in(case)}; the meetings of 2007 were wound up in {end.date[:4]}",
            float(np.mean(on)) > float(np.mean(off)),
        ),
        Check(
            "Consent fell from 2007 to 2008 and rose to 2017",
            f"2007 {percent(agreed[2007])}, 2008 {percent(agreed[2008])}, 2017 {percent(agreed[2017])}",
            f"{end.text} {again.text}",
            agreed[2008] < agreed[2007] < agreed[2017] or agreed[2008] < min(agreed[2007], agreed[2017]),
        ),
        Check(
            "Australia is the weakest link",
            f"{country(first)} in {often} of {len(agreed)} years",
            f"{country(end.actors[0])} left in 2008",
            first == end.actors[0],
        ),
        Check(
            "One leader could make it likelier than not that the Quad is refused",
            f"least chance that all agree, with one leader who sees half the threat: {percent(least)} in 2008",
            "it lapsed after the government in Canberra changed in December 2007",
            least < 0.5,
        ),
        Check(
            "Leaders, not slow variables, explain collapse and revival",
            f"leaders make {percent(share)} of the variance of consent; one leader moves it by up to {100 * span:.0f} points in 2008",
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


def answer(found: Finding) -> tuple[str, ...]:
    """Return when all four agree, who is the weakest link, and how far one leader moves the whole."""
    years = found.table("years")
    agreed = {(r["year"], r["met"]): cast(float, r["all_agree"]) for r in years}
    on, off = (float(np.mean([p for (_, met), p in agreed.items() if met is is_so])) for is_so in (True, False))
    first, often = Counter(str(r["member"]) for r in years if r["weakest"] is True).most_common(1)[0]
    one = [cast(float, r["all_agree"]) for r in found.table("one-leader") if r["year"] == 2008]
    return (
        f"Asked to sit in a forum, all four agree with {percent(on)} in years in which they met and {percent(off)} in others: "
        "consent, not the chance that they meet.",
        f"{country(first)} is the weakest link in {often} of {len(agreed)} years.",
        f"In 2008 one leader alone moves the chance between {percent(min(one))} and {percent(max(one))}.",
    )


def pictures(found: Finding) -> tuple[Chart, ...]:
    """Return consent through the years, member by member, and what one leader does."""
    years = named(found.table("years"), "member")
    met = {"shaded": "met", "shaded_words": "the four meet"}
    return (
        Chart(
            "quad-consent",
            "lines",
            "Consent of the four",
            "Each member's consent to the forum with the leaders it had. Shaded: years in which the four met.",
            years,
            "year",
            "consent",
            "member",
            options={"unit_up": "chance of consent", **met},
        ),
        Chart(
            "quad-all",
            "lines",
            "Consent of all four",
            "The chance that all four agree, with the leaders they had. Shaded: years in which the four met.",
            picked(years, member=years.column("member")[0]),
            "year",
            "all_agree",
            options={"unit_up": "chance that all agree", **met},
        ),
        Chart(
            "quad-leaders",
            "lines",
            "Slow variables and leaders",
            "The chance that all agree when leaders are neutral, and when they are drawn anew.",
            headed(found.table("leaders"), neutral="neutral leaders", low="5 % of leaders", high="95 % of leaders"),
            "year",
            series=("neutral", "low", "high"),
            options={"unit_up": "chance that all agree"},
        ),
        Chart(
            "quad-one-leader",
            "lines",
            "What one leader does, 2008",
            "The chance that all agree if one leader sees more or less in the threats, in the year of the collapse.",
            named(picked(found.table("one-leader"), year=2008), "leader_of"),
            "perception",
            "all_agree",
            "leader_of",
            options={"unit_up": "chance that all agree"},
        ),
    )


SYSTEM = System(
    "quad",
    "The Quad",
    "Would its four members agree in each year, and what moves them?",
    3,
    "Officials of the four met in May 2007, Canberra withdrew in February 2008, and they met again from November 2017. Each "
    "member's consent to the forum and its wish to leave are worked out for every year without chance; then leaders are "
    "drawn anew to tell them from slow variables.",
    look_at,
    answer,
    pictures,
    (
        "What leaders saw is judged government by government; neutral leaders stand beside them in the second table.",
        "Positions in the General Assembly end in 2019 and are held afterwards.",
    ),
)
"""The Quad."""
