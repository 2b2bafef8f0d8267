"""Standing in: the page on which a facilitator answers for a seat whose people are gone, each answer with whose it was and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from foedus.council import open_acts, room_sheet
from foedus.council.act_forms import ActForm, Box, act_form
from foedus.council.acts import Viewer
from foedus.council.due_now import due
from foedus.council.gates import Shut
from foedus.council.hall import Hall
from foedus.council.links import Session
from foedus.council.orders_sheet import orders_of
from foedus.council.sheets import filled
from foedus.council.stepping import Offer

_NOT_IN_PLACE: Final = ("room", "seat", "orders", "channel", "inject")
"""Nouns of acts that are not done for a seat here: orders stand apart, and private talk is its people's alone."""


def stand(hall: Hall, session: Session, query: Mapping[str, str], words: dict[str, Any]) -> str:
    """Return what is open to a seat for which the facilitator stands in, as that seat knows the room.

    Raises
    ------
    Shut
        Nobody stands in for it.
    """
    seat = query.get("seat", "")
    item = hall.room.seats.get(seat)
    if item is None or not item.get("stood"):
        raise Shut(404, "nobody stands in for a seat of that name", "Press Stand in on the console first")
    r = room_sheet.reader(hall, Viewer("seat", seat))
    back, base = f"/stand?seat={seat}", words["base"]
    groups: dict[str, list[ActForm]] = {}
    for offer in r.offers:
        if offer.kind.partition(".")[0] not in _NOT_IN_PLACE and not offer.kind.endswith(".say"):
            form = _in_place(act_form(offer, r.room, _text(offer, r.room.texts), seat=seat), seat, back)
            groups.setdefault(open_acts.group_of(r, offer), []).append(form)
    forms = [f for found in groups.values() for f in found]
    c = {
        **room_sheet.strip(r),
        "name": r.said(seat),
        "groups": sorted(groups.items(), key=lambda g: not g[0].startswith("Texts:")),
        "due": [d for d in due(r, base) if d["until"]],
        "orders": orders_of(hall, r, base) | {"back": back, "stands": seat, "token": words["token"]},
        "ordered": r.room.phase in ("consultation", "table", "orders"),
        "base": base,
        "token": words["token"],
        "drafts": {d.place: d.text for d in hall.store.drafts(session.link.id)},
        "asks": {f.kind: room_sheet.ASKS.get(f.kind, "Why you answer so in its place") for f in forms},
        "article_choices": [
            (a["id"], f"{k}. {text.words.get(a['id'], '')[:60]}", text.words.get(a["id"], ""))
            for text in r.room.texts.values()
            if text.state == "open"
            for k, a in enumerate(text.get("articles", ()), 1)
        ][:40],
    }
    return filled("stand.html", title=f"Standing in for {c['name']}", c=c, **words)


def _text(offer: Offer, texts: Mapping[str, Any]) -> dict[str, str]:
    """Return the text that an amendment is for, where there is one alone."""
    open_ = [t.id for t in texts.values() if t.state == "open"]
    return {"text": open_[-1]} if offer.kind in open_acts.AMENDING and open_ else {}


def _in_place(form: ActForm, seat: str, back: str) -> ActForm:
    """Return a form that acts for a seat, asks for a reason, and comes back to this page."""
    own = {"for": seat, "back": back, "reload": "yes"}
    hidden = tuple(Box(name, "hidden", "", True, (), value) for name, value in own.items())
    return replace(form, boxes=(*form.boxes, *hidden), words="must", place=f"{form.place}:for:{seat}")
