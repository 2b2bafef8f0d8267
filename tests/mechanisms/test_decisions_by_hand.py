"""Laws of decision by hand: who proposes, who stays, who is dropped, who is pressed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from foedus.mechanisms import MECHANISMS, PROCEDURES, granted
from foedus.mechanisms.decisions.agenda import proposals, proposers
from foedus.mechanisms.decisions.drafting import amend, draft, draft_keys
from foedus.mechanisms.decisions.effort import best_effort, effort_kept
from foedus.mechanisms.decisions.holding import exit_by_habit, exit_probability, habit_of
from foedus.mechanisms.decisions.star import grow_star
from foedus.mechanisms.decisions.wedge import cost_to_break, press_body
from foedus.model.architecture import Architecture, Institution, bilateral, body, de_facto, forum

LN3 = math.log(3.0)


# --- agenda


def test_the_hub_has_its_share_of_the_agenda_and_the_others_theirs_by_size() -> None:
    np.testing.assert_allclose(proposers(np.array([50.0, 30, 10]), 0, 0.6), [0.6, 0.3, 0.1])
    np.testing.assert_allclose(proposers(np.array([50.0, 30, 150]), 1, 0.2), [0.2, 0.2, 0.6])


def test_a_proposer_weighs_what_it_brings_by_whether_it_would_pass() -> None:
    # worth 2 if it passes, half of the time, else 1: 1.5; the other is worth 0 for sure; the second state sees it turned
    utilities, fallback = np.array([[2.0, 0], [0, 0.4]]), np.array([1.0, -0.8])
    found = proposals(utilities, fallback, np.array([0.5, 1.0]), 0.5)
    first, second = 1 / (1 + math.exp(-3.0)), 1 / (1 + math.exp(1.6))
    np.testing.assert_allclose(found, [[first, 1 - first], [second, 1 - second]])


# --- drafting


def test_a_draft_is_worth_its_chance_times_the_gain_of_the_hub() -> None:
    found = draft_keys(np.array([0.5, 0.1, 0.05]), np.array([2.0, 5, 7]), np.array([-3.0, -4, -5]), 0.1)
    np.testing.assert_allclose(found, [1.0, -1 + 1e-4 - 4e-6, -1 + 5e-5 - 5e-6], rtol=1e-12)


class Judge:
    """Keys of memberships by a table; what is not in it is worth -1. Remembers what it was asked."""

    def __init__(self, **worth: float) -> None:
        self.worth, self.asked = worth, []

    def __call__(self, tried: Sequence[tuple[str, ...]]) -> list[float]:
        self.asked += ["".join(m) for m in tried]
        return [self.worth.get("".join(m), -1.0) for m in tried]


def test_the_hub_drops_one_after_the_other_and_never_itself() -> None:
    judge = Judge(habcd=1.0, hacd=2.0, had=3.0, habc=1.5, abcd=9.0, ha=99.0)
    assert draft(tuple("habcd"), "h", judge) == (tuple("had"), 3.0)
    assert "abcd" not in judge.asked
    assert "ha" not in judge.asked  # three are the fewest


def test_no_drop_for_nothing_and_of_equals_the_earlier() -> None:
    assert draft(tuple("habc"), "h", Judge(habc=1.0, hab=1.0, hbc=1.0)) == (tuple("habc"), 1.0)
    assert draft(tuple("habc"), "h", Judge(habc=1.0, hab=1.0 + 1e-10)) == (tuple("habc"), 1.0)
    assert draft(tuple("habc"), "h", Judge(habc=1.0, hab=2.0, hac=2.0, hbc=2.0))[0] == tuple("hbc")


def test_an_amendment_drops_or_adds_as_long_as_it_helps() -> None:
    judge = Judge(hab=1.0, habc=2.0, hac=1.9, hacd=2.5, habcd=2.2)
    assert amend(tuple("hab"), tuple("habcd"), "h", judge) == (tuple("hacd"), 2.5)
    assert {"ha", "hb"}.isdisjoint(judge.asked)


def test_with_the_reluctant_named_only_they_can_go_and_nobody_comes_meanwhile() -> None:
    judge = Judge(habcd=1.0, hacd=2.0, habc=3.0, habcde=9.0)
    found = amend(tuple("habcd"), tuple("habcde"), "h", judge, lambda m: [s for s in "abcd" if s in m])
    # a, b and c are the three least willing: d stays although it costs most, and e comes once no drop helps
    assert found == (tuple("hacd"), 2.0)
    assert "habc" not in judge.asked
    assert judge.asked.index("hacde") > judge.asked.index("had")
    assert "habcde" not in judge.asked


def test_a_draft_of_three_loses_nobody() -> None:
    judge = Judge(hab=0.0, ha=9.0, hb=9.0, habc=1.0)
    assert amend(tuple("hab"), tuple("habc"), "h", judge, lambda m: list("ab")) == (tuple("habc"), 1.0)


# --- effort


def test_help_takes_the_place_of_own_arms() -> None:
    # 2 · 4 · 1² / 1 = 8, whose third root is 2: less the force of 1 and the help of a half
    assert float(best_effort(4.0, 1.0, 0.5, 1.0)) == pytest.approx(0.5)
    assert float(best_effort(4.0, 2.0, 0.0, 0.5)) == pytest.approx(2.0)
    assert float(best_effort(4.0, 1.0, 1.5, 1.0)) == 0.0
    found = effort_kept([3.0, 3.0, 0.0, 0.0], [1.0, 1.0, 0.0, 1.0], [2.0, 6.0, 0.0, 0.75])
    np.testing.assert_allclose(found, [0.5, 0.0, np.nan, 0.25])


# --- holding


def test_leaving_is_even_where_the_loss_is_the_inertia() -> None:
    assert exit_probability(-0.3, 0.5, 0.6, 0.2) == pytest.approx(0.5)
    assert exit_probability(-0.3 - 0.2 * 0.5 * LN3, 0.5, 0.6, 0.2) == pytest.approx(0.75)


def test_habit_is_kept_where_nothing_is_gained_or_lost() -> None:
    assert exit_by_habit(0.0, 0.5, 0.04, 0.2) == pytest.approx(0.04)
    assert exit_by_habit(-0.2 * 0.5 * LN3, 0.5, 0.25, 0.2) == pytest.approx(0.5)  # odds of 1 to 3, three times
    assert exit_by_habit(-5.0, 0.5, 0.0, 0.2) == 0.0


def test_habits_of_members_make_the_rate_at_which_their_institution_ends() -> None:
    rates = {"forum_end_habit": 0.271, "treaty_end_habit": 0.19, "body_exit_habit": 0.05}
    assert habit_of(forum(("h", "a", "b")), rates) == pytest.approx(0.1)  # 0.9³ = 1 - 0.271
    assert habit_of(bilateral("h", "a"), rates) == pytest.approx(0.1)  # 0.9² = 1 - 0.19
    assert habit_of(body(("h", "a", "b")), rates) == 0.05


def test_both_laws_of_holding_read_their_parameters() -> None:
    inertia, habit = PROCEDURES["holding"]["inertia"].law, PROCEDURES["holding"]["habit"].law
    parameters = {
        "exit_inertia": 0.6,
        "decision_noise": 0.2,
        "habit_noise": 0.4,
        "body_exit_habit": 0.25,
        "treaty_end_habit": 0.19,
        "forum_end_habit": 0.5,
    }
    council = body(("h", "a", "b"))
    assert inertia(-0.3 - 0.2 * 0.5 * LN3, 0.5, council, parameters) == pytest.approx(0.75)
    assert habit(-0.4 * 0.5 * LN3, 0.5, council, parameters) == pytest.approx(0.5)


def test_members_err_alone_or_in_a_common_mood() -> None:
    consent = PROCEDURES["consent"]
    known = {"common_mood": 0.3, "founding_mood": 0.1}
    assert {n: v.law(known) for n, v in consent.items()} == {"founding-mood": 0.1, "common-mood": 0.3}


# --- star


def test_the_star_signs_what_both_gain_by_and_only_once() -> None:
    start = Architecture((bilateral("h", "a"), de_facto("h", "d")))
    worth = {"b": (1.0, 1.0), "c": (1.0, 0.0), "d": (1.0, 2.0), "e": (0.0, 1.0)}  # to the hub, and to the spoke
    asked: list[str] = []

    def utility(g: Architecture) -> list[float]:
        found = [0.0] * 6
        for k, s in enumerate("abcde", 1):
            treaty = any(m.is_treaty and m.members == ("h", s) for m in g)
            if treaty:
                asked.append(s)
                found[0] += worth.get(s, (0.0, 0.0))[0]
                found[k] += worth.get(s, (0.0, 0.0))[1]
        return found

    def utilities(g: Architecture, offers: Sequence[Institution]) -> tuple[list[float], list[list[float]]]:
        return utility(g), [utility(g.having(m)) for m in offers]

    grown = grow_star(start, [(k, s) for k, s in enumerate("abcde", 1)], (0, "h"), utilities)
    assert {m.members for m in grown if m.is_treaty and bilateral("h", "a").kind is m.kind} == {
        ("h", "a"),
        ("h", "b"),
        ("h", "d"),
    }
    council = Architecture((body(("h", "b", "d")),))
    assert {m.members for m in grow_star(council, [(2, "b"), (4, "d")], (0, "h"), utilities)} == {("h", "b", "d")}


# --- wedge


def test_a_budget_that_does_not_break_goes_as_far_as_it_does() -> None:
    # a per cent of pain on an income of 100 costs 0.13: half a per cent for 0.065
    found = press_body(np.array([0.2]), np.array([1.0]), np.array([100.0]), 0.5, 0.065, 0.2, 0.13)
    assert found.pain[0] == pytest.approx(0.5)
    assert found.cost == pytest.approx(0.065)
    assert found.probability == pytest.approx(1 / (1 + math.exp(0.3 / 0.1)))
    rich = press_body(np.array([0.2]), np.array([1.0]), np.array([100.0]), 0.5, 5.0, 0.2, 0.13)
    assert (rich.pain[0], rich.cost) == (1.0, pytest.approx(0.13))


def test_the_cheap_is_saturated_and_the_rest_goes_to_one_more() -> None:
    gain, limit, income = np.array([0.1, 0.1, 0.1]), np.array([0.3, 0.4, 0.0]), np.array([100.0, 200.0, 1.0])
    found = press_body(gain, limit, income, 1.0, 0.13 * (0.3 + 0.2), 0.05, 0.13)
    np.testing.assert_allclose(found.pain, [0.3, 0.1, 0.0])
    mild = press_body(gain, limit, income, 1.0, 0.13 * (0.3 + 0.2), 0.05, 0.13, 0.5)
    np.testing.assert_allclose(mild.pain, found.pain)
    assert mild.probability > found.probability  # who errs together is likelier to be of one mind


def test_of_many_those_are_pressed_first_whose_consent_falls_most_for_the_money() -> None:
    # sixteen who gain so much that a per cent of pain changes nothing, and last one who wavers and is dearer
    gain, limit = np.append(np.full(16, 3.0), 0.5), np.append(np.full(16, 1.0), 0.5)
    income = np.append(np.full(16, 40.0), 100.0)
    found = press_body(gain, limit, income, 1.0, 0.13 * 0.5, 0.1, 0.13)
    assert found.pain[16] == pytest.approx(0.5)
    assert found.cost == pytest.approx(0.065)
    assert press_body(gain, limit, income, 1.0, 9.0, 0.1, 0.13).pain.tolist() == limit.tolist()


def test_who_gains_little_is_a_better_target_than_who_gains_much() -> None:
    # both cost the same; a fall from 0.4 to 0 costs more consent than one from 0.9 to 0.5
    found = press_body(np.array([0.9, 0.4]), np.array([0.4, 0.4]), np.array([100.0, 100]), 1.0, 0.052, 0.1, 0.13)
    np.testing.assert_allclose(found.pain, [0.0, 0.4], atol=1e-12)


def test_what_it_costs_to_make_each_indifferent() -> None:
    found = cost_to_break(np.array([0.5, -0.2, 0.4, 0.0]), np.array([0.5, 0.0, 0.39, -1.0]), np.full(4, 200.0), 0.1)
    np.testing.assert_allclose(found, [0.1, 0.0, np.inf, 0.0])


# --- what has to be granted


def test_a_reader_grants_what_mechanisms_and_the_laws_in_use_assume() -> None:
    said = granted({})
    assert set(said) >= {a for m in MECHANISMS.values() for a in m.assumptions}
    inertia, habit = (PROCEDURES["holding"][n].assumptions[0] for n in ("inertia", "habit"))
    assert (inertia in said, habit in said) == (False, True)
    other = granted({"holding": "inertia"})
    assert (inertia in other, habit in other) == (True, False)
