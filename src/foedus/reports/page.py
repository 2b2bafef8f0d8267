"""The page: one self-contained document, offline, for the screen, a telephone and print."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from foedus.reports import sensitivityfigures
from foedus.surfaces.svg.pen import DARK, LIGHT
from foedus.vocabulary.prose import country
from foedus.vocabulary.tables import percent as in_percent
from foedus.vocabulary.tables import shown

CAPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ranks": "Partial rank correlations, all other numbers held. Grey: chance could explain it.",
        "tornado": "One number at a time at the ends of its range, everything else at the value in use.",
        "effects": "Morris: the further right, the more crossing its range matters; the higher up, the more that depends on "
        "the other numbers.",
        "variance": "Sobol: share of the variance that a number explains alone, and with all it acts through.",
        "settling": "The leading indices with fewer rounds. What still moves, or has a wide interval, has not settled.",
        "boxes": "The ranges in which the goal is reached; what is not named may lie anywhere.",
        "trade-off": "Every step of the peeling: a smaller box is denser and covers less.",
    }
)
"""What each picture of an exploration shows."""


def explored(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page says of an exploration.

    Parameters
    ----------
    record : mapping
        As ``foedus sensitivity`` or ``foedus discover`` wrote it.
    """
    moves = "indices" in record
    drawn = sensitivityfigures.SENSITIVITY if moves else sensitivityfigures.DISCOVERY
    made = record["made_with"]
    return {
        "title": f"What moves the {record['quantity']}" if moves else f"Where {record['goal']}",
        "sentences": record["notes"] if moves else record["sentences"],
        "figures": [
            {"svg": Markup(svg), "caption": CAPTIONS[n]} for n, svg in sensitivityfigures.pictures(record, drawn)
        ],
        "made": f"foedus {made['foedus']} · seed {record['seed']} · {made['draws']} draws · code {made['code'][:16]}",
    }


def _source(name: str) -> str:
    return (files("foedus.reports") / "templates" / name).read_text(encoding="utf-8")


def _percent(value: float | None) -> str:
    return "–" if value is None else in_percent(value)


def _colours(palette: Mapping[str, str]) -> str:
    return "".join(f"--{k}:{v};" for k, v in palette.items())


def environment() -> Environment:
    """Return the templates with the words and numbers they use."""
    env = Environment(
        loader=FunctionLoader(_source),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {"percent": _percent, "shown": shown, "country": country}
    env.globals |= {
        "light": Markup(_colours(LIGHT)),
        "dark": Markup(_colours(DARK)),
        "style": Markup(_source("style.css")),
        "script": Markup(_source("script.js")),
    }
    return env
