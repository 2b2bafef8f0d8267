"""Counting: the chances of what a reference class answers, with the band that its counts leave."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.forecasts.forecast import Part, over, year_ends
from foedus.forecasts.known_pacts import ATLANTIC, members_of
from foedus.forecasts.of_classes import SIZES
from foedus.forecasts.of_entries import RATIFICATIONS, ratification
from foedus.forecasts.of_force import IN_FORCE, into_force
from foedus.forecasts.of_members import JOINS, LEAVES
from foedus.forecasts.of_several import OF_MANY
from foedus.forecasts.query import Query
from foedus.forecasts.tally import firsts, numbers, race, satisfied_chance, sizes
from foedus.forecasts.words import Vocabulary

_DRAWN: Final = 4000
"""Draws of a rate for its band."""
_FEW: Final = 400
"""Draws where every one is a whole distribution."""


def counted_chance(query: Query, rate: float) -> float:
    """Return the chance of what is counted over the window of a query.

    Parameters
    ----------
    query : Query
        That asks whether.
    rate : float
        Of the class, a year; of a pair, a state or an agreement. Pairs of a list are taken to be independent, and of two
        sides of an agreement each has the same chance to end it.
    """
    yearly = min(max(rate, 0.0), 1.0)
    if query.rival:
        return race(yearly, yearly, query.years)
    if query.kind in ("joins", "leaves", "stays"):
        stays = query.kind == "stays"
        each = (1.0 - yearly) ** query.years if stays else 1.0 - (1.0 - yearly) ** query.years
        return satisfied_chance(query, dict.fromkeys(query.named, each))
    some = query.at_least[0] if query.at_least and query.kind == "treaty signed" else None
    lists = math.comb(len(some[1]), some[0]) if some else max(sum(len(names) for _, names in query.at_least), 1)
    if len(query.by) == 1:
        yearly = 1.0 - float(np.sqrt(1.0 - yearly))
    once = float(1.0 - (1.0 - yearly) ** (query.years * lists))
    return 1.0 - once if query.kind == "treaty holds" else once


def in_parts(query: Query, chance: Callable[[Query], float]) -> dict[str, float]:
    """Return the chances that answer a query, by part, from that of a query that asks whether.

    Parameters
    ----------
    query : Query
    chance : callable
        Takes a query of the form ``whether``.
    """
    plain = replace(query, form="whether")
    if query.form == "whether":
        return {"": chance(plain)}
    if query.form == "when":
        return {str(y): chance(replace(plain, end=day)) for y, day in year_ends(query)}
    if query.kind == "forum meets":
        years = [chance(replace(plain, start=dt.date(y, 1, 1), end=dt.date(y, 12, 31))) for y in query.whole_years]
        return {str(n): float(p) for n, p in enumerate(numbers(years))}
    with_whom = query.all_of if query.kind == "treaty signed" else ()
    each = {
        s: chance(replace(plain, all_of=(*with_whom, s), at_least=(), at_most=()))
        for s in query.named
        if s not in with_whom
    }
    if query.form == "which":
        return firsts(each) if query.first else each
    return {str(n): float(p) for n, p in enumerate(numbers(each.values()))}


def counted_parts(query: Query, vocabulary: Vocabulary) -> tuple[tuple[Part, ...], str] | None:
    """Return the chances of what is counted with their 5 and 95 % by how well the rate is known, and the words of the class.

    None where no era was over on the day of the forecast.

    Parameters
    ----------
    query : Query
        With a class.
    vocabulary : Vocabulary

    Notes
    -----
    The rate has Jeffreys' posterior of a Poisson process: a gamma distribution with shape events + 1/2.
    """
    if query.counted == RATIFICATIONS:
        return ratification(query)
    if query.counted == IN_FORCE:
        return into_force(query)
    if query.kind == "several signed":
        return _several(query, vocabulary)
    if query.counted == SIZES:
        return _sizes(query, vocabulary)
    found = vocabulary.reference(query.counted, query.start.year)
    if found is None:
        return None
    rate, words = found
    default = in_parts(query, lambda asked: counted_chance(asked, rate))
    drawn = [
        in_parts(query, lambda asked, r=r: counted_chance(asked, r))  # type: ignore[misc]
        for r in _rates(query.counted, query, vocabulary, _DRAWN if query.form == "whether" else _FEW).tolist()
    ]
    return _parts(default, drawn), words


def reference(query: Query, vocabulary: Vocabulary, bilateral: bool, body: bool = True) -> tuple[float, str] | None:
    """Return the probability at the rate of the reference class over the window, and its words; None without one.

    Parameters
    ----------
    query : Query
    vocabulary : Vocabulary
    bilateral : bool
        Whether all treaties it is about are treaties of two.
    body : bool
        Whether what is joined or left is a body, and no forum.
    """
    name = {
        "treaty ends": f"treaty ends, {'bilateral' if bilateral else 'multilateral'}",
        "treaty holds": f"treaty ends, {'bilateral' if bilateral else 'multilateral'}",
        "treaty signed": f"treaty signed, {'multilateral' if query.multilateral else 'two states'}",
        **({"joins": "joins a body", "leaves": "leaves a body", "stays": "leaves a body"} if body else {}),
    }.get(query.kind)
    found = vocabulary.reference(name, query.start.year) if name and query.form == "whether" else None
    if found is None:
        return None
    rate, words = found
    if query.kind == "treaty signed":
        return over(rate, query), words
    if query.rival:
        return race(rate, rate, query.years), words
    return satisfied_chance(query, dict.fromkeys(query.named, over(rate, query))), words


def _rates(name: str, query: Query, vocabulary: Vocabulary, draws: int) -> NDArray[np.float64]:
    events, exposure = vocabulary.counts(name, query.start.year)
    return np.random.default_rng(1).gamma(events + 0.5, 1.0 / (exposure + 1.0), draws)


def _parts(default: Mapping[str, float], drawn: list[dict[str, float]]) -> tuple[Part, ...]:
    found = []
    for name, p in default.items():
        low, high = np.quantile([d[name] for d in drawn], [0.05, 0.95]).tolist()
        found.append(Part(name, p, p, low, high))
    return tuple(found)


def _several(query: Query, vocabulary: Vocabulary) -> tuple[tuple[Part, ...], str] | None:
    """Return the chances of a number of new treaties among pairs, each at the rate of its class.

    Notes
    -----
    A pair can sign several agreements on cooperation, so that their number is Poisson; of every other sort it signs one.
    """
    classes = [(vocabulary.reference(name, query.start.year), name, n) for name, n in query.pairs]
    if any(found is None for found, *_ in classes):
        return None
    low = max((n for n, _ in query.at_least), default=0)
    high = min((n for n, _ in query.at_most), default=None)
    repeated = any(name.startswith(OF_MANY) for _, name, _ in classes)
    top = max(_MOST, low, high or 0) if repeated else sum(n for *_, n in classes)

    def answer(rates: Sequence[float]) -> dict[str, float]:
        if repeated:
            mean = sum(r * n for r, (*_, n) in zip(rates, classes, strict=True)) * query.years
            spread = [math.exp(-mean) * mean**k / math.factorial(k) for k in range(top)]
            spread.append(max(1.0 - sum(spread), 0.0))
        else:
            once = [1.0 - (1.0 - min(r, 1.0)) ** query.years for r in rates]
            spread = numbers(p for p, (*_, n) in zip(once, classes, strict=True) for _ in range(n)).tolist()
        if query.form == "how many":
            return {str(k): p for k, p in enumerate(spread)}
        return {"": min(sum(spread[low : len(spread) if high is None else high + 1]), 1.0)}

    drawn = zip(*(_rates(name, query, vocabulary, _FEW).tolist() for _, name, _ in classes), strict=True)
    words = "; ".join(f"{n} of {found[1]}" for found, _, n in classes if found)
    return _parts(answer([found[0] for found, *_ in classes if found]), list(map(answer, drawn))), words


_MOST: Final = 12
"""Largest number of agreements that has a chance of its own; the last part is that of so many or more."""


def _sizes(query: Query, vocabulary: Vocabulary) -> tuple[tuple[Part, ...], str] | None:
    """Return the chances of a number of members of the Atlantic alliance at the rates of accessions and exits on record."""
    classes = [vocabulary.reference(name, query.start.year) for name in (JOINS, LEAVES)]
    if classes[0] is None or classes[1] is None:
        return None
    inside = len(members_of(ATLANTIC, query.asked or query.start))

    def answer(rates: Sequence[float]) -> dict[str, float]:
        enter, leave = (1.0 - (1.0 - min(r, 1.0)) ** query.years for r in rates)
        spread = sizes(inside, [enter] * len(query.all_of), [leave] * inside)
        if query.form == "how many":
            return {str(n): p for n, p in spread.items()}
        low = max((n for n, _ in query.at_least), default=0)
        high = min((n for n, _ in query.at_most), default=max(spread))
        return {"": min(sum(p for n, p in spread.items() if low <= n <= high), 1.0)}

    drawn = zip(*(_rates(name, query, vocabulary, _FEW).tolist() for name in (JOINS, LEAVES)), strict=True)
    return _parts(answer([classes[0][0], classes[1][0]]), list(map(answer, drawn))), f"{classes[0][1]}; {classes[1][1]}"
