"""Formulas: the laws as they are printed, in the mathematics that browsers draw themselves, without fonts or script."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import Final

from latex2mathml.converter import convert
from markupsafe import Markup

_SHOWN: Final = re.compile(r"\$\$\s*(.+?)\s*\$\$", re.DOTALL)
_PLACE: Final = "formula{}stands{}here"
_STANDS: Final = re.compile(r"(<p>)?formula(\d+)stands\2here(</p>)?")


@cache
def formula(tex: str) -> Markup:
    """Return a formula as MathML in a box that scrolls where it is too wide; as it is written where it cannot be read.

    Parameters
    ----------
    tex : str
        LaTeX, without dollar signs.
    """
    try:
        # the library writes what stands in \\text as it is, so markup in it would be markup of the page
        drawn = "" if set("<>&") & set(tex) else convert(tex, display="block")
    except Exception:  # whatever a reader of formulas stumbles over, the words are there
        drawn = ""
    if not drawn:
        return Markup(f'<pre tabindex="0"><code>{escape(tex)}</code></pre>')
    return Markup(f'<div class="formula" tabindex="0" role="group" aria-label="Formula">{drawn}</div>')


def set_aside(text: str) -> tuple[str, list[str]]:
    """Return a text of the documentation with a mark in the place of every formula, and the formulas."""
    found: list[str] = []

    def mark(shown: re.Match[str]) -> str:
        found.append(shown.group(1))
        number = len(found) - 1
        return _PLACE.format(number, number)

    return _SHOWN.sub(mark, text), found


def put_back(html: str, formulas: list[str]) -> str:
    """Return a page with the formulas in the places of their marks."""
    return _STANDS.sub(lambda m: formula(formulas[int(m.group(2))]), html)


def without(text: str) -> str:
    """Return words without the marks of formulas, for those who look for words."""
    return _STANDS.sub("", text)
