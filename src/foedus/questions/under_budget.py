"""Under a budget: the best use of a budget of coercion against each body and the star, target by target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from foedus.questions.in_draws import ALONE, Size, end_columns, in_draws
from foedus.questions.study import EVERYBODY, Answers, Study
from foedus.questions.task import Task
from foedus.questions.what_a_wedge_costs import BEFORE, HOLDS, Target, body_targets, hold_body, hold_star, star_targets
from foedus.vocabulary.errors import fail
from foedus.vocabulary.prose import country
from foedus.vocabulary.record import Section, cell
from foedus.vocabulary.tables import Cell, Column, percent, table


def _both_columns(stem: str, unit: str, meaning: str, head: str) -> tuple[Column, ...]:
    """Return the columns of one quantity unpressed and under the budget, and of its band there."""
    return (
        Column(f"{stem}_unpressed", unit, meaning, f"{head} unpressed", "percent"),
        Column(f"{stem}_pressed", unit, f"{meaning}, under the budget", f"{head} pressed", "percent"),
        *end_columns(f"{stem}_pressed", unit, "percent"),
    )


_HELD: Final = (
    Column("architecture"),
    *_both_columns("agree", "", "probability that all members of the body agree", "all agree"),
    *_both_columns("kept", "", "share of the treaties of the star that are still wanted", "treaties kept"),
)
_PRESSED: Final = (
    Column("architecture"),
    Column("state", hidden=True),
    Column("name"),
    Column("gain", "% of GDP a year", "by agreeing or staying, unpressed", form="signed"),
    Column("limit", "% of GDP a year", "most that its trade lets an adversary hurt it", "can be hurt by", drop=2),
    Column("cost", "bn $ a year", "to make it indifferent; none if trade does not suffice", "cost to turn", "money"),
    Column("pain", "% of GDP a year", "what it is made to suffer by the best use of the budget", "is hurt by", drop=1),
)


@dataclass(frozen=True)
class UnderBudget:
    """Works out what holds unpressed and under the best use of a budget, in one study."""

    budget: float

    def __call__(self, study: Study) -> Answers:
        """Return, per architecture, the chance that all agree, or the share of the star's treaties that are wanted."""
        found: Answers = {}
        for item, institution in study.bodies():
            targets = body_targets(study, institution)
            for spent in (0.0, self.budget):
                found[HOLDS(item, f"{spent:g}")] = hold_body(study, targets, spent)[0]
        spokes = star_targets(study)
        for spent in (0.0, self.budget) if spokes else ():
            found[HOLDS("star", f"{spent:g}")] = hold_star(study, spokes, spent)
        return found


def under_budget(task: Task, budget: float, size: Size = ALONE) -> Section:
    """Return the best use of a budget of coercion against each architecture, target by target.

    Parameters
    ----------
    task : Task
    budget : float
        bn a year.
    size : Size
        Draws in which what holds is worked out again.

    Raises
    ------
    FoedusError
        The budget is no amount of money.
    """
    if not np.isfinite(budget) or budget < 0:
        raise fail("budget", f"{budget:g} is not a budget", "Give bn a year, 0 or more")
    study, drawn = task.study(), in_draws(task, UnderBudget(budget), size)
    rows: list[list[Cell]] = []
    holding: list[list[Cell]] = []
    says: list[str] = []

    def both(item: str) -> tuple[str, str]:
        keys = HOLDS(item, "0"), HOLDS(item, f"{budget:g}")
        free, held = (percent(drawn.default[k]) + drawn.around(k, percent) for k in keys)
        return free, held

    def held_by(item: str, label: str) -> list[Cell]:
        both: list[Cell] = [drawn.default[HOLDS(item, f"{spent:g}")] for spent in (0.0, budget)]
        both += drawn.ends(HOLDS(item, f"{budget:g}"))
        none: list[Cell] = [None] * len(both)
        return [label, *none, *both] if item == "star" else [label, *both, *none]

    def row(label: str, t: Target, pain: float | None) -> list[Cell]:
        return [label, t.state, country(t.state), t.gain, t.limit, cell(t.cost), pain]

    for item, institution in study.bodies():
        targets, label = body_targets(study, institution), "A council of all" if item == EVERYBODY else item
        free, held = both(item)
        says.append(
            f"{label}: all agree with {free} while no reprisal is feared, with {held} under {budget:g} bn a year."
        )
        holding.append(held_by(item, label))
        pains = hold_body(study, targets, budget)[1].tolist()
        rows += [row(label, t, p) for t, p in zip(targets, pains, strict=True)]
    spokes = star_targets(study)
    if spokes:
        free, held = both("star")
        holding.append(held_by("star", "The bilateral star"))
        says.append(
            f"The bilateral star: {free} of its treaties are wanted while nobody is pressed, {held} under {budget:g} bn a year."
        )
        rows += [row("The bilateral star", t, None) for t in sorted(spokes, key=lambda t: t.cost)]
    found = table("wedge", f"What {budget:g} bn a year of pressure does", _PRESSED, rows)
    holds = table("wedge-held", "What holds without pressure, and under it", _HELD, holding)
    return Section(
        "wedge", found.title, tuple(says), (found, holds), notes=(drawn.told(), f"{BEFORE}, in an assessment.")
    )
