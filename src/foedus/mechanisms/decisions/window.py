"""Window: from the chances of single years to the chance of several."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from foedus.model.mechanism import Mechanism, Variant

MECHANISM = Mechanism(
    name="window",
    claim="What can happen in every year of a window happens in one of them, or in none.",
    equation=r"\Pr = 1 - \prod_y (1-p_y)^{w_y}",
    sources=("Singer & Willett 2003 (discrete-time hazards)",),
    tried=False,
)


def yearly_rate(chances: Sequence[float], lengths: Sequence[float]) -> float:
    """Return the yearly chance that, held through a window, comes to what the chances of its years come to.

    Parameters
    ----------
    chances : sequence of float
        Of each calendar year, 0 to 1.
    lengths : sequence of float
        Part of each calendar year that lies in the window, years.

    Examples
    --------
    >>> round(yearly_rate([0.1, 0.5], [1.0, 1.0]), 6) == round(1 - (0.9 * 0.5) ** 0.5, 6)
    True
    """
    whole = sum(lengths)
    if whole <= 0.0 or len(set(chances)) == 1:
        return chances[0]
    lived = [(p, w) for p, w in zip(chances, lengths, strict=True) if w > 0.0]
    if any(p >= 1.0 for p, _ in lived):
        return 1.0
    return -math.expm1(sum(w * math.log1p(-p) for p, w in lived) / whole)


def _constant(chances: Sequence[float], lengths: Sequence[float]) -> float:
    return chances[0]


VARIANTS: Final[Mapping[str, Variant]] = {
    "played": Variant("A window is played through year by year: terms run out when they do.", yearly_rate),
    "constant": Variant("The chance of the first year holds for the whole window.", _constant),
}
"""What the years of a window come to; each takes their chances and lengths, and returns a yearly chance."""
