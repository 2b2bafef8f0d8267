"""The record's law on the record: the terms of seven bodies, autonomy as the case theory has it, and no look ahead."""

import json
from pathlib import Path

import numpy as np
import pytest

from archive.published_files import SHARED, needs_shared
from estimation.madeup import record, with_another_future
from foedus.archive.datasets.tidy import TidyFolder
from foedus.archive.kads import signings
from foedus.estimation.annals import Annals
from foedus.estimation.fit import conditional_logit
from foedus.estimation.lineups import line_ups
from foedus.estimation.protocol import WITHOUT
from foedus.estimation.record_law import HALVES, halves, setting, signing_choices
from foedus.estimation.terms import Theatre
from foedus.mechanisms import COMPONENTS
from foedus.model.parameters import Parameters

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference" / "formation-terms.json"
ORIGIN = 1904


@pytest.fixture(scope="module")
def source():
    return record(first=1890)


@pytest.fixture(scope="module")
def kads(source):
    return line_ups(signings(source, ORIGIN + 1, ORIGIN + 1), 1, (12, 3))


def test_no_term_looks_ahead(source, kads):
    now, then = (halves(kads, Annals(with_another_future(source, year))) for year in (ORIGIN, ORIGIN - 5))
    here = halves(kads, Annals(source))
    assert here.equals(now)
    assert not here.equals(then)  # the test can fail
    assert {c for c in HALVES if here[c].n_unique() > 1} >= {"separation_half", "autonomy_half"}


def test_autonomy_is_that_of_the_case_theory(source, kads):
    now = Annals(source).before(ORIGIN + 1)
    here, theatre = setting(now), Theatre(now, Parameters())
    k = COMPONENTS.index("autonomy")
    pacts = [list(p)[:n] for p in now.pacts for n in (2, 3, 4) if len(p) >= n]
    drawn = [[now.seat[c] for c in row if c >= 0] for row in kads.members.tolist()]
    assert min(len(pacts), len(drawn)) > 0
    for body in (*pacts, *drawn):
        assert here.terms(body)[3] == pytest.approx(theatre.appraise(body)[2][k], abs=1e-12)


@pytest.fixture(scope="module")
def annals():
    return Annals(TidyFolder(SHARED), WITHOUT)


@needs_shared
@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference run is not part of the product and is absent here")
def test_seven_bodies_member_by_member(annals):
    told = json.loads(REFERENCE.read_text())
    assert len(told) == 7
    for name, known in told.items():
        now = annals.before(known["year"])
        found = setting(now).terms([now.seat[c] for c in known["members"]])
        for row, term in zip(found, ("separation", "common_enemy", "trust"), strict=False):
            assert np.abs(row - known[term]).max() < 1e-9, (name, term)


@needs_shared
def test_the_four_weights_of_1817_to_2016(annals):
    pytest.importorskip("statsmodels")
    found = conditional_logit(signing_choices(TidyFolder(SHARED), annals, 1817, 2016, 1, WITHOUT), HALVES)
    assert found.names == HALVES
    assert found.coefficients == pytest.approx([-3.354, 1.870, 1.206, 4.656], abs=0.02)
    assert found.log_likelihood == pytest.approx(-427.1, abs=0.3)
    assert found.null_log_likelihood == pytest.approx(-1043.7, abs=0.3)
    assert found.errors == pytest.approx([0.273, 0.353, 0.377, 1.934], rel=0.1)


@needs_shared
def test_the_numbers_of_the_specification(annals):
    now = annals.before(1949)
    atlantic = [now.seat[c] for c in (2, 20, 200, 210, 211, 212, 220, 235, 325, 385, 390, 395)]
    assert setting(now).terms(atlantic)[0, :2] == pytest.approx([0.515, 1.068], abs=5e-4)
    entente = annals.before(1921)
    found = setting(entente).terms([entente.seat[c] for c in (345, 360)])
    assert found[:3].tolist() == [[0.0, 0.0], [1.0, 1.0], [0.0, 0.0]]
