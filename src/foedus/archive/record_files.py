"""The files of a case from the record: what is known of a year, written down in the form of a case."""

from __future__ import annotations

import itertools
from typing import Any, Final

import yaml

from foedus.archive.codes import members
from foedus.archive.datasets.catalogue import owner
from foedus.archive.frames import pl
from foedus.archive.panels import CONTIGUOUS_KM
from foedus.archive.pledges import Source, memberships
from foedus.archive.record_facts import RecordFacts
from foedus.archive.record_year import RecordYear
from foedus.casebook.new import CAPITALS, CAPITALS_SOURCE
from foedus.vocabulary.states import by_cow

_GRIEVANCE: Final = "Strategic rivals count as 1, others as the share of the last ten years with a militarized dispute"


class Writer:
    """Writes the files of a case.

    Parameters
    ----------
    now : RecordYear
    source : Source
    region : str
    states, against : list of str
        States of the case, the hub first, and adversaries.
    """

    def __init__(self, now: RecordYear, source: Source, region: str, states: list[str], against: list[str]) -> None:
        self.now, self.source, self.region = now, source, region
        self.states, self.against = states, against
        self.facts = RecordFacts(now)

    def files(self, name: str) -> dict[str, str]:
        """Return the text of every file by its name."""
        # what is judged and cited is known once the facts are written: the head and the sources come after them
        facts = {"states": self._states(), "relations": self._relations(), "institutions": self._institutions()}
        files = {"case": self._case(name), **facts, "sources": self._sources()}
        return {f"{stem}.yaml": _dumped(content) for stem, content in files.items()}

    def _case(self, name: str) -> dict[str, Any]:
        n, year = self.now, self.now.year
        few = sorted({g for g in self.facts.guesses if not g.endswith(("sovereignty", "free_force"))})
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

    def _states(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for s in self.states:
            found[s] = {
                "gdp": self.facts.gdp(s),
                "military_spending": self.facts.spending(s),
                "cinc": self.facts.cinc(s),
                "ideal_point": self.facts.position(s),
                "sovereignty": self._assumed(f"{s} sovereignty", 0.7, "own command of all forces"),
                "free_force": self._assumed(f"{s} free_force", 0.5, "no bar to sending forces"),
                "recognised": {
                    "value": "yes",
                    "unit": "yes/no",
                    "date": self.now.year,
                    "source": self.facts.cite("atop_member"),
                    "note": "member of the state system; recognition by the hub is not in the data",
                },
                "trade": {a: self.facts.trade(s, a) for a in self.against},
            }
        rivals = {
            a: {
                "military_spending": self.facts.spending(a),
                "cinc": self.facts.cinc(a),
                "ideal_point": self.facts.position(a),
            }
            for a in self.against
        }
        return {"states": found, "adversaries": rivals}

    def _assumed(self, what: str, least: float, of: str) -> dict[str, Any]:
        return self.facts.judged(what, 1, (least, 1), "share", f"The data do not say: {of} is assumed")

    def _distance(self, one: str, two: str) -> dict[str, Any]:
        row = self.now.pair(one, two)
        capital, near = row.get("distance"), CONTIGUOUS_KM.get(row.get("contiguity") or 0)
        value = min(v for v in (capital, near, 20000.0) if v is not None)
        fact = {"between": [one, two], "value": float(f"{value:.5g}")}
        if capital is None and near is None:
            span = (5000.0, 20000.0)
            return fact | self.facts.judged(f"{one} {two} distance", 20000.0, span, "km", "No capital in the data")
        note = "neighbours: width of the water between them at most" if near is not None else "between capitals"
        table = "contiguity" if near is not None else CAPITALS
        return fact | {"unit": "km", "date": self.now.year, "source": self.facts.cite(table), "note": note}

    def _relations(self) -> dict[str, Any]:
        pairs = [*itertools.combinations(self.states, 2), *itertools.product(self.states, self.against)]
        rivals, grievances = [], []
        table = "rivalry"
        for s, a in itertools.product(self.states, self.against):
            if self.now.pair(s, a).get("rivalry") == 1:
                rivals.append({"of": s, "against": a, **self.facts.measured(1, "0/1", table)})
        for one, two in itertools.permutations(self.states, 2):
            row = self.now.pair(one, two)
            value = max(float(row.get("rivalry") or 0), float(f"{row.get('quarrel') or 0.0:.2g}"))
            if value > 0:
                span = (max(0.0, value - 0.3), min(1.0, value + 0.3))
                fact = self.facts.judged(f"{one} {two} grievance", value, span, "0-1", _GRIEVANCE)
                grievances.append({"of": one, "against": two, **fact})
        quarrels = "gml_dyad_year" if self.source.has("gml_dyad_year") else "mid_dyad_year"
        coded = any(self.now.pair(a, b).get("quarrel") is not None for a, b in itertools.combinations(self.states, 2))
        ground = "no rivalry and no militarized dispute in ten years"
        ground = ground if coded else "no rivalry; disputes of these years are not in the data at hand"

        def complete(name: str, note: str) -> dict[str, Any]:
            return {"source": self.facts.cite(name), "date": self.now.year, "note": note}

        known = complete(table, "strategic rivalries of the year; all others are none")
        return {
            "distances": {"pairs": [self._distance(a, b) for a, b in pairs]},
            "rivalries": {"complete": known, "pairs": rivals},
            "grievances": {"complete": complete(quarrels, ground), "pairs": grievances},
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
            "source": self.facts.cite("atop_member"),
            "note": "a second treaty of the same two states" if again else "members are those of the end of the year",
        }

    def _sources(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for table in sorted(self.facts.used):
            if table == CAPITALS:
                found[CAPITALS] = dict(CAPITALS_SOURCE)
                continue
            d = owner(table)
            found[d.name] = {"citation": d.citation, "url": d.page, "licence": d.licence, "trust": "checked"}
        return found


def _known(code: int, year: int) -> bool:
    return not members().filter((pl.col("ccode") == code) & (pl.col("year") == year)).is_empty()


def _dumped(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=130, default_flow_style=None)
