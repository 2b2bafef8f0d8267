"""The doors of NATO: who would be let in, who would leave, West Germany in 1955, and who would break silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.casebook.case import Case, first_day
from foedus.casebook.series import Calendar
from foedus.draws.ensemble import Progress
from foedus.games.voting import consensus, silence_procedure
from foedus.mechanisms.decisions.consent import consent
from foedus.model.architecture import Architecture, Institution, Kind
from foedus.model.builder import build_world
from foedus.model.parameters import Parameters
from foedus.questions.study import Study
from foedus.simulation.decisions import exit_decisions
from foedus.systems.finding import higher
from foedus.systems.history import Year, year_as_it_was
from foedus.vocabulary.tables import Cell, Column, Table, table

YEARS = (1951, 1954, 1961, 1971, 1981, 1991, 1998, 2003, 2022)
"""Years in which every outsider knocks: before each wave of accessions, and between them."""

EVERY_YEAR = tuple(range(1950, 2023))
"""Every year of the alliance for which there are yearly data; some minutes of computing."""

SOON = 3
"""Years within which an accession on record counts as foreseen by the year looked at."""

SPEAKING = (1.0, 0.5)
"""Chance that a member who disagrees breaks silence: certain as in a vote, or as likely as not (judged)."""


@dataclass(frozen=True)
class Knock:
    """An outsider asks to be let in."""

    state: str
    own: float
    """What it gains, % of its GDP a year."""
    pivot: str
    """The member least likely to agree."""
    pivot_gain: float
    """What that member gains, % of its GDP a year."""
    pivot_consent: float


def knock(study: Study, alliance: Institution, state: str) -> Knock:
    """Return what happens if one more state asks to be let into an alliance that is in force."""
    world, appraiser = study.world, study.appraiser
    standing = Architecture(world.in_force.institutions)
    larger = alliance.joined_by(state)
    after = appraiser.appraise(standing.without(alliance).having(larger), standing).utility
    gain = after - appraiser.appraise(standing, standing).utility
    members = [world.index(s) for s in alliance.members]
    least = members[int(np.argmin(gain[members]))]
    agree = consent(gain[[least]], appraiser.depth(larger), study.parameters["decision_noise"])
    return Knock(state, float(gain[world.index(state)]), world.states[least], float(gain[least]), float(agree[0]))


def _own_consent(at: Study, alliance: Institution, k: Knock) -> float:
    """Return the chance that who asks to be let in wants to be."""
    depth = at.appraiser.depth(alliance.joined_by(k.state))
    return float(consent(np.array([k.own]), depth, at.parameters["decision_noise"])[0])


def alliance_in_force(at: Year) -> Institution:
    """Return the multilateral alliance of the hub that is in force in a year."""
    return next(m for m in at.institutions if m.kind is Kind.MULTILATERAL and m.has(at.study.world.hub))


def _joined(case: Case) -> dict[str, int]:
    treaty = next(r for r in case.institutions if r.id == "NATO1949")
    return {m.state: first_day(m.joined).year for m in treaty.members if m.joined}


def doors(
    case: Case, parameters: Parameters, years: Sequence[int] = YEARS, progress: Progress | None = None
) -> tuple[Table, Table]:
    """Return who would be let in, and who would leave, in each year looked at."""
    calendar, joined = Calendar(case), _joined(case)
    entries: list[list[Cell]] = []
    exits: list[list[Cell]] = []
    for done, year in enumerate(years):
        if progress is not None:
            progress(done, len(years))
        at = year_as_it_was(calendar, year, parameters)
        alliance = alliance_in_force(at)
        for state in (s for s in at.study.world.states if s not in alliance.members):
            k, entered = knock(at.study, alliance, state), joined.get(state)
            own = _own_consent(at.study, alliance, k)
            knocked = (k.own, k.pivot, k.pivot_gain, k.pivot_consent, min(k.pivot_consent, own))
            soon = entered is not None and year < entered <= year + SOON
            entries.append([year, state, *knocked, entered, soon])
        for d in exit_decisions(at.study.appraiser, alliance, Architecture(at.study.world.in_force.institutions)):
            exits.append([year, d.state, d.gain, d.probability])
    return (
        table(
            "accession",
            "Who would be let in",
            [
                Column("year", form="year"),
                Column("state"),
                Column("own_gain", "% of GDP a year", "of the state that asks"),
                Column("pivot", "", "the member least likely to agree"),
                Column("pivot_gain", "% of GDP a year"),
                Column("pivot_consent", "probability", form="percent"),
                Column("weakest", "probability", "lower of the pivot's and the state's own consent", form="percent"),
                Column("entered", "year", "on record", form="year"),
                Column("soon", "yes/no", f"within {SOON} years on record"),
            ],
            entries,
        ),
        table(
            "exit",
            "Who would leave",
            [
                Column("year", form="year"),
                Column("member"),
                Column("gain", "% of GDP a year", "of staying"),
                Column("exit", "probability a year", head="leaves within a year", form="percent"),
            ],
            exits,
        ),
    )


def separation(entries: Table) -> tuple[float, int]:
    """Return how often a state that entered soon is easier to let in than one of the same year that did not.

    The share of such pairs in which the weakest consent is higher for the one that entered, ties counting half: the
    area under the curve, 0.5 for a coin; and the number of pairs.
    """
    won: list[float] = []
    for year in dict.fromkeys(r["year"] for r in entries):
        rows = [r for r in entries if r["year"] == year]
        soon, later = ([float(r["weakest"] or 0) for r in rows if r["soon"] is is_so] for is_so in (True, False))
        won += higher(soon, later)
    return (float(np.mean(won)) if won else float("nan")), len(won)


def germany(case: Case, parameters: Parameters) -> Table:
    """Return what letting West Germany in means to its neighbours in May 1955, as it was and after single changes."""
    world = build_world(case)
    quiet = np.array(world.grievance)
    quiet[:, world.index("DEU")] = 0.0
    sovereign, free = np.array(world.sovereignty), np.array(world.free_force)
    sovereign[world.index("DEU")] = free[world.index("DEU")] = 1.0
    variants = {
        "as it was": world,
        "no grievance against Germany": world.replace(grievance=quiet),
        "Germany commands its own forces": world.replace(sovereignty=sovereign, free_force=free),
    }
    rows: list[list[Cell]] = []
    for label, changed in variants.items():
        study = Study(changed, parameters)
        alliance = next(m for m in changed.in_force if m.kind is Kind.MULTILATERAL)
        k = knock(study, alliance, "DEU")
        standing = Architecture(changed.in_force.institutions)
        larger = standing.without(alliance).having(alliance.joined_by("DEU"))
        gain = study.appraiser.appraise(larger, standing).utility - study.appraiser.appraise(standing, standing).utility
        rows.append([label, float(gain[changed.index("FRA")]), k.own, k.pivot, k.pivot_gain, k.pivot_consent])
    return table(
        "germany",
        "West Germany at the door, May 1955",
        [
            Column("setting"),
            Column("france", "% of GDP a year", "gain of France"),
            Column("germany", "% of GDP a year", "gain of West Germany"),
            Column("pivot"),
            Column("pivot_gain", "% of GDP a year"),
            Column("pivot_consent", "probability", form="percent"),
        ],
        rows,
    )


def silence(atlantic: Case, parameters: Parameters) -> Table:
    """Return, for admissions on record, who would break silence."""
    rows: list[list[Cell]] = []
    for year, state in ((1951, "TUR"), (1955, "DEU"), (1981, "ESP"), (1998, "POL"), (2022, "FIN"), (2022, "SWE")):
        # the year before the admission; West Germany is a state of the system only from the day before its own
        at = year_as_it_was(Calendar(atlantic), year, parameters)
        alliance = alliance_in_force(at)
        members = tuple(s for s in alliance.members if s != state)
        alliance = replace(alliance, members=members)
        kept = [m for m in at.study.world.in_force if m.kind is not Kind.MULTILATERAL]
        study = Study(at.study.world.replace(in_force=Architecture((*kept, alliance))), parameters)
        standing = study.world.in_force
        larger = alliance.joined_by(state)
        after = study.appraiser.appraise(standing.without(alliance).having(larger), standing).utility
        gain = (after - study.appraiser.appraise(standing, standing).utility)[[study.world.index(s) for s in members]]
        agree = consent(gain, study.appraiser.depth(larger), parameters["decision_noise"])
        passed = [consensus(agree), *(silence_procedure(agree, b) for b in SPEAKING[1:])]
        for s, p in zip(members, agree.tolist(), strict=True):
            rows.append([year, state, s, p, *((1 - p) * b for b in SPEAKING), *passed])
    return table(
        "silence",
        "Who would break silence over an admission",
        [
            Column("year", form="year"),
            Column("candidate"),
            Column("member"),
            Column("consent", "probability", form="percent"),
            Column("objects", "probability", form="percent"),
            Column("breaks_silence", "probability", "if half of those who object speak up", form="percent"),
            Column("passes_vote", "probability", "that nobody objects", form="percent"),
            Column("passes_silence", "probability", form="percent"),
        ],
        rows,
    )


def restless(exits: Table) -> Table:
    """Return the twelve members that are ever likeliest to leave, the likeliest first, in every year, also those before."""
    peak: dict[Cell, float] = {}
    for r in exits:
        peak[r["member"]] = max(peak.get(r["member"], 0.0), float(r["exit"] or 0))
    first = sorted(peak, key=lambda m: -peak[m])[:12]
    chance = {(r["year"], r["member"]): (r["gain"], r["exit"]) for r in exits}
    years = dict.fromkeys(r["year"] for r in exits)
    rows = tuple((year, m, *chance.get((year, m), (None, None))) for m in first for year in years)
    return replace(exits, rows=rows)
