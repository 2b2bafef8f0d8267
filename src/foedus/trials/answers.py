"""Answers: each quantity that claims can ask for, worked out in one study and remembered there."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from foedus.model.architecture import Institution
from foedus.questions.asked import (
    about_body,
    exit_from,
    leverage_in,
    what_exclusion_does,
    what_forms,
    what_treaties_are_worth,
)
from foedus.questions.how_far_the_quarrel_goes import ladder
from foedus.questions.own_effort import own_effort
from foedus.questions.pacts import chance_of_a_pact
from foedus.questions.study import EVERYBODY, Answers, Study, name
from foedus.questions.what_a_wedge_costs import pressure_on, pressure_on_star

Body = str | Institution
"""``everybody``, ``the allies``, or an institution."""

NOTHING = float("nan")


def _once(study: Study, question: Callable[..., Answers], *about: Any) -> Answers:
    key = (question, about)
    if key not in study.memory:
        study.memory[key] = question(study, *about)
    found: Answers = study.memory[key]
    return found


def _institution(study: Study, body: Body) -> Institution:
    if isinstance(body, Institution):
        return body
    return study.everybody if body == EVERYBODY else study.allies


def _about(study: Study, body: Body) -> Answers:
    return _once(study, about_body, "", _institution(study, body))


def chance_of(form: str, study: Study) -> float:
    """Return the probability that a year ends with an outcome."""
    return _once(study, what_forms).get(name("forms", form, "", "probability"), 0.0)


def gain(body: Body, state: str, term: str, study: Study) -> float:
    """Return what a state gains by a body, whole or one term, % of GDP a year."""
    return _about(study, body)[name("gain", "", state, term)]


def consent(body: Body, state: str, study: Study) -> float:
    """Return the probability that a member agrees."""
    return _about(study, body).get(name("gain", "", state, "consent"), NOTHING)


def leaves(body: Body, state: str, study: Study) -> float:
    """Return the probability that a member leaves within a year."""
    institution = _institution(study, body)
    return exit_from(study, institution, state) if institution.has(state) else NOTHING


def of_body(body: Body, measure: str, study: Study) -> float:
    """Return the acceptance or the readiness of a body."""
    return _about(study, body)[name("body", "", "", measure)]


def weakest(body: Body, study: Study) -> float:
    """Return the smallest probability to agree among the members."""
    return min(consent(body, s, study) for s in _institution(study, body).members)


def trade(state: str, study: Study) -> float:
    """Return the trade of a state with all adversaries, share of GDP."""
    return float(study.world.trade[study.world.index(state)].sum())


def trade_threshold(body: Body, state: str, study: Study) -> float:
    """Return the trade with the adversaries at which a member would just refuse, share of GDP; R7."""
    total, pain = gain(body, state, "total", study), gain(body, state, "exposure", study)
    return (total - pain) / -pain * trade(state, study) if pain < 0 else NOTHING


def leverage(item: str, measure: str, study: Study) -> float:
    """Return the hub's leverage in one architecture."""
    return _once(study, leverage_in, item)[name("leverage", item, "", measure)]


def effort(item: str, state: str, study: Study) -> float:
    """Return the own effort of a state in one architecture, a share."""
    return _once(study, own_effort, item)[name("effort", item, state, "share")]


def rung(variant: str, measure: str, study: Study) -> float:
    """Return one rung of the quarrel in one variant."""
    return _once(study, ladder, variant).get(name("quarrel", variant, "", measure), NOTHING)


def exclusion(state: str, how: str, measure: str, study: Study) -> float:
    """Return the loss of a state that is not recognised, or the acceptance of the body with or without it."""
    return _once(study, what_exclusion_does).get(name("exclusion", how, state, measure), NOTHING)


def _pressure(body: Body, study: Study) -> Answers:
    if body == "star":
        return _once(study, pressure_on_star)
    return _once(study, pressure_on, "", _institution(study, body))


def holds(body: Body, budget: str, study: Study) -> float:
    """Return the chance that the star or a body holds under a budget of coercion."""
    return _pressure(body, study).get(name("wedge", "star" if body == "star" else "", budget, "holds"), NOTHING)


def cost(body: Body, state: str, study: Study) -> float:
    """Return what it costs to break the star or a body, or to turn one member, bn a year; inf if nothing does it."""
    found = _pressure(body, study).get(name("wedge", "star" if body == "star" else "", state, "cost"), NOTHING)
    return math.inf if math.isnan(found) and body != "star" else found


def treaty_worth(hub: str, state: str, to_the_hub: bool, study: Study) -> float:
    """Return what the treaty of an ally with the hub is worth to one of them, % of GDP a year."""
    found = _once(study, what_treaties_are_worth)
    return found.get(name("treaty", f"{hub}–{state}", hub if to_the_hub else state, "worth"), NOTHING)


def number_of_treaties(study: Study) -> float:
    """Return the number of bilateral treaties of the hub in the star."""
    return float(sum(m.has(study.world.hub) for m in study.bilaterals()))


def pact(one: str, other: str, depth: float | None, forum_years: int, study: Study) -> float:
    """Return the probability that two states agree to a pact."""
    return chance_of_a_pact(study, one, other, depth, forum_years)
