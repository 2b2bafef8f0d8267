"""The door to the pictures: a chart goes in, SVG comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from foedus.surfaces.svg.barmarks import bars, stack
from foedus.surfaces.svg.cells import grid
from foedus.surfaces.svg.dotmarks import dots, strip
from foedus.surfaces.svg.linemarks import lines
from foedus.surfaces.svg.maps import draw_map
from foedus.surfaces.svg.multiples import split_up
from foedus.surfaces.svg.smallnets import networks
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.record import Chart

NARROWEST: Final = 280.0
"""Pictures are never drawn for less room than this: there is no space for numbers on anything smaller."""

_BY_NAME = {f.__name__: f for f in (bars, stack, dots, strip, lines, grid, networks)}
DRAWN: Final[Mapping[str, Callable[[Chart, float], str]]] = MappingProxyType({**_BY_NAME, "map": draw_map})
"""What draws each mark; the options of a mark are documented there."""


def draw(chart: Chart, width: float = 760.0) -> str:
    """Return the picture of a chart.

    Parameters
    ----------
    chart : Chart
        Every mark knows the option ``panels``: a column by whose values the table is split into small pictures of one
        scale.
    width : float
        Of the canvas, about in pixels: 760 for a page, 360 for a telephone. Words stay as large as they are; below 520
        they move above the rows.

    Returns
    -------
    str
        SVG whose colours are names (``var(--blue)``); empty where there is nothing to draw.

    Raises
    ------
    FoedusError
        There is no such mark.
    """
    if chart.mark not in DRAWN:
        raise fail(f"chart {chart.key}", f"there is no mark '{chart.mark}'", nearest(chart.mark, DRAWN))
    split, mark, room = str(chart.options.get("panels", "")), DRAWN[chart.mark], max(width, NARROWEST)
    return split_up(chart, split, room, mark) if split else mark(chart, room)
