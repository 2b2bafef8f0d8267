"""All windows one after the other, each kept when it is finished, and what they say together."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from foedus.archive.frames import pl
from foedus.backtests.step import (
    CASES,
    RECORD,
    THEORY,
    Forecasts,
    Material,
    asked,
    fitted,
    forecast,
    forecasters,
    losses,
    scored,
)
from foedus.draws.parts import Parts
from foedus.draws.stop import look
from foedus.estimation import scores
from foedus.estimation.lineups import roster
from foedus.estimation.protocol import FAMOUS, FULL, LONG, QUESTIONS, Question, Window

LEARNT: Final = THEORY[1:]
"""Names of the forecasters whose fate is decided: the terms of the theory alone, with geography, and the record's law."""
DECIDING: Final[Question] = "who signs"
"""The question on which it is decided."""


def run_windows(
    made: Material,
    windows: Sequence[Window],
    seed: int,
    *,
    theory: bool = False,
    only: Sequence[str] = (),
    resamples: int = FULL.resamples,
    parts: Parts | None = None,
    progress: Callable[[], None] | None = None,
) -> list[dict[str, Any]]:
    """Return the results of all windows; finished ones are taken from where they are kept.

    Parameters
    ----------
    made : Material
    windows : sequence of Window
    seed : int
        Of the resamples.
    theory : bool
        Whether the frames have the columns of the theory.
    only : sequence of str
        Names of baselines to run; all by default.
    resamples : int
    parts : Parts, optional
        Where finished windows are kept.
    progress : callable, optional
        Called after every window.
    """
    results = []
    shelf = parts or Parts(None, "")
    for window in windows:
        look()
        part = f"window-{window.name.replace(' ', '-')}.part"
        kept = shelf.take(part)
        results.append(json.loads(kept) if kept else one_window(made, window, seed, theory, only, resamples))
        if kept is None:
            shelf.keep(part, json.dumps(results[-1]).encode())
        if progress is not None:
            progress()
    return results


def one_window(
    made: Material,
    window: Window,
    seed: int,
    theory: bool = False,
    only: Sequence[str] = (),
    resamples: int = FULL.resamples,
) -> dict[str, Any]:
    """Return the result of one window as a plain document: per question the scoreboard, groups and single events."""
    answers = {}
    for question in QUESTIONS:
        if not asked(made, window, question)["formed"].any():
            continue
        found = forecast(made, window, question, forecasters(question, theory, only))
        rows = scored(found, seed, resamples)
        answers[question] = {
            "rows": rows,
            "learnt_from": found.learnt_from,
            **_counts(found),
            "groups": [] if window.frozen else groups(found, seed, resamples),
            "by_event": _events(found),
            "against": against(found, seed, resamples),
        }
    return {**vars(window), "left_out": made.left_out.get(window.name, 0), "questions": answers}


def _counts(found: Forecasts) -> dict[str, int]:
    events, units = (f["event"].n_unique() for f in (found.frame.filter(pl.col("formed")), found.frame))
    return {"events": events, "rows_asked": found.frame.height, "units": units}


def groups(found: Forecasts, seed: int, resamples: int = FULL.resamples) -> list[dict[str, Any]]:
    """Return the gain over the base rate by region, by kind and by decade of the events, with bands.

    Returns
    -------
    list of dict
        ``by``, ``group``, ``events`` and per forecaster the gain in nats per event as value, low, high.
    """
    events, loss = losses(found)
    told = found.frame.filter(pl.col("formed")) if found.question != "what ends" else found.frame
    first = told.unique("event", keep="first", maintain_order=True).sort("event")
    at = np.searchsorted(first["event"].to_numpy(), events)
    labels = {
        "region": first["region"].to_numpy()[at],
        "kind": np.array([_kind(k, s) for k, s in first.select("kind", "size").rows()])[at],
        "decade": np.array([f"{y // 10 * 10}s" for y in first["signed"]])[at],
    }
    rows = []
    for by, names in labels.items():
        if by == "decade" and found.question == "what ends":
            continue  # a treaty lives through many of them
        for name in sorted(set(names.tolist())):
            own = loss[names == name]
            draws = scores.resamples(np.arange(len(own)), resamples, seed) @ (own[:, :1] - own) / len(own)
            gains = {
                f: vars(scores.band(float((own[:, 0] - own[:, k]).mean()), draws[:, k]))
                for k, f in enumerate(found.names)
            }
            rows.append({"by": by, "group": name, "events": len(own), "gains": gains})
    return rows


def _kind(kind: str, size: int) -> str:
    if kind in ("two members", "more members"):
        return kind
    if kind == "founding":
        return "new, of two" if size == 2 else "new, of more"
    return {"accession": "enlargement", "entry": "entry of a new state"}.get(kind, kind)


def _events(found: Forecasts) -> list[dict[str, Any]]:
    """Return every signing (or ended treaty) with the loss of each forecaster."""
    events, loss = losses(found)
    hits = found.frame.filter(pl.col("formed")).unique("event", keep="first", maintain_order=True)
    row = {int(e): k for k, e in enumerate(events)}
    told = []
    for e, a, y, s, k, r in hits.select("event", "atopid", "signed", "size", "kind", "region").rows():
        losses_of = dict(zip(found.names, np.round(loss[row[e]], 4).tolist(), strict=True))
        told.append({"atopid": a, "year": y, "size": s, "kind": _kind(k, s), "region": r, "losses": losses_of})
    return told


def against(found: Forecasts, seed: int, resamples: int = FULL.resamples) -> list[dict[str, Any]]:
    """Return by how much the theory, learnt alone or with geography, is better than every baseline, in pairs over events.

    Returns
    -------
    list of dict
        ``forecaster``, ``baseline`` and the gain in nats per event as ``value``, ``low``, ``high``; empty without the
        theory.
    """
    loss = losses(found)[1]
    by_event = scores.resamples(np.arange(len(loss)), resamples, seed)
    rows = []
    for own in (n for n in LEARNT if n in found.names):
        for k, name in enumerate(found.names):
            if name not in THEORY:
                gap = loss[:, k] - loss[:, found.names.index(own)]
                told = vars(scores.band(float(gap.mean()), by_event @ gap / len(gap)))
                rows.append({"forecaster": own, "baseline": name, **told})
    return rows


def verdicts(results: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return, per long window, question and forecaster of the theory, whether it beats every baseline on the log score.

    Returns
    -------
    list of dict
        ``window``, ``question``, ``forecaster``, ``beats_all`` (its loss is the smallest), ``surely`` (the 5-95 % bands
        of all differences are above zero too), ``best_baseline`` and ``gap`` to it (nats per event, above zero is
        better).
    """
    told = {w.name for w in LONG}
    rows = []
    for result in results:
        for question, answer in result["questions"].items() if result["name"] in told else ():
            for name in dict.fromkeys(a["forecaster"] for a in answer["against"]):
                gaps = [a for a in answer["against"] if a["forecaster"] == name]
                best = min(gaps, key=lambda a: a["value"])
                asked = {"window": result["name"], "question": question, "events": answer["events"], "forecaster": name}
                won = {"beats_all": best["value"] > 0, "surely": min(a["low"] for a in gaps) > 0}
                gap = {n: best[n] for n in ("value", "low", "high")}
                rows.append({**asked, **won, "best_baseline": best["baseline"], "gap": gap})
    return rows


def cases(made: Material, window: Window, theory: bool = False, only: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return the famous cases: where the real alliance stands among others, as seen with what was learnt before.

    Parameters
    ----------
    made : Material
    window : Window
        What is learnt from ends with its ``trained_to``.
    theory, only
        As in :func:`run_windows`.

    Returns
    -------
    list of dict
        ``key``, ``title``, ``year``, ``size``, ``others`` (drawn by lot), and per forecaster ``rank`` (1 is likeliest;
        ties share the middle), ``chance`` in the line-up, ``lift`` (how much likelier than by lot), and ``a_year``
        (chance that exactly this list of states signs in the year, at the most).
    """
    frame = made.frames.get((CASES, DECIDING))
    if frame is None:
        return []
    each = forecasters(DECIDING, theory, only)
    chances = {f.name: m.predict(frame) for f, m in zip(each, fitted(made, window, DECIDING, each), strict=True)}
    sets, real, called = frame["set"].to_numpy(), frame["formed"].to_numpy(), {c.atopid: c for c in FAMOUS}
    rows = []
    for k in np.flatnonzero(real).tolist():
        own, case = sets == sets[k], called[int(frame["atopid"][k])]
        year, size = int(frame["signed"][k]), int(frame["size"][k])
        share = yearly_rate(made, window.trained_to, size) / math.comb(len(roster(year)), size)
        seen = {}
        for name, p in chances.items():
            above, level = int((p[own] > p[k]).sum()), int((p[own] == p[k]).sum())
            lift = float(p[k] * own.sum())
            seen[name] = {"rank": above + (level + 1) / 2, "chance": float(p[k]), "lift": lift, "a_year": share * lift}
        about = {"key": case.key, "title": case.title, "year": year, "source": case.source, "size": size}
        rows.append({**about, "others": int(own.sum()) - 1, "seen": seen})
    return sorted(rows, key=lambda r: (r["key"] == "pacific", r["year"]))


def yearly_rate(made: Material, last: int, size: int) -> float:
    """Return how many new alliances were signed per year up to a year: of two states, or of more when `size` is more."""
    frame = made.frames[RECORD, DECIDING].filter(pl.col("formed") & (pl.col("signed") <= last))
    alike = (pl.col("size") == 2) if size == 2 else (pl.col("size") > 2)
    new = frame.filter(alike & (pl.col("kind") == "founding")).height
    return new / (last - int(str(frame["signed"].min())) + 1)
