"""The council room: make one, serve it, take it away, play it again."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import rich_click as click

from foedus.casebook.yaml_file import read_document
from foedus.cli.council_files import COMMANDS, HERE, door, kept_for, stored_at, told_of_links, upkeep_of
from foedus.cli.rehearse import exercise, play, rehearse, told_of_template, without_plan
from foedus.cli.spoken import tell
from foedus.vocabulary.errors import FoedusError, fail
from foedus.vocabulary.whole import refuse_existing, write_all

_F = TypeVar("_F", bound=Callable[..., Any])


def _links(function: _F) -> _F:
    """Add what says for whom links are, where they lead, and whether they are printed."""
    cards = click.option(
        "--cards",
        "printed",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Also write the links as cards to print, with QR codes.",
    )
    people = click.option(
        "--people", default=1, show_default=True, type=click.IntRange(1, 6), help="Links for each seat."
    )
    lan = click.option("--lan", is_flag=True, help="Links for others of this network, at the address of this machine.")
    base = click.option("--base", default="", help=f"Address at which it will be served. [default: {HERE}]")
    port = click.option(
        "--port", default=None, type=click.IntRange(1, 65_535), help="Another port than 8000, of --lan or this machine."
    )
    return cards(people(lan(port(base(function)))))


@click.group()
def council() -> None:
    """The council room: people in the seats of states, in the browser; the model plays the others and works out the year.

    Make a room, hand out its links, serve it:  foedus council new washington-1949;  foedus council serve washington-1949.room
    """


for _command in (play, exercise, rehearse):
    council.add_command(_command)
for _command in COMMANDS:
    council.add_command(_command)


@council.command()
@click.argument("form")
@click.option("--room", default="", metavar="NAME", help="File of the room; its name where it is kept on a server.")
@click.option("--plan", default="", metavar="MINUTES", help="Which plan of the exercise, such as 50.")
@_links
@kept_for
@stored_at
def new(
    form: str,
    room: str,
    plan: str,
    printed: Path | None,
    people: int,
    lan: bool,
    port: int | None,
    base: str,
    days: int,
    address: str,
) -> None:
    """Make a room from FORM: an exercise, a case, or a file such as room.yaml; print its links, shown this once."""
    setting_up = door("setting_up")
    _agree(lan, base, port)
    if form.endswith((".yaml", ".yml")):
        without_plan(form, plan)
        drawn = setting_up.drawn_up(_given(form))
    else:
        drawn = setting_up.asked_for(form, plan)
        if not drawn.exercise:
            without_plan(form, plan)
    door("room_form").check_dates(drawn, time.time())
    told_of_template(form)
    stem = setting_up.slug(Path(form).stem if form.endswith((".yaml", ".yml")) else form)
    place = room or (stem if address else f"{stem}.room")
    base = _based(lan, base, port)
    if printed is not None:
        refuse_existing(printed, None)
        if not address and printed.resolve() == Path(place).resolve():
            raise fail(f"--cards {printed}", "the room itself would stand there", "Give the cards a name of their own")
    store = setting_up.room_made(place, drawn, time.time(), address, upkeep_of(base, days))
    try:
        cards = setting_up.cards(store, drawn, people)
    finally:
        store.close()
    if printed is not None:
        write_all({printed: setting_up.printed_cards(cards, drawn, base, place)})
        tell(f"written: {printed}; print it from a browser: the first card is yours, it opens the console")
    told_of_links(place, cards, base, address, lan=lan)


@council.command()
@click.argument("room")
@_links
@stored_at
def links(room: str, printed: Path | None, people: int, lan: bool, port: int | None, base: str, address: str) -> None:
    """Give all links of ROOM anew, for another address; those that were given before open nothing any more.

    The room must not be served meanwhile.
    """
    setting_up = door("setting_up")
    _agree(lan, base, port)
    base = _based(lan, base, port)
    if printed is not None:
        refuse_existing(printed, None)
    store = setting_up.room_opened(room, address)
    try:
        cards = setting_up.cards_anew(store, people, time.time())
        store.keep_upkeep(upkeep_of(base, store.upkeep().keep_days))
        drawn = setting_up.unpacked(store.form())
    finally:
        store.close()
    if printed is not None:
        write_all({printed: setting_up.printed_cards(cards, drawn, base, room)})
        tell(f"written: {printed}; print it from a browser: the first card is yours, it opens the console")
    told_of_links(room, cards, base, address, lan=lan)


@council.command()
@click.argument("room")
@click.option("--days", required=True, type=click.IntRange(0, 36_500), help="Days after its last act; 0 for ever.")
@stored_at
def keep(room: str, days: int, address: str) -> None:
    """Keep ROOM for so many days after its last act. The room must not be served meanwhile."""
    store = door("setting_up").room_opened(room, address)
    try:
        store.keep_upkeep(upkeep_of(store.upkeep().printed, days))
    finally:
        store.close()
    tell(f"{room}: kept {f'for {days} days after its last act' if days else 'for ever'}")


@council.command()
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@stored_at
def tidy(folder: Path, address: str) -> None:
    """Delete the rooms of FOLDER, or of a server, whose days are over; say of each what became of it."""
    found = list(door("days").tidied(folder, address))
    for place, words in found:
        tell(f"{place}: {words}")
    if not found:
        where = "the server keeps no room" if address else f"{folder}: no file here ends in .room"
        tell(f"{where}; nothing was deleted")


def _based(lan: bool, base: str, port: int | None) -> str:
    """Return the address at which a room will be served."""
    if lan:
        return str(door("served").addresses(port or 8000, lan=True)[-1])
    return base or (HERE if port is None else f"{HERE.rpartition(':')[0]}:{port}")


def _agree(lan: bool, base: str, port: int | None) -> None:
    """Refuse addresses that are none, or two of them."""
    if base and port is not None:
        raise fail("--port", "--base gives the port already", "Give one of the two")
    if lan and base:
        raise fail("--base", "--lan gives the address already", "Give one of the two")
    found = urlsplit(base)
    if base and (found.scheme not in ("http", "https") or not found.hostname):
        raise fail(f"--base '{base}'", "this is no address of a server", f"Write it as {HERE}")


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
@click.argument("others", nargs=-1)
@click.option(
    "--port", default=None, type=click.IntRange(0, 65_535), help="0 for any that is free; by default that of its links."
)
@click.option("--lan", is_flag=True, help="Let others of this network in; without it only this machine is served.")
@click.option("--cert", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Certificate, for TLS.")
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Its key.")
@stored_at
def serve(
    room: str, others: tuple[str, ...], port: int | None, lan: bool, cert: Path | None, key: Path | None, address: str
) -> None:
    """Serve ROOM in the browser until Ctrl-C, others beside it; what was acknowledged is on disk at any moment."""
    door("served").serve_room(room, others, address=address, port=port, lan=lan, cert=cert, key=key)


@council.command()
@click.argument("room")
@click.argument("who")
@click.option("--label", default="", help="What the person is called.")
@click.option("--base", default="", help="Address at which it is served. [default: that of its other links]")
@stored_at
def link(room: str, who: str, label: str, base: str, address: str) -> None:
    """Give one more link of ROOM to WHO: a seat, observer or facilitator. The room must not be served meanwhile."""
    setting_up = door("setting_up")
    store = setting_up.room_opened(room, address)
    try:
        card = setting_up.another(store, who, label)
        base = base or store.upkeep().printed or HERE
    finally:
        store.close()
    tell(f"{card.who:12} {card.link(base, setting_up.slug(Path(room).stem))}")


@council.command()
@click.argument("room")
@click.option("--yes", is_flag=True, help="Do not ask.")
@stored_at
def delete(room: str, yes: bool, address: str) -> None:
    """Delete ROOM with everything in it."""
    setting_up = door("setting_up")
    setting_up.room_opened(room, address).close()
    if not yes:
        click.confirm(f"Delete {room} with everything that was said in it?", abort=True)
    setting_up.room_deleted(room, address)
    tell(f"deleted: {room}")
