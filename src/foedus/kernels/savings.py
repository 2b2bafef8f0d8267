"""What help saves: losses spared and fighting eased, for many coalitions of helpers at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import fused
from foedus.kernels.contest import contest_success, success_to_power
from foedus.kernels.powers import powers


@fused
def savings(
    stake: NDArray[np.float64],
    attack: NDArray[np.float64],
    unaided: float,
    base: float,
    help_low: NDArray[np.float64],
    scale: float,
    elasticity: float,
    fighting_cost: float,
    work: NDArray[np.float64],
    saved: NDArray[np.float64],
    fought: NDArray[np.float64],
) -> None:
    """Put what the coalitions of a block save the defended, and what that costs them, into tables.

    Parameters
    ----------
    stake, attack : ndarray, shape (A,)
    unaided, base : float
        Strength without any treaty, and with the helpers that all coalitions of the block have.
    help_low : ndarray, shape (L,)
        What the helpers add in whom the coalitions differ.
    work : ndarray, shape (5, L)
        Overwritten.
    saved : ndarray, shape (A + 1, L)
        Loss spared to each adversary; fighting eased, per unit of help.
    fought : ndarray, shape (L,)
        Gain (negative) from the fighting of those who are pledged to help.
    """
    size, adversaries = help_low.size, stake.size
    success, raised = work[3], work[4]
    lost = saved[adversaries]
    for k in range(size):
        lost[k] = 0.0
    own_alone = 0.0
    for a in range(adversaries):
        alone = stake[a] * success_to_power(contest_success(attack[a], unaided), elasticity)
        own_alone += alone
        force, at_stake, spared = attack[a], stake[a], saved[a]
        for k in range(size):
            against = force + (base + help_low[k])
            success[k] = force / against if against > 0.0 else 0.0
        powers(success, 1.0 + elasticity, work, raised)
        for k in range(size):
            lost[k] += at_stake * raised[k]
            spared[k] = alone - at_stake * raised[k]
    ratio_alone = scale * own_alone / unaided if unaided > 0.0 else 0.0
    for k in range(size):
        strength = base + help_low[k]
        ratio = scale * lost[k] / strength if strength > 0.0 else 0.0
        fought[k] = -fighting_cost * (strength - unaided) * ratio
        lost[k] = ratio_alone - ratio
