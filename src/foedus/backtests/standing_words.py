"""What a backtest says in sentences: whether the theory beats every baseline, how surely, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

Document = Mapping[str, Any]

WHO: Final[Mapping[str, str]] = {
    "foedus, calibrated": "the theory alone, calibrated,",
    "foedus and geography": "the theory with distance, borders, region and strength beside it",
    "foedus, formation": "the record's law of formation, four weights learnt from both questions,",
}
"""How the forecasters of the theory are called in sentences."""


def headline(document: Document) -> tuple[str, ...]:
    """Return in how many long windows the theory beats every baseline on the question that decides, one sentence each."""
    decided = [v for v in document["verdicts"] if v["question"] == "who signs"]
    told = []
    for name in dict.fromkeys(v["forecaster"] for v in decided):
        own = [v for v in decided if v["forecaster"] == name]
        won, sure = (sum(bool(v[n]) for v in own) for n in ("beats_all", "surely"))
        windows = f"{len(own)} long {'window' if len(own) == 1 else 'windows'}"
        sureness = f", beyond a tie in {sure or 'none'}" if won else ""
        who = WHO.get(name, name)
        told.append(f"On who signs, {who} beats every baseline in {won} of {windows}{sureness}.")
    return tuple(told) or ("No long window asks the theory who signs, so nothing is decided about it here.",)


def conclusion(document: Document) -> list[str]:
    """Return what the long windows say about the theory on the question that decides, one sentence per window."""
    told = []
    for v in document["verdicts"]:
        if v["question"] != "who signs":
            continue
        gap = v["gap"]
        size = f"{abs(gap['value']):.2f} nats per signing"
        band = f"5 to 95 % band of the difference {gap['low']:+.2f} to {gap['high']:+.2f}, {v['events']} signings"
        who = WHO.get(v["forecaster"], v["forecaster"])
        if v["beats_all"]:
            sure = "and no band of a difference reaches a tie" if v["surely"] else "but the bands do not exclude a tie"
            told.append(
                f"{v['window']}: {who} beats every baseline on the log score, {sure}: ahead of {v['best_baseline']} by "
                f"{size} ({band})."
            )
        else:
            told.append(
                f"{v['window']}: {who} does not beat every baseline: {v['best_baseline']} is better by {size} ({band})."
            )
    return told


def reasons(document: Document) -> list[str]:
    """Return what the numbers say about why the theory wins or loses, one sentence per long window."""
    told = []
    for result in document["results"]:
        answer = result["questions"].get("who signs")
        if result["frozen"] or answer is None:
            continue
        gain = {r["forecaster"]: r["gain"]["value"] for r in answer["rows"]}
        if not {"foedus, calibrated", "foedus and geography", "geography", "foedus, judged"} <= gain.keys():
            continue
        more = gain["foedus and geography"] - gain["geography"]
        known = f"adds {more:.2f}" if more > 0 else f"adds nothing ({more:+.2f})"
        told.append(
            f"{result['name']}: against the base rate the terms of the theory alone save {gain['foedus, calibrated']:+.2f} nats per "
            f"signing, the map and strength alone {gain['geography']:+.2f}, both together {gain['foedus and geography']:+.2f}. "
            f"To somebody who knows the map the theory {known}. With judged parameters and nothing learnt it stands at "
            f"{gain['foedus, judged']:+.2f}{': far too sure of itself' if gain['foedus, judged'] < 0 else ''}."
        )
    return told
