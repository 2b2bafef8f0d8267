"""Results R1 to R14 of the theory as properties of random worlds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.games.coalitional import shapley
from foedus.kernels.choice import log_logistic
from foedus.kernels.mutual_response import mutual_response
from foedus.mechanisms import COMPONENTS
from foedus.mechanisms.decisions.consent import acceptance
from foedus.mechanisms.decisions.effort import best_effort
from foedus.mechanisms.decisions.wedge import cost_to_break, press_body
from foedus.mechanisms.utility.exclusion import posterior_resolve
from foedus.model.architecture import Architecture, Rule, bilateral, body, de_facto
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraisal, Appraiser
from worlds import body_of, brute_value, plain_game, random_world, star_of

seeds = st.integers(0, 10_000)
few = settings(max_examples=10, deadline=None)
P = Parameters()


def component(appraisal: Appraisal, name: str) -> np.ndarray:
    return appraisal.components[COMPONENTS.index(name)]


@given(st.lists(st.floats(0, 10), min_size=3, max_size=3), st.lists(st.floats(0, 10), min_size=3, max_size=3))
@few
def test_r1_every_link_is_split_equally(hub_links: list[float], spoke_links: list[float]) -> None:
    links = {(0, 1): hub_links[0], (0, 2): hub_links[1], (0, 3): hub_links[2]}
    links |= {(1, 2): spoke_links[0], (1, 3): spoke_links[1], (2, 3): spoke_links[2]}
    worth = np.array([sum(u for (i, j), u in links.items() if m >> i & 1 and m >> j & 1) for m in range(16)])
    assert shapley(worth)[0] == pytest.approx(sum(hub_links) / 2)
    star = np.array([sum(u for (i, j), u in links.items() if i == 0 and m & 1 and m >> j & 1) for m in range(16)])
    assert shapley(star)[0] == pytest.approx(star[-1] / 2)


@given(seeds)
@few
def test_r1_the_hub_adds_less_when_spokes_help_each_other(seed: int) -> None:
    # with collective goods this is not so: the hub then also enjoys what spokes do for each other
    world = random_world(seed)
    appraiser = Appraiser(world, P.replace({"fighting_cost": 0.0, "publicness": 0.0}))
    nothing = Architecture()
    star = appraiser.appraise(star_of(world), nothing).quantities["myerson"][0]
    complete = appraiser.appraise(body_of(world, Rule.HUB), nothing).quantities["myerson"][0]
    assert complete <= star + 1e-9


@given(seeds)
@few
def test_r2_facing_a_bloc_the_hub_gets_half_of_what_it_adds_to_the_bloc(seed: int) -> None:
    world = random_world(seed, 4)
    found = Appraiser(world, P).appraise(body_of(world), Architecture()).quantities
    worth = plain_game(world, P, found["obligation"])
    everybody, bloc = frozenset(range(4)), frozenset(range(1, 4))
    expected = 0.5 * (worth[everybody] + worth[frozenset({0})] - worth[bloc])
    assert found["owen"][0] == pytest.approx(expected, abs=1e-9)


@given(seeds)
@few
def test_r2_without_collective_goods_a_bloc_never_helps_the_hub(seed: int) -> None:
    world = random_world(seed)
    alone = P.replace({"publicness": 0.0, "fighting_cost": 0.0})
    found = Appraiser(world, alone).appraise(body_of(world), Architecture()).quantities
    # the premium of facing spokes that are substitutes for the hub
    assert found["owen"][0] <= found["myerson"][0] + 1e-9


@given(seeds, st.floats(0, 3.9))
@few
def test_r3_escalation_rises_with_rescue(seed: int, chi: float) -> None:
    rng = np.random.default_rng(seed)
    price = rng.uniform(0, 3, (2, 2))
    wanted = ~np.eye(2, dtype=bool)
    gain = rng.uniform(-2, 1, (2, 2))
    found = [mutual_response(gain - (1 - rescue) * price, wanted, chi) for rescue in (0.0, 0.5, 1.0)]
    assert np.all(found[0] <= found[1] + 1e-9)
    assert np.all(found[1] <= found[2] + 1e-9)


def test_r3_a_hub_without_limit_makes_quarrels_free() -> None:
    world = random_world(3, grievance=np.array([[0, 0, 0], [0, 0, 1.0], [0, 1.0, 0]]), states=3)
    stakes = []
    for factor in (1.0, 1e3, 1e6):
        available = world.capability_available * np.array([factor, 1, 1])
        found = Appraiser(world.replace(capability_available=available), P).appraise(star_of(world), star_of(world))
        stakes.append(found.quantities["security_stake"][1, 2])
    assert stakes[0] > stakes[1] > stakes[2]
    assert stakes[2] < 1e-9


@given(seeds)
@few
def test_r4_among_equals_nobody_loses_by_a_body(seed: int) -> None:
    n = 5
    rng = np.random.default_rng(seed)
    world = random_world(
        seed,
        n,
        ideal_point=np.full(n, 0.5),
        rivalry=np.ones((n, 2)),
        perception=np.ones((n, 2)),
        sovereignty=np.ones(n),
        free_force=np.ones(n),
        trade=np.zeros((n, 2)),
        grievance=np.zeros((n, n)),
        distance=(1 - np.eye(n)) * rng.uniform(100, 900),
    )
    appraiser = Appraiser(world, P.replace({"issue_linkage": 0.0, "fighting_cost": 0.0}))
    gain = (
        appraiser.appraise(body_of(world), Architecture()).utility
        - appraiser.appraise(star_of(world), Architecture()).utility
    )
    assert np.all(gain[1:] > 0)
    assert gain[0] >= -1e-12


@given(seeds)
@few
def test_r5_no_pressure_beats_the_best_vertex(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 4
    gain, limit = rng.normal(0.2, 0.3, n), rng.uniform(0, 0.6, n)
    income = rng.uniform(100, 5000, n)
    budget = rng.uniform(0, 3)
    best = press_body(gain, limit, income, 1.0, budget, 0.1, 0.13)
    price = 0.13 * income / 100
    assert best.cost <= budget + 1e-9
    assert np.all(best.pain <= limit + 1e-12)
    for _ in range(300):
        pain = rng.uniform(0, limit)
        pain *= min(1.0, budget / max(pain @ price, 1e-12))
        assert acceptance(gain - pain, 1.0, 0.1) >= best.probability - 1e-12


def test_r5_without_noise_a_body_breaks_at_its_cheapest_member() -> None:
    gain, limit = np.array([0.5, 0.2, 0.4]), np.array([1.0, 1.0, 0.1])
    income = np.array([100.0, 1000.0, 10.0])
    cost = cost_to_break(gain, limit, income, 0.13)
    np.testing.assert_allclose(cost, [0.065, 0.26, np.inf])
    broken = press_body(gain, limit, income, 1.0, 0.0651, 1e-5, 0.13)
    assert broken.probability < 1e-6
    assert press_body(gain, limit, income, 1.0, 0.0649, 1e-5, 0.13).probability > 0.999


def test_a_large_body_is_pressed_within_the_budget_and_near_the_best() -> None:
    """Sixteen at a time: never dearer than the budget, and within a percent of the logarithm of the optimum."""
    rng = np.random.default_rng(5)
    n = 18
    gain, limit, income = rng.uniform(0, 0.4, n), rng.uniform(0.05, 0.5, n), rng.uniform(100, 3000, n)
    price = 0.13 * income / 100
    subsets = (np.arange(1 << n)[:, None] >> np.arange(n)) & 1
    untouched = log_logistic(gain / 0.1)
    saturated = log_logistic((gain - limit) / 0.1) - untouched
    for budget in (0.0, 0.3, 1.0, 3.0, 1e6):
        found = press_body(gain, limit, income, 1.0, budget, 0.1, 0.13)
        assert found.cost <= budget + 1e-9
        assert ((found.pain >= 0) & (found.pain <= limit + 1e-12)).all()
        affordable = subsets[subsets @ (limit * price) <= budget + 1e-12]
        whole = float((untouched.sum() + affordable @ saturated).min())
        assert np.log(found.probability) <= whole + 0.01 * abs(whole)
    assert np.allclose(press_body(gain, limit, income, 1.0, 1e6, 0.1, 0.13).pain, limit)


@given(st.floats(0.01, 0.99), st.floats(0, 1), st.floats(0, 1))
@few
def test_r6_exclusion_is_bad_news_only_if_the_resolved_would_have_included(prior: float, qr: float, qu: float) -> None:
    after = posterior_resolve(prior, qr, qu)
    assert (after <= prior + 1e-12) == (qr >= qu - 1e-12) or abs(qr - qu) < 1e-9 or after == pytest.approx(prior)
    assert posterior_resolve(prior, 0.4, 0.4) == pytest.approx(prior)


@given(seeds)
@few
def test_r6_the_protege_loses_more_the_stronger_the_signal(seed: int) -> None:
    world = random_world(seed, 4, recognised=np.array([1, 1, 1, 0.0]))
    left_out = Architecture((de_facto("S0", "S3"), body(("S0", "S1", "S2"))))
    losses = [
        Appraiser(world, P.replace({"exclusion_signal": xi}))
        .appraise(left_out, left_out)
        .quantities["felt_loss_allied"][3]
        for xi in (0.0, 0.4, 0.9)
    ]
    assert losses[0] < losses[1] < losses[2]


@given(seeds)
@few
def test_r7_exposure_is_linear_in_trade_and_spares_old_treaties(seed: int) -> None:
    world = random_world(seed)
    pact = body_of(world)
    threat = Appraiser(world, P).setting["threat"]
    found = []
    for scale in (0.0, 0.5, 1.0):
        appraiser = Appraiser(world.replace(trade=world.trade * scale), P)
        found.append(component(appraiser.appraise(pact, Architecture()), "exposure"))
        assert np.all(component(appraiser.appraise(pact, pact), "exposure") == 0)
    slope = -P["coercion_pain"] * (world.trade @ threat.mean(axis=0))
    np.testing.assert_allclose(found[2] - found[0], slope, atol=1e-12)
    np.testing.assert_allclose(found[1] - found[0], slope / 2, atol=1e-12)


@given(seeds)
@few
def test_r8_spokes_that_cannot_reach_each_other_gain_no_security_by_a_body(seed: int) -> None:
    world = random_world(seed)
    far = np.array(world.distance)
    far[1:, 1:] = np.where(np.eye(4, dtype=bool), 0, 20000)
    raw = np.array(world.capability_raw)
    raw[1:] *= 1e-4  # spokes that reach no further than their coasts
    available = np.array(world.capability_available)
    available[1:] = 10.0  # and no giants beside dwarfs, to whom the millionth part of a force that arrives is much
    remote = world.replace(distance=far, capability_raw=raw, capability_available=available)
    appraiser = Appraiser(remote, P)
    star = component(appraiser.appraise(star_of(world), Architecture()), "security")
    pact = component(appraiser.appraise(body_of(world, Rule.HUB), Architecture()), "security")
    np.testing.assert_allclose(pact, star, atol=1e-3)


@given(seeds)
@few
def test_r8_a_star_without_a_hub_is_worth_nothing(seed: int) -> None:
    world = random_world(seed)
    available = np.array(world.capability_available)
    available[0] = 0.0
    found = Appraiser(world.replace(capability_available=available), P.replace({"publicness": 0.0})).appraise(
        star_of(world), Architecture()
    )
    np.testing.assert_allclose(component(found, "security")[1:], 0, atol=1e-12)


@given(seeds, st.floats(0.1, 0.9), st.floats(1.2, 3))
@few
def test_r9_political_costs_grow_with_depth_to_the_power(seed: int, depth: float, gamma: float) -> None:
    world = random_world(seed)
    p = P.replace({"political_convexity": gamma, "forum_depth": depth, "coordination_loss": 0.0})
    shallow = Architecture((body(world.states),))
    forum = Appraiser(world, p).appraise(
        Architecture(tuple(m.__class__(m.kind, m.members, m.rule, depth) for m in shallow)), Architecture()
    )
    full = Appraiser(world, p).appraise(shallow, Architecture())
    for name in ("autonomy", "exposure"):
        np.testing.assert_allclose(component(forum, name), depth**gamma * component(full, name), rtol=1e-9)
    gain, cost = 1.0, 1.0
    best = (gain / (gamma * cost)) ** (1 / (gamma - 1))
    grid = np.linspace(0.01, 2, 400)
    assert np.all(gain * best - cost * best**gamma >= gain * grid - cost * grid**gamma - 1e-9)


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=6))
@few
def test_r10_every_member_is_a_veto(gains: list[float]) -> None:
    g = np.array(gains)
    assert acceptance(g, 1.0, 0.1) <= acceptance(g[:-1], 1.0, 0.1)
    assert acceptance(g, 1.0, 1e9) == pytest.approx(2.0 ** -len(g))
    if np.min(np.abs(g)) > 0.01:
        assert acceptance(g, 1.0, 1e-5) == pytest.approx(float(g.min() > 0))


@given(seeds)
@few
def test_r11_the_council_is_worth_what_it_defuses(seed: int) -> None:
    world = random_world(seed, 4)
    found = Appraiser(world, P).appraise(body_of(world), Architecture()).quantities
    none = Appraiser(world, P.replace({"council_brokerage": 0.0})).appraise(body_of(world), Architecture()).quantities
    pi, ready = found["escalation"], found["readiness"][0]
    mean = (world.grievance + world.grievance.T) / 2
    worth = P["escalation_cost"] * mean * pi * pi.T * P["council_brokerage"] * ready * (1 - P["hub_brokerage"])
    np.testing.assert_allclose(found["dispute"] - none["dispute"], worth.sum(axis=1), atol=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_r12_values_equal_the_average_over_all_orders(seed: int) -> None:
    world = random_world(seed, 5, recklessness=np.linspace(0, 1, 5))
    p = P.replace({"deterrence_elasticity": 0.7 + 0.2 * seed})
    # S4 stands alone, S3 has a treaty with the hub only: free-standing, pendant and full players in one game
    architecture = Architecture((body(("S0", "S1", "S2")), bilateral("S0", "S3")))
    found = Appraiser(world, p).appraise(architecture, Architecture()).quantities
    worth = plain_game(world, p, found["obligation"])
    np.testing.assert_allclose(found["myerson"], brute_value(worth, [[0], [1], [2], [3], [4]]), atol=1e-10)
    np.testing.assert_allclose(found["owen"], brute_value(worth, [[0], [1, 2], [3], [4]]), atol=1e-10)
    assert found["joint_worth"] == pytest.approx(worth[frozenset(range(5))], abs=1e-10)


@given(seeds)
@few
def test_r12_values_add_up_and_transfers_cancel(seed: int) -> None:
    world = random_world(seed)
    for architecture in (star_of(world), body_of(world), body_of(world, Rule.HUB)):
        found = Appraiser(world, P).appraise(architecture, Architecture())
        myerson, owen, joint = (found.quantities[n] for n in ("myerson", "owen", "joint_worth"))
        rounding = 1e-10 * max(np.abs(myerson).max(), np.abs(owen).max())
        assert myerson.sum() == pytest.approx(joint, abs=rounding)
        assert owen.sum() == pytest.approx(joint, abs=rounding)
        assert world.gdp @ component(found, "leverage") / 100 == pytest.approx(0, abs=rounding)


@given(seeds)
@few
def test_r12_names_do_not_matter(seed: int) -> None:
    world = random_world(seed)
    order = np.random.default_rng(seed).permutation(5)
    moved = world.replace(
        **{
            k: getattr(world, k)[order]
            for k in (
                "gdp",
                "capability_raw",
                "capability_available",
                "ideal_point",
                "rivalry",
                "perception",
                "trade",
                "sovereignty",
                "free_force",
                "recognised",
                "recklessness",
            )
        },
        states=tuple(world.states[k] for k in order),
        **{k: getattr(world, k)[np.ix_(order, order)] for k in ("distance", "grievance", "divergence_left")},
        adversary_distance=world.adversary_distance[:, order],
    )
    for architecture in (star_of(world), body_of(world)):
        one = Appraiser(world, P).appraise(architecture, Architecture()).components
        other = Appraiser(moved, P).appraise(architecture, Architecture()).components
        np.testing.assert_allclose(other, one[:, order], atol=1e-9)


def test_r13_the_weak_pays_half_of_a_one_sided_gain() -> None:
    world = random_world(
        1,
        2,
        1,
        rivalry=np.array([[0.0], [1.0]]),
        ideal_point=np.array([0.0, 0.0]),
        adversary_ideal_point=np.array([0.0]),
    )
    p = P.replace({"fighting_cost": 0.0, "publicness": 0.0})
    found = Appraiser(world, p).appraise(star_of(world), Architecture())
    gain = component(found, "security")
    assert gain[0] == 0
    assert gain[1] > 0
    assert component(found, "leverage")[1] == pytest.approx(-p["issue_linkage"] * gain[1] / 2)


@given(st.floats(0.5, 10), st.floats(1, 100), st.floats(0, 50), st.floats(0.001, 0.1))
@few
def test_r14_own_effort_falls_one_for_one_with_help(stake: float, force: float, helped: float, cost: float) -> None:
    best = float(best_effort(stake, force, helped, cost))
    more = float(best_effort(stake, force, helped + 1, cost))
    assert more == pytest.approx(max(0.0, best - 1)) or best < 1
    own = np.linspace(0, best * 2 + 10, 2001)
    total = stake * (force / (force + own + helped)) ** 2 + cost * own
    at_best = stake * (force / (force + best + helped)) ** 2 + cost * best
    assert at_best <= total.min() + 1e-9


ANSWERED = Parameters({"answer_effort": 0.5, "answer_alarm": 0.2}, laws={"reaction": "answers"})


@given(seeds)
@few
def test_what_is_in_force_is_not_answered_and_what_is_new_costs_everybody_that_is_threatened(seed: int) -> None:
    world = random_world(seed)
    pact, star = body_of(world, Rule.HUB), star_of(world)
    appraiser, plain = Appraiser(world, ANSWERED), Appraiser(world, P)
    stands = appraiser.appraise(pact, before=pact)
    np.testing.assert_array_equal(stands.components, plain.appraise(pact, before=pact).components)
    np.testing.assert_array_equal(stands.found.pressure, 0.0)
    new = appraiser.appraise(pact, before=Architecture())
    assert np.all(new.found.answer > 0)
    before = plain.appraise(pact, before=Architecture())
    np.testing.assert_array_equal(component(new, "security"), component(before, "security") - new.found.answer)
    for other in ("burden", "leverage", "exposure", "dispute"):  # bargained over is what is there before the answer
        np.testing.assert_array_equal(component(new, other), component(before, other))
    extended = appraiser.appraise(pact, before=star)
    assert np.all(extended.found.pressure <= new.found.pressure + 1e-12)


def test_who_is_left_out_pays_for_the_answer_without_the_shelter() -> None:
    world = random_world(4)
    some = Architecture((body(("S0", "S1", "S2")),))
    found = Appraiser(world, ANSWERED).appraise(some, Architecture())
    plain = Appraiser(world, P).appraise(some, Architecture())
    assert np.all(component(found, "security")[3:] < component(plain, "security")[3:])


def test_drafts_are_answered_together_as_they_are_one_by_one() -> None:
    world = random_world(9)
    star = star_of(world)
    drafts = [body(("S0", "S1", "S2")), body(("S0", "S1", "S2", "S3", "S4"))]
    one = Appraiser(world, ANSWERED)
    together = Appraiser(world, ANSWERED).utilities(star, drafts, star)
    each = np.array([one.appraise(star.having(m), star).utility for m in drafts])
    np.testing.assert_allclose(together, each, rtol=1e-12, atol=1e-12)
