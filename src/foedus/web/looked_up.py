"""Looked up: what dated events say for or against a claim, as a page shows it, each with its sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from foedus.trials.claims import Trial
from foedus.trials.precedents import Finding
from foedus.vocabulary.prose import dated

_MOST: Final = 4
"""Sources of one finding that are shown."""


def looked_up(found: Sequence[Finding], trial: Trial) -> list[dict[str, Any]]:
    """Return every test of a claim on the record: its side, its reason, its events and their sources."""
    record = []
    for f in found:
        looked = [trial.events[i] for i in f.events]
        keys = dict.fromkeys(k for v in looked for k in v.source)
        record.append(
            {
                "date": dated(looked[-1].date) if looked else "",
                "side": "For" if f.speaks_for else "Against",
                "because": f.form.because.rstrip(".") + ("" if f.found else " – not so in the record"),
                "text": looked[0].text if len(looked) == 1 else "",
                "events": [(dated(v.date), v.text) for v in looked] if len(looked) > 1 else [],
                "shown": f.shown,
                "dates": ", ".join(dict.fromkeys(dated(v.date) for v in looked)) if len(looked) > 1 else "",
                "sources": [trial.sources[k] for k in keys if k in trial.sources][:_MOST],
            }
        )
    return record
