"""A bar of terms: what adds to the right of nothing, what takes to its left, and the sum as a mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from foedus.council.worth import signed
from foedus.mechanisms import MECHANISMS
from foedus.surfaces.svg.inks import parted

_WIDTH: Final = 230.0
_SMALL: Final = 0.004
"""Share of the bar below which a term is not drawn."""


def term_bar(terms: Mapping[str, float]) -> Markup:
    """Return terms as one bar; nothing where all of them are nothing.

    Parameters
    ----------
    terms : mapping of str to float
        By name, % of own product a year.
    """
    low, high = (sum(v for v in terms.values() if v * s > 0) for s in (-1, 1))
    if high - low < 1e-9:
        return Markup("")
    scale = (_WIDTH - 8) / (high - low)
    zero = 4 - low * scale
    drawn = []
    for sign in (-1, 1):
        at = zero
        for name, value in sorted(terms.items(), key=lambda t: -abs(t[1])):
            wide = abs(value) * scale
            if value * sign > 0 and abs(value) >= _SMALL * (high - low):
                left = at if sign > 0 else at - wide
                at += sign * wide
                said = f"{MECHANISMS[name].called(value)} {signed(value)}"
                ink = parted(MECHANISMS[name].ink)[0]
                drawn.append(
                    f'<rect class="piece ink-{ink}" x="{left:.1f}" y="5" width="{wide:.1f}" height="14"><title>{said}</title></rect>'
                )
    total = zero + sum(terms.values()) * scale
    marks = f'<path class="zero" d="M{zero:.1f} 2V22" /><path class="sum" d="M{total:.1f} 0V24" />'
    said = ", ".join(
        f"{MECHANISMS[n].called(v)} {signed(v)}" for n, v in sorted(terms.items(), key=lambda t: -abs(t[1]))[:3]
    )
    return Markup(
        f'<svg class="term-bar" viewBox="0 0 {_WIDTH:g} 24" width="{_WIDTH:g}" height="24" role="img" aria-label="{said}">{"".join(drawn)}{marks}</svg>'
    )
