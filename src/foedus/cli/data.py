"""Import, pull and describe historical data sets."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import rich_click as click

from foedus.archive import store as datastore
from foedus.cli.options import json_option, print_json
from foedus.cli.spoken import tell
from foedus.surfaces import terminal
from foedus.vocabulary.errors import fail

_F = TypeVar("_F", bound=Callable[..., Any])


def _store_option(function: _F) -> _F:
    return click.option(
        "--store",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        help="Folder of the store, by default FOEDUS_DATA or the data folder of the user.",
    )(function)


@click.group()
def data() -> None:
    """Import, pull and describe historical data sets."""


@data.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@_store_option
@json_option
def import_data(folder: Path, store: Path | None, as_json: bool) -> None:
    """Import the published files in a folder; a file that is refused is named and does not stop the others."""
    _show(datastore.import_folder(folder, store), as_json)


@data.command()
@click.argument("names", nargs=-1)
@_store_option
@click.option("--base", metavar="ADDRESS", help="A mirror in place of the official addresses.")
@click.option("--sha256", multiple=True, metavar="NAME=HASH", help="Checksum a download must have. May be repeated.")
@json_option
def pull(names: tuple[str, ...], store: Path | None, base: str | None, sha256: tuple[str, ...], as_json: bool) -> None:
    """Download data sets from their official addresses; a broken download goes on where it stopped."""
    parts = [s.partition("=") for s in sha256]
    for name, _, value in parts:
        if len(value) != 64 or set(value.casefold()) - set("0123456789abcdef"):
            raise fail(f"--sha256 {name}", "a checksum is a name, =, and 64 hexadecimal digits", "Copy it in full")
    _show(datastore.pull(names, store, base, {name: value for name, _, value in parts}), as_json)


@data.command()
@_store_option
@json_option
def status(store: Path | None, as_json: bool) -> None:
    """Show versions, coverage, rows and hashes of what is in the store, and what is not."""
    _show(datastore.status(store), as_json, terms=False)


@data.command()
@click.argument("names", nargs=-1)
@_store_option
@json_option
def cite(names: tuple[str, ...], store: Path | None, as_json: bool) -> None:
    """Say how to cite data sets and on which terms they come; by default those in the store."""
    found = datastore.cite(names, store)
    if as_json:
        print_json(list(found))
        return
    for row in found:
        tell(f"{row['data_set']} ({row['version']})\n  {row['citation']}\n  {row['page']}\n  {row['licence']}\n")


def _show(table: Any, as_json: bool, terms: bool = True) -> None:
    """Print a table and the terms of use; hashes in full are for machines."""
    refused = any(row["table"] == datastore.REFUSED for row in table)
    if as_json:
        print_json(list(table))
        sys.exit(2 if refused else 0)
    terminal.show_table(table, terminal.console(), hide=("sha256", "licence", "why"))
    for row in table:
        if row.get("why"):
            tell(f"{row['file']}: {row['table']}: {row['why']}.", err=True)
    if terms:
        for note in sorted({row["licence"] for row in table if row["licence"]}):
            tell(f"Terms: {note}")
        tell("Cite what you use: foedus data cite")
    if refused:
        sys.exit(2)
