"""One at a time: which numbers move an answer most from the values in use, kept with the package for the built-in cases.

Draws tell what numbers do together, and need as many rounds as there are numbers. Until they are there, each number alone
at both ends of its range tells a part of it exactly. `tools/build_swings.py` works it out; a test works it out again.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from foedus.draws.sampling import Varied
from foedus.methods.importance import Importance, fewest
from foedus.methods.sensitivity import Index, tornado
from foedus.methods.tables_of_sensitivity import swings, worded
from foedus.methods.what_moves import PHRASE, TITLE, tornado_chart
from foedus.questions.findings import Assessment
from foedus.questions.study import EVERYBODY
from foedus.questions.task import Task
from foedus.questions.what_forms import BODY, CHANCE, what_forms
from foedus.questions.who_blocks import gain
from foedus.vocabulary.prose import listing
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import percent

MOST: Final = 12
"""Numbers that are kept of a case, those with the widest swings."""


def widest(task: Task, most: int = MOST) -> tuple[Index, ...]:
    """Return the chance of a body with each number alone at both ends of its range: those that swing it most, and in use.

    Parameters
    ----------
    task : Task
        Its numbers are looked at one by one, two rounds each.
    most : int
        Numbers that are returned.
    """

    def chances(name: str, rows: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
        return np.array([what_forms(task.study(row))[CHANCE(BODY)] for row in rows])

    found = tornado(task.varied, chances)
    table = swings(Importance(PHRASE, "", found, 0))
    kept = {"", *(u.label for u in task.varied if worded(u.label) in table.column("number")[:most])}
    return tuple(i for i in found if i.number in kept)


def strongest(task: Task, state: str) -> tuple[str, float, float] | None:
    """Return the number that alone moves most what a state gains by a council of all, and the least and the most it makes of it.

    It takes two appraisals of one body for each number and no round, so it is there long before draws are; None where no
    number moves it.

    Parameters
    ----------
    task : Task
    state : str
    """

    def gains(name: str, rows: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
        return np.array([gain(task.study(row), state, EVERYBODY) for row in rows])

    found = _ends(Importance(f"gain of {state} from {EVERYBODY}", "", tornado(task.varied, gains), 0))
    return found[0] if found else None


@cache
def shipped() -> Mapping[str, Any]:
    """Return what comes with the package, by the name of the case."""
    text = (files("foedus") / "library" / "swings.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


def made_of(task: Task) -> dict[str, str]:
    """Return the hashes of what swings depend on besides the code."""
    return {"case_hash": task.case.sha256, "parameters_hash": task.parameters.digest()}


def known(answer: Assessment) -> Importance | None:
    """Return the swings that come with the package; None where an answer is of another case, or of a world that was changed.

    Parameters
    ----------
    answer : Assessment
    """
    task = answer.task
    kept = shipped().get(task.case.name, {})
    changed = task.overrides or task.levers or task.without
    if changed or any(kept.get(k) != v for k, v in made_of(task).items()):
        return None
    rows = [Index("tornado", n, measure, kept["rounds"], value) for n, measure, value in kept["swings"]]
    here = next(i.value for i in rows if not i.number)
    same = math.isclose(here, answer.value(CHANCE(BODY)), rel_tol=1e-9, abs_tol=1e-12)
    return Importance(PHRASE, "", tuple(rows), 0) if same else None


def section(found: Importance, varied: Sequence[Varied]) -> Section:
    """Return what a reader is told of swings, and what they cannot tell.

    Parameters
    ----------
    found : Importance
    varied : sequence of Uncertainty or Choice
        All numbers that are uncertain.
    """
    listed = swings(found)
    first = [f"{name} ({percent(low)} to {percent(high)})" for name, low, high in _ends(found)[:3]]
    says = (
        f"One number at a time, over its whole range, moves the {PHRASE} most where it is {listing(first)}; with every "
        f"number at the value in use it is {percent(_in_use(found))}. All {len(varied)} uncertain numbers were tried.",
        "This is exact, and a part only: two numbers that move at once may do more, or less, than each alone. What they do "
        f"together is told by {fewest(varied)} draws or more, each of which varies all of them.",
    )
    return Section("matters", TITLE, says, (listed,), tornado_chart(listed, PHRASE))


def lead(found: Importance) -> str:
    """Return in a sentence how far the strongest number alone moves the answer."""
    name, low, high = _ends(found)[0]
    return (
        f"{name[:1].upper()}{name[1:]}: over its range alone, the {PHRASE} goes from {percent(low)} to {percent(high)}."
    )


def foremost(found: Importance) -> str:
    """Return the label of the number that alone moves the answer most, as it is set; empty where none does."""
    first = [str(name) for name in swings(found).column("number")[:1]]
    return next((i.number for i in found.indices if i.number and worded(i.number) in first), "")


def _ends(found: Importance) -> list[tuple[str, float, float]]:
    """Return each number with the least and the most that it makes of the answer, the value in use among them."""
    here, rows = _in_use(found), swings(found)
    ends = ((str(r["number"]), float(str(r["at_low_end"])), float(str(r["at_high_end"]))) for r in rows)
    return [(name, min(low, high, here), max(low, high, here)) for name, low, high in ends]


def _in_use(found: Importance) -> float:
    return found.of("tornado", "value in use")[0].value
