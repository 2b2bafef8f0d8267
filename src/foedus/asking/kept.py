"""Kept answers: finished ensembles of assessments in the cache, so that the same ask is answered at once the next time.

What is kept is sealed and named after everything it depends on, the code included: another version works it out anew.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

import numpy as np

from foedus.asking.about_a_case import answer
from foedus.asking.ask import Ask, How
from foedus.asking.conditioned import under
from foedus.asking.said_before import note
from foedus.draws.contract import Draws
from foedus.draws.parts import Parts, cache_folder, thinned
from foedus.draws.sampling import design
from foedus.questions.assessment import assembled
from foedus.questions.findings import Assessment
from foedus.questions.given_that import read_given
from foedus.questions.listing import ASSESSED
from foedus.questions.task import Task

MOST: Final = 64
"""Ensembles that are kept; the one that was not asked for longest goes first."""
_NAME: Final = "whole.part"


def kept(asked: Ask) -> Assessment | None:
    """Return an assessment whose draws are in the cache; None where they are not. Errors as :func:`foedus.assess`."""
    task = _task(asked)
    plan = design(task.varied, asked.draws, asked.seed)
    if not asked.draws:
        return assembled(task, asked.seed, plan, Draws((), np.zeros((0, 0))))
    content = _parts(task, asked).take(_NAME)
    if content is None:
        return None
    found = json.loads(content)
    values = np.array(found["values"], dtype=np.float64).reshape(asked.draws, -1)
    return assembled(task, asked.seed, plan, Draws(tuple(found["keys"]), values), default=found.get("default"))


def keep(asked: Ask, found: Assessment) -> None:
    """Keep the draws of an assessment, and what it says to other versions; nothing is kept of one without any.

    Raises
    ------
    FoedusError
        The disk is full, or the folder of the cache cannot be written.
    """
    if not found.draws:
        return
    run = found.task.run_id(found.draws, found.seed)
    drawn = {"keys": found.ensemble.keys, "values": found.ensemble.values.tolist()}
    content = json.dumps({**drawn, "default": dict(found.default)})
    folder = cache_folder() / "answers"
    Parts(folder / run, run).keep(_NAME, content.encode())
    thinned(folder, MOST)
    note(asked, found)


def answered(asked: Ask, how: How) -> Assessment:
    """Return the assessment that is asked for, from the cache if it is there, and keep it; errors as :func:`foedus.assess`.

    What is given changes no draw: the same ensemble serves whatever is asked of it.
    """
    given = read_given(_task(asked), asked.given)  # what is wrong is said before the draws are worked out
    found = kept(asked)
    if found is None:
        found = answer(replace(asked, given=()), how)
        keep(asked, found)
    return under(found, given)


def _task(asked: Ask) -> Task:
    return asked.task(ASSESSED, varied=True)


def _parts(task: Task, asked: Ask) -> Parts:
    run = task.run_id(asked.draws, asked.seed)
    return Parts(cache_folder() / "answers" / run, run)
