"""Security: help makes attack less likely to succeed and so less likely to come."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.contest import contest_losses
from foedus.kernels.sums import row_sums
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="security",
    claim="Allies add their force; adversaries attack less where they would win less.",
    equation=r"P_i(S) = K_i + \sum_j b_{ij}H_{ij} + 1[i\in S]\sum_{j\in S}(1-b_{ij})\,c_1 O_{ij}H_{ij},\quad "
    r"w_{ia} = \frac{Q_{ia}}{Q_{ia}+P_i},\quad \ell_{ia} = L_0 T_{ia} w_{ia}^{1+\eta}",
    sources=("Skaperdas 1996 (ratio contest)", "Leeds 2003 (defence pacts deter)"),
    off={"loss_at_stake": 0.0},
    component="security",
    order=1,
    label="security",
    signed=("security", "less security"),
    short="sec.",
    ink="blue",
    weight=("loss_at_stake",),
    assumptions=("Help adds up, contests follow the ratio form, and defence efforts do not react.",),
)


def unpledged_help(aid_without_treaty: NDArray[np.float64], help_at_hand: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the help row i may expect from column j without any treaty, capability index, shape (N, N)."""
    return aid_without_treaty * help_at_hand


def pledged_help(
    aid_without_treaty: NDArray[np.float64],
    help_at_hand: NDArray[np.float64],
    obligation: NDArray[np.float64],
    treaty_reliability: float,
) -> NDArray[np.float64]:
    """Return the help that obligations add, capability index, shape (N, N)."""
    return (1.0 - aid_without_treaty) * treaty_reliability * obligation * help_at_hand


def strength_alone(
    capability_available: NDArray[np.float64], unpledged_help: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return what defends each state without any treaty, capability index, shape (N,)."""
    strength: NDArray[np.float64] = capability_available + row_sums(unpledged_help)
    return strength


def strength_allied(strength_alone: NDArray[np.float64], pledged_help: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what defends each state with all treaties, capability index, shape (N,)."""
    strength: NDArray[np.float64] = strength_alone + row_sums(pledged_help)
    return strength


def stake(threat: NDArray[np.float64], loss_at_stake: float) -> NDArray[np.float64]:
    """Return the loss if the adversary surely prevails, % of GDP a year, shape (N, A)."""
    return loss_at_stake * threat


def loss_alone(
    stake: NDArray[np.float64],
    hostile_force: NDArray[np.float64],
    strength_alone: NDArray[np.float64],
    deterrence_elasticity: float,
) -> NDArray[np.float64]:
    """Return the own loss expected without any treaty, % of GDP a year, shape (N, A)."""
    return contest_losses(stake, hostile_force, strength_alone, deterrence_elasticity)


def loss_allied(
    stake: NDArray[np.float64],
    hostile_force: NDArray[np.float64],
    strength_allied: NDArray[np.float64],
    deterrence_elasticity: float,
) -> NDArray[np.float64]:
    """Return the own loss expected with all treaties, % of GDP a year, shape (N, A)."""
    return contest_losses(stake, hostile_force, strength_allied, deterrence_elasticity)


def spared(felt_loss_alone: NDArray[np.float64], felt_loss_allied: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the loss that the architecture spares each state before it is answered, % of GDP a year, shape (N,)."""
    return felt_loss_alone - felt_loss_allied


def security(spared: NDArray[np.float64], answer: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the loss that the architecture spares each state, % of GDP a year, shape (N,)."""
    return spared - answer
