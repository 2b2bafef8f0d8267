"""Treaties in force, year by year, and the years after which they run out."""

import polars as pl

from estimation.records import Records, records
from foedus.archive.treaty_years import in_force, terms_agreed


def test_a_treaty_is_there_from_the_year_after_its_signature_to_that_of_its_end():
    kads = in_force(records())
    own = kads.table.filter(pl.col("atopid") == 4)
    assert own["year"].to_list() == list(range(1951, 1962))
    assert own["age"].to_list() == list(range(1, 12))
    assert own["formed"].to_list() == [False] * 10 + [True]
    assert kads.members[own["kad"][0], :2].tolist() == [365, 710]


def test_terms_are_read_in_years_and_nothing_is_made_up():
    lengths = pl.DataFrame({"atopid": [1, 2, 3], "term_months": [240, None, -9]})
    assert terms_agreed(Records({"atop_treaty": lengths})) == {1: 20.0, 2: 0.0, 3: 0.0}
    assert terms_agreed(Records({"atop_treaty": lengths.drop("term_months")})) == {}
    assert terms_agreed(Records({"atop_treaty": lengths.with_columns(term_months=pl.lit(0))})) == {}
    assert terms_agreed(Records({})) == {}
