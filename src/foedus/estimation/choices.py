"""Choices: who signed and who left, each beside what could have been chosen in its place.

Every signing stands in a set with possible alliances of the same size and year that were not signed, every state that
left a treaty with states that stayed in one that year. The index of a row is what the theory puts in the exponent:
for a new body half the sum of its members' gains, since the logarithm of the product of their consents,
Σ log σ(x_i / s), is Σ x_i / 2s to first order; for leaving the gain of the leaver.

Alternatives are drawn uniformly within a set, so that the correction for sampling is the same for all of them and
drops out of the conditional likelihood; the constant, the chance that anything is proposed at all, drops out as well.

References
----------
McFadden, D. (1978). Modelling the choice of residential location. In Karlqvist et al., Spatial Interaction Theory and
Planning Models: 75-96 (sampled alternatives).
Fordham, B. and Poast, P. (2016). All alliances are multilateral. Journal of Conflict Resolution 60(5): 840-865.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.archive.frames import pl
from foedus.archive.kads import KAds, potential, signings
from foedus.archive.pledges import Source
from foedus.estimation.annals import Annals
from foedus.estimation.record_law import setting
from foedus.estimation.terms import Theatre, terms
from foedus.mechanisms import COMPONENTS
from foedus.model.parameters import Parameters
from foedus.vocabulary.errors import fail

LARGEST: Final = 12
"""Members of the largest bodies in the sample; beyond, drafting the alternatives takes minutes."""
_NOTHING: Final = 1e-9
"""% of GDP below which all terms together are rounding."""
LAST_VISIBLE: Final = 2016
"""Last year whose signings and exits are all seen; later ones are cut off by the end of the coding."""


def drawn(source: Source, first: int, last: int, controls: int, seed: int, without: tuple[int, ...] = ()) -> KAds:
    """Return the signings of a span of years and the alternatives that were drawn beside them.

    Parameters
    ----------
    source : Source
    first, last : int
        Years of signing.
    controls : int
        Alternatives per year and size.
    seed : int
    without : tuple of int
        Treaties left out.

    Raises
    ------
    FoedusError
        There is no signing in the span of years.
    """
    events = signings(source, first, min(last, LAST_VISIBLE), without=without).filter(pl.col("size") <= LARGEST)
    if events.is_empty():
        raise fail(f"years {first} to {last}", "no treaty of defence was signed", "Widen the span of years")
    return potential(events, sizes=(), controls=controls, seed=seed)


def signing_sets(kads: KAds, annals: Annals, parameters: Parameters | None = None, workers: int = 1) -> pl.DataFrame:
    """Return one set of alternatives per signing.

    Parameters
    ----------
    kads : KAds
        From :func:`drawn`.
    annals : Annals
    parameters : Parameters, optional
    workers : int

    Returns
    -------
    polars.DataFrame
        ``choice_set``, ``act`` (``signing``), ``chosen``, ``year``, ``hub`` (code of the strongest member of what was
        chosen), ``atopid``, ``size``, ``separation`` (half the sum over the members, as in the record's law: who is far apart
        seldom gets to the question), and the index of every term, % of GDP a year.

    Notes
    -----
    A body whose members are all bound to each other already, in as deep a treaty, brings nobody anything: to exchange
    one treaty for another is no choice here, and neither side of it is in the sets.
    """
    found = terms(kads, annals, parameters, workers=workers)
    index = [(pl.col(f"{c}_sum") / 2).alias(c) for c in COMPONENTS]
    table = found.table.with_columns(*index, pl.Series("separation", _separations(kads, annals)))
    table = table.filter(pl.sum_horizontal(pl.col(COMPONENTS).abs()) > _NOTHING)
    kept = ("year", "size", "separation", *COMPONENTS)
    acts = table.filter(pl.col("formed")).select("hub", "atopid", pl.lit(value=True).alias("chosen"), *kept)
    acts = acts.with_row_index("choice_set")
    names = acts.select("choice_set", "hub", "atopid", "year", "size")
    others = table.filter(~pl.col("formed")).select(pl.lit(value=False).alias("chosen"), *kept)
    rest = others.join(names, on=["year", "size"])
    return _arranged(pl.concat([acts, rest.select(acts.columns)]), "signing")


def _separations(kads: KAds, annals: Annals) -> list[float]:
    """Return half the sum over the members of how far each is from its fellows, as the record's law has it."""
    found = []
    held: dict[int, Any] = {}
    for year, row in zip(kads.table["year"].to_list(), kads.members.tolist(), strict=True):
        if year not in held:
            now = annals.before(year)
            held[year] = now.seat, setting(now).apart
        seat, apart = held[year]
        seats = [seat[c] for c in row if c >= 0]
        found.append(float(apart[np.ix_(seats, seats)].sum() / (2 * (len(seats) - 1))))
    return found


def leaving_sets(
    annals: Annals, first: int, last: int, controls: int, seed: int, parameters: Parameters | None = None
) -> pl.DataFrame:
    """Return one set of alternatives per state that left a treaty: states that stayed in one that year.

    Parameters
    ----------
    annals : Annals
    first, last : int
        Years of leaving.
    controls : int
        Stayers drawn per year.
    seed : int
    parameters : Parameters, optional

    Returns
    -------
    polars.DataFrame
        As :func:`signing_sets`, with ``act`` ``leaving`` and no ``separation``: who is in a treaty has met already.
        Empty when nobody left.

    Notes
    -----
    Who exchanges a treaty for another with the same partners has left nothing. States that leave the state system are
    no choice of theirs and are not counted.
    """
    values = parameters or Parameters()
    rows: list[dict[str, Any]] = []
    sets = 0
    for year in range(first, min(last, LAST_VISIBLE) + 1):
        left, stayed = _leavers(annals, year)
        if not left or not stayed:
            continue
        stream = np.random.default_rng([seed, year])
        picked = stream.permutation(len(stayed))[:controls]
        theatre = Theatre(annals.before(year), values)
        memory: dict[tuple[int, ...], NDArray[np.float64]] = {}
        there = [_leaving_row(theatre, stayed[k], memory) for k in sorted(picked.tolist())]
        for held in left:
            own = _leaving_row(theatre, held, memory)
            common = {"choice_set": sets, "year": year, "hub": own["hub"], "atopid": held[0]}
            rows += [{**own, **common, "chosen": True}, *({**r, **common, "chosen": False} for r in there)]
            sets += 1
    if not rows:
        return pl.DataFrame()
    return _arranged(pl.DataFrame(rows), "leaving")


Held = tuple[int, tuple[int, ...], int]
"""A treaty, the codes of its members, and the place of one of them."""


def _leavers(annals: Annals, year: int) -> tuple[list[Held], list[Held]]:
    """Return who left a treaty in a year and who stayed in one, as codes of that year."""
    before, after = annals.pacts(year - 1), annals.pacts(year)
    codes, lasting = annals.lineages(year), annals.lineages(year + 1)
    bound: dict[int, set[int]] = {}
    for body in after.values():
        for m in body:
            bound.setdefault(m, set()).update(body)
    left, stayed = [], []
    for treaty, body in before.items():
        there = tuple(m for m in body if m in codes)
        if not 2 <= len(there) <= LARGEST:
            continue
        named = tuple(codes[m] for m in there)
        for k, m in enumerate(there):
            gone = m not in after.get(treaty, ()) and not set(there) <= bound.get(m, {m}) | {m}
            if gone and m in lasting and any(o in lasting for o in there if o != m):
                left.append((treaty, named, k))
            elif m in after.get(treaty, ()):
                stayed.append((treaty, named, k))
    return left, stayed


def _leaving_row(theatre: Theatre, held: Held, memory: dict[tuple[int, ...], NDArray[np.float64]]) -> dict[str, Any]:
    _, body, who = held
    seats = [theatre.now.seat[c] for c in body]
    if body not in memory:
        memory[body] = theatre.leaving(seats)
    hub = max(seats, key=lambda m: (theatre.now.capability[m], -m))
    gained = dict(zip(COMPONENTS, memory[body][:, who].tolist(), strict=True))
    return {"hub": int(theatre.codes[hub]), "size": len(body), "separation": 0.0, **gained}


def _arranged(frame: pl.DataFrame, act: str) -> pl.DataFrame:
    names = ("choice_set", "act", "chosen", "year", "hub", "atopid", "size", "separation", *COMPONENTS)
    kinds = {"choice_set": pl.Int64, "year": pl.Int64, "size": pl.Int64, "hub": pl.Int64, "atopid": pl.Int64}
    tidy = frame.with_columns(act=pl.lit(act)).select(names).cast(kinds)  # type: ignore[arg-type]
    return tidy.sort("choice_set", "chosen", *COMPONENTS, descending=[False, True, *[False] * len(COMPONENTS)])
