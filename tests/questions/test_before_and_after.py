"""Before and after: two studies side by side, and a sentence that does not call rounding a change."""

from __future__ import annotations

import pytest

from foedus.model.parameters import Parameters
from foedus.questions.before_and_after import before_and_after
from foedus.questions.task import Task
from foedus.simulation.formation import Form
from questions.asked import small_case


def after(**changes: float) -> Task:
    """Return a task in which a common line and resentment cost nothing, so that bodies form."""
    free = {"autonomy_cost": 0.0, "commitment_cost": 0.0}
    return Task(small_case(), Parameters({**free, **changes}), {}, (), ())


BEFORE = after()


def test_every_outcome_and_every_state_is_shown_before_and_after() -> None:
    found = before_and_after(BEFORE, after(coercion_pain=10.0))
    one, two = BEFORE.study(), after(coercion_pain=10.0).study()
    outcomes, gains = found.tables
    assert len(outcomes) == len(Form) + 1
    for row, form in zip(outcomes, Form, strict=False):
        p, q = one.formation.probability(form), two.formation.probability(form)
        assert (row["before"], row["after"]) == (p, q)
        assert row["change"] == pytest.approx(q - p)
    assert outcomes.rows[-1][1:3] == (one.formation.body, two.formation.body)
    # with reprisals twice as hard everybody fears as much again: five times its trade, times the mean threat
    change = dict(zip(gains.column("item"), gains.column("change"), strict=True))
    threat = float(one.appraiser.setting["threat"][:3].mean())
    assert change["South Korea"] == pytest.approx(-5.0 * 0.05 * threat)
    assert change["Japan"] == pytest.approx(-5.0 * 0.02 * threat)
    assert list(change) == ["United States", "Japan", "South Korea", "Taiwan"]
    p, q = one.formation.body, two.formation.body
    assert p > 0.05 > q
    assert found.says == (
        f"The chance of a body in a year goes from {100 * p:.0f} % to {100 * q:.0f} %; South Korea's gain from a council of "
        f"all changes most, by {change['South Korea']:+.2f} % of GDP a year.",
    )


def test_what_changes_nothing_is_said_to_change_nothing() -> None:
    found = before_and_after(BEFORE, after(wedge_cost_ratio=0.5))
    p = 100 * BEFORE.study().formation.body
    assert found.says == (
        f"The chance of a body in a year stays at {p:.0f} %; nobody's gain from a council of all changes.",
    )
    assert set(found.tables[0].column("change")) == {0.0}


def test_a_change_for_the_better_has_its_sign() -> None:
    found = before_and_after(BEFORE, after(coercion_pain=4.0))
    assert "South Korea's gain from a council of all changes most, by +0." in found.says[0]
