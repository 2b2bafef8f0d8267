"""What is behind an answer: every number of a case, and every year of it."""

from __future__ import annotations

from typing import Any

import rich_click as click

from foedus.asking import behind
from foedus.cli.options import calibration_option, case_argument, change_options, json_option, law_option, show
from foedus.cli.progress import progress_bar


@click.command()
@case_argument
@click.argument("fact", default="")
@change_options
@law_option
@calibration_option
@json_option
def numbers(case: str, fact: str, settings: tuple[str, ...], as_json: bool, **changed: Any) -> None:
    """Every number behind an answer: value, range, reason, source; the institutions; what to know before believing it.

    CASE is a built-in case (see `foedus case list`) or a folder; what is changed is shown as it is then.
    With a FACT, such as KOR.trade.CHN, or a parameter: how much that one number matters, at the ends of its range.
    """
    if fact:
        show(behind.one_number(case, fact, changes=settings, **changed), as_json)
    else:
        show(behind.numbers(case, changes=settings, **changed), as_json)


@click.command()
@case_argument
@change_options
@law_option
@calibration_option
@click.option("--workers", type=int, help="Processes, by default one per core; the result is the same.")
@json_option
def years(case: str, settings: tuple[str, ...], workers: int | None, as_json: bool, **changed: Any) -> None:
    """What one round would end with in every year that a case has data for, each year by itself, with the values in use.

    To let a case run from year to year, with what was founded staying, see `foedus simulate`.
    """
    with progress_bar("working out every year") as progress:
        found = behind.every_year(case, changes=settings, workers=workers, progress=progress, **changed)
    show(found, as_json)
