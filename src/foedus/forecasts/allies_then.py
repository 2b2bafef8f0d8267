"""Allies then: who is allied to the hub on a day, from treaties of today that are kept and the one body that may come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from foedus.forecasts.forecast import ended, in_years, outcomes, rates
from foedus.forecasts.query import Query
from foedus.forecasts.tally import numbers, satisfied_chance
from foedus.model.architecture import Architecture, Institution
from foedus.questions.study import Study
from foedus.simulation.formation import drafts_of


def allies_on_a_day(study: Study, query: Query, known: Mapping[str, Institution]) -> dict[str, float]:
    """Return the chances of who is, or how many are, bound to the hub on the last day of a window.

    Parameters
    ----------
    study : Study
    query : Query
        Of the kind ``allied``.
    known : mapping of str to Institution
        Institutions in force, by id.

    Notes
    -----
    A round founds one treaty, which may bind several at once, so that new allies do not come independently: the answer is the mean over
    what may be founded in the window, one treaty at most. Treaties of today are kept independently of each other.
    """
    hub = study.world.hub
    held = {s: t for t in query.treaties for s in known[t].members if s != hub}
    ends = rates(study, replace(query, kind="treaty ends", by=()), known, ended) if held else {}
    kept = {s: in_years(ends[held[s]], query.years, kept=True) if s in held else 0.0 for s in query.named}
    found: dict[str, float] = {}
    for newly, p in _founded(study, query).items():
        each = {s: 1.0 if s in newly else stays for s, stays in kept.items()}
        if query.form == "whether":
            part = {"": satisfied_chance(query, each)}
        elif query.form == "which":
            part = each
        else:
            part = {str(n): float(q) for n, q in enumerate(numbers(each.values()))}
        for name, q in part.items():
            found[name] = found.get(name, 0.0) + p * q
    return {name: min(p, 1.0) for name, p in found.items()}


def _founded(study: Study, query: Query) -> dict[frozenset[str], float]:
    """Return the chance of each list of new allies over the window, and of none, by the treaty that may be founded first."""
    world, yearly = study.world, dict[frozenset[str], float]()

    def newly(after: Architecture) -> frozenset[str]:
        new = [m for m in after if m.is_treaty and m not in world.in_force and world.hub in m.members]
        return frozenset(s for m in new for s in m.members if s in query.named)

    for p, architecture in outcomes(study, list(drafts_of(study.appraiser, study.fallback))):
        yearly[newly(architecture)] = yearly.get(newly(architecture), 0.0) + p
    some = {s: p for s, p in yearly.items() if s and p > 0.0}
    whole = sum(some.values())
    once = in_years(whole, query.years, kept=False)
    return {frozenset(): 1.0 - once, **{s: once * p / whole for s, p in some.items()}}
