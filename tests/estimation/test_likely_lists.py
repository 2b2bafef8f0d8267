"""Likely lists from a store: which come first, what a named one gets, and sentences for what makes no sense."""

import pytest

from estimation.records import Records, records
from foedus.estimation.annals import Annals
from foedus.estimation.likely_lists import likely_lists
from foedus.estimation.record_law import setting
from foedus.signings.weights import COEFFICIENTS, Weights
from foedus.vocabulary.errors import FoedusError


@pytest.fixture(scope="module")
def source():
    return records()


def test_the_first_list_is_the_likeliest_and_its_terms_make_its_value(source):
    found = likely_lists(source, 1955, "world", 3, most=5)
    values = [x.value for x in found.lists]
    assert values == sorted(values, reverse=True)
    for one in found.lists:
        assert (one.terms.sum(axis=1) / 2) @ found.weights.signed == pytest.approx(one.value)
        assert len(one.members) == 3


def test_who_has_to_be_inside_may_come_from_elsewhere(source):
    found = likely_lists(source, 1955, "europe", 4, inside=("usa",))
    assert all("USA" in x.members for x in found.lists)
    assert found.candidates < found.states


def test_a_list_asked_about_gets_the_same_numbers_as_among_the_others(source):
    first = likely_lists(source, 1955, "world", 3, most=1).lists[0]
    asked = likely_lists(source, 1955, "world", 4, states=first.members, most=1).asked
    assert asked.members == first.members
    assert (asked.value, asked.lift, asked.chance) == pytest.approx((first.value, first.lift, first.chance))


def test_weights_are_used(source):
    nothing = likely_lists(source, 1955, "world", 3, weights=Weights(dict.fromkeys(COEFFICIENTS, 0.0)))
    assert {x.value for x in nothing.lists} == {0.0}


def test_nothing_later_is_looked_at(source):
    now = Annals(source).before(1955)
    assert now.year == 1954
    assert len(setting(now).states) == likely_lists(source, 1955, "world", 2).states


def test_states_of_whom_nothing_is_known_are_not_made_up(source):
    without = {n: t for n, t in source.tables.items() if n != "gdp_fariss"}
    with pytest.raises(FoedusError, match="nothing of anybody's strength in 1999"):
        likely_lists(Records(without), 2000, "world", 3)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"year": 2050}, "Give 1817 to 2019"),
        ({"region": "europ"}, "europe"),
        ({"size": 1}, "one state alone signs nothing"),
        ({"size": 500}, "larger region"),
        ({"inside": ("USA", "XXX")}, "state 'XXX'"),
        ({"states": ("USA",)}, "one state alone"),
        ({"inside": ("USA", "GBR", "FRA", "CAN")}, "4 of them in every list"),
    ],
)
def test_what_makes_no_sense_gets_a_sentence(source, asked, words):
    given = {"year": 1955, "region": "world", "size": 3} | asked
    with pytest.raises(FoedusError, match=words):
        likely_lists(source, **given)
