"""The report as a page, and its pictures as files."""

from __future__ import annotations

import rich_click as click

import foedus
from foedus.cli.options import calibration_option, case_argument, change_options, draw_options
from foedus.cli.progress import progress_bar


@click.command()
@case_argument
@change_options
@calibration_option
@draw_options
@click.option("--explored", multiple=True, type=click.Path(), metavar="DIR",
              help="Also show a folder of `foedus sensitivity -o` or `foedus discover -o` about the same question. May be repeated.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(), metavar="FILE", help="The page; by default CASE.html here.")
@click.option("--figures", type=click.Path(), metavar="DIR", help="Also write every picture to a new folder.")
@click.option("--format", "form", type=click.Choice(["svg", "png"]), default="svg", show_default=True,
              help="Format of the pictures.")  # fmt: skip
@click.option("--overwrite", is_flag=True, help="Replace the page if it is there already.")
def report(
    case: str, settings: tuple[str, ...], without: tuple[str, ...], calibration: str,
    explored: tuple[str, ...], draws: int, seed: int, workers: int | None,
    output: str | None, figures: str | None, form: str, overwrite: bool,
) -> None:  # fmt: skip
    """One self-contained page with everything: for the screen, for a telephone, for print. It works offline."""
    page = output or f"{foedus.workflow.load(case).name}.html"
    foedus.workflow.refuse_existing(figures, None if overwrite else page)
    more = [foedus.workflow.read_exploration(folder) for folder in explored]
    with progress_bar(f"assessing {case}") as progress:
        found = foedus.assess(
            case, changes=settings, without=without, calibration=calibration, draws=draws, seed=seed, workers=workers,
            progress=progress,
        )  # fmt: skip
    record = foedus.workflow.record(found, more)
    click.echo(f"written: {foedus.workflow.report(record, page, overwrite=overwrite)}")
    if figures:
        for path in foedus.workflow.save_figures(record, figures, form):
            click.echo(f"written: {path}")
