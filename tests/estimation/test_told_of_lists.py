"""What is told of likely lists: terms that add up, chances nobody can misread, and what does not hold."""

import math

import pytest

from estimation.records import records
from foedus.estimation.likely_lists import likely_lists
from foedus.estimation.told_of_lists import one_in, record_of, times, why_table
from foedus.signings.doubts import DOUBTS, WHAT_IT_IS


@pytest.fixture(scope="module")
def found():
    return likely_lists(records(), 1955, "europe", 3, inside=("USA",), states=("USA", "CAN"), most=4)


def test_the_rows_add_up_to_the_value(found):
    for one in found.lists:
        rows = list(why_table(found, one, "why"))
        assert rows[-1]["total"] == pytest.approx(one.value)
        assert sum(r["total"] for r in rows[:-1]) == pytest.approx(one.value)
        assert rows[-1]["trust"] == pytest.approx(sum(r["trust"] for r in rows[:-1]))


def test_every_doubt_and_what_it_is_are_printed(found):
    doubts = record_of(found).section("doubts")
    assert doubts.says == (WHAT_IT_IS,)
    assert doubts.notes == DOUBTS
    assert len(DOUBTS) >= 7


def test_the_list_asked_about_stands_before_the_first(found):
    keys = [s.key for s in record_of(found).sections]
    assert keys == ["lists", "asked", "why", "doubts"]
    assert "In every list: United States." in record_of(found).section("lists").says
    assert len(record_of(found).table("lists")) == 4


@pytest.mark.parametrize(
    ("chance", "words"),
    [(0.25, "1 in 4"), (1 / 250_000, "1 in 250,000"), (1e-12, "1 in 1.0 · 10^12"), (math.nan, "–"), (0.0, "–")],
)
def test_small_chances_are_never_nothing(chance, words):
    assert one_in(chance) == words


@pytest.mark.parametrize(("lift", "words"), [(0.0, "1"), (math.log(2500), "2,500"), (math.log(3e9), "3.0 · 10^9")])
def test_no_digits_that_nobody_knows(lift, words):
    assert times(lift) == words


def test_the_chance_of_one_list_is_kept_as_a_number_and_shown_in_words(found):
    table = record_of(found).table("lists")
    hidden = {c.name for c in table.columns if c.hidden}
    assert hidden == {"chance"}
    for k, row in enumerate(table):
        assert row["place"] == k + 1
        assert row["a_year"] == one_in(row["chance"])
        assert row["likelier"] == times(found.lists[k].lift)
