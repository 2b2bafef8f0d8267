"""The orders of a seat: what it can decide this year, what it has decided, and where that stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from foedus.council import room_sheet
from foedus.council.act_forms import act_form
from foedus.council.acts import Viewer
from foedus.council.clauses import members_of
from foedus.council.due_now import NAMED
from foedus.council.felt_by_treaty import felt_said
from foedus.council.fold import Item, Room
from foedus.council.hall import Hall
from foedus.council.links import Session
from foedus.council.plain_words import institution, raised, treaty_said
from foedus.council.plans_of_pressure import plans
from foedus.council.procedures.treaty import running_out
from foedus.council.sheets import filled, part
from foedus.council.tableside import Reader
from foedus.vocabulary.prose import listing, the


def orders(hall: Hall, session: Session, query: Mapping[str, str], words: dict[str, Any]) -> str:
    """Return the page on which a seat decides what binds, and confirms it."""
    r = room_sheet.reader(hall, session.viewer)
    c = orders_of(hall, r, words["base"]) | {"token": words["token"], "key": words["key"]}
    return filled("orders.html", title="Orders", c=c, **words)


def orders_parts(hall: Hall, viewer: Viewer, base: str) -> dict[str, str]:
    """Return the parts of that page that change: what can be decided, and where the orders stand."""
    c = orders_of(hall, room_sheet.reader(hall, viewer), base)
    return {n: part("_orders.html", n, c) for n in ("standing", "orders")} | {
        "phases": part("_room.html", "phases", c),
        "step": part("_room.html", "step", c, ""),
    }


def _led(hall: Hall, r: Reader) -> str:
    """Return who of a seat confirms its orders; nothing where anybody does."""
    seat = r.room.seats.get(str(r.seat))
    if r.room.form.rules.confirms != "head" or seat is None:
        return ""
    head = hall.links.get(int(seat.get("head") or 0))
    if head is None or head.revoked:
        return "Nobody leads your seat yet, so that anybody of it confirms. Who wants to lead it says so in the room, under “Everything else that is open to you”."
    return f"{head.label or f'Person {head.id}'} leads your seat, and alone confirms these orders or takes them back."


def orders_of(hall: Hall, r: Reader, base: str) -> dict[str, Any]:
    """Return what a seat can decide, what it has decided, and what may be done with that."""
    name = f"{r.seat}:{r.room.year}"
    item = r.room.orders.get(name)
    open_ = {o.kind: o for o in r.offers if o.kind.startswith("orders.") and o.item in ("", name)}
    put = open_.get("orders.put")
    if put is not None and item is not None and not put.item:
        put = None
    may_put = put is not None and (item is None or item.state == "draft")
    at_once = may_put and r.room.phase == "orders"
    confirm = [
        act_form(o, r.room) for k, o in open_.items() if k == "orders.take" or (k == "orders.confirm" and not may_put)
    ]
    return {
        **room_sheet.strip(r),
        "who": r.called(r.seat) if r.seat else "",
        "state": item.state if item is not None else "not put",
        "heading": _heading(r, item),
        "may_put": may_put,
        "at_once": at_once,
        "item": name if item is not None else "",
        "pressed": plans(r.room, r.seat, on=r.seat),
        "questions": questions(r, dict(item.data) if item is not None else {}),
        "decided": decided(r, dict(item.data) if item is not None else {}) if r.room.phase in _OVER else None,
        "confirm": confirm,
        "led": _led(hall, r),
        "phase": r.room.phase,
        "back": "/orders",
        "stands": "",
        "base": base,
        "token": "",
        "key": "",
        "drafts": {},
        "asks": {},
        "article_choices": [],
    }


def _heading(r: Reader, item: Item | None) -> str:
    """Return where the orders of a seat stand, and what it does not sign by them: that is easily not meant."""
    said = _STANDING.get(item.state if item is not None else "", _NONE[r.room.phase in _OVER])
    unsigned = unsigned_by(r.room, str(r.seat)) if item is not None and item.state == "confirmed" else []
    return f"{said[:-1]}: you do not sign {listing(f'“{treaty_named(t, r)}”' for t in unsigned)}." if unsigned else said


def lacking(r: Reader) -> list[str]:
    """Return whose orders are not confirmed while somebody is there, and who confirmed without signing what waits for it."""
    found = []
    for seat in (s for s in r.room.form.seats if s in r.room.form.states):
        orders, who = r.room.orders.get(f"{seat}:{r.room.year}"), raised(the(r.called(seat)))
        if orders is not None and orders.state == "confirmed":
            unsigned = listing(f"“{treaty_named(t, r)}”" for t in unsigned_by(r.room, seat))
            found += [f"{who} has confirmed, and does not sign {unsigned}."] if unsigned else []
        elif r.here.get(seat):
            waits = listing(f"“{treaty_named(t, r)}”" for t in _to_sign(r.room, seat))
            done = "has not confirmed its orders" if orders is None else "has only written its orders down"
            found.append(f"{who} {done}" + (f": until it confirms there is no {waits}." if waits else "."))
    return found


def unsigned_by(room: Room, seat: str) -> list[Item]:
    """Return the treaties that wait for a seat and that its orders of this year do not sign."""
    orders = room.orders.get(f"{seat}:{room.year}")
    signs = dict(orders.get("sign", {})) if orders is not None else {}
    if orders is not None:
        signs |= dict.fromkeys(orders.get("if", {}), True)
    return [t for t in _to_sign(room, seat) if not signs.get(t.id)]


def _to_sign(room: Room, seat: str) -> list[Item]:
    """Return the treaties that wait for a seat, whatever it has written down."""
    return [t for t in room.treaties.values() if t.state in ("agreed", "refused") and seat in t.get("parties", ())]


def treaty_named(item: Item, r: Reader) -> str:
    """Return a treaty by the title that it was given, or by that of its text with what it would bring into force."""
    makes, text = treaty_said(item, r.said, NAMED), r.room.item("text", str(item.get("text", "")))
    of_text = text.words.get("title") if text is not None else None
    return str(item.words.get("title") or (f"{of_text} ({makes})" if of_text else makes))


def questions(r: Reader, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what a seat can decide this year, each with what it has said."""
    seat, found = str(r.seat), []
    for item in r.room.treaties.values():
        if item.state in ("agreed", "refused") and seat in item.get("parties", ()):
            parties = raised(listing([r.said(s) for s in item.get("parties", ())]))
            found.append(
                _question(
                    "sign",
                    item.id,
                    f"Sign: {treaty_named(item, r)}",
                    f"{parties}. In force when all have signed. {felt_said(r.room, seat, item.id)}".strip(),
                    given,
                    left_out=False,
                )
                | {"text": str(item.get("text") or "")}
            )
    lapses = running_out(r.room)
    for key in r.room.in_force:
        if seat in members_of(key):
            words, says = f"Leave {institution(key, r.said, NAMED)}", "Left out, we stay."
            if key in lapses:
                words = f"Let {institution(key, r.said, NAMED)} lapse"
                says = f"Its term runs out in {r.room.year}. Renewed, it goes on for as long again. Left out, it lapses for us."
            answers = ("It lapses", "We renew it") if key in lapses else ("We leave", "We stay")
            found.append(_question("leave", key, words, says, given, answers))
    for item in r.room.quarrels.values():
        sides = list(item.get("sides", ()))
        if seat in sides:
            other = next(s for s in sides if s != seat)
            rung, says = _RUNGS.get(item.state, _RUNGS["quiet"])
            found.append(_question("climb", other, rung.format(other=r.said(other)), says, given))
    return found


_RUNGS: Final[Mapping[str, tuple[str, str]]] = {
    "quiet": ("Raise the quarrel with {other}", "It is quiet. Left out, it stays so."),
    "raised": (
        "Climb one rung more against {other}",
        "It is raised. Left out, it goes as far as it has gone at the table.",
    ),
    "answered": (
        "Go on to a crisis with {other}",
        "It is answered in kind. Left out, it goes as far as it has gone at the table.",
    ),
    "crisis": ("Hold to the crisis with {other}", "It is a crisis at the table. Left out, it stays one."),
}
"""What climbing means at each rung of a quarrel, and where it stands."""
_STANDING: Final[Mapping[str, str]] = {
    "draft": "Your orders are written, and not confirmed yet.",
    "confirmed": "Your orders are confirmed.",
    "carried out": "Your orders were carried out.",
    "not confirmed": "Your orders were not confirmed, and not carried out.",
}
"""What became of a seat's orders."""
_NONE: Final = {False: "No orders are given yet.", True: "You gave no orders this year."}
_OVER: Final = ("year", "reading", "debrief", "closed")
"""Phases in which orders are closed: what was decided stands there, and not what is in force since."""


def decided(r: Reader, given: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what the orders of a seat decided, line by line; what they left out is none of it."""

    def treaty(name: str) -> str:
        item = r.room.treaties.get(name)
        return name if item is None else treaty_named(item, r)

    says: dict[str, Callable[[str], str]] = {
        "sign": lambda n: f"Sign: {treaty(n)}",
        "if": lambda n: f"Sign {treaty(n)} only together with another",
        "leave": lambda n: f"Leave {institution(n, r.said)}",
        "climb": lambda n: f"Climb a rung against {r.said(n)}",
        "light": lambda n: f"A light treaty with {r.said(n)}",
        "admit": lambda n: f"Let {r.said(n)} in",
        "apply": lambda n: f"Knock at the door of {institution(n, r.said)}",
    }
    said = {True: "yes", False: "no"}
    return [
        {"words": words(name), "said": said[value] if isinstance(value, bool) else treaty(str(value))}
        for field, words in says.items()
        for name, value in dict(given.get(field, {})).items()
    ]


def _question(
    field: str,
    name: str,
    words: str,
    says: str,
    given: Mapping[str, Any],
    answers: tuple[str, str] = ("Yes", "No"),
    *,
    left_out: bool = True,
) -> dict[str, Any]:
    """Return a question with its choices; one that may not be left out has to be answered before the orders are confirmed."""
    value = dict(given.get(field, {})).get(name)
    chosen = {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""
    choices = [*zip(("yes", "no"), answers, strict=True), *([("", "Left out")] if left_out else [])]
    return {
        "name": f"{field}.{name}",
        "words": words,
        "says": says,
        "chosen": chosen,
        "choices": choices,
        "must": not left_out,
        "text": "",
    }
