"""Due: what waits for a reader, the next first."""

from __future__ import annotations

from typing import Any, Final

from foedus.council import open_acts
from foedus.council.fold import Item
from foedus.council.plain_words import institution, raised
from foedus.council.plans_of_pressure import plans
from foedus.council.pressing_jointly import asked
from foedus.council.quiet_hours import hour_said
from foedus.council.running import elsewhere
from foedus.council.tableside import Reader, left
from foedus.council.titles import title_of
from foedus.vocabulary.prose import listing

NAMED: Final = 3
"""Members that the name of a treaty has; all of them stand below it."""
_DUE: Final = (
    "accession.agree",
    "treaty.initial",
    "mediation.accept",
    "table.agree",
    "channel.accept",
    "orders.confirm",
    "demarche.join",
    "demarche.hold",
)
"""Acts that somebody waits for, told as what is due."""


def due(r: Reader, base: str) -> list[dict[str, Any]]:
    """Return what waits for the reader, the next first."""
    found: list[dict[str, Any]] = []
    kinds = {(o.kind, o.item) for o in r.offered(*_DUE)}
    for item in open_acts.waiting(r):
        until = None if r.room.paused else item.until
        title = f"“{item.words.get('title', '')}”"
        says = {
            "silent": f"{title} is under silence. Say nothing and you agree; it ends in",
            "called": f"Consensus is called on {title}. Answer within",
            "proposed": f"Silence is proposed on {title}. Object within",
        }
        found.append(_due(says[item.state], until, base, item, r))
    for kind, name in sorted(kinds):
        if kind == "mediation.accept":
            found.append({"words": f"{_offered(r, name)}: accept or decline.", "until": None, "left": "", "link": ""})
        elif kind == "table.agree":
            moved = r.room.tables[name].get("motion")
            words = f"{raised(r.said(str(moved['by'])))} asks for a caucus of {moved['minutes']:g} minutes: agree or decline."
            found.append({"words": words, "until": None, "left": "", "link": ""})
        elif kind == "accession.agree":
            item = r.room.all("accession")[name]
            door = institution(str(item.get("of")), r.said, NAMED)
            words = (
                f"{raised(r.said(str(item.get('newcomer'))))} would come into {door}: all its members have to agree."
            )
            found.append({"words": words, "until": None, "left": "", "link": ""})
        elif kind == "treaty.initial":
            words = f"“{title_of(r.room, 'treaty', name)}” is drafted: initial it if you would sign it so."
            found.append({"words": words, "until": None, "left": "", "link": ""})
        elif kind == "channel.accept":
            words = f"You are invited to the channel “{title_of(r.room, 'channel', name)}”: join it among the channels."
            found.append({"words": words, "until": None, "left": "", "link": f"{base}#channels"})
        elif kind in ("demarche.join", "demarche.hold"):
            found += [{"words": w, "until": None, "left": "", "link": ""} for w in asked(r.room, name, str(r.seat))]
        elif kind == "orders.confirm" and r.room.phase == "orders":
            link = f"{base}/orders"
            found.append({"words": "Your orders are put and not confirmed.", "until": None, "left": "", "link": link})
    for one in elsewhere(r) if r.viewer.role != "observer" or r.room.texts else ():  # the bare table has them in large
        since = f", since {hour_said(one['from'], r.room.form.rules.zone)}" if one["from"] else ""
        words = f"{one['what']}: a text of a closed table{since}. {'It ends in' if one['until'] else one['then']}"
        found.append({"words": words, "until": one["until"], "left": one["left"], "link": ""})
    for table in r.room.tables.values():
        if table.state == "caucus" and r.seat in table.get("members", ()):
            until = None if r.room.paused else table.until
            words = f"“{table.words.get('title', '')}” has broken for a caucus; it goes on in"
            found.append({"words": words, "until": until, "left": left(until, r.now), "link": ""})
    if r.room.phase in ("lobby", "opening") and r.seat is not None:
        found.append({"words": "Read your brief.", "until": None, "left": "", "link": f"{base}/brief"})
    if r.room.phase == "reading":
        words = f"The year {r.room.year} can be read."
        found.append({"words": words, "until": None, "left": "", "link": f"{base}/year"})
    elif r.room.phase == "debrief":
        found.append({"words": "The debrief is open.", "until": None, "left": "", "link": f"{base}/debrief"})
    if r.room.phase == "orders":
        laid = plans(r.room, r.seat, on=r.seat) if r.seat in r.room.form.states else []
        said = [f"Pressure: {p['words']}." for p in laid]
        found += [{"words": w, "until": None, "left": "", "link": f"{base}/orders"} for w in said]
    if r.room.phase == "orders" and r.seat in r.room.form.states and f"{r.seat}:{r.room.year}" not in r.room.orders:
        found.append({"words": "Orders are open.", "until": None, "left": "", "link": f"{base}/orders"})
    return sorted(found, key=lambda d: d["until"] or 9e12)


def _offered(r: Reader, name: str) -> str:
    """Return which mediation is offered to a reader, as a sentence without its stop."""
    item = r.room.mediations[name]
    mediator, sides = str(item.get("mediator")), [r.said(s) for s in item.get("sides", ()) if s != r.seat]
    if mediator == r.seat:
        return f"You are asked to mediate between {listing(sides)}"
    return f"{raised(r.said(mediator))} would mediate between you and {listing(sides)}"


def _due(words: str, until: float | None, base: str, item: Item, r: Reader) -> dict[str, Any]:
    return {"words": words, "until": until, "left": left(until, r.now), "link": f"{base}?text={item.id}"}
