"""Values of a security game: what every coalition is worth, and how that is shared out.

The game: the players of a coalition help each other as their obligations say. It falls apart into one game per
*defended* player j: what the help of j's helpers saves, felt by j and by everybody else in the coalition. In the game of
j only the coalitions of its helpers have to be visited: a spoke of a star is two cases, not 2^n, and who is
not bound to anybody enters through an average. Values are additive, so the games are added up.

A change of one obligation changes the game of the one player it defends, and no other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.bound import SecurityGame
from foedus.kernels.compiled import compiled, fused
from foedus.kernels.contest import contest_success, success_to_power
from foedus.kernels.marginal import block_weights
from foedus.kernels.savings import savings
from foedus.kernels.subsets import subset_sums, sums_with_each, total

BLOCK = 8
"""Helpers whose 2^BLOCK coalitions are worked out together; memory does not grow with the others."""


class Played(NamedTuple):
    """The last game of every defended player, so that only games that have changed are worked out again.

    Attributes
    ----------
    pledged : ndarray, shape (N, N)
        Help by which the last game of each was played; negative before the first.
    in_union : ndarray of bool, shape (N, N)
        Who bargained as one in it.
    values : ndarray, shape (N, 2, N)
        What it was worth to everybody.
    """

    pledged: NDArray[np.float64]
    in_union: NDArray[np.bool_]
    values: NDArray[np.float64]


def nothing_played(players: int) -> Played:
    """Return the memory of a world in which no game has been played yet."""
    shape = (players, players)
    return Played(np.full(shape, -1.0), np.zeros(shape, dtype=np.bool_), np.zeros((players, 2, players)))


@fused
def exact_shares(game: SecurityGame, most_helpers: int, played: Played) -> NDArray[np.float64]:
    """Return the exact values of all players in the games of the defended who have few enough helpers.

    Parameters
    ----------
    game : SecurityGame
    most_helpers : int
        Players with more helpers are left out.
    played : Played
        Games of the same world and parameters; those with other pledges than before take the place of the old ones.

    Returns
    -------
    ndarray, shape (2, N)
        Shapley value with everybody alone (0), and Owen value with the union as one (1).
    """
    pledged, in_union, income = game.pledged, game.in_union, game.income
    n = income.size
    values = np.zeros((2, n))
    previous = (-1, -1, -1, -1, False, False)
    tables = np.empty((0, 2, 3, 2, 2, 0))
    kinds = game.stake.shape[1] + 1
    audience = np.empty((kinds, n))
    for j in range(n):
        count, united = 0, 0
        for k in range(n):
            if pledged[j, k] != 0.0:
                count += 1
                united += in_union[k]
        if not 0 < count <= most_helpers:
            continue
        helpers = np.empty(count, dtype=np.int64)  # those outside the union first
        first, second = 0, count - united
        outside, inside = False, False
        for k in range(n):
            if pledged[j, k] != 0.0:
                if in_union[k]:
                    helpers[second] = k
                    second += 1
                else:
                    helpers[first] = k
                    first += 1
            elif k != j:
                outside |= not in_union[k]
                inside |= in_union[k]
            for a in range(kinds - 1):
                audience[a, k] = income[k] * (1.0 if k == j else game.spillover[a, k, j])
            audience[kinds - 1, k] = game.fighting_cost * game.unpledged[j, k]
        if count == 1:
            add_pair(game, j, helpers[0], audience, values)
            continue
        if _changed(j, pledged, in_union, played):
            forms = 2 if united + in_union[j] + inside > 1 else 1
            setting = (count, united, int(in_union[j]), forms, outside, inside)
            if setting != previous:  # members of one body share their weights
                tables = block_weights(count, united, setting[2], forms, outside, inside, BLOCK)
                previous = setting
            add_game(game, j, helpers, audience, tables, forms, played.values[j])
        values += played.values[j]
    return values


@compiled
def _changed(j: int, pledged: NDArray[np.float64], in_union: NDArray[np.bool_], played: Played) -> bool:
    """Return whether the game of one player is not the one it played last; if so, clear the place for the new one."""
    same = True
    for k in range(in_union.size):
        same &= played.pledged[j, k] == pledged[j, k] and played.in_union[j, k] == in_union[k]
    if not same:
        played.pledged[j] = pledged[j]
        played.in_union[j] = in_union
        played.values[j] = 0.0
    return not same


@fused
def add_pair(
    game: SecurityGame, j: int, helper: int, audience: NDArray[np.float64], values: NDArray[np.float64]
) -> None:
    """Add the values of the game in which one player is defended by one helper; parameters as of :func:`add_game`.

    Nothing is saved unless both are there, so blocs share what it is worth equally, and so do the members of a bloc.
    """
    stake, attack, unaided, pledged = game.stake[j], game.attack[j], game.unaided[j], game.pledged[j, helper]
    in_union, elasticity = game.in_union, game.elasticity
    scale = game.income[j] * (1.0 + game.recklessness[j])
    adversaries = stake.size
    strength = unaided + pledged
    own, own_alone, worth = 0.0, 0.0, 0.0
    saved = np.empty(adversaries + 1)
    for a in range(adversaries):
        alone = stake[a] * success_to_power(contest_success(attack[a], unaided), elasticity)
        loss = stake[a] * success_to_power(contest_success(attack[a], strength), elasticity)
        own_alone += alone
        own += loss
        saved[a] = alone - loss
        worth += saved[a] * (audience[a, j] + audience[a, helper])
    ratio = scale * own / strength if strength > 0.0 else 0.0
    eased = (scale * own_alone / unaided if unaided > 0.0 else 0.0) - ratio
    saved[adversaries] = eased
    worth += eased * audience[adversaries, helper] - game.fighting_cost * pledged * ratio
    for form in range(2):
        values[form, j] += 0.5 * worth
        values[form, helper] += 0.5 * worth
        for i in range(in_union.size):
            if i in (j, helper):
                continue
            heard = 0.0
            for b in range(adversaries + 1):
                heard += audience[b, i] * saved[b]
            united = (in_union[i] + in_union[j] + in_union[helper]) if form == 1 else 0
            blocs = 3 - united + 1 if united > 0 else 3
            for player in (i, j, helper):
                values[form, player] += heard / blocs / (united if united > 0 and in_union[player] else 1)


@fused
def add_game(
    game: SecurityGame,
    j: int,
    helpers: NDArray[np.int64],
    audience: NDArray[np.float64],
    tables: NDArray[np.float64],
    forms: int,
    values: NDArray[np.float64],
) -> None:
    """Add the values of the game in which one player is defended.

    Parameters
    ----------
    game : SecurityGame
    j : int
        The defended.
    helpers : ndarray of int, shape (h,)
        Those outside the union first.
    audience : ndarray, shape (A + 1, N)
        What a unit of loss spared to j, by adversary, and of fighting eased is worth to everybody.
    tables : ndarray
        As :func:`foedus.kernels.marginal.block_weights` returns them.
    forms : int
        1 if everybody bargains alone, else 2.
    values : ndarray, shape (2, N)
        Added to.

    Notes
    -----
    What a coalition of helpers saves is a few numbers: the loss spared to each adversary, and the fighting eased. To
    each of them everybody in the coalition attaches a weight (``audience``). The weights of helpers and of j make
    one game on them (0); those of all others outside (1) and inside the union (2) make one each, in which one
    player more has to be there.
    """
    h, kinds = helpers.size, audience.shape[0]
    pledged, in_union = game.pledged[j], game.in_union
    scale = game.income[j] * (1.0 + game.recklessness[j])
    listening, outside, active = _listeners(j, helpers, audience, in_union)
    low = min(h, BLOCK)
    size = 1 << low
    beyond = min(h - low, in_union[helpers].sum()) + 1
    help_low, crowd_low = np.empty(size), np.empty((kinds, size))
    subset_sums(pledged[helpers], low, help_low)
    for b in range(kinds):
        subset_sums(audience[b][helpers], low, crowd_low[b])
    crowd = np.empty(kinds)
    saved, games, work = np.empty((kinds, size)), np.empty((3, size)), np.empty((5, size))
    totals = np.zeros((2, 2, size))  # by form and kind of player: sums over blocks, for helpers in the block
    block, absent = np.empty((2, 2)), np.zeros((2, 2))
    sums, means = np.zeros((2, 2, h)), np.zeros((2, 3, kinds))
    for mask in range(1 << (h - low)):
        strength = game.unaided[j]
        alone, united = 0, 0
        crowd[:] = audience[:, j]
        crowd[kinds - 1] = 0.0  # nobody fights for itself
        for z in range(low, h):
            if (mask >> (z - low)) & 1:
                strength += pledged[helpers[z]]
                crowd += audience[:, helpers[z]]
                if in_union[helpers[z]]:
                    united += 1
                else:
                    alone += 1
        savings(
            game.stake[j],
            game.attack[j],
            game.unaided[j],
            strength,
            help_low,
            scale,
            game.elasticity,
            game.fighting_cost,
            work,
            saved,
            games[0],
        )
        _worths(saved, crowd, crowd_low, outside, active, games)
        here = tables[alone * beyond + united]
        _weigh(here, games, active, forms, work, totals, absent, block)
        _listen(here, saved, active, forms, work[0], means)
        for z in range(low, h):
            if (mask >> (z - low)) & 1:
                sums[:, :, z] += block
    for form in range(forms):
        for kind in range(1 + form):
            sums_with_each(totals[form, kind], low, sums[form, kind])
    for form in range(2):
        found = min(form, forms - 1)
        for k in range(h):
            kind = 1 if found == 1 and in_union[helpers[k]] else 0
            values[form, helpers[k]] += sums[found, kind, k] - absent[found, kind]
        kind = 1 if found == 1 and in_union[j] else 0
        values[form, j] += totals[found, kind, 0] - absent[found, kind]  # folded, the first entry holds the sum of all
        for i in np.flatnonzero(listening):
            for b in range(kinds):
                values[form, i] += audience[b, i] * means[found, 2 if in_union[i] else 1, b]


@compiled
def _listeners(
    j: int, helpers: NDArray[np.int64], audience: NDArray[np.float64], in_union: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.float64], NDArray[np.bool_]]:
    """Return who is neither defended nor a helper, their summed weights by game, and which of the games there are."""
    listening = np.ones(in_union.size, dtype=np.bool_)
    listening[j] = False
    for k in helpers:
        listening[k] = False
    outside = np.zeros((3, audience.shape[0]))
    active = np.array([True, False, False])
    for i in np.flatnonzero(listening):
        game = 2 if in_union[i] else 1
        active[game] = True
        outside[game] += audience[:, i]
    return listening, outside, active


@fused
def _worths(
    saved: NDArray[np.float64],
    crowd: NDArray[np.float64],
    crowd_low: NDArray[np.float64],
    outside: NDArray[np.float64],
    active: NDArray[np.bool_],
    games: NDArray[np.float64],
) -> None:
    """Weigh what is saved by who is there (added to game 0), and by those who listen (games 1 and 2)."""
    size = saved.shape[1]
    for b in range(saved.shape[0]):
        one, there, worth = saved[b], crowd_low[b], games[0]
        for k in range(size):
            worth[k] += one[k] * (crowd[b] + there[k])
    for game in range(1, 3):
        if active[game]:
            worth = games[game]
            for k in range(size):
                worth[k] = saved[0, k] * outside[game, 0]
            for b in range(1, saved.shape[0]):
                for k in range(size):
                    worth[k] += saved[b, k] * outside[game, b]


@fused
def _weigh(
    here: NDArray[np.float64],
    games: NDArray[np.float64],
    active: NDArray[np.bool_],
    forms: int,
    work: NDArray[np.float64],
    totals: NDArray[np.float64],
    absent: NDArray[np.float64],
    block: NDArray[np.float64],
) -> None:
    """Add the worths of a block, by weight, to the totals for members and to those for the absent; and sum it up."""
    size = games.shape[1]
    raises, lowers = work[0], work[1]
    for form in range(forms):
        for kind in range(1 + form):
            first, gone, worth, sums = here[form, 0, kind, 0], here[form, 0, kind, 1], games[0], totals[form, kind]
            for k in range(size):
                raises[k] = first[k] * worth[k]
                lowers[k] = gone[k] * worth[k]
            for game in range(1, 3):
                if active[game]:
                    first, gone, worth = here[form, game, kind, 0], here[form, game, kind, 1], games[game]
                    for k in range(size):
                        raises[k] += first[k] * worth[k]
                        lowers[k] += gone[k] * worth[k]
            for k in range(size):
                sums[k] += raises[k]
            absent[form, kind] += total(lowers)
            block[form, kind] = total(raises)


@fused
def _listen(
    here: NDArray[np.float64],
    saved: NDArray[np.float64],
    active: NDArray[np.bool_],
    forms: int,
    work: NDArray[np.float64],
    means: NDArray[np.float64],
) -> None:
    """Add what is saved in a block, by weight, to the averages that reach those who listen."""
    for form in range(forms):
        for game in range(1, 3):
            if active[game]:
                kind = game - 1 if form == 1 else 0
                both, gone = here[form, game, kind, 0], here[form, game, kind, 1]
                for b in range(saved.shape[0]):
                    one = saved[b]
                    for k in range(work.size):
                        work[k] = (both[k] - gone[k]) * one[k]
                    means[form, game, b] += total(work)
