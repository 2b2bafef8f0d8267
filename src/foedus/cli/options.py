"""Options that several commands share, and how a result is printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import rich_click as click
from click.core import ParameterSource

from foedus.asking import files
from foedus.asking.ask import Ask, How
from foedus.asking.gloss import glossed
from foedus.cli.spoken import tell
from foedus.model.sizes import SIZES
from foedus.questions.in_draws import FEW
from foedus.surfaces import terminal
from foedus.vocabulary.errors import fail
from foedus.vocabulary.record import Record, Section, plain
from foedus.vocabulary.tables import Table
from foedus.vocabulary.whole import Contents, write_all

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
    function = click.option(
        "--lever",
        "levers",
        multiple=True,
        metavar="NAME=SIZE",
        help=f"Scale a kind of fact for all states, as trade=0.5, or of one adversary alone, as trade.CHN=0.5: {', '.join(SIZES)}, or one that the case has itself. May be repeated.",
    )(function)
    return click.option(
        "--without", multiple=True, metavar="MECHANISM", help="Switch a mechanism off by name. May be repeated."
    )(function)


def law_option(function: _F) -> _F:
    """Add the procedures that can be replaced by name."""
    return click.option(
        "--law",
        "laws",
        multiple=True,
        metavar="PROCEDURE=NAME",
        help="Replace a procedure by a variant, as holding=habit (see `foedus mechanisms`). May be repeated.",
    )(function)


def given_option(function: Callable[..., None]) -> Callable[..., None]:
    """Add what is given of states; the command gets it in what is ``asked``."""

    @wraps(function)
    def command(given: tuple[str, ...], asked: Ask, **more: Any) -> None:
        function(asked=replace(asked, given=given), **more)

    return click.option(
        "--given",
        multiple=True,
        metavar="STATE=agrees|refuses",
        help="Also say what the draws come to given that a state agrees to a council of all: JPN=agrees. May be repeated.",
    )(command)


def _named(context: click.Context, option: click.Parameter, value: str) -> str:
    """Refuse an empty name that was given: an empty variable of a script would ask for the judged ranges without a word."""
    if not value and context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE:
        raise fail(f"{option.opts[0]} ''", "the name is empty", "Leave it out, or see `foedus calibrate list`")
    return value


def calibration_option(function: _F) -> _F:
    """Add the calibration that parameters are drawn from."""
    return click.option(
        "--calibration",
        default="",
        callback=_named,
        metavar="NAME",
        help="Draw parameters from a calibration, by name (see `foedus calibrate list`) or file, not judged ranges.",
    )(function)


def json_option(function: _F) -> _F:
    """Add the choice of plain JSON."""
    return click.option("--json", "as_json", is_flag=True, help="Print plain JSON instead of tables.")(function)


def over_option(function: _F) -> _F:
    """Add what varies from draw to draw."""
    return click.option(
        "--over",
        default="parameters,inputs",
        show_default=True,
        metavar="LIST",
        help="What varies: parameters, inputs, architectures (what is in force at the beginning).",
    )(function)


def engine_option(function: _F) -> _F:
    """Add who works the draws out."""
    return click.option(
        "--engine",
        default="",
        metavar="NAME",
        help="processes (default), serial, or dask://HOST:PORT for a cluster; the result is the same.",
    )(function)


def listed(text: str) -> tuple[str, ...]:
    """Return the words of a comma-separated list."""
    return tuple(w.strip() for w in text.split(",") if w.strip())


def asking(function: Callable[..., None]) -> Callable[..., None]:
    """Add everything that can be asked of a case, and how it is worked out: the command gets ``asked`` and ``how``."""
    return asking_of(case_argument, draw_options)(function)


def asking_of(
    case_from: Callable[[Any], Any], drawn: Callable[[Any], Any]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return what adds everything that can be asked, for commands with a case, sizes or an engine of their own.

    Parameters
    ----------
    case_from : callable
        Adds the argument ``case``.
    drawn : callable
        Adds ``--draws``, ``--seed``, ``--workers`` and, where there is a choice, ``--engine``.
    """

    def add(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def command(
            case: str,
            settings: tuple[str, ...],
            levers: tuple[str, ...],
            without: tuple[str, ...],
            laws: tuple[str, ...],
            calibration: str,
            draws: int,
            seed: int,
            workers: int | None,
            engine: str = "",
            **more: Any,
        ) -> None:
            asked = Ask(case, settings, without, calibration, draws, seed, laws=laws, levers=levers)
            function(asked=asked, how=How(workers, engine), **more)

        return case_from(change_options(law_option(calibration_option(drawn(command)))))  # type: ignore[no-any-return]

    return add


def draw_options(function: _F) -> _F:
    """Add size, seed and processes of an ensemble."""
    return draw_options_from(200)(function)


def draw_options_from(draws: int, words: str = "Draws of the ensemble; 0 for none.") -> Callable[[_F], _F]:
    """Return what adds size, seed and processes of an ensemble, with a default size of its own, and what it is."""

    def add(function: _F) -> _F:
        for option in (
            click.option("--workers", type=int, help="Processes, by default one per core; the result is the same."),
            click.option("--seed", default=1, show_default=True, help="Seed of the ensemble."),
            click.option("--draws", default=draws, show_default=True, help=words),
        ):
            function = option(function)
        return function

    return add


def band_options(function: _F) -> _F:
    """Add draws for the band of a question that is asked by itself, their seed, and processes."""
    return draw_options_from(FEW, "Draws of all judged numbers, for the band of the answer; 0 for none.")(function)


def far_options(draws: int, words: str) -> Callable[[_F], _F]:
    """Return what :func:`draw_options_from` adds, and the engine: for runs that a cluster may work out."""
    return lambda function: draw_options_from(draws, words)(engine_option(function))


def print_json(data: Any) -> None:
    """Print plain JSON; numbers that do not exist are null."""
    click.echo(json.dumps(plain(data), indent=1, ensure_ascii=False, allow_nan=False))


def show(found: Table | Section | Record, as_json: bool, hide: tuple[str, ...] = ()) -> None:
    """Print a table, a section or a whole record, plainly or for readers."""
    if as_json:
        print_json(found.to_dict() if not isinstance(found, Table) else table_dict(found))
    elif isinstance(found, Table):
        terminal.show_table(found, terminal.console(), hide)
    elif isinstance(found, Section):
        terminal.show_section(found, terminal.console())
    else:
        terminal.show(glossed(found), terminal.console())


def table_dict(table: Table) -> dict[str, Any]:
    """Return a table as plain data, one mapping per row."""
    return {"title": table.title, "columns": [c.about() for c in table.columns], "rows": list(table)}


def file_options(function: _F) -> _F:
    """Add where a record goes besides the terminal: tidy files, a page, pictures."""
    for option in (
        click.option(
            "--format",
            "form",
            type=click.Choice(["svg", "png"]),
            default="svg",
            show_default=True,
            help="Format of the pictures.",
        ),
        click.option("--figures", type=click.Path(), metavar="DIR", help="Also write every picture to a new folder."),
        click.option("--report", "page", type=click.Path(), metavar="FILE", help="Also write it as a page."),
        click.option(
            "--output",
            "-o",
            type=click.Path(),
            metavar="DIR",
            help="Also write every table, the record and a manifest to a new folder.",
        ),
    ):
        function = option(function)
    return function


def hand_out(
    record: Record,
    as_json: bool,
    output: str | None = None,
    page: str | None = None,
    figures: str | None = None,
    form: str = "svg",
) -> None:
    """Write a record to where it is to go, all of it or nothing, then print it: files first, so that nothing is lost.

    Parameters
    ----------
    record : Record
    as_json : bool
    output, page, figures : str, optional
        A new folder of tidy files, a new page, and a new folder of pictures.
    form : str
        Format of the pictures, ``svg`` or ``png``.
    """
    results: dict[Path, Contents] = {Path(output): files.table_files(record)} if output else {}
    results |= {Path(page): files.page_text(record)} if page else {}
    results |= {Path(figures): files.figure_files(record, form)} if figures else {}
    for path in write_all(results):
        tell(f"written: {path}", err=True)
    show(record, as_json)
