"""The roll: rows are those of the institutions that are asked for, however many were entered before."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from foedus.model.architecture import Architecture, Institution, Kind, Rule, bilateral, body, forum
from foedus.model.parameters import Parameters
from foedus.model.properties import depth_of
from foedus.simulation.plan import some_of
from foedus.simulation.roll import Roll, known_from

STATES = tuple(f"S{k}" for k in range(9))


def test_rows_of_the_roll_are_copied_in_their_order() -> None:
    roll, here = Roll(STATES, Parameters()), Architecture((bilateral("S0", "S1"), forum(("S0", "S2", "S3"))))
    light = Institution(Kind.BILATERAL, ("S1", "S3"), Rule.HUB, 0.4)
    rows = [*roll.at(here, known_from(here))[1:], *roll.at((light,), known_from(here)), -1]
    some = some_of(roll.rows, np.array(rows))
    assert some.member.tolist() == [[s in m for s in STATES] for m in (("S0", "S2", "S3"), ("S1", "S3"))]
    assert some.depth.tolist() == [depth_of(here.institutions[1], Parameters()), 0.4]
    assert some.forum.tolist() == [True, False]
    assert some.new.tolist() == [False, True]


def test_what_was_entered_stays_where_it_is_as_the_roll_grows() -> None:
    roll, known = Roll(STATES, Parameters()), frozenset[object]()
    treaties = [bilateral(a, b) for a, b in combinations(STATES, 2)]
    first = roll.at(treaties, known)
    bodies = [body(m) for size in (3, 4, 5) for m in combinations(STATES, size)]
    assert len(set(roll.at(bodies, known))) == len(bodies) > 300
    assert roll.at(treaties, known) == first
    assert roll.at(treaties, known_from(Architecture(tuple(treaties)))) == [row - 1 for row in first]
    for m, row in zip((*treaties, *bodies), (*first, *roll.at(bodies, known)), strict=True):
        assert [s for s, inside in zip(STATES, roll.rows.member[row], strict=True) if inside] == [*m.members]
        assert (roll.rows.multilateral[row], roll.rows.new[row]) == (m.kind is Kind.MULTILATERAL, True)
