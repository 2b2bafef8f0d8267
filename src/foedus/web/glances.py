"""Glances: what the playground shows of a world, from one study or from one draw: chances, gains, who refuses first."""

from __future__ import annotations

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
from foedus.web.workers import Packed, Workers, packed, task_of

_GAMES: Final = 1_024
"""Games of each state that are remembered at most: a question of thirty states plays some seven hundred of each, one of
thirteen 160, about as many as the square of the states; half of the places stay free, or games push each other out."""
_REMEMBERED: Final = 64_000_000
"""Bytes of games that are remembered in a process, and never of fewer than two worlds, one of which is that of the slider:
three of thirty states, and thirty of thirteen, which is a class that drags (judged: three processes stay within 1 GB)."""
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
            states = len(task.case.states)
            _played[key] = nothing_played(states, min(_GAMES, 1 << (2 * states**2).bit_length()))
        _played.move_to_end(key)
        while len(_played) > 2 and sum(sum(a.nbytes for a in p) for p in _played.values()) > _REMEMBERED:
            _played.popitem(last=False)
        study.appraiser.played = _played[key]
    return study


def glance(study: Study) -> Answers:
    """Return the chance of every outcome of a year, and what a council of all would bring to everybody."""
    return study.once(what_forms) | study.once(about_body, EVERYBODY, study.everybody)


def glance_in(sent: Packed) -> Answers:
    """Return the same of a packed task, in another process."""
    return glance(studied(task_of(sent)))


def woken(sent: Packed) -> float:
    """Ask one small thing of a packed task, so that another process has read the compiled theory; return the chance found."""
    study = task_of(sent).study()
    return study.once(about_body, EVERYBODY, study.everybody)[ACCEPTANCE(EVERYBODY)]


LARGE: Final = 20
"""States from which on what lies on the table is looked for in two processes at once: with fewer the way costs more."""

_THERE: Final = (Form.COUNCIL, Form.HUB_LED)
"""What the other process looks for: this one has the forum, for which as many memberships are tried, and all that follows."""


def drafts_in(sent: Packed) -> Drafts:
    """Return what the other process looks for, of a packed task."""
    return studied(task_of(sent)).drafted(_THERE)


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
        other = workers.submit(drafts_in, packed(task))
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
