"""A case through the years."""

from __future__ import annotations

import rich_click as click

from foedus.asking import through_years
from foedus.asking.ask import Ask, How
from foedus.asking.through_years import Years
from foedus.cli.options import calibration_option, case_argument, change_options, json_option, law_option, show
from foedus.cli.progress import progress_bar
from foedus.cli.spoken import tell
from foedus.surfaces import terminal
from foedus.vocabulary.errors import fail
from foedus.vocabulary.whole import refuse_existing

COMPONENTS = ("size", "security", "burden", "leverage", "autonomy", "exposure", "dispute", "platform", "fee")
"""Columns of a trace that are too many for a terminal; --json and --explain show them."""

EXPLAINED = (
    "Every event can be explained: --output DIR writes the log, --explain RUN.NUMBER explains one, --trace tells a run."
)


def _runs_are_meant(ctx: click.Context, param: click.Parameter, given: str | None) -> None:
    """Say that a simulation counts runs to whoever counts draws, as other commands do.

    Raises
    ------
    FoedusError
        A number of draws is given.
    """
    if given is not None:
        runs = given if given.isdigit() else "200"
        what = "a case through the years counts runs, and each of them draws all that is judged anew"
        raise fail(f"option '--draws {given}'", what, f"Write --runs {runs}; --fixed for the values in use")


@click.command()
@case_argument
@click.option("--from", "first", type=int, help="First year; by default the first with yearly data.")
@click.option(
    "--to", "last", type=int, help="Last year; by default the last with yearly data. Later ones hold its values."
)
@click.option("--runs", default=200, show_default=True, help="Number of runs.")
@click.option("--seed", default=1, show_default=True, help="Seed of all runs.")
@click.option("--workers", type=int, help="Processes, by default one per core; the result is the same.")
@change_options
@law_option
@calibration_option
@click.option("--blank-slate", is_flag=True, help="Start without any institution of the record.")
@click.option("--drawn/--fixed", default=True, help="Each run draws all that is judged, or has the values in use.")
@click.option("--draws", hidden=True, callback=_runs_are_meant, expose_value=False, help="Refused: --runs is meant.")
@click.option(
    "--explain", "event", metavar="RUN.NUMBER", help="Explain one event of the log: who decided, by which terms."
)
@click.option("--run", type=int, metavar="K", help="With --trace: the run to tell, from 0.")
@click.option("--trace", is_flag=True, help="Tell one run event by event, with every decision.")
@click.option(
    "--output", type=click.Path(), metavar="DIR", help="Write every table, the record and a manifest to a new folder."
)
@click.option("--report", "page", type=click.Path(), metavar="FILE", help="Also write the page with its pictures.")
@json_option
def simulate(
    case: str,
    first: int | None,
    last: int | None,
    runs: int,
    seed: int,
    workers: int | None,
    settings: tuple[str, ...],
    levers: tuple[str, ...],
    without: tuple[str, ...],
    laws: tuple[str, ...],
    calibration: str,
    blank_slate: bool,
    drawn: bool,
    event: str | None,
    run: int | None,
    trace: bool,
    output: str | None,
    page: str | None,
    as_json: bool,
) -> None:
    """Run a case through the years: treaties form, hold and are left, quarrels flare, leaders change, forums teach.

    CASE is a built-in case with yearly data or a folder. A run starts from what was in force on the first of January.
    An event of the log is explained with the same arguments and --explain 17.203.
    """
    years = Years(first, last, runs, blank_slate, fixed=not drawn)
    asked = Ask(case, settings, without, calibration, 0, seed, laws=laws, levers=levers)
    if event is not None or trace or run is not None:
        number, which = through_years.read_event(event) if event is not None else (run or 0, None)
        task = through_years.planned(asked, years)
        hide = ("event", "year", "what") if event is not None else ("year", *COMPONENTS)
        show(through_years.explain_run(task, runs, number, which), as_json, hide)
        return
    refuse_existing(output, page)
    with progress_bar(f"running {case}") as progress:
        found = through_years.lived(asked, years, How(workers, progress=progress))
    record = found.record
    for path in through_years.save_all(found, record, output, page):
        tell(f"written: {path}", err=True)
    show(record, as_json)
    if not as_json:
        terminal.say(EXPLAINED, terminal.console(), "grey58")
