"""The systems by name, each with its question and what answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from foedus.systems import japan_korea, nato, nato_in_asia, quad, san_francisco, wedge_record
from foedus.systems.finding import Finding, Setting
from foedus.vocabulary.errors import FoedusError, Problem, nearest


@dataclass(frozen=True)
class System:
    """One system of the essay.

    Attributes
    ----------
    title, question : str
    look_at : callable
        Works out what is found about it.
    """

    title: str
    question: str
    look_at: Callable[[Setting], Finding]


SYSTEMS: Final[Mapping[str, System]] = MappingProxyType(
    {
        "san-francisco": System(
            "The San Francisco system",
            "How did the Pacific star come about, and why does it stay?",
            san_francisco.look_at,
        ),
        "nato": System(
            "NATO", "Who is drafted, who is let in, who would leave, and what does the council do?", nato.look_at
        ),
        "quad": System("The Quad", "Would its four members agree in each year, and what moves them?", quad.look_at),
        "japan-korea": System(
            "Japan and Korea",
            "What drove the ladder of 2018 and 2019, and what could have stopped it?",
            japan_korea.look_at,
        ),
        "nato-in-asia": System(
            "NATO in Asia", "What is the best body anybody could draft, with and without Taiwan?", nato_in_asia.look_at
        ),
        "wedge": System(
            "Beijing's wedge",
            "Whom would the adversary press, at what cost, and whom did it press?",
            wedge_record.look_at,
        ),
    }
)
"""Every system by the name that the command line knows."""


def system_named(name: str) -> System:
    """Return a system by its name.

    Raises
    ------
    FoedusError
        There is none of that name; the nearest names are given.
    """
    if name not in SYSTEMS:
        raise FoedusError(Problem(f"system '{name}'", "there is no such system", nearest(name, SYSTEMS)))
    return SYSTEMS[name]
