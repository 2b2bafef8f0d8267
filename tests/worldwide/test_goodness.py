"""Goodness of fit: where the record lies among runs, by hand, and how far a family is off."""

from dataclasses import replace

import numpy as np
import pytest

from estimation.records import records
from foedus.kernels.allianceyears import COUNTS
from foedus.worldwide.goodness import FAMILIES, NUMBERS, as_far, bunched, compared, families, numbers_of
from foedus.worldwide.world_runs import plan_world, run_world


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOEDUS_CACHE", str(tmp_path_factory.mktemp("cache")))
        return run_world(*plan_world(records(), 1951, 1960), 60, "span")


def test_numbers_have_names_and_families_once():
    assert len({n.key for n in NUMBERS}) == len({n.label for n in NUMBERS}) == len(NUMBERS)
    assert {n.family for n in NUMBERS} == set(FAMILIES)


def test_a_record_that_is_a_run_is_one_of_the_runs(world):
    own = np.column_stack([world.yearly(name)[7] for name in COUNTS]).astype(np.int64)
    shape = np.array([world.ends(n)[7] for n in world.draws.keys if "|" not in n])
    same = replace(world, recorded=replace(world.recorded, counts=own, shape=shape))
    values, record = numbers_of(same)
    np.testing.assert_array_equal(values[7], record)
    assert all(0 < share <= 1 for share in families(same).values())


def test_shares_below_and_bands_by_hand(world):
    found = {c.number.key: c for c in compared(world)}["force_two"]
    values, record = world.yearly("force_two")[:, -1], world.recorded.counts[-1, COUNTS.index("force_two")]
    assert found.record == record
    assert found.below == pytest.approx((values < record).mean() + (values == record).mean() / 2)
    assert (found.low, found.median, found.high) == pytest.approx(tuple(np.quantile(values, [0.05, 0.5, 0.95])))
    assert found.inside == (found.low <= record <= found.high)


def test_years_alike_are_not_bunched_and_a_wave_is():
    even, wave = np.zeros((1, 10, len(COUNTS))), np.zeros((1, 10, len(COUNTS)))
    even[0, :, 0], wave[0, 4, 1] = 1.0, 10.0
    assert bunched(even, even).tolist() == [0.0]
    assert bunched(wave, wave)[0] == pytest.approx(10.0)
    assert np.isnan(bunched(np.zeros((1, 10, len(COUNTS))), even)[0])
    assert np.isnan(bunched(even[:, :1], even)[0])


def test_how_far_a_family_is_off():
    rows = np.array([[-1.0, 0.0], [1.0, 0.0], [0.0, -2.0], [0.0, 2.0]])
    assert as_far(rows, np.zeros(2)) == 1.0
    assert as_far(rows, np.array([1.0, 0.0])) == 1.0  # as far as every row, in their own scatter
    assert as_far(rows, np.array([1.1, 0.0])) == 0.0
    flat = np.array([[0.0, 5.0], [1.0, 5.0], [2.0, 5.0]])
    assert as_far(flat, np.array([1.0, 5.0])) == 1.0
    assert as_far(flat, np.array([1.0, 5.5])) == 0.0  # off the line on which all rows are
