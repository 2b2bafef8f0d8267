"""A case is asked for its facts once; what takes the place of a fact does so in every world alike."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest

from foedus.casebook.reader import read_case
from foedus.model.builder import build_world, institution_of, key_of
from foedus.vocabulary.errors import FoedusError

CASE = read_case("asia-1953")


def test_a_distance_is_set_from_either_side_and_as_it_is_asked_for_counts() -> None:
    i, j = CASE.states.index("JPN"), CASE.states.index("PHL")
    first, second = (CASE.states[k] for k in sorted((i, j)))
    there, back = ("distance", first, second), ("distance", second, first)
    for overrides, kilometres in (({there: 11.0}, 11.0), ({back: 12.0}, 12.0), ({back: 12.0, there: 11.0}, 11.0)):
        table = build_world(CASE, overrides).distance
        assert table[i, j] == table[j, i] == kilometres
    assert build_world(CASE).distance[i, j] == CASE.fact(*there).value  # nothing of it has stayed


def test_every_fact_that_is_put_in_place_is_found_in_one_cell_and_nowhere_else() -> None:
    plain = build_world(CASE)
    for fact in CASE.facts:
        if fact.quantity not in ("gdp", "trade", "grievance", "ideal_point"):
            continue
        changed = build_world(CASE, {key_of(fact): fact.value / 2 + 0.125})
        moved = [
            np.count_nonzero(getattr(changed, name) != getattr(plain, name))
            for name in ("gdp", "trade", "grievance", "ideal_point", "adversary_ideal_point", "distance", "rivalry")
        ]
        assert sum(moved) == 1, fact


def test_what_a_case_does_not_say_is_told_unless_it_is_put_in_place() -> None:
    silent = replace(CASE, facts=tuple(f for f in CASE.facts if (f.quantity, f.subject) != ("gdp", "JPN")))
    with pytest.raises(FoedusError, match="does not say the gdp of JPN"):
        build_world(silent)
    given = build_world(silent, {("gdp", "JPN", None): 7.0})
    assert given.gdp[given.index("JPN")] == 7.0


@pytest.mark.parametrize(("day", "years"), [("1951-01-01", 1951.0), ("1951-01-02", 1951 + 1 / 365.25)])
def test_a_treaty_begins_when_its_first_day_does(day: str, years: float) -> None:
    record = next(r for r in CASE.institutions if r.in_force is not None and institution_of(CASE, r))
    begun = institution_of(CASE, replace(record, in_force=datetime.date.fromisoformat(day)))
    assert begun is not None
    assert begun.begun == pytest.approx(years, abs=1e-9)
