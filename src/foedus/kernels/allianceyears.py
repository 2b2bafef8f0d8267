"""All treaties of all states, year by year: treaties are founded, joined, left and end, each decision by its own coins.

One run is one call. What is known of a year is known from the year before: lists are judged by the ties that were in force when
the year began. In a year (1) states that are gone are struck from treaties, (2) new lists are drawn, then newcomers,
(3) treaties end and members leave, (4) what was drawn comes into force. A new treaty of the very same states takes the
place of the old one.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.coins import begin, happenings, place, toss
from foedus.kernels.compiled import compiled
from foedus.kernels.listdraw import asked_in, draw_list, draw_pair, newcomer
from foedus.kernels.listworth import Year, line_cost
from foedus.kernels.treatyweb import Web, alike, bind, end, join, leave
from foedus.kernels.webshape import partners

COUNTS = (
    *("new_two", "new_more", "ended_two", "ended_more", "joined", "renewed"),
    *("force_two", "force_more", "pairs", "alone"),
)
"""What is counted of every year, in order; the first six happen in it, the others are in force at its end. A treaty is renewed
where one of the very same states takes its place, which counts as an end and as a new one too."""
_NEW, _ENDED, _JOINED, _RENEWED, _FORCE, _PAIRS, _ALONE = 0, 2, 4, 5, 6, 8, 9
COINS = ("how many", "who signs", "who joins", "what ends", "who leaves")
"""Names of the decisions, in the order of their seeds."""
_MANY, _SIGNS, _JOINS, _ENDS, _LEAVES = 0, 1, 2, 3, 4


class Globe(NamedTuple):
    """What is given from outside, year by year: Y years, S states."""

    there: NDArray[np.bool_]
    """Shape (Y, S)."""
    apart: NDArray[np.float64]
    """Shape (Y, S, S); what separation costs a pair, logits, zero or less."""
    still: NDArray[np.float64]
    """Shape (Y, S, S); exponential of what separation and enemies in common bring."""
    calm: NDArray[np.float64]
    """Shape (Y, S, S); exponential of what autonomy costs two who sign a pact of two."""
    other: NDArray[np.bool_]
    """Shape (Y, S, S); whether an obligation that is no defence was in force when the year began."""
    begins: NDArray[np.int64]
    foe: NDArray[np.int64]
    force: NDArray[np.float64]
    """Shape (Y, S*S + 1), (F,), (F,); quarrels in common, as :class:`foedus.kernels.listworth.Year` has them."""
    position: NDArray[np.float64]
    strength: NDArray[np.float64]
    """Shape (Y, S)."""


class Rules(NamedTuple):
    """The numbers of the laws."""

    first: int
    """First year."""
    trust: float
    closure: float
    autonomy: float
    """Logits for full trust; chance that one ally in common binds; logits per ideal point of distance to the line."""
    found: NDArray[np.float64]
    """Shape (2,); treaties of two, and of more, that are founded a year."""
    many: NDArray[np.int64]
    many_rising: NDArray[np.float64]
    """Sizes of treaties of more than two, and rising sums of how often each was founded."""
    terms: NDArray[np.float64]
    terms_rising: NDArray[np.float64]
    """Shape (2, M); terms in years by class, 0 for none, and rising sums of how often each was agreed."""
    end: NDArray[np.float64]
    """Shape (2,); log-odds that a treaty ends in a year in which no term runs out."""
    term_effect: float
    leave: float
    """Log-odds that the end of a term adds; chance a year that a member leaves a treaty of more."""
    join: float
    guests: NDArray[np.float64]
    """Chance a year that a treaty of more lets somebody in, and rising sums of how many come at a time."""
    grown: int
    sweeps: int
    """As :func:`foedus.kernels.listdraw.draw_list` has them."""


@compiled
def runs_out(born: int, year: int, term: float) -> bool:
    """Return whether a term, or a multiple of it, runs out within half a year of an age in whole years."""
    if term <= 0.0 or year <= born:
        return False
    age = float(year - born)
    return abs(age - term * max(math.floor(age / term + 0.5), 1.0)) <= 0.5


@compiled
def chance_of_end(web: Web, treaty: int, year: int, rules: Rules) -> float:
    """Return the chance that a treaty ends in a year."""
    odds = rules.end[1 if web.sizes[treaty] > 2 else 0]
    if runs_out(web.born[treaty], year, web.term[treaty]):
        odds += rules.term_effect
    return 1.0 / (1.0 + math.exp(-odds))


@compiled
def judged(globe: Globe, y: int, web: Web, signed: int, rules: Rules, chance: NDArray[np.float64]) -> Year:
    """Return what lists of a year are judged by, given the treaties in force; who asks whom in goes to `chance`, (2, S, S)."""
    states = globe.there.shape[1]
    there = np.flatnonzero(globe.there[y])
    told = np.empty(states + 2)
    lift = np.empty(states + 2)
    for c in range(states + 1):
        told[c] = rules.trust * (1.0 - (1.0 - rules.closure) ** c)
        lift[c] = math.exp(told[c])
    told[states + 1], lift[states + 1] = rules.trust, math.exp(rules.trust)
    worth = np.zeros((states, states))
    for a in range(1, there.size):
        i = there[a]
        for b in range(a):
            j = there[b]
            at = states + 1 if globe.other[y, i, j] or web.bonds[i, j] > 0 else web.common[i, j]
            worth[i, j] = worth[j, i] = globe.apart[y, i, j] + told[at]
            chance[0, i, j] = chance[0, j, i] = globe.still[y, i, j] * lift[at]
            chance[1, i, j] = chance[0, i, j] * globe.calm[y, i, j]
    position, strength = globe.position[y], globe.strength[y]
    cost, of, of_begins = _by_member(web, signed, position, strength)
    for t in range(signed):
        if web.sizes[t] == 2:
            i, j = web.members[t, 1], web.members[t, 0]
            chance[1, i, j] = chance[0, i, j]
    return Year(
        there,
        worth,
        globe.begins[y],
        globe.foe,
        globe.force,
        position,
        strength,
        rules.autonomy,
        web.members,
        web.sizes,
        cost,
        of,
        of_begins,
    )


@compiled
def _by_member(
    web: Web, signed: int, position: NDArray[np.float64], strength: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Return what each treaty costs its members, and the treaties of every state, each set of members once."""
    members, sizes, cost, once = web.members, web.sizes, np.zeros(signed), np.zeros(signed, dtype=np.bool_)
    begins = np.zeros(web.bonds.shape[0] + 1, dtype=np.int64)
    for t in range(signed):
        if sizes[t] == 0:
            continue
        cost[t], once[t] = line_cost(members[t], sizes[t], position, strength), True
        for earlier in range(t):
            if once[earlier] and members[earlier, 0] == members[t, 0] and alike(web, t, earlier):
                once[t] = False
        if once[t]:
            for a in range(sizes[t]):
                begins[members[t, a] + 1] += 1
    for s in range(1, begins.size):
        begins[s] += begins[s - 1]
    of, filled = np.empty(begins[-1], dtype=np.int64), begins.copy()
    for t in range(signed):
        if once[t]:
            for a in range(sizes[t]):
                s = members[t, a]
                of[filled[s]] = t
                filled[s] += 1
    return cost, of, begins


@compiled
def _struck(web: Web, signed: int, there: NDArray[np.bool_], year: int, counts: NDArray[np.int64]) -> None:
    """Strike states that are gone from all treaties."""
    for t in range(signed):
        a = web.sizes[t] - 1
        while a >= 0 and web.sizes[t] > 0:
            if not there[web.members[t, a]]:
                counts[_ENDED + (web.sizes[t] > 2)] += web.sizes[t] == 2
                leave(web, t, web.members[t, a], year)
            a -= 1


@compiled
def _written(web: Web, t: int, year: int, size: int, rules: Rules, coin: float) -> None:
    """Write down year and term of a new treaty, whose members are written down already."""
    row = 1 if size > 2 else 0
    web.born[t], web.wide[t] = year, size > 2
    many = rules.terms.shape[1]
    web.term[t] = rules.terms[row, place(rules.terms_rising[row], many, coin * rules.terms_rising[row, many - 1])]


@compiled
def _signed(
    web: Web,
    signed: int,
    new: NDArray[np.int64],
    seeds: NDArray[np.int64],
    chance: NDArray[np.float64],
    now: Year,
    rules: Rules,
) -> int:
    """Write down the treaties that are founded in a year, not yet in force; return how many are written down in all."""
    coins, states = np.empty(4, dtype=np.int64), now.there.size
    year = new[2]
    for k in range(new[0]):
        begin(seeds, k, coins)
        web.members[signed, 0], web.members[signed, 1] = draw_pair(chance[1], now.there, toss(coins))
        web.sizes[signed] = -2
        _written(web, signed, year, 2, rules, toss(coins))
        signed += 1
    if new[1] > 0:
        asked = asked_in(chance[0], now.there)
        for k in range(new[1]):
            begin(seeds, 1000 + k, coins)
            many = rules.many.size
            size = min(rules.many[place(rules.many_rising, many, toss(coins) * rules.many_rising[many - 1])], states)
            _written(web, signed, year, size, rules, toss(coins))
            draw_list(size, rules.grown, rules.sweeps, asked, now, coins, web.members[signed])
            web.sizes[signed] = -size
            signed += 1
    return signed


@compiled
def _invited(web: Web, old: int, seeds: NDArray[np.int64], now: Year, rules: Rules, who: NDArray[np.int64]) -> int:
    """Put who joins which treaty into `who`, shape (G, 2); return how many do."""
    coins, states, count = np.empty(4, dtype=np.int64), now.position.size, 0
    for t in range(old):
        if web.sizes[t] <= 2:
            continue
        begin(seeds, t, coins)
        if toss(coins) >= rules.join:
            continue
        size, inside = web.sizes[t], np.zeros(states, dtype=np.bool_)
        rest = np.empty(states, dtype=np.int64)
        for a in range(size):
            rest[a] = web.members[t, a]
            inside[rest[a]] = True
        guests = 1 + place(rules.guests, rules.guests.size, toss(coins) * rules.guests[-1])
        for _ in range(min(guests, now.there.size - size, who.shape[0] - count)):
            c = newcomer(rest, size, inside, now, toss(coins))
            rest[size], inside[c] = c, True
            size += 1
            who[count, 0], who[count, 1] = t, c
            count += 1
    return count


@compiled
def _gone(
    web: Web,
    old: int,
    year: int,
    ends: NDArray[np.int64],
    leaves: NDArray[np.int64],
    rules: Rules,
    counts: NDArray[np.int64],
) -> None:
    """Let treaties end and members leave."""
    coins = np.empty(4, dtype=np.int64)
    for t in range(old):
        if web.sizes[t] == 0:
            continue
        begin(ends, t, coins)
        if toss(coins) < chance_of_end(web, t, year, rules):
            counts[_ENDED + (web.sizes[t] > 2)] += 1
            end(web, t, year)
        elif web.sizes[t] > 2:
            begin(leaves, t, coins)
            for a in range(web.sizes[t] - 1, -1, -1):
                if toss(coins) < rules.leave and web.sizes[t] > 2:
                    leave(web, t, web.members[t, a], year)


@compiled
def _in_force(web: Web, old: int, signed: int, year: int, counts: NDArray[np.int64]) -> None:
    """Let what was written down come into force; what has the very same members gives way to it."""
    members, sizes = web.members, web.sizes
    for t in range(old, signed):
        sizes[t] = -sizes[t]
        counts[_NEW + (sizes[t] > 2)] += 1
        for earlier in range(t):
            if members[earlier, 0] == members[t, 0] and alike(web, earlier, t):
                counts[_ENDED + (sizes[t] > 2)] += 1
                counts[_RENEWED] += 1
                end(web, earlier, year)
        bind(web, t)


@compiled
def _counted(web: Web, signed: int, there: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
    """Count what is in force at the end of a year."""
    sizes = web.sizes
    for t in range(signed):
        if sizes[t] > 0:
            counts[_FORCE + (sizes[t] > 2)] += 1
    ties = partners(web.bonds, there)
    counts[_PAIRS] = ties.sum() // 2
    counts[_ALONE] = (ties == 0).sum()


@compiled
def begun(
    members: NDArray[np.int64],
    sizes: NDArray[np.int64],
    born: NDArray[np.int64],
    term: NDArray[np.float64],
    room: int,
) -> Web:
    """Return the web of the treaties in force at the beginning, with room for so many more."""
    old, states = members.shape
    web = Web(
        np.zeros((old + room, states), dtype=np.int64),
        np.zeros(old + room, dtype=np.int64),
        np.zeros(old + room, dtype=np.int64),
        np.zeros(old + room, dtype=np.int64),
        np.zeros(old + room),
        np.zeros(old + room, dtype=np.bool_),
        np.zeros((states, states), dtype=np.int64),
        np.zeros((states, states), dtype=np.int64),
    )
    for t in range(old):
        web.members[t, : sizes[t]] = members[t, : sizes[t]]
        web.sizes[t], web.born[t], web.term[t], web.wide[t] = sizes[t], born[t], term[t], sizes[t] > 2
        bind(web, t)
    return web


@compiled
def founded(seeds: NDArray[np.int64], rules: Rules) -> NDArray[np.int64]:
    """Return how many treaties of two and of more are founded in every year, and the year, shape (Y, 3)."""
    coins, new = np.empty(4, dtype=np.int64), np.empty((seeds.shape[0], 3), dtype=np.int64)
    for y in range(seeds.shape[0]):
        begin(seeds[y], 0, coins)
        for row in range(2):
            new[y, row] = happenings(rules.found[row], toss(coins))
        new[y, 2] = rules.first + y
    return new


@compiled
def run(
    globe: Globe,
    rules: Rules,
    members: NDArray[np.int64],
    sizes: NDArray[np.int64],
    born: NDArray[np.int64],
    term: NDArray[np.float64],
    seeds: NDArray[np.int64],
) -> tuple[
    NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]
]:
    """Run all states through the years once.

    Parameters
    ----------
    globe : Globe
        Y years, S states.
    rules : Rules
    members, sizes, born, term : ndarray
        Treaties in force when the first year begins: members ascending, shape (T, S); how many, shape (T,); year signed;
        term in years, 0 for none.
    seeds : ndarray of int, shape (5, Y, 4)
        Of the decisions of every year, in the order of :data:`COINS`.

    Returns
    -------
    tuple of ndarray
        The counts of every year, shape (Y, 10), as :data:`COUNTS`; then of all treaties there ever were, in the order in which
        they were signed: members, size at the end (0 where it has ended), year signed, year ended, and whether more
        than two signed it.
    """
    new = founded(seeds[_MANY], rules)
    room = int(new[:, :2].sum())
    web, signed = begun(members, sizes, born, term, room), sizes.size
    counts = np.zeros((globe.there.shape[0], 10), dtype=np.int64)
    chance = np.zeros((2, globe.there.shape[1], globe.there.shape[1]))
    for y in range(globe.there.shape[0]):
        year, old = rules.first + y, signed
        _struck(web, signed, globe.there[y], year, counts[y])
        now = judged(globe, y, web, signed, rules, chance)
        signed = _signed(web, signed, new[y], seeds[_SIGNS, y], chance, now, rules)
        who = np.empty((4 * old + 4, 2), dtype=np.int64)
        invited = _invited(web, old, seeds[_JOINS, y], now, rules, who)
        _gone(web, old, year, seeds[_ENDS, y], seeds[_LEAVES, y], rules, counts[y])
        for k in range(invited):
            if web.sizes[who[k, 0]] > 0:
                join(web, who[k, 0], who[k, 1])
                counts[y, _JOINED] += 1
        _in_force(web, old, signed, year, counts[y])
        _counted(web, signed, now.there, counts[y])
    return counts, web.members, web.sizes, web.born, web.ended, web.wide
