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
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled, fused
from foedus.kernels.exponentials import LANES, Exponentials, nodes_for

_AT_ONCE: Final = 48
"""Rates of one sweep: known beforehand, so that a compiler sees that no part of a row runs into another; of fours."""
_FADING: Final = 0
_HEARS: Final = _AT_ONCE
_MEAN: Final = 2 * _AT_ONCE
_SAID: Final = 3 * _AT_ONCE
_WORTH: Final = 4 * _AT_ONCE
_WEIGHT: Final = 5 * _AT_ONCE
_WITHOUT: Final = 6 * _AT_ONCE
_ROW: Final = 7 * _AT_ONCE
"""Where the parts of a helper's row are: e^(-t w) - 1; what it hears; mean of e^(-t W), and what is heard times it, of
those before it; what a coalition is worth for each unit of that mean, and what for each unit of what is heard, those after
it brought in; and what the coalition is worth without it."""


@compiled
def play(
    j: int, help_: NDArray[np.float64], in_union: NDArray[np.bool_], game: Exponentials, values: NDArray[np.float64]
) -> None:
    """Put the values of the game in which j is defended by some helpers into `values`, shape (2, N)."""
    outsiders, helpers, united = 0, 0, 0
    for i in range(in_union.size):
        united += in_union[i]
        helpers += help_[i] != 0.0
        outsiders += help_[i] != 0.0 and not in_union[i]
    place = np.empty(
        in_union.size, dtype=np.int64
    )  # in the table: outsiders come first; those who do not help have none
    fading = np.empty((helpers, game.rates[j]))
    z, y = 0, outsiders
    for i in range(in_union.size):
        place[i] = -1
        if help_[i] != 0.0:
            place[i] = y if in_union[i] else z
            fade(game.slowest[j], help_[i], fading[place[i]])
            y += in_union[i]
            z += not in_union[i]
    table = np.empty((helpers + 1) * _ROW)
    rows = np.empty((15, _AT_ONCE))
    values[:] = 0.0
    for first in range(0, game.rates[j], _AT_ONCE):
        end = min(first + _AT_ONCE, game.rates[j])
        heard = game.heard[j] if first == 0 else game.heard[j, :, first:end].copy()
        fades = fading if first == 0 else fading[:, first:end].copy()
        _sweep(
            j, place, in_union, outsiders, united > 1, fades, heard, game.borne[j, first:end], game, table, rows, values
        )


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


@compiled
def _sweep(
    j: int,
    place: NDArray[np.int64],
    in_union: NDArray[np.bool_],
    outsiders: int,
    joint: bool,
    fading: NDArray[np.float64],
    heard: NDArray[np.float64],
    borne: NDArray[np.float64],
    game: Exponentials,
    table: NDArray[np.float64],
    rows: NDArray[np.float64],
    values: NDArray[np.float64],
) -> None:
    """Add what some rates bring to the values of everybody; `table` and `rows` are overwritten."""
    width, helpers = borne.size, fading.shape[0]
    rows[:] = 0.0
    crowd, alone, apart, within = rows[:4], rows[4:6], rows[8:10], rows[10:12]
    passed, whole = rows[12:14], rows[14]
    _gather(j, place, in_union, width, fading, heard, crowd, table)
    nodes = nodes_for(helpers)
    chances, weights, last = game.chances[nodes, :nodes], game.weights[nodes, :nodes], table[helpers * _ROW :]
    total, listened = alone[0], alone[1]
    for m in range(nodes):
        p, v = chances[m], weights[m]
        for k in range(width):
            last[_WORTH + k] = v * (borne[k] - p * (crowd[1, k] + crowd[3, k]))
            last[_WEIGHT + k] = v
        _leave_each_out(table, table, last, p, total, listened, width)
    rows[6:8] = alone
    _add_values(j, place, in_union, rows[4:8], heard, borne, crowd, table, values[0])
    if not joint:
        for i in range(place.size):
            values[1, i] = values[0, i]
        return
    for z in range(helpers):
        table[z * _ROW + _WITHOUT : (z + 1) * _ROW] = 0.0
    whole[:] = 1.0
    for z in range(outsiders, helpers):
        for k in range(width):
            whole[k] *= 1.0 + fading[z, k]
    _ask_outsiders(chances, weights, in_union[j], outsiders, borne, crowd, whole, table, apart, passed)
    _ask_members(chances, weights, in_union[j], outsiders, helpers, borne, crowd, passed, table, within)
    _add_values(j, place, in_union, rows[8:12], heard, borne, crowd, table, values[1])


@compiled
def _gather(
    j: int,
    place: NDArray[np.int64],
    in_union: NDArray[np.bool_],
    width: int,
    fading: NDArray[np.float64],
    heard: NDArray[np.float64],
    crowd: NDArray[np.float64],
    table: NDArray[np.float64],
) -> None:
    """Fill the rows of helpers, and add up what all but the defended hear.

    The rows of `crowd`, shape (4, K): all outside the union (0) and all in it (2); those of them who do not help (1, 3).
    """
    for i in range(in_union.size):
        group = 2 if in_union[i] else 0
        if i != j:
            for k in range(width):
                crowd[group, k] += heard[i, k]
            if place[i] < 0:
                for k in range(width):
                    crowd[group + 1, k] += heard[i, k]
            else:
                row = table[place[i] * _ROW :]
                for k in range(width):
                    row[_FADING + k] = fading[place[i], k]
                    row[_HEARS + k] = heard[i, k]
                    row[_WITHOUT + k] = 0.0


@compiled
def _leave_each_out(
    table: NDArray[np.float64],
    begin: NDArray[np.float64],
    end: NDArray[np.float64],
    p: float,
    total: NDArray[np.float64],
    listened: NDArray[np.float64],
    width: int,
) -> None:
    """Let helpers be there with chance p: add what all are worth, and how much those who listen miss, to two sums.

    What they are worth without each of them is added in its row: those before it are brought in first, then those after it.
    `begin` is the row of the first in the table, `end` the one after the last, with what counts for a mean of 1, and what
    for what is heard.
    """
    first = table.size - begin.size
    last = table.size - end.size
    for k in range(width):
        begin[_MEAN + k] = 1.0
        begin[_SAID + k] = 0.0
    for at in range(first, last, _ROW):
        _bring_in(table[at:], p, width)
    for k in range(width):
        listened[k] += p * (end[_WEIGHT + k] * end[_MEAN + k])
    for at in range(last - _ROW, first - 1, -_ROW):
        _leave_out(table[at:], p, width)
    for k in range(width):
        total[k] += begin[_WORTH + k]


@fused
def _bring_in(row: NDArray[np.float64], p: float, width: int) -> None:
    """Put the means with a helper, who is there with chance p, into the row after its own."""
    absent = 1.0 - p
    for k in range(width):
        f = 1.0 + p * row[_FADING + k]
        mean = row[_MEAN + k]
        row[_ROW + _MEAN + k] = mean * f
        row[_ROW + _SAID + k] = row[_SAID + k] * f + mean * (row[_HEARS + k] * (f - absent))  # p e^(-t w)


@fused
def _leave_out(row: NDArray[np.float64], p: float, width: int) -> None:
    """Add what there is without a helper to its row, and bring it into what counts for those before it."""
    absent = 1.0 - p
    for k in range(width):
        f = 1.0 + p * row[_FADING + k]
        worth, weight = row[_ROW + _WORTH + k], row[_ROW + _WEIGHT + k]
        row[_WITHOUT + k] += row[_MEAN + k] * worth - row[_SAID + k] * weight
        row[_WORTH + k] = worth * f - weight * (row[_HEARS + k] * (f - absent))
        row[_WEIGHT + k] = weight * f


@compiled
def _ask_outsiders(
    chances: NDArray[np.float64],
    weights: NDArray[np.float64],
    inside: bool,
    outsiders: int,
    borne: NDArray[np.float64],
    crowd: NDArray[np.float64],
    whole: NDArray[np.float64],
    table: NDArray[np.float64],
    sums: NDArray[np.float64],
    passed: NDArray[np.float64],
) -> None:
    """Leave out each of those outside the union, beside whom it is whole or absent; `passed` is what they are to members.

    The union comes with the same chance as they. If the defended is inside, nothing is saved unless it is there; if he is
    outside, he has to be there too when members come.
    """
    last, total, listened = table[outsiders * _ROW :], sums[0], sums[1]
    for m in range(chances.size):
        p, v = chances[m], weights[m]
        onward = v if inside else v * p
        absent, present = (0.0, 1.0) if inside else (1.0 - p, p)
        for k in range(borne.size):
            joined = v * present * whole[k]
            weight = joined + v * absent
            last[_WORTH + k] = weight * (borne[k] - p * crowd[1, k]) - joined * crowd[2, k]
            last[_WEIGHT + k] = weight
        _leave_each_out(table, table, last, p, total, listened, borne.size)
        for k in range(borne.size):
            passed[0, k] += onward * last[_MEAN + k]
            passed[1, k] += onward * (p * crowd[1, k] * last[_MEAN + k] + last[_SAID + k])


@compiled
def _ask_members(
    chances: NDArray[np.float64],
    weights: NDArray[np.float64],
    inside: bool,
    outsiders: int,
    helpers: int,
    borne: NDArray[np.float64],
    crowd: NDArray[np.float64],
    passed: NDArray[np.float64],
    table: NDArray[np.float64],
    sums: NDArray[np.float64],
) -> None:
    """Leave out each member of the union, beside any outsiders."""
    first, last, total, listened = table[outsiders * _ROW :], table[helpers * _ROW :], sums[0], sums[1]
    for m in range(chances.size):
        p = chances[m]
        v = weights[m] if inside else weights[m] / p
        for k in range(borne.size):
            last[_WORTH + k] = v * ((borne[k] - p * crowd[3, k]) * passed[0, k] - passed[1, k])
            last[_WEIGHT + k] = v * passed[0, k]
        _leave_each_out(table, first, last, p, total, listened, borne.size)


@compiled
def _add_values(
    j: int,
    place: NDArray[np.int64],
    in_union: NDArray[np.bool_],
    total: NDArray[np.float64],
    heard: NDArray[np.float64],
    borne: NDArray[np.float64],
    crowd: NDArray[np.float64],
    table: NDArray[np.float64],
    values: NDArray[np.float64],
) -> None:
    """Add what each adds to the others to `values`, shape (N,), by the sums of those outside and inside the union."""
    brought = np.empty(borne.size)
    for i in range(place.size):
        sums = 2 * in_union[i]
        if i == j:
            for k in range(borne.size):
                brought[k] = 0.5 * (crowd[0, k] + crowd[2, k]) + total[sums, k] - borne[k]
        elif place[i] >= 0:
            row = place[i] * _ROW + _WITHOUT
            for k in range(borne.size):
                brought[k] = 0.5 * heard[i, k] + (total[sums, k] - table[row + k])
        else:
            for k in range(borne.size):
                brought[k] = heard[i, k] * (0.5 - total[sums + 1, k])
        values[i] += _total(brought)


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
