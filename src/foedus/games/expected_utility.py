"""Expected utility bargaining: actors on a line challenge each other, and the weak move.

The formulation is that of Scholz, Calbert and Smith, who rebuilt a model that was never published in full. Two of its
features are odd and kept, because the published rounds depend on them: votes are divided by the votes over all pairs
of positions, so probabilities are small; and among compromises an actor takes the one whose weighted position is
lowest, not the nearest.

References
----------
Bueno de Mesquita, B. and Stokman, F. (eds) (1994). European Community Decision Making. Yale University Press.
Scholz, J. B., Calbert, G. J. and Smith, G. A. (2011). Unravelling Bueno de Mesquita's group decision model. Journal of
Theoretical Politics 23(4): 510-531.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.vocabulary.errors import fail

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Arena:
    """Actors on one issue.

    Raises
    ------
    FoedusError
        Values that are negative or not finite, saliences above 1, or an issue without length.
    """

    capability: Floats
    """Shape (N,); power, any unit."""
    salience: Floats
    """Shape (N,); how much of it the issue is worth, 0..1."""
    span: float
    """Length of the issue, in the unit of the positions."""

    def __post_init__(self) -> None:
        both = np.concatenate([self.capability, self.salience])
        if not np.all(np.isfinite(both)) or np.any(both < 0) or np.any(self.salience > 1):
            raise fail("arena", "capabilities have to be 0 or more, saliences 0 to 1")
        if not np.isfinite(self.span) or self.span <= 0:
            raise fail("arena", "all actors want the same, so there is nothing to bargain over")

    def votes(self, position: Floats, risk: Floats) -> Floats:
        """Return each actor's vote for one position over another, shape (N, N, N): voter, for, against."""
        away = (np.abs(position[:, None] - position[None, :]) / self.span) ** risk[:, None]
        weight = (self.capability * self.salience)[:, None, None]
        votes: Floats = weight * (away[:, None, :] - away[:, :, None])
        return votes

    def victory(self, position: Floats, risk: Floats) -> Floats:
        """Return the chance that one actor's position beats another's, shape (N, N)."""
        votes = self.votes(position, risk)
        every = float(np.abs(votes).sum())
        if every == 0.0:
            return np.zeros((len(position), len(position)))
        chance: Floats = np.maximum(votes, 0.0).sum(axis=0) / every
        chance[position[:, None] == position[None, :]] = 0.0
        return chance

    def challenge(self, position: Floats, victory: Floats, risk: Floats) -> Floats:
        """Return what it is worth to challenge, shape (N, N).

        Row challenges column; utilities run from -2 to 2, and the status quo surely goes on if nobody challenges.

        Parameters
        ----------
        position : ndarray, shape (N,)
        victory : ndarray, shape (N, N)
        risk : ndarray, shape (N, 1) or (1, N)
            Attitudes of those in whose eyes it is seen: of the challengers as a column, of the challenged as a row.
        """
        away = np.abs(position[:, None] - position[None, :]) / self.span
        won = 2.0 - 4.0 * np.maximum(0.5 - 0.5 * away, 0.0) ** risk
        lost = 2.0 - 4.0 * (0.5 + 0.5 * away) ** risk
        unchanged = 2.0 - 4.0 * 0.5**risk
        resists = self.salience[None, :]
        worth: Floats = resists * (victory * won + (1.0 - victory) * lost) + (1.0 - resists) * won - unchanged
        return worth

    def risk(self, position: Floats) -> Floats:
        """Return each actor's attitude to risk, 0.5 to 2: who is safest already can afford most; shape (N,)."""
        neutral = np.ones(len(position))
        worth = self.challenge(position, self.victory(position, neutral), neutral[:, None])
        danger = worth.sum(axis=0) - np.diag(worth)
        spread = float(np.ptp(danger))
        if spread == 0.0:
            return neutral
        taste = (2.0 * danger - danger.max() - danger.min()) / spread
        risk: Floats = (1.0 - taste / 3.0) / (1.0 + taste / 3.0)
        return risk

    def after_a_round(self, position: Floats) -> Floats:
        """Return the positions after every actor has taken the offer that it cannot or would not refuse, shape (N,)."""
        risk = self.risk(position)
        victory = self.victory(position, risk)
        own = self.challenge(position, victory, risk[:, None])
        others = self.challenge(position, victory, risk[None, :])
        return np.array([_settlement(i, position, own[i], others[:, i]) for i in range(len(position))])

    def median(self, position: Floats) -> float:
        """Return the position that no other beats in a vote weighted by capability and salience."""
        best = position[0]
        for other in dict.fromkeys(position.tolist()):
            for_other = np.abs(position - best) - np.abs(position - other)
            if float((self.capability * self.salience * for_other).sum()) > 0.0:
                best = other
        return float(best)

    def mean(self, position: Floats) -> float:
        """Return the mean position, weighted by capability and salience."""
        weight = self.capability * self.salience
        return float((weight * position).sum() / weight.sum())


def _settlement(i: int, position: Floats, own: Floats, others: Floats) -> float:
    """Return where an actor ends: beaten, compromising, giving in, in this order, or where it was.

    `own` is what its challenges to the others are worth to it, `others` what it thinks theirs to it are worth to them.
    """
    apart = position != position[i]
    beaten = apart & (others > own) & (own > 0)
    shared = apart & (others > 0) & (own < 0) & (others > -own)
    gives_in = apart & (others > 0) & (own < 0) & (others < -own)
    near = np.abs(position - position[i])
    if beaten.any():
        return float(position[_least(near, beaten)])
    if shared.any():
        weighted = (np.abs(own) * position[i] + np.abs(others) * position) / np.maximum(
            np.abs(own) + np.abs(others), 1e-300
        )
        j = _least(weighted, shared)
        return float(position[i] + (position[j] - position[i]) * abs(own[j] / others[j]))
    if gives_in.any():
        return float(position[_least(near, gives_in)])
    return float(position[i])


def _least(key: Floats, among: NDArray[np.bool_]) -> int:
    return int(np.where(among, key, np.inf).argmin())


def rounds(
    arena: Arena, position: Floats, most: int = 20, stop: Callable[[float, float], bool] | None = None
) -> tuple[Floats, ...]:
    """Return the positions before the first round and after each.

    Parameters
    ----------
    arena : Arena
    position : ndarray, shape (N,)
        Where the actors stand at first.
    most : int
        Rounds at the most.
    stop : callable, optional
        Told the medians before and after a round; bargaining ends when it returns true. By default when nobody moves.

    Examples
    --------
    Who agree stay where they are.

    >>> import numpy as np
    >>> arena = Arena(np.array([1.0, 1.0]), np.array([0.5, 0.5]), span=1.0)
    >>> [p.tolist() for p in rounds(arena, np.array([0.5, 0.5]))]
    [[0.5, 0.5], [0.5, 0.5]]
    """
    seen = [np.asarray(position, dtype=np.float64)]
    for _ in range(most):
        seen.append(arena.after_a_round(seen[-1]))
        if np.array_equal(seen[-1], seen[-2]):
            break
        if stop is not None and stop(arena.median(seen[-2]), arena.median(seen[-1])):
            break
    return tuple(seen)
