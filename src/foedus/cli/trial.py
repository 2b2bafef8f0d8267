"""A text on trial, claim by claim."""

from __future__ import annotations

import rich_click as click

import foedus
from foedus.cli.options import draw_options, json_option, print_json
from foedus.cli.progress import progress_bar


@click.command()
@click.argument("name", default="")
@click.option("--without", multiple=True, metavar="MECHANISM", help="Switch a mechanism off by name. May be repeated.")
@click.option("--vocabulary", is_flag=True, help="List the quantities and levers that claims are written with.")
@click.option("--report", "page", type=click.Path(), metavar="FILE", help="Also write the page of the trial.")
@draw_options
@json_option
def trial(
    name: str, without: tuple[str, ...], vocabulary: bool, page: str | None, draws: int, seed: int, workers: int | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Every claim of a text, tested on the model and on the record, with a verdict by rule.

    NAME is a built-in trial or a YAML file; without it the built-in trials are listed.
    """
    console = foedus.terminal.console()
    if vocabulary:
        foedus.terminal.show_table(foedus.trialtables.vocabulary(), console)
        return
    if not name:
        for found in foedus.docket.trial_names():
            click.echo(found)
        return
    foedus.workflow.refuse_existing(page)
    with progress_bar(f"trying {name}") as progress:
        court, evidence = foedus.workflow.try_text(
            name, draws=draws, seed=seed, without=without, workers=workers, progress=progress
        )
    record = foedus.trialtables.trial_record(court, evidence, draws, seed, without)
    if page:
        click.echo(f"written: {foedus.workflow.trial_report(record, page)}", err=True)
    if as_json:
        print_json(record)
        return
    console.print(f"[bold]{court.text.title}[/bold] · {court.text.author} · {court.text.date}", highlight=False)
    console.print(court.text.thesis + "\n", style="grey58", markup=False)
    hide = ("effect", "median", "low", "high", "falsified_if", "disagree")
    foedus.terminal.show_table(foedus.trialtables.scoreboard(court, evidence), console, hide)
    if court.slips:
        console.print()
        foedus.terminal.show_table(foedus.trialtables.slips(court), console)
