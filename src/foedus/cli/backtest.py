"""Forecasts of two centuries of alliances, out of sample, beside honest baselines."""

from __future__ import annotations

import rich_click as click

from foedus.asking import backtesting
from foedus.cli.options import hand_out
from foedus.cli.progress import progress_bar
from foedus.vocabulary.whole import refuse_existing


@click.command()
@click.option(
    "--data", type=click.Path(), metavar="FOLDER", help="A store or tidy tables, by default the user's store."
)
@click.option("--output", type=click.Path(), metavar="DIR", help="New folder for all tables (CSV) and the document.")
@click.option("--report", "page", type=click.Path(), metavar="FILE", help="New file for the page.")
@click.option("--quick", is_flag=True, help="A small sample and the two long windows: a first look in minutes.")
@click.option("--window", "windows", multiple=True, metavar="NAME", help="Only this window. May be repeated.")
@click.option("--baseline", "baselines", multiple=True, metavar="NAME", help="Only this baseline. May be repeated.")
@click.option("--seed", default=1, show_default=True, help="Seed of what is drawn by lot.")
@click.option("--workers", type=int, help="Processes, by default one per core; the result is the same.")
@click.option("--json", "as_json", is_flag=True, help="Print plain JSON instead of tables.")
def backtest(
    data: str | None,
    output: str | None,
    page: str | None,
    quick: bool,
    windows: tuple[str, ...],
    baselines: tuple[str, ...],
    seed: int,
    workers: int | None,
    as_json: bool,
) -> None:
    """Learn to a year, forecast who signs, who is in and what ends, score it, move the year.

    Baselines and theory stand in one table, with bands from resampling whole signings; the protocol is in
    docs/backtest.md.
    """
    refuse_existing(output, page)
    with progress_bar("forecasting") as progress:
        found = backtesting.backtest(
            data, seed=seed, quick=quick, windows=windows, baselines=baselines, workers=workers, progress=progress
        )
    hand_out(found.record, as_json, output, page)
