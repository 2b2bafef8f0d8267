"""Large ensembles into a folder of columns."""

from __future__ import annotations

import rich_click as click

from foedus.asking import ensembles
from foedus.cli.options import calibration_option, change_options, json_option, print_json, show
from foedus.cli.progress import progress_bar
from foedus.questions.listing import QUESTIONS

LIST = "comma-separated"


def words(text: str) -> tuple[str, ...]:
    """Return the words of a comma-separated list."""
    return tuple(w.strip() for w in text.split(",") if w.strip())


@click.command()
@click.argument("case", default="")
@click.option(
    "--output",
    "-o",
    type=click.Path(),
    metavar="DIR",
    help="Folder of the result: new, or begun with the same command.",
)
@click.option("--resume", type=click.Path(), metavar="DIR", help="Go on with this folder, whatever command began it.")
@click.option("--draws", default=1000, show_default=True, help="Draws of the ensemble.")
@click.option("--seed", default=1, show_default=True, help="Seed of the ensemble.")
@click.option(
    "--over",
    default="parameters,inputs",
    show_default=True,
    metavar="LIST",
    help="What varies: parameters, inputs, architectures (what is in force at the beginning).",
)
@click.option(
    "--questions",
    default="forms,ends",
    show_default=True,
    metavar="LIST",
    help=f"What every draw answers: {', '.join(QUESTIONS)}.",
)
@click.option("--workers", type=int, help="Processes, by default one per core; the result is the same.")
@click.option(
    "--engine",
    default="",
    metavar="NAME",
    help="processes (default), serial, or dask://HOST:PORT for a cluster; the result is the same.",
)
@change_options
@calibration_option
@json_option
def ensemble(
    case: str,
    output: str | None,
    resume: str | None,
    draws: int,
    seed: int,
    over: str,
    questions: str,
    workers: int | None,
    engine: str,
    settings: tuple[str, ...],
    without: tuple[str, ...],
    calibration: str,
    as_json: bool,
) -> None:
    """Many draws into a folder of Parquet parts with a manifest: for analysis elsewhere, for `sensitivity`, `discover`.

    CASE is a built-in case or a folder. Ctrl-C loses nothing: the same command goes on. Read the result with
    `foedus.read_ensemble("DIR").to_polars()`, `.to_pandas()` or `.to_xarray()`.
    """
    if bool(output) == bool(resume):
        raise click.UsageError("Say where the result goes with --output DIR, or go on with --resume DIR.")
    if resume and (case or settings or without or calibration):
        raise click.UsageError("--resume takes the question from the folder. Give it without a case and changes.")
    with progress_bar(f"drawing into {output or resume}") as progress:
        if resume:
            found = ensembles.resume(resume, workers=workers, engine=engine, progress=progress)
        else:
            found = ensembles.ensemble(
                case or "indo-pacific-2020",
                output or "",
                draws=draws,
                seed=seed,
                changes=settings,
                without=without,
                over=words(over),
                questions=words(questions),
                calibration=calibration,
                workers=workers,
                engine=engine,
                progress=progress,
            )
    if as_json:
        print_json(dict(found.manifest))
        return
    show(ensembles.section(found), False)
    click.echo(f"written: {found.folder} · result {found.manifest['result'][:10]}", err=True)
    click.echo(f'read it: foedus.read_ensemble("{found.folder}").to_polars()', err=True)
