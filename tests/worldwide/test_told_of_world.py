"""What is told of runs of the world: one record, in few words, with pictures, and the doubts beside the numbers."""

import json

import pytest

from estimation.records import records
from foedus.asking.files import page_text
from foedus.worldwide.goodness import NUMBERS
from foedus.worldwide.told_of_world import DOUBTS, record_of, short
from foedus.worldwide.world_runs import plan_world, run_world


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOEDUS_CACHE", str(tmp_path_factory.mktemp("cache")))
        return record_of(run_world(*plan_world(records(), 1951, 1960), 40, "span"))


def test_the_first_screen_says_how_many_numbers_fit(told):
    assert told.title == "The world of states, 1951 to 1960"
    fit = told.table("fit")
    inside = fit.column("verdict").count("inside")
    assert told.says[0] == f"Of {len(fit)} numbers of the record {inside} lie within the middle nine tenths of 40 runs."
    assert len(" ".join(told.says).split()) <= 60
    assert len(fit) <= len(NUMBERS)


def test_what_lies_outside_is_named(told):
    outside = [
        label
        for label, v in zip(told.table("fit").column("number"), told.table("fit").column("verdict"))
        if v != "inside"
    ]
    if outside:
        assert any(label in told.says[1] for label in outside)
    else:
        assert len(told.says) == 1


def test_families_as_far_as_nearly_no_run_are_named(told):
    joint, said = told.table("families"), told.section("fit").says[0]
    for family, far in zip(joint.column("family"), joint.column("as_far"), strict=True):
        assert (family in said) == (far < 0.02)


def test_doubts_and_rates_stand_beside_the_numbers(told):
    assert told.section("doubts").notes == DOUBTS
    assert told.table("rates").column("two")[0] == 0.3  # three in ten years
    assert "none runs out" in told.section("given").notes[0]


def test_states_stand_in_the_order_of_how_far_record_and_runs_are_apart(told):
    apart = told.table("allies_apart")
    off = [abs(own - middle) for own, middle in zip(apart.column("record"), apart.column("median"), strict=True)]
    assert off == sorted(off, reverse=True)
    assert off[0] > off[-1]


def test_few_runs_are_called_few(told):
    assert told.section("fit").notes == ("40 runs give a rough idea of their middle nine tenths; take 100 or more.",)


def test_every_year_and_state_is_there(told):
    assert len(told.table("yearly_force_two")) == 2 * 10
    assert "USA" in told.table("allies").column("state")
    assert len(told.table("allies_apart")) == 12


def test_it_becomes_a_page_and_json(told):
    page = page_text(told)
    assert page.count("<svg") >= 6
    assert json.loads(json.dumps(told.to_dict(), allow_nan=False))["kind"] == "world"


def test_numbers_in_sentences_are_short():
    assert [short(v) for v in (0.6749, 3505.0, 606.0, 2.467, 33.0, 343.5)] == [
        "0.67",
        "3505",
        "606",
        "2.5",
        "33",
        "344",
    ]
