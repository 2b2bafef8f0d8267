"""Under a budget: every target with its pain, and what holds, chances and shares in columns of their own."""

from __future__ import annotations

import math

import pytest

from foedus.draws.sampling import uncertainties
from foedus.model.architecture import body
from foedus.model.parameters import Parameters
from foedus.questions import what_a_wedge_costs as wedge
from foedus.questions.in_draws import Size
from foedus.questions.study import EVERYBODY, Study
from foedus.questions.task import Task
from foedus.questions.under_budget import under_budget
from foedus.questions.what_a_wedge_costs import HOLDS, body_targets
from foedus.vocabulary.errors import FoedusError
from questions.asked import PLAIN, hand_world, small_case


def test_under_one_budget_every_target_is_shown_with_its_pain() -> None:
    task = Task(small_case(), Parameters(), {}, (), ())
    found = under_budget(task, 1.0)
    asked = task.study()
    rows = list(found.tables[0])
    seen = {str(r["architecture"]) for r in rows}
    assert seen == {"A council of all", "All three", "The bilateral star"}
    everybody = [r for r in rows if r["architecture"] == "A council of all"]
    assert [r["state"] for r in everybody] == list(asked.everybody.members)
    answers_ = wedge.what_a_wedge_costs(asked)
    for r in everybody:
        assert 0 <= float(str(r["pain"])) <= float(str(r["limit"])) + 1e-9
    spent = sum(
        0.13 * t.income * float(str(r["pain"])) / 100
        for t, r in zip(body_targets(asked, asked.everybody), everybody, strict=True)
    )
    assert 0 < spent <= 1.0 + 1e-9
    star = [r for r in rows if r["architecture"] == "The bilateral star"]
    costs = [math.inf if r["cost"] is None else float(str(r["cost"])) for r in star]
    assert costs == sorted(costs)
    held = {str(r["architecture"]): r for r in found.table("wedge-held")}
    assert set(held) == seen
    for label, item, stem, other in (
        ("A council of all", EVERYBODY, "agree", "kept"),
        ("The bilateral star", "star", "kept", "agree"),
    ):  # a chance and a share stand in columns of their own
        assert held[label][f"{stem}_unpressed"] == pytest.approx(answers_[HOLDS(item, "0")])
        assert held[label][f"{stem}_pressed"] == pytest.approx(answers_[HOLDS(item, "1")])
        assert held[label][f"{other}_unpressed"] is held[label][f"{other}_pressed"] is None
    assert len(found.says) == 3
    assert found.says[0].endswith("under 1 bn a year.")


def test_nothing_can_be_spent() -> None:
    found = under_budget(Task(small_case(), Parameters(), {}, (), ()), 0.0)
    assert {r["pain"] for r in found.tables[0] if r["architecture"] != "The bilateral star"} == {0.0}


@pytest.mark.parametrize("budget", [-1.0, math.nan, math.inf])
def test_a_budget_that_is_none_is_refused(budget: float) -> None:
    with pytest.raises(FoedusError, match=r"is not a budget\. Give bn a year, 0 or more"):
        under_budget(Task(small_case(), Parameters(), {}, (), ()), budget)


def test_a_watched_body_is_pressed_too() -> None:
    two = Study(hand_world(), PLAIN, watch=(body(("USA", "JPN"), name="Two"),))
    assert HOLDS("Two", "1") in wedge.what_a_wedge_costs(two)


def test_what_holds_under_a_budget_has_the_band_of_its_draws() -> None:
    case = small_case()
    found = under_budget(Task(case, Parameters(), {}, uncertainties(case, Parameters()), ()), 1.0, Size(20))
    for row in found.table("wedge-held"):
        stem = "kept" if row["architecture"] == "The bilateral star" else "agree"
        assert 0.0 <= float(str(row[f"{stem}_pressed_low"])) <= float(str(row[f"{stem}_pressed_high"])) <= 1.0
    assert found.says[0].count(" to ") == 2
    assert "20 draws" in found.notes[0]
