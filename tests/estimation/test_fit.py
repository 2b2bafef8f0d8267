"""The weights of utility from choices: a plain twin, known weights found again, and who counts as having left."""

import numpy as np
import polars as pl
import pytest
from scipy.integrate import quad

from estimation.records import Records, member_rows, records
from foedus.estimation.annals import Annals
from foedus.estimation.choices import _leavers, drawn, leaving_sets, signing_sets
from foedus.estimation.fit import conditional_logit, held, recovery
from foedus.estimation.posterior import LINEAR, WEIGHTS, along, flat, judged, together
from foedus.mechanisms import COMPONENTS
from foedus.model.parameters import BY_NAME
from foedus.vocabulary.errors import FoedusError

TRUTH = {"security": 3.0, "autonomy": 6.0, "exposure": 2.0}


def made_choices(sets=160, size=6, seed=3, truth=TRUTH):
    """Return choices made with known weights among random alternatives."""
    rng = np.random.default_rng(seed)
    data = {c: rng.normal(0, 0.4, sets * size) for c in truth}
    utility = sum(w * data[c] for c, w in truth.items()) + rng.gumbel(size=sets * size)
    chosen = (utility.reshape(sets, size) == utility.reshape(sets, size).max(axis=1, keepdims=True)).ravel()
    years = np.repeat(rng.integers(1900, 1960, sets), size)
    hubs = np.repeat(rng.integers(1, 40, sets), size)
    return pl.DataFrame(
        {"choice_set": np.repeat(np.arange(sets), size), "chosen": chosen, "year": years, "hub": hubs, **data}
    )


def newton(choices, names):
    """Return coefficients, scores by set and information of a conditional logit, the plain way."""
    groups = [g for _, g in choices.group_by("choice_set", maintain_order=True)]
    blocks = [(g.select(names).to_numpy(), g["chosen"].to_numpy()) for g in groups]
    beta = np.zeros(len(names))
    for _ in range(50):
        scores, information, height = [], np.zeros((len(names),) * 2), 0.0
        for x, y in blocks:
            p = np.exp(x @ beta - (x @ beta).max())
            p /= p.sum()
            centred = x - p @ x
            scores.append(centred[y].sum(axis=0))
            information += (centred * p[:, None]).T @ centred
            height += float(np.log(p[y]).sum())
        beta = beta + np.linalg.solve(information, np.sum(scores, axis=0))
    return beta, np.array(scores), information, height


@pytest.fixture(scope="module")
def choices():
    return made_choices()


@pytest.fixture(scope="module")
def estimate(choices):
    return conditional_logit(choices, tuple(TRUTH))


def test_the_fit_is_that_of_a_plain_twin(choices, estimate):
    beta, scores, information, height = newton(choices, list(TRUTH))
    assert estimate.coefficients == pytest.approx(beta, rel=1e-3)
    assert estimate.log_likelihood == pytest.approx(height, abs=1e-3)
    assert estimate.null_log_likelihood == pytest.approx(-160 * np.log(6))
    assert estimate.plain == pytest.approx(np.linalg.inv(information), rel=2e-2, abs=1e-4)
    first = choices.group_by("choice_set", maintain_order=True).first()
    bread, total = np.linalg.inv(information), 0.0
    for sign, key in ((1, "year"), (1, "hub"), (-1, "choice_set")):
        sums = np.array([scores[(first[key] == v).to_numpy()].sum(axis=0) for v in first[key].unique()])
        total = total + sign * bread @ sums.T @ sums @ bread
    assert estimate.covariance == pytest.approx(total, rel=0.1, abs=2e-3)


def test_known_weights_are_found_again(estimate):
    truth = np.array(list(TRUTH.values()))
    assert np.all(np.abs(estimate.coefficients - truth) < 3.5 * np.sqrt(np.diag(estimate.plain)))
    assert np.all(estimate.inflation < 2)
    assert estimate.condition < 3
    assert estimate.design_effect >= 1


def test_recovery_is_unbiased_and_covers(choices, estimate):
    found = recovery(choices.head(100 * 6), estimate, 12, 1)
    assert np.all(np.abs(found.mean - found.truth) < 4 * found.spread / np.sqrt(found.draws) + 0.1 * found.truth)
    assert found.coverage.mean() > 0.8


def test_the_profile_is_highest_at_the_estimate(choices, estimate):
    columns = tuple(TRUTH)
    best = held(choices, "security", float(estimate.coefficients[0]), columns)
    assert best == pytest.approx(estimate.log_likelihood, abs=1e-3)
    assert held(choices, "security", 0.0, columns) < best - 10


def test_what_does_not_vary_is_left_out(choices):
    still = choices.with_columns(fee=pl.col("choice_set").cast(pl.Float64))
    assert conditional_logit(still, (*TRUTH, "fee")).names == tuple(TRUTH)
    with pytest.raises(FoedusError, match="no term differs"):
        conditional_logit(still, ("fee",))


def test_strong_data_move_parameters_and_weak_data_do_not():
    sure = conditional_logit(
        made_choices(400, truth=dict.fromkeys(("security", "autonomy"), 10.0)), ("security", "autonomy")
    )
    marginals, correlation = together(sure)
    after = {m.name: m for m in marginals}
    # Coefficients of ten are what the default parameters say: the centre stays, the ratio to the noise is known.
    assert after["loss_at_stake"].at(0) == pytest.approx(5.0, rel=0.25)
    assert after["autonomy_cost"].spread < judged("autonomy_cost").spread
    assert after["coercion_pain"].spread == pytest.approx(judged("coercion_pain").spread, rel=0.05)
    i, j = LINEAR.index("autonomy_cost"), LINEAR.index("decision_noise")
    assert correlation[i, j] > 0.5
    assert np.linalg.eigvalsh(correlation)[0] > 0


def test_weights_that_data_put_at_nothing_go_down(choices):
    against = conditional_logit(made_choices(250, truth={"security": -2.0, "autonomy": 10.0}), ("security", "autonomy"))
    marginals, _ = together(against)
    after = {m.name: m for m in marginals}
    assert after["loss_at_stake"].at(0) < BY_NAME["loss_at_stake"].low


def test_every_coefficient_belongs_to_parameters_of_the_theory():
    assert set(WEIGHTS) <= set(COMPONENTS)
    assert "fee" not in WEIGHTS  # its coefficient carries that states rather extend a treaty than make one anew
    assert set(LINEAR) <= set(BY_NAME)


def test_a_profile_moves_the_centre_towards_what_is_likely_and_never_outside():
    p = BY_NAME["publicness"]
    values = (p.low, p.default, p.high)
    assert along("publicness", values, (0.0, 0.0, 0.0), 1.0).spread == flat("publicness")
    up = along("publicness", values, (-60.0, -20.0, 0.0), 1.0)
    assert p.default < up.centre <= p.high
    assert up.spread < flat("publicness")
    assert along("publicness", values, (-60.0, -20.0, 0.0), 50.0).centre < up.centre


@pytest.fixture(scope="module")
def source():
    return records()


def test_signings_stand_beside_what_was_not_signed(source):
    annals = Annals(source)
    kads = drawn(source, 1950, 1963, 5, 1)
    found = signing_sets(kads, annals)
    assert (
        found.group_by("choice_set").agg(pl.col("chosen").sum())["chosen"].to_list()
        == [1] * found["choice_set"].n_unique()
    )
    assert set(found["act"]) == {"signing"}
    assert found.filter(pl.col("chosen"))["atopid"].to_list() != []
    firsts = found.group_by("choice_set", maintain_order=True).first()
    assert firsts["chosen"].all(), "what was signed stands before what was not"
    assert firsts["choice_set"].is_sorted()
    one = found.filter(pl.col("choice_set") == 0)
    assert one["year"].n_unique() == one["size"].n_unique() == 1


def test_who_left_and_who_stayed(source):
    left, stayed = _leavers(Annals(source), 1961)
    assert {(t, body[k]) for t, body, k in left} == {(4, 365), (4, 710)}
    assert (1, 2) in {(t, body[k]) for t, body, k in stayed}
    sets = leaving_sets(Annals(source), 1961, 1965, 6, 1)
    assert sets.filter("chosen").select("atopid").to_series().to_list() == [4, 4, 7, 7, 7]
    assert (sets["separation"] == 0).all()


def test_to_exchange_a_treaty_with_the_same_partner_is_not_to_leave():
    renewed = Records(
        {
            **records().tables,
            "atop_member": pl.DataFrame([*member_rows(1, (2, 740), 1952, 1960), *member_rows(2, (2, 740), 1960)]),
        }
    )
    left, _ = _leavers(Annals(renewed), 1960)
    assert left == []
    left, _ = _leavers(
        Annals(Records({**renewed.tables, "atop_member": pl.DataFrame(member_rows(1, (2, 740), 1952, 1960))})), 1960
    )
    assert {body[k] for _, body, k in left} == {2, 740}


def test_a_span_without_signings_is_told(source):
    with pytest.raises(FoedusError, match="no treaty of defence was signed"):
        drawn(source, 1970, 1974, 5, 1)


@pytest.mark.parametrize("sets", [1, 2, 60])
def test_too_few_choices_or_terms_that_are_one_get_a_sentence(sets):
    made = made_choices(sets, 3).with_columns(burden=pl.col("security"), fee=pl.col("autonomy"))
    with pytest.raises(FoedusError, match="too few of them"):
        conditional_logit(made, (*TRUTH, "burden", "fee"))


def test_a_profile_is_weighed_with_the_judged_range_as_by_hand():
    name, p = "publicness", BY_NAME["publicness"]
    assert not p.logarithmic
    values, heights, effect = (p.low, p.default, p.high), (-3.0, -1.0, -2.5), 2.0
    found, before = along(name, values, heights, effect), judged(name)
    shape = np.polyfit(values, np.array(heights) / effect, 2)

    def height(x):
        return np.exp(np.polyval(shape, x) - 0.5 * ((x - before.centre) / before.spread) ** 2)

    whole = quad(height, p.low, p.high)[0]
    mean = quad(lambda x: x * height(x), p.low, p.high)[0] / whole
    spread = (quad(lambda x: (x - mean) ** 2 * height(x), p.low, p.high)[0] / whole) ** 0.5
    assert found.centre == pytest.approx(mean, rel=1e-3)
    assert found.spread == pytest.approx(spread, rel=1e-2)
