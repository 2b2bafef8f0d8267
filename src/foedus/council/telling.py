"""Telling: every event as a sentence, for the log, the minutes and those who listen to a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from foedus.council.acts import CLOCK, FACILITATOR, MODEL, Event, seat_of
from foedus.council.fold import Item, Room, family_of
from foedus.council.plain_words import MANY, called_in, in_line, in_short, institution, raised, treaty_said
from foedus.council.store.chain import Logged
from foedus.council.titles import title_of
from foedus.vocabulary.prose import country, listing, the

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
    "room.timed": "The phase has an hour at which it ends",
    "room.extended": "There is more time in this phase",
    "seat.taken": "Somebody sits down for {seat}",
    "seat.away": "Nothing has been heard from {seat}",
    "seat.back": "Somebody is back for {seat}",
    "seat.handed": "The model plays for {seat}",
    "seat.given back": "The seat of {seat} is its people’s again",
    "seat.stood in": "The facilitator stands in for {seat}",
    "seat.declared": "{who} declared",
    "seat.eased": "What {seat} answers lasts another time",
    "seat.led": "Somebody leads {seat} and confirms its orders",
    "seat.yielded": "Nobody leads {seat}: anybody of it confirms its orders",
    "seat.noted": "{who} noted something on {seat}",
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
    "silence.kept": "{who} keeps silence on “{title}”",
    "silence.extended": "{who} made silence on “{title}” longer",
    "silence.named": "{who} broke silence on “{title}”",
    "silence.lifted": "{who} lifted silence on “{title}”",
    "consensus.called": "{who} called consensus on “{title}”",
    "consensus.joined": "{who} joined on “{title}”",
    "consensus.stood aside": "{who} stood aside on “{title}”",
    "consensus.objected": "{who} objected to “{title}”",
    "consensus.ruled": "{who} ruled on “{title}”",
    "amendment.offered": "{who} offered an amendment to “{about}”",
    "amendment.carried": "The amendment of {author} to “{about}” is carried",
    "amendment.bracketed": "{who} objected to the amendment of {author} to “{about}”: both wordings stand in square brackets",
    "amendment.lifted": "{who} lifted a bracket in “{about}”",
    "amendment.accepted": "{who} accepted the amendment of {author} to “{about}”",
    "amendment.withdrawn": "{who} withdrew an amendment to “{about}”",
    "amendment.overtaken": "The amendment of {author} to “{about}” is overtaken by another",
    "concern.raised": "{who} raised a concern: {title}",
    "channel.opened": "{who} opened a channel",
    "channel.said": "{who} wrote",
    "channel.joined": "{who} joined the channel",
    "channel.left": "{who} left the channel",
    "quarrel.raised": "{who} raised the quarrel of {about}",
    "quarrel.answered": "{who} answered in kind in the quarrel of {about}",
    "quarrel.gone on": "{who} went on to a crisis in the quarrel of {about}",
    "quarrel.stepped down": "{who} stepped down a rung in the quarrel of {about}",
    "mediation.offered": "Good offices are offered: {about}",
    "mediation.settled": "A mediation has settled the quarrel for this year: {about}",
    "mediation.told": "A mediation has settled the quarrel for this year: {about}",
    "treaty.agreed": "Agreed, to be signed in the orders: {about}",
    "withdrawal.given": "{who} gave notice: {about}",
    "orders.put": "{who} put its orders",
    "orders.confirmed": "{who} confirmed its orders",
    "orders.taken back": "{who} took its orders back",
    "year.worked out": "The year is worked out",
    "inject.fired": "{words}",
    "room.veiled": "What clauses would be worth is hidden",
    "room.unveiled": "Every seat sees what clauses would be worth to it",
    "table.invited": "{who} invited more states to the table",
    "table.asked": "{who} asked for the floor",
    "table.given": "{who} gave the floor to {about}",
    "table.freed": "{who} freed the floor: everybody may speak",
    "table.ruled": "{who} ruled on a point of order",
    "table.caucusing": "{who} broke the table for a caucus",
    "table.moved": "{who} asked for a caucus",
    "table.agreed": "{who} agreed: the table breaks for a caucus",
    "table.declined": "{who} declined the caucus",
    "table.reconvened": "The table goes on",
    "table.challenged": "{who} challenged the ruling of the chair",
    "table.voted": "{who} voted on the ruling of the chair",
    "table.upheld": "{who} ended the challenge: the ruling of the chair stands",
    "table.chaired": "{who} handed the chair on to {about}",
    "table.adjourned": "{who} adjourned the table",
    "table.reopened": "{who} opened the table again",
    "concern.asked": "{who} asked that the concern be taken up: {title}",
    "concern.taken": "{who} put the concern of {author} on the agenda: {title}",
    "concern.declined": "{who} did not take up the concern of {author}: {title}",
    "concern.answered": "{who} answered the concern: {title}",
    "concern.referred": "{who} referred the concern of {author} to mediation: {title}",
    "concern.met": "{who} said that its concern is met: {title}",
    "concern.unmet": "{who} said that its concern is not met: {title}",
    "text.taken": "{who} took “{title}” over",
    "text.left open": "“{title}” stays open into the next year",
    "text.lapsed": "“{title}” lapsed with the year",
    "amendment.sided": "{who} said for which wording of “{about}” it is",
    "amendment.decided": "{who} put a bracket in “{about}” to the seats",
    "consensus.dropped": "{who} took the call for consensus on “{title}” back",
    "vote.opened": "{who} opened a vote on “{title}”",
    "vote.cast": "{who} voted on “{title}”",
    "vote.closed": "The vote on “{title}” is closed",
    "vote.dropped": "{who} took the vote on “{title}” back",
    "treaty.drafted": "{who} drafted a treaty: {about}",
    "treaty.initialled": "{who} initialled the draft: {about}",
    "treaty.said": "{who} wrote to the parties",
    "treaty.dropped": "{who} dropped the draft: {about}",
    "treaty.entered": "In force, all have signed: {about}",
    "treaty.renewed": "Renewed, as its term ran out: {about}",
    "treaty.refused": "Not in force, not all have signed: {about}",
    "treaty.ended": "Ended: {about}",
    "treaty.lapsed": "A draft lapsed with the room: {about}",
    "withdrawal.suspended": "{who} suspended its notice",
    "withdrawal.resumed": "{who} took its notice up again",
    "withdrawal.revoked": "{who} took its notice back",
    "withdrawal.fallen due": "A notice ends within the year: {about}",
    "withdrawal.left": "By its notice, a state has left: {about}",
    "withdrawal.void": "There was nothing left to leave: {about}",
    "accession.applied": "{who} asked that a door be opened",
    "accession.agreed": "{who} agreed to the newcomer: {about}",
    "accession.held up": "{who} did not agree to the newcomer, the accession is held up: {about}",
    "accession.reopened": "{who} took the accession up again",
    "accession.withdrawn": "{who} withdrew the application",
    "accession.acceded": "A newcomer is in, all have signed: {about}",
    "quarrel.offices": "{who} turned to good offices in the quarrel of {about}",
    "quarrel.rested": "The quarrel of {about} rests with the new year",
    "mediation.accepted": "{who} accepted good offices",
    "mediation.declined": "{who} declined good offices",
    "mediation.said": "{who} wrote in confidence",
    "mediation.proposed": "{who} proposed a settlement",
    "mediation.agreed": "{who} accepted the settlement",
    "mediation.refused": "{who} broke the mediation off",
    "mediation.failed": "A mediation ended without a settlement: {about}",
    "pressure.planned": "{who} planned pressure {title}",
    "pressure.announced": "{who} announced pressure {title}",
    "pressure.withdrawn": "{who} withdrew its pressure {title}",
    "pressure.laid on": "The table has closed, pressure is laid on: {about}",
    "pressure.yielded": "{who} said that it yields to the pressure of {author}",
    "pressure.held": "{who} said that it holds against the pressure of {author}",
    "pressure.over": "The pressure is over with the year: {about}",
    "demarche.proposed": "{who} proposed a joint démarche {about}",
    "demarche.joined": "{who} joined the démarche {about}",
    "demarche.stood aside": "{who} stood aside from the démarche {about}",
    "demarche.withdrawn": "{who} withdrew the démarche {about}",
    "demarche.delivered": "A joint démarche is delivered {about}",
    "demarche.yielded": "{who} yields to the joint démarche {about}",
    "demarche.held": "{who} holds against the joint démarche {about}",
    "demarche.fallen": "Not delivered before the year was over: the démarche {about}",
    "demarche.lapsed": "Left unanswered when the year was over: the joint démarche {about}",
    "channel.invited": "{who} invited somebody to the channel",
    "channel.agreed": "{who} let who joined later read what was said before",
    "channel.recalled": "{who} had written, before who reads this joined",
    "channel.closed": "{who} closed the channel",
    "orders.carried out": "The confirmed orders of {about} are carried out",
    "orders.not confirmed": "The orders of {about} were not confirmed and are not carried out",
    "inject.prepared": "An inject is prepared: {words}",
    "inject.put first": "An inject stands first on the console",
    "inject.dropped": "An inject is dropped",
    "year.opened": "The facts of {year} are known",
    "year.held": "Every seat reads its own year first",
    "year.told": "Every seat’s year is shown to all",
}
"""A sentence by kind; slots are ``who``, ``author``, ``seat``, ``about``, ``title``, ``year`` and ``words``."""

_WHO: Final = {FACILITATOR: "The facilitator", MODEL: "The model", CLOCK: "The clock", "somebody": "Somebody"}


def named(actor: str, room: Room) -> str:
    """Return what an actor is called, in the year that the room plays."""
    seat = seat_of(actor)
    return country(seat, room.year) if seat else _WHO.get(actor, actor)


def told(one: Logged, room: Room) -> str:
    """Return an event of a log as a sentence, as :func:`event_told`."""
    return event_told(one.event, room)


def event_told(event: Event, room: Room) -> str:
    """Return an event as a sentence without its stop.

    Parameters
    ----------
    event : Event
    room : Room
        In which its items are known, as the reader knows it.
    """
    name, family = str(event.body.get("id", "")), family_of(event.kind)
    title = title_of(room, family, name)
    who = event.body.get("for") or None
    item = room.item(family, name)
    author = str(item.get("author") or "") if item is not None else ""
    slots = {
        "who": raised(the(country(str(who), room.year) if who else named(event.actor, room))),
        "seat": the(country(name, room.year)) if family == "seat" else "",
        "title": _unnumbered(title) if family == "text" else title,
        "about": _about(event, item, room),
        "author": the(country(author, room.year)) if author else "somebody",
        "year": str(event.body.get("set", {}).get("year", event.year)),
        "words": in_short(event.words or _undertaken(event, item, room) or "An inject", 200),
    }
    form = SAYS.get(event.kind)
    if event.kind == "inject.prepared" and not event.words and slots["words"] != "An inject":
        form = "Laid before the facilitator: {words}"
    if event.kind == "treaty.ended" and (into := event.body.get("set", {}).get("into")):
        form = f"Taken up by {institution(into, called_in(room), MANY)}: {{about}}"
    if form is None:
        noun, _, verb = event.kind.partition(".")
        return f"{slots['who']}: {noun} {verb}"
    # the texts of an exercise are laid as it opens, before anybody can stand in for a seat and table one
    if event.kind == "text.tabled" and event.actor == FACILITATOR and room.form.exercise and event.phase == "opening":
        return f"{form.format(**slots)} (prepared by the exercise)"
    played = {MODEL: " (by the model)", FACILITATOR: " (by the facilitator in its place)"}.get(event.actor, "")
    return form.format(**slots) + (played if who else "")


def _undertaken(event: Event, item: Item | None, room: Room) -> str:
    """Return what an undertaking of a text is that the facilitator admits; nothing for other injects."""
    if item is None or event.kind not in ("inject.prepared", "inject.fired") or not item.get("text"):
        return ""
    state, _, quantity = str(item.get("address")).partition(".")
    about = quantity.replace(".", " ").replace("_", " ")
    told = f"{the(country(state, room.year))} undertakes a {about} of {float(item.get('value')):g}, judged"
    return f"Admitted by the facilitator: {told}" if event.kind == "inject.fired" else told


def _unnumbered(title: str) -> str:
    return title.partition(". ")[2] if title[:1].isdigit() else title


def _about(event: Event, item: Item | None, room: Room) -> str:
    """Return whom or what an event is about, as its reader knows it: sides, parties, a text, who got the floor."""
    called = called_in(room)
    given = event.body.get("set", {})
    if event.kind in ("table.given", "table.chaired"):
        return called(str(given.get("floor") or given.get("chair")))
    if item is None:
        return f"of which you know nothing more ({event.body.get('id', '')})"
    if item.family == "amendment":
        return _unnumbered(title_of(room, "text", str(item.get("text"))))
    if item.family == "treaty":
        said = item.words.get("title") or treaty_said(item, called, MANY, others=True)
        return str(said)
    if item.family == "demarche":
        pressed = f"to {called(str(item.get('target')))}"
        if event.kind in _IN_NAMES:
            return f"{pressed} in the names of {listing([called(s) for s in item.get('names', ())])}"
        return f"{pressed} by {in_line(str(item.get('of')), called)}"
    names = [called(str(item.get(k))) for k in ("state", "newcomer", "target") if item.get(k)]
    if item.get("of"):
        names.append(in_line(str(item.get("of")), called))
    return ", ".join(names) or title_of(room, item.family, item.id)


_IN_NAMES: Final = ("demarche.delivered", "demarche.yielded", "demarche.held", "demarche.lapsed")
"""Kinds of what befalls a démarche once it is delivered: those who joined stand for it then, not the institution."""
_WITH_WORDS: Final = (
    ".said",
    ".recalled",
    ".broken",
    ".objected",
    ".raised",
    ".answered",
    ".gone on",
    ".given",
    ".rewound",
    ".ruled",
    ".declared",
    ".proposed",
    ".bracketed",
    ".kept off",
    ".named",
    ".stood aside",
    "demarche.joined",
    "demarche.delivered",
    "demarche.yielded",
    "demarche.held",
)
"""Ends of kinds whose words are told beside the sentence; those of a concern stand in it."""


_APART: Final = ("concern.raised", "text.bracketed")
"""Kinds whose words stand in their sentence, or in the text."""


def words_of(one: Logged) -> str:
    """Return what somebody wrote with an act, where it is told; nothing for others."""
    kind = one.event.kind
    return (one.event.words or "") if kind.endswith(_WITH_WORDS) and kind not in _APART else ""


REASONED: Final[Mapping[str, str]] = {
    "silence.broken": "broke silence",
    "silence.named": "broke silence",
    "silence.kept off": "objected to silence",
    "consensus.objected": "objected",
    "consensus.stood aside": "stood aside",
    "amendment.bracketed": "objected",
}
"""What somebody did who said no, by kind: their reason stands in the talk and beside the text."""
_REASONS: Final = 3
"""Reasons that stand beside a text, the last ones (judged: as many as leave the text on the screen; 2 to 5)."""


def told_with_reason(one: Logged, room: Room) -> str:
    """Return an event as a sentence, with the reason of who said no as they wrote it."""
    reason = words_of(one) if one.event.kind in (*REASONED, "seat.declared") else ""
    return f"{told(one, room)}: “{reason}”" if reason else told(one, room)


def reasons(item: Item | None, room: Room) -> list[dict[str, str]]:
    """Return why seats said no to a text or an amendment, as far as its reader was told: who, what they did, their words."""
    said = [s for s in item.said if s.kind in REASONED] if item is not None else []
    return [
        {
            "who": raised(the(country(s.seat, room.year) if s.seat else named(s.by, room))),
            "did": REASONED[s.kind],
            "words": s.words,
        }
        for s in said[-_REASONS:]
    ]


def clock(at: str) -> str:
    """Return the hour of a moment of the log, in universal time, as ``14:32``."""
    return at[11:16]
