"""Pictures of the systems: which marks show what of which tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from foedus.systems.finding import Finding
from foedus.vocabulary.prose import country
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, Column, Table, table

Row = dict[str, Cell]


def _picked(found: Table, **wanted: Cell) -> Table:
    """Return the rows of a table that hold some values, in their order."""
    return _kept(found, lambda r: all(r[k] == v for k, v in wanted.items()))


def _kept(found: Table, keep: Callable[[Row], bool]) -> Table:
    rows = tuple(row for row, r in zip(found.rows, found, strict=True) if keep(r))
    return replace(found, rows=rows)


def _named(found: Table, *columns: str) -> Table:
    """Return a table with the names of states where some columns hold their ids."""
    places = [k for k, c in enumerate(found.columns) if c.name in columns]
    rows = [tuple(country(str(v)) if k in places else v for k, v in enumerate(row)) for row in found.rows]
    return replace(found, rows=tuple(rows))


def _joined(found: Table, name: str, *columns: str) -> Table:
    """Return a table with one more column of words made from others."""
    rows = [(*row, ", ".join(str(r[c]) for c in columns)) for row, r in zip(found.rows, found, strict=True)]
    return replace(found, columns=(*found.columns, Column(name)), rows=tuple(rows))


def _headed(found: Table, **heads: str) -> Table:
    """Return a table with other words over some columns."""
    return replace(found, columns=tuple(replace(c, head=heads.get(c.name, c.head)) for c in found.columns))


def _bars(key: str, title: str, caption: str, found: Table, y: str, x: str, unit: str, **more: Any) -> Chart:
    return Chart(key, "bars", title, caption, found, x, y, options={"unit": unit}, **more)


def _lines(
    key: str,
    title: str,
    caption: str,
    found: Table,
    x: str,
    y: str,
    series: str | tuple[str, ...],
    up: str,
    **more: Any,
) -> Chart:
    return Chart(key, "lines", title, caption, found, x, y, series, options={"unit_up": up, **more})


def _grid(key: str, title: str, caption: str, found: Table, places: tuple[str, str], signs: Mapping[str, Any]) -> Chart:
    return Chart(key, "grid", title, caption, found, places[1], places[0], options=signs)


def _least_willing(found: Table, most: int = 8) -> Table:
    """Return the rows of the members likeliest to object, each candidate's by themselves."""
    at = [c.name for c in found.columns].index("objects")
    by = [c.name for c in found.columns].index("candidate")
    kept: list[tuple[Cell, ...]] = []
    for candidate in ("DEU", "SWE"):
        rows = [row for row in found.rows if row[by] == candidate]
        kept += sorted(rows, key=lambda row: -float(row[at] or 0))[:most]
    return replace(found, rows=tuple(kept))


def _restless(found: Table, most: int = 8) -> Table:
    """Return the rows of the members that at any time are likeliest to leave, in the order of the table."""
    peak: dict[Cell, float] = {}
    for r in found:
        peak[r["member"]] = max(peak.get(r["member"], 0.0), float(r["exit"] or 0))
    likeliest = sorted(peak, key=lambda m: -peak[m])[:most]
    return _kept(found, lambda r: r["member"] in likeliest)


def san_francisco(f: Finding) -> tuple[Chart, ...]:
    """Return the star grown anew through the years, with trade and without, and what its treaties are worth."""
    slates = _named(f.table("slates"), "state")
    signs = {"filled": "grown", "ringed": "record", "words": ("would sign anew", "bound on record")}
    return (
        _grid(
            "san-francisco-star",
            "The star, begun anew in every fifth year",
            "Who would be bound to the hub if everything began anew in the year, and who was bound on record.",
            _kept(_picked(slates, setting="as it was"), lambda r: r["year"] != 1953),
            ("state", "year"),
            signs,
        ),
        _grid(
            "san-francisco-without-trade",
            "The star without trade with China",
            "The same if nobody traded with China: what is missing here is not missing because of trade.",
            _picked(slates, setting="without trade"),
            ("state", "year"),
            signs,
        ),
        _bars(
            "san-francisco-treaties",
            "What the treaties of 2020 are worth to the allies",
            "What each treaty of the star is worth to the ally, % of its GDP a year.",
            _named(f.table("treaties"), "ally"),
            "ally",
            "to_ally",
            "% of GDP a year",
        ),
    )


def nato(f: Finding) -> tuple[Chart, ...]:
    """Return the founders, the outsiders who knock, the exits, the quarrels and the silence."""
    objections = _named(_least_willing(f.table("silence")), "member", "candidate")
    return (
        _grid(
            "nato-founders",
            "Founders of 1949",
            "The membership that the hub drafts in April 1949, beside the founders.",
            _drafted(f),
            ("state", "body"),
            {"filled": "in", "ringed": "founder", "words": ("drafted", "founder on record")},
        ),
        _lines(
            "nato-let-in",
            "Who would be let in",
            "How willing the least willing side is when a state knocks, for states that entered later and those that did not.",
            _named(f.table("accession"), "state"),
            "year",
            "weakest",
            "state",
            "probability of the weakest consent",
            even=True,
        ),
        _lines(
            "nato-leave",
            "Who would leave",
            "The chance to leave within the year, of the eight members that are ever likeliest to. On record nobody has "
            "left the treaty.",
            _named(_restless(f.table("exit")), "member"),
            "year",
            "exit",
            "member",
            "probability a year",
            even=True,
        ),
        _bars(
            "nato-quarrels",
            "Quarrels with and without a council",
            "Three quarrels among allies: the chance that the first raises again after an answer, and nobody brokers.",
            _joined(f.table("disputes"), "quarrel", "dyad", "year", "setting"),
            "quarrel",
            "third_rung",
            "probability of the third rung",
            colour="setting",
            inks={"council": "teal", "bilateral": "amber"},
        ),
        _bars(
            "nato-silence",
            "Who breaks silence",
            "Who would object to West Germany in 1955 and to Sweden in 2022: the eight least willing members each time.",
            _joined(objections, "who", "candidate", "member"),
            "who",
            "objects",
            "probability of objecting",
            colour="candidate",
            inks={country("DEU"): "plum", country("SWE"): "teal"},
        ),
    )


def _drafted(f: Finding) -> Table:
    """Return who is in either body that the hub drafts, one row per state and body."""
    rows: list[Sequence[Cell]] = [
        [country(str(r["state"])), label, r[column], r["founder"]]
        for r in f.table("founders")
        for column, label in (("council", "council drafted"), ("hub_led", "hub-led body drafted"))
    ]
    columns = [Column("state"), Column("body"), Column("in", "yes/no"), Column("founder", "yes/no")]
    return table("founders", f.table("founders").title, columns, rows)


def quad(f: Finding) -> tuple[Chart, ...]:
    """Return consent through the years, member by member, and what one leader does."""
    years = _named(f.table("years"), "member")
    first = years.column("member")[0]
    met = {"shaded": "record", "shaded_words": "the four meet"}
    return (
        _lines(
            "quad-consent",
            "Consent of the four",
            "Each member's consent to the forum with the leaders it had. Shaded: years in which the four met.",
            years,
            "year",
            "consent",
            "member",
            "probability of consent",
            **met,
        ),
        _lines(
            "quad-all",
            "Consent of all four",
            "The chance that all four agree, with the leaders they had.",
            _picked(years, member=first),
            "year",
            "all_agree",
            "",
            "probability that all agree",
            **met,
        ),
        _lines(
            "quad-leaders",
            "Slow variables and leaders",
            "The chance that all agree when leaders are neutral, and when they are drawn anew.",
            _headed(f.table("leaders"), neutral="neutral leaders", low="5 % of leaders", high="95 % of leaders"),
            "year",
            "",
            ("neutral", "low", "high"),
            "probability that all agree",
        ),
        _lines(
            "quad-one-leader",
            "What one leader does, 2008",
            "One leader who sees more or less, in the year of the collapse.",
            _named(_picked(f.table("one-leader"), year=2008), "leader_of"),
            "perception",
            "all_agree",
            "leader_of",
            "probability that all agree",
        ),
    )


def japan_korea(f: Finding) -> tuple[Chart, ...]:
    """Return the ladder by variant, the years, and the sunshine."""
    return (
        _lines(
            "japan-korea-ladder",
            "The ladder of 2018 and 2019",
            "The chance of having come so far on the ladder: 1 ruling, 2 export controls, 3 list of trusted buyers, "
            "4 notice on the intelligence pact.",
            _kept(f.table("ladder"), lambda r: r["event"] != "GSOMIASUSPENDED2019"),
            "step",
            "reached",
            "label",
            "probability",
            even=True,
        ),
        _lines(
            "japan-korea-years",
            "Sixty years of a quarrel",
            "The chance that both escalate in each year. Shaded: crises on record.",
            f.table("years"),
            "year",
            "both",
            "",
            "probability that both escalate",
            shaded="crisis",
            shaded_words="crisis on record",
        ),
        _bars(
            "japan-korea-variants",
            "What would have held it down",
            "The chance that the first raises again: one change at a time.",
            f.table("variants"),
            "label",
            "third_rung",
            "probability of the third rung",
        ),
        _lines(
            "japan-korea-sunshine",
            "Sunshine",
            "The chance that both escalate if Seoul sees less or more in the North.",
            f.table("sunshine"),
            "perception",
            "both",
            "",
            "probability that both escalate",
        ),
    )


def nato_in_asia(f: Finding) -> tuple[Chart, ...]:
    """Return the best bodies of every proposer, and Taiwan in and out."""
    drafts = _joined(_named(f.table("bodies"), "proposer"), "draft", "proposer", "members")
    inks = {"colour": "worth_it", "inks": {"true": "teal", "false": "grey"}}
    losses = _headed(f.table("taiwan"), loss_today="today", loss_left_out="left out", loss_taken_in="taken in")
    agree = "probability that all agree"
    return (
        _bars(
            "nato-in-asia-full",
            "Full alliances",
            "The best full alliance of each proposer: chance that all agree in one round. Grey: not worth its trouble.",
            _picked(drafts, depth=1.0),
            "draft",
            "chance",
            agree,
            **inks,
        ),
        _bars(
            "nato-in-asia-light",
            "Light bodies",
            "The best light body of each proposer (depth 0.3).",
            _picked(drafts, depth=0.3),
            "draft",
            "chance",
            agree,
            **inks,
        ),
        _lines(
            "nato-in-asia-taiwan",
            "Taiwan in and out",
            "What Taiwan expects to lose, by how telling it is to be left out.",
            _kept(losses, lambda r: r["recognised"] is False),
            "signal",
            "",
            ("loss_today", "loss_left_out", "loss_taken_in"),
            "% of GDP a year",
        ),
    )


def wedge(f: Finding) -> tuple[Chart, ...]:
    """Return the cost curves, the prices of consents, and whom the record has pressed."""
    return (
        _lines(
            "wedge-curve",
            "The wedge",
            "What is left of each architecture under a budget of pressure; steps are not equal.",
            f.table("curve"),
            "budget",
            "holds",
            "architecture",
            "probability, or share of treaties",
            even=True,
        ),
        _bars(
            "wedge-prices",
            "Prices of consents",
            "What it costs to turn each consent that trade allows to turn; 0 for those who would not agree even unpressed.",
            _joined(_named(f.table("targets"), "state"), "target", "architecture", "state"),
            "target",
            "cost",
            "bn a year",
        ),
        _bars(
            "wedge-pressed",
            "Cheap to turn, and pressed",
            "How cheap each state was to turn in 2020. Amber to red: pressed by Beijing once, twice, three times since 2010.",
            _named(f.table("pressed"), "state"),
            "state",
            "cheapness",
            "rank share, 1 the cheapest",
            colour="episodes",
            inks={"0": "grey", "1": "amber", "2": "vermilion", "3": "foe-ink"},
        ),
    )


PICTURES: Final[Mapping[str, Callable[[Finding], tuple[Chart, ...]]]] = MappingProxyType(
    {
        "san-francisco": san_francisco,
        "nato": nato,
        "quad": quad,
        "japan-korea": japan_korea,
        "nato-in-asia": nato_in_asia,
        "wedge": wedge,
    }
)
"""The pictures of every system."""
