"""What the record's law says of lists of states: V of one list, and of all lists that one more state would make.

The law is that of :class:`foedus.signings.setting.Setting`, for lists by the thousand a second: V is half the sum over the
members of what separation, trust, enemies in common and autonomy bring, each a mean over the fellows.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled

_UNLIKELY = -1e300  # V of a list that cannot be


class Year(NamedTuple):
    """All states of a year, S in all, as lists of them are judged."""

    there: NDArray[np.int64]
    """Shape (L,); the states of the year, ascending."""
    worth: NDArray[np.float64]
    """Shape (S, S); what separation and trust bring to a pair, logits."""
    begins: NDArray[np.int64]
    """Shape (S*S + 1,); where in the next two the quarrels that a pair shares begin."""
    foe: NDArray[np.int64]
    force: NDArray[np.float64]
    """Shape (F,); with whom both quarrel and how much it adds, logits, the worst of each pair first."""
    position: NDArray[np.float64]
    strength: NDArray[np.float64]
    """Shape (S,); ideal points and capability."""
    autonomy: float
    """Logits per ideal point of distance to the common line."""
    members: NDArray[np.int64]
    sizes: NDArray[np.int64]
    """Shape (T, S) and (T,); members of the treaties in force, ascending, and how many."""
    cost: NDArray[np.float64]
    """Shape (T,); distance of the members of each treaty from its common line, summed, ideal points."""
    of: NDArray[np.int64]
    of_begins: NDArray[np.int64]
    """Treaties by member, each set of members once, and where those of a state begin, shape (S + 1,)."""


@compiled
def line_cost(
    members: NDArray[np.int64], size: int, position: NDArray[np.float64], strength: NDArray[np.float64]
) -> float:
    """Return how far some states are from their common line, summed: of two by strength, of more the mean."""
    total, weights = 0.0, 0.0
    for a in range(size):
        weight = strength[members[a]] if size == 2 else 1.0
        total += weight * position[members[a]]
        weights += weight
    if weights <= 0.0:
        total, weights = position[members[0]] + position[members[1]], 2.0
    line, cost = total / weights, 0.0
    for a in range(size):
        cost += abs(position[members[a]] - line)
    return cost


@compiled
def shared_enemy(i: int, j: int, inside: NDArray[np.bool_], year: Year) -> float:
    """Return what the worst state outside a list with which two members quarrel adds to them, logits."""
    at = i * year.position.size + j
    for k in range(year.begins[at], year.begins[at + 1]):
        if not inside[year.foe[k]]:
            return float(year.force[k])
    return 0.0


@compiled
def within(treaty: int, inside: NDArray[np.bool_], but: int, year: Year) -> bool:
    """Return whether all members of a treaty, but one that is passed over, are in a list."""
    for a in range(year.sizes[treaty]):
        s = year.members[treaty, a]
        if s != but and not inside[s]:
            return False
    return True


@compiled
def saved(body: NDArray[np.int64], size: int, inside: NDArray[np.bool_], year: Year) -> float:
    """Return what the treaties in force within a list cost their members already, ideal points."""
    total = 0.0
    for a in range(size):
        for k in range(year.of_begins[body[a]], year.of_begins[body[a] + 1]):
            t = year.of[k]
            if year.members[t, 0] == body[a] and within(t, inside, -1, year):
                total += year.cost[t]
    return total


@compiled
def list_worth(body: NDArray[np.int64], size: int, inside: NDArray[np.bool_], year: Year) -> float:
    """Return V of a list, logits.

    Parameters
    ----------
    body : ndarray of int
        The members, the first `size` of it, in any order.
    size : int
        Two at least.
    inside : ndarray of bool, shape (S,)
        Whether a state is in the list.
    year : Year
    """
    pairs = 0.0
    for a in range(1, size):
        for b in range(a):
            pairs += year.worth[body[a], body[b]] + shared_enemy(body[a], body[b], inside, year)
    held = saved(body, size, inside, year)
    cost = 0.0
    if size > 2 or held == 0.0:  # two who have a pact of two already lose nothing by another
        cost = line_cost(body, size, year.position, year.strength) - held
    return pairs / (size - 1) - 0.5 * year.autonomy * cost


@compiled
def newcomers(
    rest: NDArray[np.int64], size: int, inside: NDArray[np.bool_], year: Year, found: NDArray[np.float64]
) -> None:
    """Put V of a list with each state of the year added into `found`, shape (S,); of who is in it already, next to nothing.

    Parameters
    ----------
    rest : ndarray of int
        The list without the newcomer, the first `size` of it.
    size : int
        Two at least.
    inside : ndarray of bool, shape (S,)
        Whether a state is in the list without the newcomer.
    year : Year
    found : ndarray, shape (S,)
    """
    pairs, lost = _among(rest, size, inside, year)
    held, total, place = saved(rest, size, inside, year), 0.0, np.empty(size)
    for a in range(size):
        place[a] = year.position[rest[a]]
        total += place[a]
    _bring(rest, size, inside, year, found)
    for c in year.there:
        if inside[c]:
            found[c] = _UNLIKELY
            continue
        line = (total + year.position[c]) / (size + 1)
        cost = abs(year.position[c] - line) - held
        for a in range(size):
            cost += abs(place[a] - line)
        for k in range(year.of_begins[c], year.of_begins[c + 1]):
            if within(year.of[k], inside, c, year):
                cost -= year.cost[year.of[k]]
        found[c] = (pairs - lost[c] + found[c]) / size - 0.5 * year.autonomy * cost


@compiled
def _bring(
    rest: NDArray[np.int64], size: int, inside: NDArray[np.bool_], year: Year, found: NDArray[np.float64]
) -> None:
    """Put what each state of the year brings to the pairs with all in a list into `found`, shape (S,)."""
    states = year.position.size
    for c in year.there:
        found[c] = 0.0
    for a in range(size):
        worth, begins = year.worth[rest[a]], year.begins[rest[a] * states : (rest[a] + 1) * states + 1]
        for c in year.there:
            found[c] += worth[c]
            for k in range(begins[c], begins[c + 1]):
                if not inside[year.foe[k]]:
                    found[c] += year.force[k]
                    break


@compiled
def _among(
    rest: NDArray[np.int64], size: int, inside: NDArray[np.bool_], year: Year
) -> tuple[float, NDArray[np.float64]]:
    """Return what the pairs of a list bring, and how much less it is when a state is no outsider any more, shape (S,)."""
    states = year.position.size
    pairs, lost = 0.0, np.zeros(states)
    for a in range(1, size):
        for b in range(a):
            pairs += year.worth[rest[a], rest[b]]
            at, worst, second = rest[a] * states + rest[b], -1, -1
            for k in range(year.begins[at], year.begins[at + 1]):
                if not inside[year.foe[k]]:
                    if worst < 0:
                        worst = k
                    else:
                        second = k
                        break
            if worst >= 0:
                pairs += year.force[worst]
                lost[year.foe[worst]] += year.force[worst] - (year.force[second] if second >= 0 else 0.0)
    return pairs, lost
