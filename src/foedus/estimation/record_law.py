"""The record's law on the record: the setting of any year, and the half sums of its terms for potential alliances."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.archive.codes import FIRST_YEAR
from foedus.archive.frames import pl
from foedus.archive.kads import KAds, signings
from foedus.archive.pledges import Source
from foedus.estimation.annals import Annals, Circumstances
from foedus.estimation.lineups import askable, line_ups
from foedus.estimation.protocol import FULL
from foedus.estimation.terms import Theatre
from foedus.model.parameters import Parameters
from foedus.signings.setting import Setting
from foedus.signings.weights import BY_NAME, TERMS

HALVES: Final = tuple(f"{t}_half" for t in TERMS)
"""Columns of a potential alliance: half the sum over its members of every term."""


def setting(now: Circumstances, closure: float = BY_NAME["closure"].default) -> Setting:
    """Return all states of a year as the record's law sees them.

    Parameters
    ----------
    now : Circumstances
        From :meth:`foedus.estimation.annals.Annals.before`.
    closure : float
        The chance that one ally in common binds two states.

    Notes
    -----
    Autonomy is that of the case theory: a list is compared with the treaties in force in its own small world.
    """
    return Setting(
        tuple(str(code) for code in now.seat),
        now.capability,
        now.position,
        now.distance,
        now.rivalry,
        now.ties,
        now.pacts,
        closure,
        Theatre(now, Parameters()).held,
    )


def halves(kads: KAds, annals: Annals, closure: float = BY_NAME["closure"].default) -> pl.DataFrame:
    """Return the columns of :data:`HALVES`, one row per potential alliance.

    Parameters
    ----------
    kads : KAds
        Potential alliances of any size and year.
    annals : Annals
    closure : float

    Raises
    ------
    FoedusError
        A year is not covered, or data that are needed are missing.
    """
    found: NDArray[np.float64] = np.zeros((len(kads), len(TERMS)))
    years = kads.table["year"].to_numpy()
    for year in np.unique(years):
        now = annals.before(int(year))
        here, rows = setting(now, closure), np.flatnonzero(years == year)
        bodies = [[now.seat[c] for c in kads.members[k].tolist() if c >= 0] for k in rows]
        found[rows] = here.half_sums(bodies)
    return pl.DataFrame(found, schema=list(HALVES), orient="row")


def signing_choices(
    source: Source, annals: Annals, first: int, last: int, seed: int, without: tuple[int, ...]
) -> pl.DataFrame:
    """Return who signed with whom beside others drawn by lot, as the four weights are learnt from it.

    Parameters
    ----------
    source : Source
    annals : Annals
    first, last : int
        Years of signing.
    seed : int
        Of the line-ups.
    without : tuple of int
        Treaties left out.

    Returns
    -------
    polars.DataFrame
        ``choice_set``, ``chosen``, ``year``, ``hub`` (here the event, so that errors are clustered by year alone) and :data:`HALVES`.

    Raises
    ------
    FoedusError
        There is no signing in the span of years, or a year is not covered.
    """
    events = signings(source, first, last, without=without).filter(
        (pl.col("size") <= FULL.largest) & (pl.col("year") > FIRST_YEAR)
    )
    kads = line_ups(askable(events), seed, FULL.controls)
    told = kads.table.select(choice_set="set", chosen="formed", year="year", hub="event")
    return told.hstack(halves(kads, annals))
