"""Systems of the essay, one at a time, held against the record."""

from __future__ import annotations

import rich_click as click

from foedus.asking import one_system
from foedus.cli.options import draw_options_from, json_option, print_json
from foedus.cli.progress import progress_bar
from foedus.reports import systempage
from foedus.surfaces import terminal
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
    console = terminal.console()
    if not name:
        terminal.show_table(systempage.systems_table(), console)
        return
    refuse_existing(page)
    with progress_bar(f"looking at {name}") as progress:
        finding = one_system.system(
            name, without=without, draws=draws, seed=seed, workers=workers, every_year=every_year, progress=progress
        )
    shown = [one_system.table_of(finding, t) for t in tables]
    record = systempage.system_record(finding, without, seed)
    if page:
        click.echo(f"written: {one_system.system_report(finding, page, without=without, seed=seed)}", err=True)
    if as_json:
        print_json(record)
        return
    console.print(f"[bold]{record['title']}[/bold] · {record['question']}\n", highlight=False)
    terminal.show_table(systempage.checks_table(finding), console)
    console.print(f"\n{record['answer']}", highlight=False, markup=False)
    for found in shown:
        console.print()
        terminal.show_table(found, console)
    names = ", ".join(t.name for t in finding.tables)
    console.print(f"Tables: {names} (--table NAME). Pictures: --report FILE.", style="grey58", markup=False)
