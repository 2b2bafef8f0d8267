"""All states through the years by the record's law, beside the record."""

from __future__ import annotations

import rich_click as click

from foedus.asking import whole_world
from foedus.cli.options import file_options, hand_out, json_option
from foedus.cli.progress import progress_bar
from foedus.vocabulary.whole import refuse_existing


@click.command()
@click.option("--from", "first", default=1946, show_default=True, help="First year.")
@click.option("--to", "last", default=1975, show_default=True, help="Last year.")
@click.option("--runs", default=whole_world.RUNS, show_default=True, help="Runs.")
@click.option("--seed", default=1, show_default=True, help="Seed of all runs.")
@click.option("--workers", type=int, help="Processes, by default one per core; the result is the same.")
@click.option(
    "--rates",
    default="span",
    show_default=True,
    metavar="WHEN",
    help="How many treaties are founded and end: as in the span that is run, or as in the ten years before it.",
)
@click.option(
    "--data", type=click.Path(), metavar="FOLDER", help="A store or tidy tables, by default the user's store."
)
@file_options
@json_option
def world(
    first: int,
    last: int,
    runs: int,
    seed: int,
    workers: int | None,
    rates: str,
    data: str | None,
    output: str | None,
    page: str | None,
    figures: str | None,
    form: str,
    as_json: bool,
) -> None:
    """All states through the years: treaties are founded by the record's law and end by habit, beside the record.

    Where the record lies among the runs is said number by number: treaties, their sizes, who has how many allies,
    triads, and how long treaties last. It needs historical data (see `foedus data`); docs/world.md says how to read it.
    """
    refuse_existing(output, page, figures)
    with progress_bar("running the world") as progress:
        found = whole_world.world(
            first, last, runs=runs, seed=seed, rates=rates, data=data, workers=workers, progress=progress
        )
    hand_out(found.record, as_json, output, page, figures, form)
