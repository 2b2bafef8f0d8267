"""Commands that ask what moves an answer, and where a goal is reached."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import rich_click as click

from foedus.asking import exploring, files
from foedus.asking.ask import Ask, How
from foedus.cli.options import asking_of, far_options, file_options, hand_out, json_option, listed, over_option
from foedus.cli.progress import progress_bar
from foedus.vocabulary.whole import refuse_existing

_source = click.argument("case", default="indo-pacific-2020", metavar="CASE|DIR")


@click.command()
@asking_of(_source, far_options(400, "Most rounds each method may play; a DIR has its own."))
@click.option(
    "--quantity",
    default="chance of a body",
    show_default=True,
    help="The answer, as claims write it (see `foedus trial --vocabulary`), or a column of an ensemble.",
)
@click.option(
    "--method",
    "methods",
    default="",
    show_default="rank,tornado",
    metavar="LIST",
    help="rank, tornado, morris (needs draws: 4 per number), sobol; rank alone for a DIR.",
)
@click.option(
    "--top",
    default=10,
    show_default=True,
    help="Numbers that tornado and sobol look at: the strongest by rank, or by morris.",
)
@over_option
@file_options
@json_option
def sensitivity(
    asked: Ask, how: How, quantity: str, methods: str, top: int, over: str, as_json: bool, **out: Any
) -> None:
    """Which uncertain numbers move an answer, with intervals, and whether more draws would change that.

    CASE is a built-in case or a folder; DIR a folder that `foedus ensemble` wrote.
    """
    _refuse(**out)
    with progress_bar("playing rounds") as progress:
        found = exploring.what_moves(
            asked, replace(how, progress=progress), quantity, listed(methods), top, listed(over)
        )
    hand_out(found.record, as_json, **out)


@click.command()
@asking_of(_source, far_options(1000, "Draws of a case; a DIR has its own."))
@click.option(
    "--goal",
    default="body forms",
    show_default=True,
    help="body forms, council forms, forum forms, nothing changes; or a quantity as claims write it, or a column of an "
    "ensemble, and a number: 'chance of a body > 0.2', 'forms|body||probability >= .5'.",
)
@click.option("--boxes", default=1, show_default=True, help="Most regions to look for.")
@over_option
@file_options
@json_option
def discover(asked: Ask, how: How, goal: str, boxes: int, over: str, as_json: bool, **out: Any) -> None:
    """Under which ranges of the uncertain numbers a goal is reached: boxes with coverage, density and quasi-p-values.

    CASE is a built-in case or a folder; DIR a folder that `foedus ensemble` wrote.
    """
    _refuse(**out)
    with progress_bar("drawing") as progress:
        found = exploring.where(asked, replace(how, progress=progress), goal, boxes, listed(over))
    hand_out(found.record, as_json, **out)


def _refuse(output: str | None, page: str | None, figures: str | None, form: str) -> None:
    """Say before anything is worked out that the result could not be written."""
    refuse_existing(output, page, figures)
    files.refuse_form(form if figures else "")
