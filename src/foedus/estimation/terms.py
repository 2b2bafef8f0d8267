"""Terms of utility for any potential alliance in any year: what its members would gain by it, mechanism by mechanism.

Every k-ad is a small world of its own, appraised by the theory itself: the members, the three strongest outside allies
they already have, the strongest state of the day as bystander, and as adversaries the three states outside that bring
most threatening force to bear on the members. Who has a pact with a member is no adversary, unless it is a strategic
rival of one: the pacts of 1942 and 1944 bound Moscow to London and Paris until 1955. The body of the members is
compared with the treaties in force when the year began.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from foedus.archive.frames import pl
from foedus.archive.kads import KAds
from foedus.archive.pledges import Source
from foedus.draws.contract import Engine
from foedus.draws.engines import work_off
from foedus.draws.local import Processes, Serial
from foedus.estimation.annals import Annals, Circumstances
from foedus.mechanisms import COMPONENTS
from foedus.mechanisms.utility.reach import adversary_reach, arrival, help_at_hand, hostile_force, reach
from foedus.mechanisms.utility.threat import threat
from foedus.model.architecture import Architecture, Institution, Kind, Rule
from foedus.model.parameters import Parameters
from foedus.model.world import World
from foedus.simulation.appraisal import Appraiser

Floats = NDArray[np.float64]

ALLIES: Final = 3
"""Outside allies that enter the world of a k-ad."""
ADVERSARIES: Final = 3
"""Adversaries that enter the world of a k-ad."""
SCALE: Final = 1000.0
"""Million $ in a bn."""

_Year: TypeAlias = tuple[Circumstances, list[list[int]], Parameters]
"""What a worker takes at a time: the circumstances of a year, the members of its k-ads, and the parameters."""


@dataclass(frozen=True, eq=False)
class Terms:
    """What potential alliances would be worth to their members."""

    table: pl.DataFrame
    """The table of the k-ads with ``hub`` (code of the strongest member), ``adversaries`` (codes), and per term of
    utility its ``_mean``, ``_min`` and ``_sum`` over the members, % of GDP a year with the parameters in use; and
    ``guessed`` (share of members whose product or capability is not known), ``trade_known`` (share of pairs of
    member and adversary with reported trade)."""
    members: pl.DataFrame
    """One row per k-ad and member: ``kad``, ``ccode``, and the terms."""


def terms(
    kads: KAds,
    source: Source | Annals,
    parameters: Parameters | None = None,
    *,
    without: Collection[int] = (),
    workers: int = 1,
) -> Terms:
    """Return the terms of utility of the members of every k-ad, body against treaties in force.

    Parameters
    ----------
    kads : KAds
        Potential alliances of any size and year.
    source : Source or Annals
        Data; only what was known when the year of a k-ad began is used.
    parameters : Parameters, optional
        By default those of the theory. Terms are proportional to their weights.
    without : collection of int
        Treaties left out of those in force, when a source is given.
    workers : int
        Processes; the result does not depend on them.

    Raises
    ------
    FoedusError
        A year is not covered, or data that are needed are missing.
    """
    annals = source if isinstance(source, Annals) else Annals(source, without)
    values = parameters or Parameters()
    by_year: dict[int, list[Any]] = {}

    def finish(number: int, job: _Year, part: list[Any]) -> None:
        by_year[number] = part

    # not copies of this process: the library of data frames has threads of its own
    engine: Engine = Processes(workers, fresh=True) if workers > 1 else Serial()
    work_off(_year, enumerate((c, codes, values) for c, codes in _by_year(kads, annals)), engine, finish)
    parts = [row for number in sorted(by_year) for row in by_year[number]]
    order = np.argsort(kads.table["year"].to_numpy(), kind="stable")
    found: list[Any] = [None] * len(kads)
    for k, part in zip(order.tolist(), parts, strict=True):
        found[k] = part
    return _collected(kads, found)


def _by_year(kads: KAds, annals: Annals) -> Iterable[tuple[Circumstances, list[list[int]]]]:
    """Yield the circumstances of every year with the members of its k-ads, in pieces that a worker takes at a time."""
    years = kads.table["year"].to_numpy()
    order = np.argsort(years, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(years[order])) + 1) if len(order) else []:
        now = annals.before(int(years[rows[0]]))
        yield now, [[c for c in kads.members[k].tolist() if c >= 0] for k in rows]


def _year(job: _Year) -> list[Any]:
    now, bodies, parameters = job
    theatre = Theatre(now, parameters)
    return [theatre.appraise([now.seat[c] for c in body]) for body in bodies]


class Theatre:
    """All states of one year under one set of parameters, from which the world of any k-ad is cut."""

    def __init__(self, now: Circumstances, parameters: Parameters) -> None:
        self.now = now
        self.parameters = parameters
        self.codes = np.array(list(now.seat), dtype=np.int64)
        scale, advantage = parameters["reach_scale"], parameters["reach_advantage"]
        everybody = now.capability
        radius = reach(everybody, everybody, scale, advantage)
        self._helps = help_at_hand(everybody, np.ones_like(everybody), arrival(now.distance, radius))
        force = hostile_force(everybody, now.distance, adversary_reach(everybody, everybody, scale, advantage))
        seen = np.ones_like(now.distance)
        hostile, rival = parameters["hostile_distance"], parameters["rivalry_weight"]
        fear = threat(seen, now.position, now.position, now.rivalry, hostile, rival)
        self._pressure = force * fear
        n = len(self.codes)
        self._pact = np.zeros((n, n), dtype=np.bool_)
        self._pacts_of: list[list[tuple[int, ...]]] = [[] for _ in range(n)]
        for pact in now.pacts:
            self._pact[np.ix_(pact, pact)] = True
            for m in pact:
                self._pacts_of[m].append(pact)
        self._strongest = int(np.argmax(everybody))

    def sides(self, body: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return the states of the world of a k-ad, members first, and its adversaries, as positions."""
        inside = np.zeros(len(self.codes), dtype=np.bool_)
        inside[list(body)] = True
        tied = self._pact[list(body)].any(axis=0) & ~inside
        rival = (self.now.rivalry[list(body)] >= 1.0).any(axis=0)
        pressure = np.where((tied & ~rival) | inside, -1.0, self._pressure[list(body)].sum(axis=0))
        against = [int(a) for a in np.argsort(-pressure, kind="stable")[:ADVERSARIES] if pressure[a] > 0]
        if not against:
            against = [int(np.argmax(np.where(inside, -1.0, self.now.capability)))]
        helps = np.where(tied, (self._helps[list(body)] * self._pact[list(body)]).sum(axis=0), -1.0)
        allies = [int(j) for j in np.argsort(-helps, kind="stable")[:ALLIES] if helps[j] > 0 and int(j) not in against]
        strong = self._strongest
        bystander = [] if inside[strong] or strong in against or strong in allies else [strong]
        return [*body, *allies, *bystander], against

    def world(self, body: Sequence[int]) -> World:
        """Return the world of a k-ad, with the treaties in force in it."""
        states, against = self.sides(body)
        now = self.now
        hub = max(body, key=lambda m: (now.capability[m], -m))
        names = {m: str(self.codes[m]) for m in (*states, *against)}
        between, facing = np.ix_(states, states), np.ix_(states, against)
        ones = np.ones(len(states))
        strength, hostile = now.capability[states], now.capability[against]
        return World(
            states=tuple(names[m] for m in states),
            adversaries=tuple(names[a] for a in against),
            hub=names[hub],
            gdp=now.gdp[states] / SCALE,
            capability_raw=strength,
            capability_available=strength,
            adversary_capability_raw=hostile,
            adversary_capability_available=hostile,
            distance=now.distance[between],
            adversary_distance=now.distance[facing].T,
            ideal_point=now.position[states],
            adversary_ideal_point=now.position[against],
            rivalry=now.rivalry[facing],
            perception=np.ones((len(states), len(against))),
            trade=np.nan_to_num(now.trade[facing], nan=0.0),
            sovereignty=ones,
            free_force=ones,
            recognised=ones,
            recklessness=0.0 * ones,
            grievance=now.rivalry[between],
            divergence_left=np.ones((len(states), len(states))),
            in_force=self._in_force(states, names, hub),
        )

    def _in_force(self, states: Sequence[int], names: dict[int, str], hub: int) -> Architecture:
        place = {m: k for k, m in enumerate(states)}
        return Architecture(tuple(_treaty(m, place, names, hub) for m in self._among(states)))

    def _among(self, states: Sequence[int]) -> list[tuple[int, ...]]:
        """Return the treaties in force as they are among some states, each once."""
        place = set(states)
        every = dict.fromkeys(pact for m in states for pact in self._pacts_of[m])
        there = (tuple(m for m in pact if m in place) for pact in every)
        return [m for m in dict.fromkeys(there) if len(m) > 1]

    def held(self, body: Sequence[int]) -> list[tuple[int, ...]]:
        """Return the treaties in force in the world of a k-ad, as positions of their members there."""
        return self._among(self.sides(body)[0])

    def appraise(self, body: Sequence[int]) -> tuple[Any, ...]:
        """Return hub, adversaries, terms of every member shape (C, k), and how much of the data is known."""
        world = self.world(body)
        before = world.in_force
        place = {m: k for k, m in enumerate(body)}
        names = {m: str(self.codes[m]) for m in body}
        hub = next(m for m in body if names[m] == world.hub)
        joined = before.having(_treaty(tuple(body), place, names, hub))
        judge = Appraiser(world, self.parameters)
        gain = judge.appraise(joined, before).components - judge.appraise(before, before).components
        against = [self.now.seat[int(a)] for a in world.adversaries]
        known = np.isfinite(self.now.trade[np.ix_(list(body), against)]).mean()
        return (
            int(world.hub),
            [int(a) for a in world.adversaries],
            gain[:, : len(body)],
            float(self.now.guessed[list(body)].mean()),
            float(known),
        )

    def leaving(self, body: Sequence[int]) -> Floats:
        """Return what each member of a treaty in force would gain by leaving it alone, shape (C, k).

        Parameters
        ----------
        body : sequence of int
            Positions of the members. The others go on with each other.
        """
        world = self.world(body)
        before = world.in_force
        names = {m: str(self.codes[m]) for m in body}
        place = {m: k for k, m in enumerate(body)}
        hub = next((m for m in body if names[m] == world.hub), body[0])
        treaty = _treaty(tuple(body), place, names, hub)
        judge = Appraiser(world, self.parameters)
        now = judge.appraise(before, before).components
        columns = []
        for k, leaver in enumerate(body):
            rest = tuple(m for m in body if m != leaver)
            kept = before.without(treaty)
            if len(rest) > 1:
                kept = Architecture((*kept, _treaty(rest, place, names, hub)))
            columns.append(judge.appraise(kept, before).components[:, k] - now[:, k])
        return np.array(columns).T


def _treaty(members: tuple[int, ...], place: dict[int, int], names: dict[int, str], hub: int) -> Institution:
    """Return a treaty of defence: of two states, or a body with a council; the hub stands first where it is a member."""
    ordered = sorted(members, key=lambda m: (m != hub, place[m]))
    kind, rule = (Kind.BILATERAL, Rule.HUB) if len(members) == 2 else (Kind.MULTILATERAL, Rule.CONSENSUS)
    return Institution(kind, tuple(names[m] for m in ordered), rule)


def _collected(kads: KAds, found: Sequence[Any]) -> Terms:
    """Put the terms of all k-ads into frames."""
    added = [
        pl.Series("hub", [f[0] for f in found], dtype=pl.Int64),
        pl.Series("adversaries", [f[1] for f in found], dtype=pl.List(pl.Int64)),
        pl.Series("guessed", [f[3] for f in found], dtype=pl.Float64),
        pl.Series("trade_known", [f[4] for f in found], dtype=pl.Float64),
    ]
    for k, term in enumerate(COMPONENTS):
        for name, total in (("mean", np.mean), ("min", np.min), ("sum", np.sum)):
            added.append(pl.Series(f"{term}_{name}", [float(total(f[2][k])) for f in found], dtype=pl.Float64))
    sizes = [f[2].shape[1] for f in found]
    rows = np.concatenate([f[2].T for f in found]) if found else np.empty((0, len(COMPONENTS)))
    codes = [c for row in kads.members.tolist() for c in row if c >= 0]
    member = pl.DataFrame(
        {
            "kad": np.repeat(kads.table["kad"].to_numpy(), sizes),
            "ccode": codes,
            **{term: rows[:, k] for k, term in enumerate(COMPONENTS)},
        }
    )
    return Terms(kads.table.with_columns(added), member)
