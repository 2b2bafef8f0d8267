"""The page of a trial: thesis, scoreboard, one block per claim, for somebody who never saw the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from foedus.reports.drawing import Picture, Scale
from foedus.reports.page import environment

Record = Mapping[str, Any]

INKS: Mapping[str, str] = {
    "supported": "blue", "conditional": "teal", "unsupported": "amber", "contradicted": "vermilion", "untestable here": "grey",
}  # fmt: skip
"""Colour of each verdict; the words always stand beside it."""

WIDTH = 760.0


def scoreboard(record: Record) -> str:
    """Return one line per claim: how often it holds over the draws, and the verdict."""
    rows = record["claims"]
    p = Picture(
        WIDTH,
        25.0 * len(rows) + 66,
        "Scoreboard of claims",
        "Share of draws in which each claim holds, and the verdict.",
    )
    x = Scale(0, 1, 330, WIDTH - 130)
    bottom = 25.0 * len(rows) + 22
    for t in (0, 0.34, 0.9, 1):
        p.line(x(t), 14, x(t), bottom, "faint" if t in (0.34, 0.9) else "hair", 1, "3 3" if t in (0.34, 0.9) else "")
        p.text(x(t), bottom + 16, f"{100 * t:.0f}", 11, "soft", "middle")
    p.text(WIDTH - 130, bottom + 33, "share of draws in which the claim holds, %", 11.5, "soft", "end")
    for k, c in enumerate(rows):
        y = 30 + 25.0 * k
        ink = INKS[c["verdict"]]
        says = c["says"] if len(c["says"]) <= 50 else c["says"][:48].rsplit(" ", 1)[0] + " …"
        p.text(14, y + 4, str(c["id"]), 11.5, "soft", "end")
        p.text(24, y + 4, says, 11.5, "ink")
        share = c["model"]["share"] if c["model"] else None
        if share is None:
            p.text(x(0.5), y + 4, "no model test", 10.5, "soft", "middle", style="italic")
        else:
            p.line(x(0), y, x(share), y, ink, 2.2)
            p.circle(x(share), y, 5, ink, "ground", 1.4, f"{100 * share:.0f} %")
        p.text(WIDTH - 118, y + 4, c["verdict"], 12, ink, weight="600")
    return p.svg()


def effect(claim: Record) -> str:
    """Return how far a claim holds: the effect beyond its threshold, over the draws."""
    m = claim["model"]
    if m is None or m["default"]["effect"] is None:
        return ""
    default = m["default"]["effect"]
    ends = [v for v in (default, m["low"], m["high"], 0.0) if v is not None]
    reach = max(abs(v) for v in ends) * 1.15 or 1.0
    p = Picture(
        WIDTH, 62, f"Effect tested by claim {claim['id']}", "Effect beyond the threshold; to the right the claim holds."
    )
    x = Scale(-reach, reach, 120, WIDTH - 120)
    p.line(x(-reach), 26, x(reach), 26, "hair")
    p.line(x(0), 8, x(0), 44, "ink", 1.2)
    if m["low"] is not None:
        p.line(x(m["low"]), 26, x(m["high"]), 26, "blue", 3)
        p.circle(x(m["median"]), 26, 5, "blue", "ground", 1.4, f"median {m['median']:+.3g}")
    p.path(f"M{x(default):.2f},16 l6,-9 l-12,0 Z", fill="ink", tip=f"default {default:+.3g}")
    p.text(112, 30, "does not hold", 11.5, "soft", "end")
    p.text(WIDTH - 112, 30, "holds", 11.5, "soft")
    p.text(x(0), 58, "threshold", 10.5, "soft", "middle")
    return p.svg()


def trial_html(record: Record) -> str:
    """Return the page about a trial.

    Parameters
    ----------
    record : mapping
        As :func:`foedus.reports.trialrecord.trial_record` returns it.
    """
    pictures = {c["id"]: Markup(effect(c)) for c in record["claims"]}
    counts = {v: sum(c["verdict"] == v for c in record["claims"]) for v in INKS}
    return (
        environment()
        .get_template("trial.html")
        .render(r=record, pictures=pictures, board=Markup(scoreboard(record)), counts=counts, inks=INKS)
    )
