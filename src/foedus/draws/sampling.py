"""Sampling: one seed, named streams, and a Latin hypercube over everything that is judged."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.casebook.case import Case
from foedus.mechanisms import reads
from foedus.model.builder import FactKey, key_of
from foedus.model.calibration import Calibration
from foedus.model.parameters import PARAMETERS, Parameters

_NORMAL: Final = NormalDist()


@dataclass(frozen=True)
class Uncertainty:
    """One number that ensembles vary.

    Attributes
    ----------
    label : str
        Name for tables.
    target : str or tuple
        Name of a parameter, or key of a fact.
    low, value, high : float
        Range, and the value the default answer uses.
    logarithmic : bool
        Whether the range is meant as factors.
    """

    label: str
    target: str | FactKey
    low: float
    value: float
    high: float
    logarithmic: bool = False

    def quantile(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the value below which a share of the draws lies.

        The value in use is the median; each half of the draws is uniform (or log-uniform) between it and
        the end of the range.
        """
        low, mid, high = self.low, self.value, self.high
        if self.logarithmic and low > 0:
            low, mid, high = math.log(low), math.log(mid), math.log(high)
        drawn = halves(share, low, mid, high)
        return _each(math.exp, drawn) if self.logarithmic and self.low > 0 else drawn


def halves(share: NDArray[np.float64], low: ArrayLike, middle: ArrayLike, high: ArrayLike) -> NDArray[np.float64]:
    """Return the values below which shares of the draws lie, where each half is uniform between the middle and an end."""
    low, middle, high = np.asarray(low), np.asarray(middle), np.asarray(high)
    below = low + (middle - low) * share / 0.5
    above = middle + (high - middle) * (share - 0.5) / 0.5
    drawn: NDArray[np.float64] = np.where(share < 0.5, below, above)
    return drawn


@dataclass(frozen=True)
class Calibrated(Uncertainty):
    """A parameter that is drawn as a calibration says, together with the others of the same calibration.

    Attributes
    ----------
    calibration : Calibration or None
    """

    calibration: Calibration | None = None

    def quantile(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the value below which a share of the draws lies."""
        assert self.calibration is not None
        known = self.calibration[str(self.target)]
        assert known is not None
        value = known.centre + known.spread * _deviations(share)
        scaled = _each(math.exp, value) if known.logarithmic else value
        drawn: NDArray[np.float64] = np.clip(scaled, known.low, known.high)
        return drawn


def _deviations(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the standard deviations below which shares of a normal distribution lie."""
    return _each(_NORMAL.inv_cdf, np.clip(shares, 1e-12, 1 - 1e-12))


def _each(function: Callable[[float], float], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a function of each value, one by one: NumPy's own differ in the last bit from processor to processor."""
    return np.array([function(v) for v in values.ravel().tolist()], dtype=float).reshape(values.shape)


def correlations(found: Sequence[Varied]) -> tuple[list[int], NDArray[np.float64]] | None:
    """Return which columns a calibration draws together, and how they are correlated on its scales; None if it is none.

    Parameters
    ----------
    found : sequence of Varied
        What the columns mean.

    Returns
    -------
    (list of int, ndarray of shape (columns, columns)) or None
    """
    seats = {str(u.target): k for k, u in enumerate(found) if isinstance(u, Calibrated)}
    calibration = next((u.calibration for u in found if isinstance(u, Calibrated)), None)
    if calibration is None or len(seats) < 2:
        return None
    order = [k for k, p in enumerate(calibration.parameters) if p.name in seats]
    return [seats[calibration.parameters[k].name] for k in order], np.array(calibration.correlation)[
        np.ix_(order, order)
    ]


def coupled(found: Sequence[Varied], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return shares of draws that go up and down together as the calibration of the columns says.

    Parameters
    ----------
    found : sequence of Varied
        What the columns mean.
    shares : ndarray, shape (draws, uncertainties)
        Independent.

    Returns
    -------
    ndarray, shape (draws, uncertainties)
        A Gaussian copula over the calibrated columns; the others as they were.
    """
    known = correlations(found)
    if known is None:
        return shares
    columns, table = known
    # rounded, and summed term by term: the last bits of linear algebra are the processor's, a design is the seed's
    root = np.linalg.cholesky(table).round(12)
    drawn = (_deviations(shares[:, columns]).T[:, :, None] * root.T[:, None, :]).sum(axis=0)
    together = shares.copy()
    together[:, columns] = _each(_NORMAL.cdf, drawn)
    return together


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the random generator of one name; streams of different names are independent."""
    words = np.frombuffer(hashlib.sha256(name.encode()).digest()[:16], dtype=np.uint32)
    small = 0 <= seed < 1 << 32  # then numbers as they are give the same as a list of them, three times as fast
    entropy = np.concatenate(([np.uint32(seed)], words)) if small else [seed, *words.tolist()]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))


def uncertainties(case: Case, parameters: Parameters, fixed: Sequence[str] = ()) -> tuple[Uncertainty, ...]:
    """Return everything that a case and the theory leave uncertain.

    Parameters
    ----------
    case : Case
        Facts with a range vary.
    parameters : Parameters
        Values in use; a parameter set outside its judged range stays where it was put. Those that come with a
        calibration vary as it says, unless they were set by hand.
    fixed : sequence of str
        Names of parameters, or ``quantity subject [against]`` labels, that do not vary.
    """
    found: list[Uncertainty] = []
    calibration = parameters.calibration
    for p in (p for p in PARAMETERS if reads(parameters.laws, p)):
        value = parameters[p.name]
        known = calibration[p.name] if calibration else None
        if known is not None and p.name not in fixed and value == known.median:
            low, high = known.ends
            found.append(Calibrated(p.name, p.name, low, value, high, known.logarithmic, calibration))
        elif p.name not in fixed and p.low <= value <= p.high and p.low < p.high:
            found.append(Uncertainty(p.name, p.name, p.low, value, p.high, p.logarithmic))
    return (*found, *(u for u in uncertain_facts(case) if u.label not in fixed))


def uncertain_facts(case: Case) -> tuple[Uncertainty, ...]:
    """Return the facts of a case that have a range."""
    if _UNCERTAIN not in case.kept:
        case.kept[_UNCERTAIN] = tuple(
            Uncertainty(" ".join(filter(None, key_of(fact))), key_of(fact), fact.low, fact.value, fact.high)
            for fact in case.facts
            if fact.low is not None and fact.high is not None and fact.low < fact.high
        )
    found: tuple[Uncertainty, ...] = case.kept[_UNCERTAIN]
    return found


_UNCERTAIN: Final = "facts with a range"


ROUNDS = 6
"""Rounds of the shuffling network; four make it a good cipher already (Luby & Rackoff 1988), two are for small sizes."""


def _mixed(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return every word scattered over all 64 bits (the finaliser of SplitMix64)."""
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


def _shuffled(places: NDArray[np.uint64], keys: NDArray[np.uint64], count: int) -> NDArray[np.uint64]:
    """Return where a shuffle of 0 … count-1 puts places, one shuffle per column of keys, shape (places, keys).

    A Feistel network permutes a rectangle hardly larger than the count; what falls outside goes through again, so
    that no table of the whole shuffle is ever needed.
    """
    wide = math.isqrt(count - 1) + 1
    sides = np.uint64(wide), np.uint64(-(-count // wide))

    def once(at: NDArray[np.uint64], key_of: Callable[[int], NDArray[np.uint64]]) -> NDArray[np.uint64]:
        halves = [at // sides[1], at % sides[1]]
        for k in range(len(keys)):
            halves[k % 2] = (halves[k % 2] + _mixed(halves[1 - k % 2] ^ key_of(k)) % sides[k % 2]) % sides[k % 2]
        return halves[0] * sides[1] + halves[1]

    at = once(places[:, None], lambda k: keys[k])
    while (outside := at >= np.uint64(count)).any():
        column = np.nonzero(outside)[1]
        at[outside] = once(at[outside], lambda k, c=column: keys[k][c])  # type: ignore[misc]
    return at


def latin_hypercube(
    dimensions: int, draws: int, seed: int, start: int = 0, stop: int | None = None
) -> NDArray[np.float64]:
    """Return rows of a Latin hypercube, the same bytes whichever rows are asked for together.

    Parameters
    ----------
    dimensions, draws, seed : int
        Size and seed of the whole hypercube.
    start, stop : int, optional
        Rows that are wanted; by default all.

    Returns
    -------
    ndarray, shape (stop - start, dimensions)
        In every column each of the strata of width 1 / draws is met once over all rows.

    References
    ----------
    McKay, Beckman & Conover 1979, Technometrics 21(2). Black & Rogaway 2002, CT-RSA, for shuffles without a table. Steele, Lea & Flood 2014, OOPSLA, for the scattering of words.

    Notes
    -----
    Of our own instead of ``scipy.stats.qmc``, which needs the whole hypercube in memory, and a second to load.
    """
    stop = draws if stop is None else min(stop, draws)
    rows = max(0, stop - start)
    if rows == 0 or dimensions == 0:
        return np.zeros((rows, dimensions))
    keys = stream(seed, "latin hypercube").integers(0, 1 << 64, (ROUNDS + 1, dimensions), dtype=np.uint64)
    places = np.arange(start, stop, dtype=np.uint64)
    strata = _shuffled(places, keys[:ROUNDS], draws).astype(np.float64)
    jitter = _mixed(_mixed(places[:, None] ^ keys[ROUNDS]) + keys[ROUNDS]) >> np.uint64(11)
    sample: NDArray[np.float64] = (strata + jitter * 2.0**-53) / draws
    return sample


class Varied(Protocol):
    """Anything an ensemble varies: it has a label, and a value for every share of the draws."""

    @property
    def label(self) -> str:
        """Name for tables."""

    def quantile(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the values below which shares of the draws lie."""


@dataclass(frozen=True)
class Choice:
    """One choice among named options, all equally likely.

    Attributes
    ----------
    label : str
    options : tuple of str
    """

    label: str
    options: tuple[str, ...]

    def quantile(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the position of the option each share of the draws stands for."""
        return np.minimum(np.floor(share * len(self.options)), len(self.options) - 1)


def design(
    found: Sequence[Varied], draws: int, seed: int, start: int = 0, stop: int | None = None
) -> NDArray[np.float64]:
    """Return the values of every uncertainty in some or all draws, shape (stop - start, uncertainties).

    Parameters
    ----------
    found : sequence of Varied
        What the columns mean.
    draws, seed : int
        Size and seed of the whole design.
    start, stop : int, optional
        Draws that are wanted; by default all. A draw does not depend on which others are asked for with it.
    """
    shares = coupled(found, latin_hypercube(len(found), draws, seed, start, stop))
    columns = [u.quantile(shares[:, k]) for k, u in enumerate(found)]
    return np.column_stack(columns) if columns else shares


def apply(
    found: Sequence[Uncertainty], row: NDArray[np.float64], parameters: Parameters
) -> tuple[Parameters, dict[FactKey, float]]:
    """Return the parameters and the overrides of facts that one row of a design means."""
    changes: dict[str, float] = {}
    overrides: dict[FactKey, float] = {}
    for u, value in zip(found, row.tolist(), strict=True):
        if isinstance(u.target, str):
            changes[u.target] = value
        else:
            overrides[u.target] = value
    return parameters.replace(changes), overrides
