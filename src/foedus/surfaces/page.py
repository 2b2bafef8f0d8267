"""The page: a record as one self-contained document, offline, for the screen, a telephone and print."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from foedus.surfaces.reading import clean, read, whole
from foedus.surfaces.svg.inks import DARK, LIGHT
from foedus.vocabulary.record import Chart, Record, footer

WIDE, NARROW = 760.0, 360.0
"""Widths at which every picture is drawn: for desks and paper, and for telephones."""

Draw = Callable[[Chart, float], str]


def _colours(palette: Mapping[str, str]) -> str:
    return "".join(f"--{k}:{v};" for k, v in palette.items())


@cache
def _asset(name: str) -> str:
    return (files("foedus.surfaces") / "templates" / name).read_text(encoding="utf-8")


def timed(text: str) -> Markup:
    """Return text for a page with its dates marked as such: none of them is broken at its hyphens.

    Examples
    --------
    >>> timed("in force on 2020-12-29 <")
    Markup('in force on <time>2020-12-29</time> &lt;')
    """
    return Markup(re.sub(r"\b\d{4}-\d\d-\d\d\b", r"<time>\g<0></time>", str(escape(clean(text)))))


def style() -> str:
    """Return the style of every page, light, dark and in print."""
    light, dark = _colours(LIGHT), _colours(DARK)
    return (
        f":root{{color-scheme:light dark;{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        f"@media print{{:root{{{light}}}}}\n{_asset('style.css')}"
    )


def _digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(sha256(text.encode()).digest()).decode() + "'"


def policy() -> str:
    """Return the Content-Security-Policy of a page: nothing is fetched, and only its own style and script act."""
    return (
        f"default-src 'none'; style-src {_digest(style())}; script-src {_digest(_asset('script.js'))}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def safe_link(url: str) -> str:
    """Return an address that may become a link, http or https; empty for any other."""
    try:
        return url if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def environment(draw: Draw) -> Environment:
    """Return the templates with the words, numbers and pictures they use.

    Parameters
    ----------
    draw : callable
        Draws a chart at a width; returns SVG, empty where there is nothing to show.
    """
    env = Environment(
        loader=PackageLoader("foedus.surfaces"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def drawn(chart: Chart, width: float) -> Markup:
        return Markup(draw(chart, width))

    env.filters |= {"clean": clean, "whole": whole, "timed": timed, "link": safe_link}
    env.globals |= {
        "read": read,
        "drawn": drawn,
        "wide": WIDE,
        "narrow": NARROW,
        "style": Markup(style()),
        "script": Markup(_asset("script.js")),
        "policy": policy(),
        "footer": footer,
        "glossed": escape,
    }
    return env


def page(record: Record, draw: Draw) -> str:
    """Return a record as one HTML document.

    Parameters
    ----------
    record : Record
    draw : callable
        Draws a chart at a width, as :func:`foedus.surfaces.svg.draw.draw`.
    """
    env = environment(draw)
    env.globals["glossed"] = lambda cell: _glossed(cell, record.words)
    return env.get_template("base.html").render(r=record)


def _glossed(cell: str, words: Mapping[str, str]) -> Markup:
    """Return the words of a cell; a name that is explained says what it means to whoever points at it."""
    meaning = words.get(cell.replace("_", " "))
    if meaning is None:
        return escape(cell)
    return Markup('<abbr title="{}">{}</abbr>').format(clean(meaning), cell)
