"""The adversary's purse: what people planned beside what was laid on, and the law's pressure as long as it is paid for."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.council.purse import PressedWill, Purse, laid_down
from foedus.council.seats import Moves, institution_named, will_of
from foedus.simulation.chance import Chance
from foedus.simulation.will import DrawnWill, Pressing

BODY = institution_named("body consensus USA,JPN,KOR")
PLANS = {"CHN": {"JPN": 0.3, "KOR": 5.0}}


def pressing() -> Pressing:
    best, limit = np.array([0.0, 0.0, 0.2]), np.array([0.1, 0.2, 0.4])
    return Pressing("CHN", BODY, best, limit, np.array([10.0, 3.0, 2.0]), 1.0)


def will(purse: Purse, played: tuple[str, ...] = ("CHN",)) -> PressedWill:
    moves = Moves(played, pressure=PLANS)
    return PressedWill(will_of(moves, DrawnWill(Chance(1, 0))), moves.pressure, purse)


def test_a_plan_is_laid_on_as_far_as_limit_and_budget_go() -> None:
    purse = Purse(1.0)
    pain = will(purse).presses(pressing(), 2019)
    japan, korea = (laid_down(one, "key") for one in purse.laid)
    assert (japan["planned"], korea["planned"]) == (0.3, 5.0)
    assert korea["limit"] == pytest.approx(0.8)
    assert japan["cost"] + korea["cost"] == pytest.approx(1.0), "the budget cuts what the limits leave"
    assert japan["cost"] / korea["cost"] == pytest.approx(0.3 / 0.8, rel=1e-4), "each alike"
    assert korea["cost"] == pytest.approx(float(pain[2]) * 2.0, abs=1e-6)
    assert purse.left == 1.0, "people have paid"


def test_where_the_model_presses_it_pays_from_the_purse_and_no_plan_is_said_to_be_laid_on() -> None:
    purse = Purse(0.5)
    law = will(purse, ())
    assert law.presses(pressing(), 2019)[2] == 0.2
    assert purse.left == pytest.approx(0.1)
    assert not law.presses(pressing(), 2019).any(), "what is left does not pay for it"
    assert {(one.cost, one.presser) for one in purse.laid} == {(0.0, "")}
