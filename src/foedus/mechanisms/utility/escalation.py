"""Escalation: two governments raise a quarrel as long as raising pays at home and costs little abroad."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.contest import losses_without_each_helper
from foedus.kernels.mutual_response import mutual_response
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="escalation",
    claim="Domestic gain drives escalation, the other's escalation makes backing down costly, lost security holds back.",
    equation=r"s_{ij} = \ell^{tot}_i(P_i - help_{j\to i}) - \ell^{tot}_i(P_i),\qquad "
    r"\pi_{ij} = \sigma(d_{ij} - k_E - k_S(1-\rho_i)s_{ij} + \chi\,\pi_{ji})",
    sources=("Fearon 1994 (audience costs)", "McKelvey & Palfrey 1995; Signorino 1999 (logit equilibrium)"),
    off={"escalation_cost": 0.0},
)


def quarrelling(grievance: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return the dyads in which at least one side has a grievance, shape (N, N)."""
    both: NDArray[np.bool_] = (grievance + grievance.T) > 0
    return both


def security_stake(
    stake: NDArray[np.float64],
    hostile_force: NDArray[np.float64],
    strength_allied: NDArray[np.float64],
    unpledged_help: NDArray[np.float64],
    pledged_help: NDArray[np.float64],
    quarrelling: NDArray[np.bool_],
    deterrence_elasticity: float,
) -> NDArray[np.float64]:
    """Return the loss row i would add by losing the help of column j, % of GDP a year, shape (N, N)."""
    return losses_without_each_helper(
        stake,
        hostile_force,
        strength_allied,
        unpledged_help + pledged_help,
        quarrelling,
        deterrence_elasticity,
    )


def escalation(
    grievance: NDArray[np.float64],
    quarrelling: NDArray[np.bool_],
    security_stake: NDArray[np.float64],
    rescue: NDArray[np.float64],
    escalation_threshold: float,
    security_weight: float,
    backing_down_cost: float,
) -> NDArray[np.float64]:
    """Return the probability that row i escalates against column j, shape (N, N); 0 where nobody quarrels."""
    price = security_weight * (1.0 - rescue)[:, None] * security_stake
    return mutual_response(grievance - escalation_threshold - price, quarrelling, backing_down_cost)
