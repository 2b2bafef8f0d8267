"""The branch of logit responses that starts where every choice is equally likely, followed round its folds."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled, inlined

_TOLERANCE = 1e-2  # last correction of a point on the way: what is left of the error is about its square
_SHARP = 1e-9  # the same of a point that is handed out
_SQUARING = 1e-3  # correction below which Newton's method squares the error: the next correction can be foretold
_NOTHING = 1e-12  # correction foretold to be so small is not worth a round
_SMALLEST = 1e-12  # step at which a branch is given up
_LEAST_REACH = 1e-300  # of an information set; below, conditional payoffs lose their digits
_CROSSING = 1e-4  # step below which a change of sides is a crossing of branches, not a jump to another branch
_MOVED = 0.5  # most a correction may change a logarithm of a probability, or λ in relative terms
_STEPS = 100_000
_ROUNDS = 5  # corrections a step is worth; beyond, a shorter one is cheaper
_GROWTH, _SHRINKAGE = 2.5, 0.35  # of steps that succeed at once, and of steps that fail
_TURN = 0.7  # least cosine between directions of neighbouring steps: a sharper turn asks for a shorter step


@inlined
def solve(system: NDArray[np.float64]) -> int:
    """Solve linear equations by elimination with pivots, in place; return the sign of the determinant.

    Parameters
    ----------
    system : ndarray, shape (m, m + k)
        The matrix, overwritten, then k right sides, overwritten by the solutions. Untold where the sign is 0.
    """
    m, wide = system.shape
    sign = 1
    for c in range(m):
        best = c
        most = abs(system[c, c])
        for r in range(c + 1, m):
            if abs(system[r, c]) > most:
                best = r
                most = abs(system[r, c])
        if not most > 1e-300:
            return 0
        if best != c:
            sign = -sign
            for j in range(c, wide):
                system[c, j], system[best, j] = system[best, j], system[c, j]
        inverse = 1.0 / system[c, c]
        if inverse < 0.0:
            sign = -sign
        for r in range(c + 1, m):
            factor = system[r, c] * inverse
            if factor != 0.0:
                for j in range(c + 1, wide):
                    system[r, j] -= factor * system[c, j]
    for c in range(m - 1, -1, -1):
        for j in range(m, wide):
            total = system[c, j]
            for r in range(c + 1, m):
                total -= system[c, r] * system[r, j]
            system[c, j] = total / system[c, c]
    return sign


@inlined
def _product_without(path: NDArray[np.int64], skipped: int, p: NDArray[np.float64]) -> float:
    """Return the product of the probabilities of the choices on a path, one of them left out."""
    product = 1.0
    for d in range(path.shape[0]):
        if path[d] >= 0 and path[d] != skipped:
            product *= p[path[d]]
    return product


@inlined
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
    system: NDArray[np.float64],
) -> bool:
    """Put the logit conditions at a point, and their derivatives, into equations; False where a reach vanishes.

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
    system : ndarray, shape (A + 1, A + 3)
        Filled but for the last row. Conditions: first row of a set Σp - 1; the others
        ln p_a - ln p_first - λ (U_a - U_first). Columns: derivatives by the A + 1 coordinates, the negative of the
        condition, and 0.
    """
    sets = set_player.shape[0]
    choices = set_first[sets]
    m = choices + 1
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
    system[:choices] = 0.0
    for h in range(sets):
        first = set_first[h]
        system[first, m] = 1.0
        for a in range(first, set_first[h + 1]):
            system[first, m] -= p[a]
            system[first, a] = p[a]
        for a in range(first + 1, set_first[h + 1]):
            better = gain[a, choices] - gain[first, choices]
            system[a, m] = point[first] - point[a] + precision * better
            for b in range(choices):
                system[a, b] = -precision * (gain[a, b] - gain[first, b])
            system[a, a] += 1.0
            system[a, first] -= 1.0
            system[a, choices] = -better
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
    probabilities: NDArray[np.float64],
) -> int:
    """Find probabilities where the branch first reaches each wanted precision; return the number of folds before.

    Parameters
    ----------
    leaf_path, …, set_player
        As in :func:`logit_residual`.
    wanted : ndarray, shape (K,)
        Precisions, rising.
    probabilities : ndarray, shape (K, A)
        Filled; NaN where the branch was given up before.

    Returns
    -------
    int
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
    probabilities[:] = np.nan
    point = np.zeros(m)
    for h in range(set_player.shape[0]):
        for a in range(set_first[h], set_first[h + 1]):
            point[a] = -math.log(set_first[h + 1] - set_first[h])
    direction = np.zeros(m)
    direction[choices] = 1.0
    reach = np.empty((set_player.shape[0], m))
    gain = np.empty((m, m))
    system = np.empty((m, m + 2))
    trial = np.empty(m)
    done = 0
    folds = 0
    hand = 0
    side = 0
    failed = False
    step = 0.0  # the first step only finds the direction
    for _ in range(_STEPS):
        if done == wanted.shape[0] or 0.0 < step < _SMALLEST:
            break
        target = wanted[done]
        # a step that would pass the wanted precision becomes a step at fixed λ; one that has passed it goes back
        past = point[choices] > target
        gap, slope = target - point[choices], direction[choices]
        closing = slope > 0.0 and abs(gap) <= step * slope
        stretch = gap / slope if closing else -step if past else step
        for i in range(m):
            trial[i] = point[i] + stretch * direction[i]
        if closing:
            trial[choices] = target
        good = False
        moved = 0.0
        change = 0.0
        rounds = 0
        for attempt in range(_ROUNDS):
            rounds = attempt + 1
            if not logit_residual(
                trial,
                leaf_path,
                leaf_chance,
                leaf_payoff,
                node_path,
                node_chance,
                node_set,
                set_first,
                set_player,
                reach,
                gain,
                system,
            ):
                break
            for c in range(m):
                system[choices, c] = 0.0 if closing else direction[c]
            if closing:
                system[choices, choices] = 1.0
            system[choices, m] = 0.0
            system[choices, m + 1] = 1.0
            side = solve(system)
            if side == 0:
                break
            earlier = change
            change = 0.0
            for i in range(m):
                trial[i] += system[i, m]
                change = max(change, abs(system[i, m]) / (1.0 + abs(trial[i])))
            moved += change
            if not moved < _MOVED:
                break
            if change < (_SHARP if closing else _TOLERANCE) or (
                attempt > 0 and change < _SQUARING and change * (change / earlier) ** 2 < _NOTHING
            ):
                good = True
                break
        turn = 0.0
        if good:
            length = 0.0
            for i in range(m):
                length += system[i, m + 1] * system[i, m + 1]
            length = math.sqrt(length)
            sign = 0.0
            for i in range(m):
                sign += system[i, m + 1] * direction[i]
            turn = abs(sign) / length
            if sign < 0.0:
                length = -length
                side = -side
            if (closing or past) and system[choices, m + 1] / length <= 0.0:
                good = False  # the wanted precision is first reached while λ rises
        jumped = side != hand and hand != 0 and step > _CROSSING
        if not good or jumped or (turn < _TURN and step > 0.0):
            step = _SHRINKAGE * abs(stretch)
            failed = True
            continue
        onward = system[choices, m + 1] / length
        folded = slope > 0.0 and onward <= 0.0
        top = 0.5 * stretch * slope * slope / (slope - onward) if folded else 0.0  # of a parabola with these slopes
        if onward <= 0.0 and (trial[choices] > target or top > gap):
            step *= 0.5  # the wanted precision was passed before a fold
            continue
        hand = side
        folds += folded
        for i in range(m):
            direction[i] = system[i, m + 1] / length
            point[i] = trial[i]
        if closing:
            for a in range(choices):
                probabilities[done, a] = math.exp(point[a])
            done += 1
        elif step == 0.0:
            step = 0.5
        elif rounds <= 3 and not failed:
            step *= _GROWTH
        failed = False
    return folds
