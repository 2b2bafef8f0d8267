"""The workbench: foedus in the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import rich_click as click

from foedus.asking.ask import Ask
from foedus.asking.kept import keep
from foedus.cli.options import case_argument
from foedus.questions.findings import Assessment
from foedus.vocabulary.errors import fail
from foedus.vocabulary.libraries import need
from foedus.web.address import of_ask, write

DOOR = "foedus.web.doorway"
"""Loaded when it is known that what it needs is there."""

_PORTS = 65_535

_F = TypeVar("_F", bound=Callable[..., Any])


def open_option(function: _F) -> _F:
    """Add the choice of opening the page of the workbench that shows the same."""
    what = "Then open the page of the workbench that shows the same, until Ctrl-C (see `foedus web`)."
    return click.option("--open", "show_page", is_flag=True, help=what)(function)


def doorway() -> Any:
    """Return the door of the workbench.

    Raises
    ------
    FoedusError
        What it needs is not installed.
    """
    need("uvicorn", "web", "foedus web")
    need("starlette", "web", "foedus web")
    return need(DOOR, "web", "foedus web")


def open_page(asked: Ask, found: Assessment) -> None:
    """Keep an answer where the workbench finds it, and open its page until it is stopped; errors as :func:`doorway`'s."""
    keep(found)
    stem = asked.name.rpartition("@")[0] if of_ask(asked).year is not None else asked.name
    doorway().serve(stem, port=0, show=True, page=write(of_ask(asked)))


@click.command()
@case_argument
@click.option("--port", default=8000, show_default=True, type=int, help="Port; 0 for any that is free.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; with --public, 0.0.0.0 for all."
)
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
@click.option("--public", is_flag=True, help="Serve others: limits hold, and any host name is answered.")
@click.option("--root-path", default="", metavar="PATH", help="Path below which a proxy serves it, as /foedus.")
def web(case: str, port: int, host: str, show: bool, public: bool, root_path: str) -> None:
    """The workbench in the browser, on this machine and offline: answers, why, what if, trials, the documentation.

    CASE is the case that the first page shows: a built-in name or a folder.
    """
    if not 0 <= port <= _PORTS:
        raise fail(f"--port {port}", "there is no such port", f"Give 0 to {_PORTS:,}; 0 takes any that is free")
    doorway().serve(case, host=host, port=port, show=show, public=public, root_path=root_path)
