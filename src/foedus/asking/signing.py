"""Signing: which lists of states the record holds likely, for any year that the data cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from foedus.archive.opening import open_source
from foedus.asking.ask import text_of, whole, words_of
from foedus.estimation.annals import FIRST, LAST
from foedus.estimation.likely_lists import Likely, likely_lists
from foedus.estimation.told_of_lists import record_of
from foedus.signings.weights import Weights
from foedus.vocabulary.errors import fail
from foedus.vocabulary.libraries import need

MOST_LISTS = 1000
"""Lists that are shown at the most."""


def likely(
    year: int,
    region: str = "world",
    size: int = 3,
    *,
    inside: Sequence[str] = (),
    states: Sequence[str] = (),
    lists: int = 10,
    data: str | Path | None = None,
    seed: int = 1,
    weights: Mapping[str, float] | None = None,
) -> Likely:
    """Return which lists of states the record's law holds likely to sign a treaty of defence, and why.

    Parameters
    ----------
    year : int
        Year of the signing; everything looked at is of the year before.
    region : str
        ``world``, or a region such as ``europe``.
    size : int
        Members of a list, at least two.
    inside : sequence of str
        Ids of states that are in every list, such as ``USA``; they may be from elsewhere.
    states : sequence of str
        One list to look at by name, besides the likeliest.
    lists : int
        Lists that are shown.
    data : str or Path, optional
        Folder of a store or of tidy tables; by default the store of the user.
    seed : int
        Of the lists drawn for the mean over all.
    weights : mapping of str to float, optional
        Of the law, by name; what is not named has its estimate.

    Raises
    ------
    FoedusError
        There are no data, the year is outside of them, a region, state or weight is unknown, or a body is of one.

    Examples
    --------
    >>> import foedus
    >>> foedus.likely(1949, "europe", 12, data="nowhere")
    Traceback (most recent call last):
    foedus.vocabulary.errors.FoedusError: nowhere: there is no such folder. Run: foedus data import FOLDER (or foedus data pull), or name a folder with --data.
    """
    whole("year", year, 0)
    if not FIRST < year <= LAST:
        raise fail(f"year {year}", "the record does not reach there", f"Give {FIRST + 1} to {LAST}")
    whole("size", size, 2, what="a body: one state alone signs nothing")
    whole("lists", lists, 1, MOST_LISTS)
    whole("seed", seed, 0)
    text_of("region", region)
    within, named = words_of("inside", inside), words_of("states", states)
    values = Weights(weights)
    need("polars", "data", "likely")
    source = open_source(data)
    found = likely_lists(source, year, region, size, inside=within, states=named, most=lists, seed=seed, weights=values)
    return replace(found, tell=record_of)
