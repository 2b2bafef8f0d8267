"""A case from the record: a folder for any region and year, every number from the store or judged and marked as such."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from foedus.archive.codes import members, with_ids
from foedus.archive.datasets.atop import LAST_YEAR
from foedus.archive.datasets.catalogue import owner
from foedus.archive.frames import pl
from foedus.archive.panels import dyad_years, state_years
from foedus.archive.pledges import Source, memberships
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.states import by_cow
from foedus.vocabulary.whole import refuse_existing, write_folder

REGIONS: Final[Mapping[str, tuple[int, int]]] = {
    "americas": (2, 199),
    "europe": (200, 399),
    "africa": (400, 599),
    "middle-east": (600, 699),
    "asia": (700, 899),
    "oceania": (900, 999),
    "asia-pacific": (700, 999),
}
"""Ranges of Correlates of War codes, which are given by region."""

MOST: Final = 10
"""States of a case unless they are named; the strongest of the region are taken."""
_ADVERSARIES: Final = 2
_WINDOW: Final = 10
_CONTIGUOUS_KM: Final = {1: 0.0, 2: 19.0, 3: 39.0, 4: 241.0, 5: 644.0}
_DEFLATOR: Final = 1.103
"""US GDP deflator of 2017 over that of 2011 (Bureau of Economic Analysis)."""
_OPENNESS: Final = (0.15, 0.4, 0.8)
"""Trade as share of product: low, middle, high. World trade was a quarter of world product in 1960 and three fifths
in 2014 (World Bank)."""


@dataclass(frozen=True, eq=False)
class _Year:
    """What the source knows about one year."""

    year: int
    states: Mapping[str, Mapping[str, Any]]
    pairs: Mapping[frozenset[str], Mapping[str, Any]]

    def strength(self, state: str) -> float:
        row = self.states[state]
        return math.sqrt((row["military_expenditure"] or 0.0) * (row["cinc"] or 0.0))

    def pair(self, one: str, two: str) -> Mapping[str, Any]:
        return self.pairs.get(frozenset((one, two)), {})


def case_from_record(
    folder: str | Path,
    source: Source,
    region: str,
    year: int,
    *,
    states: Sequence[str] = (),
    adversaries: Sequence[str] = (),
    hub: str = "",
) -> Path:
    """Write a case of a region in a year from historical data.

    Parameters
    ----------
    folder : str or Path
        Must not exist.
    source : Source
        Store or tidy folder.
    region : str
        One of ``REGIONS``.
    year : int
        The case is dated its last day.
    states : sequence of str
        Ids; by default the ten strongest of the region, without rivals of the hub and allies of an adversary.
    adversaries : sequence of str
        Ids; by default the two strongest rivals of the hub or of states of the region.
    hub : str
        Id; by default the strongest state that is in the region or has a pact of defence with a state in it.

    Raises
    ------
    FoedusError
        The folder exists, region, year or a state is unknown, or the source lacks a table that is needed.
    """
    if region not in REGIONS:
        raise fail(f"region '{region}'", "there is no such region", nearest(region, REGIONS) or ", ".join(REGIONS))
    if not 1826 <= year <= LAST_YEAR:
        raise fail(f"year {year}", "the treaties of this year are not coded", f"Give 1826 to {LAST_YEAR}")
    refuse_existing(folder)
    now = _read(source, year)
    for s in (*states, *adversaries, *([hub] if hub else [])):
        if s not in now.states:
            raise fail(f"state '{s}'", f"it was no member of the state system in {year}", nearest(s, now.states))
    centre = hub or _centre(now, region)
    against = list(adversaries) or _rivals(now, centre, region)
    if not against:
        raise fail(
            "adversaries", f"nobody in {region} or {centre} had a rival in {year}", "Name them with --adversaries"
        )
    inside = [
        s for s in dict.fromkeys((centre, *(states or _strongest(now, region, centre, against)))) if s not in against
    ]
    if len(inside) < 2:
        raise fail("states", "fewer than two are left beside the adversaries", "Name them with --states")
    writer = _Writer(now, source, region, inside, against)
    return write_folder(Path(folder), writer.files(Path(folder).name))


def _read(source: Source, year: int) -> _Year:
    states = with_ids(state_years(source, year, year), _id="ccode").drop_nulls("_id")
    per_head = _per_head(source, year)
    rows = {r["_id"]: {**r, "per_head": per_head.get(r["ccode"])} for r in states.iter_rows(named=True)}
    first = max(1816, year - _WINDOW + 1)
    dyads = dyad_years(source, first, year)
    quarrels = dyads.group_by("state1", "state2").agg(pl.col("disputes").gt(0).mean().alias("quarrel"))
    today = dyads.filter(pl.col("year") == year).join(quarrels, on=["state1", "state2"], how="left")
    pairs = {frozenset((r["state1"], r["state2"])): r for r in today.iter_rows(named=True)}
    return _Year(year, rows, pairs)


def _per_head(source: Source, year: int) -> Mapping[int, float]:
    if not source.has("gdp_fariss"):
        return {}
    table = source.table("gdp_fariss").filter(pl.col("year") == year)
    return dict(table.select("ccode", "gdp_per_head").drop_nulls().rows())


def _in_region(now: _Year, region: str) -> list[str]:
    low, high = REGIONS[region]
    return [s for s, row in now.states.items() if low <= row["ccode"] <= high]


def _rivals(now: _Year, hub: str, region: str) -> list[str]:
    """Return the strongest states that are rivals of the hub or, if it has none, of states of the region."""
    local = _in_region(now, region)
    for group in ([hub], local):
        found = {
            s
            for s in now.states
            for g in group
            if s != hub and now.pair(s, g).get("rivalry") == 1 and not now.pair(s, hub).get("defence")
        }
        if found:
            return sorted(found, key=lambda s: -now.strength(s))[:_ADVERSARIES]
    return []


def _strongest(now: _Year, region: str, hub: str, against: Sequence[str]) -> list[str]:
    """Return the strongest states of the region that are no rivals of the hub, nor bound to an adversary but not to it."""

    def free(state: str) -> bool:
        tied = any(now.pair(state, a).get("defence") for a in against)
        return now.pair(state, hub).get("rivalry") != 1 and bool(now.pair(state, hub).get("defence") or not tied)

    there = [s for s in _in_region(now, region) if s not in against and free(s)]
    return sorted(there, key=lambda s: -now.strength(s))[:MOST]


def _centre(now: _Year, region: str) -> str:
    """Return the strongest state that is in the region or has a pact of defence with a state in it."""
    local = _in_region(now, region)
    tied = {s for s in now.states if any(now.pair(s, r).get("defence") for r in local)}
    return max({*local, *tied}, key=now.strength)


class _Writer:
    """Writes the files of a case; sources that are used are remembered."""

    def __init__(self, now: _Year, source: Source, region: str, states: list[str], against: list[str]) -> None:
        self.now, self.source, self.region = now, source, region
        self.states, self.against = states, against
        self.used: set[str] = set()
        self.guesses: list[str] = []

    def files(self, name: str) -> dict[str, str]:
        """Return the text of every file by its name."""
        body = {
            "states.yaml": self._states(),
            "relations.yaml": self._relations(),
            "institutions.yaml": self._institutions(),
        }
        texts = {"case.yaml": _dumped(self._case(name)), **{f: _dumped(b) for f, b in body.items()}}
        return {**texts, "sources.yaml": _dumped(self._sources())}

    def _cite(self, table: str) -> str:
        self.used.add(table)
        return owner(table).name

    def _measured(self, value: float, unit: str, table: str, note: str = "") -> dict[str, Any]:
        fact = {"value": float(f"{value:.6g}"), "unit": unit, "date": self.now.year, "source": self._cite(table)}
        return {**fact, "note": note} if note else fact

    def _judged(self, what: str, value: float, span: tuple[float, float], unit: str, why: str) -> dict[str, Any]:
        self.guesses.append(what)
        return {"value": value, "range": list(span), "unit": unit, "date": self.now.year, "judged": why}

    def _case(self, name: str) -> dict[str, Any]:
        n, year = self.now, self.now.year
        few = sorted({g for g in self.guesses if not g.endswith(("sovereignty", "free_force"))})
        return {
            "foedus": 1,
            "name": "".join(c if c.isalnum() else "-" for c in name.lower()).strip("-") or "my-case",
            "title": f"{self.region.replace('-', ' ').title()}, end of {year}",
            "question": "Which security architecture forms and holds?",
            "as_of": f"{year}-12-31",
            "hub": self.states[0],
            "states": self.states,
            "adversaries": self.against,
            "notes": (
                f"Made from historical data; not yet looked at by anybody who knows the year. {n.states[self.states[0]]['state']} "
                "is the hub as the strongest state with a foot in the region, unless it was named; the adversaries are its strongest rivals; states with "
                "a pact of defence with an adversary and none with the hub, and rivals of the hub, are left out. Control of forces, freedom to send them "
                "and all of the following are judged by rule, not by knowledge: "
                + (", ".join(few) or "nothing else")
                + ".\n"
            ),
        }

    def _gdp(self, state: str) -> dict[str, Any]:
        row = self.now.states[state]
        unit = "bn international $ of 2011"
        if row["per_head"] is not None and row["population"]:
            return self._measured(
                row["per_head"] * row["population"] / 1e6,
                unit,
                "gdp_fariss",
                "product per head in prices of 2011 times population",
            )
        if row["gdp"] is not None and row["gdp_source"] == "gdp_fariss":
            return self._measured(
                row["gdp"] / 1e3 / _DEFLATOR, unit, "gdp_fariss", "prices of 2017 divided by 1.103, the US GDP deflator"
            )
        if row["gdp"] is not None:
            return self._measured(row["gdp"] / 1e3, unit, row["gdp_source"])
        return self._judged(
            f"{state} gdp", 10.0, (2.0, 50.0), unit, "No estimate in the data: a small economy is assumed"
        )

    def _spending(self, state: str) -> dict[str, Any]:
        row = self.now.states[state]
        if row["military_expenditure"] is not None:
            money = row["military_expenditure"] / 1e3
            if self.now.year < 1914:
                return self._measured(
                    money * 4.86, "million current US$", "capabilities", "pounds at the gold parity of 4.86 dollars"
                )
            return self._measured(money, "million current US$", "capabilities")
        known = [r for r in self.now.states.values() if r["military_expenditure"] and r["cinc"]]
        rate = sum(r["military_expenditure"] for r in known) / sum(r["cinc"] for r in known) / 1e3
        value = float(f"{max(rate * (row['cinc'] or 0.0005), 0.01):.4g}")
        why = "No figure in the data: the state's share of capabilities times the mean spending per share"
        return self._judged(f"{state} military_spending", value, (value / 3, value * 3), "million current US$", why)

    def _cinc(self, state: str) -> dict[str, Any]:
        value = self.now.states[state]["cinc"]
        unit = "share of world capabilities"
        if value is not None:
            return self._measured(value, unit, "capabilities")
        return self._judged(
            f"{state} cinc", 0.0005, (0.0001, 0.002), unit, "No figure in the data: a small state is assumed"
        )

    def _position(self, state: str) -> dict[str, Any]:
        row = self.now.states[state]
        if row["ideal_point"] is not None:
            return self._measured(row["ideal_point"], "UNGA ideal point", "ideal_point")
        known = [r["polyarchy"] for r in self.now.states.values() if r["polyarchy"] is not None]
        value, why = 0.0, "No votes and no regime score: the middle of the scale"
        if row["polyarchy"] is not None and len(known) > 2:
            mean = sum(known) / len(known)
            spread = (sum((v - mean) ** 2 for v in known) / len(known)) ** 0.5
            value = float(f"{(row['polyarchy'] - mean) / (spread or 1.0):.3g}")
            why = "No votes: polyarchy in standard deviations of the year, which goes with votes at .5 to .7"
        return self._judged(f"{state} ideal_point", value, (value - 1.0, value + 1.0), "UNGA ideal point", why)

    def _trade(self, state: str, adversary: str) -> dict[str, Any]:
        flows = {o: self.now.pair(state, o).get("trade") for o in self.now.states if o != state}
        total = sum(v for v in flows.values() if v)
        flow = flows.get(adversary)
        if flow is None or total <= 0:
            why = "No trade reported: between none and a moderate share"
            return self._judged(f"{state} trade {adversary}", 0.01, (0.0, 0.05), "share of GDP", why)
        low, middle, high = (float(f"{flow / total * o:.3g}") for o in _OPENNESS)
        self._cite("trade")
        why = "The adversary's share of reported trade, times an assumed openness of .4 (.15 to .8): product is known in constant prices only"
        return self._judged(f"{state} trade {adversary}", middle, (low, max(high, low + 1e-4)), "share of GDP", why)

    def _states(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for s in self.states:
            found[s] = {
                "gdp": self._gdp(s),
                "military_spending": self._spending(s),
                "cinc": self._cinc(s),
                "ideal_point": self._position(s),
                "sovereignty": self._judged(
                    f"{s} sovereignty",
                    1,
                    (0.7, 1),
                    "share",
                    "The data do not say: own command of all forces is assumed",
                ),
                "free_force": self._judged(
                    f"{s} free_force", 1, (0.5, 1), "share", "The data do not say: no bar to sending forces is assumed"
                ),
                "recognised": {
                    "value": "yes",
                    "unit": "yes/no",
                    "date": self.now.year,
                    "source": self._cite("atop_member"),
                    "note": "member of the state system; recognition by the hub is not in the data",
                },
                "trade": {a: self._trade(s, a) for a in self.against},
            }
        rivals = {
            a: {"military_spending": self._spending(a), "cinc": self._cinc(a), "ideal_point": self._position(a)}
            for a in self.against
        }
        return {"states": found, "adversaries": rivals}

    def _distance(self, one: str, two: str) -> dict[str, Any]:
        row = self.now.pair(one, two)
        capital, near = row.get("distance"), _CONTIGUOUS_KM.get(row.get("contiguity") or 0)
        value = min(v for v in (capital, near, 20000.0) if v is not None)
        fact = {"between": [one, two], "value": float(f"{value:.5g}")}
        if capital is None and near is None:
            return fact | self._judged(
                f"{one} {two} distance", 20000.0, (5000.0, 20000.0), "km", "No capital in the data"
            )
        note = "neighbours: width of the water between them at most" if near is not None else "between capitals"
        table = "contiguity" if self.source.has("contiguity") else "atop_member"
        return fact | {"unit": "km", "date": self.now.year, "source": self._cite(table), "note": note}

    def _relations(self) -> dict[str, Any]:
        year = self.now.year
        pairs = [*itertools.combinations(self.states, 2), *itertools.product(self.states, self.against)]
        rivals, grievances = [], []
        table = "rivalry" if self.source.has("rivalry") else "atop_member"
        for s, a in itertools.product(self.states, self.against):
            if self.now.pair(s, a).get("rivalry") == 1:
                rivals.append({"of": s, "against": a, **self._measured(1, "0/1", table)})
        for one, two in itertools.permutations(self.states, 2):
            row = self.now.pair(one, two)
            value = max(float(row.get("rivalry") or 0), float(f"{row.get('quarrel') or 0.0:.2g}"))
            if value > 0:
                why = (
                    "Strategic rivals count as 1, others as the share of the last ten years with a militarized dispute"
                )
                fact = self._judged(
                    f"{one} {two} grievance", value, (max(0.0, value - 0.3), min(1.0, value + 0.3)), "0-1", why
                )
                grievances.append({"of": one, "against": two, **fact})
        quarrels = next((t for t in ("gml_dyad_year", "mid_dyad_year") if self.source.has(t)), "atop_member")
        return {
            "distances": {"pairs": [self._distance(a, b) for a, b in pairs]},
            "rivalries": {
                "complete": {
                    "source": self._cite(table),
                    "date": year,
                    "note": "strategic rivalries of the year; all others are none",
                },
                "pairs": rivals,
            },
            "grievances": {
                "complete": {
                    "source": self._cite(quarrels),
                    "date": year,
                    "note": "no rivalry and no militarized dispute in ten years",
                },
                "pairs": grievances,
            },
        }

    def _institutions(self) -> dict[str, Any]:
        day = pl.date(self.now.year, 12, 31)
        spells = memberships(self.source).filter((pl.col("start") <= day) & ((pl.col("end") > day) | pl.col("open")))
        bound = spells.filter((pl.col("defence") == 1).any().over("atopid"))
        found: list[dict[str, Any]] = []
        paired: set[frozenset[str]] = set()
        for (treaty,), part in bound.sort("atopid", "start").group_by("atopid", maintain_order=True):
            every = {by_cow(int(c), self.now.year).id for c in part["ccode"] if _known(int(c), self.now.year)}
            body = [s for s in self.states if s in every]
            if len(body) >= 2:
                again = frozenset(every) in paired
                found.append(self._institution(int(str(treaty)), body, sorted(every - set(body)), part, again))
                paired |= {frozenset(every)} if len(every) == 2 else set()
        return {"institutions": found}

    def _institution(
        self, treaty: int, body: list[str], outside: list[str], part: pl.DataFrame, again: bool
    ) -> dict[str, Any]:
        pair = len(body) + len(outside) == 2
        signed = str(part["start"].min())
        kind = "none" if again else "bilateral" if pair else "multilateral"
        return {
            "id": f"ATOP{treaty}",
            "name": f"ATOP treaty {treaty} ({', '.join(body)})",
            "kind": kind,
            "members": body,
            "outside": outside,
            "signed": signed,
            "in_force": signed,
            "rule": "hub" if pair else "consensus",
            "obligations": {
                o: int(str(part[o].max())) for o in ("defence", "consultation", "neutrality", "nonaggression")
            },
            "council": "not in the data",
            "settlement_clause": "not in the data",
            "command": "not in the data",
            "source": self._cite("atop_member"),
            "note": "a second treaty of the same two states" if again else "members are those of the end of the year",
        }

    def _sources(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for table in sorted(self.used):
            d = owner(table)
            found[d.name] = {"citation": d.citation, "url": d.page, "licence": d.licence, "trust": "checked"}
        return found


def _known(code: int, year: int) -> bool:
    return not members().filter((pl.col("ccode") == code) & (pl.col("year") == year)).is_empty()


def _dumped(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=130, default_flow_style=None)
