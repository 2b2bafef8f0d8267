"""Alliances among agents: pairs that gain by pooling power become agents themselves, level upon level.

Two agents of a level pool their power, times 1.2, times how near they stand; they ally if each gets more by its Shapley
value than it has alone. Every pair makes its offer in turn, and an offer is taken when it beats what both hold. The
alliance is an agent of the next level and plays on there, its position being the nearness of its members.

The rule is that of the example, with what is odd in it: an agent that is left for a better offer may keep the offer it
held, so that a third one joins an alliance; and when both already are in alliances, one of the two alliances, by the
toss of a coin, takes over the power and position of the pair. Only these coins are random.

References
----------
Mesa 3.3, example "Alliance formation" (mesa.examples.advanced.alliance_formation).
Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games II: 307-317.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.kernels.metaagents import rise
from foedus.vocabulary.errors import fail

__all__ = ["Alliances", "coins_of", "form_alliances"]


@dataclass(frozen=True, eq=False)
class Alliances:
    """Agents and the alliances they formed, which stand behind them in the order of their forming."""

    agents: int
    """How many agents there were at first."""
    level: NDArray[np.int64]
    """Shape (agents + alliances,). 0 for agents, 1 for alliances of agents, 2 for alliances of these."""
    power: NDArray[np.float64]
    position: NDArray[np.float64]
    """Shape (agents + alliances,)."""
    alliance: NDArray[np.int64]
    """Shape (agents + alliances,); index of the alliance that one is in; -1 for none."""

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many members, of the level below, each alliance has, shape (alliances,)."""
        bound = self.alliance[self.alliance >= 0]
        return np.bincount(bound, minlength=len(self.level))[self.agents :].astype(np.int64)


def coins_of(agents: int, steps: int, seed: int) -> NDArray[np.bool_]:
    """Return the coins of a run, as many as could be wanted, shape (2 · agents · steps,).

    Examples
    --------
    >>> coins_of(3, 2, seed=1).shape
    (12,)
    """
    return np.random.default_rng(seed).random(2 * agents * steps) < 0.5


def form_alliances(power: ArrayLike, position: ArrayLike, steps: int = 3, seed: int = 1) -> Alliances:
    """Return the alliances that agents form in some steps.

    Parameters
    ----------
    power, position : array_like, shape (N,)
        Each in 0..1.
    steps : int
        How often every level looks for better pairs, 0 or more.
    seed : int
        Of the coins, 0 or more.

    Returns
    -------
    Alliances
        The same for the same seed.

    Raises
    ------
    FoedusError
        No agents, unequal lengths, values outside 0..1, or a number of steps or a seed below 0.

    Notes
    -----
    The example takes its coins in the order of a set, hence of memory addresses; here the earlier of the two agents
    comes first. With the coins in this order both give the same alliances to the last bit. Where the example would
    stop because the partner to be left is gone already, the step goes on.

    References
    ----------
    Mesa 3.3, example "Alliance formation" (mesa.examples.advanced.alliance_formation).

    Examples
    --------
    Nobody is there to ally with.

    >>> form_alliances([0.5], [0.5]).sizes.tolist()
    []
    >>> form_alliances([0.5, 0.5], [0.4, 0.4]).sizes.tolist()
    [2]
    """
    try:
        strong, stand = np.array(power, dtype=np.float64), np.array(position, dtype=np.float64)
    except (TypeError, ValueError):
        raise fail("agents", "power and position have to be numbers", "Give one per agent") from None
    if strong.ndim != 1 or strong.shape != stand.shape or not strong.size:
        text = f"power has shape {strong.shape} and position {stand.shape}"
        raise fail("agents", text, "Give one number of each per agent, for one agent at least")
    if not all(np.all((values >= 0) & (values <= 1)) for values in (strong, stand)):
        raise fail("agents", "power or position is outside 0..1", "Scale them to 0..1")
    if steps < 0 or seed < 0:
        raise fail("agents", f"{steps} steps with seed {seed}", "Give 0 or more of each")
    return Alliances(strong.size, *rise(strong, stand, steps, coins_of(strong.size, steps, seed)))
