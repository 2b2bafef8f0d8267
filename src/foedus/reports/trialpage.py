"""The page of a trial: thesis, scoreboard, one block per claim, for somebody who never saw the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from foedus.reports import figures
from foedus.reports.page import environment
from foedus.reports.trialfigures import bars, strips
from foedus.reports.trialwords import amount

Record = Mapping[str, Any]

INKS: Mapping[str, str] = {
    "supported": "blue",
    "conditional": "teal",
    "unsupported": "amber",
    "contradicted": "vermilion",
    "untestable here": "grey",
}
"""Colour of each verdict; the words always stand beside it."""

MEANINGS: Mapping[str, str] = {
    "supported": "model and record both say so",
    "conditional": "true under conditions: one of the two says so, the other hesitates, is silent or disagrees",
    "unsupported": "neither speaks for it clearly",
    "contradicted": "the record speaks against it, and the model does not speak for it",
    "untestable here": "neither model nor record can say anything",
}
"""What each verdict means to a reader."""

SCENES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "blockers": (
        "Who would block a council of all, and why",
        ("gain of", "consent of", "chance of a", "weakest consent"),
    ),
    "quarrel": ("How far the quarrel goes, and what would calm it", ("quarrel",)),
    "wedge": ("What pressure by the adversary breaks", ("hold of", "cost of")),
    "leverage": ("What the hub gets out of its allies", ("hub's",)),
}
"""Pictures of the place, each with the beginnings of the quantities it is about."""


def scenes(record: Record, scene: Record) -> list[dict[str, Any]]:
    """Return the pictures of the place that bear on claims, with the claims they bear on."""
    found = []
    for name, (title, starts) in SCENES.items():
        about = [c["id"] for c in record["claims"] if c["model"] and c["model"]["quantity"].startswith(starts)]
        svg = getattr(figures, name)(scene) if about else ""
        if svg:
            found.append({"name": name, "title": title, "svg": Markup(svg), "claims": about})
    return found


def trial_html(record: Record, scene: Record | None = None) -> str:
    """Return the page about a trial.

    Parameters
    ----------
    record : mapping
        As :func:`foedus.reports.trialrecord.trial_record` returns it.
    scene : mapping, optional
        The record of an assessment of its case, for the map and the pictures of the place.
    """
    events = {e["id"]: e for e in record["events"]}
    pictures = {c["id"]: Markup(strips(c)) for c in record["claims"]}
    numbers = {c["id"]: Markup(bars(c, events)) for c in record["claims"]}
    counts = {v: sum(c["verdict"] == v for c in record["claims"]) for v in INKS}
    page = environment()
    page.filters["amount"] = amount
    return page.get_template("trial.html").render(
        r=record,
        pictures=pictures,
        numbers=numbers,
        counts=counts,
        inks=INKS,
        meanings=MEANINGS,
        events=events,
        scenes=scenes(record, scene) if scene else [],
        map=Markup(figures.region_map(scene)) if scene else "",
    )
