"""The columns of the theory: nothing from the future, the same for any order and any break, the formula of consent."""

import numpy as np
import polars as pl
import pytest

from estimation.madeup import record, with_another_future
from foedus.archive.kads import KAds, signings
from foedus.draws.parts import Parts
from foedus.estimation import theory
from foedus.estimation.annals import Annals
from foedus.estimation.lineups import line_ups
from foedus.estimation.record_law import HALVES, halves
from foedus.estimation.terms import terms
from foedus.kernels.choice import log_logistic
from foedus.mechanisms import COMPONENTS
from foedus.model.parameters import Parameters

ORIGIN = 1904


@pytest.fixture(scope="module")
def source():
    return record(first=1890)


@pytest.fixture(scope="module")
def kads(source):
    return line_ups(signings(source, ORIGIN + 1, ORIGIN + 1), 1, (12, 3))


@pytest.fixture(scope="module")
def columns(source, kads):
    return theory.Theory(source, ())(kads, "who signs")


@pytest.mark.parametrize("question", ["who signs", "what ends"])
def test_no_term_looks_ahead(source, kads, question):
    other = with_another_future(source, ORIGIN)
    one, two = (theory.Theory(s, ())(kads, question) for s in (source, other))
    assert one.equals(two)
    assert one["security_mean"].n_unique() > 1


def test_the_test_of_the_future_can_fail(source, kads):
    """With another record in the years before, the same comparison differs."""
    one, two = (theory.Theory(s, ())(kads, "who signs") for s in (source, with_another_future(source, ORIGIN - 5)))
    assert not one.equals(two)


def test_order_moves_nothing(source, kads, columns):
    turned = np.arange(len(kads))[::-1].copy()
    again = theory.Theory(source, ())(KAds(kads.table[turned], kads.members[turned].copy()), "who signs")
    assert again[turned].equals(columns)


def test_finished_parts_are_taken_up(source, kads, columns, tmp_path, monkeypatch):
    monkeypatch.setattr(theory, "PART", 20)
    done = []
    assert theory.Theory(source, (), kept=Parts(tmp_path, "run"), progress=done.append)(kads, "who signs").equals(
        columns
    )
    assert sum(done) == len(kads)
    parts = sorted(tmp_path.glob("terms-*.part"))
    assert len(parts) == len(done)
    parts[0].write_bytes(b"torn")
    monkeypatch.setattr(theory, "terms", _only_once(theory.terms))
    assert theory.Theory(source, (), kept=Parts(tmp_path, "run"))(kads, "who signs").equals(columns)


def _only_once(work):
    calls = []

    def once(*args, **kwargs):
        calls.append(1)
        assert len(calls) == 1, "a finished part was worked out again"
        return work(*args, **kwargs)

    return once


def test_acceptance_is_the_product_of_consents(source, kads):
    some = KAds(kads.table.head(5), kads.members[:5].copy())
    found = terms(some, source)
    told = theory.columns(found)[theory.ACCEPTANCE].to_list()
    noise = Parameters()["decision_noise"]
    by_hand = [
        sum(float(log_logistic(sum(m[c] for c in COMPONENTS) / noise)) for m in part.rows(named=True))
        for _, part in found.members.group_by("kad", maintain_order=True)
    ]
    assert told == pytest.approx(by_hand)
    moody = theory.columns(found, Parameters(laws={"consent": "common-mood"}))[theory.ACCEPTANCE].to_list()
    assert all(together >= alone - 1e-12 or together > -1.0 for together, alone in zip(moody, told, strict=True))
    assert moody != pytest.approx(told)
    assert found.table["security_min"].to_list() == pytest.approx(
        found.members.group_by("kad", maintain_order=True).agg(pl.col("security").min())["security"].to_list()
    )


def test_the_halves_of_the_record_law_belong_to_who_signs_alone(source, kads, columns):
    own = (*theory.TERMS, theory.ACCEPTANCE)
    assert tuple(columns.columns) == (*own, *HALVES)
    assert columns.select(HALVES).equals(halves(kads, Annals(source)))
    assert tuple(theory.Theory(source, ())(kads, "what ends").columns) == own
    none = KAds(kads.table.head(0), kads.members[:0].copy())
    assert tuple(theory.Theory(source, ())(none, "who signs").columns) == (*own, *HALVES)
    assert tuple(theory.Theory(source, ())(none, "what ends").columns) == own
