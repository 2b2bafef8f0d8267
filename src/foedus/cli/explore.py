"""Commands that ask what moves an answer, and where a goal is reached."""

from __future__ import annotations

import rich_click as click

from foedus.asking import exploring
from foedus.cli.ensemble import words
from foedus.cli.options import calibration_option, change_options, json_option, print_json, show
from foedus.cli.progress import progress_bar
from foedus.vocabulary.whole import refuse_existing


def _run_options(function: click.decorators.FC) -> click.decorators.FC:
    """Add what varies, and who works it out."""
    for option in (
        click.option(
            "--over",
            default="parameters,inputs",
            show_default=True,
            metavar="LIST",
            help="What varies: parameters, inputs, architectures.",
        ),
        click.option("--engine", default="", metavar="NAME", help="processes (default), serial, or dask://HOST:PORT."),
        click.option("--workers", type=int, help="Processes, by default one per core; the result is the same."),
        click.option("--seed", default=1, show_default=True, help="Seed of the draws."),
        click.option(
            "--output",
            "-o",
            type=click.Path(),
            metavar="DIR",
            help="Also write tidy tables and pictures to a new folder.",
        ),
    ):
        function = option(function)
    return function


@click.command()
@click.argument("source", default="indo-pacific-2020", metavar="CASE|DIR")
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
@click.option("--draws", default=400, show_default=True, help="Most rounds each method may play.")
@click.option(
    "--top",
    default=10,
    show_default=True,
    help="Numbers that tornado and sobol look at: the strongest by rank, or by morris.",
)
@_run_options
@calibration_option
@change_options
@json_option
def sensitivity(
    source: str,
    quantity: str,
    methods: str,
    draws: int,
    top: int,
    over: str,
    engine: str,
    workers: int | None,
    seed: int,
    output: str | None,
    settings: tuple[str, ...],
    without: tuple[str, ...],
    calibration: str,
    as_json: bool,
) -> None:
    """Which uncertain numbers move an answer, with intervals, and whether more draws would change that.

    CASE is a built-in case or a folder; DIR a folder that `foedus ensemble` wrote.
    """
    refuse_existing(output)
    with progress_bar("playing rounds") as progress:
        found = exploring.sensitivity(
            source,
            quantity,
            methods=words(methods),
            draws=draws,
            seed=seed,
            top=top,
            changes=settings,
            without=without,
            over=words(over),
            calibration=calibration,
            workers=workers,
            engine=engine,
            progress=progress,
        )
    if output:
        click.echo(f"written: {exploring.save_exploration(found, output)}", err=True)
    if as_json:
        print_json(exploring.as_record(found))
    else:
        for table in exploring.strongest(found):
            show(table, False)
        for note in exploring.notes_on(found):
            click.echo(note)


@click.command()
@click.argument("source", default="indo-pacific-2020", metavar="CASE|DIR")
@click.option(
    "--goal",
    default="body forms",
    show_default=True,
    help="body forms, council forms, forum forms, nothing changes; or a quantity as claims write it, or a column of an "
    "ensemble, and a number: 'chance of a body > 0.2', 'forms|body||probability >= .5'.",
)
@click.option("--boxes", default=1, show_default=True, help="Most regions to look for.")
@click.option("--draws", default=1000, show_default=True, help="Draws of a case; a DIR has its own.")
@_run_options
@calibration_option
@change_options
@json_option
def discover(
    source: str,
    goal: str,
    boxes: int,
    draws: int,
    over: str,
    engine: str,
    workers: int | None,
    seed: int,
    output: str | None,
    settings: tuple[str, ...],
    without: tuple[str, ...],
    calibration: str,
    as_json: bool,
) -> None:
    """Under which ranges of the uncertain numbers a goal is reached: boxes with coverage, density and quasi-p-values.

    CASE is a built-in case or a folder; DIR a folder that `foedus ensemble` wrote.
    """
    refuse_existing(output)
    with progress_bar("drawing") as progress:
        found = exploring.discover(
            source,
            goal,
            boxes=boxes,
            draws=draws,
            seed=seed,
            changes=settings,
            without=without,
            over=words(over),
            calibration=calibration,
            workers=workers,
            engine=engine,
            progress=progress,
        )
    if output:
        click.echo(f"written: {exploring.save_exploration(found, output)}", err=True)
    if as_json:
        print_json(exploring.as_record(found))
    else:
        said, limits, trade_off = exploring.boxes_of(found)
        click.echo(f"{found.goal}: {found.hits} of {found.draws} draws\n" + "\n".join(said) + "\n")
        show(limits, False, hide=("words",))
        show(trade_off, False)
