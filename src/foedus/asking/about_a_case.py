"""Answers: one function per question about a case, no sums in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from foedus.asking.alone import size, with_footer
from foedus.asking.ask import DRAWS, MOST_DRAWS, Ask, How, Subject, asked_by, cases_of, text_of, whole, words_of
from foedus.asking.conditioned import said_first, under
from foedus.asking.files import write_page
from foedus.casebook.case import Case
from foedus.draws.ensemble import Progress
from foedus.methods import ablation, what_moves
from foedus.methods import flip as turning
from foedus.methods.explored import says_what_matters, sections_of
from foedus.model.parameters import Parameters
from foedus.questions import explanation
from foedus.questions.answer import record_of
from foedus.questions.assessment import assessed
from foedus.questions.before_and_after import before_and_after
from foedus.questions.findings import Assessment
from foedus.questions.given_that import read_given
from foedus.questions.how_far_the_quarrel_goes import of_pair
from foedus.questions.in_draws import FEW, Size
from foedus.questions.listing import ASSESSED
from foedus.questions.reasons import by_terms
from foedus.questions.side_by_side import side_by_side
from foedus.questions.under_budget import under_budget
from foedus.vocabulary.errors import fail
from foedus.vocabulary.record import Record, Section
from foedus.vocabulary.whole import refuse_existing, refuse_missing


def assess(
    case: Subject = "indo-pacific-2020",
    *,
    changes: Iterable[str] = (),
    parameters: Parameters | None = None,
    calibration: str | Path = "",
    without: Sequence[str] = (),
    laws: Sequence[str] = (),
    levers: Sequence[str] = (),
    given: Sequence[str] = (),
    draws: int = DRAWS,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Assessment:
    """Return which architecture forms and holds, who blocks it, who has leverage, and how sure that is.

    Parameters
    ----------
    case : str, Path, Case or Ask
        Built-in name or folder; or an ask, which says everything that follows itself.
    changes : iterable of str
        Facts or parameters set by hand, such as ``japan.trade.china=0.02``.
    parameters : Parameters, optional
        Instead of the defaults.
    calibration : str or Path
        Name or file of a calibration; parameters are then drawn as it says, not from judged ranges.
    without, laws, levers : sequence of str
        Mechanisms switched off; procedures replaced, as ``holding=habit``; kinds of facts scaled, as ``trade=0.5``.
    given : sequence of str
        Who agrees to a council of all or refuses, such as ``JPN=agrees``; draws are weighed by it, and nothing is changed.
    draws, seed : int
        Size of the ensemble, and its seed; 0 draws for the default answer alone.
    workers, progress : int, callable, optional
        Processes, by default one per core, on which no result depends; what is called with (draws done, draws in all).

    Raises
    ------
    FoedusError
        The case, a change or a mechanism is wrong.

    Examples
    --------
    >>> import foedus
    >>> found = foedus.assess("asia-1953", draws=0)
    >>> found.record.title
    'East Asia and the Pacific, autumn 1953'
    >>> 0 < found.value("forms|body||probability") < 1
    True
    """
    asked = asked_by(
        case,
        changes=changes,
        without=without,
        laws=laws,
        levers=levers,
        given=given,
        calibration=calibration,
        draws=draws,
        seed=seed,
        parameters=parameters,
        usual=DRAWS,
    )
    return answer(asked, How(workers, progress=progress))


def answer(asked: Ask, how: How) -> Assessment:
    """Return the assessment that is asked for; errors as :func:`assess`."""
    task = asked.task(ASSESSED, varied=True)
    given = read_given(task, asked.given)  # what is wrong is said before the draws are worked out
    return under(assessed(task, asked.draws, asked.seed, how.cores, how.progress), given)


def explain(
    case: Subject | Assessment,
    state: str,
    *,
    body: str = "",
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    laws: Sequence[str] = (),
    levers: Sequence[str] = (),
    draws: int = FEW,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Section:
    """Return why a state gains or loses by a body, term by term, with what each term is made of, and how sure that is.

    Of an assessment the case is explained as it was assessed. `draws`, `seed`, `workers` and `progress` are as for
    :func:`assess`; with 0 draws the values in use alone.

    Examples
    --------
    >>> import foedus
    >>> foedus.explain("asia-1953", "KOR", draws=0).title
    'South Korea: A council of all recognised states against what there is without it'
    """
    text_of("state", state)
    how = How(workers, progress=progress)
    if isinstance(case, Assessment):
        whole("draws", draws, 0, MOST_DRAWS, "a number of draws")
        found = explanation.explain(case.task, state, body, Size(draws, case.seed, how.cores, progress))
        return with_footer(found, case.task, draws, case.seed)
    asked = asked_by(
        case, changes=changes, without=without, laws=laws, levers=levers, draws=draws, seed=seed, usual=FEW
    )
    task = asked.task(varied=True)
    return with_footer(explanation.explain(task, state, body, size(asked, how)), task, asked.draws, asked.seed)


def compare(
    cases: Sequence[str | Path | Case],
    *,
    calibration: str | Path = "",
    draws: int = DRAWS,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Section:
    """Return the same answers for several cases side by side, with the very same parameters; each case once.

    Examples
    --------
    >>> import foedus
    >>> foedus.compare(["asia-1953", "europe-1949"], draws=0).title
    'The same theory and the same parameters in several cases'
    """
    asked, how = Ask(calibration=calibration, draws=draws, seed=seed), How(workers, progress=progress)
    named = cases_of(cases)
    once = {(c.name, c.as_of, c.sha256): c for c in named}
    again = tuple(dict.fromkeys(c.name for k, c in enumerate(named) if c in named[:k]))
    found = [answer(replace(asked, case=c), how) for c in once.values()]
    tasks = [replace(asked, case=c).task(ASSESSED) for c in once.values()]
    return with_footer(side_by_side(found, again), tasks, draws, seed)


def dispute(
    case: Subject,
    pair: Sequence[str] = (),
    *,
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    levers: Sequence[str] = (),
    draws: int = FEW,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Section:
    """Return how far a quarrel of two states goes in every variant; draws as for :func:`explain`.

    Examples
    --------
    >>> import foedus
    >>> foedus.dispute("asia-1953", ["JPN", "KOR"], draws=0).title
    'The quarrel of Japan and South Korea'
    """
    asked = asked_by(case, changes=changes, without=without, levers=levers, draws=draws, seed=seed, usual=FEW)
    task, how = asked.task(varied=True), How(workers, progress=progress)
    return with_footer(of_pair(task, words_of("pair", pair), size(asked, how)), task, asked.draws, asked.seed)


def wedge(
    case: Subject,
    *,
    budget: float = 1.0,
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    levers: Sequence[str] = (),
    draws: int = FEW,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Section:
    """Return the best use of a budget of coercion against each architecture, target by target; draws as for :func:`explain`.

    Examples
    --------
    >>> import foedus
    >>> foedus.wedge("asia-1953", budget=2.0, draws=0).title
    'What 2 bn a year of pressure does'
    """
    given: object = budget
    if not isinstance(given, int | float | np.number):
        raise fail("budget", f"{given!r} is not a number", "Give bn a year, 0 or more")
    asked = asked_by(case, changes=changes, without=without, levers=levers, draws=draws, seed=seed, usual=FEW)
    task, how = asked.task(varied=True), How(workers, progress=progress)
    return with_footer(under_budget(task, budget, size(asked, how)), task, asked.draws, asked.seed)


def whatif(
    case: Subject,
    changes: Iterable[str] | Mapping[str, float] = (),
    *,
    without: Sequence[str] = (),
    laws: Sequence[str] = (),
    levers: Sequence[str] = (),
    draws: int = FEW,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Section:
    """Return the answer before and after changes, with the values in use, and how far the change goes over draws.

    Parameters
    ----------
    case : str, Path, Case or Ask
        Of an ask, the case as it is stands beside what is asked.
    changes : iterable of str, or mapping of str to float
        Such as ``japan.trade.china=0.02``, or ``{"japan.trade.china": 0.02}``.
    without, laws, levers : sequence of str
        Mechanisms switched off, procedures replaced, kinds of facts scaled.
    draws, seed, workers, progress : optional
        As for :func:`assess`; what is drawn is the same before and after.

    Examples
    --------
    >>> import foedus
    >>> foedus.whatif("asia-1953", ["treaty_reliability=0.5"], draws=0).title
    'Before and after'
    """
    listed = tuple(f"{k}={v!r}" for k, v in changes.items()) if isinstance(changes, Mapping) else changes
    after = asked_by(case, changes=listed, without=without, laws=laws, levers=levers, draws=draws, seed=seed, usual=FEW)
    how, task = How(workers, progress=progress), after.task(varied=True)
    found = before_and_after(Ask(after.case).task(varied=True), task, size(after, how))
    return with_footer(found, task, after.draws, after.seed)


def flip(
    case: Subject,
    goal: str = "body forms",
    *,
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    levers: Sequence[str] = (),
    effort: int = 4,
    answers: int = 5,
    draws: int = FEW,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Section:
    """Return the smallest sets of bounded changes after which a goal is likelier than not; none is an answer too.

    In every draw what was found is tried again; draws are as for :func:`explain`.

    Examples
    --------
    >>> import foedus
    >>> found = foedus.flip("asia-1953", effort=1, answers=1, draws=0, workers=1)
    >>> found.title
    'No change within bounds (effort up to 1) makes “body forms” likelier than not; what came closest'
    """
    how = How(workers, progress=progress)
    whole("effort", effort, 1, 17, "a number of steps")
    whole("answers", answers, 1, what="a number of answers")
    asked = asked_by(case, changes=changes, without=without, levers=levers, draws=draws, seed=seed, usual=FEW)
    task = asked.task(varied=True)
    found = turning.smallest_changes(
        task.study,
        goal,
        task.run_id(0, 0),
        most_effort=effort,
        most_answers=answers,
        workers=how.cores,
        progress=progress,
    )
    drawn = turning.over_draws(task, goal, found, size(asked, how))
    return with_footer(turning.section(goal, effort, found, drawn), task, asked.draws, asked.seed)


def ablate(
    case: Subject,
    *,
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    laws: Iterable[str] = (),
    levers: Iterable[str] = (),
    draws: int = 0,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Section:
    """Return what each mechanism takes from the chance of a body, by Shapley value over mechanisms, and what variants do.

    Draws are as for :func:`explain`, but none unless they are asked for here, as each takes as long as the answer itself.

    Examples
    --------
    >>> import foedus
    >>> found = foedus.ablate("asia-1953", workers=1)
    >>> [column.name for column in found.tables[0].columns][:2]
    ['mechanism', 'shapley']
    """
    how = How(workers, progress=progress)
    whole("draws", draws, 0, MOST_DRAWS, "a number of draws")
    asked = asked_by(case, changes=changes, without=without, laws=laws, levers=levers, seed=seed)
    task = asked.task(varied=True)
    found = ablation.contributions(task, workers=how.cores, progress=how.progress)
    drawn = ablation.over_draws(task, Size(draws, seed, how.cores, progress))
    told = ablation.section(*found, drawn, by_terms(task.study()))
    return with_footer(told, task, draws, asked.seed if draws else None)


def record(assessment: Assessment, explored: Sequence[Record] = ()) -> Record:
    """Return an assessment as one record, with the effects of single changes and what moves its answer.

    Parameters
    ----------
    assessment : Assessment
    explored : sequence of Record
        Explorations of the same question, as :func:`foedus.asking.exploring.read_exploration` returns them. One that
        lists the numbers that matter for the same answer takes the place of the list from the draws of the assessment.

    Raises
    ------
    FoedusError
        An exploration is about another question.
    """
    own = () if any(map(says_what_matters, explored)) else (what_moves.section(assessment),)
    return said_first(assessment, record_of(assessment, (*own, *sections_of(explored, assessment))))


def report(
    source: Subject | Assessment | Record,
    path: str | Path,
    *,
    overwrite: bool = False,
    draws: int = DRAWS,
    seed: int = 1,
    workers: int | None = None,
) -> Path:
    """Write one self-contained page about a case, an assessment, or any record.

    Parameters
    ----------
    source : str, Path, Case, Ask, Assessment or Record
        A case or an ask is assessed first.
    path, overwrite : str or Path, bool
        The page, and whether one that is there already is replaced.
    draws, seed, workers : optional
        As for :func:`assess`, where a case is given.

    Raises
    ------
    FoedusError
        The case is wrong, or the page is there already or cannot be written.

    Examples
    --------
    >>> import foedus, tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     page = foedus.report("asia-1953", f"{place}/asia.html", draws=0)
    ...     page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    True
    """
    text_of("path", path)
    refuse_existing(None if overwrite else path)
    refuse_missing(path)
    if not isinstance(source, Assessment | Record):
        source = assess(source, draws=draws, seed=seed, workers=workers)
    told = record(source) if isinstance(source, Assessment) else source
    return write_page(told, path, overwrite=overwrite)[0]
