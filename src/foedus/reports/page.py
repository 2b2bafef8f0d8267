"""The page: one self-contained document, offline, for the screen, a telephone and print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from foedus.reports import figures, sensitivityfigures
from foedus.reports.drawing import DARK, LIGHT
from foedus.reports.writing import country
from foedus.reports.writing import percent as in_percent
from foedus.vocabulary.tables import shown

Figure = Callable[[Mapping[str, Any]], str]


FIGURES: Final[Mapping[str, Figure]] = MappingProxyType(
    {
        "map": figures.region_map,
        "forms": figures.forms,
        "networks": figures.networks,
        "blockers": figures.blockers,
        "leverage": figures.leverage,
        "treaties": figures.treaties,
        "exclusion": figures.exclusion,
        "quarrel": figures.quarrel,
        "wedge": figures.wedge,
        "levers": figures.levers,
        "drivers": figures.drivers,
    }
)
"""Every picture of a report by name."""


MOVES: Final = ("tornado", "ranks", "settling")
"""Pictures of what moves the answer, where there are draws enough to tell."""


def pictures_of(record: Mapping[str, Any]) -> dict[str, str]:
    """Return every picture of a record by name, empty where there is nothing to show."""
    moves = record.get("sensitivity")
    told = {name: sensitivityfigures.SENSITIVITY[name](moves) if moves else "" for name in MOVES}
    return {**{name: draw(record) for name, draw in FIGURES.items()}, **told}


def _source(name: str) -> str:
    return (files("foedus.reports") / "templates" / name).read_text(encoding="utf-8")


def _percent(value: float | None) -> str:
    return "–" if value is None else in_percent(value)


def _colours(palette: Mapping[str, str]) -> str:
    return "".join(f"--{k}:{v};" for k, v in palette.items())


def environment() -> Environment:
    """Return the templates with the words and numbers they use."""
    env = Environment(
        loader=FunctionLoader(_source), autoescape=select_autoescape(default=True), undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    env.filters |= {"percent": _percent, "shown": shown, "country": country}
    env.globals |= {
        "light": Markup(_colours(LIGHT)),
        "dark": Markup(_colours(DARK)),
        "style": Markup(_source("style.css")),
        "script": Markup(_source("script.js")),
    }
    return env


def report_html(record: Mapping[str, Any]) -> str:
    """Return the page about an assessment.

    Parameters
    ----------
    record : mapping
        As :func:`foedus.reports.record.document` returns it.
    """
    pictures = {name: Markup(svg) for name, svg in pictures_of(record).items()}
    return environment().get_template("report.html").render(r=record, pictures=pictures)
