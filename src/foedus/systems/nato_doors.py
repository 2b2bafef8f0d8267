"""The doors of NATO: who would be let in, and who would leave, in the years of the alliance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.casebook.case import Case, first_day
from foedus.casebook.series import Calendar
from foedus.draws.ensemble import Progress
from foedus.mechanisms.decisions.consent import consent
from foedus.model.architecture import Architecture, Institution, Kind, body
from foedus.model.parameters import Parameters
from foedus.questions.study import Study
from foedus.simulation.decisions import exit_decisions
from foedus.systems.history import Year, year_on_record
from foedus.vocabulary.tables import Cell, Column, Table, table

YEARS = (1951, 1954, 1961, 1971, 1981, 1991, 1998, 2003, 2022)
"""Years in which every outsider knocks: before each wave of accessions, and between them."""

EVERY_YEAR = tuple(range(1950, 2023))
"""Every year of the alliance for which there are yearly data; some minutes of computing."""

SOON = 3
"""Years within which an accession on record counts as foreseen by the year looked at."""


@dataclass(frozen=True)
class Knock:
    """An outsider asks to be let in.

    Attributes
    ----------
    state : str
    own : float
        What it gains, % of its GDP a year.
    pivot : str
        The member least likely to agree.
    pivot_gain : float
        What that member gains, % of its GDP a year.
    pivot_consent : float
    """

    state: str
    own: float
    pivot: str
    pivot_gain: float
    pivot_consent: float


def knock(study: Study, alliance: Institution, state: str) -> Knock:
    """Return what happens if one more state asks to be let into an alliance that is in force."""
    world, appraiser = study.world, study.appraiser
    standing = Architecture(world.in_force.institutions)
    larger = body((*alliance.members, state), alliance.rule)
    after = appraiser.appraise(standing.without(alliance).having(larger), standing).utility
    gain = after - appraiser.appraise(standing, standing).utility
    members = [world.index(s) for s in alliance.members]
    least = members[int(np.argmin(gain[members]))]
    agree = consent(gain[[least]], 1.0, study.parameters["decision_noise"])
    return Knock(state, float(gain[world.index(state)]), world.states[least], float(gain[least]), float(agree[0]))


def alliance_in_force(at: Year) -> Institution:
    """Return the multilateral alliance of the hub that is in force in a year."""
    return next(m for m in at.institutions if m.kind is Kind.MULTILATERAL and m.has(at.study.world.hub))


def _joined(case: Case) -> dict[str, int]:
    record = next(r for r in case.institutions if r.id == "NATO1949")
    return {m.state: first_day(m.joined).year for m in record.members if m.joined}


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
        at = year_on_record(calendar, year, parameters)
        alliance = alliance_in_force(at)
        for state in (s for s in at.study.world.states if s not in alliance.members):
            k = knock(at.study, alliance, state)
            entered = joined.get(state)
            entries.append(
                [
                    year,
                    state,
                    k.own,
                    k.pivot,
                    k.pivot_gain,
                    k.pivot_consent,
                    min(k.pivot_consent, float(consent(np.array([k.own]), 1.0, parameters["decision_noise"])[0])),
                    entered,
                    entered is not None and year < entered <= year + SOON,
                ]
            )
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
    won = []
    for year in dict.fromkeys(r["year"] for r in entries):
        rows = [r for r in entries if r["year"] == year]
        for a in (r for r in rows if r["soon"] is True):
            for b in (r for r in rows if r["soon"] is False):
                high, low = float(a["weakest"] or 0), float(b["weakest"] or 0)
                won.append(1.0 if high > low else 0.5 if high == low else 0.0)
    return (float(np.mean(won)) if won else float("nan")), len(won)
