"""Large ensembles into a folder of columns."""

from __future__ import annotations

from dataclasses import replace

import rich_click as click

from foedus.asking import ensembles
from foedus.asking.ask import Ask, How
from foedus.cli.options import asking_of, far_options, hand_out, json_option, listed, over_option
from foedus.cli.progress import progress_bar
from foedus.cli.spoken import tell
from foedus.questions.listing import QUESTIONS
from foedus.vocabulary.errors import fail


@click.command()
@asking_of(click.argument("case", default=""), far_options(1000, "Draws of the ensemble."))
@click.option(
    "--output",
    "-o",
    type=click.Path(),
    metavar="DIR",
    help="Folder of the result: new, or begun with the same command.",
)
@click.option("--resume", type=click.Path(), metavar="DIR", help="Go on with this folder, whatever command began it.")
@over_option
@click.option(
    "--questions",
    default="forms,ends",
    show_default=True,
    metavar="LIST",
    help=f"What every draw answers: {', '.join(QUESTIONS)}.",
)
@json_option
def ensemble(
    asked: Ask, how: How, output: str | None, resume: str | None, over: str, questions: str, as_json: bool
) -> None:
    """Many draws into a folder of Parquet parts with a manifest: for analysis elsewhere, for `sensitivity`, `discover`.

    CASE is a built-in case or a folder. Ctrl-C loses nothing: the same command goes on. Read the result with
    `foedus.read_ensemble("DIR").to_polars()`, `.to_pandas()` or `.to_xarray()`.
    """
    if bool(output) == bool(resume):
        what = "both --output and --resume are given" if output else "no place is named for the result"
        raise fail("ensemble", what, "Say where it goes with --output DIR, or go on with --resume DIR")
    if resume and (asked.case or asked.changes or asked.levers or asked.without or asked.laws or asked.calibration):
        what = "the question stands in the folder, and a case or changes stand beside it"
        raise fail("--resume", what, "Give it without a case and changes")
    with progress_bar(f"drawing into {output or resume}") as progress:
        how = replace(how, progress=progress)
        if resume:
            found = ensembles.resume(resume, workers=how.workers, engine=how.engine, progress=progress)
        else:
            asked = asked if asked.case else replace(asked, case="indo-pacific-2020")
            found = ensembles.kept_in(output or "", asked, how, listed(over), listed(questions))
    hand_out(ensembles.record_of(found), as_json)
    tell(f"written: {found.folder} · result {found.manifest['result'][:10]}", err=True)
    tell(f'read it: foedus.read_ensemble("{found.folder}").to_polars()', err=True)
