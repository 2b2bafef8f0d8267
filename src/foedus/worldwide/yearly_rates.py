"""Yearly rates: how many treaties are founded, joined, left and end in a year, from the record of some years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np

from foedus.archive.frames import pl
from foedus.estimation.protocol import LAST_END
from foedus.kernels.allianceyears import Rules, runs_out
from foedus.kernels.choice import logistic
from foedus.model.parameters import BY_NAME as PARAMETERS
from foedus.signings.common_line import UNIT
from foedus.signings.weights import Weights
from foedus.vocabulary.errors import fail, nearest
from foedus.worldwide.outside import FIRST
from foedus.worldwide.record_of_treaties import Treaties, TreatyYear

_Value = TypeVar("_Value", int, float)
WHEN: Final[Mapping[str, str]] = {
    "span": "the years that are run themselves",
    "before": "the ten years before the first",
}
"""From which years the rates are taken, and in which words."""
RECENT: Final = 10
"""Years of the rate of the day."""
GROWN: Final = 256
"""Lists grown for one that is drawn."""
SWEEPS: Final = 2
"""How often every seat of a drawn list is filled anew."""


@dataclass(frozen=True)
class YearlyRates:
    """What the record says happens in a year."""

    first: int
    last: int
    """Years that the rates are taken from."""
    founded: tuple[float, float]
    """Treaties of two, and of more, that are founded a year."""
    sizes: Mapping[int, int]
    """How often treaties of more than two were founded, by size, from 1816 to the last of these years."""
    terms: tuple[Mapping[float, int], Mapping[float, int]]
    """How often treaties of two, and of more, agreed to run out after so many years (0: never), over the same time."""
    ends: tuple[float, float]
    """Log-odds that a treaty of two, and of more, ends in a year in which no term runs out."""
    ended: tuple[float, float]
    """Share of treaties of two, and of more, that ended in a year without giving way to one of the same states."""
    joined: float
    """Chance a year that a treaty of more takes somebody in."""
    guests: Mapping[int, int]
    """How often so many came at a time."""
    left: float
    """Chance a year that a member leaves a treaty of more."""
    term_effect: float
    """Log-odds that the end of a term adds; 0 where the data know no terms."""


def yearly_rates(treaties: Treaties, first: int, last: int, when: str = "span") -> YearlyRates:
    """Return the rates of some years.

    Parameters
    ----------
    treaties : Treaties
    first, last : int
        Years that are run.
    when : str
        One of :data:`WHEN`.

    Raises
    ------
    FoedusError
        There is no such choice.
    """
    if when not in WHEN:
        raise fail(f"rates '{when}'", "there is no such choice", nearest(str(when), WHEN) or ", ".join(WHEN))
    begin, end = (first, last) if when == "span" else (max(FIRST, first - RECENT), first - 1)
    known = treaties.events.filter(pl.col("year") <= end)
    signed = known.filter(pl.col("kind") == "founding")
    lately = signed.filter(pl.col("year") >= begin)["size"].to_numpy()
    span = max(end - begin + 1, 1)
    two, more = pl.col("size") == 2, pl.col("size") > 2
    effect = PARAMETERS["term_effect"].default if treaties.terms else 0.0
    kinds = [_of_class(treaties, begin, end, wide=wide) for wide in (False, True)]
    usual = [_usual(treaties, end, wide=wide) for wide in (False, True)]
    came = known.filter((pl.col("kind") != "founding") & (pl.col("size") - pl.col("came") > 2))
    joined = came.filter(pl.col("year") >= begin).height
    return YearlyRates(
        begin,
        end,
        (float((lately == 2).sum() / span), float((lately > 2).sum() / span)),
        _often(signed.filter(more)["size"]) or {3: 1},
        (_agreed(treaties, signed.filter(two)["atopid"]), _agreed(treaties, signed.filter(more)["atopid"])),
        (_odds(kinds[0], usual[0], treaties.terms, effect), _odds(kinds[1], usual[1], treaties.terms, effect)),
        (_share(kinds[0], usual[0]), _share(kinds[1], usual[1])),
        joined / len(kinds[1]) if kinds[1] else 0.0,
        _often(came["came"]) or {1: 1},
        PARAMETERS["body_exit_habit"].default,
        effect,
    )


def rules_of(rates: YearlyRates, first: int, weights: Weights) -> Rules:
    """Return the numbers of the laws as the kernel takes them."""
    width = max(len(t) for t in rates.terms)
    terms, rising = np.zeros((2, width)), np.zeros((2, width))
    for row, often in enumerate(rates.terms):
        terms[row, : len(often)] = list(often)
        rising[row] = np.cumsum([*often.values(), *[0] * (width - len(often))])
    guests = [rates.guests.get(k, 0) for k in range(1, max(rates.guests) + 1)]
    return Rules(
        first,
        weights["trust_value"],
        weights["closure"],
        weights["autonomy_weight"] * UNIT,
        np.array(rates.founded),
        np.array(list(rates.sizes), dtype=np.int64),
        np.cumsum(list(rates.sizes.values())).astype(np.float64),
        terms,
        rising,
        np.array(rates.ends),
        rates.term_effect,
        rates.left,
        rates.joined,
        np.cumsum(guests).astype(np.float64),
        GROWN,
        SWEEPS,
    )


def _often(values: Iterable[_Value]) -> dict[_Value, int]:
    """Return how often each value is there, the smallest first."""
    return dict(sorted(Counter(values).items()))


def _agreed(treaties: Treaties, numbers: Iterable[int]) -> dict[float, int]:
    """Return how often some treaties agreed to run out after so many years."""
    return _often(treaties.terms.get(t, 0.0) for t in numbers) or {0.0: 1}


def _of_class(treaties: Treaties, begin: int, end: int, *, wide: bool) -> list[TreatyYear]:
    """Return the treaties of two, or of more, that were in force in some years whose ends are coded."""
    rows = (t for y in range(begin, min(end, LAST_END) + 1) for t in treaties.years.get(y, ()))
    return [t for t in rows if (len(t.members) > 2) is wide]


def _usual(treaties: Treaties, end: int, *, wide: bool) -> float:
    """Return the share of treaties of two, or of more, that ended in a year of the record so far; of all of it where there was none."""
    rows = _of_class(treaties, FIRST, end, wide=wide) or _of_class(treaties, FIRST, LAST_END, wide=wide)
    return sum(map(_counts, rows)) / len(rows) if rows else 0.0


def _counts(t: TreatyYear) -> bool:
    """Return whether a treaty ends without giving way to one of the same states."""
    return t.ends and not t.replaced


def _share(rows: list[TreatyYear], usual: float) -> float:
    """Return the share of treaties that ended in a year; what is usual counts as one treaty and year more."""
    return (sum(map(_counts, rows)) + usual) / (len(rows) + 1)


def _odds(rows: list[TreatyYear], usual: float, terms: Mapping[int, float], effect: float) -> float:
    """Return the log-odds at which as many treaties are expected to end as did, given whose terms ran out."""
    pushed = effect * np.array([runs_out(t.born, t.year, terms.get(t.treaty, 0.0)) for t in rows] or [False])
    wanted, low, high = _share(rows, usual), -30.0, 30.0
    for _ in range(80):
        middle = (low + high) / 2
        if logistic(middle + pushed).mean() < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2
