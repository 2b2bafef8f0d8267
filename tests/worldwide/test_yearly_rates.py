"""Yearly rates, by hand on a made-up record, and the log-odds that make as many treaties end as did."""

import numpy as np
import polars as pl
import pytest

from estimation.records import Records, records
from foedus.kernels.allianceyears import runs_out
from foedus.signings.weights import Weights
from foedus.vocabulary.errors import FoedusError
from foedus.worldwide.record_of_treaties import Treaties
from foedus.worldwide.yearly_rates import rules_of, yearly_rates


@pytest.fixture(scope="module")
def treaties():
    return Treaties(records())


def test_rates_of_the_span_by_hand(treaties):
    found = yearly_rates(treaties, 1947, 1966)
    assert found.founded == (7 / 20, 2 / 20)  # 1, 2, 4, 5, 6, 8, 9; and 3, 7
    assert found.sizes == {3: 1, 6: 1}
    assert (found.first, found.last) == (1947, 1966)
    years = [
        [t for y in range(1947, 1967) for t in treaties.years.get(y, ()) if (len(t.members) > 2) is wide]
        for wide in (False, True)
    ]
    usual = [1 / len(rows) for rows in years]  # the record so far begins in 1947 too
    assert found.ended == pytest.approx([(1 + u) / (len(rows) + 1) for u, rows in zip(usual, years)])
    assert len(years[1]) == 17 + 10
    assert found.joined == 0.0
    assert found.terms == ({0.0: 7}, {0.0: 2})
    assert found.term_effect == 0.0  # the made-up record says nothing of terms


def test_rates_of_the_years_before(treaties):
    found = yearly_rates(treaties, 1957, 1966, "before")
    assert (found.first, found.last) == (1947, 1956)
    assert found.founded == (4 / 10, 2 / 10)


def test_nothing_later_is_looked_at(treaties):
    longer = Treaties(records())
    assert yearly_rates(treaties, 1957, 1960, "before") == yearly_rates(longer, 1957, 1975, "before")


def test_as_many_end_as_did_whoever_s_term_runs_out():
    own = records()
    lengths = pl.DataFrame({"atopid": list(range(1, 11)), "term_months": [60] * 5 + [0] * 5})
    known = Treaties(Records(own.tables | {"atop_treaty": lengths}))
    found = yearly_rates(known, 1947, 1966)
    rows = [t for y in range(1947, 1967) for t in known.years.get(y, ()) if len(t.members) == 2]
    out = np.array([runs_out(t.born, t.year, known.terms[t.treaty]) for t in rows])
    assert out.any()
    odds = found.ends[0] + found.term_effect * out
    assert (1 / (1 + np.exp(-odds))).mean() == pytest.approx(found.ended[0])


def test_the_kernel_gets_the_same_numbers(treaties):
    rates = yearly_rates(treaties, 1947, 1966)
    rules = rules_of(rates, 1947, Weights())
    assert rules.found.tolist() == list(rates.founded)
    assert rules.many.tolist() == [3, 6]
    assert rules.many_rising.tolist() == [1.0, 2.0]
    assert rules.end.tolist() == list(rates.ends)
    assert rules.guests.tolist() == [1.0]


def test_years_without_any_treaty_have_the_usual_rate_of_ends(treaties):
    found = yearly_rates(treaties, 1946, 1950, "before")
    every = [
        [t for y in range(1947, 2018) for t in treaties.years.get(y, ()) if (len(t.members) > 2) is wide]
        for wide in (False, True)
    ]
    usual = [sum(t.ends for t in rows) / len(rows) for rows in every]
    assert found.founded == (0.0, 0.0)
    assert found.ended == pytest.approx(usual)
    assert 1 / (1 + np.exp(-np.array(found.ends))) == pytest.approx(usual)


def test_the_last_year_whose_ends_nobody_can_see_has_the_usual_rate(treaties):
    found, whole = yearly_rates(treaties, 2018, 2018), yearly_rates(treaties, 1817, 2018)
    assert found.ended == pytest.approx(whole.ended, rel=0.05)


def test_other_choices_are_refused(treaties):
    with pytest.raises(FoedusError, match="Did you mean 'before'"):
        yearly_rates(treaties, 1947, 1966, "befor")
