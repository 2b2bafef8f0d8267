"""What moves an answer, as a section: one list of the numbers that matter, silent where chance could explain it."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist
from typing import Final

import numpy as np

from foedus.methods.importance import Importance, cheap_importance, fewest
from foedus.methods.sensitivity import Index
from foedus.methods.tables_of_sensitivity import matters, swings, worded
from foedus.questions import reasons
from foedus.questions.findings import Assessment
from foedus.questions.what_forms import BODY, CHANCE
from foedus.vocabulary.prose import listing
from foedus.vocabulary.record import Chart, Section
from foedus.vocabulary.tables import Table

LEVEL = 0.05
"""Chance that a list of numbers names any that does not matter (Holm 1979, over all numbers together)."""

PHRASE = "chance of a body"
"""The answer that an assessment looks at."""

TITLE = "Which numbers matter"

WEAK: Final = 0.3
"""Correlation from which on it is said that weaker ones could not be told from chance."""

DRAWN = 12
"""Numbers that a picture has room for."""


def _p(index: Index, numbers: int) -> float:
    """Return how likely chance alone makes a partial rank correlation at least so strong, by Fisher's transformation."""
    left = index.evaluations - numbers - 2
    if left <= 0 or not abs(index.value) < 1:
        return 1.0
    return math.erfc(abs(math.atanh(index.value)) * math.sqrt(left / 2.0))


def proven(indices: list[Index]) -> list[Index]:
    """Return the correlations that chance does not explain when all are looked at together, strongest first.

    Parameters
    ----------
    indices : list of Index
        Those of every number, from the same rounds.

    References
    ----------
    Holm 1979, Scandinavian Journal of Statistics 6(2).
    """
    number = len(indices)
    ordered = sorted(indices, key=lambda i: _p(i, number))
    kept: list[Index] = []
    for n, index in enumerate(ordered):
        if _p(index, number) > LEVEL / (number - n):
            break
        kept.append(index)
    return sorted(kept, key=lambda i: -abs(i.value))


def listed(moves: Importance) -> list[Index]:
    """Return the numbers on the one list of those that matter, strongest first; none where no ranks were asked for."""
    return proven(list(moves.of("rank", "partial rank correlation")))


def tornado_chart(found: Table, phrase: str) -> tuple[Chart, ...]:
    """Return the picture of swings from the value in use; none where nothing swings.

    Parameters
    ----------
    found : Table
        As :func:`foedus.methods.tables_of_sensitivity.swings` makes it.
    phrase : str
        The answer.
    """
    if not len(found):
        return ()
    drawn = replace(found, rows=found.rows[:DRAWN])
    caption = (
        f"The {phrase} with one number at a time at the ends of its range, everything else at the value in use (the upright "
        "line). Widest swing first; nothing is drawn here, so no swing is chance."
    )
    chart = Chart(
        "tornado",
        "dots",
        found.title,
        caption,
        drawn,
        y="number",
        series=("at_low_end", "at_high_end"),
        inks={"at_low_end": "amber", "at_high_end": "blue"},
        options={
            "join": True,
            "base": found.column("value_in_use")[0],
            "base_words": "value in use",
            "beside": "swing",
        },
    )
    return (chart,)


def section(assessment: Assessment) -> Section:
    """Return what a reader is told of the numbers that move the chance of a body in an assessment.

    Too few draws to tell, and draws that all have the same answer, are said in different words.
    """
    key, numbers = CHANCE(BODY), len(assessment.task.varied)
    y = assessment.ensemble.column(key) if key in assessment.ensemble.keys else np.zeros(0)
    known = y[np.isfinite(y)]
    if known.size < fewest(assessment.task.varied):
        enough = fewest(assessment.task.varied)
        few = (
            f"{known.size} draws cannot tell which of {numbers} uncertain numbers move the answer; {enough} or more can."
            if known.size
            else f"Which of {numbers} uncertain numbers move the answer most is told by {enough} draws or more, each of "
            "which varies all of them at once."
        )
        return Section("matters", TITLE, (few,))
    if np.ptp(known) == 0:
        return Section("matters", TITLE, (f"Nothing moves the {PHRASE}: it is the same in all {known.size} draws.",))
    return told(cheap_importance(assessment, PHRASE, key), TITLE)


def told(moves: Importance, title: str) -> Section:
    """Return the numbers that matter by partial rank correlation, corrected for looking at all of them.

    The tornado, where there is one, shows numbers on that list only.
    """
    kept = listed(moves)
    ranked = ranks(moves, title)
    if not kept:
        return ranked
    found = swings(moves, [i.number for i in kept])
    return replace(
        ranked,
        tables=(*ranked.tables, replace(found, quiet=True)),
        charts=(*ranked.charts, *tornado_chart(found, moves.phrase)),
    )


def weakest(rows: int, numbers: int) -> float:
    """Return the smallest partial rank correlation that can be told from chance when all numbers are looked at together.

    By the transformation of Fisher, for the first step of Holm at 5 %.

    Parameters
    ----------
    rows : int
        Draws.
    numbers : int
        Uncertain numbers.
    """
    left = rows - numbers - 2
    return (
        math.tanh(NormalDist().inv_cdf(1.0 - LEVEL / 2.0 / numbers) / math.sqrt(left)) if left > 0 and numbers else 1.0
    )


def sentence(moves: Importance) -> str:
    """Return the head of the one list in a sentence, and how long it is."""
    every, kept = moves.of("rank", "partial rank correlation"), listed(moves)
    if not kept:
        none = f"None of {len(every)} uncertain numbers is shown to move the {moves.phrase} more than chance could."
        least = weakest(max((i.evaluations for i in every), default=0), len(every))
        return (
            f"{none} With so many draws only a rank correlation beyond {least:.2f} would be." if least > WEAK else none
        )
    move = "move" if len(kept) > 1 else "moves"
    return (
        f"Most depends on {listing(worded(i.number) for i in kept[:3])}; {len(kept)} of {len(every)} numbers {move} the "
        f"{moves.phrase} more than chance could when all are looked at together."
    )


def ranks(moves: Importance, title: str) -> Section:
    """Return the one list of numbers that matter as a section: sentence, table, picture."""
    kept = listed(moves)
    if not kept:
        return Section("matters", title, (sentence(moves),), notes=(reasons.told("numbers"),))
    found = matters(moves, kept)
    caption = (
        f"Partial rank correlation with the {moves.phrase}, all other numbers held, with 95 % intervals; only numbers that "
        "chance does not explain when all are looked at together (Holm, 5 %)."
    )
    if len(kept) > DRAWN:
        caption += f" The strongest {DRAWN} of {len(kept)}."
    chart = Chart(
        "matters",
        "bars",
        "Which uncertain numbers matter",
        caption,
        replace(found, rows=found.rows[:DRAWN]),
        x="correlation",
        y="number",
        low="low",
        high="high",
    )
    return Section("matters", title, (sentence(moves),), (found,), (chart,), (reasons.told("numbers"),))
