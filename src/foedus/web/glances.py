"""Glances: what the playground shows of a world, from one study or from one draw: chances, gains, who refuses first."""

from __future__ import annotations

import pickle
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final

from foedus.kernels.defended import Played, nothing_played
from foedus.questions.study import EVERYBODY, Answers, Drafts, Study
from foedus.questions.task import Task
from foedus.questions.what_forms import BODY, CHANCE, what_forms
from foedus.questions.who_blocks import ACCEPTANCE, CONSENT, GAIN, about_body
from foedus.simulation.formation import DRAFTED, Form
from foedus.web.workers import Workers, task_of

_GAMES: Final = 1_024
"""Games of each state that are remembered: a question of thirty states plays some seven hundred of each."""
_WORLDS: Final = 2
"""Worlds whose games are remembered, one of which is that of the slider: 20 MB each where there are thirty states."""
_played: OrderedDict[bytes, Played] = OrderedDict()
_guard = threading.Lock()


def studied(task: Task) -> Study:
    """Return the study of a task with the values in use, which plays no game of security that was played here before.

    What a coalition saves depends on forces and threats, on nobody's trade or views: most sliders move neither, and nine
    tenths of the time of an answer about thirty states are games.
    """
    study = task.study()
    key = b"".join(a.tobytes() for a in study.appraiser.setting["fading_losses"])
    with _guard:
        if key not in _played:
            _played[key] = nothing_played(len(task.case.states), _GAMES)
        _played.move_to_end(key)
        while len(_played) > _WORLDS:
            _played.popitem(last=False)
        study.appraiser.played = _played[key]
    return study


def glance(study: Study) -> Answers:
    """Return the chance of every outcome of a year, and what a council of all would bring to everybody."""
    return study.once(what_forms) | study.once(about_body, EVERYBODY, study.everybody)


def glance_in(packed: bytes) -> Answers:
    """Return the same of a packed task, in another process."""
    return glance(studied(task_of(packed)))


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
    return studied(task_of(packed)).drafted(_THERE)


def glance_of_two(task: Task, workers: Workers) -> Answers:
    """Return the same as :func:`glance` of a task, worked out here and in another process at once where one is free.

    Parameters
    ----------
    task : Task
    workers : Workers
        The numbers do not depend on them.
    """
    study = studied(task)
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
