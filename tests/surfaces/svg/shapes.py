"""Shapes of a picture by tag, with their attributes as numbers where they are numbers, and what they say when pointed at."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

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
