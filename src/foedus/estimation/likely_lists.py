"""Likely lists: which lists of states the record's law holds likely in a year, and why, term by term."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from foedus.archive.codes import members
from foedus.archive.frames import pl
from foedus.archive.pledges import Source
from foedus.archive.record_case import REGIONS
from foedus.estimation.annals import Annals, Circumstances
from foedus.estimation.protocol import WITHOUT
from foedus.estimation.record_law import setting
from foedus.signings.level import a_year, log_lot, rate
from foedus.signings.search import likeliest
from foedus.signings.weights import Weights
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.record import Record, Told

WORLD: Final = "world"
"""The region of all states."""
PLACES: Final = (WORLD, *REGIONS)
"""Regions that can be asked about."""


@dataclass(frozen=True, eq=False)
class Listed:
    """One list of states."""

    members: tuple[str, ...]
    """Ids, in the order of their codes."""
    value: float
    """V: the logarithm of how likely it is beside others of its size."""
    lift: float
    """Logarithm of how much likelier it is than a list of its size drawn by lot."""
    chance: float
    """That exactly this list signs in the year."""
    terms: NDArray[np.float64]
    """Shape (4, n); the terms of every member."""


@dataclass(frozen=True, eq=False, repr=False)
class Likely(Told):
    """What the record holds likely in a year; it shows itself in notebooks."""

    noun: ClassVar[str] = "answer"
    front: ClassVar[str] = "lists"

    year: int
    region: str
    size: int
    states: int
    """States of the world in the year."""
    candidates: int
    """States of the region, and those that were asked for."""
    inside: tuple[str, ...]
    """Who had to be in every list."""
    lists: tuple[Listed, ...]
    """The likeliest first."""
    exact: bool
    """Whether all lists were gone through."""
    asked: Listed | None
    """A list that was asked about by name."""
    weights: Weights
    seed: int
    tell: Callable[[Any], Record] | None = None

    def __repr__(self) -> str:
        return f"<Likely lists of {self.size}, {self.region} {self.year}>"


def likely_lists(
    source: Source,
    year: int,
    region: str,
    size: int,
    *,
    inside: Sequence[str] = (),
    states: Sequence[str] = (),
    most: int = 10,
    seed: int = 1,
    weights: Weights | None = None,
) -> Likely:
    """Return the lists of states that the record's law holds likeliest in a year.

    Parameters
    ----------
    source : Source
        Store or tidy folder; only what was known when the year began is used.
    year : int
    region : str
        One of :data:`PLACES`.
    size : int
        Members of a list.
    inside : sequence of str
        Ids of states that are in every list, from any region.
    states : sequence of str
        One list to look at by name, besides the likeliest.
    most : int
        Lists that are returned.
    seed : int
        Of the lists drawn for the mean.
    weights : Weights, optional

    Raises
    ------
    FoedusError
        The year is outside the data, nothing is known of it, a region or state is unknown, or there are too few states.
    """
    values = weights or Weights()
    if region not in PLACES:
        raise fail(f"region '{region}'", "there is no such region", nearest(region, PLACES) or ", ".join(PLACES))
    rate(size)
    now = Annals(source, WITHOUT).before(year)
    if now.guessed.all():
        what = f"the data say nothing of anybody's strength in {now.year}"
        raise fail(f"year {year}", what, "Import a release that covers it, or name an earlier year")
    seats = _seats(now, year)
    fixed, named = _known(inside, seats, year), _known(states, seats, year)
    low, high = REGIONS.get(region, (0, 10_000))
    pool = sorted({k for c, k in now.seat.items() if low <= c <= high} | set(fixed))
    if not len(fixed) <= size <= len(pool):
        what = f"there are {len(pool)} states in {region} with those named, {len(fixed)} of them in every list"
        raise fail(f"size {size}", what, f"Give {max(2, len(fixed))} to {len(pool)}, or a larger region")
    if named:
        rate(len(named))
    here, ids = setting(now, values["closure"]), {k: s for s, k in seats.items()}
    found, exact = likeliest(here, pool, size, fixed, values, most)
    means = {n: log_lot(here, n, values, seed, (year,)) for n in {size, len(named) or size}}

    def listed(body: Sequence[int], value: float) -> Listed:
        lift = value - means[len(body)]
        chance = a_year(lift, len(body), len(here.states)) if len(body) > 2 else float("nan")
        return Listed(tuple(ids[k] for k in body), value, lift, chance, here.terms(body))

    asked = listed(named, float(here.values([named], values)[0])) if named else None
    told = tuple(listed(body, value) for body, value in found)
    return Likely(year, region, size, len(here.states), len(pool), tuple(inside), told, exact, asked, values, seed)


def _seats(now: Circumstances, year: int) -> dict[str, int]:
    """Return the position of every state of a year by its id."""
    there = members().filter(pl.col("year") == year).select("state", "ccode").rows()
    return {str(s): now.seat[int(c)] for s, c in there}


def _known(wanted: Sequence[str], seats: dict[str, int], year: int) -> tuple[int, ...]:
    """Return the positions of states, each once and in the order of codes."""
    names = [s.strip().upper() for s in wanted if s.strip()]
    problems = [
        Problem(f"state '{s}'", f"it was no member of the state system in {year}", nearest(s, seats))
        for s in names
        if s not in seats
    ]
    if problems:
        raise FoedusError(problems)
    return tuple(sorted({seats[s] for s in names}))
