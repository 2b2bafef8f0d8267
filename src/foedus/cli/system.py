"""Systems of the essay, one at a time, held against the record."""

from __future__ import annotations

import rich_click as click

from foedus.asking import one_system
from foedus.cli.options import draw_options_from, hand_out, json_option, show
from foedus.cli.progress import progress_bar
from foedus.surfaces import terminal
from foedus.systems.told_of_systems import systems_table
from foedus.vocabulary.whole import refuse_existing


@click.command()
@click.argument("name", default="")
@click.option("--without", multiple=True, metavar="MECHANISM", help="Switch a mechanism off by name. May be repeated.")
@click.option("--report", "page", type=click.Path(), metavar="FILE", help="Also write a page with pictures and tables.")
@click.option("--table", "tables", multiple=True, metavar="TABLE", help="Also print a table by name. May be repeated.")
@click.option(
    "--every-year", is_flag=True, help="NATO: who would be let in and who would leave in every year since 1950."
)
@draw_options_from(0)
@json_option
def system(
    name: str,
    without: tuple[str, ...],
    page: str | None,
    tables: tuple[str, ...],
    every_year: bool,
    draws: int,
    seed: int,
    workers: int | None,
    as_json: bool,
) -> None:
    """One architecture of the essay: what the model shows, what the record shows, where they differ.

    NAME is a system; without it the systems are listed with their questions. With --draws every statement is looked at
    again under draws of all parameters; a draw of the larger systems takes some seconds.
    """
    if not name:
        show(systems_table(), as_json)
        return
    refuse_existing(page)
    with progress_bar(f"looking at {name}") as progress:
        finding = one_system.system(
            name, without=without, draws=draws, seed=seed, workers=workers, every_year=every_year, progress=progress
        )
    shown = [finding.table(t) for t in tables]
    hand_out(finding.record, as_json, page=page)
    if as_json:
        return
    console = terminal.console()
    for found in shown:
        console.print()
        terminal.show_table(found, console)
    names = ", ".join(t.name for t in finding.tables)
    terminal.say(f"Tables: {names} (--table NAME). Pictures: --report FILE.", console, "grey58")
