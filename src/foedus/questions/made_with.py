"""Made with: what an answer about a case was made with, the same for an assessment and for every question asked by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

from foedus.draws.digest import code_digest
from foedus.mechanisms import PROCEDURES
from foedus.model.parameters import Parameters
from foedus.model.sizes import scales
from foedus.questions.task import Task
from foedus.version import __version__
from foedus.vocabulary.record import Section, plain

_DIGITS: Final = 16
"""First digits of a hash that are shown: no two results of anybody share them by chance."""


def made_with(tasks: Sequence[Task], draws: int, seed: int | None, code: str, result: str) -> dict[str, Any]:
    """Return what an answer was made with: version, size, case and day, everything changed, and four hashes.

    Parameters
    ----------
    tasks : sequence of Task
        What was asked, one for each case; the first says what was changed.
    draws : int
    seed : int or None
        None where nothing is drawn, whatever the size.
    code : str
        SHA-256 of the code that a draw runs.
    result : str
        SHA-256 of what was found.
    """
    first = tasks[0]
    used, laws = first.parameters.calibrated_by, _replaced(first)
    changes = " ".join((*_set(first), *(f"{'.'.join(filter(None, k))}={v:g}" for k, v in first.overrides.items())))
    own = scales(first.levers, first.case.own_levers)
    hashes = {"parameters": first.parameters.digest(), "code": code, "result": result}
    return {
        "foedus": __version__,
        **({} if seed is None else {"seed": seed}),
        "draws": draws,
        "case": ", ".join(t.case.name for t in tasks),
        "date": ", ".join(t.case.as_of.isoformat() for t in tasks),
        **({"calibration": used} if used else {}),
        **({"without": ", ".join(first.without)} if first.without else {}),
        **({"laws": laws} if laws else {}),
        **({"changes": changes} if changes else {}),
        **({"levers": " ".join(f"{k}={v:g}" for k, v in first.levers)} if first.levers else {}),
        **({"lever_facts": "; ".join(f"{k}: {', '.join(of)}" for k, of in own.items())} if own else {}),
        "case_hash": ", ".join(t.case.sha256[:_DIGITS] for t in tasks),
        **{f"{k}_hash": v[:_DIGITS] for k, v in hashes.items()},
    }


def signed(section: Section, tasks: Task | Sequence[Task], draws: int, seed: int | None, *roots: str) -> Section:
    """Return an answer with what it was made with.

    Parameters
    ----------
    section : Section
    tasks : Task or sequence of Task
        What was asked, one for each case.
    draws, seed : int
        As for :func:`made_with`.
    *roots : str
        Modules that work it out.
    """
    several = (tasks,) if isinstance(tasks, Task) else tuple(tasks)
    found = [[t.name, [[plain(v) for v in row] for row in t.rows]] for t in section.all_tables()]
    result = sha256(json.dumps([section.says, found], ensure_ascii=False).encode()).hexdigest()
    code = code_digest(*several[0].roots, *roots)
    return replace(section, made=made_with(several, draws, seed, code, result))


def _set(task: Task) -> tuple[str, ...]:
    """Return the parameters that are neither the default nor that of the calibration, each with its value."""
    usual = Parameters({}, task.parameters.calibration)
    return tuple(f"{name}={value:g}" for name, value in task.parameters.items() if value != usual[name])


def _replaced(task: Task) -> str:
    """Return the procedures that go by another variant than the usual one, as ``--law`` takes them."""
    used = task.parameters.laws
    return " ".join(f"{p}={used[p]}" for p, known in PROCEDURES.items() if p in used and used[p] != next(iter(known)))
