"""Telling: every event as a sentence, for the log, the minutes and those who listen to a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from foedus.council.act_forms import title_of
from foedus.council.acts import CLOCK, FACILITATOR, MODEL, seat_of
from foedus.council.fold import Room, family_of
from foedus.council.store.chain import Logged
from foedus.vocabulary.prose import country

SAYS: Final[Mapping[str, str]] = {
    "room.opened": "The doors are open",
    "room.begun": "{year} begins",
    "room.consulting": "Consultation begins",
    "room.sitting": "The table sits",
    "room.ordering": "The table is closed; orders are open",
    "room.working": "Orders are closed; the model works out the year",
    "room.reading": "The year can be read",
    "room.turned": "{year} begins",
    "room.debriefing": "The debrief is open",
    "room.closed": "The room is closed",
    "room.paused": "The room is paused: every deadline stands",
    "room.resumed": "The room goes on; every deadline has moved by the pause",
    "room.rewound": "The room goes on from an earlier moment",
    "room.forked": "The room goes on from a moment of another",
    "room.extended": "There is more time in this phase",
    "seat.taken": "{seat}: somebody sits down",
    "seat.away": "{seat} is away",
    "seat.back": "{seat} is back",
    "seat.handed": "The model plays for {seat}",
    "seat.freed": "The seat of {seat} is free",
    "table.convened": "{who} convened “{title}”",
    "table.said": "{who} spoke",
    "text.tabled": "{who} tabled “{title}”",
    "text.amended": "“{title}” has a new version",
    "text.bracketed": "“{title}” has square brackets",
    "text.cleared": "A bracket is gone from “{title}”",
    "text.published": "“{title}” is adopted",
    "text.sponsored": "{who} sponsors “{title}” too",
    "text.withdrawn": "{who} withdrew “{title}”",
    "silence.proposed": "{who} proposed silence on “{title}”",
    "silence.kept off": "{who} objected to silence on “{title}”: it stays open",
    "silence.placed": "“{title}” is under silence",
    "silence.broken": "{who} broke silence on “{title}”: it is not adopted",
    "silence.ended": "Silence on “{title}” has run out",
    "silence.kept": "Silence on “{title}” is kept for a seat that nobody plays",
    "silence.extended": "Silence on “{title}” lasts longer",
    "silence.lifted": "Silence on “{title}” is lifted",
    "consensus.called": "Consensus is called on “{title}”",
    "consensus.joined": "{who} joined on “{title}”",
    "consensus.stood aside": "{who} stood aside on “{title}”",
    "consensus.objected": "{who} objected to “{title}”",
    "consensus.ruled": "The chair ruled on “{title}”",
    "amendment.offered": "{who} offered an amendment",
    "amendment.carried": "An amendment is carried",
    "amendment.bracketed": "{who} objected to an amendment: both wordings stand in square brackets",
    "amendment.lifted": "{who} lifted a bracket",
    "amendment.accepted": "{who} accepted an amendment",
    "amendment.withdrawn": "{who} withdrew an amendment",
    "amendment.overtaken": "An amendment is overtaken by another",
    "concern.raised": "{who} raised a concern: {title}",
    "channel.opened": "{who} opened a channel",
    "channel.said": "{who} wrote",
    "channel.joined": "{who} joined the channel",
    "channel.left": "{who} left the channel",
    "quarrel.raised": "{who} raised the quarrel",
    "quarrel.answered": "{who} answered in kind",
    "quarrel.gone on": "{who} went on to a crisis",
    "quarrel.stepped down": "{who} stepped down a rung",
    "mediation.offered": "Good offices are offered",
    "mediation.settled": "A mediation has settled the quarrel for this year",
    "mediation.told": "A mediation has settled the quarrel for this year",
    "treaty.agreed": "A treaty is agreed; it is signed in the orders",
    "withdrawal.given": "{who} gave notice",
    "orders.put": "{who} put its orders",
    "orders.confirmed": "{who} confirmed its orders",
    "orders.taken back": "{who} took its orders back",
    "year.worked out": "The year is worked out",
    "inject.fired": "{words}",
}
"""A sentence by kind; slots are ``who``, ``seat``, ``title``, ``year`` and ``words``."""

_WHO: Final = {FACILITATOR: "The facilitator", MODEL: "The model", CLOCK: "The clock", "somebody": "Somebody"}


def named(actor: str) -> str:
    """Return what an actor is called."""
    seat = seat_of(actor)
    return country(seat) if seat else _WHO.get(actor, actor)


def told(one: Logged, room: Room) -> str:
    """Return an event as a sentence without its stop.

    Parameters
    ----------
    one : Logged
    room : Room
        In which its items are known, as the reader knows it.
    """
    event = one.event
    name, family = str(event.body.get("id", "")), family_of(event.kind)
    title = title_of(room, family, name)
    who = event.body.get("for") or None
    slots = {
        "who": country(str(who)) if who else named(event.actor),
        "seat": country(name) if family == "seat" else "",
        "title": title.partition(". ")[2] if family == "text" and title[:1].isdigit() else title,
        "year": str(event.body.get("set", {}).get("year", event.year)),
        "words": (event.words or "An inject")[:200],
    }
    form = SAYS.get(event.kind)
    if form is None:
        noun, _, verb = event.kind.partition(".")
        return f"{slots['who']}: {noun} {verb}"
    return form.format(**slots)


def clock(at: str) -> str:
    """Return the hour of a moment of the log, in universal time, as ``14:32``."""
    return at[11:16]
