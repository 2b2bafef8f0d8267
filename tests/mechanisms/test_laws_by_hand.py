"""Laws of utility by hand: two or three states, round numbers, every law alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from foedus.mechanisms.utility import (
    autonomy,
    bloc,
    brokerage,
    burden,
    dispute,
    escalation,
    exclusion,
    exposure,
    fee,
    leverage,
    obligation,
    platform,
    publicness,
    reach,
    reaction,
    readiness,
    rescue,
    security,
    threat,
    value,
)


def who(*rows: str) -> Any:
    """Return members from rows such as ``110``, or flags from one row."""
    return np.array([[c == "1" for c in row] for row in rows])


def flags(row: str) -> Any:
    return who(row)[0]


def numbers(*values: Any) -> Any:
    return np.array(values, dtype=np.float64)


def same(found: Any, *wanted: Any) -> None:
    np.testing.assert_allclose(found, np.array(wanted), rtol=1e-12, atol=1e-14)


def test_a_council_follows_the_mean_and_a_pact_its_arms() -> None:
    line = autonomy.common_line(who("111", "110"), flags("10"), numbers(0, 1, 2), numbers(3, 1, 9))
    same(line, 1.0, 0.25)


def test_autonomy_is_lost_by_depth_and_distance_and_not_without_a_treaty() -> None:
    binding = autonomy.line_depth(numbers(0.5, 1, 1), flags("001"), 2.0)
    same(binding, 0.25, 1.0, 0.0)
    found = autonomy.autonomy(who("111", "110", "101"), binding, numbers(1, 0.25, 7), numbers(0, 1, 2), 0.8)
    same(found, -0.2 * (0.25 + 0.25), -0.2 * 0.75, -0.2 * 0.25)


def test_the_spokes_of_the_largest_council_bargain_as_one() -> None:
    # the largest of all is led by the hub, and a forum is no body
    same(bloc.bloc(who("1110", "1111", "1011"), flags("110"), flags("101"), 0), False, True, True, False)
    same(bloc.bargained_value(numbers(4, 8), numbers(8, 0), 0.25), 5.0, 6.0)


def test_a_ready_council_brokers_and_the_hub_beside_it() -> None:
    # a council of 0, 1 and 2 that is half ready, a treaty of the hub with 3, a forum of all
    found = brokerage.brokerage(
        who("11100", "10010", "11111"),
        flags("110"),
        flags("100"),
        flags("101"),
        numbers(0.5, 1, 1),
        0,
        0.4,
        0.5,
    )
    assert found[1, 2] == pytest.approx(1 - 0.8 * 0.5)  # both have a say
    assert found[1, 3] == found[3, 1] == pytest.approx(0.5)  # the hub alone
    assert found[1, 4] == found[4, 3] == 0.0
    led = brokerage.brokerage(who("111"), flags("1"), flags("1"), flags("0"), numbers(1.0), 0, 0.4, 0.0)
    assert led[1, 2] == 0.0


def test_who_helps_fights_in_proportion() -> None:
    gdp, strength, loss, reckless = numbers(100, 50), numbers(4, 5), numbers([1, 0.5], [2, 0]), numbers(0, 1)
    # at stake in the fights: 100 · 1.5 = 150 for state 0 and 50 · 2 · 2 = 200 for the reckless one
    help_ = numbers([0, 2], [1, 0])
    alone = burden.fighting_alone(gdp, help_, strength, loss, reckless, 0.5)
    same(alone, 0.5 / 100 * 200 / 5, 0.5 / 50 * 2 * 150 / 4)
    allied = burden.fighting_allied(gdp, help_ / 4, 3 * help_ / 4, strength, loss, reckless, 0.5)
    same(allied, *alone)
    same(burden.burden(numbers(3, 1), numbers(1, 2)), 2.0, -1.0)


def test_quarrels_cost_by_grievance_and_common_depth() -> None:
    common = dispute.common_depth(who("110", "111"), numbers(0.5, 1), flags("01"), 2.0)
    assert (common[0, 1], common[0, 2]) == (0.25, 0.0)
    found = dispute.dispute(
        numbers([0, 0.4], [0.2, 0]),
        numbers([0, 0.5], [0.5, 0]),
        numbers([0, 0.5], [0.8, 0]),
        numbers([0, 0.25], [0.25, 0]),
        2.0,
        10.0,
    )
    quarrel = 10 * 0.3 * 0.5 * 0.8 * 0.75
    same(found, -(2 * 0.4 * 0.5 + quarrel), -(2 * 0.2 * 0.5 + quarrel))


def test_a_grievance_of_one_side_makes_a_quarrel_of_two() -> None:
    found = escalation.quarrelling(numbers([0, 0.1, 0], [0, 0, 0], [0, 0, 0]))
    assert np.argwhere(found).tolist() == [[0, 1], [1, 0]]


def test_the_stake_is_what_is_lost_without_the_other() -> None:
    # strength 3 against force 1 loses 4/16, without the two of the helper strength 1 loses 4/4
    found = escalation.security_stake(
        numbers([4], [4]),
        numbers([1], [1]),
        numbers(3, 3),
        numbers([0, 1.5], [0.5, 0]),
        numbers([0, 0.5], [1.5, 0]),
        who("01", "00"),
        1.0,
    )
    assert found[0, 1] == pytest.approx(0.75)
    assert found[1, 0] == 0.0  # no quarrel, no question


def test_escalation_is_even_where_gain_and_price_are() -> None:
    rescue_of, stake = numbers(0.5, 0), numbers([0, 0.6], [0.4, 0])
    both = who("01", "10")
    # prices: threshold 0.3, and 2 · (1 - rescue) · stake = 0.6 and 0.8
    found = escalation.escalation(numbers([0, 0.9], [1.1, 0]), both, stake, rescue_of, 0.3, 2.0, 0.0)
    same(found, [0, 0.5], [0.5, 0])
    # to back down costs 1, which half of the time adds a half
    found = escalation.escalation(numbers([0, 0.4], [0.6, 0]), both, stake, rescue_of, 0.3, 2.0, 1.0)
    np.testing.assert_allclose(found, [[0, 0.5], [0.5, 0]], atol=1e-9)


def test_left_out_is_who_is_not_in_a_body_of_the_hub() -> None:
    same(exclusion.excluded(who("1100", "0011"), flags("11"), 0), False, False, True, True)
    same(exclusion.excluded(who("1100", "0011"), flags("01"), 0), False, False, False, False)
    same(exclusion.commitment_kept(flags("10"), 0.3), 0.7, 1.0)


def test_exclusion_tells_of_resolve_by_the_rule_of_bayes() -> None:
    assert exclusion.posterior_resolve(0.5, 0.4, 0.0) == pytest.approx(0.3 / 0.8)
    assert exclusion.posterior_resolve(0.2, 0.5, 0.25) == pytest.approx(0.1 / 0.7)
    assert exclusion.posterior_resolve(0.3, 1.0, 1.0) == 0.3  # what cannot happen says nothing


def test_what_is_new_provokes_by_depth_threat_and_irregular_members() -> None:
    found = exposure.provocation(
        who("110", "111", "101", "011"),
        numbers(0.5, 1, 1, 1),
        flags("0110"),
        flags("1000"),
        flags("1101"),
        numbers(1, 1, 0.5),
        numbers([0.2, 0.4], [0.6, 0], [0.4, 0.2]),
        2.0,
        0.5,
    )
    # a forum of half depth; a body with a state not recognised; an old treaty; a promise without a treaty
    same(found, [0.25 * 0.4, 0.25 * 0.2], [1.5 * 0.4, 1.5 * 0.2], [0, 0], [0, 0])
    cost = exposure.exposure(who("110", "111", "101", "011"), found, numbers([0.1, 0.2], [0.3, 0], [0, 0]), 2.0)
    same(cost, -2 * (0.06 + 0.06), -2 * 0.18, 0.0)  # of several the worst


def test_upkeep_is_less_between_spokes_who_have_met() -> None:
    member = who("1100", "0110", "1111", "1001", "0111")
    left = np.ones((4, 4))
    for i, j in ((0, 1), (1, 2), (1, 3), (2, 3)):
        left[i, j] = left[j, i] = 0.8
    depth = numbers(1, 0.3, 0.5, 1, 1)
    kinds = (flags("11001"), flags("00001"), flags("00010"))  # treaties, the one body, the promise without a treaty
    found = fee.fee(member, fee.upkeep(member, depth, *kinds, left, 0, 0.5), 0.1)
    same(found, -0.1 * 1.5, -0.1 * (1 + 0.15 + 0.5 + 1), -0.1 * (0.15 + 0.5 + 1), -0.1 * 1.5)
    strangers = fee.fee(member, fee.upkeep(member, depth, *kinds, np.ones((4, 4)), 0, 0.5), 0.1)
    same(strangers - found, 0.0, -0.015, -0.015, 0.0)


def test_leverage_is_a_part_of_the_gap() -> None:
    same(leverage.leverage(numbers(2, -1), numbers(50, 20), numbers(3, -4), 0.5), 0.5, -0.5)


def test_pledges_are_worth_depth_times_readiness_and_those_of_the_hub_their_depth() -> None:
    found = obligation.obligation(
        who("1110", "1001", "0101", "0011"),
        numbers(0.8, 0.4, 0.3, 0.5),
        numbers(0.5, 1, 0.6, 1),
        flags("1001"),  # council and light treaty of two spokes; the forum is no treaty
        flags("0100"),
        numbers(1, 1, 1, 0.5),
        0,
    )
    assert found[1, 2] == found[2, 1] == pytest.approx(0.4)
    assert found[0, 1] == found[1, 0] == found[2, 0] == 0.8
    assert found[3, 0] == pytest.approx(0.2)  # half of a promise is believed
    assert found[0, 3] == 0.0  # and it binds the hub alone
    assert found[1, 3] == pytest.approx(0.18)
    assert found[2, 3] == 0.5
    assert not found.diagonal().any()
    with_hub = obligation.obligation(who("11"), numbers(0.3), numbers(0.6), flags("0"), flags("0"), numbers(1, 1), 0)
    assert with_hub[1, 0] == pytest.approx(0.18)  # a forum with the hub binds it no further


def test_the_better_of_two_promises_counts() -> None:
    both = obligation.obligation(
        who("11", "11"), numbers(0.7, 0.4), numbers(1, 1), flags("10"), flags("01"), numbers(1, 1), 0
    )
    same(both, [0, 0.7], [0.7, 0])


def test_a_platform_is_worth_what_its_company_shares() -> None:
    shared = numbers([1, 0.2, 0.6], [0.2, 1, 0.4], [0.6, 0.4, 1])
    same(platform.platform(who("111", "110"), flags("11"), shared, 0.1), 0.04, 0.03, 0.05)
    same(platform.platform(who("111", "110"), flags("01"), shared, 0.1), 0.02, 0.02, 0.0)


def test_losses_of_the_near_and_large_are_felt() -> None:
    spill = publicness.spillover(numbers([0.5], [1]), numbers(100, 50), numbers([1, 0.8], [0.4, 1]), 0.5)
    # 0 feels half of what 1, half its size, loses, as far as 0 reaches there; 1 feels 0 whole
    same(spill, [[0, 0.5 * 0.5 * 0.5 * 0.4], [0.5 * 0.8, 0]])
    loss = numbers([2], [1])
    same(publicness.felt_loss_alone(loss, spill), 2 + 0.05, 1 + 0.8)
    same(publicness.felt_loss_allied(loss, spill), 2 + 0.05, 1 + 0.8)


def test_reach_grows_with_the_root_of_relative_power() -> None:
    same(reach.reach(numbers(4, 1), numbers(16), 0.5, 2.0), 1000.0, 750.0)
    same(reach.adversary_reach(numbers(4, 1), numbers(16), 0.5, 2.0), 1500.0)
    same(reach.reach(numbers(0, 0), numbers(0), 0.5, 2.0), 500.0, 500.0)


def test_half_of_a_force_is_left_at_its_reach() -> None:
    share = reach.arrival(numbers([0, 750], [2000, 0]), numbers(1000, 750))
    same(share, [1, 0.5], [0.25, 1])
    same(reach.help_at_hand(numbers(4, 2), numbers(0.5, 1), share), [0, 1.0], [0.5, 0])
    same(reach.hostile_force(numbers(8), numbers([0, 1500]), numbers(1500)), [8], [4])


def test_priorities_are_shares_and_diverge_by_what_would_have_to_move() -> None:
    found = readiness.priorities(numbers([0.3, 0.1], [0, 0.4]), 0.1)
    same(found, [0.6, 0.2, 0.2], [0, 0.8, 0.2])
    apart = readiness.divergence(found, numbers([1, 0.5], [0.5, 1]))
    same(apart, [0, 0.3], [0.3, 0])


def test_a_council_is_slowed_by_what_its_members_do_not_share() -> None:
    found = readiness.readiness(
        who("11", "11"), flags("10"), numbers(0, 2), numbers(0.2, 0.6), numbers([0, 0.3], [0.3, 0]), 2.0
    )
    same(found, np.exp(-2 * (0.5 + 0.2 + 0.3)), 1.0)


def test_rescue_is_hoped_for_from_the_hub_by_who_does_not_run_his_security() -> None:
    same(rescue.rescue(numbers([0, 1], [0.6, 0]), numbers(0.5, 0.25), 0, 0.8, 0.5), 0.0, 0.5 * 0.8 * 0.6 * 0.75)


def test_help_without_a_pledge_and_what_a_pledge_adds() -> None:
    aid, at_hand = numbers([0, 0.2], [0.4, 0]), numbers([0, 10], [5, 0])
    same(security.unpledged_help(aid, at_hand), [0, 2], [2, 0])
    same(security.pledged_help(aid, at_hand, numbers([0, 0.5], [1, 0]), 0.9), [0, 0.8 * 0.9 * 5], [0.6 * 0.9 * 5, 0])
    same(security.strength_alone(numbers(1, 3), numbers([0, 2], [2, 0])), 3.0, 5.0)
    same(security.strength_allied(numbers(1, 3), numbers([0, 2], [4, 0])), 3.0, 7.0)


def test_loss_is_the_stake_times_the_chance_to_prevail_squared() -> None:
    stake = security.stake(numbers([0.5, 0.25]), 8.0)
    same(stake, [4, 2])
    for law in (security.loss_alone, security.loss_allied):
        same(law(stake, numbers([1, 3]), numbers(3), 1.0), [0.25, 0.5])
    same(security.spared(numbers(3, 1), numbers(1, 2)), 2.0, -1.0)
    same(security.security(numbers(2, -1), numbers(0.5, -1)), 1.5, 0.0)


def test_pressure_is_what_is_added_to_the_force_that_would_be_met_where_it_is_hostile() -> None:
    # the second state is no aim, the third gives help up, which is not answered: (1 + 0 + 0) / (2 + 0 + 2)
    threat, force = numbers([1], [0], [0.5]), numbers([2], [5], [4])
    same(reaction.pressure(threat, force, numbers(1, 1, 1), numbers(1.5, 9, 0.5)), 0.25)
    same(reaction.pressure(0 * threat, force, numbers(1, 1, 1), numbers(1.5, 9, 0.5)), 0.0)


def test_the_answer_is_the_loss_that_arms_and_alarm_add_and_none_where_both_are_nothing() -> None:
    stake, force, strength, alone = numbers([8.0]), numbers([1.0]), numbers(3), numbers([[0.0]])
    before = numbers(8 * (1 / 4) ** 2)

    def law(effort: float, alarm: float, pressure: float = 1.0) -> Any:
        return reaction.answer(stake, force, strength, alone, before, numbers(pressure), 1.0, effort, alarm)

    same(law(0.0, 0.0), 0.0)
    same(law(2.0, 0.0), 8 * (3 / 6) ** 2 - 0.5)
    same(law(0.0, 0.5), 0.25)
    same(law(2.0, 0.5, 0.0), 0.0)
    same(law(0.0, -0.5), -0.25)
    same(law(0.0, -1.0, 4.0), -0.5)  # who gives way altogether takes nothing, and no more


def test_adversaries_answer_by_what_the_parameters_say_or_not_at_all() -> None:
    values = {"answer_effort": 0.3, "answer_alarm": -0.1, "publicness": 0.5}
    assert reaction.VARIANTS["answers"].law(values) == {"answer_effort": 0.3, "answer_alarm": -0.1}
    assert reaction.VARIANTS["ignores"].law(values) == {"answer_effort": 0.0, "answer_alarm": 0.0}
    assert next(iter(reaction.VARIANTS)) == "ignores"


def test_threat_is_distance_and_quarrel_as_leaders_see_them() -> None:
    # half of the distance at which everybody is hostile, and a rivalry; then beyond that distance and none
    found = threat.threat(numbers([1.2, 1.0]), numbers(1), numbers(-1, 9), numbers([1, 0]), 4.0, 0.25)
    same(found, [1.2 * (0.75 * 0.5 + 0.25), 0.75])
    shared = threat.shared_threat(numbers([0.5, 0.1], [0.3, 0.4]))
    same(shared, [0.5, 0.3], [0.3, 0.4])
    same(threat.aid_without_treaty(shared, 2.5), [1, 0.75], [0.75, 1])


def test_the_worth_of_all_is_money() -> None:
    same(value.net_gain(numbers(3, 1), numbers(-1, 2)), 2.0, 3.0)
    world = value.fading_losses(
        numbers([8], [0]),
        numbers([1], [1]),
        numbers(1, 1),
        numbers([0, 2], [0, 0]),
        np.zeros((2, 2)),
        np.zeros((1, 2, 2)),
        numbers(100, 50),
        np.zeros(2),
        0.0,
        0.0,
    )
    # of a stake of 8 % half is lost alone and a quarter with the two of the helper: 2 % of 100, for both alike
    found = value.shares(numbers([0, 2], [0, 0]), flags("00"), world)
    assert value.joint_worth(numbers(100, 50), numbers(2, 0)) == 2.0
    np.testing.assert_allclose(value.myerson(found), [1, 1], atol=1e-9)
    np.testing.assert_allclose(value.owen(found), [1, 1], atol=1e-9)
