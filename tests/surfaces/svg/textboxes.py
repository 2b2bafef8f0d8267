"""Boxes of the texts of a picture, as they would stand on the canvas."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from foedus.surfaces.svg.lettering import Box, box, overlap
from foedus.surfaces.svg.pen import standalone

SVG = "{http://www.w3.org/2000/svg}"
Texts = list[tuple[str, Box]]


def texts_of(svg: str) -> tuple[tuple[float, float], Texts]:
    """Return the size of the canvas, and every text with its box."""
    root = ElementTree.fromstring(standalone(svg))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    found: Texts = []
    _walk(root, (0.0, 0.0, False), found)
    return (width, height), found


def _walk(node: ElementTree.Element, frame: tuple[float, float, bool], found: Texts) -> None:
    dx, dy, upright = frame
    moved = node.attrib.get("transform", "")
    if at := re.search(r"translate\(([-\d.]+)[ ,]([-\d.]+)\)", moved):
        dx, dy = dx + float(at[1]), dy + float(at[2])
    if node.tag == f"{SVG}svg":
        dx, dy = dx + float(node.attrib.get("x", "0")), dy + float(node.attrib.get("y", "0"))
    upright = upright or "rotate(-90)" in moved
    if node.tag == f"{SVG}text":
        get = node.attrib.get
        bold = get("font-weight") == "600"
        x, y, size = (float(get(name, "0")) for name in ("x", "y", "font-size"))
        left, top, right, bottom = box(x, y, node.text or "", size, get("text-anchor", "start"), bold)
        turned = (top, -right, bottom, -left) if upright else (left, top, right, bottom)
        found.append((node.text or "", (turned[0] + dx, turned[1] + dy, turned[2] + dx, turned[3] + dy)))
    for child in node:
        _walk(child, (dx, dy, upright), found)


def faults_of(svg: str) -> list[str]:
    """Return what is wrong with the texts of a picture: those off the canvas and those on one another."""
    (width, height), texts = texts_of(svg)
    wrong = [
        f"{words!r} leaves the canvas: {b} of {width} by {height}"
        for words, b in texts
        if words and (b[0] < -0.6 or b[1] < -0.6 or b[2] > width + 0.6 or b[3] > height + 0.6)
    ]
    shown = [(w, b) for w, b in texts if w.strip()]
    for k, (words, one) in enumerate(shown):
        wrong += [f"{words!r} lies on {w!r}" for w, other in shown[k + 1 :] if overlap(one, other) > 1.5]
    return wrong
