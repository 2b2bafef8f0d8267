"""Estimate the parameters of the theory from data, and look at what came out."""

from __future__ import annotations

import rich_click as click

from foedus.asking import calibrating
from foedus.cli.options import hand_out, json_option
from foedus.cli.progress import progress_bar
from foedus.cli.spoken import tell
from foedus.estimation import estimates
from foedus.model import calibration_file
from foedus.vocabulary.whole import refuse_existing


@click.group(invoke_without_command=True)
@click.option(
    "--data", type=click.Path(), metavar="FOLDER", help="A store or tidy tables, by default the user's store."
)
@click.option("--from", "first", default=1817, show_default=True, help="First year of the choices.")
@click.option("--to", "last", default=2016, show_default=True, help="Last year; nothing later enters.")
@click.option("--alternatives", "controls", default=20, show_default=True, help="Drawn per year and size.")
@click.option("--seed", default=1, show_default=True, help="Seed of what is drawn by lot.")
@click.option("--name", default="", help="Of the calibration, by default record-FROM-TO.")
@click.option("--workers", type=int, help="Processes, by default one per core; the result is the same.")
@click.option("--output", type=click.Path(), metavar="FILE", help="New file for the calibration (YAML).")
@click.option("--report", "page", type=click.Path(), metavar="FILE", help="Also write it as a page.")
@json_option
@click.pass_context
def calibrate(
    ctx: click.Context,
    data: str | None,
    first: int,
    last: int,
    controls: int,
    seed: int,
    name: str,
    workers: int | None,
    output: str | None,
    page: str | None,
    as_json: bool,
) -> None:
    """What two centuries of signing and leaving say about the parameters of the theory.

    The result is a calibration: a document that `foedus assess --calibration FILE` starts from in place of the judged
    ranges. Parameters that the data do not identify are named and keep theirs.
    """
    if ctx.invoked_subcommand is not None:
        return
    refuse_existing(output, page)
    with progress_bar("estimating") as progress:
        found = calibrating.calibrate(
            data, first=first, last=last, controls=controls, seed=seed, name=name, workers=workers, progress=progress
        )
    if output:
        tell(f"written: {found.write(output)}", err=True)
    hand_out(found.record, as_json, page=page)


@calibrate.command("list")
def list_calibrations() -> None:
    """List the calibrations that come with the package."""
    for name in calibration_file.calibration_names():
        tell(name)


@calibrate.command()
@click.argument("name")
@click.option("--report", "page", type=click.Path(), metavar="FILE", help="Also write it as a page.")
@json_option
def show(name: str, page: str | None, as_json: bool) -> None:
    """Show a calibration, by name or file: judged range, estimate, and what the data do not identify."""
    refuse_existing(page)
    form, sha256 = calibration_file.calibration_document(name)
    hand_out(estimates.record_of(form, sha256), as_json, page=page)
