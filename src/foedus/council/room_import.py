"""Rooms from files: an export is checked, played again and compared; a room is opened from it, whole or up to a moment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_bytes
from typing import Any

from foedus.council.acts import FACILITATOR, Event
from foedus.council.export import ABOUT, FORM, FORMAT, LOG, Taken
from foedus.council.fold import Room, folded, folded_all, opened
from foedus.council.playing import played_again
from foedus.council.room_form import RoomForm
from foedus.council.room_zip import unzipped
from foedus.council.setting_up import Card, cards, packed, unpacked
from foedus.council.store.chain import VERSION, Logged, as_now, genesis, moment, resealed, sealed, seconds_of, whole
from foedus.council.store.keeping import Branch, Link, Store, Upkeep
from foedus.council.store.lines import sealed_of
from foedus.council.store.postgres import OnAServer, founded
from foedus.council.store.sqlite import InAFile, made
from foedus.council.workings import made_of, otherwise_now
from foedus.vocabulary.errors import FoedusError, fail, nearest

_AT_ONCE = 500
"""Events that are written as one commit."""
_WRONG = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""What reading a line that is none can raise."""


@dataclass(frozen=True)
class Again:
    """A room that was played again.

    Attributes
    ----------
    form : RoomForm
    room : Room
        As the log leaves it.
    log : tuple of Logged
        Of the branch on which it goes on.
    differs : tuple of str
        A sentence for each year that is worked out otherwise now.
    otherwise : tuple of str
        Sentences on what it was worked out of that is another now: case, parameters, version.
    """

    form: RoomForm
    room: Room
    log: tuple[Logged, ...]
    differs: tuple[str, ...]
    otherwise: tuple[str, ...] = ()


def about(files: Mapping[str, str], where: str) -> dict[str, Any]:
    """Return what an export says of itself.

    Raises
    ------
    FoedusError
        It is no export of a room, or a newer foedus wrote it.
    """
    if ABOUT not in files:
        raise fail(where, f"it has no {ABOUT}: this is no export of a room", "Make one with: foedus council export")
    try:
        found = json.loads(files[ABOUT])
        if (
            not isinstance(found, dict)
            or not isinstance(found["format"], int)
            or not isinstance(found["audience"], str)
        ):
            raise ValueError("its parts are of another kind")
    except _WRONG as error:
        raise fail(f"{where}, {ABOUT}", f"this is no export of a room ({error})", "Export it again") from None
    if found["format"] > FORMAT:
        what = f"a newer foedus wrote it (exports of format {found['format']}, known here: {FORMAT})"
        raise fail(where, what, "Upgrade foedus, or open it where it was made")
    return found


def taken_from(path: Path) -> Taken:
    """Return the room in an export of the facilitator's, its hashes and its chain found whole.

    Parameters
    ----------
    path : Path

    Raises
    ------
    FoedusError
        It is damaged, was changed, is newer, or is what a seat or the public may read, from which no room can be opened.
    """
    files, where = unzipped(path), path.name
    said = about(files, where)
    if said["audience"] != FACILITATOR:
        what = f"this is what {said['audience']} could read, and no whole room"
        raise fail(where, what, "Ask the facilitator for theirs, or read its replay.html")
    for name in (FORM, LOG):
        if name not in files:
            raise fail(where, f"the file {name} is missing", "Export the room again")
    room = _read(files, said, where)
    for branch in room.branches:
        list(whole(room.log(branch.id), genesis(room.form), where=f"{where}, {LOG}, branch {branch.id}"))
    return room


def _read(files: Mapping[str, str], said: Mapping[str, Any], where: str) -> Taken:
    events = []
    for k, line in enumerate(files[LOG].split("\n"), 1):
        if not line:
            continue
        try:
            one = sealed_of(line)
            seconds_of(one.at)
        except _WRONG as error:
            raise fail(f"{where}, {LOG}:{k}", f"this is no event ({error})", "Export the room again") from None
        if one.v > VERSION:
            what = f"a newer foedus wrote it (events of version {one.v}, known here: {VERSION})"
            raise fail(f"{where}, {LOG}:{k}", what, "Upgrade foedus, or open it where it was made")
        events.append(one)
    try:
        branches = tuple(
            Branch(int(b["id"]), b["parent"], int(b["fork_seq"]), str(b["opened"]), str(b["why"]))
            for b in said["branches"]
        )
        people = tuple(
            Link(int(p["id"]), p["seat"], str(p["role"]), b"", str(p.get("name", ""))) for p in said["people"]
        )
        for b in branches:
            seconds_of(b.opened)
        older = [
            b.parent is None if b.id == 1 else isinstance(b.parent, int) and 1 <= b.parent < b.id for b in branches
        ]
        if [b.id for b in branches] != list(range(1, len(branches) + 1)) or not branches or not all(older):
            raise ValueError("its branches are out of order")
        if not {e.branch for e in events} <= {b.id for b in branches}:
            raise ValueError("an event is of no branch")
        begun = {b.id: b.fork_seq for b in branches}
        if any(e.seq <= begun[e.branch] for e in events):
            raise ValueError("an event stands before its branch")
        name = str(said["room"])
    except _WRONG as error:
        raise fail(f"{where}, {ABOUT}", f"it cannot be read ({error})", "Export the room again") from None
    try:
        unpacked(files[FORM].encode())
    except FoedusError:
        raise
    except _WRONG as error:
        raise fail(f"{where}, {FORM}", f"this is no form of a room ({error})", "Export the room again") from None
    return Taken(name, files[FORM].encode(), branches, tuple(events), people)


def again(room: Taken, *, years: bool = True) -> Again:
    """Return a room played again from its log: what it leaves, and which years are worked out otherwise now.

    Parameters
    ----------
    room : Taken
    years : bool
        Whether the years are worked out again and compared.

    Raises
    ------
    FoedusError
        An event cannot be read, or the case of the room is not here.
    """
    form, log = unpacked(room.form), tuple(map(as_now, room.log(room.branch)))
    events = [one.event for one in log]
    try:
        found, differs = played_again(form, events) if years else (folded_all(opened(form), events), ())
    except _WRONG as error:
        raise fail(room.name, f"its log cannot be read ({error})", "Export the room again") from None
    otherwise = otherwise_now(form, made_of(form), events) if years else ()
    return Again(form, found, log, differs, otherwise)


# -- moments ------------------------------------------------------------------------------------------------------


def number_at(room: Taken, when: str) -> int:
    """Return the number of the event that a moment of the branch is right behind.

    Parameters
    ----------
    room : Taken
    when : str
        ``2019.orders`` for the beginning of a phase, ``2019`` for that of a year, or the number of an event.

    Raises
    ------
    FoedusError
        There was no such moment.
    """
    log = tuple(room.log(room.branch))
    begun = _phases(unpacked(room.form), [as_now(one) for one in log])
    if when.isascii() and when.isdigit() and when not in begun:
        if len(when) > 9 or not 0 <= int(when) <= len(log):
            raise fail(f"--at {when}", "there is no such event", f"There are 0 to {len(log)}")
        return int(when)
    if when not in begun:
        raise fail(f"--at {when}", "the room was never there", nearest(when, begun) if begun else "Nothing has begun")
    return begun[when]


def _phases(form: RoomForm, log: Sequence[Logged]) -> dict[str, int]:
    """Return the number behind which each phase of each year stands begun, by ``YEAR.PHASE`` and ``YEAR``."""
    room = opened(form)
    found: dict[str, int] = {}
    for k, one in enumerate(log):
        before = (room.year, room.phase)
        room = folded(room, one.event)
        if (room.year, room.phase) == before or room.phase in ("set up", "lobby"):
            continue
        last = k
        while last + 1 < len(log) and _same_act(one, log[last + 1]):
            last += 1
        found[f"{room.year}.{room.phase}"] = log[last].seq
        if room.phase == "opening":
            found[str(room.year)] = log[last].seq
    return found


def _same_act(one: Logged, other: Logged) -> bool:
    """Return whether an event came of the same act: they have one moment, one person and one key."""
    return (
        other.key is None and other.at == one.at and other.person == one.person and other.event.actor == one.event.actor
    )


def up_to(room: Taken, number: int, now: float, why: str) -> Taken:
    """Return a room as it was right behind an event, going on from there on a branch of its own.

    Parameters
    ----------
    room : Taken
    number : int
        Of an event on the branch on which it goes on.
    now : float
        Seconds since 1970.
    why : str
        Stands on the console, and in the minutes.
    """
    form, log = unpacked(room.form), [one for one in room.log(room.branch) if one.seq <= number]
    parent = max((one.branch for one in log), default=1)
    branches = tuple(b for b in room.branches if b.id <= parent)
    places = {(one.branch, one.seq) for one in log}
    events = tuple(e for e in room.events if (e.branch, e.seq) in places)
    new = Branch(parent + 1, parent, number, moment(now), why)
    then = folded_all(opened(form), (as_now(one).event for one in log))
    begun = Event("room.forked", FACILITATOR, "all", {}, why, then.year, then.phase)
    prev = log[-1].hash if log else genesis(room.form)
    first = sealed(begun, prev, branch=new.id, seq=number + 1, now=now)
    return replace(room, branches=(*branches, new), events=(*events, first))


def with_other_luck(room: Taken, number: int, run: int, now: float, why: str) -> Taken:
    """Return a room as it was right behind an event, going on from there with the draws of another run from that year on.

    What was told before stands as it was; since a log is sealed to its form, its events are sealed anew, on one branch.

    Parameters
    ----------
    room : Taken
    number : int
        Of an event on the branch on which it goes on.
    run : int
    now : float
        Seconds since 1970.
    why : str
        Stands on the console, and in the minutes.

    Raises
    ------
    FoedusError
        The year is worked out already there, or its draws are those of this run.
    """
    form = unpacked(room.form)
    log = [one for one in room.log(room.branch) if one.seq <= number]
    then = folded_all(opened(form), (as_now(one).event for one in log))
    known = then.years.get(str(then.year))
    if known is not None and known.state != "opened":
        what = f"the year {then.year} is worked out there already"
        raise fail(f"--luck {run}", what, f"Fork before, as --at {then.year}.orders, or in a later year")
    if form.run_in(then.year) == run:
        raise fail(f"--luck {run}", "these are the draws that fell in this room", "Give another number")
    luck = {y: r for y, r in form.luck.items() if int(y) < then.year} | {str(then.year): run}
    other = packed(replace(form, luck=luck))
    prev, events = genesis(other), []
    for one in log:
        events.append(resealed(one, prev, 1))
        prev = events[-1].hash
    first = replace(room.branches[0], why="")
    flat = replace(room, form=other, branches=(first,), events=tuple(events))
    return up_to(flat, number, now, why)


# -- opening ------------------------------------------------------------------------------------------------------


def open_room(
    room: Taken, place: str, now: float, address: str = "", people: int = 1, upkeep: Upkeep | None = None
) -> tuple[Card, ...]:
    """Make a room of what was taken from another, whole or not at all, and give the links of it.

    Those who wrote in it keep their numbers, so that what one of them wrote can be erased; their old links open nothing.

    Parameters
    ----------
    room : Taken
    place : str
        Name of its file; of the room where there is an address.
    now : float
        Seconds since 1970.
    address : str
        Of a PostgreSQL server; empty for a file.
    people : int
        Links for each seat.
    upkeep : Upkeep, optional
        The address of its links, and how long it is kept.

    Raises
    ------
    FoedusError
        There is one of that name, or it cannot be written.
    """
    begun = seconds_of(room.branches[0].opened)
    if address:
        founded(address, place, room.form, begun)
        store = OnAServer(address, place)
        try:
            return _filled(store, room, now, people, upkeep or Upkeep())
        except BaseException:
            store.remove()
            raise
        finally:
            store.close()
    target = Path(place)
    if os.path.lexists(target):
        raise fail(place, "there is a file of this name", "Serve it, or give another name")
    hidden = target.with_name(f".foedus-{os.getpid()}-{token_bytes(4).hex()}")
    try:
        made(hidden, room.form, begun)
        file = InAFile(hidden)
        try:
            found = _filled(file, room, now, people, upkeep or Upkeep())
        finally:
            file.close()
        os.link(hidden, target)  # never over a file that came meanwhile
    except OSError as error:
        raise fail(place, f"it cannot be written ({error.strerror})", "Name another place") from None
    finally:
        for end in ("", "-wal", "-shm", ".lock"):
            hidden.with_name(hidden.name + end).unlink(missing_ok=True)
    return found


def _filled(store: Store, room: Taken, now: float, people: int, upkeep: Upkeep) -> tuple[Card, ...]:
    store.keep_upkeep(upkeep)
    for branch in room.branches:
        if branch.parent is not None:
            store.open_branch(branch)
        own = [e for e in room.events if e.branch == branch.id]
        for k in range(0, len(own), _AT_ONCE):
            store.append(own[k : k + _AT_ONCE])
    for one in room.people:
        store.keep_link(replace(one, secret_hash=token_bytes(32), revoked=one.revoked or moment(now)))
    return cards(store, unpacked(room.form), people)
