"""What is open to somebody and makes sense for them: a procedure allows more, for those who come second to a seat or change their mind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from foedus.council.fold import Room, family_of
from foedus.council.procedures.roles import members_at
from foedus.council.stepping import Offer
from foedus.vocabulary.prose import country, listing, the

_ANSWER: Final = {"consensus.join": "join", "consensus.aside": "aside", "consensus.object": "object"}
_JOINT: Final = {"demarche.join": "joined", "demarche.aside": "aside"}
_DONE: Final = {
    "mediation.accept": "accepted",
    "mediation.agree": "agreed",
    "concern.ask": "asked",
    "amendment.accept": "accepted",
    "amendment.object": "objectors",
}
"""Acts that somebody does once, and which data of the item have them who did."""


def sensible(room: Room, seat: str | None, offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """Return offers without those that would change nothing: a seat that is sat in, an answer that was given already;
    nor without those that need a table, where nobody has one.

    Parameters
    ----------
    room : Room
    seat : str or None
        Of who acts; None for the facilitator.
    offers : sequence of Offer
    """
    return tuple(o for o in offers if makes_sense(room, seat, o))


def makes_sense(room: Room, seat: str | None, offer: Offer) -> bool:
    """Return whether an offer would change something for a seat; see :func:`sensible`."""
    return not _given(room, seat, offer)


def _given(room: Room, seat: str | None, offer: Offer) -> bool:
    if offer.kind == "seat.take":
        return seat is None or room.seats[offer.item].state == "taken"  # whoever leads cannot answer for it on pages
    if offer.kind == "seat.return":
        return seat is None or not room.seats[offer.item].get("stood")
    if offer.kind == "seat.hand":
        return room.seats[offer.item].state == "empty"  # the model plays for it already
    if offer.kind in ("amendment.offer", "amendment.add") and seat is not None:
        return not any(t.state == "open" and seat in members_at(room, t) for t in room.texts.values())
    if offer.kind in ("concern.raise", "text.table") and seat is not None:
        return not any(t.state != "closed" and seat in t.get("members", ()) for t in room.tables.values())
    item = room.item(family_of(offer.kind), offer.item) if offer.kind in _DONE else None
    if item is not None and seat in item.get(_DONE[offer.kind], {}):
        return True
    joint = room.item("demarche", offer.item) if offer.kind in _JOINT else None
    if joint is not None:
        return bool(joint.get("answers", {}).get(seat) == _JOINT[offer.kind])
    text = room.item("text", offer.item) if offer.kind in _ANSWER else None
    answer = text.get("answers", {}).get(seat) if text is not None else None
    return answer is not None and answer.get("answer") == _ANSWER[offer.kind]


_CLOSES: Final = ("silence.propose", "consensus.call", "vote.open")
"""Acts from which on no amendment to a text is carried."""


def still_offered(room: Room, offer: Offer) -> str:
    """Return whose amendments are still on offer, as a warning before a text is closed to them; nothing for other acts, or where there is none."""
    on = [a for a in room.amendments.values() if a.get("text") == offer.item and a.state == "offered"]
    of = [str(a.get("author")) for a in on]
    if offer.kind not in _CLOSES or not of:
        return ""
    who = listing([the(country(s, room.year)) for s in dict.fromkeys(of)])
    one = "An offer by {} is still open: wait until it is carried. Now it would wait, and fall if the text is adopted."
    many = "Offers by {} are still open: wait until they are carried. Now they would wait, and fall if the text is adopted."
    return (one if len(of) == 1 else many).format(who)
