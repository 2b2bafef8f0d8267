"""Options that several commands share, and how a result is printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import rich_click as click

from foedus.reports import terminal
from foedus.vocabulary import tables

_F = TypeVar("_F", bound=Callable[..., Any])


def case_argument(function: _F) -> _F:
    """Add the case: a built-in name or a folder."""
    return click.argument("case", default="indo-pacific-2020")(function)


def change_options(function: _F) -> _F:
    """Add what can be changed by hand."""
    function = click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="NAME=VALUE",
        help="Set a fact or a parameter, as japan.trade.china=0.02 or treaty_reliability=0.5. May be repeated.",
    )(function)
    return click.option(
        "--without", multiple=True, metavar="MECHANISM", help="Switch a mechanism off by name. May be repeated."
    )(function)


def calibration_option(function: _F) -> _F:
    """Add the calibration that parameters are drawn from."""
    return click.option(
        "--calibration",
        default="",
        metavar="NAME",
        help="Draw parameters from a calibration, by name (see `foedus calibrate list`) or file, not judged ranges.",
    )(function)


def json_option(function: _F) -> _F:
    """Add the choice of plain JSON."""
    return click.option("--json", "as_json", is_flag=True, help="Print plain JSON instead of tables.")(function)


def draw_options(function: _F) -> _F:
    """Add size, seed and processes of an ensemble."""
    return draw_options_from(200)(function)


def draw_options_from(draws: int) -> Callable[[_F], _F]:
    """Return what adds size, seed and processes of an ensemble, with a default size of its own."""

    def add(function: _F) -> _F:
        for option in (
            click.option("--workers", type=int, help="Processes, by default one per core; the result is the same."),
            click.option("--seed", default=1, show_default=True, help="Seed of the ensemble."),
            click.option("--draws", default=draws, show_default=True, help="Draws of the ensemble; 0 for none."),
        ):
            function = option(function)
        return function

    return add


def print_json(data: Any) -> None:
    """Print plain JSON; numbers that do not exist are null."""
    click.echo(json.dumps(_plain(data), indent=1, ensure_ascii=False, allow_nan=False))


def show(table: tables.Table, as_json: bool, hide: tuple[str, ...] = ()) -> None:
    """Print a table, plainly or for readers."""
    if as_json:
        print_json({"title": table.title, "columns": [vars(c) for c in table.columns], "rows": list(table)})
    else:
        terminal.show_table(table, terminal.console(), hide)


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(k): _plain(v) for k, v in data.items()}
    if isinstance(data, list | tuple):
        return [_plain(v) for v in data]
    if isinstance(data, float) and (data != data or data in (float("inf"), float("-inf"))):
        return None
    return data
