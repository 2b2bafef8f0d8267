"""Sheets: the templates of the room's pages, and the frame that all of them share."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup, escape

from foedus.council.links import Session
from foedus.council.telling import clock
from foedus.surfaces.page import environment
from foedus.surfaces.svg.draw import draw
from foedus.version import __version__
from foedus.web.shown import KINDS
from foedus.web.shown import asset as workbench_asset

PAGES: Final = (
    ("Room", ""),
    ("Brief", "brief"),
    ("Orders", "orders"),
    ("Year", "year"),
    ("Debrief", "debrief"),
    ("Replay", "replay"),
    ("Notebook", "notes"),
    ("Console", "console"),
)
"""Pages of the bar: words, and the end of the address."""
_HOUR: Final = re.compile(r"\d\d:\d\d UTC(?: on \d+ [A-Z][a-z]+)?")
"""How the hour of a moment is said in a room without a zone of its own."""


@cache
def asset(name: str) -> bytes:
    """Return a file that pages bring along: the room's, else the workbench's.

    Raises
    ------
    KeyError
        There is none of that name.
    """
    folder = files("foedus.council") / "static"
    if name in {f.name for f in folder.iterdir() if f.name.rpartition(".")[2] in KINDS}:
        return (folder / name).read_bytes()
    return workbench_asset(name)


@cache
def stamped(name: str) -> str:
    """Return the address of such a file below ``static/``: its hash makes it good for ever."""
    return f"{name}?h={sha256(asset(name)).hexdigest()[:12]}"


@cache
def templates() -> Environment:
    """Return the templates of the room, and those of the workbench beside them."""
    env = environment(draw)
    env.loader = ChoiceLoader(
        [PackageLoader("foedus.council"), PackageLoader("foedus.web"), PackageLoader("foedus.surfaces")]
    )
    env.auto_reload = False  # it would look at the file of a template with every part that is drawn
    env.filters["hour"] = hour
    env.filters["with_hour"] = with_hour
    env.filters["at_commas"] = lambda words: escape(words).replace(",", Markup(",<wbr>"))
    env.globals |= {"version": __version__, "stamped": stamped}
    return env


def hour(at: str) -> Markup:
    """Return the hour of a moment of the log as pages show it: in universal time, which their script turns into the reader's own."""
    day = f"{int(at[8:10])} {month_name[int(at[5:7])]} {at[:4]}"
    return Markup('<time datetime="{}" title="{} UTC, {}" data-hour>{} UTC</time>').format(
        at, clock(at), day, clock(at)
    )


def with_hour(words: str, at: float | None, zone: str) -> Markup:
    """Return a sentence in which the hour of a moment can be turned into the reader's own, where the room has no zone of its own.

    Parameters
    ----------
    words : str
        With the hour as :func:`foedus.council.quiet_hours.hour_said` says it.
    at : float or None
        Seconds since 1970; None for a sentence without an hour.
    zone : str
        Of the room; where it has one the hour is told there, and the reader's own stands beside it.
    """
    if at is None or zone != "UTC":
        return escape(words)
    then = datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Markup(_HOUR.sub(lambda _: str(hour(then)), str(escape(words)), count=1))


def part(template: str, name: str, *words: Any) -> str:
    """Return one part of a page, as its template writes it."""
    return str(getattr(templates().get_template(template).module, name)(*words)).strip()


def nav(base: str, session: Session, page: str) -> list[tuple[str, str, bool]]:
    """Return the bar of somebody's pages: words, address, and whether it is this one."""
    role = session.link.role
    hidden = {
        "seat": {"console", "notes"},
        "observer": {"console", "orders", "brief"},
        "facilitator": {"orders", "notes"},
    }[role]
    return [(words, f"{base}/{end}".rstrip("/"), end == page) for words, end in PAGES if end not in hidden]


def filled(template: str, *, title: str, what: str, page: str, **words: Any) -> str:
    """Return a page.

    Parameters
    ----------
    template, title, what, page : str
        Name of the template, title of the window, of the room, and word of the page.
    **words
        What stands in it.
    """
    frame: Mapping[str, Any] = {
        "nav": [],
        "base": "",
        "token": "",
        "mark": "",
        "now": "",
        "person": "",
        "bases": {},
    } | {"longer": {}}
    return templates().get_template(template).render(title=title, what=what, page=page, **{**frame, **words})
