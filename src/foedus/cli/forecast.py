"""Dated questions: probabilities as of a date, scores, and what cannot be answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import rich_click as click

from foedus.asking import forecasting
from foedus.cli.options import (
    calibration_option,
    draw_options_from,
    hand_out,
    json_option,
    law_option,
    print_json,
    show,
)
from foedus.cli.progress import progress_bar
from foedus.cli.spoken import tell
from foedus.forecasts.one_answer import one_answer, one_question
from foedus.forecasts.outlook import vocabulary_record
from foedus.vocabulary.whole import refuse_existing

_F = TypeVar("_F", bound=Callable[..., Any])


@click.group()
def forecast() -> None:
    """Forecast dated questions, and score the forecasts.

    A question is answered only if every word of it is understood; the others are declared unanswerable.
    """


def _what_is_asked(function: _F) -> _F:
    function = click.option("--mapping", metavar="FILE", help="YAML with more words, or with questions said outright.")(
        function
    )
    function = click.option(
        "--as-of", default="", metavar="DATE", help="Day of all forecasts; by default each question's own."
    )(function)
    return click.option(
        "--case", "cases", multiple=True, help="Case that may answer; by default every built-in one. May be repeated."
    )(function)


def _tell(problems: tuple[Any, ...]) -> None:
    for problem in problems:
        tell(f"note: {problem}", err=True)


@forecast.command()
@click.argument("question")
@click.option(
    "--opened", default="", metavar="DATE", help="Day on which it is asked; nothing later is used. By default today."
)
@click.option(
    "--closes", default="", metavar="DATE", help="Last day on which it can come true, if the question names none."
)
@click.option("--exact", is_flag=True, help="Do not answer a question near to it where it is not understood itself.")
@click.option(
    "--case", "cases", multiple=True, help="Case that may answer; by default every built-in one. May be repeated."
)
@law_option
@calibration_option
@draw_options_from(20)
@json_option
def ask(
    question: str,
    opened: str,
    closes: str,
    exact: bool,
    cases: tuple[str, ...],
    laws: tuple[str, ...],
    calibration: str,
    draws: int,
    seed: int,
    workers: int | None,
    as_json: bool,
) -> None:
    """One question in plain words: how it is read, how likely it is, and what answers it.

    QUESTION stands in quotation marks, as "Will South Korea join the Quad by the end of 2024?".
    """
    asked = one_question(question, opened or f"{dt.date.today()}", closes)
    with progress_bar("forecasting") as progress:
        found = forecasting.forecast(
            (asked,),
            cases=cases,
            calibration=calibration,
            laws=laws,
            near=not exact,
            draws=draws,
            seed=seed,
            workers=workers,
            progress=progress,
        )
    show(one_answer(found), as_json)


@forecast.command()
@click.argument("questions")
@_what_is_asked
@law_option
@calibration_option
@click.option(
    "--near", is_flag=True, help="Answer in the place of a question that is not understood the plainest one near to it."
)
@draw_options_from(20)
@click.option("--report", "page", type=click.Path(), metavar="FILE", help="Also write the page of the forecasts.")
@json_option
def score(
    questions: str,
    cases: tuple[str, ...],
    as_of: str,
    mapping: str | None,
    laws: tuple[str, ...],
    calibration: str,
    near: bool,
    draws: int,
    seed: int,
    workers: int | None,
    page: str | None,
    as_json: bool,
) -> None:
    """Probabilities for the questions of a CSV or YAML file, and their scores where outcomes are known.

    QUESTIONS needs a column headed question; id, opened, closes, outcome and natural_in_2020 are used where they are there.
    opened is the day on which a question was asked, as 2020-01-15: its forecast knows nothing later, unless --as-of says another
    day for all; without either it is
    asked on the day of the one case that --case names. closes is the last day on which it can come true.
    """
    refuse_existing(page)
    with progress_bar("forecasting") as progress:
        found = forecasting.forecast(
            questions,
            cases=cases,
            as_of=as_of,
            mapping=mapping,
            calibration=calibration,
            laws=laws,
            near=near,
            draws=draws,
            seed=seed,
            workers=workers,
            progress=progress,
        )
    _tell(found.problems)
    hand_out(found.record, as_json, page=page)


@forecast.command()
@click.argument("questions")
@_what_is_asked
@json_option
def questions(questions: str, cases: tuple[str, ...], as_of: str, mapping: str | None, as_json: bool) -> None:
    """How every question of a file is understood, or why it is not; no probabilities.

    With --json the record also has rows, one object per question.
    """
    found = forecasting.map_questions(questions, cases=cases, as_of=as_of, mapping=mapping)
    _tell(found.problems)
    record = found.understanding
    if as_json:
        print_json({**record.to_dict(), "rows": list(record.table("questions"))})
    else:
        show(record, as_json)


@forecast.command()
@click.option("--mapping", metavar="FILE", help="YAML with more words.")
@json_option
def mapping(mapping: str | None, as_json: bool) -> None:
    """The words in which questions are understood, and the reference classes with their counts."""
    show(vocabulary_record(forecasting.mapping_words(mapping)), as_json)
