"""The report as a page, and its pictures as files."""

from __future__ import annotations

from dataclasses import replace

import rich_click as click

from foedus.asking import about_a_case, exploring, files, kept
from foedus.asking.ask import Ask, How
from foedus.cli.options import asking, given_option
from foedus.cli.progress import progress_bar
from foedus.cli.spoken import tell
from foedus.cli.then_open import open_option, open_page
from foedus.cli.web import doorway
from foedus.vocabulary.whole import refuse_existing, refuse_missing


@click.command()
@asking
@given_option
@click.option(
    "--explored",
    multiple=True,
    type=click.Path(),
    metavar="DIR",
    help="Also show a folder of `foedus sensitivity -o` or `foedus discover -o` about the same question. May be repeated.",
)
@click.option("--output", "-o", type=click.Path(), metavar="FILE", help="The page; by default CASE.html here.")
@click.option("--figures", type=click.Path(), metavar="DIR", help="Also write every picture to a new folder.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["svg", "png"]),
    default="svg",
    show_default=True,
    help="Format of the pictures.",
)
@open_option
@click.option("--overwrite", is_flag=True, help="Replace the page if it is there already.")
def report(
    asked: Ask,
    how: How,
    explored: tuple[str, ...],
    output: str | None,
    figures: str | None,
    form: str,
    overwrite: bool,
    show_page: bool,
) -> None:
    """One self-contained page with everything: for the screen, for a telephone, for print. It works offline."""
    page = output or f"{asked.loaded.name}.html"
    refuse_existing(figures, None if overwrite else page)
    refuse_missing(page)
    files.refuse_form(form if figures else "")
    if show_page:
        doorway()
    more = [exploring.read_exploration(folder) for folder in explored]
    with progress_bar(f"assessing {asked.name}") as progress:
        found = kept.answered(asked, replace(how, progress=progress))
    record = about_a_case.record(found, more)
    for path in files.write_page(record, page, figures, form, overwrite=overwrite):
        tell(f"written: {path}")
    if show_page:
        open_page(asked, found)
