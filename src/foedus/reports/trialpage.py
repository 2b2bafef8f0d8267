"""The page of a trial: thesis, scoreboard, one block per claim, for somebody who never saw the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

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


def trial_html(record: Record) -> str:
    """Return the page about a trial.

    Parameters
    ----------
    record : mapping
        As :func:`foedus.reports.trialrecord.trial_record` returns it.
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
        scenes=[],
        map="",
    )
