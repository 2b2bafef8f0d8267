"""Views: a page about a case, declared once: what it shows, what it is for programs, and the command that does the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from foedus.vocabulary.record import Record, Section
from foedus.vocabulary.tables import Table
from foedus.web.address import Address
from foedus.web.held import Held

Found: TypeAlias = Record | Section | Table
"""What a page is for programs."""


@dataclass(frozen=True)
class Shown:
    """A page, ready to be filled in."""

    template: str
    title: str
    words: Mapping[str, Any]
    command: str = ""
    """The command that gives the same."""
    made: Mapping[str, Any] = field(default_factory=dict)
    """What it was made with."""
    refresh: int = 0
    """Seconds after which it is worth looking again; 0 where nothing is under way."""
    whole: bool = False
    """Whether nothing that could be there is missing, so that it will be the same tomorrow."""


@dataclass(frozen=True)
class Figure:
    """The first picture of a page, for those who take it along."""

    draw: Callable[[float], str]
    """Draws it at a width."""
    title: str
    says: str
    """What it shows, in a sentence."""
    made: Mapping[str, Any]


@dataclass(frozen=True)
class View:
    """A page about a case."""

    name: str
    """One of the pages of :data:`foedus.web.address.PAGES`."""
    label: str
    """What the bar calls it; empty for a page that is not in the bar."""
    show: Callable[[Held, Address], Shown]
    found: Callable[[Held, Address], Found] | None = None
    figure: Callable[[Held, Address], Figure] | None = None
    live: Callable[[Held, Request, Address], Response] | None = None
    """What it answers while something is moved, under ``/quick``."""
