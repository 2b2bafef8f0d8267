"""Exploring: what moves an answer, and where a goal is reached."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from foedus.asking.ask import Ask, How, load
from foedus.asking.ensembles import sweep_of
from foedus.casebook.case import Case
from foedus.draws.ensemble import Progress
from foedus.draws.fileset import MANIFEST, Ensemble, read_ensemble, to_json
from foedus.draws.parts import seal
from foedus.methods.importance import Importance, Runner, importance
from foedus.methods.ondisk import discover_in_files, importance_in_files
from foedus.methods.scenarios import Discovery, discover_in_case, read_goal
from foedus.methods.sensitivity import METHODS
from foedus.methods.sweep import SAME_QUESTION, Sweep, chosen, identity
from foedus.questions.findings import Assessment
from foedus.questions.listing import question_of
from foedus.reports import sensitivityfigures as pictures
from foedus.reports import sensitivitytables as tables
from foedus.surfaces.svg.pen import standalone
from foedus.trials.queries import read_query
from foedus.vocabulary.errors import FoedusError, Problem, fail
from foedus.vocabulary.inputs import MOST_DATA, read_input
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Table
from foedus.vocabulary.whole import refuse_existing, write_folder


def _sweep(
    case: str | Path | Case,
    phrase: str,
    changes: Iterable[str],
    without: Sequence[str],
    over: Sequence[str],
    calibration: str | Path,
) -> Sweep:
    """Return a sweep that works out one answer, named as a column of an ensemble or as claims write it."""
    loaded = load(case)
    if phrase.count("|") == 3:
        return sweep_of(loaded, changes, without, over, (question_of(phrase),), (phrase,), calibration)
    query = read_query(loaded, " ".join(phrase.split()))
    sweep = sweep_of(loaded, changes, without, over, ("forms",), calibration=calibration)
    return replace(sweep, questions=(), asked=((phrase, query.ask),))


def _saved(source: str | Path | Case) -> Ensemble | None:
    """Return the ensemble in a folder, None where there is none."""
    if isinstance(source, Case) or not (Path(source) / MANIFEST).exists():
        return None
    return read_ensemble(source)


def sensitivity(
    source: str | Path | Case = "indo-pacific-2020",
    quantity: str = "chance of a body",
    *,
    methods: Sequence[str] = (),
    draws: int = 400,
    seed: int = 1,
    top: int = 10,
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    over: Sequence[str] = ("parameters", "inputs"),
    calibration: str | Path = "",
    workers: int | None = None,
    engine: str = "",
    progress: Progress | None = None,
) -> Importance:
    """Return which uncertain numbers move an answer, by one or several methods, and whether the indices have settled.

    Parameters
    ----------
    source : str, Path or Case
        A case, or the folder of an ensemble.
    quantity : str
        As claims write it, for example ``gain of KOR from everybody``, or the name of a column of an ensemble.
    methods : sequence of str
        ``rank``, ``tornado``, ``morris``, ``sobol``; by default the first two, in a folder of draws the first.
    draws : int
        Most rounds each method may play.
    seed : int
    top : int
        To how many numbers tornado and Sobol are limited: the strongest by the other methods.
    changes, without, over, calibration, workers, engine, progress : optional
        As for ensembles; a folder has its own.

    Raises
    ------
    FoedusError
        The question is wrong, there are too few draws, or a library is not installed.

    Examples
    --------
    >>> import foedus
    >>> found = foedus.sensitivity("asia-1953", methods=["rank"], draws=110, workers=1)
    >>> found.of("rank", "partial rank correlation")[0].number
    'decision_noise'
    """
    kept = _saved(source)
    if kept is not None:
        _only_ranks(kept, methods)
        return importance_in_files(kept, quantity)
    _check(draws, seed, workers)
    if top < 1:
        raise FoedusError(Problem("top", f"{top} is not a number of numbers", "Give 1 or more"))
    wanted = chosen(methods or ("rank", "tornado"), METHODS, "method")
    sweep = _sweep(source, quantity, changes, without, over, calibration)
    cores = How(workers).cores
    return importance(sweep, quantity, quantity, wanted, draws, seed, top, cores, engine, progress)


def _check(draws: int, seed: int, workers: int | None) -> None:
    if draws < 1:
        raise fail("draws", f"{draws} rounds tell nothing", "Give 1 to 10,000,000")
    Ask(draws=draws, seed=seed)
    How(workers)


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
    source: str | Path | Case = "indo-pacific-2020",
    goal: str = "body forms",
    *,
    boxes: int = 1,
    draws: int = 1000,
    seed: int = 1,
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    over: Sequence[str] = ("parameters", "inputs"),
    calibration: str | Path = "",
    workers: int | None = None,
    engine: str = "",
    progress: Progress | None = None,
) -> Discovery:
    """Return under which ranges of the uncertain numbers a goal is reached.

    Parameters
    ----------
    source : str, Path or Case
        A case, or the folder of an ensemble.
    goal : str
        ``body forms``, ``council forms``, ``forum forms``, ``nothing changes``, or ``QUANTITY > NUMBER`` with a quantity
        as claims write it or a column of an ensemble.
    boxes : int
        Most regions.
    draws, seed, changes, without, over, calibration, workers, engine, progress : optional
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
    if not 1 <= boxes <= 9:
        raise FoedusError(Problem("boxes", f"{boxes} is not a number of boxes", "Give 1 to 9"))
    aim = read_goal(goal)
    kept = _saved(source)
    if kept is not None:
        return discover_in_files(kept, aim, boxes)
    _check(draws, seed, workers)
    sweep = _sweep(source, aim.phrase, changes, without, over, calibration)
    run = Runner(sweep, aim.phrase, How(workers).cores, engine, progress)
    return discover_in_case(sweep, aim, aim.phrase, draws, seed, boxes, run)


def strongest(found: Importance) -> list[Table]:
    """Return one table per method, strongest numbers first."""
    return [tables.strongest(found, m) for m in METHODS if any(i.method == m for i in found.indices)]


def notes_on(found: Importance) -> list[str]:
    """Return what has to be said beside the tables, such as what indices mean where numbers are drawn together."""
    return tables.notes(found)


def boxes_of(found: Discovery) -> tuple[list[str], Table, Table]:
    """Return the boxes as sentences, their limits, and the trade-off on the way to them."""
    return tables.sentences(found), tables.limits(found), tables.trade_off(found, 12)


def as_record(found: Importance | Discovery) -> dict[str, Any]:
    """Return what was found as one plain document."""
    if isinstance(found, Importance):
        return tables.importance_record(found)
    return tables.discovery_record(found)


def save_exploration(found: Importance | Discovery, folder: str | Path) -> Path:
    """Write tidy tables, pictures and the record to a new folder.

    Raises
    ------
    FoedusError
        The folder is there already, or cannot be written.
    """
    target = Path(folder)
    refuse_existing(str(target))
    record = as_record(found)
    if isinstance(found, Importance):
        listed, drawn = [tables.indices(found)], pictures.SENSITIVITY
    else:
        listed, drawn = [tables.limits(found), tables.trade_off(found)], pictures.DISCOVERY
    files: dict[str, str | bytes] = {f"{name}.svg": standalone(svg) for name, svg in pictures.pictures(record, drawn)}
    files |= {f"{t.name}.csv": t.to_csv() for t in listed}
    about = {
        f"{t.name}.csv": {"title": t.title, "columns": [c.about() for c in t.columns], "rows": len(t)} for t in listed
    }
    whole = {**record, "files": about}
    files["record.json"] = to_json({**whole, "seal": seal(to_json(whole))})
    write_folder(target, files)
    return target


def read_exploration(folder: str | Path) -> dict[str, Any]:
    """Return the record of a folder that :func:`foedus.asking.save_exploration` wrote.

    Raises
    ------
    FoedusError
        There is none, or it is not as it was written.
    """
    path = Path(folder) / "record.json"
    how = "Make one with: foedus sensitivity CASE --method rank,morris,sobol -o DIR"
    try:
        found: dict[str, Any] = json.loads(read_input(path, MOST_DATA))
        told = found.pop("seal")
        if not isinstance(found["made_with"], dict) or not ("indices" in found or "boxes" in found):
            raise ValueError
    except (FoedusError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise fail(str(folder), "this is no folder that foedus sensitivity or foedus discover wrote", how) from None
    if told != seal(to_json(found)):
        raise fail(str(path), "the record is not as it was written", how)
    return found


def same_question(found: Mapping[str, Any], assessment: Assessment) -> Mapping[str, Any]:
    """Return an exploration if it is about the same question as an assessment; errors as :func:`section_of`."""
    here = json.loads(json.dumps(identity(assessment.task)))
    other = [k.replace("_", " ") for k in SAME_QUESTION if found["made_with"].get(k) != here[k]]
    if other:
        raise fail(
            f"exploration of {found['made_with'].get('case', 'no case')}",
            f"it is about another question: {', '.join(other)} differ",
            "Give both commands the same case, --set, --without and --calibration",
        )
    return found


def section_of(found: Mapping[str, Any], assessment: Assessment) -> Section:
    """Return an exploration of the same question as a section of the page.

    Raises
    ------
    FoedusError
        It is about another question.
    """
    told = same_question(found, assessment)
    moves = "indices" in told
    made = told["made_with"]
    title = f"What moves the {told['quantity']}" if moves else f"Where {told['goal']}"
    says = tuple(told["notes"] if moves else told["sentences"])
    last = f"foedus {made['foedus']} · seed {told['seed']} · {made['draws']} draws · code {made['code'][:16]}"
    return Section("explored", title, says, notes=(last,))
