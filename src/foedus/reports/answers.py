"""Answers to single questions, each as one tidy table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.methods.ablation import Contribution
from foedus.methods.flip import Search, words
from foedus.model.architecture import Institution
from foedus.questions.assessment import Assessment, Task
from foedus.questions.how_far_the_quarrel_goes import VARIANTS, how_far_the_quarrel_goes
from foedus.questions.study import EVERYBODY, Study, name
from foedus.questions.what_a_wedge_costs import body_targets, hold_body, hold_star, star_targets
from foedus.reports.tables import forms
from foedus.reports.writing import COMPONENT_LABELS, FORM_LABELS, country, percent
from foedus.simulation.formation import Form
from foedus.vocabulary.errors import FoedusError, Problem, nearest
from foedus.vocabulary.states import STATES
from foedus.vocabulary.tables import Cell, Column, Table, table

_GDP = "% of GDP a year"


def state_of(task: Task, word: str) -> str:
    """Return the id of a state of the case, given by id or name.

    Raises
    ------
    FoedusError
        No such state in the case.
    """
    names = {s.casefold(): s for s in task.case.states}
    names |= {STATES[s].name.casefold(): s for s in task.case.states if s in STATES}
    found = names.get(word.casefold())
    if found is None:
        listed = [n for s in task.case.states for n in (s, country(s))]
        raise FoedusError(Problem(f"'{word}'", f"there is no such state in '{task.case.name}'", nearest(word, listed)))
    return found


def _body(study: Study, word: str) -> Institution:
    known = dict(study.bodies())
    if not word:
        return study.everybody
    folded = {k.casefold(): k for k in known}
    if word.casefold() not in folded:
        raise FoedusError(Problem(f"body '{word}'", "there is no such body", nearest(word, known)))
    return known[folded[word.casefold()]]


def explain(task: Task, state: str, body: str = "") -> Table:
    """Return a state's gain from a body, term by term, with the quantities each term is made of."""
    subject = state_of(task, state)
    study = task.study()
    institution = _body(study, body)
    before = study.world.in_force
    here = study.appraiser.appraise(study.fallback, before)
    there = study.appraiser.appraise(study.fallback.having(institution), before)
    i = study.world.index(subject)
    rows: list[list[Cell]] = []
    for k, c in enumerate(COMPONENTS):
        now, then = float(here.components[k, i]), float(there.components[k, i])
        rows.append([COMPONENT_LABELS[c], "term", now, then, then - now, _GDP, MECHANISMS[c].claim])
    rows.append(
        [
            "all terms",
            "sum",
            float(here.utility[i]),
            float(there.utility[i]),
            float(there.utility[i] - here.utility[i]),
            _GDP,
            "Utility relative to a world without treaties.",
        ]
    )
    for quantity, unit, what in (
        ("strength_allied", "capability index", "what defends the state"),
        ("felt_loss_allied", _GDP, "expected loss, own and felt with others"),
        ("fighting_allied", _GDP, "expected fighting for others"),
        ("bargained_value", "bn a year", "what it adds to the coalitions it could join"),
        ("rescue", "share", "part of the security price of a quarrel it discounts"),
    ):
        now, then = float(here.quantities[quantity][i]), float(there.quantities[quantity][i])
        rows.append([quantity.replace("_", " "), "quantity", now, then, then - now, unit, what])
    for a, adversary in enumerate(task.case.adversaries):
        threat = float(study.appraiser.setting["threat"][i, a])
        force = float(study.appraiser.setting["hostile_force"][i, a])
        rows.append(
            [f"threat from {country(adversary)}", "input", threat, threat, 0.0, "hazard", "policy distance and rivalry"]
        )
        rows.append([f"force of {country(adversary)}", "input", force, force, 0.0, "capability index", "that arrives"])
    where = list(there.architecture).index(institution)
    ready = float(there.quantities["readiness"][where])
    rows.append(["readiness of the body", "quantity", None, ready, None, "share", MECHANISMS["readiness"].claim])
    title = f"{country(subject)}: {institution.name or 'the body'} against what there is without it"
    columns = [
        Column("item"),
        Column("kind"),
        Column("without", "see unit"),
        Column("with", "see unit"),
        Column("change", "see unit"),
        Column("unit"),
        Column("meaning"),
    ]
    return table("explain", title, columns, rows)


def compare(assessments: Sequence[Assessment]) -> Table:
    """Return the outcomes of several cases side by side."""
    rows: list[list[Cell]] = []
    for a in assessments:
        for row in forms(a):
            rows.append([a.case.name, a.case.as_of.isoformat(), *row.values()])
    band = [Column(c, "probability") for c in ("default", "median", "low", "high")]
    return table(
        "compare",
        "The same theory and the same parameters in several cases",
        [Column("case"), Column("as_of"), Column("form"), Column("label"), *band],
        rows,
    )


def dispute(task: Task, pair: Sequence[str] = ()) -> Table:
    """Return how far the quarrel of a dyad goes in every variant."""
    dyad = tuple(state_of(task, s) for s in pair) or task.case.quarrel
    if len(dyad) != 2 or len(set(dyad)) != 2:
        raise FoedusError(Problem("pair", "a quarrel needs two different states", "Give for example JPN KOR"))
    base = task.study()
    i, j = (base.world.index(s) for s in dyad)
    if base.world.grievance[i, j] + base.world.grievance[j, i] == 0:
        one, other = dyad
        raise FoedusError(
            Problem(
                f"{one} and {other}",
                "neither has a grievance against the other in this case",
                f"Try: foedus dispute {task.case.name} {one} {other} --set {one}.grievance.{other}=0.5",
            )
        )
    study = Study(base.world, base.parameters, dyad, base.watch)
    found = how_far_the_quarrel_goes(study)
    rows: list[list[Cell]] = [
        [
            label,
            *(
                found[name("quarrel", v, "", m)]
                for m in ("p_i", "p_j", "both", "brokered", "third_rung", "brokerage", "stake_i", "stake_j")
            ),
        ]
        for v, label in VARIANTS.items()
    ]
    one, other = (country(s) for s in dyad)
    columns = [
        Column("variant"),
        Column("p_i", "probability", f"{one} escalates"),
        Column("p_j", "probability", f"{other} escalates"),
        Column("both", "probability", "both escalate"),
        Column("brokered", "probability", "both, and nobody brokers"),
        Column("third_rung", "probability", f"{one} raises again"),
        Column("brokerage", "probability", "a broker succeeds"),
        Column("stake_i", _GDP, f"security {one} would lose"),
        Column("stake_j", _GDP, f"security {other} would lose"),
    ]
    return table("dispute", f"The quarrel of {one} and {other}", columns, rows)


def wedge(task: Task, budget: float) -> Table:
    """Return the best use of a budget of coercion against each architecture."""
    if not np.isfinite(budget) or budget < 0:
        raise FoedusError(Problem("budget", f"{budget:g} is not a budget", "Give bn a year, 0 or more"))
    study = task.study()
    rows: list[list[Cell]] = []
    for item, institution in study.bodies():
        targets = body_targets(study, institution)
        holds, pain = hold_body(study, targets, study.appraiser.depth(institution), budget)
        free, _ = hold_body(study, targets, study.appraiser.depth(institution), 0.0)
        label = "A council of all" if item == EVERYBODY else item
        for t, p in zip(targets, pain.tolist(), strict=True):
            cost = t.cost if np.isfinite(t.cost) else None
            rows.append([label, t.state, country(t.state), t.gain, t.limit, cost, p, free, holds])
    spokes = star_targets(study)
    if spokes:
        free, holds = hold_star(study, spokes, 0.0), hold_star(study, spokes, budget)
        for t in sorted(spokes, key=lambda t: t.cost):
            cost = t.cost if np.isfinite(t.cost) else None
            rows.append(["The bilateral star", t.state, country(t.state), t.gain, t.limit, cost, None, free, holds])
    columns = [
        Column("architecture"),
        Column("state"),
        Column("name"),
        Column("gain", _GDP, "by agreeing or staying, unpressed"),
        Column("limit", _GDP, "most pain trade allows"),
        Column("cost", "bn a year", "to make it indifferent; none if trade does not suffice"),
        Column("pain", _GDP, "under the best use of the budget"),
        Column("unpressed", "probability or share", "all agree, or share of treaties kept, without pressure"),
        Column("pressed", "probability or share", "the same under the budget"),
    ]
    return table("wedge", f"What {budget:g} bn a year of pressure does", columns, rows)


def whatif(before: Task, after: Task) -> Table:
    """Return outcomes and gains before and after changes."""
    rows: list[list[Cell]] = []
    one, two = before.study(), after.study()
    for f in Form:
        p, q = one.formation.probability(f), two.formation.probability(f)
        rows.append(["probability", FORM_LABELS[f], p, q, q - p])
    rows.append(
        [
            "probability",
            FORM_LABELS["body"],
            one.formation.body,
            two.formation.body,
            two.formation.body - one.formation.body,
        ]
    )
    for s in before.case.states:
        values = []
        for study in (one, two):
            institution = study.everybody
            after_, base = (
                study.appraiser.appraise(g, study.world.in_force).utility
                for g in (study.fallback.having(institution), study.fallback)
            )
            values.append(float((after_ - base)[study.world.index(s)]))
        rows.append(["gain from a council of all", country(s), *values, values[1] - values[0]])
    columns = [
        Column("measure"),
        Column("item"),
        Column("before", f"probability, or {_GDP}"),
        Column("after", "same"),
        Column("change", "same"),
    ]
    return table("whatif", "Before and after", columns, rows)


def flip(goal: str, effort: int, found: Search) -> Table:
    """Return sets of changes that turn the answer, or what came closest where none does."""
    shown = found.answers or found.nearest
    rows: list[list[Cell]] = [
        [k + 1, f.effort, change, f.probability, f.probability >= 0.5]
        for k, f in enumerate(shown)
        for change in words(f.steps)
    ]
    title = f"Smallest changes after which “{goal}” is likelier than not; as things are {percent(found.now)}"
    if not found.answers:
        title = f"No change within bounds (effort up to {effort}) makes “{goal}” likelier than not; what came closest"
    columns = [
        Column("answer"),
        Column("effort", "steps"),
        Column("change"),
        Column("chance", "probability", "of the goal"),
        Column("reached"),
    ]
    return table("flip", title, columns, rows)


def ablation(found: Sequence[Contribution]) -> Table:
    """Return what each mechanism takes from the chance of a body."""
    rows: list[list[Cell]] = [[c.mechanism, c.shapley, c.alone, c.last, MECHANISMS[c.mechanism].claim] for c in found]
    rows.append(
        ["all of them", sum(c.shapley for c in found), None, None, "Rise when all are off; below 0 they help a body."]
    )
    columns = [
        Column("mechanism"),
        Column("shapley", "probability", "average rise when it is switched off, over all orders"),
        Column("alone", "probability", "rise when it alone is off"),
        Column("last", "probability", "rise when all others are off"),
        Column("claim"),
    ]
    return table("ablation", "What each mechanism takes from the chance of a body", columns, rows)
