"""Shapes of a picture by tag, with their attributes as numbers where they are numbers, and what they say when pointed at."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from foedus.surfaces.svg.lettering import Box

SVG = "{http://www.w3.org/2000/svg}"


def shapes(svg: str, tag: str) -> list[dict[str, Any]]:
    """Return the shapes of one kind in the order in which they are drawn; ``tip`` is what they say."""
    found = []
    for e in ElementTree.fromstring(svg).iter(f"{SVG}{tag}"):
        told: dict[str, Any] = {"tip": e.findtext(f"{SVG}title") or "", "text": e.text or ""}
        for name, value in e.attrib.items():
            try:
                told[name] = float(value)
            except ValueError:
                told[name] = value.removeprefix("var(--").removesuffix(")")
        found.append(told)
    return found


def tipped(svg: str, tag: str) -> dict[str, dict[str, Any]]:
    """Return the shapes that say something, by what they say."""
    return {s["tip"]: s for s in shapes(svg, tag) if s["tip"]}


def walked(d: str) -> list[tuple[float, float]]:
    """Return the corners of a path, the control points of its curves among them."""
    x = y = 0.0
    found = []
    for step, listed in re.findall(r"([MmLlHhVvQ])([^MmLlHhVvQZz]*)", d):
        flat = [float(v) for v in re.findall(r"-?[\d.]+", listed)]
        pairs = [(v, 0.0) for v in flat] if step in "Hh" else [(0.0, v) for v in flat] if step in "Vv" else []
        for a, b in pairs or zip(flat[::2], flat[1::2], strict=True):
            x = x + a if step.islower() else x if step == "V" else a
            y = y + b if step.islower() else y if step == "H" else b
            found.append((x, y))
    return found


def boxes(svg: str) -> list[tuple[dict[str, Any], Box]]:
    """Return the shapes outside of patterns and groups, without their strokes, each with its box: left, top, right, bottom."""
    found = []
    for tag in ("rect", "line", "circle", "path"):
        kept = [e for e in ElementTree.fromstring(svg) if e.tag == f"{SVG}{tag}"]
        for s in shapes(
            f'<svg xmlns="{SVG[1:-1]}">{"".join(ElementTree.tostring(e, "unicode") for e in kept)}</svg>', tag
        ):
            match tag:
                case "rect":
                    corners = [(s["x"], s["y"]), (s["x"] + s["width"], s["y"] + s["height"])]
                case "line":
                    corners = [(s["x1"], s["y1"]), (s["x2"], s["y2"])]
                case "circle":
                    corners = [(s["cx"] - s["r"], s["cy"] - s["r"]), (s["cx"] + s["r"], s["cy"] + s["r"])]
                case _:
                    corners = walked(s["d"])
            xs, ys = [q[0] for q in corners], [q[1] for q in corners]
            found.append(({**s, "tag": tag}, (min(xs), min(ys), max(xs), max(ys))))
    return found
