"""Combined: forecasts that are made of others, such as the chance that something does not happen."""

from __future__ import annotations

from dataclasses import replace

from foedus.forecasts.forecast import Forecast


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
