"""Tables of a backtest: scoreboard, verdicts, groups, single events, famous cases, and the points of every curve."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from foedus.vocabulary.tables import Cell, Column, Table, table

Document = Mapping[str, Any]

_SCORES: Final = (
    ("loss", "nats per event", "logarithmic loss; smaller is better", 5, "log loss"),
    ("gain", "nats per event", "saved against the base rate, in pairs", 0, "nats saved"),
    ("brier_skill", "share", "of the squared error of the base rate avoided", 6, "Brier skill"),
    ("pr_auc", "area", "under precision and recall", 7, "PR-AUC"),
    ("roc_auc", "area", "how often what happened is ranked above what did not", 4, "ROC-AUC"),
)
_GAIN: Final = (
    Column("gain", "nats per event", "saved against the base rate", form="signed"),
    Column("low", "nats per event", "5 %", form="signed"),
    Column("high", "nats per event", "95 %", form="signed"),
)
_BESIDE: Final = ("geography", "gradient boosting", "foedus, calibrated", "foedus and geography")
"""Forecasters in the short table of cases."""


def _banded(found: Mapping[str, float | None]) -> list[Cell]:
    """Return a score and the ends of its band, empty where there is no number."""
    values = (found[n] for n in ("value", "low", "high"))
    return [None if v is None or v != v else v for v in values]


def answers(document: Document) -> Iterator[tuple[Mapping[str, Any], str, Mapping[str, Any]]]:
    """Yield every window with each question and its answer."""
    for result in document["results"]:
        for question, answer in result["questions"].items():
            yield result, question, answer


def only(found: Table, keep: Callable[[Mapping[str, Cell]], bool], title: str = "") -> Table:
    """Return a table with the rows that are wanted, under its own name."""
    rows = tuple(row for row, named in zip(found.rows, found, strict=True) if keep(named))
    return Table(found.name, title or found.title, found.columns, rows, found.quiet)


def _ranged(name: str, unit: str, meaning: str, drop: int, head: str) -> list[Column]:
    low, high = f"{name}_low", f"{name}_high"
    form = "signed" if unit.startswith("nats") and name != "loss" else ""
    ends = [Column(n, unit, words, form=form, drop=max(drop, 3)) for n, words in ((low, "5 %"), (high, "95 %"))]
    return [Column(name, unit, meaning, head, form, drop), *ends]


def scoreboard(document: Document) -> Table:
    """Return one row per window, question and forecaster, every score with its 5-95 % band."""
    columns = [
        Column("window"),
        Column("question"),
        Column("events", unsaid="count"),
        Column("forecaster"),
        Column("looks_at", drop=8),
    ]
    for name, unit, meaning, drop, head in _SCORES:
        columns += _ranged(name, unit, meaning, drop, head)
    rows: list[list[Cell]] = []
    for result, question, answer in answers(document):
        for r in answer["rows"]:
            row: list[Cell] = [result["name"], question, answer["events"], r["forecaster"], r["information"]]
            for name, *_ in _SCORES:
                row += _banded(r[name])
            rows.append(row)
    title = "Forecasts of alliances out of sample: every window, question and forecaster"
    return table("scoreboard", title, columns, rows)


def verdict_table(document: Document) -> Table:
    """Return whether calibrated foedus beats every baseline, by long window and question."""
    columns = [
        Column("window"),
        Column("question"),
        Column("events", unsaid="count"),
        Column("forecaster"),
        Column("beats_all", "", "smallest log loss of all", "beats all"),
        Column("surely", "", "and the 5-95 % bands of all differences are above zero"),
        Column("best_baseline", head="best baseline"),
        *_ranged("gap", "nats per event", "to the best baseline; above zero the theory is better", 0, "gap"),
    ]
    rows: list[list[Cell]] = [
        [
            *(v[n] for n in ("window", "question", "events", "forecaster", "beats_all", "surely", "best_baseline")),
            *_banded(v["gap"]),
        ]
        for v in document["verdicts"]
    ]
    return table("verdicts", "Does the theory beat every baseline?", columns, rows)


def group_table(document: Document) -> Table:
    """Return the gain over the base rate by region, kind and decade."""
    columns = [
        *(Column(n) for n in ("window", "question", "by", "group")),
        Column("events", unsaid="count"),
        Column("forecaster"),
        *_GAIN,
        Column("label", "", "group and its events", hidden=True),
    ]
    rows: list[list[Cell]] = [
        [*(result["name"], question, g["by"], g["group"], g["events"], f), *_banded(b), f"{g['group']} ({g['events']})"]
        for result, question, answer in answers(document)
        for g in answer["groups"]
        for f, b in g["gains"].items()
    ]
    return table("groups", "Gain over the base rate by region, kind and decade", columns, rows, quiet=True)


def event_table(document: Document) -> Table:
    """Return every single event with the loss of every forecaster."""
    kept = ("atopid", "year", "size", "kind", "region")
    columns = [
        *(Column(n) for n in ("window", "question")),
        Column("atopid", "", "number of the treaty in ATOP", unsaid="id"),
        Column("year", form="year"),
        Column("size", "states"),
        *(Column(n) for n in ("kind", "region", "forecaster")),
        Column("loss", "nats"),
    ]
    rows: list[list[Cell]] = [
        [result["name"], question, *(e[n] for n in kept), f, loss]
        for result, question, answer in answers(document)
        for e in answer["by_event"]
        for f, loss in e["losses"].items()
    ]
    return table("events", "Every event by itself", columns, rows, quiet=True)


def case_table(document: Document) -> Table:
    """Return the famous cases: rank and chance among others drawn by lot, and the chance of this very list in a year."""
    columns = [
        Column("case"),
        Column("year", form="year"),
        Column("size", "states"),
        Column("others", "", "alliances drawn by lot beside it", unsaid="count"),
        Column("forecaster"),
        Column("rank", "", "1 is the likeliest", unsaid="count"),
        Column("chance", "probability", "in the line-up", form="percent"),
        Column("lift", "", "how much likelier than by lot", "times likelier than by lot", unsaid="times"),
        Column("a_year", "probability", "that exactly this list of states signs in the year", hidden=True),
        Column("this_very_list", "", "chance that exactly this list signs in the year", "this very list, a year"),
        Column("share", "share", "of alliances drawn by lot that are thought likelier", hidden=True, form="percent"),
        Column("label", "", "year and name", hidden=True),
        Column("key", hidden=True),
    ]
    rows: list[list[Cell]] = [
        [
            *(c["title"], c["year"], c["size"], c["others"], f, s["rank"], s["chance"], s["lift"], s["a_year"]),
            f"{s['a_year']:.0e}",
            (s["rank"] - 1) / max(c["others"], 1),
            f"{c['year']} {c['title'].split(' (')[0]}: {c['size']} states among {c['others']} others",
            c["key"],
        ]
        for c in document["cases"]
        for f, s in c["seen"].items()
    ]
    return table("cases", "Famous signings, and one that did not come about", columns, rows, quiet=True)


def short_cases(document: Document) -> Table:
    """Return the famous cases as four forecasters see them, the pact that did not come about in four years only."""
    every = case_table(document)
    found = only(
        every, lambda r: r["forecaster"] in _BESIDE and (r["key"] != "pacific" or r["year"] in (1950, 1953, 1955, 1960))
    )
    return Table("cases-in-short", "Case by case", found.columns, found.rows)


def calibration_table(document: Document) -> Table:
    """Return the points of every calibration curve: what was forecast, and how often it happened."""
    columns = [
        *(Column(n) for n in ("window", "question", "forecaster")),
        Column("forecast", "probability", "mean of the group", form="percent"),
        Column("observed", "share", "how often it happened", "how often it happened", "percent"),
        Column("weight", "", "alternatives, weighted", unsaid="weighted alternatives"),
    ]
    rows: list[list[Cell]] = [
        [result["name"], question, r["forecaster"], *point]
        for result, question, answer in answers(document)
        for r in answer["rows"]
        for point in zip(*r["calibration"], strict=True)
    ]
    return table("calibration", "Calibration: forecast against frequency", columns, rows, quiet=True)


def precision_table(document: Document) -> Table:
    """Return the points of every curve of precision against recall."""
    columns = [
        *(Column(n) for n in ("window", "question", "forecaster")),
        Column("recall", "share", "of those that happened, how many were called", form="percent"),
        Column("precision", "share", "of those called, how many happened", form="percent"),
    ]
    rows: list[list[Cell]] = [
        [result["name"], question, r["forecaster"], *point]
        for result, question, answer in answers(document)
        for r in answer["rows"]
        for point in zip(*r["pr"], strict=True)
    ]
    return table("precision", "Precision and recall", columns, rows, quiet=True)


def origin_table(document: Document) -> Table:
    """Return the gain of ten-year forecasts by origin."""
    columns = [
        Column("origin", "", "years that are forecast, and their events"),
        Column("question"),
        Column("forecaster"),
        *_GAIN,
    ]
    rows: list[list[Cell]] = [
        [
            f"{result['first']}–{result['last']} ({answer['events']} events)",
            *(question, r["forecaster"]),
            *_banded(r["gain"]),
        ]
        for result, question, answer in answers(document)
        if result["frozen"]
        for r in answer["rows"]
    ]
    return table("origins", "Ten years ahead, by origin", columns, rows, quiet=True)


def data_table(document: Document) -> Table:
    """Return the data a backtest was made with: version and hash."""
    rows: list[list[Cell]] = [[name, d["version"], d["sha256"]] for name, d in document["data"].items()]
    return table("data", "Data", [Column("table"), Column("version"), Column("sha256")], rows)
