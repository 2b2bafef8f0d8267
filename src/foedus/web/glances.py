"""Glances: what the playground shows of a world, from one study or from one draw: chances, gains, who refuses first."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import Any, Final

from foedus.questions.study import EVERYBODY, Answers, Drafts, Study
from foedus.questions.task import Task
from foedus.questions.what_forms import BODY, CHANCE, what_forms
from foedus.questions.who_blocks import ACCEPTANCE, CONSENT, GAIN, about_body
from foedus.simulation.formation import DRAFTED, Form
from foedus.web.workers import Workers, task_of


def glance(study: Study) -> Answers:
    """Return the chance of every outcome of a year, and what a council of all would bring to everybody."""
    return study.once(what_forms) | study.once(about_body, EVERYBODY, study.everybody)


def glance_in(packed: bytes) -> Answers:
    """Return the same of a packed task, in another process."""
    return glance(task_of(packed).study())


def woken(packed: bytes) -> float:
    """Ask one small thing of a packed task, so that another process has read the compiled theory; return the chance found."""
    study = task_of(packed).study()
    return study.once(about_body, EVERYBODY, study.everybody)[ACCEPTANCE(EVERYBODY)]


LARGE: Final = 20
"""States from which on what lies on the table is looked for in two processes at once: with fewer the way costs more."""

_THERE: Final = (Form.COUNCIL, Form.HUB_LED)
"""What the other process looks for: this one has the forum, for which as many memberships are tried, and all that follows."""


def drafts_in(packed: bytes) -> Drafts:
    """Return what the other process looks for, of a packed task."""
    return task_of(packed).study().drafted(_THERE)


def glance_of_two(task: Task, workers: Workers) -> Answers:
    """Return the same as :func:`glance` of a task, worked out here and in another process at once where one is free.

    Parameters
    ----------
    task : Task
    workers : Workers
        The numbers do not depend on them.
    """
    study = task.study()
    if len(task.case.states) >= LARGE and workers.free():
        other = workers.submit(drafts_in, pickle.dumps(task))
        found = dict(study.drafted([f for f in Form if f not in _THERE])) | dict(other.result())
        study.tabled(tuple((f, found[f]) for f, *_ in DRAFTED if f in found))
    return glance(study)


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
