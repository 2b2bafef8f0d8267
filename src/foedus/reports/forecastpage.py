"""The page of forecasts: every probability beside what happened, the scores, and what could not be answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from foedus.reports.page import environment
from foedus.surfaces.svg.pen import Picture, Scale

Record = Mapping[str, Any]

WIDTH = 760.0

INKS = {True: "blue", False: "vermilion", None: "grey"}
"""Colour of what happened; the shape says the same: full for yes, empty for no, a dash for nobody knows."""


def probabilities(record: Record) -> str:
    """Return one line per answered question: the probability, its band, the reference class, and what happened."""
    rows = [q for q in record["questions"] if q["answered"]]
    if not rows:
        return ""
    height = 27.0 * len(rows) + 60
    p = Picture(
        WIDTH, height, "Forecasts", "Probability of every question, its band over the draws, and what happened."
    )
    x = Scale(0, 1, 368, WIDTH - 76)
    bottom = height - 38
    for t in (0, 0.25, 0.5, 0.75, 1):
        p.line(x(t), 12, x(t), bottom, "faint" if 0 < t < 1 else "hair", 1)
        p.text(x(t), bottom + 16, f"{100 * t:.0f}", 11, "soft", "middle")
    p.text(WIDTH - 76, bottom + 33, "probability, %", 11.5, "soft", "end")
    for k, q in enumerate(rows):
        y = 27 + 27.0 * k
        ink = INKS[q["outcome"]]
        says = q["question"] if len(q["question"]) <= 50 else q["question"][:48].rsplit(" ", 1)[0] + " …"
        p.text(10, y + 4, q["id"], 11, "soft")
        p.text(58, y + 4, says, 11.5, "ink")
        p.line(x(q["low"]), y, x(q["high"]), y, ink, 3)
        if q["reference"] is not None:
            p.line(x(q["reference"]), y - 8, x(q["reference"]), y + 8, "ink", 1.4)
        tip = f"{100 * q['probability']:.1f} %"
        p.circle(x(q["probability"]), y, 5.5, ink if q["outcome"] is not False else "ground", ink, 1.8, tip)
        p.text(WIDTH - 62, y + 4, {True: "yes", False: "no", None: "open"}[q["outcome"]], 11.5, ink, weight="600")
    return p.svg()


def calibration(record: Record) -> str:
    """Return how often what was forecast happened, against the diagonal."""
    points = record["calibration_curve"]
    if not points:
        return ""
    p = Picture(380, 372, "Calibration", "Observed frequency against forecast probability, by groups of questions.")
    x, y = Scale(0, 1, 62, 356), Scale(0, 1, 316, 22)
    for t in (0, 0.25, 0.5, 0.75, 1):
        p.line(x(t), y(0), x(t), y(1), "faint", 1)
        p.line(x(0), y(t), x(1), y(t), "faint", 1)
        p.text(x(t), y(0) + 17, f"{100 * t:.0f}", 11, "soft", "middle")
        p.text(x(0) - 8, y(t) + 4, f"{100 * t:.0f}", 11, "soft", "end")
    p.line(x(0), y(0), x(1), y(1), "hair", 1.4, "4 4")
    p.path(
        "M" + " L".join(f"{x(c['forecast']):.2f},{y(c['observed']):.2f}" for c in points), stroke="blue", fill="none"
    )
    for c in points:
        n = int(c["questions"])
        p.circle(x(c["forecast"]), y(c["observed"]), 4 + 1.2 * n**0.5, "blue", "ground", 1.4, f"{n} questions")
    p.text(x(0.5), 356, "forecast, %", 11.5, "soft", "middle")
    p.text(14, 14, "happened, %", 11.5, "soft")
    return p.svg()


def forecast_html(record: Record) -> str:
    """Return the page about forecasts.

    Parameters
    ----------
    record : mapping
        As :func:`foedus.reports.forecasttables.forecast_record` returns it.
    """
    return (
        environment()
        .get_template("forecast.html")
        .render(r=record, board=Markup(probabilities(record)), curve=Markup(calibration(record)))
    )
