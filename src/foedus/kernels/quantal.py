"""The branch of logit responses that starts where every choice is equally likely, followed round its folds."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled, inlined

_TOLERANCE = 1e-2  # last correction of a point on the way: what is left of the error is about its square
_SHARP = 1e-9  # the same of a point that is handed out
_SMALLEST = 1e-12  # step at which a branch is given up
_LEAST_REACH = 1e-300  # of an information set; below, conditional payoffs lose their digits
_CROSSING = 1e-4  # step below which a change of sides is a crossing of branches, not a jump to another branch
_MOVED = 0.5  # most a correction may change a logarithm of a probability, or λ in relative terms
_STEPS = 100_000
_TURN = 0.7  # least cosine between directions of neighbouring steps: a sharper turn asks for a shorter step


@compiled
def solve(matrix: NDArray[np.float64], right: NDArray[np.float64]) -> int:
    """Solve linear equations by elimination with pivots, in place; return the sign of the determinant.

    Parameters
    ----------
    matrix : ndarray, shape (m, m)
        Overwritten.
    right : ndarray, shape (m, k)
        Right sides, overwritten by the solutions.
    """
    m, k = right.shape
    sign = 1
    for c in range(m):
        best = c
        for r in range(c + 1, m):
            if abs(matrix[r, c]) > abs(matrix[best, c]):
                best = r
        if not abs(matrix[best, c]) > 1e-300:
            return 0
        if best != c:
            sign = -sign
            for j in range(c, m):
                matrix[c, j], matrix[best, j] = matrix[best, j], matrix[c, j]
            for j in range(k):
                right[c, j], right[best, j] = right[best, j], right[c, j]
        pivot = matrix[c]
        inverse = 1.0 / pivot[c]
        if inverse < 0.0:
            sign = -sign
        for r in range(c + 1, m):
            row = matrix[r]
            factor = row[c] * inverse
            if factor != 0.0:
                for j in range(c + 1, m):
                    row[j] -= factor * pivot[j]
                for j in range(k):
                    right[r, j] -= factor * right[c, j]
    for c in range(m - 1, -1, -1):
        for r in range(c + 1, m):
            for j in range(k):
                right[c, j] -= matrix[c, r] * right[r, j]
        for j in range(k):
            right[c, j] /= matrix[c, c]
    return sign


@inlined
def _product_without(path: NDArray[np.int64], skipped: int, p: NDArray[np.float64]) -> float:
    """Return the product of the probabilities of the choices on a path, one of them left out."""
    product = 1.0
    for d in range(path.shape[0]):
        if path[d] >= 0 and path[d] != skipped:
            product *= p[path[d]]
    return product


@compiled
def logit_residual(
    point: NDArray[np.float64],
    leaf_path: NDArray[np.int64],
    leaf_chance: NDArray[np.float64],
    leaf_payoff: NDArray[np.float64],
    node_path: NDArray[np.int64],
    node_chance: NDArray[np.float64],
    node_set: NDArray[np.int64],
    set_first: NDArray[np.int64],
    set_player: NDArray[np.int64],
    reach: NDArray[np.float64],
    gain: NDArray[np.float64],
    residual: NDArray[np.float64],
    jacobian: NDArray[np.float64],
) -> bool:
    """Put the logit conditions at a point, and their derivatives, into arrays; False where a reach vanishes.

    Parameters
    ----------
    point : ndarray, shape (A + 1,)
        Logarithms of the probabilities of all choices, then the precision λ.
    leaf_path, leaf_chance, leaf_payoff : ndarray, shapes (L, D), (L,), (L, P)
        Choices on the way to each outcome (-1 beyond its end), chance moves on the way, payoffs there.
    node_path, node_chance, node_set : ndarray, shapes (X, D), (X,), (X,)
        The same for each decision node, and the information set it lies in.
    set_first, set_player : ndarray, shapes (H + 1,), (H,)
        First choice of each information set, and who decides there.
    reach, gain : ndarray, shapes (H, A + 1), (A + 1, A + 1)
        Room to work in: derivatives, and in the last column what is derived: the chance that a set is reached, and
        the payoff of a choice given that it is; the last row of `gain` holds probabilities.
    residual, jacobian : ndarray, shapes (A,), (A, A + 1)
        Filled: first row of a set Σp - 1; the others ln p_a - ln p_first - λ (U_a - U_first).
    """
    sets = set_player.shape[0]
    choices = residual.shape[0]
    precision = point[choices]
    reach[:] = 0.0
    gain[:] = 0.0
    p = gain[choices]
    for a in range(choices):
        p[a] = math.exp(point[a])
    for x in range(node_set.shape[0]):
        term = node_chance[x] * _product_without(node_path[x], -2, p)
        h = node_set[x]
        reach[h, choices] += term
        for d in range(node_path.shape[1]):
            if node_path[x, d] >= 0:
                reach[h, node_path[x, d]] += term
    for h in range(sets):
        if not reach[h, choices] > _LEAST_REACH:
            return False
    depth = leaf_path.shape[1]
    for leaf in range(leaf_chance.shape[0]):
        path = leaf_path[leaf]
        for d in range(depth):
            a = path[d]
            if a < 0:
                continue
            h = 0
            while set_first[h + 1] <= a:
                h += 1
            term = leaf_chance[leaf] * leaf_payoff[leaf, set_player[h]]
            if term == 0.0:
                continue
            term *= _product_without(path, a, p) / reach[h, choices]
            gain[a, choices] += term
            for e in range(depth):
                if path[e] >= 0 and e != d:
                    gain[a, path[e]] += term
    for h in range(sets):
        for a in range(set_first[h], set_first[h + 1]):
            scale = gain[a, choices] / reach[h, choices]
            for b in range(choices):
                gain[a, b] -= scale * reach[h, b]
    jacobian[:] = 0.0
    for h in range(sets):
        first = set_first[h]
        residual[first] = -1.0
        for a in range(first, set_first[h + 1]):
            residual[first] += p[a]
            jacobian[first, a] = p[a]
        for a in range(first + 1, set_first[h + 1]):
            better = gain[a, choices] - gain[first, choices]
            residual[a] = point[a] - point[first] - precision * better
            for b in range(choices):
                jacobian[a, b] = -precision * (gain[a, b] - gain[first, b])
            jacobian[a, a] += 1.0
            jacobian[a, first] -= 1.0
            jacobian[a, choices] = -better
    return True


@compiled
def follow_branch(
    leaf_path: NDArray[np.int64],
    leaf_chance: NDArray[np.float64],
    leaf_payoff: NDArray[np.float64],
    node_path: NDArray[np.int64],
    node_chance: NDArray[np.float64],
    node_set: NDArray[np.int64],
    set_first: NDArray[np.int64],
    set_player: NDArray[np.int64],
    wanted: NDArray[np.float64],
) -> tuple[NDArray[np.float64], float, int]:
    """Return probabilities where the branch first reaches each wanted precision.

    Parameters
    ----------
    leaf_path, …, set_player
        As in :func:`logit_residual`.
    wanted : ndarray, shape (K,)
        Precisions, rising.

    Returns
    -------
    probabilities : ndarray, shape (K, A)
        NaN where the branch was given up before.
    reached : float
        Largest precision that was reached.
    folds : int
        How often the branch turned back before the last wanted precision.

    Notes
    -----
    Steps along the arc, corrected by Newton's method across it, so a fold is a point like any other. The determinant of
    the conditions and the direction keeps its sign along one branch: where it changes, the step has jumped to another
    branch and is shortened, unless it is so short that two branches truly cross there (games with symmetries). Near a
    wanted precision the step is one at fixed λ.
    """
    choices = set_first[-1]
    m = choices + 1
    probabilities = np.full((wanted.shape[0], choices), np.nan)
    point = np.zeros(m)
    for h in range(set_player.shape[0]):
        for a in range(set_first[h], set_first[h + 1]):
            point[a] = -math.log(set_first[h + 1] - set_first[h])
    direction = np.zeros(m)
    direction[choices] = 1.0
    reach = np.empty((set_player.shape[0], m))
    gain = np.empty((m, m))
    residual = np.empty(choices)
    jacobian = np.empty((choices, m))
    matrix = np.empty((m, m))
    right = np.empty((m, 2))
    trial = np.empty(m)
    done = 0
    folds = 0
    reached = 0.0
    hand = 0
    side = 0
    step = 0.0  # the first step only finds the direction
    for _ in range(_STEPS):
        if done == wanted.shape[0] or 0.0 < step < _SMALLEST:
            break
        target = wanted[done]
        # a step that would pass the wanted precision while λ rises becomes a step at fixed λ
        closing = step > 0.0 and direction[choices] > 0.0 and point[choices] + step * direction[choices] >= target
        stretch = (target - point[choices]) / direction[choices] if closing else step
        for i in range(m):
            trial[i] = point[i] + stretch * direction[i]
        if closing:
            trial[choices] = target
        good = False
        moved = 0.0
        rounds = 0
        for attempt in range(12):
            rounds = attempt + 1
            if not logit_residual(
                trial, leaf_path, leaf_chance, leaf_payoff, node_path, node_chance, node_set, set_first,
                set_player, reach, gain, residual, jacobian,
            ):  # fmt: skip
                break
            for r in range(choices):
                for c in range(m):
                    matrix[r, c] = jacobian[r, c]
                right[r, 0] = -residual[r]
                right[r, 1] = 0.0
            for c in range(m):
                matrix[choices, c] = 0.0 if closing else direction[c]
            if closing:
                matrix[choices, choices] = 1.0
            right[choices, 0] = 0.0
            right[choices, 1] = 1.0
            side = solve(matrix, right)
            if side == 0:
                break
            change = 0.0
            for i in range(m):
                trial[i] += right[i, 0]
                change = max(change, abs(right[i, 0]) / (1.0 + abs(trial[i])))
            moved += change
            if not moved < _MOVED:
                break
            if change < (_SHARP if closing else _TOLERANCE):
                good = True
                break
        turn = 0.0
        if good:
            length = 0.0
            for i in range(m):
                length += right[i, 1] * right[i, 1]
            length = math.sqrt(length)
            sign = 0.0
            for i in range(m):
                sign += right[i, 1] * direction[i]
            turn = abs(sign) / length
            if sign < 0.0:
                length = -length
                side = -side
        jumped = side != hand and hand != 0 and step > _CROSSING
        if not good or jumped or (turn < _TURN and step > 0.0):
            step = 0.5 * min(step, stretch)
            continue
        hand = side
        before = direction[choices]
        for i in range(m):
            point[i] = trial[i]
            direction[i] = right[i, 1] / length
        reached = max(reached, point[choices])
        if before > 0.0 and direction[choices] <= 0.0:
            folds += 1
        if closing:
            for a in range(choices):
                probabilities[done, a] = math.exp(point[a])
            done += 1
        elif step == 0.0:
            step = 0.5
        elif rounds <= 3:
            step *= 2.5
        elif rounds > 5:
            step *= 0.5
    return probabilities, reached, folds
