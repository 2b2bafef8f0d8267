"""Figures of the systems: which plots of which tables show what was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from foedus.surfaces.svg.marks import Row, bars, grid, lines, picked
from foedus.systems.finding import Finding
from foedus.vocabulary.tables import Cell

Figures = tuple[tuple[str, str], ...]
"""Caption and SVG."""


def _rows(finding: Finding, name: str) -> list[Row]:
    return list(finding.table(name))


def _joined(rows: list[Row], name: str, *columns: str) -> list[Row]:
    """Return rows with one more column of words made from others."""
    return [{**r, name: ", ".join(str(r[c]) for c in columns)} for r in rows]


def _least_willing(rows: list[Row], most: int = 8) -> list[Row]:
    """Return the rows of the members likeliest to object."""
    return sorted(rows, key=lambda r: -float(str(r["objects"])))[:most]


def _restless(rows: list[Row], most: int = 8) -> list[Row]:
    """Return the rows of the members that at any time are likeliest to leave, in the order of the table."""
    peak: dict[Cell, float] = {}
    for r in rows:
        peak[r["member"]] = max(peak.get(r["member"], 0.0), float(str(r["exit"])))
    kept = sorted(peak, key=lambda m: -peak[m])[:most]
    return [r for r in rows if r["member"] in kept]


def san_francisco(f: Finding) -> Figures:
    """Return the star grown anew through the years, with trade and without, and what its treaties are worth."""
    was = [r for r in picked(f.table("slates"), setting="as it was") if r["year"] != 1953]
    words = ("would sign anew", "bound on record")
    return (
        (
            "Who would be bound to the hub if everything began anew in the year, and who was bound on record.",
            grid(was, "state", "year", "grown", "record", words, "The star, begun anew in every fifth year"),
        ),
        (
            "The same if nobody traded with China: what is missing here is not missing because of trade.",
            grid(
                picked(f.table("slates"), setting="without trade"),
                "state",
                "year",
                "grown",
                "record",
                words,
                "The star without trade with China",
            ),
        ),
        (
            "What each treaty of the star is worth to the ally, % of its GDP a year.",
            bars(
                _rows(f, "treaties"),
                "ally",
                "to_ally",
                "% of GDP a year",
                "What the treaties of 2020 are worth to the allies",
            ),
        ),
    )


def nato(f: Finding) -> Figures:
    """Return the founders, the outsiders who knock, the exits, the quarrels and the silence."""
    drafted: list[Row] = [
        {"state": r["state"], "body": label, "in": r[column], "founder": r["founder"]}
        for r in f.table("founders")
        for column, label in (("council", "council drafted"), ("hub_led", "hub-led body drafted"))
    ]
    entries = _rows(f, "accession")
    objections = [r for c in ("DEU", "SWE") for r in _least_willing(picked(f.table("silence"), candidate=c))]
    return (
        (
            "The membership that the hub drafts in April 1949, beside the founders.",
            grid(drafted, "state", "body", "in", "founder", ("drafted", "founder on record"), "Founders of 1949"),
        ),
        (
            "How willing the least willing side is when a state knocks, for states that entered later and those that did not.",
            lines(
                entries,
                "year",
                "weakest",
                "state",
                "probability of the weakest consent",
                "Who would be let in",
                even=True,
            ),
        ),
        (
            "The chance to leave within the year, of the eight members that are ever likeliest to. On record nobody has left the treaty.",
            lines(
                _restless(_rows(f, "exit")),
                "year",
                "exit",
                "member",
                "probability a year",
                "Who would leave",
                even=True,
            ),
        ),
        (
            "Three quarrels among allies: the chance that the first raises again after an answer, and nobody brokers.",
            bars(
                _joined(_rows(f, "disputes"), "quarrel", "dyad", "year", "setting"),
                "quarrel",
                "third_rung",
                "probability of the third rung",
                "Quarrels with and without a council",
                "setting",
                {"council": "teal", "bilateral": "amber"},
            ),
        ),
        (
            "Who would object to West Germany in 1955 and to Sweden in 2022: the eight least willing members each time.",
            bars(
                _joined(objections, "who", "candidate", "member"),
                "who",
                "objects",
                "probability of objecting",
                "Who breaks silence",
                "candidate",
                {"DEU": "plum", "SWE": "teal"},
            ),
        ),
    )


def quad(f: Finding) -> Figures:
    """Return consent through the years, member by member, and what one leader does."""
    years = _rows(f, "years")
    together: list[Row] = [
        {"year": float(str(r["year"])), "who": word, "p": r[column]}
        for r in f.table("leaders")
        for column, word in (("neutral", "neutral leaders"), ("low", "5 % of leaders"), ("high", "95 % of leaders"))
    ]
    first = [r for r in years if r["member"] == years[0]["member"]]
    return (
        (
            "Each member's consent to the forum with the leaders it had. Shaded: years in which the four met.",
            lines(
                years,
                "year",
                "consent",
                "member",
                "probability of consent",
                "Consent of the four",
                "record",
                mark_words="the four meet",
            ),
        ),
        (
            "The chance that all four agree, with the leaders they had.",
            lines(
                first,
                "year",
                "all_agree",
                "",
                "probability that all agree",
                "Consent of all four",
                "record",
                mark_words="the four meet",
            ),
        ),
        (
            "The chance that all agree when leaders are neutral, and when they are drawn anew.",
            lines(together, "year", "p", "who", "probability that all agree", "Slow variables and leaders"),
        ),
        (
            "One leader who sees more or less, in the year of the collapse.",
            lines(
                picked(f.table("one-leader"), year=2008),
                "perception",
                "all_agree",
                "leader_of",
                "probability that all agree",
                "What one leader does, 2008",
            ),
        ),
    )


def japan_korea(f: Finding) -> Figures:
    """Return the ladder by variant, the years, and the sunshine."""
    steps = [r for r in f.table("ladder") if r["event"] != "GSOMIASUSPENDED2019"]
    return (
        (
            "The chance of having come so far on the ladder: 1 ruling, 2 export controls, 3 list of trusted buyers, 4 notice on the intelligence pact.",
            lines(steps, "step", "reached", "label", "probability", "The ladder of 2018 and 2019", even=True),
        ),
        (
            "The chance that both escalate in each year. Shaded: crises on record.",
            lines(
                _rows(f, "years"),
                "year",
                "both",
                "",
                "probability that both escalate",
                "Sixty years of a quarrel",
                "crisis",
                mark_words="crisis on record",
            ),
        ),
        (
            "The chance that the first raises again: one change at a time.",
            bars(
                _rows(f, "variants"),
                "label",
                "third_rung",
                "probability of the third rung",
                "What would have held it down",
            ),
        ),
        (
            "The chance that both escalate if Seoul sees less or more in the North.",
            lines(_rows(f, "sunshine"), "perception", "both", "", "probability that both escalate", "Sunshine"),
        ),
    )


def nato_in_asia(f: Finding) -> Figures:
    """Return the best bodies of every proposer, and Taiwan in and out."""
    losses: list[Row] = [
        {"signal": r["signal"], "where": word, "loss": r[column]}
        for r in f.table("taiwan")
        if r["recognised"] is False
        for column, word in (("loss_today", "today"), ("loss_left_out", "left out"), ("loss_taken_in", "taken in"))
    ]
    full = picked(f.table("bodies"), depth=1.0)
    light = picked(f.table("bodies"), depth=0.3)
    inks: dict[Cell, str] = {True: "teal", False: "grey"}
    return (
        (
            "The best full alliance of each proposer: chance that all agree in one round. Grey: not worth its trouble.",
            bars(
                _joined(full, "draft", "proposer", "members"),
                "draft",
                "chance",
                "probability that all agree",
                "Full alliances",
                "worth_it",
                inks,
            ),
        ),
        (
            "The best light body of each proposer (depth 0.3).",
            bars(
                _joined(light, "draft", "proposer", "members"),
                "draft",
                "chance",
                "probability that all agree",
                "Light bodies",
                "worth_it",
                inks,
            ),
        ),
        (
            "What Taiwan expects to lose, by how telling it is to be left out.",
            lines(losses, "signal", "loss", "where", "% of GDP a year", "Taiwan in and out"),
        ),
    )


def wedge(f: Finding) -> Figures:
    """Return the cost curves, the prices of consents, and whom the record has pressed."""
    inks: dict[Cell, str] = {0: "grey", 1: "amber", 2: "vermilion", 3: "foe-ink"}
    priced = _joined(_rows(f, "targets"), "target", "architecture", "state")
    return (
        (
            "What is left of each architecture under a budget of pressure; steps are not equal.",
            lines(
                _rows(f, "curve"),
                "budget",
                "holds",
                "architecture",
                "probability, or share of treaties",
                "The wedge",
                even=True,
            ),
        ),
        (
            "What it costs to turn each consent that trade allows to turn; 0 for those who would not agree even unpressed.",
            bars([r for r in priced if r["cost"] is not None], "target", "cost", "bn a year", "Prices of consents"),
        ),
        (
            "How cheap each state was to turn in 2020. Amber to red: pressed by Beijing once, twice, three times since 2010.",
            bars(
                _rows(f, "pressed"),
                "state",
                "cheapness",
                "rank share, 1 the cheapest",
                "Cheap to turn, and pressed",
                "episodes",
                inks,
            ),
        ),
    )


FIGURES: Final[Mapping[str, Callable[[Finding], Figures]]] = MappingProxyType(
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
