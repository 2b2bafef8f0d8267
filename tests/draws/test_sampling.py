"""The design of an ensemble: a Latin hypercube whose rows can be had one by one, in any order."""

from __future__ import annotations

import math
import tracemalloc
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.casebook.reader import read_case
from foedus.draws import sampling
from foedus.draws.sampling import Calibrated, Choice, Uncertainty, apply, design, latin_hypercube, uncertainties
from foedus.model.calibration import Calibration, Estimated
from foedus.model.parameters import PARAMETERS, Parameters

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@PATIENT
@given(draws=st.integers(1, 300), dimensions=st.integers(1, 5), seed=st.integers(0, 2**40))
def test_every_stratum_is_met_once(draws: int, dimensions: int, seed: int) -> None:
    sample = latin_hypercube(dimensions, draws, seed)
    assert ((sample >= 0) & (sample < 1)).all()
    for column in sample.T:
        np.testing.assert_array_equal(np.sort(np.floor(column * draws)), np.arange(draws))


@PATIENT
@given(draws=st.integers(1, 200), cut=st.integers(0, 200), seed=st.integers(0, 99))
def test_rows_do_not_depend_on_which_are_asked_for_together(draws: int, cut: int, seed: int) -> None:
    whole = latin_hypercube(3, draws, seed)
    parts = [latin_hypercube(3, draws, seed, 0, min(cut, draws)), latin_hypercube(3, draws, seed, min(cut, draws))]
    assert np.vstack(parts).tobytes() == whole.tobytes()


def test_columns_are_as_independent_as_chance_makes_them() -> None:
    draws = 4096
    sample = latin_hypercube(20, draws, 1)
    off = np.corrcoef(sample.T)[np.triu_indices(20, 1)]
    assert abs(off.std() * np.sqrt(draws) - 1) < 0.2  # standard error of a correlation of independent columns
    cells, *_ = np.histogram2d(sample[:, 0], sample[:, 1], bins=16, range=[[0, 1], [0, 1]])
    assert ((cells - 16) ** 2 / 16).sum() < 320  # chi-square with 225 degrees of freedom: 1 in 10,000


def test_all_orders_of_few_draws_come_up() -> None:
    orders = [tuple(np.floor(c * 3)) for seed in range(30) for c in latin_hypercube(20, 3, seed).T]
    counts = [orders.count(o) for o in set(orders)]
    assert len(counts) == 6
    assert min(counts) > 60  # 100 expected each


def test_rows_of_a_huge_hypercube_need_no_room_for_the_others() -> None:
    tracemalloc.start()
    latin_hypercube(100, 10**9, 1, 5 * 10**8, 5 * 10**8 + 50)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_design_may_vary_numbers_and_choices() -> None:
    found = (Uncertainty("x", "x", 0.0, 1.0, 3.0), Choice("start", ("a", "b", "c")))
    rows = design(found, 300, 2)
    assert (rows[:, 0] < 1).sum() == 150
    np.testing.assert_array_equal(np.bincount(rows[:, 1].astype(int)), [100, 100, 100])
    np.testing.assert_array_equal(Choice("start", ("a", "b")).quantile(np.array([0.0, 0.499, 0.5, 1.0])), [0, 0, 1, 1])


def calibrated(correlation=0.8):
    known = (
        Estimated("loss_at_stake", True, math.log(2.0), 0.5, 0.2, 20.0),
        Estimated("autonomy_cost", True, math.log(0.4), 0.3, 0.1, 2.0),
        Estimated("publicness", False, 0.4, 0.1, 0.1, 0.75),
    )
    return Calibration("made-up", "0" * 64, known, ((1, correlation, 0), (correlation, 1, 0), (0, 0, 1)))


def test_calibrated_parameters_are_drawn_together_as_the_calibration_says():
    case = read_case("indo-pacific-2020")
    found = uncertainties(case, Parameters(calibration=calibrated()))
    drawn = design(found, 400, 1)
    at = {u.label: k for k, u in enumerate(found)}
    loss, cost, public = (drawn[:, at[n]] for n in ("loss_at_stake", "autonomy_cost", "publicness"))
    assert np.corrcoef(np.log(loss), np.log(cost))[0, 1] == pytest.approx(0.8, abs=0.05)
    assert abs(np.corrcoef(loss, public)[0, 1]) < 0.12
    assert np.median(loss) == pytest.approx(2.0, rel=0.05)
    assert np.log(loss).std() == pytest.approx(0.5, rel=0.1)
    assert public.min() >= 0.1
    assert public.max() <= 0.75
    # Everything else is drawn as ever.
    judged = uncertainties(case, Parameters())
    plain = design(judged, 400, 1)
    fee = [u.label for u in judged].index("treaty_fee")
    assert drawn[:, at["treaty_fee"]].tolist() == plain[:, fee].tolist()


def test_a_part_of_a_calibrated_design_is_a_part_of_the_whole():
    found = uncertainties(read_case("indo-pacific-2020"), Parameters(calibration=calibrated()))
    assert design(found, 40, 1)[10:20].tobytes() == design(found, 40, 1, 10, 20).tobytes()


def test_what_is_set_by_hand_is_no_longer_drawn_as_calibrated():
    case = read_case("indo-pacific-2020")
    by_hand = Parameters(calibration=calibrated()).replace({"loss_at_stake": 6.0, "autonomy_cost": 1.9})
    found = {u.label: u for u in uncertainties(case, by_hand)}
    assert not isinstance(found["loss_at_stake"], Calibrated)
    assert found["loss_at_stake"].value == 6.0
    assert "autonomy_cost" not in found
    assert isinstance(found["publicness"], Calibrated)


def test_the_value_in_use_is_the_median_and_each_half_is_even() -> None:
    shares = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    np.testing.assert_allclose(Uncertainty("x", "x", 1.0, 2.0, 6.0).quantile(shares), [1.0, 1.5, 2.0, 4.0, 6.0])
    factors = Uncertainty("x", "x", 1.0, 100.0, 10000.0, logarithmic=True)
    np.testing.assert_allclose(factors.quantile(shares), [1.0, 10.0, 100.0, 1000.0, 10000.0])


def test_what_is_fixed_does_not_vary_and_nothing_else_goes() -> None:
    case = read_case("asia-1953")
    free = [u.label for u in uncertainties(case, Parameters())]
    fact = next(label for label in free if " " in label)
    kept = [u.label for u in uncertainties(case, Parameters(), ("treaty_fee", fact))]
    assert kept == [label for label in free if label not in ("treaty_fee", fact)]
    assert len(kept) == len(free) - 2


def test_words_are_scattered_as_published() -> None:
    # the first outputs of SplitMix64 for seed 0: its finaliser at one, two and three golden gammas
    gamma = np.array([k * 0x9E3779B97F4A7C15 % (1 << 64) for k in (1, 2, 3)], dtype=np.uint64)
    assert [int(w) for w in sampling._mixed(gamma)] == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


DEVIATION = 0.8413447460685429  # the share of a normal distribution below one standard deviation


def test_a_calibrated_parameter_is_normal_on_its_scale_and_keeps_to_its_bounds() -> None:
    known = calibrated()
    loss = Calibrated("loss_at_stake", "loss_at_stake", 0.2, 2.0, 20.0, True, known)
    shares = np.array([0.0, 1 - DEVIATION, 0.5, DEVIATION, 1.0])
    np.testing.assert_allclose(loss.quantile(shares)[1:4], [2 * np.exp(-0.5), 2.0, 2 * np.exp(0.5)])
    assert loss.quantile(shares)[[0, 4]].tolist() == [0.2, 20.0]
    public = Calibrated("publicness", "publicness", 0.1, 0.4, 0.75, False, known)
    np.testing.assert_allclose(public.quantile(shares), [0.1, 0.3, 0.4, 0.5, 0.75])


def test_columns_are_coupled_in_whatever_order_they_stand() -> None:
    known = calibrated(0.6)
    names = ("publicness", "fee", "autonomy_cost", "loss_at_stake")
    found = [
        Calibrated(n, n, 0.0, 1.0, 2.0, False, known) if n != "fee" else Uncertainty(n, n, 0.0, 1.0, 2.0) for n in names
    ]
    columns, table = sampling.correlations(found) or ([], np.zeros(0))
    assert columns == [3, 2, 0]
    np.testing.assert_array_equal(table, [[1, 0.6, 0], [0.6, 1, 0], [0, 0, 1]])
    # one deviation up in the first takes the second to 0.6 and 0.8 of its own: up 1.4 where it is up too, down 0.2 else
    shares = np.array([[0.3, 0.2, DEVIATION, DEVIATION], [0.3, 0.2, 1 - DEVIATION, DEVIATION]])
    together = sampling.coupled(found, shares)
    np.testing.assert_allclose(together[:, [0, 1, 3]], shares[:, [0, 1, 3]], atol=1e-12)
    np.testing.assert_allclose(together[:, 2], [0.9192433407662289, 0.42074029056089696], atol=1e-9)
    assert shares[0, 2] == DEVIATION  # what was given is left as it was


def test_one_alone_is_coupled_to_nothing() -> None:
    alone = [
        Calibrated("publicness", "publicness", 0.1, 0.4, 0.75, False, calibrated()),
        Uncertainty("x", "x", 0, 1, 2),
    ]
    assert sampling.correlations(alone) is None
    assert sampling.correlations([Uncertainty("x", "x", 0, 1, 2)] * 2) is None
    shares = np.array([[0.1, 0.9]])
    assert sampling.coupled(alone, shares) is shares


def test_a_parameter_at_an_end_of_its_range_still_varies_and_beyond_it_does_not() -> None:
    case = read_case("asia-1953")
    p = next(p for p in PARAMETERS if p.name == "treaty_fee")
    floor, ceiling = (max(0.0, p.low / 2), p.high * 1.01)
    for value, varies in ((p.low, True), (p.high, True), (floor, False), (ceiling, False)):
        labels = {u.label: u for u in uncertainties(case, Parameters({"treaty_fee": value}))}
        assert ("treaty_fee" in labels) == varies, value
        if varies:
            assert (labels["treaty_fee"].low, labels["treaty_fee"].value, labels["treaty_fee"].high) == (
                p.low,
                value,
                p.high,
            )


def test_a_parameter_without_a_width_does_not_vary(monkeypatch: pytest.MonkeyPatch) -> None:
    case, in_use = read_case("asia-1953"), Parameters()["treaty_fee"]
    narrow = tuple(replace(p, low=in_use, high=in_use) if p.name == "treaty_fee" else p for p in PARAMETERS)
    free = {u.label for u in uncertainties(case, Parameters())}
    monkeypatch.setattr(sampling, "PARAMETERS", narrow)
    assert {u.label for u in uncertainties(case, Parameters())} == free - {"treaty_fee"}


def test_a_fact_varies_if_its_range_has_a_width() -> None:
    case = read_case("asia-1953")
    fact = next(f for f in case.facts if f.low is not None and f.high is not None and f.low < f.high and f.against)
    label = f"{fact.quantity} {fact.subject} {fact.against}"
    (found,) = [u for u in uncertainties(case, Parameters()) if u.label == label]
    assert (found.low, found.value, found.high) == (fact.low, fact.value, fact.high)
    rest = tuple(f for f in case.facts if f is not fact)
    for other in (replace(fact, low=fact.value, high=fact.value), replace(fact, low=None), replace(fact, high=None)):
        assert label not in {u.label for u in uncertainties(replace(case, facts=(*rest, other)), Parameters())}


def test_a_calibration_is_shown_by_the_middle_nine_tenths_of_its_draws() -> None:
    found = {u.label: u for u in uncertainties(read_case("asia-1953"), Parameters(calibration=calibrated()))}
    loss = found["loss_at_stake"]
    np.testing.assert_allclose([loss.low, loss.high], loss.quantile(np.array([0.05, 0.95])))
    assert loss.value == pytest.approx(2.0)
    kept = uncertainties(read_case("asia-1953"), Parameters(calibration=calibrated()), ("loss_at_stake",))
    assert "loss_at_stake" not in {u.label for u in kept}


def test_a_row_puts_parameters_and_facts_where_they_belong() -> None:
    found = (Uncertainty("treaty_fee", "treaty_fee", 0, 1, 2), Uncertainty("gdp JPN", ("gdp", "JPN", None), 0, 1, 2))
    parameters, overrides = apply(found, np.array([0.125, 7.0]), Parameters())
    assert parameters["treaty_fee"] == 0.125
    assert overrides == {("gdp", "JPN", None): 7.0}


def test_rows_beyond_the_last_are_none() -> None:
    whole = latin_hypercube(2, 7, 1)
    assert whole.shape == (7, 2)
    assert latin_hypercube(2, 7, 1, 5, 99).tobytes() == whole[5:].tobytes()
    assert latin_hypercube(2, 7, 1, 6, 7).tobytes() == whole[6:].tobytes()
    assert latin_hypercube(2, 7, 1, 7).shape == latin_hypercube(2, 7, 1, 5, 3).shape == (0, 2)
    assert latin_hypercube(0, 7, 1).shape == (7, 0)
    assert design((), 7, 1).shape == (7, 0)


def test_places_within_strata_are_even_and_of_their_own() -> None:
    sample = latin_hypercube(6, 3000, 3) * 3000 % 1.0
    assert np.abs(np.histogram(sample, bins=10, range=(0, 1))[0] / 1800 - 1).max() < 0.1
    off = np.corrcoef(sample.T)[np.triu_indices(6, 1)]
    assert np.abs(off).max() < 4 / np.sqrt(3000)


def test_draws_of_a_seed_are_those_of_every_earlier_version() -> None:
    """Whoever gives a seed again gets the draws that were published; so these stay as they are."""
    rows = latin_hypercube(3, 1000, 1)
    assert np.floor(rows[:4] * 1000).astype(int).tolist() == [
        [427, 147, 677],
        [982, 786, 948],
        [4, 313, 587],
        [292, 665, 825],
    ]
    np.testing.assert_array_equal(rows[:4], latin_hypercube(3, 1000, 1, 0, 4))


def test_the_bytes_of_a_design_are_those_of_every_processor() -> None:
    """NumPy's exponential has other last bits where its lanes are wider, so that a kept design told machines apart."""
    case = read_case("indo-pacific-2020")
    rows = design(uncertainties(case, Parameters(calibration=calibrated())), 40, 1)
    assert sha256(rows.tobytes()).hexdigest() == "d49cbbe08edbe0b731a701dc7a58ba93e00a98bd217b54ea1950bd167eb890af"
    spread = Uncertainty("x", "x", 0.1, 0.7, 12.0, logarithmic=True)
    shares = np.linspace(0.01, 0.49, 97)
    low, middle = math.log(0.1), math.log(0.7)
    by_hand = [math.exp(low + (middle - low) * share / 0.5) for share in shares.tolist()]
    assert spread.quantile(shares).tolist() == by_hand
