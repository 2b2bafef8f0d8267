"""Threat: hostile intent as policy distance and rivalry, seen through a leader's eyes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="threat",
    claim="States are threatened by those who want something else and have a quarrel with them.",
    equation=r"T_{ia} = pf_{ia}\left[(1-w_R) \min(1, |u_i-u_a|/d_u) + w_R R_{ia}\right],\quad "
    r"sim_{ij} = \max_a \min(T_{ia}, T_{ja}),\quad b_{ij} = b_0\, sim_{ij}",
    sources=("Walt 1987", "Bailey, Strezhnev & Voeten 2017 (ideal points)", "Thompson, Sakuwa & Suhas 2021"),
    off={"loss_at_stake": 0.0},
)


def threat(
    perception: NDArray[np.float64],
    ideal_point: NDArray[np.float64],
    adversary_ideal_point: NDArray[np.float64],
    rivalry: NDArray[np.float64],
    hostile_distance: float,
    rivalry_weight: float,
) -> NDArray[np.float64]:
    """Return the threat hazard of adversary a to state i, in [0, 1] at neutral perception, shape (N, A)."""
    apart = np.abs(ideal_point[:, None] - adversary_ideal_point[None, :]) / hostile_distance
    hazard: NDArray[np.float64] = perception * (
        (1.0 - rivalry_weight) * np.minimum(1.0, apart) + rivalry_weight * rivalry
    )
    return hazard


def shared_threat(threat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much two states fear the same adversary, shape (N, N)."""
    shared: NDArray[np.float64] = np.minimum(threat[:, None, :], threat[None, :, :]).max(axis=2)
    return shared


def aid_without_treaty(shared_threat: NDArray[np.float64], unpledged_aid: float) -> NDArray[np.float64]:
    """Return the chance that column j helps row i without any treaty, shape (N, N)."""
    return np.minimum(1.0, unpledged_aid * shared_threat)
