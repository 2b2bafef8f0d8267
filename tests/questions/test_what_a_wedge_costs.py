"""What a wedge costs: the cheapest consent breaks a body; a star must be broken treaty by treaty."""

from __future__ import annotations

import math

import numpy as np
import pytest

import foedus
from foedus.casebook.case import Watched
from foedus.model.architecture import Architecture, bilateral
from foedus.model.parameters import Parameters
from foedus.questions import what_a_wedge_costs as wedge
from foedus.questions.study import EVERYBODY, Study
from foedus.questions.what_a_wedge_costs import (
    BREAK,
    BREAKABLE,
    BUDGETS,
    COST,
    HOLDS,
    Target,
    body_targets,
    hold_star,
    section,
    sentence,
    star_targets,
    targets_table,
    wedge_table,
)
from questions.asked import NOISE, PLAIN, answered, case_of, hand_world, sigmoid
from worlds import random_world

PRICE = 0.13 * 400.0 * 0.097 / 100.0
"""What turning Japan costs: 0.13 of its loss of 0.097 % of 400 bn."""


def study() -> Study:
    return Study(hand_world(), PLAIN)


def test_targets_are_taken_before_the_reprisals_that_are_feared_anyway() -> None:
    found = {t.state: t for t in body_targets(study(), study().everybody)}
    # without reprisals Japan gains 0.097 and can be hurt by 0.1; the others lose anyway and cost nothing
    assert found["JPN"].gain == pytest.approx(0.097)
    assert found["JPN"].limit == pytest.approx(0.1)
    assert found["JPN"].cost == pytest.approx(PRICE)
    assert found["JPN"].income == 400.0
    assert found["KOR"].gain == pytest.approx(-0.028)
    assert found["KOR"].limit == pytest.approx(0.25)
    assert found["USA"].cost == found["KOR"].cost == 0.0


def test_what_each_budget_does_as_worked_out_by_hand() -> None:
    found = wedge.what_a_wedge_costs(study())
    alone = sigmoid(-0.28)
    assert found[HOLDS(EVERYBODY, "0")] == pytest.approx(alone * sigmoid(0.97) * alone)
    assert found[HOLDS(EVERYBODY, "30")] == pytest.approx(alone * sigmoid(-0.03) * sigmoid(-2.78))
    held = [found[HOLDS(EVERYBODY, f"{b:g}")] for b in BUDGETS]
    assert held == sorted(held, reverse=True)
    assert found[BREAK(EVERYBODY)] == 0.0
    assert found[COST(EVERYBODY, "JPN")] == pytest.approx(PRICE)
    assert not any(k.startswith("wedge|star") for k in found)  # there is no star


def test_what_trade_does_not_allow_cannot_be_bought() -> None:
    shy = Study(hand_world(trade=np.zeros((4, 1)), ideal_point=np.full(4, 2.0)), PLAIN)
    found = wedge.pressure_on(shy, "", shy.everybody)
    assert math.isnan(found[BREAK("")])
    assert all(math.isnan(found[COST("", s)]) for s in ("USA", "JPN", "KOR"))
    assert found[HOLDS("", "30")] == found[HOLDS("", "0")]
    assert wedge.cost_of_breaking(shy, "everybody") == math.inf
    assert wedge.cost_of_turning(shy, "JPN", "everybody") == math.inf
    assert math.isnan(wedge.cost_of_breaking(shy, "star"))  # there is none, which is not the same
    assert math.isnan(wedge.cost_of_turning(shy, "JPN", "star"))


def test_claims_ask_for_the_same_numbers() -> None:
    asked = study()
    assert wedge.cost_of_breaking(asked, "everybody") == 0.0
    assert wedge.cost_of_turning(asked, "JPN", "everybody") == pytest.approx(PRICE)
    assert wedge.holds(asked, "everybody", "30") == pytest.approx(sigmoid(-0.28) * sigmoid(-0.03) * sigmoid(-2.78))
    assert math.isnan(wedge.holds(asked, "star", "1"))


def starry() -> Study:
    treaties = Architecture((bilateral("S0", "S1"), bilateral("S0", "S2")))
    return Study(random_world(4, states=3, adversaries=1, in_force=treaties), Parameters())


def test_a_star_costs_the_sum_of_its_treaties() -> None:
    asked = starry()
    targets = star_targets(asked)
    before = asked.world.in_force
    here = asked.appraiser.appraise(asked.fallback, before).utility
    for m, t in zip(asked.bilaterals(), targets, strict=True):
        gone = asked.appraiser.appraise(asked.fallback.without(m), before).utility
        assert m.has(t.state)
        assert t.state != "S0"
        assert t.gain == pytest.approx(float((here - gone)[asked.world.index(t.state)]))
        assert t.income == pytest.approx(asked.world.gdp[asked.world.index(t.state)])
    found = wedge.pressure_on_star(asked)
    costs = [0.13 * t.income * max(t.gain, 0.0) / 100.0 for t in targets]
    assert found[BREAK("star")] == pytest.approx(sum(costs))
    assert [found[COST("star", t.state)] for t in targets] == pytest.approx(costs)
    assert found[BREAKABLE("star")] == np.mean([t.gain <= t.limit for t in targets])
    assert found[HOLDS("star", "0")] == pytest.approx(np.mean([sigmoid(t.gain / 0.1) for t in targets]))
    assert wedge.cost_of_breaking(asked, "star") == found[BREAK("star")]


def test_of_a_star_it_is_said_how_much_of_it_trade_lets_be_turned() -> None:
    asked = foedus.assess("indo-pacific-2020", draws=0)
    spokes = star_targets(asked.study)
    turned = sum(t.cost < math.inf for t in spokes)
    said = wedge.sentence(asked)
    assert 0 < turned < len(spokes)
    assert (
        f"would take {asked.value(BREAK('star')):.1f} bn; trade lets it turn {turned} of {len(spokes)} treaties."
        in said
    )


def test_the_pain_on_a_spoke_is_limited_by_its_own_trade() -> None:
    hubbed = Study(hand_world(in_force=Architecture((bilateral("USA", "KOR"), bilateral("USA", "JPN")))), PLAIN)
    assert {t.state: t.limit for t in star_targets(hubbed)} == {
        "KOR": pytest.approx(5.0 * 0.05),
        "JPN": pytest.approx(5.0 * 0.02),
    }


def test_the_cheapest_treaty_is_pressed_first_and_the_rest_goes_on() -> None:
    cheap = Target("A", 0.1, 0.2, 100.0, 1.0, 0.013)  # saturated at a price of 0.026
    dear = Target("B", 0.3, 1.0, 1000.0, 1.0, 0.39)  # a hundredth of a per cent costs 0.013
    one, two = 0.13 * 100 / 100, 0.13 * 1000 / 100
    asked = study()

    def share(*pains: float) -> float:
        return (sigmoid((0.1 - pains[0]) / NOISE) + sigmoid((0.3 - pains[1]) / NOISE)) / 2

    assert hold_star(asked, [dear, cheap], 0.0) == pytest.approx(share(0.0, 0.0))
    assert hold_star(asked, [dear, cheap], 0.5 * 0.2 * one) == pytest.approx(share(0.1, 0.0))
    assert hold_star(asked, [dear, cheap], 0.2 * one + 0.05 * two) == pytest.approx(share(0.2, 0.05))
    assert hold_star(asked, [dear, cheap], 1e9) == pytest.approx(share(0.2, 1.0))
    deep = Target("C", 0.1, 0.2, 100.0, 2.0, 0.013)
    assert hold_star(asked, [deep], 0.0) == pytest.approx(sigmoid(0.05 / NOISE))
    assert math.isnan(hold_star(asked, [], 1.0))


def answers(item: str, costs: dict[str, float], star: float = math.nan) -> dict[str, float]:
    found = {COST(item, s): c for s, c in costs.items()}
    found |= {HOLDS(item, f"{b:g}"): 0.5 - 0.01 * b for b in BUDGETS}
    return found if math.isnan(star) else found | {BREAK("star"): star, HOLDS("star", "0"): 0.9}


BARE = case_of(watch=())


def test_the_sentence_names_who_gains_nothing_anyway_and_the_cheapest_other() -> None:
    found = answered(answers(EVERYBODY, {"USA": 0.0, "JPN": 3.0, "KOR": 0.2}, 12.34), case=BARE)
    assert sentence(found) == (
        "The United States gains nothing by a council of all even without pressure, and agrees with a chance of one half at most. "
        "The cheapest other consent to break in it is "
        "South Korea's, for 0.20 bn a year. Every treaty of the star, one by one, would take 12.3 bn."
    )


def test_of_several_each_is_said_to_agree_at_most_as_likely_as_not() -> None:
    found = answered(answers(EVERYBODY, {"USA": 0.0, "JPN": 0.0, "KOR": 0.2}), case=BARE)
    assert (
        "gain nothing by a council of all even without pressure, and each agrees with a chance of one half"
        in sentence(found)
    )
    assert "would not agree" not in sentence(found)


def test_the_sentence_where_nothing_can_be_broken_or_there_is_no_star() -> None:
    none = answered(answers(EVERYBODY, {"JPN": math.nan}), case=BARE)
    assert sentence(none) == "No other consent can be broken within the limits of trade."
    body_first = answered(answers("All three", {"JPN": 3.0}))
    assert sentence(body_first).startswith("The cheapest consent to break in all three is Japan's, for 3.00 bn")


def test_tables_show_bodies_and_star_budget_by_budget() -> None:
    given = answers("All three", {"JPN": math.nan, "KOR": 0.2}, 12.0) | answers(EVERYBODY, {"JPN": 0.1})
    given |= {COST("star", "JPN"): 9.0}
    found = answered(given, {HOLDS(EVERYBODY, "0"): [0.1, 0.3]})
    rows = list(wedge_table(found))
    assert [r["architecture"] for r in rows] == [EVERYBODY] * 7 + ["All three"] * 7 + ["star"]
    assert [r["budget"] for r in rows[:7]] == list(BUDGETS)
    assert rows[0]["median"] == pytest.approx(0.2)
    assert [(r["label"], r["name"], r["default"]) for r in targets_table(found)] == [
        ("A council of all", "Japan", 0.1),
        ("All three", "Japan", None),
        ("All three", "South Korea", 0.2),
        ("The bilateral star", "Japan", 9.0),
    ]
    told = section(found)
    side = told.tables[0]
    assert side.column("label") == ("A council of all", "All three")
    star = told.tables[1]  # shares of treaties do not stand in a column of chances
    assert star.column("label") == ("The bilateral star",)
    assert {r["quantity"] for r in rows} == {"chance that all agree", "share of treaties still wanted"}
    assert {r["quantity"] for r in rows if r["architecture"] == "star"} == {"share of treaties still wanted"}
    assert side.rows[0][1:] == tuple(pytest.approx(0.5 - 0.01 * b) for b in BUDGETS)
    assert star.rows[0][1:] == (0.9, *[None] * 6)
    drops = [c.drop for c in side.columns]
    assert drops == sorted(set(drops))  # the largest budget goes first
    assert drops[0] == 0
    inks = told.charts[0].inks
    assert inks["The bilateral star"] == "blue"
    assert len(set(inks.values())) == len(inks) == 3


def test_what_was_not_asked_has_no_row() -> None:
    told = section(answered(answers(EVERYBODY, {"JPN": 0.1}), case=BARE))
    assert told.tables[0].column("label") == ("A council of all",)
    assert set(told.charts[0].inks) == {"A council of all", "The bilateral star"}


def test_many_bodies_still_have_inks() -> None:
    from_case = tuple(Watched(f"Body {k}", ("USA", "JPN")) for k in range(8))
    given: dict[str, float] = {}
    for w in from_case:
        given |= answers(w.name, {"JPN": 0.1})
    inks = section(answered(given, case=case_of(watch=from_case))).charts[0].inks
    assert {w.name for w in from_case} <= set(inks)
