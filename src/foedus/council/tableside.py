"""The table as its page shows it: seats, the paper with its clock, what is open, and what is said."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from foedus.council.acts import FACILITATOR, Viewer
from foedus.council.clauses import read_clause
from foedus.council.fold import Item, Room
from foedus.council.glosses import glossed
from foedus.council.plain_words import clause_said, raised
from foedus.council.quiet_hours import hour_said
from foedus.council.sensible import makes_sense
from foedus.council.sights import Sight
from foedus.council.stepping import Offer, allowed
from foedus.council.telling import reasons
from foedus.council.text_fates import adopted_said, tried_before
from foedus.council.titles import title_of
from foedus.council.watched import Kept, Making
from foedus.council.wordings import changed, wording_before
from foedus.council.worth import Worth, signed
from foedus.vocabulary.prose import country, listing, the

OVER_DAYS: Final = 43_200.0
"""Seconds of a silence from which on its day is told beside its hour (judged: half a day; a quarter or a whole would do)."""
TIMELESS: Final = -math.inf
"""The time of parts that streams tell: the browser counts down, and what is told does not change with each second."""


@dataclass(frozen=True)
class Reader:
    """Who a page is made for.

    Attributes
    ----------
    sight : Sight
    now : float
        Seconds of the room's clock.
    here : mapping of str to int
        People in each seat now.
    worths : mapping of str to mapping of str to Worth
        What clauses would be worth, by their words and by state; a page shows its reader's own alone.
    bands : mapping of str to mapping of str to (float, float)
        Between which sums they lie in most draws; nothing while that is worked out.
    made : Making
        Keeps what was made for them before.
    """

    sight: Sight
    now: float
    here: Mapping[str, int] = field(default_factory=dict)
    worths: Mapping[str, Mapping[str, Worth]] = field(default_factory=dict)
    bands: Mapping[str, Mapping[str, tuple[float, float]]] = field(default_factory=dict)
    made: Making = field(default_factory=Making)

    @property
    def viewer(self) -> Viewer:
        """Who reads."""
        return self.sight.viewer

    @property
    def room(self) -> Room:
        """What they know."""
        return self.sight.room

    @property
    def seat(self) -> str | None:
        """Their seat, if they have one."""
        return self.viewer.seat if self.viewer.role == "seat" else None

    @property
    def actor(self) -> str:
        """Who they act as; nobody for observers."""
        if self.viewer.role == "seat":
            return f"seat:{self.viewer.seat}"
        return FACILITATOR if self.viewer.role == "facilitator" else ""

    def called(self, state: str) -> str:
        """Return the name of a state in the year that is played."""
        return country(state, self.room.year)

    def said(self, state: str) -> str:
        """Return that name as a sentence has it, with its article."""
        return the(self.called(state))

    @property
    def hub(self) -> str:
        """The hub, as a sentence to them names it."""
        return "you" if self.seat == self.room.form.hub else self.said(self.room.form.hub)

    def worth(self, clause: str) -> Worth | None:
        """Return what a clause would be worth to the reader's own seat; None where that is not known, not shown, or in force."""
        given = self.worths.get(clause, {}).get(self.seat) if self.seat else None
        known, hub = (*self.room.form.states, *self.room.form.adversaries), self.room.form.hub
        stands = given is not None and read_clause(clause, known, hub).makes in self.room.in_force
        return None if stands else given

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """What is open to them now."""
        return self._allowed(None)

    def offered(self, *kinds: str) -> tuple[Offer, ...]:
        """Return what is open to them now of some kinds of acts."""
        if isinstance(self.made, Kept):  # so that what is made of it hangs on nothing else
            return self._allowed(kinds)
        return tuple(o for o in self.offers if o.kind in kinds)

    def _allowed(self, kinds: Sequence[str] | None) -> tuple[Offer, ...]:
        if not self.actor:
            return ()
        return allowed(self.room, self.actor, kinds, self.made, lambda room, o: makes_sense(room, self.seat, o))

    def seeing(self, room: Room) -> Reader:
        """Return the same reader of the room as something else that knows what is read of it."""
        return replace(self, sight=replace(self.sight, room=room))


# -- seats --------------------------------------------------------------------------------------------------------


def tables(reader: Reader) -> list[Item]:
    """Return the tables that a reader knows, open ones first, those they sit at before others."""
    return sorted(
        reader.room.tables.values(), key=lambda t: (t.state == "closed", reader.seat not in t.get("members", ()))
    )


def seat_shown(reader: Reader, seat: str, table: Item | None, text: Item | None) -> dict[str, str]:
    """Return a seat as the table shows it."""
    item = reader.room.seats.get(seat)
    state = item.state if item is not None else "empty"
    people = reader.here.get(seat, 0)
    chair = " · chair" if table is not None and table.get("chair") == seat else ""
    sub = {
        "taken": f"{people} here" if people else "nobody heard",
        "away": "away",
        "played": "the model plays",
        "empty": "the model plays",
    }[state]
    if item is not None and item.get("stood"):
        sub = "the facilitator answers"
    kind = {"taken": "", "away": "away", "played": "model", "empty": "model"}[state]
    stance, tone = _stance(seat, text)
    you = seat == reader.seat
    return {
        "code": seat,
        "name": "You" if you else reader.called(seat),
        "sub": sub + chair,
        "kind": "you" if you and kind == "" else kind,
        "stance": stance,
        "tone": tone,
    }


_ANSWERS: Final = {
    "join": ("joins", "ok"),
    "aside": ("stands aside", ""),
    "object": ("objects", "no"),
    "keep": ("silent", "q"),
}


def _stance(seat: str, text: Item | None) -> tuple[str, str]:
    """Return where a seat stands on a text, and the tone in which that is said."""
    if text is None:
        return "", "q"
    answer = text.get("answers", {}).get(seat)
    if answer is not None:
        return _ANSWERS.get(str(answer.get("answer")), (str(answer.get("answer")), ""))
    if text.state == "silent":
        return "silent", "q"
    if text.state in ("called", "answering"):
        return "has not answered", "q"
    holds = [b for a in text.get("articles", ()) for b in a.get("brackets", ()) if seat in b["against"]]
    if holds:
        return "holds a bracket", "no"
    if text.state == "open" and (text.get("broken") or {}).get("seat") == seat:
        return "broke silence", "no"
    return ("sponsor", "q") if seat in text.get("sponsors", ()) else ("", "q")


def seating(reader: Reader, table: Item | None, text: Item | None) -> dict[str, Any]:
    """Return the seats around a table: its chair at the head, the reader in front, the others on both sides."""
    members = list(table.get("members", ())) if table is not None else list(reader.room.form.seats)
    chair = table.get("chair") if table is not None else None
    you = reader.seat if reader.seat in members else None
    top = [chair] if chair and chair != you else []
    others = [m for m in members if m not in (you, *top)]
    if not top and others and len(others) % 2:
        top, others = others[:1], others[1:]
    half = (len(others) + 1) // 2

    def shown(seats: Sequence[str]) -> list[dict[str, str]]:
        return [seat_shown(reader, s, table, text) for s in seats]

    return {
        "top": shown(top),
        "left": shown(others[:half]),
        "right": shown(others[half:]),
        "you": shown([you])[0] if you else None,
        "many": len(others) > 6,
    }


# -- the paper ----------------------------------------------------------------------------------------------------


def head_of(reader: Reader, text: Item) -> dict[str, Any]:
    """Return what stands above a text: its clock, and what is to be known of its state."""
    until = text.until if text.until is not None and not reader.room.paused else None
    hour = f"until {hour_of(reader, text)}" if text.until is not None else ""
    brackets = [str(k) for k, a in enumerate(text.get("articles", ()), 1) if a.get("brackets")]
    says: dict[str, tuple[str, str]] = {
        "open": ("Open.", _open_words(reader, text, brackets)),
        "proposed": (
            "Silence is proposed.",
            f"If nobody objects before the time is up, the text is placed under silence.{tried_before(text)}",
        ),
        "silent": (f"Under silence {hour}.", f"Nobody has written. If you say nothing, you agree.{tried_before(text)}"),
        "called": ("Consensus is called.", "Join, stand aside, or object with your reason. Silence here is agreement."),
        "answering": ("The time is up.", "The model answers for the seats that nobody plays."),
        "voting": ("A vote is open.", "Answers can be changed until it is closed."),
        "adopted": ("Adopted.", adopted_said(reader.room, text) if text.state == "adopted" else ""),
        "withdrawn": ("Withdrawn.", "Another member may take it over."),
        "lapsed": ("Lapsed.", "The year ended with the text open."),
    }
    strong, soft = says.get(text.state, (text.state.capitalize(), ""))
    whole = _whole_time(reader, text)
    own = text.until if text.state == "silent" else None
    zone = reader.room.form.rules.zone or "UTC"
    return {
        "until": until,
        "strong": strong,
        "soft": soft,
        "whole": whole,
        "left": left(until, reader.now),
        "own": own,
        "zone": zone,
    }


def hour_of(reader: Reader, text: Item) -> str:
    """Return until when a text is under silence, with the day where that may be another."""
    return hour_said(text.until, reader.room.form.rules.zone, day=float(text.get("seconds") or 0) >= OVER_DAYS)


def _open_words(reader: Reader, text: Item, brackets: Sequence[str]) -> str:
    if brackets:
        which = f"article {brackets[0]}" if len(brackets) == 1 else f"articles {listing(brackets)}"
        return f"Square brackets in {which}. A text with brackets cannot be called or placed under silence."
    broken = text.get("broken")
    if broken is not None and text.get("placed"):
        who = f" by {reader.said(broken['seat'])}" if broken.get("seat") else ""
        return f"Silence was broken{who}. The text is not adopted; it may be placed under silence again.{tried_before(text)}"
    kept = text.get("kept_off") or ()
    if kept:
        return f"{raised(listing([reader.said(s) for s in kept]))} objected. The text is not adopted; the objection is a concern."
    if reader.room.phase != "table":
        return "No brackets. It can be amended already; silence and calls are for the phase of the table."
    return "No brackets. It can be amended, called, or placed under silence."


def _whole_time(reader: Reader, text: Item) -> float | None:
    rules = reader.room.form.rules
    found = {"silent": text.get("seconds"), "proposed": rules.proposed_seconds, "called": rules.consensus_seconds}
    value = found.get(text.state)
    return None if value is None else float(value)


def left(until: float | None, now: float) -> str:
    """Return the time that is left as ``4:12``, with hours where there are some; nothing where no time is told."""
    if until is None or now == TIMELESS:
        return ""
    seconds = max(0, round(until - now))
    if seconds >= 172_800:
        return f"{seconds // 86_400} days"
    if seconds >= 3600:
        return f"{seconds // 3600}:{seconds // 60 % 60:02d} h"
    return f"{seconds // 60}:{seconds % 60:02d}"


def articles(reader: Reader, text: Item) -> list[dict[str, Any]]:
    """Return the articles of a text: words, what was changed last, brackets with their seats, what is offered."""
    offered = [a for a in reader.room.amendments.values() if a.get("text") == text.id]
    found = []
    for number, article in enumerate(text.get("articles", ()), 1):
        name = article["id"]
        waiting = [a for a in offered if a.get("article") == name and a.state == "offered"]
        found.append(
            {
                "number": number,
                "id": name,
                "pieces": _pieces(reader, text, article),
                "clause": article.get("clause") or "",
                **_read(reader, str(article.get("clause") or "")),
                "brackets": [_bracket(reader, b) for b in article.get("brackets", ())],
                "against": listing([reader.called(s) for s in _against(article)]),
                "offered": [_offered(reader, a, waits=text.state != "open") for a in waiting],
            }
        )
    there = {a["id"] for a in found}
    new = [a for a in offered if a.get("new") and a.get("article") not in there and a.state == "offered"]
    blank = {"pieces": (), "clause": "", "reads": "", "worth": "", "brackets": (), "against": "", "new": True}
    return found + [
        {
            "number": len(found) + k,
            "id": a.get("article"),
            **blank,
            "offered": [_offered(reader, a, waits=text.state != "open")],
        }
        for k, a in enumerate(new, 1)
    ]


def _read(reader: Reader, clause: str) -> dict[str, str]:
    """Return what the model reads of a clause, in words, and what it would be worth to the reader's own seat."""
    worth = reader.worth(clause)
    return {"reads": clause_said(clause, reader.room), "worth": "" if worth is None else f"{signed(worth.total)} %"}


def _against(article: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(s for b in article.get("brackets", ()) for s in b["against"]))


def _bracket(reader: Reader, bracket: Mapping[str, Any]) -> dict[str, Any]:
    item = reader.room.amendments.get(str(bracket["amendment"]))
    words = item.words.get("wording", "") if item is not None else ""
    clause = str(item.get("clause") or "") if item is not None else ""
    said = {"for": reader.called(str(bracket["for"])), "reasons": reasons(item, reader.room)}
    return {**said, "words": words, "clause": clause, **_read(reader, clause)}


def _offered(reader: Reader, item: Item, *, waits: bool) -> dict[str, Any]:
    return {
        "by": raised(reader.said(str(item.get("author")))),
        "words": item.words.get("wording", ""),
        "clause": str(item.get("clause") or ""),
        **_read(reader, str(item.get("clause") or "")),
        "until": item.until,
        "left": left(item.until, reader.now),
        "waits": waits,
    }


def _pieces(reader: Reader, text: Item, article: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the words of an article in pieces, each with ``ins``, ``del`` or nothing: what its last version changed."""
    words = text.words.get(article["id"])
    if words is None:
        return [("", "(erased)")]
    if int(article.get("since", 1)) < 2 or int(article["since"]) != int(text.get("version", 1)):
        return [("", words)]
    before = wording_before((one.event for one in reader.sight.events[: reader.sight.count]), text.id, article["id"])
    return changed(before, words) if before is not None else [("ins", words)]


def paper(reader: Reader, text: Item) -> dict[str, Any]:
    """Return a text as it lies on the table."""
    sponsors = listing([reader.said(s) for s in text.get("sponsors", ())])
    return {
        "id": text.id,
        "title": text.words.get("title") or "(erased)",
        "by": f"Tabled by {sponsors} · version {text.get('version', 1)}",
        "head": head_of(reader, text),
        "articles": (found := articles(reader, text)),
        "glosses": glossed(head_of(reader, text)["soft"], *(a["reads"] for a in found)),
        "reasons": reasons(text, reader.room),
        "state": text.state,
        "since": "",
        "others": [n for n in (int(text.get("version", 1)) - 1,) if n],
        "last": 0,
    }


def texts(reader: Reader, chosen: str) -> list[dict[str, Any]]:
    """Return the list of texts, newest last."""
    found = []
    for item in reader.room.texts.values():
        brackets = any(a.get("brackets") for a in item.get("articles", ()))
        state = {
            "silent": f"under silence until {hour_of(reader, item)}",
            "called": "consensus is called",
        }.get(item.state, item.state)
        said = f"{state}, brackets" if brackets and item.state == "open" else state
        found.append(
            {
                "id": item.id,
                "title": title_of(reader.room, "text", item.id),
                "says": said,
                "on": item.id == chosen,
                "own": item.until if item.state == "silent" else None,
                "zone": reader.room.form.rules.zone or "UTC",
            }
        )
    return found
