"""Findings: tidy tables about one system, and checks that set the model beside the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.casebook.case import Case, Event
from foedus.casebook.reader import read_case
from foedus.draws.ensemble import Progress
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import switch_off
from foedus.vocabulary.tables import Table

SEED = 1
"""Seed of the leaders that are drawn; everything else is without chance."""


@dataclass(frozen=True)
class Check:
    """One statement, what the model says about it, and what the record says.

    Attributes
    ----------
    says : str
        The statement.
    model, record : str
        What each shows, with numbers.
    agree : bool or None
        Whether they say the same; None where one of them is silent.
    in_draws : float or None
        Share of draws of the parameters in which they agree; None if none were drawn, or one of them is silent.
    """

    says: str
    model: str
    record: str
    agree: bool | None
    in_draws: float | None = None


@dataclass(frozen=True)
class Finding:
    """What was found about one system.

    Attributes
    ----------
    name : str
    tables : tuple of Table
    checks : tuple of Check
    cases : tuple of Case
        The cases it rests on.
    draws : int
        Draws of the parameters behind the shares of the checks.
    """

    name: str
    tables: tuple[Table, ...]
    checks: tuple[Check, ...]
    cases: tuple[Case, ...]
    draws: int = 0

    def table(self, name: str) -> Table:
        """Return a table by its name."""
        return next(t for t in self.tables if t.name == name)


@dataclass(frozen=True)
class Setting:
    """How a system is looked at: parameters, and the place of the cases.

    Attributes
    ----------
    without : tuple of str
        Mechanisms that are switched off.
    values : Parameters or None
        Parameters in use; None for the defaults.
    every_year : bool
        Whether to look at every year where some years are looked at otherwise.
    progress : callable or None
        Called with (years done, years in all) while every year is looked at.
    """

    without: tuple[str, ...] = ()
    values: Parameters | None = None
    every_year: bool = False
    progress: Progress | None = None

    @property
    def parameters(self) -> Parameters:
        """Return the parameters in use with what is switched off; errors as :func:`switch_off`."""
        return switch_off(self.values or Parameters(), self.without)

    def case(self, name: str) -> Case:
        """Return a built-in case, ``@year`` allowed."""
        return read_case(name)


def event(case: Case, key: str) -> Event:
    """Return an event of a case by its id; the built-in cases carry those that are asked for."""
    return next(e for e in case.events if e.id == key)


def listed(states: Sequence[str]) -> str:
    """Return states in a row, or the word nobody."""
    return " ".join(states) if states else "nobody"
