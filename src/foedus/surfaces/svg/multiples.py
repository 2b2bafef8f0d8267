"""Small multiples: one chart split by a column, its parts side by side with one scale."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from foedus.surfaces.svg.axes import column, real, span
from foedus.surfaces.svg.lettering import wrapped
from foedus.surfaces.svg.pen import Picture, number
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import written

_LEAST: Final = 232.0
"""A small picture is not narrower than this, so that its numbers stay apart."""
_GAP: Final = 20.0
_INNER = re.compile(r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>(.*)</svg>', re.S)


def split_up(chart: Chart, by: str, width: float, mark: Callable[[Chart, float], str]) -> str:
    """Return a chart split by a column.

    Parameters
    ----------
    chart : Chart
    by : str
        Column whose values part the rows, in their order.
    width : float
    mark : callable
        Draws one part.

    Returns
    -------
    str
        SVG, empty where no part has anything to draw.
    """
    held = column(chart.table, by)
    names = list(dict.fromkeys(written(r.get(by), held.form) for r in chart.table))
    if not names:
        return ""
    options = {k: v for k, v in chart.options.items() if k != "panels"} | _scale(chart)
    columns = max(1, min(len(names), int((width + _GAP) // (_LEAST + _GAP))))
    columns = math.ceil(len(names) / math.ceil(len(names) / columns))
    wide = (width - _GAP * (columns - 1)) / columns
    drawn: list[tuple[str, float, str]] = []
    for name in names:
        named = zip(chart.table.rows, chart.table, strict=True)
        rows = tuple(row for row, r in named if written(r.get(by), held.form) == name)
        part = replace(chart, title=f"{chart.title}: {name}", table=replace(chart.table, rows=rows), options=options)
        found = _INNER.match(mark(part, wide))
        if found:
            drawn.append((name, float(found[2]), found[3]))
    return _placed(chart, drawn, columns, wide, width) if drawn else ""


def _placed(chart: Chart, drawn: list[tuple[str, float, str]], columns: int, wide: float, width: float) -> str:
    inner = Picture(width, 0, "", "")
    top = 0.0
    for first in range(0, len(drawn), columns):
        row = drawn[first : first + columns]
        heads = [wrapped(name, wide, 12.5, 2, bold=True) for name, _, _ in row]
        tall = 16.0 * max(len(h) for h in heads) + 6
        for k, ((_, height, body), head) in enumerate(zip(row, heads, strict=True)):
            left = k * (wide + _GAP)
            for n, line in enumerate(head):
                inner.text(left, top + 13 + 16 * n, line, 12.5, "ink", "start", "600")
            size = f'width="{number(wide)}" height="{number(height)}"'
            inner.add(
                f'<svg x="{number(left)}" y="{number(top + tall)}" {size} viewBox="0 0 {number(wide)} {number(height)}">{body}</svg>'
            )
        top += tall + max(height for _, height, _ in row) + 14
    p = Picture(width, top, chart.title, f"{len(drawn)} small pictures: {', '.join(name for name, _, _ in drawn)}.")
    p.add(inner.body())
    return p.svg()


def _scale(chart: Chart) -> dict[str, tuple[float, float]]:
    """Return the ends of an axis that all parts share, unless the chart asks for others."""
    if "ends" in chart.options or chart.mark not in ("bars", "dots", "strip", "lines"):
        return {}
    wide = not isinstance(chart.series, str)
    named = list(chart.series) if wide else [chart.y if chart.mark == "lines" else chart.x]
    pairs = [c for pair in chart.options.get("ranges", {}).values() for c in pair]
    columns = [name for name in (*named, chart.low, chart.high, *pairs) if name]
    values = [v for r in chart.table for name in columns if (v := real(r.get(name))) is not None]
    values += [v for draws in chart.options.get("draws", {}).values() for d in draws if (v := real(d)) is not None]
    base = real(chart.options.get("base"))
    form = column(chart.table, named[0]).form
    return {"ends": span(values, form, base if base is not None else 0.0)} if values else {}
