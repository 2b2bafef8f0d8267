"""Dated yes-or-no questions: probabilities as of a date, scores, and what cannot be answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import rich_click as click

from foedus.asking import forecasting
from foedus.cli.options import calibration_option, draw_options_from, json_option, print_json, show
from foedus.cli.progress import progress_bar
from foedus.reports import forecasttables
from foedus.surfaces import terminal
from foedus.vocabulary import tables
from foedus.vocabulary.whole import refuse_existing

_F = TypeVar("_F", bound=Callable[..., Any])


@click.group()
def forecast() -> None:
    """Forecast dated yes-or-no questions, and score the forecasts.

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


def _show(table: tables.Table, hide: tuple[str, ...] = ()) -> None:
    if len(table):
        terminal.show_table(table, terminal.console(), hide)


def _tell(problems: tuple[Any, ...]) -> None:
    for problem in problems:
        click.echo(f"note: {problem}", err=True)


@forecast.command()
@click.argument("questions")
@_what_is_asked
@calibration_option
@draw_options_from(20)
@click.option("--report", "page", type=click.Path(), metavar="FILE", help="Also write the page of the forecasts.")
@json_option
def score(
    questions: str,
    cases: tuple[str, ...],
    as_of: str,
    mapping: str | None,
    calibration: str,
    draws: int,
    seed: int,
    workers: int | None,
    page: str | None,
    as_json: bool,
) -> None:
    """Probabilities for the questions of a CSV file, and their scores where outcomes are known.

    QUESTIONS needs a column headed question; id, opened, closes, outcome and natural_in_2020 are used where they are there.
    """
    refuse_existing(page)
    with progress_bar("forecasting") as progress:
        found = forecasting.forecast(
            questions,
            cases=cases,
            as_of=as_of,
            mapping=mapping,
            calibration=calibration,
            draws=draws,
            seed=seed,
            workers=workers,
            progress=progress,
        )
    tables = forecasttables
    record = tables.forecast_record(
        found.forecasts,
        found.marks,
        found.problems,
        found.vocabulary.source,
        found.hashes,
        found.seed,
        found.draws,
        found.calibrated_by,
    )
    _tell(found.problems)
    if page:
        click.echo(f"written: {forecasting.forecast_report(record, page)}", err=True)
    if as_json:
        print_json(record)
        return
    _show(tables.answers(found.forecasts), ("default", "asks"))
    _show(tables.scores(found.marks), ("log_score_low", "log_score_high", "brier_low", "brier_high"))
    _show(tables.unanswered(found.forecasts))
    counts = record["counts"]
    click.echo(
        f"{counts['answered']} of {counts['questions']} questions answered, {counts['unanswerable']} unanswerable, "
        f"{counts['scored']} scored · seed {seed} · {draws} draws"
    )


@forecast.command()
@click.argument("questions")
@_what_is_asked
@json_option
def questions(questions: str, cases: tuple[str, ...], as_of: str, mapping: str | None, as_json: bool) -> None:
    """How every question of a file is understood, or why it is not; no probabilities."""
    found = forecasting.map_questions(questions, cases=cases, as_of=as_of, mapping=mapping)
    _tell(found.problems)
    table = forecasttables.mapped(found.forecasts)
    show(table, as_json)


@forecast.command()
@click.option("--mapping", metavar="FILE", help="YAML with more words.")
@json_option
def mapping(mapping: str | None, as_json: bool) -> None:
    """The words in which questions are understood, and the reference classes with their counts."""
    table = forecasttables.vocabulary(forecasting.mapping_words(mapping))
    show(table, as_json)
