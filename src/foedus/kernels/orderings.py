"""Values of a security game from sampled orderings, for more players than a table can hold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.bound import BoundGame, SecurityGame, bound_game
from foedus.kernels.compiled import compiled, inlined
from foedus.kernels.contest import contest_success, success_to_power


def random_orderings(players: int, rounds: int) -> NDArray[np.int64]:
    """Return random permutations, always the same ones for the same number of players, shape (rounds, players)."""
    if rounds == 0:
        return np.empty((0, players), dtype=np.int64)
    rng = np.random.Generator(np.random.Philox(key=players))
    return rng.permuted(np.tile(np.arange(players), (rounds, 1)), axis=1)


@inlined
def member_losses(
    stake: NDArray[np.float64],
    attack: NDArray[np.float64],
    strength: NDArray[np.float64],
    scale: NDArray[np.float64],
    members: NDArray[np.int64],
    count: int,
    elasticity: float,
    losses: NDArray[np.float64],
    ratios: NDArray[np.float64],
) -> None:
    """Put losses, and fighting per unit of help, of some members into arrays; the other rows stay."""
    adversaries = stake.shape[1]
    for k in range(count):
        j = members[k]
        own = 0.0
        for a in range(adversaries):
            loss = stake[j, a] * success_to_power(contest_success(attack[j, a], strength[j]), elasticity)
            losses[j, a] = loss
            own += loss
        ratios[j] = scale[j] * own / strength[j] if strength[j] > 0.0 else 0.0


@inlined
def coalition_worth(
    members: NDArray[np.int64],
    count: int,
    strength: NDArray[np.float64],
    audience: NDArray[np.float64],
    helpers: NDArray[np.float64],
    loss_alone: NDArray[np.float64],
    ratio_alone: NDArray[np.float64],
    unaided: NDArray[np.float64],
    public_outside: NDArray[np.float64],
    helpers_outside: NDArray[np.float64],
    fighting_cost: float,
    losses: NDArray[np.float64],
    ratios: NDArray[np.float64],
) -> tuple[float, float]:
    """Return the worth of a coalition to its members and to all free-standing states together."""
    worth = 0.0
    spill = 0.0
    fought = 0.0
    fought_outside = 0.0
    adversaries = losses.shape[1]
    for k in range(count):
        j = members[k]
        for a in range(adversaries):
            saved = loss_alone[j, a] - losses[j, a]
            worth += saved * audience[j, a]
            spill += saved * public_outside[j, a]
        eased = ratio_alone[j] - ratios[j]
        fought += helpers[j] * eased - (strength[j] - unaided[j]) * ratios[j]
        fought_outside += helpers_outside[j] * eased
    return worth + fighting_cost * fought, spill + fighting_cost * fought_outside


@compiled
def _run_ordering(
    sequence: NDArray[np.int64],
    bloc_of: NDArray[np.int64],
    blocs: int,
    game: BoundGame,
    loss_alone: NDArray[np.float64],
    ratio_alone: NDArray[np.float64],
    shares: NDArray[np.float64],
    mean_saved: NDArray[np.float64],
    mean_eased: NDArray[np.float64],
) -> None:
    """Let the players come in one order; add marginal worths, and what newcomers find at bloc borders."""
    stake, attack, unaided, pledged, unpledged = game.stake, game.attack, game.unaided, game.pledged, game.unpledged
    spillover, income, scale = game.spillover, game.income, game.scale
    elasticity, fighting_cost = game.elasticity, game.fighting_cost
    t, adversaries = stake.shape
    strength = unaided.copy()
    audience = np.zeros((t, adversaries))
    helpers = np.zeros(t)
    losses = np.zeros((t, adversaries))
    ratios = np.zeros(t)
    before_worth = 0.0
    before_spill = 0.0
    bloc_position = 0
    for position in range(t):
        z = sequence[position]
        for j in range(t):
            strength[j] += pledged[j, z]
            helpers[j] += unpledged[j, z]
            for a in range(adversaries):
                audience[j, a] += income[z] if z == j else income[z] * spillover[a, z, j]
        member_losses(stake, attack, strength, scale, sequence, position + 1, elasticity, losses, ratios)
        worth, spill = coalition_worth(
            sequence,
            position + 1,
            strength,
            audience,
            helpers,
            loss_alone,
            ratio_alone,
            unaided,
            game.public_outside,
            game.helpers_outside,
            fighting_cost,
            losses,
            ratios,
        )
        earlier = (bloc_position + 1.0) / (blocs + 1.0)  # chance that a free-standing state came before
        shares[z] += worth - before_worth + earlier * (spill - before_spill)
        before_worth, before_spill = worth, spill
        last = position == t - 1
        if last or bloc_of[sequence[position + 1]] != bloc_of[z]:
            bloc_position += 1
            for k in range(position + 1):
                j = sequence[k]
                mean_eased[j] += (ratio_alone[j] - ratios[j]) / (blocs + 1.0)
                for a in range(adversaries):
                    mean_saved[j, a] += (loss_alone[j, a] - losses[j, a]) / (blocs + 1.0)


@compiled
def sampled_shares(
    game: SecurityGame, most_helpers: int, orderings: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return estimated values of all players in the games of the defended who have too many helpers for exact ones.

    Parameters
    ----------
    game : SecurityGame
    most_helpers : int
        Players with so many helpers or fewer are left to :func:`foedus.kernels.coalitions.exact_shares`.
    orderings : ndarray of int, shape (R, N)
        Random permutations.

    Returns
    -------
    values, errors : ndarray, shape (2, N)
        Values with everybody alone (0) and with the union as one (1), and their standard errors.
    """
    n = game.income.size
    wide = np.zeros((n, n))
    tied = np.zeros(n, dtype=np.bool_)
    for j in range(n):
        if np.count_nonzero(game.pledged[j]) > most_helpers:
            wide[j] = game.pledged[j]
            tied |= game.pledged[j] != 0.0
            tied[j] = True
    values, errors = np.zeros((2, n)), np.zeros((2, n))
    bound, free = np.flatnonzero(tied), np.flatnonzero(~tied)
    t = bound.size
    if t == 0:
        return values, errors
    place = np.full(n, -1)
    place[bound] = np.arange(t)
    among = np.empty((orderings.shape[0], t), dtype=np.int64)
    for r in range(orderings.shape[0]):
        at = 0
        for k in range(n):
            if place[orderings[r, k]] >= 0:
                among[r, at] = place[orderings[r, k]]
                at += 1
    found, spread, saved, eased = sampled_game(bound_game(game, wide, bound, free), among)
    values[:, bound] = found
    errors[:, bound] = spread
    for form in range(2):
        for i in free:
            for k in range(t):
                values[form, i] += game.fighting_cost * eased[form, k] * game.unpledged[bound[k], i]
                for a in range(game.stake.shape[1]):
                    values[form, i] += game.income[i] * saved[form, k, a] * game.spillover[a, i, bound[k]]
    return values, errors


@compiled
def sampled_game(
    game: BoundGame, orderings: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return values of the bound players estimated from orderings, with their standard errors.

    Every ordering is used twice, forwards and backwards, which cancels much of the error.

    Parameters
    ----------
    game : BoundGame
    orderings : ndarray of int, shape (R, t)

    Returns
    -------
    values, errors : ndarray, shape (2, t)
    mean_saved : ndarray, shape (2, t, A)
        Average of the loss saved by j over the coalitions that a free-standing newcomer finds before it,
        when everybody comes alone (0) and when the union comes as one (1).
    mean_eased : ndarray, shape (2, t)
        The same averages of the change in fighting per unit of help.
    """
    in_union = game.in_union
    t, adversaries = game.stake.shape
    loss_alone, ratio_alone = np.zeros((t, adversaries)), np.zeros(t)
    member_losses(
        game.stake, game.attack, game.unaided, game.scale, np.arange(t), t, game.elasticity, loss_alone, ratio_alone
    )
    first = -1
    union = 0
    for i in range(t):
        if in_union[i]:
            union += 1
            if first < 0:
                first = i
    values = np.zeros((2, t))
    squares = np.zeros((2, t))
    mean_saved = np.zeros((2, t, adversaries))
    mean_eased = np.zeros((2, t))
    rounds = orderings.shape[0]
    sequence = np.empty(t, dtype=np.int64)
    for form in range(2 if union > 1 else 1):
        bloc_of = np.arange(t)
        blocs = t
        if form == 1 and union > 0:
            blocs = t - union + 1
            for i in range(t):
                if in_union[i]:
                    bloc_of[i] = first
        for r in range(rounds):
            pair = np.zeros(t)
            inner = (r + 1) % rounds  # the order inside the bloc must not depend on where the bloc comes
            for flip in range(2):
                at = 0
                for k in range(t):
                    z = orderings[r, t - 1 - k] if flip else orderings[r, k]
                    if form == 1 and in_union[z]:
                        if z != first:
                            continue  # the bloc comes where its first-listed member comes
                        for k2 in range(t):
                            y = orderings[inner, t - 1 - k2] if flip else orderings[inner, k2]
                            if in_union[y]:
                                sequence[at] = y
                                at += 1
                    else:
                        sequence[at] = z
                        at += 1
                _run_ordering(
                    sequence,
                    bloc_of,
                    blocs,
                    game,
                    loss_alone,
                    ratio_alone,
                    pair,
                    mean_saved[form],
                    mean_eased[form],
                )
            for j in range(t):
                half = 0.5 * pair[j]
                values[form, j] += half
                squares[form, j] += half * half
    if union < 2:  # a union of one bargains like anybody
        values[1], squares[1], mean_saved[1], mean_eased[1] = values[0], squares[0], mean_saved[0], mean_eased[0]
    mean_saved /= 2.0 * rounds
    mean_eased /= 2.0 * rounds
    values /= rounds
    errors = np.sqrt(np.maximum(squares / rounds - values * values, 0.0) / max(rounds - 1, 1))
    return values, errors, mean_saved, mean_eased
