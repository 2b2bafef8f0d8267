"""Worth of every coalition of a security game, and the values that share it out.

The game: the players of a coalition help each other as their obligations say. A player without any
obligation never changes what the others are worth, it only enjoys what spills over to it. Only the
*bound* players therefore span the table of 2^t coalitions; the free-standing ones enter through a second
table, the sum of what they enjoy, and through averages. Tables are exact, not sampled.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled, inlined
from foedus.kernels.contest import contest_success, success_to_power


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
def anchors(pledged: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return, for each player helped by one other alone, that other; -1 for players with several helpers.

    A spoke of a star is either helped by its hub or not at all: two cases, whatever the coalition.
    """
    t = pledged.shape[0]
    anchor = np.full(t, -1, dtype=np.int64)
    for j in range(t):
        helpers = 0
        last = j
        for k in range(t):
            if pledged[j, k] != 0.0:
                helpers += 1
                last = k
        if helpers <= 1:
            anchor[j] = last
    return anchor


@compiled
def newcomer_weights(t: int) -> NDArray[np.float64]:
    """Return s! (t - s)! / (t + 1)! for s = 0…t: the chance to come in right after given s of t players."""
    weight = np.empty(t + 1)
    weight[0] = 1.0 / (t + 1)
    for s in range(1, t + 1):
        weight[s] = weight[s - 1] * s / (t - s + 1)
    return weight


@compiled
def coalition_tables(
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
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the worth of every coalition of the bound players.

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
        Whether the averages are wanted; with a single free-standing state its share follows from `spill`.

    Returns
    -------
    worth, spill : ndarray, shape (2**t,)
        Worth to the bound members, and to all free-standing states together; bit i is player i.
    mean_saved : ndarray, shape (2, t, A)
        Average of the loss saved by j over the coalitions that a free-standing newcomer finds before it,
        when everybody comes alone (0) and when the union comes as one (1).
    mean_eased : ndarray, shape (2, t)
        The same averages of the change in fighting per unit of help.

    Notes
    -----
    Coalitions are visited by counting; partial sums are kept per bit, so each visit adds and never
    subtracts, and no rounding drifts along the table.
    """
    t, adversaries = stake.shape
    size = 1 << t
    worth = np.zeros(size)
    spill = np.zeros(size)
    mean_saved = np.zeros((2, t, adversaries))
    mean_eased = np.zeros((2, t))
    loss_alone, ratio_alone = without_treaties(stake, attack, unaided, scale, elasticity)
    union = 0
    for i in range(t):
        union += in_union[i]
    blocs = t - union + (1 if union > 0 else 0)
    weight = newcomer_weights(t)
    bloc_weight = newcomer_weights(blocs)
    # Row z holds the sums over the members of the current coalition from bit z upwards; the row of a
    # coalition is that of its lowest bit, made from the row of its next higher bit.
    strength = np.empty((t + 1, t))
    audience = np.zeros((t + 1, t, adversaries))
    helpers = np.zeros((t + 1, t))
    strength[t] = unaided
    members = np.empty(t, dtype=np.int64)
    helped = np.empty(t, dtype=np.int64)
    several = np.empty(t, dtype=np.int64)
    losses = np.zeros((t, adversaries))
    ratios = np.zeros(t)
    anchor = anchors(pledged)
    for j in range(t):
        if anchor[j] >= 0:
            strength[t, j] = unaided[j] + pledged[j, anchor[j]]
            several[0] = j
            member_losses(stake, attack, strength[t], scale, several, 1, elasticity, losses, ratios)
            strength[t, j] = unaided[j]
    # players helped by one other alone should come first: while only such bits change, just those who get
    # help from them have to be worked out again
    spokes = 0
    while spokes < t and anchor[spokes] >= 0:
        spokes += 1
    served = np.zeros(t, dtype=np.bool_)
    for j in range(t):
        for k in range(spokes):
            if pledged[j, k] != 0.0:
                served[j] = True
    count = 0  # members are kept as a stack, highest bit first
    for mask in range(1, size):
        z = 0
        while count > 0 and members[count - 1] == z:
            count -= 1
            z += 1
        above = members[count - 1] if count > 0 else t
        members[count] = z
        count += 1
        for j in range(t):
            strength[z, j] = strength[above, j] + pledged[j, z]
            helpers[z, j] = helpers[above, j] + unpledged[j, z]
            for a in range(adversaries):
                felt = 1.0 if z == j else spillover[a, z, j]
                audience[z, j, a] = audience[above, j, a] + income[z] * felt
        active = 0
        compute = 0
        for k in range(count):
            j = members[k]
            if anchor[j] < 0:
                if z >= spokes or served[j]:
                    several[compute] = j
                    compute += 1
            elif anchor[j] == j or not (mask >> anchor[j]) & 1:
                continue  # its only helper is missing: nothing has changed for it
            helped[active] = j
            active += 1
        member_losses(stake, attack, strength[z], scale, several, compute, elasticity, losses, ratios)
        worth[mask], spill[mask] = coalition_worth(
            helped, active, strength[z], audience[z], helpers[z], loss_alone, ratio_alone, unaided,
            public_outside, helpers_outside, fighting_cost, losses, ratios,
        )  # fmt: skip
        if not averages:
            continue
        in_bloc = 0
        for k in range(count):
            in_bloc += in_union[members[k]]
        met = weight[count]
        met_as_bloc = 0.0
        if in_bloc == 0:
            met_as_bloc = bloc_weight[count]
        elif in_bloc == union:
            met_as_bloc = bloc_weight[count - union + 1]
        for k in range(active):
            j = helped[k]
            eased = ratio_alone[j] - ratios[j]
            mean_eased[0, j] += met * eased
            mean_eased[1, j] += met_as_bloc * eased
            for a in range(adversaries):
                saved = loss_alone[j, a] - losses[j, a]
                mean_saved[0, j, a] += met * saved
                mean_saved[1, j, a] += met_as_bloc * saved
    return worth, spill, mean_saved, mean_eased


@compiled
def union_shares(
    worth: NDArray[np.float64], spill: NDArray[np.float64], in_union: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return the Owen value of each bound player when the players of one union bargain as one.

    With at most one player in the union this is the Shapley value.

    Parameters
    ----------
    worth, spill : ndarray, shape (2**t,)
        Tables of :func:`coalition_tables`; in the game of `spill` a free-standing player is added that has
        to be present for the worth to arise.
    in_union : ndarray of bool, shape (t,)

    Returns
    -------
    ndarray, shape (t,)
    """
    t = in_union.shape[0]
    union = 0
    for i in range(t):
        union += in_union[i]
    rest = t - union
    blocs = rest + (1 if union > 0 else 0)
    outer = np.empty(blocs)  # k! (blocs - 1 - k)! / blocs!
    outer_spill = np.empty(blocs)  # the same with the free-standing player already there: (k + 1)! … / (blocs + 1)!
    outer[0] = 1.0 / blocs
    for k in range(1, blocs):
        outer[k] = outer[k - 1] * k / (blocs - k)
    for k in range(blocs):
        outer_spill[k] = outer[k] * (k + 1) / (blocs + 1)
    inner = np.ones(max(union, 1))
    if union > 0:
        inner[0] = 1.0 / union
        for k in range(1, union):
            inner[k] = inner[k - 1] * k / (union - k)
    # A player's share is the sum of what weights say of coalitions with it, less the sum over those without
    # it. The second sum is that over all coalitions less those with it, so only members are visited.
    shares = np.zeros(t)
    without_rest = 0.0
    without_union = 0.0
    for mask in range(worth.shape[0]):
        in_bloc = 0
        alone = 0
        for i in range(t):
            if (mask >> i) & 1:
                if in_union[i]:
                    in_bloc += 1
                else:
                    alone += 1
        v = worth[mask]
        w = spill[mask]
        inside_rest = 0.0
        inside_union = 0.0
        if in_bloc == 0 or in_bloc == union:
            k = alone + (1 if union > 0 and in_bloc == union else 0)
            if k < blocs:
                absent = outer[k] * v + outer_spill[k] * w
                without_rest += absent
                inside_rest += absent
            if k > 0:
                inside_rest += outer[k - 1] * v + outer_spill[k - 1] * w
        if union > 0:
            joint = outer[alone] * v + outer_spill[alone] * w
            if in_bloc < union:
                without_union += inner[in_bloc] * joint
                inside_union += inner[in_bloc] * joint
            if in_bloc > 0:
                inside_union += inner[in_bloc - 1] * joint
        for i in range(t):
            if (mask >> i) & 1:
                shares[i] += inside_union if in_union[i] else inside_rest
    for i in range(t):
        shares[i] -= without_union if in_union[i] else without_rest
    return shares


@compiled
def newcomer_share(spill: NDArray[np.float64], in_union: NDArray[np.bool_]) -> tuple[float, float]:
    """Return what a single free-standing state gets of its spillover: everybody alone, and union as one.

    Parameters
    ----------
    spill : ndarray, shape (2**t,)
        Table of :func:`coalition_tables`.
    in_union : ndarray of bool, shape (t,)
    """
    t = in_union.shape[0]
    union = 0
    for i in range(t):
        union += in_union[i]
    blocs = t - union + (1 if union > 0 else 0)
    weight = newcomer_weights(t)
    bloc_weight = newcomer_weights(blocs)
    alone = 0.0
    united = 0.0
    for mask in range(spill.shape[0]):
        count = 0
        in_bloc = 0
        for i in range(t):
            if (mask >> i) & 1:
                count += 1
                in_bloc += in_union[i]
        alone += weight[count] * spill[mask]
        if in_bloc == 0:
            united += bloc_weight[count] * spill[mask]
        elif in_bloc == union:
            united += bloc_weight[count - union + 1] * spill[mask]
    return alone, united
