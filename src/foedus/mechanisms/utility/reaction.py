"""The adversary's answer: an alliance that grows deters by the force it adds, and provokes by the same force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.contest import contest_losses
from foedus.kernels.sums import felt, quotients, weighted_columns
from foedus.model.mechanism import Mechanism, Variant

MECHANISM = Mechanism(
    name="reaction",
    claim="What an alliance adds to the force that an adversary would meet deters it, and makes it arm and take alarm.",
    equation=r"G_a = \frac{\sum_i T_{ia}Q_{ia}\max(0, P_i(g)-P_i(g^0))}{\sum_i T_{ia}Q_{ia}P_i(g^0)},\quad "
    r"\ell'_{ia} = L_0\,T_{ia}\max(0, 1+r_T G_a)\Big(\frac{Q_{ia}(1+r_Q G_a)}{Q_{ia}(1+r_Q G_a)+P_i}\Big)^{1+\eta}",
    sources=("Jervis 1978 (security dilemma)", "Richardson 1960 (arms races)", "Glaser 1997", "Kydd 2005"),
    off={"answer_effort": 0.0, "answer_alarm": 0.0},
)


def pressure(
    threat: NDArray[np.float64],
    hostile_force: NDArray[np.float64],
    strength_standing: NDArray[np.float64],
    strength_allied: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return by what share the force that each adversary would meet grows over what is in force, shape (A,).

    States count by how hostile an adversary is to them and how much force it brings to bear there. What is given up is
    not answered.
    """
    where = threat * hostile_force
    added = np.maximum(0.0, strength_allied - strength_standing)
    return quotients(weighted_columns(where, added), weighted_columns(where, strength_standing))


def answer(
    stake: NDArray[np.float64],
    hostile_force: NDArray[np.float64],
    strength_allied: NDArray[np.float64],
    spillover: NDArray[np.float64],
    felt_loss_allied: NDArray[np.float64],
    pressure: NDArray[np.float64],
    deterrence_elasticity: float,
    answer_effort: float,
    answer_alarm: float,
) -> NDArray[np.float64]:
    """Return the loss that the answers of the adversaries add, members or not, % of GDP a year, shape (N,).

    Below 0 where adversaries give way (a negative alarm): growth then deters by more than the force it adds.
    """
    if answer_effort == 0.0 and answer_alarm == 0.0:
        return np.zeros(strength_allied.size)
    angered = stake * np.maximum(0.0, 1.0 + answer_alarm * pressure)
    armed = hostile_force * (1.0 + answer_effort * pressure)
    return felt(contest_losses(angered, armed, strength_allied, deterrence_elasticity), spillover) - felt_loss_allied


def _ignores(parameters: Mapping[str, float]) -> dict[str, float]:
    return dict(MECHANISM.off)


def _answers(parameters: Mapping[str, float]) -> dict[str, float]:
    return {name: parameters[name] for name in MECHANISM.off}


VARIANTS: Final[Mapping[str, Variant]] = {
    "ignores": Variant(
        "Adversaries answer new institutions through trade alone.",
        _ignores,
        r"r_Q = r_T = 0",
        assumptions=(
            "Adversaries react to new institutions through trade alone: exposure blocks change, not multilateralism as such.",
        ),
    ),
    "answers": Variant(
        "Adversaries make good part of the force that an alliance adds against them, and take alarm.",
        _answers,
        assumptions=(
            "Adversaries answer what is new by arms and alarm at once, and everywhere alike: also those left outside pay for it.",
            "Members bargain over what an alliance brings before it is answered.",
        ),
    ),
}
"""How adversaries answer an alliance that grows; each takes the parameters and returns those of the answer, by name."""
