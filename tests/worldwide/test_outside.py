"""What is given from outside: the kernel judges lists of a year from data as the record's law does."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import polars as pl
import pytest

from estimation.records import Records, member_rows, records
from foedus.archive.codes import members
from foedus.estimation.annals import Annals
from foedus.estimation.record_law import setting
from foedus.kernels.allianceyears import begun, judged
from foedus.kernels.listworth import list_worth
from foedus.signings.weights import Weights
from foedus.vocabulary.errors import FoedusError
from foedus.worldwide.outside import _duos, outside
from foedus.worldwide.record_of_treaties import Treaties
from foedus.worldwide.yearly_rates import rules_of, yearly_rates

WEIGHTS = Weights({"closure": 0.4})


@pytest.fixture(scope="module")
def source():
    friends = [r | {"defence": 0, "nonaggression": 1} for r in member_rows(20, (210, 380, 385), 1952)]
    own = records()
    return Records(own.tables | {"atop_member": pl.concat([own.tables["atop_member"], pl.DataFrame(friends)])})


def test_lists_are_judged_as_by_the_record_s_law(source):
    annals, treaties = Annals(source), Treaties(source)
    given = outside(source, annals, 1955, 1957, WEIGHTS)
    states = len(given.lines)
    for y, year in enumerate((1955, 1956, 1957)):
        start = treaties.web(year, given.lines)
        web = begun(start.members, start.sizes, start.born, start.term, 0)
        rules = rules_of(yearly_rates(treaties, 1955, 1957), 1955, WEIGHTS)
        now = judged(given.globe, y, web, len(start.sizes), rules, np.zeros((2, states, states)))
        law = replace(setting(annals.before(year), WEIGHTS["closure"]), held=None)
        line = {int(s): int(c) for s, c in annals.lineages(year).items()}
        seats = {k: annals.before(year).seat[line[s]] for k, s in enumerate(given.lines) if s in line}
        some = [given.lines.index(c) for c in (2, 20, 200, 210, 211, 380, 385, 640, 710)]
        for size in (2, 3, 5):
            bodies = list(combinations(some, size))[::7]
            wanted = law.values([[seats[s] for s in b] for b in bodies], WEIGHTS)
            for body, value in zip(bodies, wanted):
                inside = np.zeros(states, dtype=np.bool_)
                inside[list(body)] = True
                assert list_worth(np.array(body), size, inside, now) == pytest.approx(value, abs=1e-9)


def test_states_are_those_of_each_year(source):
    given = outside(source, Annals(source), 1955, 1961, WEIGHTS)
    for y, year in enumerate(range(1955, 1962)):
        there = set(members().filter(pl.col("year") == year)["lineage"])
        assert {line for line, here in zip(given.lines, given.globe.there[y]) if here} == there


def test_ties_without_defence_are_given_and_those_with_it_are_not(source):
    given = outside(source, Annals(source), 1952, 1953, WEIGHTS)
    at = {c: given.lines.index(c) for c in (2, 20, 210, 380)}
    assert not given.globe.other[0, at[210], at[380]]  # signed in 1952, so known when 1953 begins
    assert given.globe.other[1, at[210], at[380]]
    assert given.globe.other[1, at[380], at[210]]
    assert not given.globe.other[:, at[2], at[20]].any()


def test_years_of_which_nothing_is_known_are_refused(source):
    without = Records({n: t for n, t in source.tables.items() if n != "gdp_fariss"})
    with pytest.raises(FoedusError, match="nothing of anybody's strength in 1999"):
        outside(without, Annals(without), 2000, 2000, WEIGHTS)


def test_two_states_are_as_far_from_their_common_line_as_from_each_other(source):
    """The line of two lies between them, wherever it is, so that both ways add up to the whole distance."""
    now = Annals(source).before(1955)
    apart = np.abs(now.position[:, None] - now.position[None, :])
    np.testing.assert_allclose(_duos(now), apart, atol=1e-12)
    assert apart.max() > 0.1
