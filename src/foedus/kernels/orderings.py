"""Values of a security game from sampled orderings, for more players than a table can hold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.coalitions import without_treaties
from foedus.kernels.compiled import compiled, inlined
from foedus.kernels.contest import contest_success, success_to_power


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
    stake: NDArray[np.float64],
    attack: NDArray[np.float64],
    unaided: NDArray[np.float64],
    pledged: NDArray[np.float64],
    unpledged: NDArray[np.float64],
    spillover: NDArray[np.float64],
    income: NDArray[np.float64],
    public_outside: NDArray[np.float64],
    helpers_outside: NDArray[np.float64],
    scale: NDArray[np.float64],
    loss_alone: NDArray[np.float64],
    ratio_alone: NDArray[np.float64],
    elasticity: float,
    fighting_cost: float,
    shares: NDArray[np.float64],
    mean_saved: NDArray[np.float64],
    mean_eased: NDArray[np.float64],
) -> None:
    """Let the players come in one order; add marginal worths, and what newcomers find at bloc borders."""
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
            sequence, position + 1, strength, audience, helpers, loss_alone, ratio_alone, unaided,
            public_outside, helpers_outside, fighting_cost, losses, ratios,
        )  # fmt: skip
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
    stake: NDArray[np.float64],
    attack: NDArray[np.float64],
    unaided: NDArray[np.float64],
    pledged: NDArray[np.float64],
    unpledged: NDArray[np.float64],
    spillover: NDArray[np.float64],
    income: NDArray[np.float64],
    public_outside: NDArray[np.float64],
    helpers_outside: NDArray[np.float64],
    scale: NDArray[np.float64],
    in_union: NDArray[np.bool_],
    elasticity: float,
    fighting_cost: float,
    orderings: NDArray[np.int64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return values estimated from orderings of the players, with their standard errors.

    Every ordering is used twice, forwards and backwards, which cancels much of the error.

    Parameters
    ----------
    stake, …, fighting_cost
        As in :func:`foedus.kernels.coalitions.coalition_shares`.
    orderings : ndarray of int, shape (R, t)
        Random permutations.

    Returns
    -------
    values, errors : ndarray, shape (2, t)
        Values with everybody alone (0) and with the union as one (1), and their standard errors.
    mean_saved : ndarray, shape (2, t, A)
    mean_eased : ndarray, shape (2, t)
        As in :func:`foedus.kernels.coalitions.coalition_shares`.
    """
    t, adversaries = stake.shape
    loss_alone, ratio_alone = without_treaties(stake, attack, unaided, scale, elasticity)
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
    for form in range(2):
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
                    sequence, bloc_of, blocs, stake, attack, unaided, pledged, unpledged, spillover, income,
                    public_outside, helpers_outside, scale, loss_alone, ratio_alone, elasticity,
                    fighting_cost, pair, mean_saved[form], mean_eased[form],
                )  # fmt: skip
            for j in range(t):
                half = 0.5 * pair[j]
                values[form, j] += half
                squares[form, j] += half * half
    mean_saved /= 2.0 * rounds
    mean_eased /= 2.0 * rounds
    values /= rounds
    errors = np.sqrt(np.maximum(squares / rounds - values * values, 0.0) / max(rounds - 1, 1))
    return values, errors, mean_saved, mean_eased
