"""Forecasting: dated questions, each with a probability or the reason why it has none, and how good they were."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from foedus.asking.ask import Ask, How, load, values_of
from foedus.casebook.case import Case
from foedus.casebook.reader import case_names
from foedus.draws.digest import code_digest
from foedus.draws.ensemble import Progress, run_ensemble
from foedus.draws.sampling import design, uncertainties
from foedus.forecasts.combined import in_order, turned
from foedus.forecasts.counting import counted_parts, reference
from foedus.forecasts.dated import Question, date_of, read_questions
from foedus.forecasts.forecast import Forecast, Part
from foedus.forecasts.known_pacts import titles_of
from foedus.forecasts.laws import answering
from foedus.forecasts.nearby import nearest
from foedus.forecasts.of_record import share_of_bodies
from foedus.forecasts.outlook import Outlook
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.query_task import QueryTask
from foedus.forecasts.scorecard import marks
from foedus.forecasts.told_record import told
from foedus.forecasts.turns import looks_back_only
from foedus.forecasts.wording import understood
from foedus.forecasts.words import Vocabulary, read_vocabulary
from foedus.mechanisms import read_laws
from foedus.model.parameters import Parameters
from foedus.questions.task import Task
from foedus.vocabulary.errors import FoedusError, Problem


def _asked(
    path: str | Path | Sequence[Question], cases: Sequence[str | Path | Case], as_of: str, mapping: str | Path | None
) -> tuple[tuple[Question, ...], tuple[Problem, ...], tuple[Case, ...], Vocabulary, dt.date | None]:
    try:
        day = date_of(as_of) if as_of else None
    except ValueError as error:
        raise FoedusError(Problem("as-of", str(error), "Write year-month-day, as 2020-12-29")) from error
    vocabulary = read_vocabulary(mapping)
    questions, problems = read_questions(path) if isinstance(path, str | Path) else (tuple(path), ())
    return questions, problems, tuple(load(c) for c in (cases or case_names())), vocabulary, day


def map_questions(
    path: str | Path, *, cases: Sequence[str | Path | Case] = (), as_of: str = "", mapping: str | Path | None = None
) -> Outlook:
    """Return how every question of a file is understood, without any probability; arguments as :func:`forecast`."""
    questions, problems, loaded, vocabulary, day = _asked(path, cases, as_of, mapping)
    read = tuple(_understood(q, loaded, vocabulary, day) for q in questions)
    return Outlook(read, problems, (), vocabulary, 0, 0, {c.name: c.sha256 for c in loaded})


def _understood(question: Question, cases: Sequence[Case], vocabulary: Vocabulary, day: dt.date | None) -> Forecast:
    try:
        if looks_back_only(question.text) and not question.asks:
            raise NotUnderstood("it asks what has happened, and the record does not hold it")
        query = understood(question, cases, vocabulary, day)
        titles = titles_of(cases, query.case)
        return Forecast(question, query, words=query.in_words(titles))
    except NotUnderstood as reason:
        asked = day or question.opened or (cases[0].as_of if len(cases) == 1 else None)
        try:
            if asked is None:
                raise reason
            fact = told(question, cases, vocabulary, asked)
        except NotUnderstood:
            near = nearest(question, cases, vocabulary, day, reason.unknown)
            words = near.in_words(titles_of(cases, near.case)) if near else ""
            offered = f"; near to it, and answered, is {words}" if near else ""
            return Forecast(question, None, reason=f"{reason}{offered}", words=words, near=near)
        return Forecast(question, None, words=fact.asked, fact=fact.says, source=fact.source)


def forecast(
    path: str | Path | Sequence[Question],
    *,
    cases: Sequence[str | Path | Case] = (),
    as_of: str = "",
    mapping: str | Path | None = None,
    parameters: Parameters | None = None,
    calibration: str | Path = "",
    laws: Sequence[str] = (),
    near: bool = False,
    draws: int = 20,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Outlook:
    """Return probabilities for the questions of a file that the model can answer, and scores where outcomes are known.

    Parameters
    ----------
    path : str, Path or sequence of Question
        CSV with a heading, see ``foedus forecast questions``; or the questions themselves.
    cases : sequence of str, Path or Case
        Cases that may answer; by default the built-in ones. The latest one that is not younger than the question
        is asked.
    as_of : str
        Date of all forecasts; by default the day each question opened. Nothing later is used.
    mapping : str or Path, optional
        YAML with more words, or with questions said outright.
    parameters : Parameters, optional
        Instead of the defaults.
    calibration : str or Path
        Name or file of a calibration that parameters are drawn from.
    laws : sequence of str
        Variants of procedures, as ``holding=inertia``, in place of the defaults.
    near : bool
        Whether a question that is not understood is answered by the plainest one near to it, which its words say; never scored.
    draws, seed, workers : int
    progress : callable, optional

    Raises
    ------
    FoedusError
        The file, a case, the mapping or the date is wrong. Rows that make no sense are listed, not raised.

    Examples
    --------
    >>> import foedus, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     asked = pathlib.Path(place, "asked.csv")
    ...     rows = ["question,opened,closes", "The US-Japan alliance remains in force,2020-12-29,2021-12-31"]
    ...     _ = asked.write_text(chr(10).join(rows))
    ...     found = foedus.forecast(asked, draws=0)
    >>> 0.5 < found.forecasts[0].probability < 1
    True
    """
    Ask(draws=draws, seed=seed)
    questions, problems, loaded, vocabulary, day = _asked(path, cases, as_of, mapping)
    asked = [_understood(q, loaded, vocabulary, day) for q in questions]
    if near:
        asked = [_in_its_place(f) for f in asked]
    later = [k for k, f in enumerate(asked) if f.query is not None and f.query.than is not None]
    asked += [replace(asked[k], query=asked[k].query.than) for k in later]  # type: ignore[union-attr]
    whole = {k: asked[k].query for k in later}
    for k, q in whole.items():
        asked[k] = replace(asked[k], query=replace(q, form="whether"))  # type: ignore[type-var]
    read = [_on_record(f, loaded, vocabulary) for f in asked]
    read = [_counted(f, f.query, vocabulary) if f.query is not None and f.query.counted else f for f in read]
    values = (parameters or values_of(calibration)).under(read_laws(laws))
    cores = How(workers).cores
    found = list(read)
    for case in loaded:
        here = [(k, f.query) for k, f in enumerate(read) if f.query is not None and not f.query.counted]
        here = [(k, q) for k, q in here if q.case == case.name]
        answers = _answers(case, values, [q for _, q in here], draws, seed, cores, progress) if here else []
        for (k, query), parts in zip(here, answers, strict=True):
            found[k] = _with_reference(_answered(read[k], query, parts, values), query, case, vocabulary)
    for k, then in zip(later, found[len(questions) :], strict=True):
        found[k] = in_order(found[k] if found[k].query is None else replace(found[k], query=whole[k]), then)
    done = tuple(map(turned, found[: len(questions)]))
    hashes = {
        **{c.name: c.sha256 for c in loaded},
        "parameters": values.digest(),
        "code": code_digest("foedus.forecasts.query_task"),
    }
    return Outlook(
        done, problems, marks(done, seed), vocabulary, seed, draws, hashes, values.calibrated_by, values.laws
    )


def _in_its_place(read: Forecast) -> Forecast:
    """Return a question that is not understood with the one near to it in its place."""
    if read.near is None:
        return read
    return replace(read, query=read.near, reason="", words=f"near to it, and not the same: {read.words}")


def _counted(read: Forecast, query: Query, vocabulary: Vocabulary) -> Forecast:
    """Return a question with the answer of its reference class; unanswered where no era was over on the day."""
    found = counted_parts(query, vocabulary)
    if found is None:
        return replace(read, query=None, reason=f"no era of the class '{query.counted}' was over on {query.start}")
    parts, words = found
    by = answering(query.answered_as, {})
    told = replace(read, law=by.law, certainty=by.certainty, reason=words)
    if query.form != "whether":
        return replace(told, parts=parts)
    (only,) = parts
    told = replace(told, reference=only.probability, probability=only.probability, default=only.default)
    return replace(told, low=only.low, high=only.high)


def _on_record(read: Forecast, cases: Sequence[Case], vocabulary: Vocabulary) -> Forecast:
    """Return a question with the rate of bodies on record, where it asks for a new body and the record's law answers."""
    query = read.query
    if query is None or query.kind != "treaty signed" or not query.multilateral or query.counted:
        return read
    case = next(c for c in cases if c.name == query.case)
    rate = vocabulary.reference("treaty signed, multilateral", query.start.year)
    if rate is None or share_of_bodies(Ask(case, draws=0).task().study(), query.start.year, any) is None:
        return read
    return replace(read, query=replace(query, rate=rate[0]))


def _answers(
    case: Case,
    values: Parameters,
    queries: Sequence[Query],
    draws: int,
    seed: int,
    workers: int,
    progress: Progress | None,
) -> list[tuple[Part, ...]]:
    """Return the chances that answer each query about one case: mean over draws, default, and 5 and 95 %."""
    varied = uncertainties(case, values)
    named = tuple((f"q{k}", q) for k, q in enumerate(queries))
    task = QueryTask(Task(case, values, {}, varied, ()), named)
    default = task()
    run = f"forecast-{task.task.run_id(draws, seed)}-{_digest(queries)}"
    drawn = run_ensemble(task, design(varied, draws, seed), run, workers, progress) if draws else None
    found = []
    for name, _ in named:
        parts = []
        for key in (k for k in default if k.startswith(f"{name}|")):
            column = drawn.column(key) if drawn is not None else np.array([default[key]])
            low, high = np.quantile(column, [0.05, 0.95]).tolist()
            parts.append(Part(key.partition("|")[2], float(column.mean()), default[key], low, high))
        found.append(tuple(parts))
    return found


def _answered(read: Forecast, query: Query, parts: tuple[Part, ...], values: Parameters) -> Forecast:
    """Return a question with its answer, and with the law that gave it."""
    by = answering(query.answered_as, values.laws)
    told = replace(read, law=by.law, certainty=by.certainty)
    if query.form != "whether":
        return replace(told, parts=parts)
    (only,) = parts
    return replace(told, probability=only.probability, default=only.default, low=only.low, high=only.high)


def _digest(queries: Sequence[Query]) -> str:
    """Return a hash of what is asked, the same on every machine."""
    return hashlib.sha256(repr(tuple(queries)).encode()).hexdigest()[:16]


def _with_reference(found: Forecast, query: Query, case: Case, vocabulary: Vocabulary) -> Forecast:
    kinds = {r.id: r.kind for r in case.in_force()}
    about = {kinds[t] for t in query.treaties}
    known = None
    if not (query.kind == "treaty holds" and "forum" in about):
        known = reference(query, vocabulary, about <= {"bilateral"}, about == {"multilateral"})
    return replace(found, reference=known[0], reason=known[1]) if known else found


def mapping_words(mapping: str | Path | None = None) -> Vocabulary:
    """Return the words in which questions are understood; errors as the mapping file's."""
    return read_vocabulary(mapping)
