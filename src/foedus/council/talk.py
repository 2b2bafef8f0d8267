"""Talk: the places where a reader can speak or listen, and the last lines of each."""

from __future__ import annotations

from typing import Any, Final

from foedus.council.acts import KEPT, Event, Viewer, seat_of
from foedus.council.fold import Item, family_of
from foedus.council.plain_words import raised
from foedus.council.procedures.roles import table_of
from foedus.council.sight import may_read
from foedus.council.tableside import Reader, tables
from foedus.council.telling import named, told_with_reason
from foedus.council.titles import title_of
from foedus.vocabulary.prose import listing

LINES: Final = 60
"""Lines of talk that a page begins with."""
_TALK: Final = ("table.said", "channel.said", "mediation.said", "treaty.said", "table.ruled")
_MARKED: Final = ("text", "silence", "consensus", "vote", "amendment", "concern", "seat", "room", "inject", "treaty")
"""Nouns whose events stand as a line in the talk of the table; a démarche is of no table and stands there where all read it."""
_QUIET: Final = (
    "seat.taken",
    "seat.noted",
    "inject.put first",
    "consensus.joined",
    "silence.kept",
    "text.cleared",
    "text.bracketed",
)
"""Events that would only be noise there."""


def channels(reader: Reader, chosen: str) -> list[dict[str, Any]]:
    """Return the places where a reader can talk or listen: tables, channels, then mediations."""
    found = []
    for item in tables(reader):
        label = title_of(reader.room, "table", item.id)
        public = "Everybody reads this." if item.get("public") else "Everybody at this table reads this."
        found.append({"id": item.id, "label": label, "who": public, "kind": "table.say", "on": item.id == chosen})
    for item in reader.room.channels.values():
        if reader.seat and reader.seat not in item.get("members", ()):
            continue
        others = [s for s in item.get("members", ()) if s != reader.seat]
        label = item.words.get("title") or ("Our cell" if not others else ", ".join(reader.called(s) for s in others))
        who = _readers(item, reader)
        found.append({"id": item.id, "label": label, "who": who, "kind": "channel.say", "on": item.id == chosen})
    for item in reader.room.mediations.values():
        three = (*item.get("sides", ()), str(item.get("mediator")))
        if item.state in ("in confidence", "proposed") and (not reader.seat or reader.seat in three):
            label = f"Mediation: {listing([reader.called(s) for s in item.get('sides', ())])}"
            who = f"In confidence: {listing([reader.said(s) for s in three])} and the facilitator read this."
            found.append({"id": item.id, "label": label, "who": who, "kind": "mediation.say", "on": item.id == chosen})
    return found


def _readers(item: Item, reader: Reader) -> str:
    joined = [reader.said(s) for s in item.get("joined", ())]
    waiting = [reader.said(s) for s in item.get("invited", ())]
    it = "it joins" if len(waiting) == 1 else "they join"
    more = f" {raised(listing(waiting))} may join, and will not read what you write before {it}." if waiting else ""
    if len(joined) == 1 and reader.seat in item.get("joined", ()):
        return f"Only the people of your seat read this; the facilitator can.{more}"
    apart = "".join(
        f" {raised(reader.said(s))} reads what was written since it joined."
        for s in sorted({s for e in spoken(reader, item.id) for s in unread_by(reader, item, e)})
        if s != reader.seat
    )
    return f"{raised(listing(joined)) or 'Nobody'} and the facilitator read this.{apart}{more}"


def spoken(reader: Reader, channel: str) -> list[Event]:
    """Return what was said in a channel as far as a reader knows it, in its order."""
    known = (one.event for one in reader.sight.events[: reader.sight.count])
    return [e for e in known if e.kind == "channel.said" and e.body.get("id") == channel]


def unread_by(reader: Reader, channel: Item, line: Event) -> list[str]:
    """Return who of a channel joined it after a line was written and was not let read it since."""
    late = [s for s in channel.get("joined", ()) if not may_read(line.see, Viewer("seat", s))]
    return [s for s in late if (line.body.get("for") or seat_of(line.actor)) not in _shown(reader, channel.id, s)]


def _shown(reader: Reader, channel: str, seat: str) -> set[str | None]:
    """Return whose earlier lines a late comer was let read: all who were there before it had agreed."""
    joined: list[str] = []
    for one in reader.sight.events[: reader.sight.count]:
        body = one.event.body
        if family_of(one.event.kind) != "channel" or body.get("id") != channel:
            continue
        joined = list(body.get("set", {}).get("joined", joined))
        agreed = body.get("put", {}).get("late", {}).get(seat, ())
        before = joined[: joined.index(seat)] if seat in joined else []
        if one.event.kind == "channel.agreed" and before and {*before} <= {*agreed}:
            return {None, *before}
    return set()


def talk(reader: Reader, place: str, most: int = LINES, after: int = 0) -> list[dict[str, Any]]:
    """Return the last lines of a table or a channel: what was said, and what happened there.

    Parameters
    ----------
    reader : Reader
    place : str
        Id of the table or channel.
    most : int
        Lines.
    after : int
        Number of the reader's own stream; lines behind it alone.
    """
    items = (reader.room.item(family, place) for family in ("table", "channel", "mediation"))
    known = next((item for item in items if item is not None), None)
    found: list[dict[str, Any]] = []
    for number in range(reader.sight.count, after, -1):
        if known is None or len(found) >= most:
            break
        one = reader.sight.events[number - 1]
        noun, name = one.event.kind.partition(".")[0], str(one.event.body.get("id", ""))
        if one.event.kind == "channel.recalled" and name == place and reader.seat is not None:
            then = one.event.body.get("then", {})
            who = f"{named(one.event.actor, reader.room)}, before you came ({then.get('year')}, {then.get('phase')})"
            words = one.event.words if one.event.words is not None else "(erased)"
            found.append({"n": number, "who": who, "me": False, "at": one.at, "words": words})
        elif one.event.kind in _TALK and name == place:
            you = one.event.actor == f"seat:{reader.seat}"
            who = "You" if you else named(one.event.actor, reader.room)
            words = one.event.words if one.event.words is not None else "(erased)"
            late = unread_by(reader, known, one.event) if one.event.kind == "channel.said" else ()
            apart = [f"before {reader.said(s)} joined: it does not read this" for s in late if s != reader.seat]
            line = {"n": number, "who": who, "me": you, "at": one.at, "words": words}
            found.append(line | ({"apart": "; ".join(apart)} if apart else {}))
        elif (
            (noun in _MARKED or (noun == "demarche" and one.event.see == "all"))
            and one.event.kind not in (*_QUIET, *KEPT)
            and known.family == "table"
        ):
            item = reader.room.item(family_of(one.event.kind), name)
            table = table_of(reader.room, item)
            if item is not None and (table is None or table.id == place):
                found.append({"n": number, "who": "", "at": one.at, "words": told_with_reason(one, reader.room)})
    return found[::-1]
