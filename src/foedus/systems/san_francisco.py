"""San Francisco: how the Pacific star came about, whether it would be made again, and why it stays."""

from __future__ import annotations

import datetime

import numpy as np

from foedus.casebook.case import Case, first_day
from foedus.casebook.series import in_year
from foedus.model.architecture import Architecture, Kind
from foedus.model.builder import build_world, treaties_in_force
from foedus.model.parameters import Parameters
from foedus.model.world import World
from foedus.questions.study import name, study_of
from foedus.questions.what_treaties_are_worth import what_treaties_are_worth
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import star
from foedus.systems.excerpts import kept, named, picked
from foedus.systems.finding import Check, Finding, Setting, System, listed
from foedus.vocabulary.prose import country
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

YEARS = tuple(range(1955, 2021, 5))
"""Years in which the star is grown anew."""

HOLLOW = 0.5
"""Yearly chance of exit from which a treaty counts as hollow: leaving is likelier than staying."""


def grown(world: World, parameters: Parameters) -> tuple[str, ...]:
    """Return the states that hub and state would bind by treaty if there were none, in the order of the case."""
    made = star(Appraiser(world.replace(in_force=Architecture()), parameters)).spokes(world.hub)
    return tuple(s for s in world.states if s in made)


def bound_then(case: Case, day: datetime.date | None = None) -> tuple[str, ...]:
    """Return the states with a treaty with the hub in force on a day, in the order of the case."""
    day = day or case.as_of
    bound = {
        s
        for r in case.in_force(day)
        if r.kind in ("bilateral", "multilateral") and case.hub in r.members_on(day)
        for s in r.members_on(day)
    }
    return tuple(s for s in case.states if s in bound and s != case.hub)


def _slates(case: Case, early: Case, parameters: Parameters) -> Table:
    rows: list[list[Cell]] = []

    def add(year: int, setting: str, world: World, bound: tuple[str, ...]) -> None:
        made = grown(world, parameters)
        rows.extend([year, setting, s, s in made, s in bound] for s in world.states if s != world.hub)

    signed = bound_then(case, datetime.date(1955, 12, 31))
    add(1953, "as it was", build_world(early), signed)
    for year in YEARS:
        then = in_year(case, year)
        world, bound = build_world(then), bound_then(then)
        add(year, "as it was", world, bound)
        add(year, "without trade", world.replace(trade=np.zeros_like(world.trade)), bound)
    columns = [
        Column("year", form="year"),
        Column("setting"),
        Column("state"),
        Column("grown", "yes/no", "hub and state would sign if there were no treaties"),
        Column("bound", "yes/no", "bound to the hub by treaty; for 1953, by the end of 1955"),
    ]
    return table("slates", "Who would be bound to the hub if everything began anew", columns, rows)


def _treaties(case: Case, parameters: Parameters) -> Table:
    study = study_of(case, build_world(case), parameters)
    worth = what_treaties_are_worth(study)
    rows: list[list[Cell]] = []
    for m in study.bilaterals():
        item, spoke = "–".join(m.members), m.members[1]
        asked = ((case.hub, "worth"), (spoke, "worth"), (spoke, "exit"))
        found = (worth[name("treaty", item, s, measure)] for s, measure in asked)
        rows.append([spoke, *found, m in treaties_in_force(case).institutions])
    columns = [
        Column("ally"),
        Column("to_hub", "% of GDP a year"),
        Column("to_ally", "% of GDP a year"),
        Column("exit", "probability a year", "that the ally leaves", head="leaves within a year", form="percent"),
        Column("in_force", "yes/no", "on record"),
    ]
    return table("treaties", "What each treaty of today's star is worth", columns, rows)


def _picked(slates: Table, year: int, setting: str, column: str) -> tuple[str, ...]:
    return tuple(str(r["state"]) for r in slates if r["year"] == year and r["setting"] == setting and r[column] is True)


def _missing(slates: Table) -> tuple[int, int]:
    """Return how many ties on record would not be made anew in their year, and how many of these would without trade."""
    free = {(r["year"], r["state"]) for r in slates if r["setting"] == "without trade" and r["grown"] is True}
    was = [r for r in slates if r["setting"] == "as it was"]
    gone = [(r["year"], r["state"]) for r in was if r["bound"] is True and r["grown"] is False]
    return len(gone), sum(tie in free for tie in gone)


def look_at(setting: Setting) -> Finding:
    """Return what is found about the San Francisco system."""
    parameters = setting.parameters
    case, early = setting.case("indo-pacific-2020"), setting.case("asia-1953")
    slates, treaties = _slates(case, early, parameters), _treaties(case, parameters)
    asked = ((1953, "as it was"), (2020, "as it was"), (2020, "without trade"))
    then, now, free = (_picked(slates, year, how, "grown") for year, how in asked)
    signed = _picked(slates, 1953, "as it was", "bound")
    allies = bound_then(case)
    last = max(
        first_day(str(r.signed or r.in_force)).year
        for r in case.institutions
        if r.kind in ("bilateral", "multilateral") and case.hub in {m.state for m in r.members}
    )
    missing, explained = _missing(slates)
    common = [s for s in then if s in case.states]
    hollow = [str(r["ally"]) for r in treaties if isinstance(r["exit"], float) and r["exit"] > HOLLOW]
    partners = {m.members[1] for m in treaties_in_force(case) if m.kind is Kind.BILATERAL}
    checks = (
        Check(
            "From nothing in 1953 the hub binds the states that it did bind by 1955",
            f"binds {listed(common)}",
            f"bound {listed(signed)}",
            set(common) == set(signed),
        ),
        Check(
            "With the trade of 2020 the star would not be made again, so it lasts because it is old",
            f"would sign: {listed(now)}",
            f"no treaty of the hub with a new state since {last}",
            not now,
        ),
        Check(
            "Without trade with China the star of 2020 would be made again, ally by ally",
            f"would sign: {listed(free)}",
            f"bound: {listed(allies)}",
            set(free) == set(allies),
        ),
        Check(
            "Trade with China is why the ties would not be made anew",
            f"of {missing} ties in force on record that would not be made anew, {explained} would be without that trade",
            "Washington and Beijing were no rivals from 1972 to 1996, while trade was still small",
            None,
        ),
        Check(
            "Every treaty of the star is still worth having to the ally",
            f"likelier left than kept: {listed(hollow)}",
            f"still in force: {listed([s for s in hollow if s in partners])}",
            not hollow,
        ),
    )
    return Finding("san-francisco", (treaties, slates), checks, (case, early))


def answer(found: Finding) -> tuple[str, ...]:
    """Return who is bound from nothing in 1953 and in 2020, and which treaties last although the model would end them."""
    slates = found.table("slates")
    signed = _picked(slates, 1953, "as it was", "bound")
    made = _picked(slates, 1953, "as it was", "grown")
    again, free = (_picked(slates, YEARS[-1], setting, "grown") for setting in ("as it was", "without trade"))
    left = [(country(str(r["ally"])), float(r["exit"] or 0)) for r in found.table("treaties") if r["in_force"] is True]
    hollow = [f"{ally} would leave with {percent(p)} a year and has stayed" for ally, p in left if p > HOLLOW]
    return (
        f"From nothing in 1953 the hub binds {sum(s in made for s in signed)} of the {len(signed)} states that it bound.",
        f"Begun anew in {YEARS[-1]}, with the trade of that year, it would bind {listed(again)}; without trade with China, "
        f"{listed(free)}.",
        *([f"On record the star stays: {'; '.join(hollow)}."] if hollow else []),
    )


def pictures(found: Finding) -> tuple[Chart, ...]:
    """Return the star grown anew through the years, with trade and without, and what its treaties are worth."""
    slates = kept(named(found.table("slates"), "state"), lambda r: r["year"] != 1953)
    signs = {"filled": "grown", "ringed": "bound", "words": ("would sign anew", "bound on record")}
    return (
        Chart(
            "san-francisco-star",
            "grid",
            "The star, begun anew in every fifth year",
            "Who would be bound to the hub if everything began anew in the year, and who was bound on record.",
            picked(slates, setting="as it was"),
            "year",
            "state",
            options=signs,
        ),
        Chart(
            "san-francisco-without-trade",
            "grid",
            "The star without trade with China",
            "The same if nobody traded with China: what is missing here is not missing because of trade.",
            picked(slates, setting="without trade"),
            "year",
            "state",
            options=signs,
        ),
        Chart(
            "san-francisco-treaties",
            "bars",
            "What the treaties of 2020 are worth to the allies",
            "What each treaty of the star is worth to the ally, % of its GDP a year.",
            named(found.table("treaties"), "ally"),
            "to_ally",
            "ally",
            colour="in_force",
            inks={"true": "blue", "false": "grey"},
            options={"unit": "% of GDP a year"},
        ),
    )


SYSTEM = System(
    "san-francisco",
    "The San Francisco system",
    "How did the Pacific star come about, and why does it stay?",
    1,
    "Between 1951 and 1955 the United States bound seven states of the Pacific to itself, nearly all by treaties of two. The "
    "star is grown here from nothing in 1953 and in every fifth year since, from the facts of the year, and set beside the "
    "treaties in force on record.",
    look_at,
    answer,
    pictures,
    (
        "The treaty area of 1953 is coded as of that year; the model was shaped with its outcome in view.",
        "Between 1955 and 1970 the model also binds India and at times Indonesia and Malaysia: non-alignment is seen only "
        "through votes in the General Assembly.",
    ),
)
"""The San Francisco system."""
