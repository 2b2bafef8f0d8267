"""Combined: forecasts that are made of others: that something does not happen, and that one thing comes before another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from foedus.forecasts.forecast import Forecast, Part
from foedus.forecasts.sooner import PLACES
from foedus.forecasts.tally import firsts, race
from foedus.forecasts.two_at_once import PLACES as BOTH


def turned(found: Forecast) -> Forecast:
    """Return a forecast of what is asked with "not": the chance of the opposite, and its band the other way round."""
    if found.query is None or not found.query.denied or found.probability is None:
        return found

    def opposite(p: float | None) -> float | None:
        return None if p is None else 1.0 - p

    return replace(
        found,
        probability=opposite(found.probability),
        default=opposite(found.default),
        low=opposite(found.high),
        high=opposite(found.low),
        reference=opposite(found.reference),
    )


_CLOCKS: Final = "The two are taken to come independently, at rates in a steady proportion to each other through the window; the band is as wide as both bands allow, and moves both together where one class answers both."


def in_order(first: Forecast, then: Forecast) -> Forecast:
    """Return the chance that one thing comes true within its window and before another, from the chances of both.

    Parameters
    ----------
    first, then : Forecast
        Over the same window.

    Notes
    -----
    With hazards in a steady proportion ``a : b`` the first comes first with chance ``a / (a + b)`` of the chance that any comes,
    whatever the shape of the hazards. The band goes from the first at its lowest beside the other at its highest to the reverse;
    where one class answers both, its rate is the same for both, and both move together.
    """
    if first.query is None or first.probability is None or then.probability is None:
        why = first.reason if first.probability is None else f"of what has to come later: {then.reason}"
        return replace(first, query=None, probability=None, reason=why)

    def before(one: float | None, other: float | None) -> float | None:
        return None if one is None or other is None else race(one, other, 1.0)

    if first.query.link != "before":
        return _both(first, then)
    shared = first.query.counted != "" and then.query is not None and first.query.counted == then.query.counted
    ends = (
        [(first.low, then.low), (first.high, then.high)] if shared else [(first.low, then.high), (first.high, then.low)]
    )
    low, high = sorted(p for p in (before(*pair) for pair in ends) if p is not None) or (None, None)
    if first.query.form == "which":
        parts = _places(first, then, ends)
        first = replace(first, parts=parts)
        probability = default = low = high = None
    else:
        probability, default = before(first.probability, then.probability), before(first.default, then.default)
    law = first.law if first.law == then.law else f"{first.law}; beside it {then.law}"
    certainty = first.certainty if first.certainty == then.certainty else f"{first.certainty} {then.certainty}"
    return replace(
        first,
        probability=probability,
        default=default,
        low=low,
        high=high,
        reference=None,
        law=law,
        certainty=f"{_CLOCKS} {certainty}",
    )


def _places(first: Forecast, then: Forecast, ends: Sequence[tuple[float | None, float | None]]) -> tuple[Part, ...]:
    """Return the chances that the first of two comes first, that the second does, and that neither comes."""

    def shares(one: float | None, other: float | None) -> tuple[float, ...]:
        found = firsts({"one": one or 0.0, "other": other or 0.0})
        return tuple(found.values())

    mean, default = shares(first.probability, then.probability), shares(first.default, then.default)
    both = [(first.low, then.low), (first.high, then.high)]  # neither is likeliest where both are least likely
    ranges = [shares(*pair) for pair in (*ends, *both)]
    return tuple(
        Part(name, mean[k], default[k], min(r[k] for r in ranges), max(r[k] for r in ranges))
        for k, name in enumerate(PLACES)
    )


_APART: Final = "The two are taken to come independently; the band is as wide as both bands allow."


def _both(first: Forecast, then: Forecast) -> Forecast:
    """Return the chances that two things that are asked at once come true, both, one alone or neither."""

    def quarters(one: float | None, other: float | None) -> tuple[float, ...]:
        a, b = one or 0.0, other or 0.0
        return a * b, a * (1.0 - b), (1.0 - a) * b, (1.0 - a) * (1.0 - b)

    link = first.query.link if first.query else ""
    mean, default = quarters(first.probability, then.probability), quarters(first.default, then.default)
    corners = [quarters(a, b) for a in (first.low, first.high) for b in (then.low, then.high)]
    law = first.law if first.law == then.law else f"{first.law}; beside it {then.law}"
    certainty = first.certainty if first.certainty == then.certainty else f"{first.certainty} {then.certainty}"
    told = replace(first, reference=None, law=law, certainty=f"{_APART} {certainty}")
    if link == "asked":
        parts = tuple(
            Part(name, mean[k], default[k], min(c[k] for c in corners), max(c[k] for c in corners))
            for k, name in enumerate(BOTH)
        )
        return replace(told, parts=parts, probability=None, default=None, low=None, high=None)
    values = [q[0] if link == "and" else 1.0 - q[3] for q in (mean, default, *corners)]
    return replace(told, probability=values[0], default=values[1], low=min(values[2:]), high=max(values[2:]))
