"""Values of a security game for any number of players: what each adds when the others are there with one chance.

The game of one *defended* player j: what the help of j's helpers saves, felt by j and by everybody else in the
coalition (:mod:`foedus.kernels.defended` adds the games up).

If everybody is there with chance q, independently, the Shapley value of a player is the integral over q of what it
adds on average (Owen 1972). What is saved is a sum of e^(-t W) over rates t (:mod:`foedus.kernels.exponentials`), and
the mean of e^(-t W) is a product over helpers: no coalition has to be visited. For one t it is a polynomial in q, whose
integral a sum over a few q gives exactly.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled, fused
from foedus.kernels.exponentials import LANES, Exponentials, nodes_for

_ALONE, _OUTSIDERS, _MEMBERS = 0, 1, 2
"""Who is asked: anybody when all come alone; those outside and those inside the union when it comes as one."""


@compiled
def play(
    j: int, help_: NDArray[np.float64], in_union: NDArray[np.bool_], game: Exponentials, values: NDArray[np.float64]
) -> None:
    """Put the values of the game in which j is defended by some helpers into `values`, shape (2, N)."""
    rates, heard, borne, inside = game.rates[j], game.heard[j], game.borne[j], in_union[j]
    rows = np.zeros((14, rates))
    crowd, sums, passed, lost = rows[:4], rows[4:10], rows[10:12], rows[12:14]
    helpers, united = _crowds(j, help_, in_union, heard, crowd)
    forms = 2 if united > 1 else 1
    nodes = nodes_for(helpers)
    chances, weights = game.chances[nodes], game.weights[nodes]
    table = np.empty((helpers + 10, nodes, rates))
    inverse, product, said, worth = table[:helpers], table[-10:-8], table[-8:-6], table[-6:]
    whole = lost[1]
    _mean(game.slowest[j], chances, help_, in_union, heard, crowd, lost[0], whole, inverse, product, said)
    _weigh_alone(chances, weights, borne, product, said, worth[:2], sums[:2])
    if forms == 2:
        _weigh_outsiders(
            chances, weights, inside, borne, crowd[2], whole, product[0], said[0], worth[2:4], sums[2:4], passed
        )
        _weigh_members(chances, weights, inside, borne, passed, product[1], said[1], worth[4:], sums[4:])
    _share(j, help_, in_union, forms, chances, heard, inverse, worth, sums, lost, values)
    for form in range(2):
        asked = _ALONE if form == 0 or forms == 1 else (_MEMBERS if inside else _OUTSIDERS)
        for k in range(rates):
            lost[0, k] = 0.5 * (crowd[0, k] + crowd[2, k]) + sums[2 * asked, k] - borne[k]
        values[form, j] = _total(lost[0])


@compiled
def _crowds(
    j: int,
    help_: NDArray[np.float64],
    in_union: NDArray[np.bool_],
    heard: NDArray[np.float64],
    crowd: NDArray[np.float64],
) -> tuple[int, int]:
    """Return how many help, and how many are in the union; add up what all but the defended hear.

    The rows of `crowd`, shape (4, K): all outside the union (0) and all in it (2); those of them who do not help (1, 3).
    """
    helpers, united = 0, 0
    for i in range(in_union.size):
        united += in_union[i]
        if i == j:
            continue
        place = 2 if in_union[i] else 0
        everybody, listening, hears = crowd[place], crowd[place + 1], heard[i]
        if help_[i] != 0.0:
            helpers += 1
            for k in range(everybody.size):
                everybody[k] += hears[k]
        else:
            for k in range(everybody.size):
                everybody[k] += hears[k]
                listening[k] += hears[k]
    return helpers, united


@compiled
def _mean(
    slowest: NDArray[np.float64],
    chances: NDArray[np.float64],
    help_: NDArray[np.float64],
    in_union: NDArray[np.bool_],
    heard: NDArray[np.float64],
    crowd: NDArray[np.float64],
    fading: NDArray[np.float64],
    whole: NDArray[np.float64],
    inverse: NDArray[np.float64],
    product: NDArray[np.float64],
    said: NDArray[np.float64],
) -> None:
    """Let everybody be there with each chance: means of e^(-t W), outside and inside the union, and what is heard then.

    `product` and `said` have shape (2, M, K), `whole` is e^(-t W) of the whole union, `fading` is overwritten.
    """
    whole[:] = 1.0
    product[:] = 1.0
    for group in range(2):
        for m in range(product.shape[1]):
            for k in range(whole.size):
                said[group, m, k] = chances[m] * crowd[2 * group + 1, k]
    z = 0
    for i in range(in_union.size):
        if help_[i] != 0.0:
            group = 1 if in_union[i] else 0
            fade(slowest, help_[i], fading)
            _join(chances, fading, heard[i], product[group], said[group], inverse[z])
            if group == 1:
                for k in range(whole.size):
                    whole[k] *= 1.0 + fading[k]
            z += 1


@compiled
def fade(slowest: NDArray[np.float64], help_: float, fading: NDArray[np.float64]) -> None:
    """Put e^(-t w) - 1 for some help w and every rate t into an array of shape (K,).

    Rates grow threefold from bunch to bunch, and e^(-3x) - 1 = d (3 + d (3 + d)) for d = e^(-x) - 1: only the first bunch
    takes exponentials.
    """
    for k in range(LANES):
        fading[k] = math.expm1(-slowest[k] * help_)
    for k in range(LANES, fading.size):
        d = fading[k - LANES]
        fading[k] = d * (3.0 + d * (3.0 + d))


@fused
def _join(
    chances: NDArray[np.float64],
    fading: NDArray[np.float64],
    hears: NDArray[np.float64],
    product: NDArray[np.float64],
    said: NDArray[np.float64],
    inverse: NDArray[np.float64],
) -> None:
    """Let a helper be there with each chance: multiply the means of e^(-t W) by its factors f, and keep 1 / f.

    The last three have shape (M, K).
    """
    for m in range(inverse.shape[0]):
        p = chances[m]
        means, sums, kept = product[m], said[m], inverse[m]
        for k in range(fading.size):
            f = 1.0 + p * fading[k]
            u = 1.0 / f
            kept[k] = u
            means[k] *= f
            sums[k] += hears[k] * (1.0 - (1.0 - p) * u)  # p e^(-t w) / f


@fused
def _weigh_alone(
    chances: NDArray[np.float64],
    weights: NDArray[np.float64],
    borne: NDArray[np.float64],
    product: NDArray[np.float64],
    said: NDArray[np.float64],
    worth: NDArray[np.float64],
    sums: NDArray[np.float64],
) -> None:
    """Put what the mean coalition is worth, and its weight, into `worth`, shape (2, M, K); add them up in `sums`."""
    total, listened = sums[0], sums[1]
    for m in range(product.shape[1]):
        p, v = chances[m], weights[m]
        outside, inside, heard, more, value, weighed = (
            product[0, m],
            product[1, m],
            said[0, m],
            said[1, m],
            worth[0, m],
            worth[1, m],
        )
        for k in range(total.size):
            weight = v * outside[k] * inside[k]
            there = weight * (borne[k] - heard[k] - more[k])
            value[k] = there
            weighed[k] = weight
            total[k] += there
            listened[k] += p * weight


@fused
def _weigh_outsiders(
    chances: NDArray[np.float64],
    weights: NDArray[np.float64],
    inside: bool,
    borne: NDArray[np.float64],
    crowd: NDArray[np.float64],
    whole: NDArray[np.float64],
    product: NDArray[np.float64],
    said: NDArray[np.float64],
    worth: NDArray[np.float64],
    sums: NDArray[np.float64],
    passed: NDArray[np.float64],
) -> None:
    """The same for those outside the union, beside whom it is whole or absent; `passed` is what they are to members.

    The union comes with the same chance as they. If the defended is inside, nothing is saved unless it is there; if he is
    outside, he has to be there too when members come.
    """
    total, listened, mean, means_heard = sums[0], sums[1], passed[0], passed[1]
    for m in range(product.shape[0]):
        p, v = chances[m], weights[m]
        onward = v if inside else v * p
        absent, present = (0.0, 1.0) if inside else (1.0 - p, p)
        outside, heard, value, weighed = product[m], said[m], worth[0, m], worth[1, m]
        for k in range(total.size):
            joined = v * present * outside[k] * whole[k]
            weight = joined + v * absent * outside[k]
            there = weight * (borne[k] - heard[k]) - joined * crowd[k]
            value[k] = there
            weighed[k] = weight
            total[k] += there
            listened[k] += p * weight
            mean[k] += onward * outside[k]
            means_heard[k] += onward * outside[k] * heard[k]


@fused
def _weigh_members(
    chances: NDArray[np.float64],
    weights: NDArray[np.float64],
    inside: bool,
    borne: NDArray[np.float64],
    passed: NDArray[np.float64],
    product: NDArray[np.float64],
    said: NDArray[np.float64],
    worth: NDArray[np.float64],
    sums: NDArray[np.float64],
) -> None:
    """The same for members of the union, beside any outsiders."""
    total, listened, mean, means_heard = sums[0], sums[1], passed[0], passed[1]
    for m in range(product.shape[0]):
        p = chances[m]
        v = weights[m] if inside else weights[m] / p
        members, heard, value, weighed = product[m], said[m], worth[0, m], worth[1, m]
        for k in range(total.size):
            weight = v * members[k]
            there = weight * ((borne[k] - heard[k]) * mean[k] - means_heard[k])
            value[k] = there
            weighed[k] = weight * mean[k]
            total[k] += there
            listened[k] += p * (weight * mean[k])


@compiled
def _share(
    j: int,
    help_: NDArray[np.float64],
    in_union: NDArray[np.bool_],
    forms: int,
    chances: NDArray[np.float64],
    heard: NDArray[np.float64],
    inverse: NDArray[np.float64],
    worth: NDArray[np.float64],
    sums: NDArray[np.float64],
    lost: NDArray[np.float64],
    values: NDArray[np.float64],
) -> None:
    """Put the values of all but the defended into `values`, shape (2, N); `lost`, shape (2, K), is overwritten."""
    z, less, more = 0, lost[0], lost[1]
    for i in range(in_union.size):
        if i == j:
            continue
        hears = heard[i]
        for form in range(forms):
            asked = 2 * (_ALONE if form == 0 else (_MEMBERS if in_union[i] else _OUTSIDERS))
            total, listened = sums[asked], sums[asked + 1]
            if help_[i] != 0.0:
                less[:] = 0.0
                _take(chances, hears, inverse[z], worth[asked], worth[asked + 1], less)
                for k in range(less.size):
                    more[k] = 0.5 * hears[k] + (total[k] - less[k])
            else:
                for k in range(less.size):
                    more[k] = hears[k] * (0.5 - listened[k])
            values[form, i] = _total(more)
        if forms == 1:
            values[1, i] = values[0, i]
        z += help_[i] != 0.0


@fused
def _take(
    chances: NDArray[np.float64],
    hears: NDArray[np.float64],
    inverse: NDArray[np.float64],
    worth: NDArray[np.float64],
    weighed: NDArray[np.float64],
    lost: NDArray[np.float64],
) -> None:
    """Add what there is without a helper, whose factor is taken out of the product, over all chances."""
    for m in range(inverse.shape[0]):
        p = chances[m]
        kept, there, weight = inverse[m], worth[m], weighed[m]
        for k in range(lost.size):
            u = kept[k]
            lost[k] += u * (there[k] + weight[k] * (hears[k] * (1.0 - (1.0 - p) * u)))


@compiled
def _total(x: NDArray[np.float64]) -> float:
    """Return the sum of numbers that come in fours, added up side by side: in the same order on every machine."""
    a0 = a1 = a2 = a3 = 0.0
    for k in range(0, x.size, LANES):
        a0 += x[k]
        a1 += x[k + 1]
        a2 += x[k + 2]
        a3 += x[k + 3]
    return (a0 + a1) + (a2 + a3)
