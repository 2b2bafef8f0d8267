"""A text on trial, claim by claim."""

from __future__ import annotations

import rich_click as click

from foedus.asking import argument
from foedus.cli.options import calibration_option, draw_options, json_option, print_json
from foedus.cli.progress import progress_bar
from foedus.reports import trialrecord, trialtables
from foedus.surfaces import terminal
from foedus.trials import claims
from foedus.vocabulary.whole import refuse_existing

HIDDEN = ("value", "against", "effect", "median", "low", "high", "falsified_if", "sources", "disagree")
"""Columns of the scoreboard that only fit on paper; --json and --report have them."""


@click.command()
@click.argument("name", default="")
@click.option("--without", multiple=True, metavar="MECHANISM", help="Switch a mechanism off by name. May be repeated.")
@click.option("--vocabulary", is_flag=True, help="List the quantities and levers that claims are written with.")
@click.option("--report", "page", type=click.Path(), metavar="FILE", help="Also write the page of the trial.")
@calibration_option
@draw_options
@json_option
def trial(
    name: str,
    without: tuple[str, ...],
    calibration: str,
    vocabulary: bool,
    page: str | None,
    draws: int,
    seed: int,
    workers: int | None,
    as_json: bool,
) -> None:
    """Every claim of a text, tested on the model and on the record, with a verdict by rule.

    NAME is a built-in trial or a YAML file; without it the built-in trials are listed.
    """
    console = terminal.console()
    if vocabulary:
        terminal.show_table(trialtables.vocabulary(), console)
        return
    if not name:
        for known in claims.trial_names():
            click.echo(known)
        return
    refuse_existing(page)
    with progress_bar(f"trying {name}") as progress:
        found = argument.trial(
            name, draws=draws, seed=seed, without=without, calibration=calibration, workers=workers, progress=progress
        )
    if page:
        click.echo(f"written: {argument.trial_report(found, page)}", err=True)
    if as_json:
        print_json(trialrecord.trial_record(found))
        return
    text = found.trial.text
    console.print(f"[bold]{text.title}[/bold] · {text.author} · {text.date}", highlight=False)
    console.print(text.thesis + "\n", style="grey58", markup=False)
    terminal.show_table(trialtables.scoreboard(found), console, HIDDEN)
    for rows in (trialtables.omitted(found), trialtables.slips(found.trial)):
        if len(rows):
            console.print()
            terminal.show_table(rows, console)
