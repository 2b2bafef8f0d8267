"""Glances: what the playground shows of a world, from one study or from one draw: chances, gains, who refuses first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.questions.study import EVERYBODY, Answers, Study
from foedus.questions.task import Task
from foedus.questions.what_forms import BODY, CHANCE, what_forms
from foedus.questions.who_blocks import ACCEPTANCE, CONSENT, GAIN, about_body
from foedus.simulation.formation import Form
from foedus.web.workers import task_of


def glance(study: Study) -> Answers:
    """Return the chance of every outcome of a year, and what a council of all would bring to everybody."""
    return study.once(what_forms) | study.once(about_body, EVERYBODY, study.everybody)


def glance_in(packed: bytes) -> Answers:
    """Return the same of a packed task, in another process."""
    return glance(task_of(packed).study())


def seen(answers: Mapping[str, float], task: Task) -> dict[str, Any]:
    """Return the answers that the playground shows, by short names; gains in the order of the case, null for whom nobody asks."""
    states = task.case.states
    consents = {s: answers[CONSENT(EVERYBODY, s)] for s in states if CONSENT(EVERYBODY, s) in answers}
    return {
        "body": float(answers[CHANCE(BODY)]),
        "forms": [float(answers[CHANCE(form)]) for form in Form],
        "gains": [float(answers[GAIN(EVERYBODY, s)]) if s in consents else None for s in states],
        "agree": answers[ACCEPTANCE(EVERYBODY)],
        "first": min(consents, key=lambda s: consents[s]),
    }
