"""Which lists of states the record holds likely, and why."""

from __future__ import annotations

import rich_click as click

from foedus.asking import signing
from foedus.cli.options import file_options, hand_out, json_option, listed
from foedus.vocabulary.whole import refuse_existing


@click.command()
@click.option("--year", required=True, type=int, help="Year of the signing; what is looked at is of the year before.")
@click.option("--region", default="world", show_default=True, help="world, europe, asia, asia-pacific, ...")
@click.option("--size", default=3, show_default=True, help="Members of a list.")
@click.option("--with", "inside", default="", metavar="LIST", help="States that are in every list, as USA,CAN.")
@click.option("--states", default="", metavar="LIST", help="One list to look at by name, as USA,AUS,NZL.")
@click.option("--lists", default=10, show_default=True, help="Lists that are shown.")
@click.option(
    "--data", type=click.Path(), metavar="FOLDER", help="A store or tidy tables, by default the user's store."
)
@click.option("--seed", default=1, show_default=True, help="Seed of the lists drawn for the mean over all.")
@file_options
@json_option
def likely(
    year: int,
    region: str,
    size: int,
    inside: str,
    states: str,
    lists: int,
    data: str | None,
    seed: int,
    output: str | None,
    page: str | None,
    figures: str | None,
    form: str,
    as_json: bool,
) -> None:
    """Which lists of states the record of two centuries holds likely to sign, and why, term by term.

    The record's law has four weights: separation, common enemy, trust, autonomy. It stands beside the case theory of
    `foedus assess` and has no money in it; docs/formation.md says what it can and cannot do.
    """
    refuse_existing(output, page, figures)
    found = signing.likely(
        year, region, size, inside=listed(inside), states=listed(states), lists=lists, data=data, seed=seed
    )
    hand_out(found.record, as_json, output, page, figures, form)
