"""The workbench: foedus in the browser. Nothing of the model is read here, so that the first page need not wait for it."""

from __future__ import annotations

from typing import Any

import rich_click as click

from foedus.vocabulary.errors import fail
from foedus.vocabulary.libraries import need

DOOR = "foedus.web.doorway"
"""Loaded when it is known that what it needs is there."""

BOOK = "foedus.web.class_book"

_PORTS = 65_535


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


@click.command()
@click.argument("case", default="indo-pacific-2020")
@click.option("--port", default=8000, show_default=True, type=int, help="Port; 0 for any that is free.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; with --public, 0.0.0.0 for all."
)
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
@click.option("--public", is_flag=True, help="Serve others: limits hold, and any host name is answered.")
@click.option("--root-path", default="", metavar="PATH", help="Path below which a proxy serves it, as /foedus.")
@click.option(
    "--class", "book", type=click.Path(), metavar="FILE", help="Serve a class: keep its answers in this file."
)
@click.option(
    "--question", default="", metavar="TEXT", help="What the class is asked; the question of the case if empty."
)
@click.option(
    "--may", multiple=True, metavar="LEVER", help="What the class may change: a lever. May be repeated; all if none."
)
def web(
    case: str,
    port: int,
    host: str,
    show: bool,
    public: bool,
    root_path: str,
    book: str | None,
    question: str,
    may: tuple[str, ...],
) -> None:
    """The workbench in the browser, on this machine and offline: answers, why, what if, trials, the documentation.

    CASE is the case that the first page shows: a built-in name or a folder.
    """
    if not 0 <= port <= _PORTS:
        raise fail(f"--port {port}", "there is no such port", f"Give 0 to {_PORTS:,}; 0 takes any that is free")
    if book is None and (question or may):
        raise fail(
            "--question" if question else "--may", "no class is served", "Add --class FILE, which keeps its answers"
        )
    door, more = doorway(), {}
    if book is not None:
        more = {"book": need(BOOK, "web", "foedus web").ClassBook(book, question, may), "page": "/class"}
    door.serve(case, host=host, port=port, show=show, public=public, root_path=root_path, **more)
