"""Findings: what a system declares, and what was found about it: tables, and checks that set model beside record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from foedus.casebook.case import Case, Event
from foedus.casebook.reader import read_case
from foedus.draws.ensemble import Progress
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import switch_off
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.prose import country, listing
from foedus.vocabulary.record import Chart, Record, Told
from foedus.vocabulary.tables import Table

SEED = 1
"""Seed of the leaders that are drawn; everything else is without chance."""


@dataclass(frozen=True)
class Check:
    """One statement, what the model says about it, and what the record says."""

    says: str
    """The statement."""
    model: str
    happened: str
    """What the model shows and what the record has, with numbers."""
    agree: bool | None
    """Whether they say the same; None where one of them is silent."""
    in_draws: float | None = None
    """Share of draws of the parameters in which they agree; None if none were drawn, or one of them is silent."""


@dataclass(frozen=True)
class Finding(Told):
    """What was found about one system."""

    noun: ClassVar[str] = "system"
    front: ClassVar[str] = "checks"
    name: str
    tables: tuple[Table, ...]
    checks: tuple[Check, ...]
    cases: tuple[Case, ...]
    """The cases it rests on."""
    draws: int = 0
    seed: int = SEED
    """Draws of the parameters behind the shares of the checks, and their seed."""
    without: tuple[str, ...] = ()
    """Mechanisms that were switched off."""
    tell: Callable[[Finding], Record] | None = field(default=None, repr=False, compare=False)
    """Makes the record: what is said, shown and listed."""

    def __repr__(self) -> str:
        return f"<Finding about {self.name}, {len(self.checks)} statements, {self.draws} draws>"

    def table(self, name: str) -> Table:
        """Return a table by its name.

        Raises
        ------
        FoedusError
            There is none of that name; the nearest names are given.
        """
        known = {t.name: t for t in self.tables}
        if name not in known:
            raise fail(f"table '{name}'", f"'{self.name}' has no such table", nearest(name, known))
        return known[name]


@dataclass(frozen=True)
class Setting:
    """How a system is looked at: parameters, and the place of the cases."""

    without: tuple[str, ...] = ()
    """Mechanisms that are switched off."""
    values: Parameters | None = None
    """Parameters in use; None for the defaults."""
    every_year: bool = False
    """Whether to look at every year where some years are looked at otherwise."""
    progress: Progress | None = None
    """Called with (years done, years in all) while every year is looked at."""

    @property
    def parameters(self) -> Parameters:
        """Return the parameters in use with what is switched off; errors as :func:`switch_off`."""
        return switch_off(self.values or Parameters(), self.without)

    def case(self, name: str) -> Case:
        """Return a built-in case, ``@year`` allowed."""
        return read_case(name)


@dataclass(frozen=True)
class System:
    """One system of the essay, all that there is to say about it; its file declares it as ``SYSTEM``."""

    name: str
    title: str
    question: str
    order: int
    """Where it stands in lists."""
    about: str
    """What it is, and how it is looked at."""
    look_at: Callable[[Setting], Finding]
    """Works out its tables and checks."""
    answer: Callable[[Finding], tuple[str, ...]]
    """Says the answer in plain words, at most sixty, from what was found."""
    pictures: Callable[[Finding], tuple[Chart, ...]]
    """Declares the pictures of what was found."""
    mind: tuple[str, ...]
    """What to mind when reading it."""


def event(case: Case, key: str) -> Event:
    """Return an event of a case by its id; the built-in cases carry those that are asked for."""
    return next(e for e in case.events if e.id == key)


def listed(states: Sequence[str]) -> str:
    """Return the names of states as in a sentence, or the word nobody."""
    return listing(country(s) for s in states) or "nobody"


def higher(ones: Iterable[float], others: Sequence[float]) -> list[float]:
    """Return 1 for every pair whose first is higher, one half for a tie, else 0; the mean is the area under the curve."""
    return [1.0 if a > b else 0.5 if a == b else 0.0 for a in ones for b in others]
