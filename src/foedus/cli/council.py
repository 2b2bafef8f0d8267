"""The council room: make one, serve it, take it away, play it again."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import rich_click as click

from foedus.casebook.yaml_file import read_document
from foedus.cli.council_files import COMMANDS, told_of_links
from foedus.cli.rehearse import exercise, play
from foedus.vocabulary.errors import FoedusError, fail
from foedus.vocabulary.libraries import need
from foedus.vocabulary.whole import refuse_existing, write_all

SETTING_UP = "foedus.council.setting_up"
SERVED = "foedus.council.served"
"""Loaded when it is known that what they need is there."""

HERE = "http://127.0.0.1:8000"
"""Where a room is served if nothing else is said."""

_STORE = click.option(
    "--store", "address", default="", metavar="ADDRESS", help="A PostgreSQL server, as postgresql://user@host/db."
)


def _door(name: str) -> Any:
    need("uvicorn", "web", "foedus council")
    need("starlette", "web", "foedus council")
    return need(name, "web", "foedus council")


@click.group()
def council() -> None:
    """The council room: people in the seats of states, in the browser; the model plays the others and works out the year.

    Make a room, hand out its links, serve it:  foedus council new washington-1949;  foedus council serve washington-1949.room
    """


council.add_command(play)
council.add_command(exercise)
for _command in COMMANDS:
    council.add_command(_command)


@council.command()
@click.argument("form")
@click.option("--room", default="", metavar="NAME", help="File of the room; its name where it is kept on a server.")
@click.option("--plan", default="", metavar="MINUTES", help="Which plan of the exercise, such as 50.")
@click.option(
    "--cards",
    "printed",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also write the links as cards to print.",
)
@click.option("--people", default=1, show_default=True, type=click.IntRange(1, 6), help="Links for each seat.")
@click.option("--lan", is_flag=True, help="Links for others of this network, at the address of this machine.")
@click.option("--base", default="", help=f"Address at which it will be served. [default: {HERE}]")
@_STORE
def new(form: str, room: str, plan: str, printed: Path | None, people: int, lan: bool, base: str, address: str) -> None:
    """Make a room from FORM: an exercise, a case, or a file such as room.yaml; print its links, shown this once."""
    setting_up = _door(SETTING_UP)
    _agree(lan, base)
    if form.endswith((".yaml", ".yml")):
        _no_plan(form, plan)
        drawn = setting_up.drawn_up(_given(form))
    else:
        drawn = setting_up.asked_for(form, plan)
        if not drawn.exercise:
            _no_plan(form, plan)
    stem = setting_up.slug(Path(form).stem if form.endswith((".yaml", ".yml")) else form)
    place = room or (stem if address else f"{stem}.room")
    base = _door(SERVED).addresses(8000, lan=True)[-1] if lan else base or HERE
    if printed is not None:
        refuse_existing(printed, None)
        if not address and printed.resolve() == Path(place).resolve():
            raise fail(f"--cards {printed}", "the room itself would stand there", "Give the cards a name of their own")
    store = setting_up.room_made(place, drawn, time.time(), address)
    try:
        cards = setting_up.cards(store, drawn, people)
    finally:
        store.close()
    if printed is not None:
        write_all({printed: setting_up.printed_cards(cards, drawn, base, place)})
    told_of_links(place, cards, base, address)


def _agree(lan: bool, base: str) -> None:
    """Refuse addresses that are none, or two of them."""
    if lan and base:
        raise fail("--base", "--lan gives the address already", "Give one of the two")
    found = urlsplit(base)
    if base and (found.scheme not in ("http", "https") or not found.hostname):
        raise fail(f"--base '{base}'", "this is no address of a server", f"Write it as {HERE}")


def _no_plan(form: str, plan: str) -> None:
    if plan:
        raise fail(
            f"--plan '{plan}'", f"'{form}' is no exercise, and has no plans", "Leave it out, or name an exercise"
        )


def _given(form: str) -> dict[str, Any]:
    """Return the fields of a form in a file."""
    document = read_document(Path(form))
    if document.problems:
        raise FoedusError(document.problems)
    if not isinstance(document.data, dict):
        raise fail(form, "this is no form of a room", "Begin with a line such as case: europe-1949")
    return dict(document.data)


@council.command()
@click.argument("room")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65_535), help="0 for any that is free.")
@click.option("--lan", is_flag=True, help="Let others of this network in; without it only this machine is served.")
@click.option("--cert", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Certificate, for TLS.")
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Its key.")
@_STORE
def serve(room: str, port: int, lan: bool, cert: Path | None, key: Path | None, address: str) -> None:
    """Serve ROOM in the browser until Ctrl-C; what was acknowledged is on disk at any moment."""
    _door(SERVED).serve_room(room, address=address, port=port, lan=lan, cert=cert, key=key)


@council.command()
@click.argument("room")
@click.argument("who")
@click.option("--label", default="", help="What the person is called.")
@click.option("--base", default="http://127.0.0.1:8000", show_default=True, help="Address at which it is served.")
@_STORE
def link(room: str, who: str, label: str, base: str, address: str) -> None:
    """Give one more link of ROOM to WHO: a seat, observer or facilitator. The room must not be served meanwhile."""
    setting_up = _door(SETTING_UP)
    store = setting_up.room_opened(room, address)
    try:
        card = setting_up.another(store, who, label)
    finally:
        store.close()
    click.echo(f"{card.who:12} {card.link(base, setting_up.slug(Path(room).stem))}")


@council.command()
@click.argument("room")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_STORE
def delete(room: str, yes: bool, address: str) -> None:
    """Delete ROOM with everything in it."""
    setting_up = _door(SETTING_UP)
    setting_up.room_opened(room, address).close()
    if not yes:
        click.confirm(f"Delete {room} with everything that was said in it?", abort=True)
    setting_up.room_deleted(room, address)
    click.echo(f"deleted: {room}")
