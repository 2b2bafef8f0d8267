"""Equilibria: Nash for two players, and logit responses of players who err, on the branch that starts at random play."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.games.forms import Form
from foedus.kernels.quantal import follow_branch
from foedus.vocabulary.errors import fail

_NEAR = 1e-5  # how far beside a crossing of branches a response is looked at, relative; what lies between errs by its square
_EVEN = 1e-9  # payoffs that differ by less, relative to the largest, count as equal


@dataclass(frozen=True)
class Logit:
    """Logit responses at rising precision."""

    form: Form
    """The game."""
    precisions: NDArray[np.float64]
    """Shape (K,). λ, in one over the unit of payoffs: 0 is random play, infinity never errs."""
    probabilities: NDArray[np.float64]
    """Shape (K, A); of every choice, in the order of ``form.choices``; NaN at precisions the branch could not be
    followed to."""
    folds: int
    """How often the branch turned back on the way; beyond a fold other equilibria exist at the same precision."""

    def of(self, player: str, choice: str, knows: str = "") -> NDArray[np.float64]:
        """Return the probabilities of one choice, shape (K,).

        Raises
        ------
        FoedusError
            When there is no such choice.
        """
        wanted = (player, knows, choice)
        if wanted not in self.form.choices:
            known = "; ".join(" ".join(part for part in c if part) for c in self.form.choices[:12])
            raise fail("choice", f"player {player} has no choice '{choice}' at '{knows}'", f"Choices: {known}")
        found: NDArray[np.float64] = self.probabilities[:, self.form.choices.index(wanted)]
        return found


def logit_responses(form: Form, precisions: Sequence[float]) -> Logit:
    """Return logit quantal responses where the principal branch first reaches each precision.

    In a tree every information set is an agent of its own (agent quantal response): it errs more often between choices
    whose payoffs, given that it is reached, are alike.

    Parameters
    ----------
    form : Form
        From :func:`foedus.games.forms.strategic` or :func:`foedus.games.forms.extensive`.
    precisions : sequence of float
        Rising values of λ above 0.

    Returns
    -------
    Logit

    Raises
    ------
    FoedusError
        When precisions do not rise from above 0.

    References
    ----------
    McKelvey, R. D. & Palfrey, T. R. (1995). Quantal response equilibria for normal form games. Games and Economic
    Behavior 10: 6-38; (1998) for extensive form games. Experimental Economics 1: 9-41. Turocy, T. L. (2005). A dynamic
    homotopy interpretation of the logistic quantal response equilibrium correspondence. Games and Economic Behavior
    51: 243-263.

    Examples
    --------
    Matching pennies with the same stakes: whatever the precision, nobody does better than to toss a coin.

    >>> from foedus.games.forms import strategic
    >>> found = logit_responses(strategic([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]), [0.5, 2.0])
    >>> found.probabilities.round(6).tolist()
    [[0.5, 0.5, 0.5, 0.5], [0.5, 0.5, 0.5, 0.5]]
    """
    rising = [0.0, *map(float, precisions), np.inf]
    if len(rising) < 3 or not all(map(operator.lt, rising, rising[1:])):
        how = "Give finite values such as [0.5, 1, 2]"
        raise fail("precisions", f"{list(precisions)} do not rise from above 0", how)
    wanted = np.array(rising[1:-1])
    found, folds = _branch(form, wanted * form.spread)
    if np.isnan(found[:, 0]).any():
        found, folds = _about_crossings(form, wanted * form.spread)
    return Logit(form, wanted, found, folds)


def _branch(form: Form, asked: NDArray[np.float64]) -> tuple[NDArray[np.float64], int]:
    """Return the principal branch at some precisions per spread, shape (K, A), NaN where it is lost, and its folds."""
    found = np.empty((len(asked), len(form.choices)))
    leaves = (form.leaf_path, form.leaf_chance, form.scaled_payoff)
    nodes = (form.node_path, form.node_chance, form.node_set)
    folds = follow_branch(*leaves, *nodes, form.set_first, form.set_player, asked, found)
    return found, folds


def _about_crossings(form: Form, wanted: NDArray[np.float64]) -> tuple[NDArray[np.float64], int]:
    """Return the same where branches cross at some of the precisions.

    At a crossing the conditions are singular; the branch is smooth there, so that it lies midway between just before and
    just after.
    """
    around: set[int] = set()
    while True:
        asked = np.concatenate(
            [[w] if k not in around else [w * (1 - _NEAR), w * (1 + _NEAR)] for k, w in enumerate(wanted)]
        )
        rows, folds = _branch(form, asked)
        found = np.empty((len(wanted), len(form.choices)))
        at = 0
        for k in range(len(wanted)):
            many = 2 if k in around else 1
            found[k] = rows[at : at + many].mean(axis=0)
            at += many
        lost = np.flatnonzero(np.isnan(found[:, 0]))
        if not lost.size or int(lost[0]) in around:
            return found, folds
        around.add(int(lost[0]))


def _mixture(
    payoff: NDArray[np.float64], rows: tuple[int, ...], columns: tuple[int, ...]
) -> NDArray[np.float64] | None:
    """Return the mixture of columns that makes rows equally good, shape (columns of payoff,), if there is one."""
    k = len(rows)
    system = np.zeros((k + 1, k + 1))
    system[:k, :k] = payoff[np.ix_(rows, columns)]
    system[:k, k] = -1.0
    system[k, :k] = 1.0
    if np.linalg.matrix_rank(system) <= k:
        return None
    weights = np.linalg.solve(system, np.eye(k + 1)[k])[:k]
    if weights.min() <= 0.0:
        return None
    mixture = np.zeros(payoff.shape[1])
    mixture[list(columns)] = weights
    return mixture


def nash(first: ArrayLike, second: ArrayLike) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Yield the Nash equilibria of a game of two players, smallest supports first.

    Parameters
    ----------
    first, second : array_like, shape (S, T)
        Payoffs of the player who chooses rows and of the one who chooses columns.

    Yields
    ------
    (ndarray, ndarray), shapes (S,), (T,)
        Mixtures. All equilibria with supports of equal size and independent payoffs are found; that is all of them in
        games without ties (nondegenerate games).

    Raises
    ------
    FoedusError
        When the tables are not two matrices of one shape with finite numbers, or ties hide every equilibrium.

    References
    ----------
    Nash, J. F. (1951). Non-cooperative games. Annals of Mathematics 54: 286-295. Support enumeration: Dickhaut, J. &
    Kaplan, T. (1991). A program for finding Nash equilibria. Mathematica Journal 1(4): 87-93.

    Examples
    --------
    The battle of the sexes has two pure equilibria and a mixed one.

    >>> for rows, columns in nash([[3, 0], [0, 2]], [[2, 0], [0, 3]]):
    ...     print(rows.round(3).tolist(), columns.round(3).tolist())
    [1.0, 0.0] [1.0, 0.0]
    [0.0, 1.0] [0.0, 1.0]
    [0.6, 0.4] [0.4, 0.6]
    """
    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if a.ndim != 2 or a.shape != b.shape or not a.size:
        what = f"tables of shapes {a.shape} and {b.shape} make no game of two"
        raise fail("payoffs", what, "Give two equal matrices")
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise fail("payoffs", "a payoff is not a finite number")
    # only differences of a player's payoffs count: in units of their spread, no size and no constant hides them
    return _by_support(*((t - t.min()) / (np.ptp(t) or 1.0) for t in (a, b)))


def _by_support(
    a: NDArray[np.float64], b: NDArray[np.float64]
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Try every pair of supports of equal size; say so where ties hide every equilibrium from that."""
    any_found = False
    for size in range(1, min(a.shape) + 1):
        for rows in itertools.combinations(range(a.shape[0]), size):
            for columns in itertools.combinations(range(a.shape[1]), size):
                y = _mixture(a, rows, columns)
                x = None if y is None else _mixture(b.T, columns, rows)
                if x is None or y is None:
                    continue
                if (a @ y).max() <= (a @ y)[rows[0]] + _EVEN and (x @ b).max() <= (x @ b)[columns[0]] + _EVEN:
                    any_found = True
                    yield x, y
    if not any_found:
        what = "ties leave no equilibrium whose supports are of equal size"
        raise fail("payoffs", what, "Change tied payoffs a little, by a millionth of their spread")
