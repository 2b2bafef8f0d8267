"""What is open to a reader on the room's page: on the text, what the phase is for, and everything else by what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from foedus.council.act_forms import ActForm, act_form
from foedus.council.fold import Item, Room, family_of
from foedus.council.plain_words import in_short
from foedus.council.procedures.roster import MACHINES
from foedus.council.stepping import Offer
from foedus.council.tableside import Reader, hour_of
from foedus.council.titles import title_of

_ON_TEXT: Final = ("text", "silence", "consensus", "vote", "amendment")
_KINDS_ON_TEXT: Final = tuple(k for noun in _ON_TEXT for k in MACHINES[noun].kinds if k)
_APART: Final = (*_ON_TEXT, "orders", "room", "inject")
_ELSEWHERE: Final = ("table.say", "channel.say", "channel.accept", "mediation.say", "seat.note")
"""Acts that have a place of their own on the pages."""
FIRST: Final[Mapping[str, tuple[str, ...]]] = {
    "consultation": ("concern.raise", "channel.open", "pressure.plan", "pressure.announce"),
    "table": ("text.table", "concern.raise", "pressure.plan", "pressure.announce"),
}
"""What a phase is for: the acts that stand open on the page, the first of them as what is expected."""
PRESSES: Final = ("channel.open", "pressure.plan", "pressure.announce")
"""What stands open for a seat that presses, from the opening until the table closes; the first that it has not done is what is expected."""
WAITED: Final = (
    "mediation.agree",
    "mediation.accept",
    "mediation.decline",
    "mediation.propose",
    "accession.agree",
    "accession.refuse",
    "treaty.initial",
    "table.agree",
    "table.decline",
    "demarche.join",
    "demarche.aside",
    "demarche.deliver",
    "demarche.yield",
    "demarche.hold",
)
"""Acts that others wait for, in whichever phase."""
AMENDING: Final = ("amendment.offer", "amendment.add")
"""Acts by which a text is changed that lies open."""
URGENT: Final[Mapping[str, tuple[str, str]]] = {
    "silent": ("silence.break", "“{}” is under silence"),
    "called": ("consensus.join", "Consensus is called on “{}”"),
    "proposed": ("silence.object", "Silence is proposed on “{}”"),
}
"""States in which a text waits for a reader, each with the act that it waits for, and what is said of it on the page of another."""
OUTSIDE: Final = "Quarrels of states outside the exercise"
_GROUPS: Final = {
    "text": "Texts",
    "concern": "Concern",
    "channel": "Channel",
    "table": "Table",
    "seat": "Your seat",
    "treaty": "Treaties",
    "accession": "Doors",
    "withdrawal": "Leaving",
    "pressure": "Pressure",
    "demarche": "Joint démarche",
}


def forms_of_phase(reader: Reader) -> list[ActForm]:
    """Return what others wait for and what the phase is for, where it is open to the reader.

    A text is called for only while none lies on a table and none of this year is adopted.
    """
    first = _expected(reader)
    forms = [act_form(o, reader.room, seat=reader.seat) for o in _of_phase(reader)]
    return [replace(f, tone="main") if f.kind in first else f for f in forms]


def _first(room: Room) -> tuple[str, ...]:
    found = FIRST.get(room.phase, ())
    both = room.phase == "table" and room.form.rules.phases == "free"
    return tuple(dict.fromkeys((*found, *FIRST["consultation"]))) if both else found


def _presses(reader: Reader) -> bool:
    return reader.seat in reader.room.form.adversaries and reader.room.phase in ("opening", "consultation", "table")


def _expected(reader: Reader) -> tuple[str, ...]:
    """Return what is expected of a reader: what the phase is for, or the first thing that a seat which presses has not done."""
    if not _presses(reader):
        return _first(reader.room)[:1]
    seat, room = reader.seat, reader.room
    own = [p for p in room.pressures.values() if p.get("author") == seat and p.year == room.year]
    talks = any(seat in c.get("members", ()) for c in room.channels.values())
    return PRESSES[1:2] if talks and not own else PRESSES[2:] if own else PRESSES[:1]


def _of_phase(reader: Reader) -> list[Offer]:
    expected = PRESSES if _presses(reader) else _first(reader.room)
    kinds = [*WAITED, *(k for k in expected if k != "text.table" or not _lies(reader))]
    return sorted(reader.offered(*kinds), key=lambda o: kinds.index(o.kind))


def _lies(reader: Reader) -> bool:
    """Return whether a text lies on a table, or one of this year was adopted."""
    gone, year = ("withdrawn", "lapsed"), reader.room.year
    return any(t.state not in gone and (t.state != "adopted" or t.year == year) for t in reader.room.texts.values())


def forms_on_text(reader: Reader, text: Item) -> list[ActForm]:
    """Return what is open on a text: acts on it, and on what is offered to it."""
    found, apart = [], _in_brackets(reader, text)
    for offer in reader.offered(*_KINDS_ON_TEXT):
        family = family_of(offer.kind)
        if offer.kind in AMENDING:
            if text.state == "open" and text.get("articles"):
                form = act_form(offer, reader.room, {"text": text.id})
                between = offer.kind == "amendment.offer" and apart
                found.append(replace(form, label=_BETWEEN[0], says=_BETWEEN[1], tone="main") if between else form)
        elif family == "text" and offer.item == text.id:
            found.append(act_form(offer, reader.room))
        elif family == "amendment" and offer.item:
            item = reader.room.amendments.get(offer.item)
            if item is not None and item.get("text") == text.id:
                found.append(act_form(offer, reader.room))
    return sorted(found, key=lambda f: (f.tone == "", f.kind.endswith((".withdraw", ".sponsor"))))


_BETWEEN: Final = (
    "Offer a wording between the two",
    "Offer another wording of the article in brackets: if nobody objects it stands, and the brackets are gone.",
)
"""What is called for where the reader holds a bracket, or stands in one with a wording of its own; to give in at once is there too, not first."""


def _in_brackets(reader: Reader, text: Item) -> bool:
    """Return whether the reader is on one of the sides of a bracket of a text."""
    holders = (s for a in text.get("articles", ()) for b in a.get("brackets", ()) for s in (b["for"], *b["against"]))
    return reader.seat is not None and reader.seat in holders


def waiting(reader: Reader) -> list[Item]:
    """Return the texts that wait for what a reader says of them, where their silence counts too."""
    kinds = {(o.kind, o.item) for o in reader.offered(*(act for act, _ in URGENT.values()))}
    found = [t for t in reader.room.texts.values() if (URGENT.get(t.state, ("",))[0], t.id) in kinds]
    return [t for t in found if t.state != "called" or reader.seat not in t.get("answers", {})]


def elsewhere(reader: Reader, text: Item) -> list[tuple[str, str, float | None, str]]:
    """Return what waits for a reader on other texts than the one that their page shows: each text, what is said of it, and the hour in that with its zone."""
    found = []
    for item in waiting(reader):
        until = f" until {hour_of(reader, item)}" if item.state == "silent" and not reader.room.paused else ""
        title = in_short(item.words.get("title") or "(erased)", 40)
        if item.id != text.id:
            said = f"{URGENT[item.state][1].format(title)}{until}: go there"
            found.append((item.id, said, item.until if until else None, reader.room.form.rules.zone or "UTC"))
    return found


def other_forms(reader: Reader) -> list[tuple[str, list[ActForm]]]:
    """Return everything else that is open, by what it is about; what a phase is for stands elsewhere.

    Quarrels between states that nobody can sit for come last, under :data:`OUTSIDE`, which pages fold.
    """
    groups: dict[str, list[ActForm]] = {}
    for offer in other_offers(reader):
        groups.setdefault(group_of(reader, offer), []).append(act_form(offer, reader.room, seat=reader.seat))
    return sorted(groups.items(), key=lambda g: g[0] == OUTSIDE)


def joins(reader: Reader) -> list[ActForm]:
    """Return the forms by which a reader joins the channels that they are invited to; they stand above the channels."""
    return [act_form(o, reader.room, seat=reader.seat) for o in reader.offered("channel.accept")]


def other_offers(reader: Reader) -> Iterator[Offer]:
    """Yield what :func:`other_forms` makes forms of."""
    shown = {*_ELSEWHERE, *(o.kind for o in _of_phase(reader))}
    for offer in reader.offers:
        noun = offer.kind.partition(".")[0]
        if (noun not in _APART or offer.kind == "text.table") and offer.kind not in shown:
            yield offer


def group_of(reader: Reader, offer: Offer) -> str:
    """Return what an offer is about, as the heading of its group."""
    return _group(reader, offer.kind.partition(".")[0], offer.item)


def _group(reader: Reader, noun: str, name: str) -> str:
    """Return what an act is about, as the heading of its group; quarrels of others, where nothing is open but offices, are one."""
    item = reader.room.item(noun, name) if name else None
    if noun == "quarrel" and item is not None:
        sides = item.get("sides", ())
        if reader.seat not in sides:
            if not {*sides} & {*reader.room.form.seats}:
                return OUTSIDE
            return "Quarrels of others" if reader.seat else "Quarrels"
        return f"Quarrel with {reader.said(next(s for s in sides if s != reader.seat))}"
    if noun == "seat" and reader.seat is None:
        return f"Seat: {reader.called(name)}"
    title = _GROUPS.get(noun, noun.capitalize())
    return f"{title}: {title_of(reader.room, noun, name)}" if item is not None and noun != "seat" else title
