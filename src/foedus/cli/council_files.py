"""Commands of the council room on its files: play one again, take it away, open one from a file, fork it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import rich_click as click

from foedus.cli.spoken import tell
from foedus.vocabulary.errors import fail
from foedus.vocabulary.libraries import need
from foedus.vocabulary.whole import refuse_existing, write_whole

_F = TypeVar("_F", bound=Callable[..., Any])
_ZIP = ".zip"


def door(name: str) -> Any:
    """Return a module of the council room by its name; errors as :func:`foedus.vocabulary.libraries.need`."""
    for library in ("uvicorn", "starlette"):
        need(library, "web", "foedus council")
    return need(f"foedus.council.{name}", "web", "foedus council")


def stored_at(function: _F) -> _F:
    """Add the option that says on which server rooms are kept."""
    what = "A PostgreSQL server, as postgresql://user@host/db."
    return click.option("--store", "address", default="", metavar="ADDRESS", help=what)(function)


HERE = "http://127.0.0.1:8000"
"""Where a room is served if nothing else is said."""
kept_for = click.option(
    "--keep-for",
    "days",
    default=30,
    show_default=True,
    type=click.IntRange(0, 36_500),
    metavar="DAYS",
    help="How long it is kept after its last act; 0 for ever.",
)


def _links(function: _F) -> _F:
    base = click.option("--base", default=HERE, show_default=True, help="Address at which it will be served.")
    people = click.option(
        "--people", default=1, show_default=True, type=click.IntRange(1, 6), help="Links for each seat."
    )
    return base(people(kept_for(function)))


def taken_room(place: str, address: str) -> Any:
    """Return a room with everything that is kept of it: an export's, or a store's."""
    if place.endswith(_ZIP):
        return door("room_import").taken_from(Path(place))
    setting_up = door("setting_up")
    store = setting_up.room_opened(place, address)
    try:
        return door("export").taken(store, setting_up.slug(Path(place).stem))
    finally:
        store.close()


@click.command()
@click.argument("room")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="FILE", help="Also write the replay as one page, .html."
)
@click.option(
    "--as", "audience", default="facilitator", show_default=True, help="Whose page: facilitator, public, a seat."
)
@stored_at
def replay(room: str, output: Path | None, audience: str, address: str) -> None:
    """Play ROOM again, a room or its export: check its chain, work out its years anew, and say which differ."""
    refuse_existing(output)
    if output is not None and output.suffix != ".html":
        raise fail(f"--output {output}", "a replay is a page for a browser", f"Write {output.with_suffix('.html')}")
    if output is None and audience != "facilitator":
        raise fail(f"--as {audience}", "it says whose page is written, and none is", "Add --output FILE.html")
    taken = taken_room(room, address)
    found = door("room_import").again(taken)
    tell(door("told_of_rooms").story(found.form, found.room, [one.event for one in found.log]))
    head = found.log[-1].hash.hex() if found.log else "none"
    tell(f"\n{len(found.log)} events, each sealed to the one before. Head of the log: {head}")
    tell("\n".join(_verdict(found)))
    if output is not None:
        export = door("export")
        files = export.export_files(taken, export.audience(audience, found.form))
        tell(f"written: {write_whole(output, files[export.PAGE])}", err=True)


def _verdict(found: Any) -> list[str]:
    """Return what is said of a room that was played again: of what it was worked out that is another now, and what came of it."""
    if found.differs:
        kept = "The log stands as it was written; what is read of those years is what the room saw."
        return [*found.otherwise, *found.differs, kept]
    years = "All its years are worked out the same again." if found.room.years else "No year was worked out in it."
    return [*found.otherwise, years]


@click.command()
@click.argument("room")
@click.option("--audience", default="facilitator", show_default=True, help="facilitator, public, or a seat.")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="FILE", help="By default ROOM.zip, or ROOM-AUDIENCE.zip."
)
@click.option("--names", is_flag=True, help="With what people are called; without it with their numbers alone.")
@click.option(
    "--runs", default=0, show_default=True, type=click.IntRange(0, 10_000), help="With a debrief beside so many runs."
)
@stored_at
def export(room: str, audience: str, output: Path | None, names: bool, runs: int, address: str) -> None:
    """Take ROOM away as one archive: its log, minutes, tables and a replay page, each as the audience may read it."""
    file = door("export")
    stem = Path(room).stem if room.endswith((".room", _ZIP)) else Path(room).name
    target = output or Path(f"{stem}{'' if audience == 'facilitator' else f'-{audience}'}{_ZIP}")
    refuse_existing(target)
    taken = taken_room(room, address)
    viewer = file.audience(audience, door("setting_up").unpacked(taken.form))
    if runs and audience != "facilitator":
        raise fail(f"--runs {runs}", "a debrief is for the facilitator alone", "Leave out --runs or --audience")
    files = file.export_files(taken, viewer, names=names, runs=runs)
    write_whole(target, door("room_zip").zipped(files))
    tell(f"written: {target}, {len(files) + 1} files for {audience}", err=True)
    if runs and "debrief.md" not in files:
        tell("No debrief is among them: no year was worked out in this room.", err=True)


@click.command("import")
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--room", default="", metavar="NAME", help="File of the room; its name where it is kept on a server.")
@_links
@stored_at
def import_(archive: Path, room: str, base: str, people: int, days: int, address: str) -> None:
    """Open a room from ARCHIVE, a facilitator's export: its hashes and chain are checked, its years compared, links given anew."""
    importing = door("room_import")
    taken = importing.taken_from(archive)
    found = importing.again(taken)
    place = room or (taken.name if address else f"{door('setting_up').slug(taken.name)}.room")
    given = importing.open_room(taken, place, time.time(), address, people, upkeep_of(base, days))
    tell(f"{len(found.log)} events, each sealed to the one before.")
    tell("\n".join(_verdict(found)))
    told_of_links(place, given, base, address)


@click.command()
@click.argument("room")
@click.option("--at", "when", required=True, metavar="WHEN", help="2019.orders, 2019, or the number of an event.")
@click.option("--room", "place", default="", metavar="NAME", help="File of the new room; its name on a server.")
@click.option("--why", default="", help="Stands in its minutes.")
@click.option(
    "--luck", default=None, type=click.IntRange(0, 2**31 - 1), metavar="RUN", help="Other draws from that year on."
)
@_links
@stored_at
def fork(
    room: str, when: str, place: str, why: str, luck: int | None, base: str, people: int, days: int, address: str
) -> None:
    """Open a room of its own that goes on from a moment of ROOM, a room or its export, which stays as it is."""
    importing = door("room_import")
    taken = taken_room(room, address)
    number, now = importing.number_at(taken, when), time.time()
    stem = door("setting_up").slug(f"{taken.name}-{when}")
    place = place or (stem if address else f"{stem}.room")
    said = why or f"{taken.name} at {when}" + ("" if luck is None else f", with other luck (run {luck})")
    if luck is None:
        forked = importing.up_to(taken, number, now, said)
    else:
        forked = importing.with_other_luck(taken, number, luck, now, said)
    given = importing.open_room(forked, place, now, address, people, upkeep_of(base, days))
    tell(f"It goes on behind event {number}; what came later in {room} is not in it.")
    told_of_links(place, given, base, address)


def upkeep_of(base: str, days: int) -> Any:
    """Return what is said of the keeping of a room."""
    return door("store.keeping").Upkeep(base, days)


def told_of_links(place: str, given: Sequence[Any], base: str, address: str, *, lan: bool = False) -> None:
    """Say where a room is, and its links."""
    tell(f"written: {place}")
    tell("Each link opens its seat; they are kept nowhere, so keep them now:")
    name = door("setting_up").slug(Path(place).stem)
    for card in given:
        tell(f"{card.who:12} {card.link(base, name)}")
    found = urlsplit(base)
    lan = lan or (found.scheme == "http" and found.hostname not in _ALONE)  # behind TLS another server lets others in
    more = (f" --store {address}" if address else "") + (" --lan" if lan else "")
    tell(f"serve it: foedus council serve {place}{more}{'' if lan else LAN if base == HERE else ''}")


_ALONE = ("127.0.0.1", "localhost", "::1")
LAN = "   (for others in your network, make it with --lan)"
COMMANDS = (replay, export, import_, fork)
