"""Alone: questions that are asked by themselves: in how many draws, and what their answer was made with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from foedus.asking.ask import Ask, How
from foedus.questions.before_reading import before_reading
from foedus.questions.in_draws import Size
from foedus.questions.made_with import signed
from foedus.questions.task import Task
from foedus.vocabulary.record import Section

_CODE: Final = ("foedus.asking.about_a_case", "foedus.asking.bodies", "foedus.asking.rivalry")
"""What works out the questions that are asked by themselves; their code hash is the same for all of them."""


def size(asked: Ask, how: How) -> Size:
    """Return in how many draws a question by itself is asked again.

    Parameters
    ----------
    asked : Ask
    how : How
    """
    return Size(asked.draws, asked.seed, how.cores, how.progress)


def with_footer(section: Section, tasks: Task | Sequence[Task], draws: int = 0, seed: int | None = None) -> Section:
    """Return an answer with what to know of its case, and with what it was made with, which terminal and JSON show below it.

    Parameters
    ----------
    section : Section
    tasks : Task or sequence of Task
        What was asked, one for each case.
    draws : int
    seed : int, optional
        None where nothing is drawn, whatever the size.
    """
    several = (tasks,) if isinstance(tasks, Task) else tasks
    notes = dict.fromkeys((*section.notes, *(words for task in several for words in before_reading(task))))
    return signed(replace(section, notes=tuple(notes)), tasks, draws, seed, *_CODE)
