"""NATO: who is drafted in 1949, quarrels with a council and without, and what is said of all its doors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foedus.casebook.case import Case, Event
from foedus.casebook.series import Calendar
from foedus.model.architecture import Architecture, Institution, Kind, Rule
from foedus.model.builder import build_world
from foedus.model.parameters import Parameters
from foedus.questions.study import Study, study_of
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import DRAFTED, draft_institution
from foedus.systems.excerpts import headed, named
from foedus.systems.finding import Check, Finding, Setting, System, event, listed
from foedus.systems.history import institution_named, year_as_it_was
from foedus.systems.nato_doors import EVERY_YEAR, YEARS, doors, germany, restless, separation, silence
from foedus.vocabulary.prose import country, listing
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, Column, Table, percent, table


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
        study = year_as_it_was(Calendar(case), year, parameters).study
        standing = Architecture(study.world.in_force.institutions)
        councils = [m for m in standing if m.has_council and m.has(one, other)]
        bare = standing
        for m in councils:
            for s in m.members:
                bare = bare if s == study.world.hub else bare.left_by(s, _now(bare, m), study.world.hub)
        council = standing if councils else standing.having(study.allies)
        readiness = Appraiser(study.world, study.parameters).appraise(council, council).quantities["readiness"]
        ready = float(readiness[max(k for k, m in enumerate(council) if m.has_council and m.has(one, other))])
        dyad = f"{one}–{other}"
        rows.append([dyad, year, "council", *_pair(study, one, other, council), ready, bool(councils)])
        rows.append([dyad, year, "bilateral", *_pair(study, one, other, bare), None, not councils])
    return table(
        "disputes",
        "Quarrels among allies, with and without a council",
        [
            Column("dyad"),
            Column("year", form="year"),
            Column("setting"),
            Column("first", "probability", "the first escalates", form="percent"),
            Column("second", "probability", "the other answers", form="percent"),
            *(Column(n, "probability", form="percent") for n in ("both", "unbrokered", "third_rung", "brokerage")),
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


def clauses(*cases: Case) -> Table:
    """Return which treaties on record pledge peaceful settlement, which have a council, and whom they bind."""
    rows: list[list[Cell]] = []
    for case in cases:
        for r in case.institutions:
            if r.obligations.get("defence") and case.hub in {m.state for m in r.members}:
                bound = len(r.members) + len(r.outside)
                rows.append([case.name, r.name, r.kind, bound, r.settlement_clause or None, r.council or None])
    columns = [Column("case"), Column("treaty"), Column("kind"), Column("members", "count")]
    columns += [Column("settlement_clause"), Column("council")]
    return table("clauses", "Pledges to settle peacefully, and councils", columns, rows)


def _outcome(founders: Table, kind: str) -> list[str]:
    return [str(r["state"]) for r in founders if r["outcome"] == kind]


def _first_objector(found: Table, candidate: str) -> str:
    rows = [r for r in found if r["candidate"] == candidate]
    return str(min(rows, key=lambda r: float(r["consent"] or 0))["member"])


def _checks(tables: Sequence[Table], atlantic: Case, pacific: Case) -> tuple[Check, ...]:
    founders, entries, exits, bonn, quarrels, voices, pledges = tables
    hits, missed, false = (_outcome(founders, k) for k in ("hit", "miss", "false member"))
    area, pairs = separation(entries)
    others = [r for r in pledges if r["settlement_clause"] is not None and "North Atlantic" not in str(r["treaty"])]
    top = max(exits, key=lambda r: float(r["exit"] or 0))
    base, calm = list(bonn)[:2]
    edc = event(atlantic, "EDCFAILS1954")
    greek = {str(r["setting"]): r for r in quarrels if r["dyad"] == "GRC–TUR"}
    korean = {str(r["setting"]): r for r in quarrels if r["dyad"] == "KOR–JPN"}
    inside, outside = _disputes_on_record(atlantic, pacific)
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
            f"in {percent(area)} of {pairs} pairs of the same year",
            "dates of accession",
            area > 0.5,
        ),
        Check(
            "Members stay",
            f"likeliest to leave: {country(str(top['member']))} in {top['year']}, {percent(float(top['exit'] or 0))} a year",
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
            f"least willing: {country(str(base['pivot']))} ({float(base['pivot_gain'] or 0):+.2f})",
            "admitted on 6 May 1955, with limits on its arms",
            float(base["pivot_gain"] or 0) >= 0,
        ),
        Check(
            "France is the least willing about West Germany",
            f"{country(str(base['pivot']))} with the facts of May 1955, {country(_first_objector(voices, 'DEU'))} with those at the end "
            "of the year",
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
            f"least willing: {country(objector)}",
            "held up for 20 months by Ankara, for the rest by Budapest",
            objector == "TUR",
        ),
    )


def _lower(found: dict[str, dict[str, Cell]]) -> str:
    with_, without = (percent(float(found[k]["third_rung"] or 0)) for k in ("council", "bilateral"))
    pair = listing(country(s) for s in str(found["council"]["dyad"]).split("–"))
    return f"{pair} come to a third step with {with_} with a council, {without} without"


def _lowered(found: dict[str, dict[str, Cell]]) -> bool:
    return float(found["council"]["third_rung"] or 0) < float(found["bilateral"]["third_rung"] or 0)


def _disputes_on_record(atlantic: Case, pacific: Case) -> tuple[Event, Event]:
    """Return the disputes counted between two allies with a council, and between two without."""
    return event(atlantic, "MIDS_GRC_TUR"), event(pacific, "MIDS_JPN_KOR")


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
        germany(middle, parameters),
        disputes(atlantic, pacific, parameters),
        silence(atlantic, parameters),
        clauses(atlantic, pacific),
    )
    return Finding("nato", tables, _checks(tables, atlantic, pacific), (start, middle, atlantic, pacific))


def answer(found: Finding) -> tuple[str, ...]:
    """Return who is drafted, how well entries are told, who would leave against the record, and what a council does."""
    founders = found.table("founders")
    hits, missed, false = (_outcome(founders, k) for k in ("hit", "miss", "false member"))
    area, pairs = separation(found.table("accession"))
    top = max(found.table("exit"), key=lambda r: float(r["exit"] or 0))
    inside, outside = _disputes_on_record(*found.cases[2:])
    counted = "fewer" if _fewer(inside.value, outside.value) else "more"
    return (
        f"The hub drafts {len(hits)} of the {len(hits) + len(missed)} founders, without {listed(missed)} and with "
        f"{listed(false)}.",
        f"States that entered soon were easier to let in, in {percent(area)} of {pairs} pairs.",
        f"{country(str(top['member']))} would leave in {top['year']} with {percent(float(top['exit'] or 0))} a year; nobody has.",
        f"A council lowers {_lowered_in(found)} quarrels of allies; on record those with one have had {counted}.",
    )


def _lowered_in(found: Finding) -> str:
    """Return in how many of the quarrels a third step is less likely with a council."""
    by: dict[str, dict[str, dict[str, Cell]]] = {}
    for r in found.table("disputes"):
        by.setdefault(str(r["dyad"]), {})[str(r["setting"])] = r
    return f"{sum(map(_lowered, by.values()))} of {len(by)}"


def _least_willing(voices: Table) -> Table:
    """Return the rows of the eight members likeliest to object to West Germany, and to Sweden."""
    at, by = ([c.name for c in voices.columns].index(n) for n in ("objects", "candidate"))
    rows: list[tuple[Cell, ...]] = []
    for candidate in ("DEU", "SWE"):
        asked = [row for row in voices.rows if row[by] == candidate]
        rows += sorted(asked, key=lambda row: -float(row[at] or 0))[:8]
    return replace(voices, rows=tuple(rows))


def _drafted(founders: Table) -> Table:
    """Return who is in either body that the hub drafts, one row per state and body."""
    rows: list[Sequence[Cell]] = [
        [country(str(r["state"])), label, r[column], r["founder"]]
        for r in founders
        for column, label in (("council", "council drafted"), ("hub_led", "hub-led body drafted"))
    ]
    columns = [Column("state"), Column("body"), Column("in", "yes/no"), Column("founder", "yes/no")]
    return table("founders", founders.title, columns, rows)


def _called(quarrels: Table) -> Table:
    """Return the quarrels with the names of the two and the year."""
    rows: list[Sequence[Cell]] = []
    for r in quarrels:
        pair = "–".join(country(s) for s in str(r["dyad"]).split("–"))
        setting = "with a council" if r["setting"] == "council" else "on bilateral terms"
        rows.append([f"{pair} {r['year']}", setting, r["third_rung"]])
    chance = Column("third_rung", "probability", form="percent")
    return table("disputes", quarrels.title, [Column("quarrel"), Column("setting"), chance], rows)


def pictures(found: Finding) -> tuple[Chart, ...]:
    """Return the founders, the outsiders who knock, the exits, the quarrels and the silence."""
    return (
        Chart(
            "nato-founders",
            "grid",
            "Founders of 1949",
            "The membership that the hub drafts in April 1949, beside the founders.",
            _drafted(found.table("founders")),
            "body",
            "state",
            options={"filled": "in", "ringed": "founder", "words": ("drafted", "founder on record")},
        ),
        Chart(
            "nato-let-in",
            "grid",
            "Who would be let in",
            "How willing the least willing side is when a state knocks, its own or a member's, in each year looked at. Line below: "
            "entered within three years on record; a state that is in has no cell.",
            headed(named(found.table("accession"), "state"), weakest="chance of the weakest consent"),
            "year",
            "state",
            options={"value": "weakest", "ringed": "soon", "words": ("", "entered within three years")},
        ),
        Chart(
            "nato-leave",
            "grid",
            "Who would leave",
            "The chance to leave within the year, of the twelve members that are ever likeliest to. On record nobody has "
            "left the treaty.",
            named(restless(found.table("exit")), "member"),
            "year",
            "member",
            options={"value": "exit", "ink": "vermilion"},
        ),
        Chart(
            "nato-quarrels",
            "dots",
            "Quarrels with and without a council",
            "Three quarrels among allies: the chance of a third step, that the first raises again after an answer and nobody "
            "brokers.",
            _called(found.table("disputes")),
            "third_rung",
            "quarrel",
            "setting",
            inks={"with a council": "teal", "on bilateral terms": "amber"},
            options={"unit": "chance of a third step", "join": True},
        ),
        Chart(
            "nato-silence",
            "bars",
            "Who breaks silence",
            "Who would object to West Germany in 1955 and to Sweden in 2022: the eight least willing members each time.",
            named(_least_willing(found.table("silence")), "member", "candidate"),
            "objects",
            "member",
            options={"unit": "chance of objecting", "panels": "candidate"},
        ),
    )


SYSTEM = System(
    "nato",
    "NATO",
    "Who is drafted, who is let in, who would leave, and what does the council do?",
    2,
    "Twelve states signed the North Atlantic Treaty on 4 April 1949; thirty-two belonged to it in 2024 and none has left. "
    "Here the hub drafts the founding membership, every outsider knocks in nine years, every member weighs leaving, West "
    "Germany stands at the door in May 1955, and quarrels of allies are run with a council and without.",
    look_at,
    answer,
    pictures,
    (
        "Decisions are noisy one by one, so a council of sixteen rarely agrees to anything that leaves most indifferent: "
        "read who is least willing, not the chance that all agree.",
        "Two cases describe 1955: trade of Iceland with Moscow, large after Britain shut its ports to Icelandic fish, is in "
        "the newer one only, and makes Iceland the least willing there.",
        "Grievances are judged, and some were judged after the fact: that Ankara is least willing in 2022 follows from the "
        "grievance entered for that year.",
        "Allies quarrel more on record because neighbours who quarrel were let in together; the council cannot be blamed "
        "for it from these counts.",
    ),
)
"""NATO."""
