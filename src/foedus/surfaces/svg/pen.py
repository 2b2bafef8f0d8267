"""Drawing: SVG as text, the same bytes for the same data; colours are names until a picture leaves the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.util import find_spec
from typing import Any
from zlib import crc32

from foedus.surfaces.svg.inks import DARK as DARK
from foedus.surfaces.svg.inks import HATCHES, parted, text_ink
from foedus.surfaces.svg.inks import LIGHT as LIGHT
from foedus.surfaces.svg.lettering import clean
from foedus.vocabulary.libraries import need


def number(value: float) -> str:
    """Return a coordinate with at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def colour(name: str) -> str:
    """Return a colour by name, or what is no name as it is."""
    return f"var(--{name})" if name in LIGHT else name


def filled(ink: str) -> str:
    """Return how an ink fills: its colour, or a pattern in its colour where it has a hatch suffix."""
    name, hatch = parted(ink)
    return f"url(#hatch-{name}-{HATCHES[hatch][0]})" if hatch and name in LIGHT else colour(name)


class Picture:
    """An SVG under construction.

    Parameters
    ----------
    width, height : float
        Size of the canvas in units of about one pixel.
    title, description : str
        For readers who cannot see it.
    role : str
        ``img``, or ``group`` where parts of it can be pressed.
    """

    def __init__(self, width: float, height: float, title: str, description: str, role: str = "img") -> None:
        self.width, self.height, self._role = width, height, role
        self._title, self._description = title, description
        self._parts: list[str] = []

    def add(self, text: str) -> None:
        """Add raw SVG."""
        self._parts.append(text)

    def element(self, tag: str, content: str = "", **attributes: str | float | None) -> None:
        """Add an element; underscores in names become hyphens, numbers are shortened."""
        self._parts.append(element(tag, content, **attributes))

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str = "faint", width: float = 1, dash: str = ""
    ) -> None:
        """Add a straight line."""
        self.element(
            "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour(stroke), stroke_width=width, stroke_dasharray=dash or None
        )

    def rect(
        self, x: float, y: float, w: float, h: float, fill: str, radius: float = 0, tip: str = "", opacity: float = 1
    ) -> None:
        """Add a rectangle; negative widths are turned round."""
        if w < 0:
            x, w = x + w, -w
        self.element(
            "rect",
            _tip(tip),
            x=x,
            y=y,
            width=w,
            height=h,
            fill=fill if "(" in fill else filled(fill),
            rx=radius or None,
            opacity=opacity if opacity < 1 else None,
        )

    def circle(
        self,
        x: float,
        y: float,
        r: float,
        fill: str,
        stroke: str = "",
        width: float = 1.5,
        tip: str = "",
        opacity: float = 1,
    ) -> None:
        """Add a circle."""
        self.element(
            "circle",
            _tip(tip),
            cx=x,
            cy=y,
            r=r,
            fill=colour(fill),
            stroke=colour(stroke) if stroke else None,
            stroke_width=width if stroke else None,
            opacity=opacity if opacity < 1 else None,
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 13,
        fill: str = "ink",
        anchor: str = "start",
        weight: str = "",
        halo: bool = False,
        style: str = "",
    ) -> None:
        """Add a line of text."""
        self.element(
            "text",
            escape(clean(words)),
            x=x,
            y=y,
            font_size=size,
            fill=colour(text_ink(fill)),
            text_anchor=anchor if anchor != "start" else None,
            font_weight=weight or None,
            font_style=style or None,
            paint_order="stroke" if halo else None,
            stroke=colour("ground") if halo else None,
            stroke_width=3.5 if halo else None,
            stroke_linejoin="round" if halo else None,
        )

    def path(
        self,
        d: str,
        stroke: str = "",
        width: float = 1.5,
        fill: str = "none",
        dash: str = "",
        tip: str = "",
        **more: str,
    ) -> None:
        """Add a path."""
        self.element(
            "path",
            _tip(tip),
            d=d,
            stroke=colour(stroke) if stroke else None,
            stroke_width=width if stroke else None,
            fill=filled(fill),
            stroke_dasharray=dash or None,
            **more,
        )

    def body(self) -> str:
        """Return what was drawn so far, without a canvas around it."""
        return "".join(self._parts)

    def svg(self) -> str:
        """Return the whole picture."""
        # of two pictures of a page that share a name, the second would lose what it names where the first is not shown
        own = f"p{crc32(f'{self._title} {self.width} {self.height}'.encode(errors='replace')):08x}-"
        body = re.sub(r'(="url\(#|<(?:clipPath|pattern) id=")', rf"\g<1>{own}", self.body())
        used = sorted(set(re.findall(r"hatch-([a-z-]+)-([a-z]+)\)", body)))
        strokes = dict(HATCHES.values())
        patterns = "".join(
            f'<pattern id="{own}hatch-{c}-{h}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" '
            f'fill="{colour(c)}"/><path d="{strokes[h]}" stroke="{colour("ground")}" stroke-width="1.3"/></pattern>'
            for c, h in used
            if h in strokes
        )
        defs = f"<defs>{patterns}</defs>" if patterns else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(self.width)} {number(self.height)}" role="{self._role}" '
            f'font-family="system-ui, Segoe UI, Noto Sans, DejaVu Sans, sans-serif"><title>{escape(clean(self._title))}</title>'
            f"<desc>{escape(clean(self._description))}</desc>{defs}{body}</svg>"
        )


def element(tag: str, content: str = "", **attributes: str | float | None) -> str:
    """Return one SVG element as text."""
    listed = "".join(
        f' {k.rstrip("_").replace("_", "-")}="{number(v) if isinstance(v, int | float) else escape(clean(v), quote=True)}"'
        for k, v in attributes.items()
        if v is not None
    )
    return f"<{tag}{listed}>{content}</{tag}>" if content else f"<{tag}{listed}/>"


def _tip(words: str) -> str:
    return f"<title>{escape(clean(words))}</title>" if words else ""


class Scale:
    """A linear scale from data to canvas.

    Parameters
    ----------
    low, high : float
        Ends of the data.
    start, end : float
        Ends on the canvas.
    """

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high, self.start, self.end = low, high if high > low else low + 1.0, start, end

    def __call__(self, value: float) -> float:
        """Return the place of a value on the canvas."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def polyline(points: Iterable[Sequence[float]]) -> str:
    """Return the path through points."""
    return "M" + "L".join(f"{number(p[0])},{number(p[1])}" for p in points)


def standalone(svg: str, palette: Mapping[str, str] = LIGHT) -> str:
    """Return a picture that needs no page around it: colours as values, and a ground."""
    # only whole attributes: words of a title that look like a colour are words, and their quotes are escaped
    inked = re.sub(r'="var\(--([a-z-]+)\)"', lambda m: f'="{palette.get(m.group(1), palette["ink"])}"', svg)
    head, rest = inked.split(">", 1)
    return f'{head}><rect width="100%" height="100%" fill="{palette["ground"]}"/>{rest}'


def png_library() -> Any:
    """Return the library that draws PNG.

    Raises
    ------
    FoedusError
        It is not installed.
    """
    return need("resvg_py", "plots", "a picture as PNG")


def can_png() -> bool:
    """Return whether the library that draws PNG is installed."""
    return find_spec("resvg_py") is not None


def to_png(svg: str) -> bytes:
    """Return a picture as PNG, with two dots to each of its units.

    Raises
    ------
    FoedusError
        The library that draws PNG is not installed.
    """
    return bytes(png_library().svg_to_bytes(svg_string=standalone(svg), zoom=2))
