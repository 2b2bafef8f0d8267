"""A text on trial, claim by claim."""

from __future__ import annotations

import shlex

import rich_click as click

from foedus.asking import argument
from foedus.cli.options import calibration_option, draw_options_from, hand_out, json_option, law_option, show
from foedus.cli.progress import progress_bar
from foedus.cli.spoken import tell
from foedus.trials.claims import copy_trial
from foedus.trials.readings import vocabulary as phrases
from foedus.vocabulary.errors import fail
from foedus.vocabulary.whole import refuse_existing


@click.command()
@click.argument("name", default="")
@click.option("--without", multiple=True, metavar="MECHANISM", help="Switch a mechanism off by name. May be repeated.")
@click.option("--vocabulary", is_flag=True, help="List the quantities and levers that claims are written with.")
@click.option(
    "--copy", type=click.Path(), metavar="FILE", help="Copy the file of a built-in trial, to be changed, and end."
)
@click.option(
    "--output",
    type=click.Path(),
    metavar="DIR",
    help="Also write every table, the record and a manifest to a new folder.",
)
@click.option("--report", "page", type=click.Path(), metavar="FILE", help="Also write the page of the trial.")
@law_option
@calibration_option
@draw_options_from(argument.DRAWS)
@json_option
def trial(
    name: str,
    without: tuple[str, ...],
    laws: tuple[str, ...],
    calibration: str,
    vocabulary: bool,
    copy: str | None,
    output: str | None,
    page: str | None,
    draws: int,
    seed: int,
    workers: int | None,
    as_json: bool,
) -> None:
    """Every claim of a text, tested on the model and on the record, with a verdict by rule.

    NAME is a built-in trial or a YAML file; without it the built-in trials are listed.
    """
    if vocabulary:
        show(phrases(), as_json)
        return
    if not name:
        if copy:
            raise fail("--copy", "it needs the name of a built-in trial", "List them with: foedus trial")
        show(argument.built_in(), as_json)
        return
    if copy:
        tell(f"written: {copy_trial(name, copy)}. Change what should differ, then: foedus trial {shlex.quote(copy)}")
        return
    refuse_existing(output, page)
    with progress_bar(f"trying {name}") as progress:
        found = argument.trial(
            name,
            draws=draws,
            seed=seed,
            without=without,
            laws=laws,
            calibration=calibration,
            workers=workers,
            progress=progress,
        )
    hand_out(found.record, as_json, output, page)
