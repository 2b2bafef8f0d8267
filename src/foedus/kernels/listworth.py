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


# To look an array up in a tuple costs as much as ten numbers of it: loops below look them up once, before they begin.


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
def together(body: NDArray[np.int64], size: int, inside: NDArray[np.bool_], year: Year) -> float:
    """Return what the pairs of a list bring, logits: by themselves, and against the worst state outside that both quarrel with."""
    worth, begins, foe, force = year.worth, year.begins, year.foe, year.force
    states, pairs = year.position.size, 0.0
    for a in range(1, size):
        i = body[a]
        for b in range(a):
            at, enemy = i * states + body[b], 0.0
            for k in range(begins[at], begins[at + 1]):
                if not inside[foe[k]]:
                    enemy = force[k]
                    break
            pairs += worth[i, body[b]] + enemy
    return pairs


@compiled
def within(treaty: int, inside: NDArray[np.bool_], but: int, year: Year) -> bool:
    """Return whether all members of a treaty, but one that is passed over, are in a list."""
    members = year.members
    for a in range(year.sizes[treaty]):
        s = members[treaty, a]
        if s != but and not inside[s]:
            return False
    return True


@compiled
def saved(body: NDArray[np.int64], size: int, inside: NDArray[np.bool_], year: Year) -> float:
    """Return what the treaties in force within a list cost their members already, ideal points."""
    members, cost, of, of_begins, total = year.members, year.cost, year.of, year.of_begins, 0.0
    for a in range(size):
        for k in range(of_begins[body[a]], of_begins[body[a] + 1]):
            t = of[k]
            if members[t, 0] == body[a] and within(t, inside, -1, year):
                total += cost[t]
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
    pairs = together(body, size, inside, year)
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
    position, costs, of, of_begins = year.position, year.cost, year.of, year.of_begins
    for c in year.there:
        if inside[c]:
            found[c] = _UNLIKELY
            continue
        line = (total + position[c]) / (size + 1)
        cost = abs(position[c] - line) - held
        for a in range(size):
            cost += abs(place[a] - line)
        for k in range(of_begins[c], of_begins[c + 1]):
            if within(of[k], inside, c, year):
                cost -= costs[of[k]]
        found[c] = (pairs - lost[c] + found[c]) / size - 0.5 * year.autonomy * cost


@compiled
def _bring(
    rest: NDArray[np.int64], size: int, inside: NDArray[np.bool_], year: Year, found: NDArray[np.float64]
) -> None:
    """Put what each state of the year brings to the pairs with all in a list into `found`, shape (S,)."""
    there, worth, begins, foe, force = year.there, year.worth, year.begins, year.foe, year.force
    for c in there:
        found[c] = 0.0
    for a in range(size):
        i, row = rest[a], rest[a] * year.position.size
        for c in there:
            found[c] += worth[i, c]
            for k in range(begins[row + c], begins[row + c + 1]):
                if not inside[foe[k]]:
                    found[c] += force[k]
                    break


@compiled
def _among(
    rest: NDArray[np.int64], size: int, inside: NDArray[np.bool_], year: Year
) -> tuple[float, NDArray[np.float64]]:
    """Return what the pairs of a list bring, and how much less it is when a state is no outsider any more, shape (S,)."""
    worth, begins, foe, force, states = year.worth, year.begins, year.foe, year.force, year.position.size
    pairs, lost = 0.0, np.zeros(states)
    for a in range(1, size):
        for b in range(a):
            pairs += worth[rest[a], rest[b]]
            at, worst, second = rest[a] * states + rest[b], -1, -1
            for k in range(begins[at], begins[at + 1]):
                if not inside[foe[k]]:
                    if worst < 0:
                        worst = k
                    else:
                        second = k
                        break
            if worst >= 0:
                pairs += force[worst]
                lost[foe[worst]] += force[worst] - (force[second] if second >= 0 else 0.0)
    return pairs, lost
