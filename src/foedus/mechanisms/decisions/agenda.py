"""Agenda: somebody proposes, weighing what each option would bring and whether it would pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.choice import softmax
from foedus.model.mechanism import Mechanism, Variant

MECHANISM = Mechanism(
    name="agenda",
    claim="The hub proposes more often than anybody else; proposers choose by expected utility, with errors.",
    equation=r"\Pr(g\mid i) \propto \exp\{[acc(g)\,U_i(g) + (1-acc(g))\,U_i(g_f)]/s\}",
    sources=("Baron & Ferejohn 1989 (random recognition)", "McKelvey & Palfrey 1995"),
    tried=False,
)


def proposers(gdp: NDArray[np.float64], hub: int, hub_agenda_power: float) -> NDArray[np.float64]:
    """Return each state's chance to make the proposal, shape (N,)."""
    others = gdp.copy()
    others[hub] = 0.0
    chance: NDArray[np.float64] = (1.0 - hub_agenda_power) * others / others.sum()
    chance[hub] = hub_agenda_power
    return chance


def proposals(
    utilities: NDArray[np.float64],
    fallback: NDArray[np.float64],
    acceptances: NDArray[np.float64],
    decision_noise: float,
) -> NDArray[np.float64]:
    """Return the chance that each state, if it may propose, proposes each option.

    Parameters
    ----------
    utilities : ndarray, shape (G, N)
        Utility of each option for each state.
    fallback : ndarray, shape (N,)
        Utility if a proposal is refused.
    acceptances : ndarray, shape (G,)
        Chance that the option passes.
    decision_noise : float

    Returns
    -------
    ndarray, shape (N, G)
    """
    expected = acceptances[:, None] * utilities + (1.0 - acceptances)[:, None] * fallback[None, :]
    return softmax(expected.T / decision_noise)


def on_the_table(years_worth_proposing: int, table_memory: float) -> float:
    """Return the chance that a body is on the table after some years in which it was worth proposing and did not come about.

    Parameters
    ----------
    years_worth_proposing : int
        Years before this one, within a run.
    table_memory : float
        Years; the larger, the longer a draft is taken up again.

    Notes
    -----
    ν/(ν+n) is the predictive chance of a choice that was passed over n times, where all chances are alike at first
    (Beta-Bernoulli, β = ν): the expected years on the table in N years are at most 1 + ν ln(1 + N/ν).

    Examples
    --------
    >>> [round(on_the_table(n, 0.34), 3) for n in (0, 1, 10)]
    [1.0, 0.254, 0.033]
    """
    return table_memory / (table_memory + years_worth_proposing)


def _every_year(years_worth_proposing: int, parameters: Mapping[str, float]) -> float:
    return 1.0


def _table(years_worth_proposing: int, parameters: Mapping[str, float]) -> float:
    return on_the_table(years_worth_proposing, parameters["table_memory"])


VARIANTS: Final[Mapping[str, Variant]] = {
    "table": Variant(
        "A body that was passed over for years is ever less often on the table.",
        _table,
        r"\Pr(g\ \text{on the table}) = \nu_T/(\nu_T+n)",
        ("Heckman 1981 (state dependence)",),
        (
            "How soon a body that was passed over is dropped is borrowed from signings of treaties of two: few, and weak.",
        ),
    ),
    "every-year": Variant("A body that is worth proposing is on the table every year.", _every_year),
}
"""How often a body is on the table; each takes the years it has been worth proposing and the parameters."""
