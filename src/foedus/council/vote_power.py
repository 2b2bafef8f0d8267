"""The power of seats in a weighted vote: how often each one turns a loss into a win, as pages show it before a vote opens."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from foedus.games.voting import power

UNITS: Final = 1000
"""Units in which all weights together are counted: tenths of a per cent."""


def powers(weights: Mapping[str, float], quota: float) -> dict[str, float]:
    """Return the share of power of each seat (Shapley and Shubik 1954), 0 to 1.

    Parameters
    ----------
    weights : mapping of str to float
        Not negative, not all nothing.
    quota : float
        Share of all weights that is needed; for a half, more than that.

    Examples
    --------
    >>> {s: round(p, 2) for s, p in powers({"USA": 50, "JPN": 49, "KOR": 1}, 0.5).items()}
    {'USA': 0.67, 'JPN': 0.17, 'KOR': 0.17}
    """
    total = sum(weights.values())
    counted = {s: round(UNITS * w / total) for s, w in weights.items()}
    all_of_them = sum(counted.values())
    need = all_of_them // 2 + 1 if quota == 0.5 else min(math.ceil(quota * all_of_them - 1e-9), all_of_them)
    found = power(list(counted.values()), need)
    return {s: float(p) for s, p in zip(counted, found.shapley_shubik, strict=True)}
