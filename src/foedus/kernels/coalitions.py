"""Values of a security game: what every coalition is worth, and how that is shared out.

The game: the players of a coalition help each other as their obligations say. A player without any
obligation never changes what the others are worth, it only enjoys what spills over to it. Only the
*bound* players therefore span the 2^t coalitions; the free-standing ones enter through averages.

Coalitions are visited sixteen at a time: those that differ in the first four players stand side by side in
*lanes*, so that one instruction of the machine works on several of them. Nothing is kept per coalition: memory
does not grow with their number. Every lane adds in the same order whatever the machine, so bytes are the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.bound import anchors
from foedus.kernels.compiled import compiled, fused
from foedus.kernels.contest import contest_success, success_to_power
from foedus.kernels.lanes import lane_sums, lane_weights
from foedus.kernels.powers import powers

LOW = 4
"""Players whose subsets are worked out side by side, in 2^LOW lanes."""


@compiled
def without_treaties(
    stake: NDArray[np.float64],
    attack: NDArray[np.float64],
    unaided: NDArray[np.float64],
    scale: NDArray[np.float64],
    elasticity: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the losses, shape (t, A), and the fighting per unit of help, shape (t,), of the empty coalition."""
    t, adversaries = stake.shape
    losses = np.empty((t, adversaries))
    ratios = np.empty(t)
    for j in range(t):
        own = 0.0
        for a in range(adversaries):
            losses[j, a] = stake[j, a] * success_to_power(contest_success(attack[j, a], unaided[j]), elasticity)
            own += losses[j, a]
        ratios[j] = scale[j] * own / unaided[j] if unaided[j] > 0.0 else 0.0
    return losses, ratios


@fused
def coalition_shares(
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
    averages: bool,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the exact values of the bound players over all their coalitions.

    Parameters
    ----------
    stake, attack : ndarray, shape (t, A)
        Loss if the adversary surely prevails; force it brings to bear.
    unaided : ndarray, shape (t,)
        Strength of each with the help that comes without any treaty.
    pledged, unpledged : ndarray, shape (t, t)
        Help i gets from j if both are in the coalition; help i gets from j in any case.
    spillover : ndarray, shape (A, t, t)
        Share of the loss of j to adversary a that i feels as its own.
    income : ndarray, shape (t,)
        Incomes by which losses in per cent are weighed.
    public_outside : ndarray, shape (t, A)
        Summed income-weighted spillover from j to all free-standing states.
    helpers_outside : ndarray, shape (t,)
        Help that j gets from free-standing states.
    scale : ndarray, shape (t,)
        Income times one plus recklessness: how much fighting a unit of loss of j means.
    in_union : ndarray of bool, shape (t,)
        Players that bargain as one; all False for none.
    elasticity, fighting_cost : float
    averages : bool
        Whether there are free-standing states, so that the averages are wanted.

    Returns
    -------
    values : ndarray, shape (2, t)
        Shapley value with everybody alone (0), and Owen value with the union as one (1).
    mean_saved : ndarray, shape (2, t, A)
        Average of the loss saved by j over the coalitions that a free-standing newcomer finds before it,
        when everybody comes alone (0) and when the union comes as one (1).
    mean_eased : ndarray, shape (2, t)
        The same averages of the change in fighting per unit of help.

    Notes
    -----
    Time grows as 2^t t A. Partial sums are kept per bit, so each visit adds and never subtracts, and no rounding
    drifts along the table.
    """
    t, adversaries = stake.shape
    low = min(LOW, t)
    lanes = 1 << low
    union = 0
    low_union = 0
    for i in range(t):
        union += in_union[i]
        if i < low:
            low_union += in_union[i]
    forms = 2 if union > 0 else 1
    nobody = np.zeros(low, dtype=np.bool_)
    weights_alone = lane_weights(t - low, 0, nobody, t, 0)
    weights_union = lane_weights(
        t - low - (union - low_union), union - low_union, in_union[:low], t - union + 1 if union > 0 else t, union
    )
    loss_alone, ratio_alone = without_treaties(stake, attack, unaided, scale, elasticity)
    power = 1.0 + elasticity
    strength_low = lane_sums(pledged[:, :low])
    helpers_low = lane_sums(unpledged[:, :low])
    audience_low = np.empty((adversaries, t, lanes))
    audience_part = np.empty((t, t))
    audience_all = np.empty((adversaries, t, t))
    for a in range(adversaries):
        for j in range(t):
            for z in range(t):
                audience_part[j, z] = income[z] * (1.0 if z == j else spillover[a, z, j])
        audience_all[a] = audience_part
        audience_low[a] = lane_sums(audience_part[:, :low])
    # What the first players do for j: where they do nothing, a whole block of lanes is one case for j. A spoke is
    # helped by its hub alone, and is one case too.
    anchor = anchors(pledged)
    moved = np.zeros(t, dtype=np.bool_)
    joined = np.zeros(t, dtype=np.bool_)
    for j in range(t):
        for z in range(low):
            moved[j] |= pledged[j, z] != 0.0
    # Row z holds the sums over the members of the current coalition from high bit z upwards; the row of a
    # coalition is that of its lowest bit, made from the row of its next higher bit.
    high = t - low
    strength = np.zeros((high + 1, t))
    helpers = np.zeros((high + 1, t))
    audience = np.zeros((high + 1, adversaries, t))
    strength[high] = unaided
    stack = np.empty(high + 1, dtype=np.int64)
    members = np.empty(t, dtype=np.int64)
    worth = np.empty(lanes)
    spill = np.empty(lanes)
    force = np.empty(lanes)
    success = np.empty(lanes)
    raised = np.empty(lanes)
    own = np.empty(lanes)
    work = np.empty((3, lanes))
    inside = np.ones((low + 1, lanes))
    for z in range(low):
        for k in range(lanes):
            inside[z, k] = float((k >> z) & 1)
    members_sum = np.zeros((2, 2, lanes))  # by form, in the union or not: for the first players
    absent_sum = np.zeros((2, 2, lanes))
    values = np.zeros((2, t))
    saved_sum = np.zeros((2, t, adversaries, lanes))
    eased_sum = np.zeros((2, t, lanes))
    count = 0  # high members are kept as a stack, highest bit first
    united = 0
    for mask in range(1 << high):
        row = high
        if mask > 0:
            z = 0
            while count > 0 and stack[count - 1] == z:
                united -= in_union[low + z]
                joined[low + z] = False
                count -= 1
                z += 1
            above = stack[count - 1] if count > 0 else high
            stack[count] = z
            count += 1
            united += in_union[low + z]
            joined[low + z] = True
            row = z
            for j in range(t):
                strength[z, j] = strength[above, j] + pledged[j, low + z]
                helpers[z, j] = helpers[above, j] + unpledged[j, low + z]
            for a in range(adversaries):
                for j in range(t):
                    audience[z, a, j] = audience[above, a, j] + audience_all[a, j, low + z]
        for k in range(low):
            members[k] = k
        for k in range(count):
            members[low + k] = low + stack[k]
        first = weights_alone[count, 0]
        second = weights_union[count - united, united]
        for k in range(lanes):
            worth[k] = 0.0
            spill[k] = 0.0
        for position in range(low + count):
            j = members[position]
            there = inside[min(position, low)]
            if anchor[j] >= low and not joined[anchor[j]]:
                continue  # its only helper is missing: nothing has changed for it
            force_here = strength[row, j]
            own_here = 0.0
            for k in range(lanes):
                force[k] = force_here + strength_low[j, k]
                own[k] = 0.0
            for a in range(adversaries):
                if not moved[j]:  # the same in all lanes
                    won = success_to_power(contest_success(attack[j, a], force_here), elasticity)
                    own_here += stake[j, a] * won
                    for k in range(lanes):
                        raised[k] = won
                else:
                    for k in range(lanes):
                        total = attack[j, a] + force[k]
                        success[k] = attack[j, a] / total if total > 0.0 else 0.0
                    powers(success, power, work, raised)
                    for k in range(lanes):
                        own[k] += stake[j, a] * raised[k]
                wide = audience[row, a, j]
                for k in range(lanes):
                    saved = (loss_alone[j, a] - stake[j, a] * raised[k]) * there[k]
                    worth[k] += saved * (wide + audience_low[a, j, k])
                    spill[k] += saved * public_outside[j, a]
                if averages:
                    for k in range(lanes):
                        saved = (loss_alone[j, a] - stake[j, a] * raised[k]) * there[k]
                        saved_sum[0, j, a, k] += first[8, k] * saved
                        saved_sum[1, j, a, k] += second[8, k] * saved
            help_ = helpers[row, j]
            for k in range(lanes):
                ratio = scale[j] * (own[k] + own_here) / force[k] if force[k] > 0.0 else 0.0
                eased = ratio_alone[j] - ratio
                fought = (help_ + helpers_low[j, k]) * eased - (force[k] - unaided[j]) * ratio
                worth[k] += there[k] * fighting_cost * fought
                spill[k] += there[k] * fighting_cost * helpers_outside[j] * eased
                if averages:
                    eased_sum[0, j, k] += first[8, k] * there[k] * eased
                    eased_sum[1, j, k] += second[8, k] * there[k] * eased
        for form in range(forms):
            w = second if form == 1 else first
            for kind in range(1 + form):
                both = 0.0
                for k in range(lanes):
                    absent = w[4 + 2 * kind, k] * worth[k] + w[5 + 2 * kind, k] * spill[k]
                    present = w[2 * kind, k] * worth[k] + w[1 + 2 * kind, k] * spill[k] + absent
                    absent_sum[form, kind, k] += absent
                    members_sum[form, kind, k] += present
                    raised[k] = present
                for k in range(lanes):
                    both += raised[k]
                for position in range(low, low + count):
                    j = members[position]
                    if form == 0 or in_union[j] == (kind == 1):
                        values[form, j] += both
    # The sum over coalitions without a player is that over all less those with it, so only members were visited.
    for form in range(forms):
        for j in range(t):
            kind = 1 if form == 1 and in_union[j] else 0
            for k in range(lanes):
                if j < low:
                    values[form, j] += inside[j, k] * members_sum[form, kind, k]
                values[form, j] -= absent_sum[form, kind, k]
    if forms == 1:
        values[1] = values[0]
    return values, saved_sum.sum(axis=3), eased_sum.sum(axis=2)
