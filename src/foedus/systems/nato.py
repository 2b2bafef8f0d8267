"""NATO: who is drafted in 1949, what West Germany meant to its neighbours, quarrels with a council, and who breaks silence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.casebook.case import Case
from foedus.casebook.series import Calendar
from foedus.games.voting import consensus, silence_procedure
from foedus.mechanisms.decisions.consent import consent
from foedus.model.architecture import Architecture, Institution, Kind, Rule, body
from foedus.model.builder import build_world
from foedus.model.parameters import Parameters
from foedus.questions.study import Study, study_of
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import DRAFTED, draft_institution
from foedus.systems.finding import Check, Finding, Setting, event, listed
from foedus.systems.history import institution_named, year_on_record
from foedus.systems.nato_doors import EVERY_YEAR, YEARS, alliance_in_force, doors, knock, separation
from foedus.vocabulary.tables import Cell, Column, Table, table

SPEAKING = (1.0, 0.5)
"""Chance that a member who disagrees breaks silence: certain as in a vote, or as likely as not (judged)."""


def founding(case: Case, parameters: Parameters) -> Table:
    """Return who is in the council and in the hub-led body that the hub drafts, and who founded the alliance."""
    study = study_of(case, build_world(case), parameters)
    drafted = {
        rule: draft_institution(study.appraiser, study.fallback, kind, rule)
        for _, kind, rule in DRAFTED
        if kind is Kind.MULTILATERAL
    }
    founders = institution_named(case, "NATO1949").members
    rows: list[list[Cell]] = []
    for s in study.world.states:
        council = s in getattr(drafted[Rule.CONSENSUS], "members", ())
        led = s in getattr(drafted[Rule.HUB], "members", ())
        kind = ("hit" if s in founders else "false member") if council else ("miss" if s in founders else "rightly out")
        rows.append([s, council, led, s in founders, kind])
    return table(
        "founders",
        "The founding membership, drafted and real",
        [
            Column("state"),
            Column("council", "yes/no", "in the council that the hub drafts"),
            Column("hub_led", "yes/no", "in the body led by the hub that it drafts"),
            Column("founder", "yes/no"),
            Column("outcome"),
        ],
        rows,
    )


def _germany(case: Case, parameters: Parameters) -> Table:
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
        larger = standing.without(alliance).having(body((*alliance.members, "DEU")))
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


def _pair(study: Study, one: str, other: str, architecture: Architecture) -> list[Cell]:
    seen = Appraiser(study.world, study.parameters).appraise(architecture, architecture).quantities
    i, j = study.world.index(one), study.world.index(other)
    p, q, beta = (float(seen[n][a, b]) for n, a, b in (("escalation", i, j), ("escalation", j, i), ("brokerage", i, j)))
    return [p, q, p * q, p * q * (1 - beta), p * q * p * (1 - beta), beta]


def disputes(atlantic: Case, pacific: Case, parameters: Parameters) -> Table:
    """Return three quarrels among allies side by side, with a council and on bilateral terms only."""
    rows: list[list[Cell]] = []
    for case, year, one, other in (
        (atlantic, 1974, "GRC", "TUR"),
        (atlantic, 1975, "ISL", "GBR"),
        (pacific, 2019, "KOR", "JPN"),
    ):
        study = year_on_record(Calendar(case), year, parameters).study
        standing = Architecture(study.world.in_force.institutions)
        councils = [m for m in standing if m.has_council and m.has(one, other)]
        bare = standing
        for m in councils:
            for s in m.members:
                bare = bare if s == study.world.hub else bare.left_by(s, _now(bare, m), study.world.hub)
        council = standing if councils else standing.having(study.allies)
        ready = Appraiser(study.world, study.parameters).appraise(council, council).quantities["readiness"]
        at = max(k for k, m in enumerate(council) if m.has_council and m.has(one, other))
        rows.append(
            [f"{one}–{other}", year, "council", *_pair(study, one, other, council), float(ready[at]), bool(councils)]
        )
        rows.append([f"{one}–{other}", year, "bilateral", *_pair(study, one, other, bare), None, not councils])
    return table(
        "disputes",
        "Quarrels among allies, with and without a council",
        [
            Column("dyad"),
            Column("year", form="year"),
            Column("setting"),
            Column("first", "probability", "the first escalates", form="percent"),
            Column("second", "probability", "the other answers", form="percent"),
            Column("both", "probability", form="percent"),
            Column("unbrokered", "probability", form="percent"),
            Column("third_rung", "probability", form="percent"),
            Column("brokerage", "probability", form="percent"),
            Column("readiness", "share", "of its force that the council can bring into action", form="percent"),
            Column("as_on_record", "yes/no"),
        ],
        rows,
    )


def _now(architecture: Architecture, original: Institution) -> Institution:
    """Return what is left of a body after some members have left it."""
    return next(
        m for m in architecture if m.kind is original.kind and m.has_council and set(m.members) <= set(original.members)
    )


def silence(atlantic: Case, parameters: Parameters) -> Table:
    """Return, for admissions on record, who would break silence."""
    rows: list[list[Cell]] = []
    for year, state in ((1951, "TUR"), (1955, "DEU"), (1981, "ESP"), (1998, "POL"), (2022, "FIN"), (2022, "SWE")):
        # the year before the admission; West Germany is a state of the system only from the day before its own
        at = year_on_record(Calendar(atlantic), year, parameters)
        alliance = alliance_in_force(at)
        members = tuple(s for s in alliance.members if s != state)
        alliance = Institution(alliance.kind, members, alliance.rule)
        kept = [m for m in at.study.world.in_force if m.kind is not Kind.MULTILATERAL]
        study = Study(at.study.world.replace(in_force=Architecture((*kept, alliance))), parameters)
        standing = study.world.in_force
        larger = standing.without(alliance).having(body((*members, state)))
        gain = study.appraiser.appraise(larger, standing).utility - study.appraiser.appraise(standing, standing).utility
        agree = consent(gain[[study.world.index(s) for s in members]], 1.0, parameters["decision_noise"])
        passed = [consensus(agree), *(silence_procedure(agree, b) for b in SPEAKING[1:])]
        rows.extend(
            [year, state, s, float(p), *(float(1 - p) * b for b in SPEAKING), *passed]
            for s, p in zip(members, agree, strict=True)
        )
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


def clauses(*cases: Case) -> Table:
    """Return which treaties on record pledge peaceful settlement, which have a council, and whom they bind."""
    rows: list[list[Cell]] = []
    for case in cases:
        for r in case.institutions:
            if r.obligations.get("defence") and case.hub in {m.state for m in r.members}:
                bound = len(r.members) + len(r.outside)
                rows.append([case.name, r.name, r.kind, bound, r.settlement_clause or None, r.council or None])
    return table(
        "clauses",
        "Pledges to settle peacefully, and councils",
        [
            Column("case"),
            Column("treaty"),
            Column("kind"),
            Column("members", "count"),
            Column("settlement_clause"),
            Column("council"),
        ],
        rows,
    )


def _outcome(founders: Table, kind: str) -> list[str]:
    return [str(r["state"]) for r in founders if r["outcome"] == kind]


def _first_objector(found: Table, candidate: str) -> str:
    rows = [r for r in found if r["candidate"] == candidate]
    return str(min(rows, key=lambda r: float(r["consent"] or 0))["member"])


def _checks(tables: Sequence[Table], atlantic: Case, pacific: Case) -> tuple[Check, ...]:
    founders, entries, exits, germany, quarrels, voices, pledges = tables
    hits, missed, false = (_outcome(founders, k) for k in ("hit", "miss", "false member"))
    area, pairs = separation(entries)
    others = [r for r in pledges if r["settlement_clause"] is not None and "North Atlantic" not in str(r["treaty"])]
    top = max(exits, key=lambda r: float(r["exit"] or 0))
    base, calm = list(germany)[:2]
    edc = event(atlantic, "EDCFAILS1954")
    greek = {str(r["setting"]): r for r in quarrels if r["dyad"] == "GRC–TUR"}
    korean = {str(r["setting"]): r for r in quarrels if r["dyad"] == "KOR–JPN"}
    inside, outside = event(atlantic, "MIDS_GRC_TUR"), event(pacific, "MIDS_JPN_KOR")
    objector = _first_objector(voices, "SWE")
    return (
        Check(
            "The hub drafts the founders of 1949",
            f"{len(hits)} hits, misses {listed(missed)}, false members {listed(false)}",
            "twelve founders",
            not missed and not false,
        ),
        Check(
            "States that entered within three years were easier to let in than those that did not",
            f"in {100 * area:.0f} % of {pairs} pairs of the same year",
            "dates of accession",
            area > 0.5,
        ),
        Check(
            "Members stay",
            f"likeliest to leave: {top['member']} in {top['year']}, {100 * float(top['exit'] or 0):.0f} % a year",
            "nobody has left the treaty; two left the command for years",
            float(top["exit"] or 0) < 0.5,
        ),
        Check(
            "France would have gained by letting West Germany in, but for the grievance",
            f"gain {float(base['france'] or 0):+.2f}, without any grievance {float(calm['france'] or 0):+.2f}",
            f"{edc.text} {edc.value:g} {edc.unit}",
            float(base["france"] or 0) < float(calm["france"] or 0),
        ),
        Check(
            "Somebody would block West Germany in 1955",
            f"least willing: {base['pivot']} ({float(base['pivot_gain'] or 0):+.2f})",
            "admitted on 6 May 1955, with limits on its arms",
            float(base["pivot_gain"] or 0) >= 0,
        ),
        Check(
            "France is the least willing about West Germany",
            f"{base['pivot']} with the facts of May 1955, {_first_objector(voices, 'DEU')} with those at the end of the year",
            "the French Assembly, in August 1954",
            base["pivot"] == _first_objector(voices, "DEU") == "FRA",
        ),
        Check(
            "The pledge of Article 1 to settle disputes peacefully sets NATO apart",
            "a clause does nothing in the theory, a council brokers",
            f"{len(others)} other treaties of the hub carry the same pledge, {sum(r['council'] is not None for r in others)} "
            "of them with a council or committee; what differs is that no spoke is bound to another by it",
            None,
        ),
        Check(
            "A council keeps a quarrel of allies lower",
            _lower(greek) + "; " + _lower(korean),
            f"{inside.value:g} {inside.unit}; {outside.value:g} {outside.unit}",
            _lowered(greek) and _fewer(inside.value, outside.value),
        ),
        Check(
            "Ankara breaks silence over Sweden in 2022",
            f"least willing: {objector}",
            "held up for 20 months by Ankara, for the rest by Budapest",
            objector == "TUR",
        ),
    )


def _lower(found: dict[str, dict[str, Cell]]) -> str:
    with_, without = (100 * float(found[k]["third_rung"] or 0) for k in ("council", "bilateral"))
    return f"{found['council']['dyad']} third rung {with_:.0f} % with a council, {without:.0f} % without"


def _lowered(found: dict[str, dict[str, Cell]]) -> bool:
    return float(found["council"]["third_rung"] or 0) < float(found["bilateral"]["third_rung"] or 0)


def _fewer(inside: float | None, outside: float | None) -> bool:
    return (inside or 0.0) < (outside or 0.0)


def look_at(setting: Setting) -> Finding:
    """Return what is found about NATO."""
    parameters = setting.parameters
    start, middle = setting.case("europe-1949"), setting.case("europe-1955")
    atlantic, pacific = setting.case("atlantic-2020"), setting.case("indo-pacific-2020")
    entries, exits = doors(atlantic, parameters, EVERY_YEAR if setting.every_year else YEARS, setting.progress)
    tables = (
        founding(start, parameters),
        entries,
        exits,
        _germany(middle, parameters),
        disputes(atlantic, pacific, parameters),
        silence(atlantic, parameters),
        clauses(atlantic, pacific),
    )
    return Finding("nato", tables, _checks(tables, atlantic, pacific), (start, middle, atlantic, pacific))
