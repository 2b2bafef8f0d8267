"""Before and after: the answer with the values in use, and after facts, parameters or mechanisms are changed."""

from __future__ import annotations

from foedus.questions.study import Study
from foedus.questions.task import Task
from foedus.questions.what_forms import BODY, FORM_LABELS
from foedus.simulation.formation import Form
from foedus.vocabulary.prose import country
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Cell, Column, percent, table

_NOTHING = 5e-4  # changes below it are rounding of utilities, not answers


def _gains(study: Study) -> dict[str, float]:
    """Return what every state gains by a council of all, % of GDP a year."""
    seen = study.appraiser
    base = seen.appraise(study.fallback, study.world.in_force).utility
    after = seen.appraise(study.fallback.having(study.everybody), study.world.in_force).utility
    return dict(zip(study.world.states, (after - base).tolist(), strict=True))


def before_and_after(before: Task, after: Task) -> Section:
    """Return outcomes and gains before and after changes."""
    one, two = before.study(), after.study()
    chances = [(FORM_LABELS[f], one.formation.probability(f), two.formation.probability(f)) for f in Form]
    chances.append((FORM_LABELS[BODY], one.formation.body, two.formation.body))
    left, right = _gains(one), _gains(two)
    rows: list[list[Cell]] = [[label, p, q, q - p] for label, p, q in chances]
    gains: list[list[Cell]] = [[country(s), left[s], right[s], right[s] - left[s]] for s in before.case.states]
    outcomes = table(
        "outcomes", "Chance of each outcome of a year", _columns("outcome", "probability", "percent"), rows
    )
    gained = _columns("state", "% of GDP a year", "signed")
    worth = table("gains", "Gain from a council of all, % of GDP a year", gained, gains)
    return Section("whatif", "Before and after", (_sentence(one, two, left, right),), (outcomes, worth))


def _columns(item: str, unit: str, form: str) -> list[Column]:
    compared = (("before", form), ("after", form), ("change", "signed"))
    return [Column("item", head=item), *(Column(name, unit, form=written) for name, written in compared)]


def _sentence(one: Study, two: Study, left: dict[str, float], right: dict[str, float]) -> str:
    p, q = one.formation.body, two.formation.body
    moves = f"goes from {percent(p)} to {percent(q)}" if abs(q - p) > _NOTHING else f"stays at {percent(p)}"
    text = f"The chance of a body in a year {moves}"
    most = max(left, key=lambda s: abs(right[s] - left[s]))
    moved = right[most] - left[most]
    if abs(moved) <= _NOTHING:
        return text + "; nobody's gain from a council of all changes."
    return text + f"; {country(most)}'s gain from a council of all changes most, by {moved:+.2f} % of GDP a year."
