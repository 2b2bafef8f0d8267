"""Means that ship: every built-in case has a year near enough, and they agree with what the record gives again."""

import pytest

from archive.published_files import SHARED, needs_shared
from foedus.archive.datasets.tidy import TidyFolder
from foedus.casebook.reader import case_names, read_case
from foedus.estimation.annals import Annals
from foedus.estimation.protocol import WITHOUT
from foedus.estimation.record_law import setting
from foedus.signings.level import log_lot
from foedus.signings.means import MEANS, NEAR, SIZES, means_near
from foedus.signings.weights import Weights


def test_every_year_has_a_mean_for_every_size_and_they_fall_with_it():
    for year, (states, means) in MEANS.items():
        assert states > 40, year
        assert len(means) == len(SIZES)
        assert list(means) == sorted(means, reverse=True), year


def test_the_nearest_year_stands_in_and_no_far_one():
    assert means_near(1950) == 1949
    assert means_near(1949) == 1949
    assert means_near(max(MEANS) + NEAR) == max(MEANS)
    assert means_near(max(MEANS) + NEAR + 1) is None
    assert all(means_near(read_case(name).as_of.year) is not None for name in case_names())


@needs_shared
def test_they_are_those_of_the_record():
    here = setting(Annals(TidyFolder(SHARED), WITHOUT).before(1949))
    states, means = MEANS[1949]
    assert len(here.states) == states
    assert log_lot(here, 3, Weights(), 7, (1949,)) == pytest.approx(means[0], abs=0.4)
    assert log_lot(here, 6, Weights(), 7, (1949,)) == pytest.approx(means[3], abs=0.6)
