"""Running: what has an hour at which it ends (silence, calls, votes, offers, a caucus), since when, and how long still."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from foedus.council.fold import Item, family_of
from foedus.council.procedures.showing import OVER, shown_names
from foedus.council.store.chain import seconds_of
from foedus.council.tableside import Reader, left
from foedus.council.titles import title_of

_SAYS: Final[Mapping[str, tuple[str, str]]] = {
    "silent": ("Under silence", "Who says nothing agrees."),
    "proposed": ("Silence is proposed", "Unless somebody objects it is placed."),
    "called": ("Consensus is called", "Who does not answer agrees."),
    "voting": ("A vote is open", "Answers can be changed until it is closed."),
    "offered": ("An amendment is offered", "Unless somebody objects it is carried."),
    "caucus": ("A caucus", "Then the table goes on."),
}
"""What runs, by state: what it is called, and what comes of it."""
_STATES: Final = {"text": tuple(_SAYS)[:4], "amendment": ("offered",), "table": ("caucus",)}


def running(r: Reader) -> list[dict[str, Any]]:
    """Return what runs now as far as the reader knows, the next to end first: what it is, since when, how long still; no seat is named."""
    found = [_told(r, i, title_of(r.room, *_titled(i))) for i in _known(r)]
    return sorted(found + elsewhere(r), key=lambda f: (f["ends"], f["title"]))


def elsewhere(r: Reader) -> list[dict[str, Any]]:
    """Return what runs at closed tables where all are told that it does: which text it is, and whose, its reader does not know."""
    own = {n for t in r.room.texts.values() for n in shown_names(t)}
    clocks = (i for i in r.room.all("clock").values() if i.state != OVER and i.until is not None and i.id not in own)
    return [_told(r, i, "") for i in clocks]


def _known(r: Reader) -> Iterator[Item]:
    for family, states in _STATES.items():
        yield from (i for i in r.room.all(family).values() if i.state in states and i.until is not None and _goes(r, i))


def _goes(r: Reader, item: Item) -> bool:
    """Return whether the hour of an item brings something: an amendment waits while its text is not open."""
    text = r.room.item("text", str(item.get("text"))) if item.family == "amendment" else None
    return text is None or text.state == "open"


def _titled(item: Item) -> tuple[str, str]:
    return ("text", str(item.get("text"))) if item.family == "amendment" else (item.family, item.id)


def _told(r: Reader, item: Item, title: str) -> dict[str, Any]:
    what, then = _SAYS[item.state]
    until = None if r.room.paused else item.until
    stands = "Paused: the clock stands." if r.room.paused else ""
    if until is not None and until <= r.now:
        stands = "The hour is over: what is still due is waited for."
    since = _began(r, item)
    return {
        "what": what,
        "title": title,
        "then": stands or then,
        "since": since,
        "from": seconds_of(since) if since else None,
        "until": until,
        "left": left(until, r.now),
        "ends": item.until,
    }


def _began(r: Reader, item: Item) -> str:
    """Return the moment of the log at which an item came into its state."""
    found = before = ""
    for one in r.sight.events[: r.sight.count]:
        body = one.event.body
        if body.get("id") == item.id and family_of(one.event.kind) == item.family and body.get("to"):
            found, before = (found if before == body["to"] else one.at), str(body["to"])
    return found
