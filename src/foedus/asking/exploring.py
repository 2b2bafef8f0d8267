"""Exploring: what moves an answer, and where a goal is reached."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from foedus.asking.ask import Ask, How, Subject, asked_by
from foedus.asking.ensembles import INPUTS, sweep_of
from foedus.casebook.case import Case
from foedus.draws.ensemble import Progress
from foedus.draws.fileset import MANIFEST, Ensemble, read_ensemble
from foedus.methods import explored, told_of_discovery, told_of_sensitivity
from foedus.methods.importance import Importance, Runner, importance
from foedus.methods.ondisk import discover_in_files, importance_in_files
from foedus.methods.scenarios import Discovery, discover_in_case, read_goal
from foedus.methods.sensitivity import METHODS
from foedus.methods.sweep import Sweep, chosen
from foedus.methods.what_moves import PHRASE
from foedus.questions.listing import question_of
from foedus.questions.reasons import by_terms
from foedus.trials.queries import read_query
from foedus.vocabulary.errors import FoedusError, Problem, fail
from foedus.vocabulary.inputs import MOST_DATA, read_input
from foedus.vocabulary.record import Record

ROUNDS = 400
"""Most rounds that each method plays unless something else is said."""

DRAWN = 1000
"""Draws in which a goal is looked for unless something else is said."""

CHEAP = ("rank", "tornado")
"""Methods that are used of a case unless others are asked for."""


def _sweep(asked: Ask, phrase: str, over: Sequence[str]) -> Sweep:
    """Return a sweep that works out one answer, named as a column of an ensemble or as claims write it."""
    if phrase.count("|") == 3:
        return sweep_of(asked, over, (question_of(phrase),), (phrase,))
    query = read_query(asked.loaded, " ".join(phrase.split()))
    return replace(sweep_of(asked, over, ("forms",)), questions=(), asked=((phrase, query.ask),))


def _saved(asked: Ask) -> Ensemble | None:
    """Return the ensemble in a folder, None where there is none.

    Raises
    ------
    FoedusError
        There is one, and something is to be changed in it, which cannot be.
    """
    if isinstance(asked.case, Case) or not (Path(asked.case) / MANIFEST).exists():
        return None
    words = {
        "--set": asked.changes,
        "--without": asked.without,
        "--law": asked.laws,
        "--lever": asked.levers,
        "--calibration": str(asked.calibration),
    }
    wrong = [option for option, value in words.items() if value]
    if wrong:
        raise fail(
            wrong[0], f"the draws of {asked.case} are made, and stay as they are", "Give the case instead of the folder"
        )
    return read_ensemble(asked.case)


def _refuse_none(asked: Ask) -> None:
    if asked.draws < 1:
        raise fail("draws", f"{asked.draws} rounds tell nothing", "Give 1 to 10,000,000")


def sensitivity(
    source: Subject = "indo-pacific-2020",
    quantity: str = "chance of a body",
    *,
    methods: Sequence[str] = (),
    draws: int = ROUNDS,
    seed: int = 1,
    top: int = 10,
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    laws: Sequence[str] = (),
    levers: Sequence[str] = (),
    over: Sequence[str] = INPUTS,
    calibration: str | Path = "",
    workers: int | None = None,
    engine: str = "",
    progress: Progress | None = None,
) -> Importance:
    """Return which uncertain numbers move an answer, by one or several methods, and whether the indices have settled.

    Parameters
    ----------
    source : str, Path, Case or Ask
        A case, an ask, or the folder of an ensemble.
    quantity : str
        As claims write it, for example ``gain of KOR from everybody``, or the name of a column of an ensemble.
    methods : sequence of str
        ``rank``, ``tornado``, ``morris``, ``sobol``; by default the first two, in a folder of draws the first.
    draws : int
        Most rounds each method may play.
    seed : int
    top : int
        To how many numbers tornado and Sobol are limited: the strongest by the other methods.
    changes, without, laws, levers, over, calibration, workers, engine, progress : optional
        As for ensembles; a folder has its own.

    Raises
    ------
    FoedusError
        The question is wrong, there are too few draws, or a library is not installed.

    Examples
    --------
    >>> import foedus
    >>> found = foedus.sensitivity("asia-1953", methods=["rank"], draws=130, workers=1)
    >>> found.of("rank", "partial rank correlation")[0].number
    'decision_noise'
    """
    asked = asked_by(
        source,
        changes=changes,
        without=without,
        laws=laws,
        levers=levers,
        calibration=calibration,
        draws=draws,
        seed=seed,
        usual=ROUNDS,
    )
    return what_moves(asked, How(workers, engine, progress), quantity, methods, top, over)


def what_moves(
    asked: Ask, how: How, quantity: str, methods: Sequence[str] = (), top: int = 10, over: Sequence[str] = INPUTS
) -> Importance:
    """Return which uncertain numbers move an answer; errors as :func:`sensitivity`."""
    kept = _saved(asked)
    if kept is not None:
        _only_ranks(kept, methods)
        return replace(importance_in_files(kept, quantity), tell=told_of_sensitivity.record_of)
    _refuse_none(asked)
    if top < 1:
        raise FoedusError(Problem("top", f"{top} is not a number of numbers", "Give 1 or more"))
    wanted = chosen(methods or CHEAP, METHODS, "method")
    sweep = _sweep(asked, quantity, over)
    found = importance(
        sweep, quantity, quantity, wanted, asked.draws, asked.seed, top, how.cores, how.engine, how.progress
    )
    if quantity != PHRASE:
        return replace(found, tell=told_of_sensitivity.record_of)
    return replace(found, tell=partial(told_of_sensitivity.record_of, terms=by_terms(sweep.task.study())))


def _only_ranks(kept: Ensemble, methods: Sequence[str]) -> None:
    """Refuse methods that need other draws than those an ensemble has."""
    others = [m for m in chosen(methods or ("rank",), METHODS, "method") if m != "rank"]
    if others:
        raise fail(
            f"method '{others[0]}'",
            f"it plays rounds of its own, which {kept.folder} does not hold",
            "Give the case instead of the folder, or --method rank",
        )


def discover(
    source: Subject = "indo-pacific-2020",
    goal: str = "body forms",
    *,
    boxes: int = 1,
    draws: int = DRAWN,
    seed: int = 1,
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    laws: Sequence[str] = (),
    levers: Sequence[str] = (),
    over: Sequence[str] = INPUTS,
    calibration: str | Path = "",
    workers: int | None = None,
    engine: str = "",
    progress: Progress | None = None,
) -> Discovery:
    """Return under which ranges of the uncertain numbers a goal is reached.

    Parameters
    ----------
    source : str, Path, Case or Ask
        A case, an ask, or the folder of an ensemble.
    goal : str
        ``body forms``, ``council forms``, ``forum forms``, ``nothing changes``, or ``QUANTITY > NUMBER`` with a quantity
        as claims write it or a column of an ensemble.
    boxes : int
        Most regions.
    draws, seed, changes, without, laws, levers, over, calibration, workers, engine, progress : optional
        As for ensembles; a folder has its own.

    Raises
    ------
    FoedusError
        The question is wrong, or too few draws reach the goal.

    Examples
    --------
    >>> import foedus
    >>> found = foedus.discover("asia-1953", "chance of a body > 0.3", draws=120, workers=1)
    >>> found.hits < found.draws
    True
    """
    asked = asked_by(
        source,
        changes=changes,
        without=without,
        laws=laws,
        levers=levers,
        calibration=calibration,
        draws=draws,
        seed=seed,
        usual=DRAWN,
    )
    return where(asked, How(workers, engine, progress), goal, boxes, over)


def where(asked: Ask, how: How, goal: str, boxes: int = 1, over: Sequence[str] = INPUTS) -> Discovery:
    """Return under which ranges of the uncertain numbers a goal is reached; errors as :func:`discover`."""
    if not 1 <= boxes <= 9:
        raise FoedusError(Problem("boxes", f"{boxes} is not a number of boxes", "Give 1 to 9"))
    aim = read_goal(goal)
    kept = _saved(asked)
    if kept is not None:
        return replace(discover_in_files(kept, aim, boxes), tell=told_of_discovery.record_of)
    _refuse_none(asked)
    sweep = _sweep(asked, aim.phrase, over)
    run = Runner(sweep, aim.phrase, how.cores, how.engine, how.progress)
    found = discover_in_case(sweep, aim, aim.phrase, asked.draws, asked.seed, boxes, run)
    return replace(found, tell=told_of_discovery.record_of)


def read_exploration(folder: str | Path) -> Record:
    """Return the record of a folder that ``foedus sensitivity -o`` or ``foedus discover -o`` wrote.

    Parameters
    ----------
    folder : str or Path

    Raises
    ------
    FoedusError
        There is none, it is not as it was written, or another version wrote it in a form that is not read any more.
    """
    path = Path(folder) / "record.json"
    try:
        found = json.loads(read_input(path, MOST_DATA))
    except (FoedusError, ValueError, RecursionError):
        found = None
    told = explored.read(found, str(folder))
    if not explored.as_written(found, told):
        raise fail(str(path), "the record is not as it was written", explored.REMEDY)
    return told
