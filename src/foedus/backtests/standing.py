"""The standing of a backtest as one record: who wins, how surely, where, and the famous cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from foedus.backtests.standing_tables import (
    answers,
    calibration_table,
    case_table,
    data_table,
    event_table,
    group_table,
    only,
    origin_table,
    precision_table,
    scoreboard,
    short_cases,
    verdict_table,
)
from foedus.backtests.standing_words import conclusion, headline, reasons
from foedus.vocabulary.record import Chart, Record, Section
from foedus.vocabulary.tables import Table, shown

Document = Mapping[str, Any]

INKS: Final[Mapping[str, str]] = {
    "base rate": "grey",
    "persistence": "brown",
    "age and size": "brown",
    "distance and region": "amber",
    "geography": "teal",
    "standard logit": "plum",
    "gradient boosting": "rose",
    "foedus, judged": "soft",
    "foedus, calibrated": "blue",
    "foedus and geography": "vermilion",
    "foedus, formation": "ink",
}
"""Colour of every forecaster; the names always stand beside them."""
DRAWN: Final = (
    "distance and region",
    "geography",
    "standard logit",
    "gradient boosting",
    "foedus, calibrated",
    "foedus and geography",
    "foedus, formation",
)
"""Forecasters in pictures with room for few."""
LOWEST: Final = -4.0
"""Nats per event at which pictures are cut off, with an arrow."""
SAVED: Final = "nats per event saved against the base rate; to the right is better"
PROTOCOL: Final = (
    "The unit is the signing: a treaty of twelve is one event, and every band comes from drawing whole events with "
    "replacement (5 to 95 %). A score of +1 nat means that the truth was held e = 2.7 times as likely as by the base rate, "
    "which gives every alternative the same chance. Everything looked at was known the year before the signing; parameters "
    "were learnt from signings up to the year that a window names. In the long windows every event is asked about in several "
    "draws of its line-up, each forecaster learning from each draw anew, and its loss is the mean over them. The "
    "chances are chances within a line-up; those of real life, where millions of alliances are possible, are as many times smaller. The Declaration by United Nations of 1942 "
    "is left out throughout. All windows were fixed before any of them was scored."
)
"""How everything is asked and scored."""


def record_of(document: Document) -> Record:
    """Return a backtest as one record.

    Parameters
    ----------
    document : mapping
        As :func:`foedus.asking.backtesting.backtest` returns it.
    """
    found = (
        _verdict(document),
        _protocol(document),
        _board(document),
        _precision(document),
        _groups(document),
        _origins(document),
        _cases(document),
        _numbers(document),
        Section("data", "Data", tables=(data_table(document),), folded=True),
    )
    quick = " · quick look, small sample" if document["quick"] else ""
    return Record(
        "backtest",
        "Forecasts of alliances, scored",
        "Learn to a year, forecast who signs, who is in and what ends, score it, move the year: the theory beside "
        "baselines that know the same data.",
        f"out of sample · {len(document['results'])} windows{quick}",
        headline(document),
        tuple(s for s in found if s is not None),
        made=_made(document),
    )


def _made(document: Document) -> dict[str, Any]:
    sample = document["sample"]
    rates = ("new_bodies_a_year", "new_pairs_a_year")
    kept = ("foedus", "seed", "quick", "code", "windows", "baselines", "without", *rates)
    said = {n: document[n] for n in kept if n in document}
    others = {"others_in_a_line_up": sample["controls"][0], "resamples": sample["resamples"]}
    told = {"code": str(document["code"])[:16], "quick": bool(document["quick"])}
    return said | told | others | {"sample": dict(sample)}


def _verdict(document: Document) -> Section:
    found = verdict_table(document)
    told = (*conclusion(document), *reasons(document))
    return Section("verdict", "Does the theory beat every baseline?", told, (found,))


def _protocol(document: Document) -> Section:
    asked = tuple(f"{q.capitalize()}. {words}" for q, words in document["questions"].items())
    return Section("protocol", "What is asked, and how it is scored", asked, notes=(PROTOCOL,), folded=True)


def _stem(*words: str) -> str:
    return "-".join("".join(c if c.isalnum() else "-" for c in w.lower()) for w in words)


def _ends(found: Table) -> tuple[float, float]:
    """Return the ends of the axis of gains: no lower than where pictures are cut off."""
    low, high = ("gain_low", "gain_high") if "gain_low" in {c.name for c in found.columns} else ("low", "high")
    values = [v for n in (low, high, "gain") for v in found.column(n) if isinstance(v, int | float)]
    return max(min([*values, 0.0]), LOWEST), max([*values, 0.1]) * 1.02


def _learnt(window: Mapping[str, Any], question: str, answer: Mapping[str, Any]) -> str:
    ends = question == "what ends"
    what = "treaties that ended" if ends else "signings"
    asked = f"endings among {answer['units']} treaties" if ends else "signings"
    more = ""
    if window["left_out"] and not ends:
        more = f" {window['left_out']} more could not be asked about: a signatory was not in the state system the year before."
    return (
        f"{window['reason']}. Learnt from {answer['learnt_from']} {what} up to {window['trained_to']}; {answer['events']} "
        f"{asked} are forecast.{more}"
    )


def _board(document: Document) -> Section:
    every, curves = scoreboard(document), calibration_table(document)
    parts = []
    for window, question, answer in answers(document):
        if window["frozen"]:
            continue
        here, stem = _here(window["name"], question), _stem(window["name"], question)
        own = only(every, here)
        chart = Chart(
            f"board-{stem}",
            "dots",
            f"Scoreboard: {window['name']}, {question}",
            "Dots are scores on all events, lines their 5 to 95 % bands over resampled events; an arrow is off the scale.",
            own,
            "gain",
            "forecaster",
            low="gain_low",
            high="gain_high",
            colour="forecaster",
            inks=INKS,
            options={"base": 0, "beside": "gain", "ends": _ends(own), "unit": SAVED},
        )
        title = f"{window['name']}: {question}"
        curve = _calibration(only(curves, here), stem, f"{window['name']}, {question}")
        parts.append(Section(stem, title, (_learnt(window, question, answer),), charts=(chart,), sections=(curve,)))
    return Section("board", "The scoreboard", sections=tuple(parts))


def _here(window: str, question: str) -> Any:
    return lambda r: r["window"] == window and r["question"] == question


def _calibration(found: Table, stem: str, title: str) -> Section:
    charts = []
    for key, name, theory in (("baselines", "baselines", False), ("theory", "the theory", True)):
        charts.append(
            Chart(
                f"calibration-{key}-{stem}",
                "lines",
                f"Calibration of {name}: {title}",
                f"Calibration of {name}. Across: forecast; up: how often it happened; on the dashed diagonal is right.",
                only(found, lambda r, t=theory: str(r["forecaster"]).startswith("foedus") == t),  # type: ignore[misc]
                "forecast",
                "observed",
                "forecaster",
                inks=INKS,
                options={"diagonal": True, "ends": (0, 1), "ends_along": (0, 1)},
            )
        )
    return Section("calibration", "Calibration", charts=tuple(c for c in charts if len(c.table)), folded=True)


def _precision(document: Document) -> Section:
    every = precision_table(document)
    charts = []
    for window, question, _ in answers(document):
        here = _here(window["name"], question)
        if not window["frozen"]:
            own = only(every, lambda r, h=here: h(r) and r["forecaster"] in DRAWN)  # type: ignore[misc]
            charts.append(
                Chart(
                    f"precision-{_stem(window['name'], question)}",
                    "lines",
                    f"Precision and recall: {window['name']}, {question}",
                    f"{window['name']}, {question}: alternatives in the order of how much likelier than by lot a forecaster "
                    "holds them. Of those called, how many happened (up); of those that happened, how many were called "
                    "(across).",
                    own,
                    "recall",
                    "precision",
                    "forecaster",
                    inks=INKS,
                    options={"ends": (0, 1), "ends_along": (0, 1), "points": False},
                )
            )
    says = ("Of those that a forecaster called, how many happened, and of those that happened, how many were called?",)
    return Section("curves", "Precision and recall", says, charts=tuple(charts), tables=(every,))


def _groups(document: Document) -> Section | None:
    every = group_table(document)
    keys = dict.fromkeys((str(r["window"]), str(r["question"]), str(r["by"])) for r in every)
    parts = []
    for n, (window, question, by) in enumerate(keys):
        here = _here(window, question)
        own = only(every, lambda r, h=here, b=by: h(r) and r["by"] == b and r["forecaster"] in DRAWN)  # type: ignore[misc]
        title = f"{window}, {question}, by {by}"
        chart = Chart(
            f"groups-{_stem(window, question, by)}",
            "dots",
            title,
            "Nats per event saved against the base rate, with bands; the number of events is in brackets.",
            own,
            "gain",
            "label",
            "forecaster",
            "low",
            "high",
            inks=INKS,
            options={"base": 0, "ends": _ends(own), "unit": SAVED},
        )
        parts.append(Section(_stem(window, question, by), title, charts=(chart,), folded=n > 0))
    if not parts:
        return None
    return Section(
        "groups",
        "By region, kind and decade",
        ("Groups of a few events decide nothing.",),
        tables=(every,),
        sections=tuple(parts),
    )


def _origins(document: Document) -> Section | None:
    every = origin_table(document)
    if not len(every):
        return None
    left = [f"{w['left_out']} {w['name']}" for w in document["results"] if w["frozen"] and w["left_out"]]
    lost = f" Signings with a state that did not exist yet could not be asked about: {', '.join(left)}." if left else ""
    charts = []
    for question in document["questions"]:
        own = only(every, lambda r, q=question: r["question"] == q and r["forecaster"] in DRAWN)  # type: ignore[misc]
        charts.append(
            Chart(
                f"origins-{_stem(question)}",
                "dots",
                f"Ten years ahead: {question}",
                f"{question.capitalize()}: nats per event saved against the base rate, ten years ahead.",
                own,
                "gain",
                "origin",
                "forecaster",
                "low",
                "high",
                inks=INKS,
                options={"base": 0, "ends": _ends(own), "unit": SAVED},
            )
        )
    return Section(
        "origins",
        "Ten years ahead",
        (f"Here all forecasts of ten years look at the world as it stood at the end of the origin.{lost}",),
        (every,),
        tuple(c for c in charts if len(c.table)),
        ("What ended in the last year of the data nobody can see; the windows of endings stop before it.",),
    )


def _cases(document: Document) -> Section | None:
    every = case_table(document)
    if not len(every):
        return None
    famous = Chart(
        "famous",
        "dots",
        "Famous signings",
        "Share of alliances drawn by lot that a forecaster thinks likelier; to the left is better.",
        only(every, lambda r: r["key"] != "pacific" and r["forecaster"] in DRAWN),
        "share",
        "label",
        "forecaster",
        inks=INKS,
        options={
            "ends": (0, 1),
            "unit": "share of alliances drawn by lot that are thought likelier; to the left is better",
        },
    )
    unborn = Chart(
        "pacific",
        "lines",
        "A Pacific pact, year by year",
        "1 is an alliance of its size drawn by lot. That it was never signed is one observation a year at the most, and no "
        "forecaster is refuted by it.",
        only(every, lambda r: r["key"] == "pacific" and r["forecaster"] in DRAWN),
        "year",
        "lift",
        "forecaster",
        inks=INKS,
        options={"log": True, "unit_up": "how much likelier than an alliance of its size drawn by lot"},
    )
    pact = Section(
        "pacific",
        "The pact that did not come",
        (
            "United States, Korea, Taiwan, the Philippines, Australia, New Zealand, and Japan from 1952 (nothing is recorded "
            "of it the year before): how much likelier than by lot would each forecaster have held it, year by year?",
        ),
        charts=(unborn,),
    )
    return Section(
        "cases",
        "Case by case",
        (
            "With what was learnt to 1944, and the world of the year before: where does the alliance that came stand among "
            "others of its size drawn by lot?",
        ),
        (short_cases(document), every),
        (famous,),
        (_very_list(document),),
        (pact,) if len(unborn.table) else (),
    )


def _very_list(document: Document) -> str:
    bodies, pairs = shown(document["new_bodies_a_year"]), shown(document["new_pairs_a_year"])
    return (
        "The chance of this very list is that exactly this list of states signs in the year: "
        f"{bodies} new alliances of more than two a year (the rate to 1944; {pairs} of two), times the share of the list "
        "among all lists of its size. It assumes that every new alliance has that size, and so is at the most."
    )


def _numbers(document: Document) -> Section:
    found = (scoreboard(document), event_table(document), calibration_table(document))
    return Section("table", "All numbers", tables=found)
