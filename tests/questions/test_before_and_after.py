"""Before and after: two studies side by side, and a sentence that does not call rounding a change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from foedus.draws.sampling import uncertainties
from foedus.model.parameters import Parameters
from foedus.questions.before_and_after import Pair, before_and_after
from foedus.questions.in_draws import Size
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


def test_draws_are_the_same_before_and_after() -> None:
    free = replace(BEFORE, varied=uncertainties(BEFORE.case, BEFORE.parameters))
    cheap = after(wedge_cost_ratio=0.5)  # which nothing here reads: whatever is drawn, nothing may move
    found = before_and_after(free, replace(cheap, varied=uncertainties(cheap.case, cheap.parameters)), Size(20))
    outcomes = found.tables[0]
    assert set(outcomes.column("change_low")) == set(outcomes.column("change_high")) == {0.0}
    assert found.says[1] == (
        "Over 20 draws of all judged numbers the chance of a body moves by 0: up in 0 % of them, down in 0 %."
    )
    harsh = after(coercion_pain=10.0)
    worse = before_and_after(free, replace(harsh, varied=uncertainties(harsh.case, harsh.parameters)), Size(20))
    body = list(worse.tables[0])[-1]
    assert float(str(body["change_low"])) < min(float(str(body["change_high"])), 0.0)
    assert worse.tables[0].columns[3].form == "points"


def test_a_fact_that_is_set_is_not_drawn_after_the_change() -> None:
    free = replace(BEFORE, varied=uncertainties(BEFORE.case, BEFORE.parameters))
    known = next(u.target for u in free.varied if not isinstance(u.target, str))
    fixed = replace(free, overrides={known: 0.0}, varied=tuple(u for u in free.varied if u.target != known))
    pair = Pair(free, fixed)
    assert len(pair.labels) == len(free.varied) == len(fixed.varied) + 1
    row = np.full(len(pair.labels), 0.5)
    seats = [k for k, u in enumerate(free.varied) if u.target != known]
    np.testing.assert_allclose(pair._values(fixed, row), pair._values(free, row)[seats])


def test_without_draws_it_is_said_that_there_is_no_band() -> None:
    found = before_and_after(BEFORE, after(coercion_pain=10.0))
    assert found.notes[0] == (
        "This is the answer with the values in use alone; 50 draws (--draws 50) add how far it goes when all that is judged is drawn."
    )
    assert set(found.tables[0].column("change_low")) == {None}


def test_what_is_changed_stands_with_what_it_rests_on() -> None:
    moved = replace(
        after(coercion_pain=10.0), overrides={("trade", "JPN", "CHN"): 0.2, ("sovereignty", "JPN", None): 1.0}
    )
    trade, sovereignty, *_, pain = before_and_after(BEFORE, moved).notes[1:]
    book = small_case().sources["book"].citation
    assert trade == f"Trade of Japan with China: 0.02 share of GDP in the case (1999; {book}), 0.2 here."
    assert sovereignty.startswith(
        "Sovereignty of Japan: 0.5 share in the case (1999; judged: An alliance runs part of its command)"
    )
    assert pain.startswith("Coercion pain: 5 % of GDP per unit of trade share in use (range 2 to 12; ")
    assert pain.endswith("), 10 here.")
