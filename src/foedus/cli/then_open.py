"""Then open: an answer of the command line as the page of the workbench that shows the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import rich_click as click

from foedus.asking.ask import Ask
from foedus.asking.kept import keep
from foedus.cli.web import doorway
from foedus.questions.findings import Assessment
from foedus.web.address import of_ask, write

_F = TypeVar("_F", bound=Callable[..., Any])


def open_option(function: _F) -> _F:
    """Add the choice of opening the page of the workbench that shows the same."""
    what = "Then open the page of the workbench that shows the same, until Ctrl-C (see `foedus web`)."
    return click.option("--open", "show_page", is_flag=True, help=what)(function)


def open_page(asked: Ask, found: Assessment) -> None:
    """Keep an answer where the workbench finds it, and open its page until it is stopped; errors as :func:`doorway`'s."""
    keep(asked, found)
    stem = asked.name.rpartition("@")[0] if of_ask(asked).year is not None else asked.name
    doorway().serve(stem, port=0, show=True, page=write(of_ask(asked)))
