"""Tables of a backtest: scoreboard, groups, single events, famous cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.vocabulary.tables import Cell, Column, Table, table

Document = Mapping[str, Any]

_SCORES = (
    ("loss", "nats per event", "logarithmic loss; smaller is better"),
    ("gain", "nats per event", "saved against the base rate, in pairs"),
    ("brier_skill", "share", "of the squared error of the base rate avoided"),
    ("pr_auc", "area", "under precision and recall"),
    ("roc_auc", "area", "how often what happened is ranked above what did not"),
)


def scoreboard(document: Document, window: str | None = None) -> Table:
    """Return one row per window, question and forecaster, every score with its 5-95 % band."""
    columns = [Column("window"), Column("question"), Column("events"), Column("forecaster"), Column("looks_at")]
    for name, unit, meaning in _SCORES:
        columns += [
            Column(name, unit, meaning),
            Column(f"{name}_low", unit, "5 %"),
            Column(f"{name}_high", unit, "95 %"),
        ]
    rows: list[list[Cell]] = []
    for result in document["results"]:
        if window not in (None, result["name"]):
            continue
        for question, answer in result["questions"].items():
            for r in answer["rows"]:
                row: list[Cell] = [result["name"], question, answer["events"], r["forecaster"], r["information"]]
                for name, *_ in _SCORES:
                    row += [_number(r[name][n]) for n in ("value", "low", "high")]
                rows.append(row)
    return table("scoreboard", "Forecasts of alliances out of sample", columns, rows)


def verdict_table(document: Document) -> Table:
    """Return whether calibrated foedus beats every baseline, by long window and question."""
    columns = [
        Column("window"),
        Column("question"),
        Column("events"),
        Column("forecaster"),
        Column("beats_all", "", "smallest log loss of all"),
        Column("surely", "", "and the 5-95 % bands of all differences are above zero"),
        Column("best_baseline"),
        Column("gap", "nats per event", "to the best baseline; above zero the theory is better"),
        Column("gap_low", "", "5 %"),
        Column("gap_high", "", "95 %"),
    ]
    rows: list[list[Cell]] = [
        [
            v["window"],
            v["question"],
            v["events"],
            v["forecaster"],
            v["beats_all"],
            v["surely"],
            v["best_baseline"],
            *(_number(v["gap"][n]) for n in ("value", "low", "high")),
        ]
        for v in document["verdicts"]
    ]
    return table("verdicts", "Does the theory beat every baseline?", columns, rows)


def group_table(document: Document) -> Table:
    """Return the gain over the base rate by region, kind and decade."""
    columns = [
        Column("window"),
        Column("question"),
        Column("by"),
        Column("group"),
        Column("events"),
        Column("forecaster"),
        Column("gain", "nats per event", "saved against the base rate"),
        Column("low", "", "5 %"),
        Column("high", "", "95 %"),
    ]
    rows: list[list[Cell]] = [
        [
            result["name"],
            question,
            g["by"],
            g["group"],
            g["events"],
            f,
            *(_number(b[n]) for n in ("value", "low", "high")),
        ]
        for result in document["results"]
        for question, answer in result["questions"].items()
        for g in answer["groups"]
        for f, b in g["gains"].items()
    ]
    return table("groups", "Gain over the base rate by region, kind and decade", columns, rows)


def event_table(document: Document) -> Table:
    """Return every single event with the loss of every forecaster."""
    columns = [
        Column("window"),
        Column("question"),
        Column("atopid"),
        Column("year"),
        Column("size", "states"),
        Column("kind"),
        Column("region"),
        Column("forecaster"),
        Column("loss", "nats"),
    ]
    rows: list[list[Cell]] = [
        [result["name"], question, e["atopid"], e["year"], e["size"], e["kind"], e["region"], f, loss]
        for result in document["results"]
        for question, answer in result["questions"].items()
        for e in answer["by_event"]
        for f, loss in e["losses"].items()
    ]
    return table("events", "Every event by itself", columns, rows)


def case_table(document: Document) -> Table:
    """Return the famous cases: rank and chance among others drawn by lot."""
    columns = [
        Column("case"),
        Column("year"),
        Column("size", "states"),
        Column("others", "", "alliances drawn by lot beside it"),
        Column("forecaster"),
        Column("rank", "", "1 is the likeliest"),
        Column("chance", "", "in the line-up"),
        Column("lift", "", "how much likelier than by lot"),
    ]
    rows: list[list[Cell]] = [
        [c["title"], c["year"], c["size"], c["others"], f, s["rank"], s["chance"], s["lift"]]
        for c in document["cases"]
        for f, s in c["seen"].items()
    ]
    return table("cases", "Famous signings, and one that did not come about", columns, rows)


def tables(document: Document) -> list[Table]:
    """Return every table of a backtest."""
    return [
        scoreboard(document),
        verdict_table(document),
        group_table(document),
        event_table(document),
        case_table(document),
    ]


def _number(value: float | None) -> float | None:
    return None if value is None or value != value else value
