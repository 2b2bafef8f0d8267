"""The room's own page: put together for a reader, whole for a browser and in parts for its stream."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from foedus.council import open_acts, talk
from foedus.council import tableside as at
from foedus.council.acts import Viewer
from foedus.council.bands import band_said
from foedus.council.bare_table import no_paper
from foedus.council.due_now import NAMED, due
from foedus.council.facts_held import held_since
from foedus.council.fold import Item
from foedus.council.glosses import glossed
from foedus.council.hall import Hall
from foedus.council.next_step import rehearsal_step
from foedus.council.plain_words import in_short, raised, treaty_said
from foedus.council.plans_of_pressure import left_to_plan, plans
from foedus.council.pressing_jointly import UNREAD, demarches
from foedus.council.procedures.phases import called, dated, minutes
from foedus.council.quiet_hours import hour_said
from foedus.council.room_form import dates_of
from foedus.council.tableside import Reader, left
from foedus.council.term_bar import term_bar
from foedus.council.worth import likely, set_against, signed, two_numbers
from foedus.mechanisms import MECHANISMS
from foedus.surfaces.svg.inks import parted
from foedus.vocabulary.prose import country, listing, the

STRIP: Final = ("opening", "consultation", "table", "orders", "year", "reading")
"""Phases of a year, as the strip shows them."""
ASKS: Final[Mapping[str, str]] = {
    "silence.break": "What would you need?",
    "consensus.object": "What do you object to?",
    "amendment.offer": "New wording",
    "amendment.add": "The new article",
    "concern.raise": "Your concern",
    "table.convene": "What the table is called",
    "channel.open": "What the channel is called",
    "seat.declare": "What you declare",
    **dict.fromkeys(("quarrel.raise", "quarrel.answer", "quarrel.go"), "What you do"),
    "mediation.propose": "The settlement",
    "pressure.announce": "Your word to them: what you want, what you warn of",
    "demarche.propose": "What we say together",
    "demarche.yield": "Our answer",
    "demarche.hold": "Our answer",
}
"""What stands above the words of an act."""


def reader(hall: Hall, viewer: Viewer) -> Reader:
    """Return a kind of viewer as a reader of the room now."""
    return Reader(hall.sight(viewer), hall.now(), hall.here(), hall.worths, hall.bands)


def strip(r: Reader) -> dict[str, Any]:
    """Return the phases of the year with the one that it is, and the time that is left."""
    room = r.room
    now = room.phase
    known = STRIP.index(now) if now in STRIP else -1
    shown = [
        (called(room, p), "now" if p == now else "done" if k < known else "")
        for k, p in enumerate(STRIP)
        if p != "consultation" or room.form.rules.phases == "guided" or p == now
    ]
    if now not in STRIP:
        shown = [(called(room, now), "now")]
    resting = room.paused and bool(room.itself.get("resting"))
    until = room.itself.until if resting or not room.paused else None
    day = until if until and dated(room) else None
    planned = minutes(room, now)
    ends = None if planned is None or until or room.paused else _planned_end(r, float(planned))
    words = f"{planned:g} minutes planned, left" if ends is not None else ""
    words = "Paused: all clocks stand" if room.paused else f"{called(room, now)} ends in" if until else words
    if resting:
        words = "Pause of the plan; it goes on in"
    if day:
        words = f"{called(room, now)} ends at {hour_said(day, room.form.rules.zone, day=True)}"
    return {
        "year": room.year,
        "held": held_since(room.form.case, room.year) if room.phase not in ("set up", "lobby") else None,
        "step": rehearsal_step(r),
        "phases": shown,
        "left_words": words,
        "phase_day": day,
        "zone": room.form.rules.zone or "UTC",
        "phase_until": until or ends,
        "phase_left": left(until or ends, r.now),
    }


def _planned_end(r: Reader, minutes: float) -> float | None:
    """Return when the planned minutes of the phase are over, pauses in it left out; nothing ends by itself then."""
    entered, paused = r.room.itself.get("entered"), 0.0
    if entered is None:
        return None
    for one in reversed(r.sight.events[: r.sight.count]):
        if one.event.kind == "room.resumed":
            paused += float(one.event.body.get("moved", 0.0))
        elif "entered" in one.event.body.get("set", {}):
            break
    return float(entered) + paused + 60.0 * minutes


def dates_said(r: Reader) -> list[dict[str, Any]]:
    """Return the phases that begin at a day and hour, each with its hour where the room is."""
    form, found = r.room.form, dates_of(r.room.form)
    years = len({y for y, _, _ in found}) > 1
    return [
        {
            "name": called(r.room, phase) + (f" of {year}" if years else ""),
            "hour": hour_said(at, form.rules.zone, day=True),
            "at": at,
            "zone": form.rules.zone or "UTC",
        }
        for year, phase, at in found
    ]


def concerns(r: Reader) -> list[dict[str, str]]:
    """Return the concerns that a reader knows."""
    return [
        {
            "words": item.words.get("concern", "(erased)"),
            "says": _raised_by(str(item.get("author")), tuple(item.get("about", ())), item.state, r.room.year),
        }
        for item in r.room.concerns.values()
    ]


@lru_cache(1024)
def _raised_by(author: str, about: tuple[str, ...], state: str, year: int) -> str:
    by, *of = (the(country(s, year)) for s in (author, *about))
    return f"raised by {by}{f' about {listing(of)}' if of else ''} · {state}"


_RUNGS: Final = ("raised", "answered", "crisis")


def quarrels(r: Reader) -> list[dict[str, Any]]:
    """Return the quarrels of a reader's seat that are not quiet, as ladders."""
    found = []
    for item in r.room.quarrels.values():
        sides = list(item.get("sides", ()))
        if item.state == "quiet" or (r.seat and r.seat not in sides):
            continue
        said = {s.kind: s.words for s in item.said if s.year == r.room.year}
        first, second = str(item.get("first") or sides[0]), str(item.get("second") or sides[-1])
        at_rung = _RUNGS.index(item.state) if item.state in _RUNGS else -1
        words = (f"{_you(first, r)} raised it", f"{_you(second, r)} answered in kind", "Third rung: a crisis")
        kinds = ("quarrel.raised", "quarrel.answered", "quarrel.gone on")
        rungs = [
            {"words": w, "says": said.get(k, ""), "state": "at" if n == at_rung else "past" if n < at_rung else "no"}
            for n, (w, k) in enumerate(zip(words, kinds, strict=True))
        ]
        others = [r.said(s) for s in sides if s != r.seat]
        title = f"Quarrel with {others[0]}" if r.seat in sides else f"Quarrel of {listing(others)}"
        found.append({"title": title, "rungs": rungs, "note": ""})
    return found


def _you(seat: str, r: Reader) -> str:
    return "You" if seat == r.seat else raised(r.said(seat))


def treaties(r: Reader) -> list[dict[str, str]]:
    """Return what was negotiated in the room."""
    found = []
    for item in r.room.treaties.values():
        words = item.words.get("title") or treaty_said(item, r.said, NAMED)
        parties = listing([r.called(s) for s in item.get("parties", ())])
        term = f" · until {item.get('until')}" if item.get("until") else ""
        found.append({"words": str(words), "says": f"{parties} · {item.state}{term}"})
    return found


def standing(r: Reader) -> dict[str, Any]:
    """Return what stands beside the texts: quarrels, pressure as far as the reader knows of it, treaties."""
    pressed, purse = plans(r.room, r.seat), left_to_plan(r.room, r.seat)
    return {
        "quarrels": quarrels(r),
        "rungs": glossed("rung"),
        "pressed": pressed,
        "purse": purse,
        "jointly": demarches(r.room, r.seat),
        "unread_words": UNREAD,
        "treaties": treaties(r),
        "declared": declared(r),
    }


def declared(r: Reader) -> list[dict[str, str]]:
    """Return what each seat declared in public last this year, the newest first."""
    found = []
    for seat in sorted(r.room.seats.values(), key=lambda s: -int(s.get("declared", 0))):
        said = (
            [s for s in seat.said if s.kind == "seat.declared" and s.year == r.room.year]
            if seat.get("declared")
            else []
        )
        if said:
            found.append(
                {"who": "you" if seat.id == r.seat else r.called(seat.id), "words": in_short(said[-1].words, 300)}
            )
    return found


def worth(r: Reader, text: Item | None) -> list[dict[str, Any]]:
    """Return what each clause of a text would be worth to the reader's own seat: the sum, the law's consent, and the terms."""
    found = []
    clauses = [str(a.get("clause") or "") for a in text.get("articles", ())] if text is not None else []
    for number, clause in enumerate(clauses, 1):
        given = r.worth(clause)
        if given is None:
            continue
        which = f"Article {number}" if sum(map(bool, clauses)) > 1 else "This text"
        agrees = (
            ""
            if given.chance is None
            else f"A government in your place would agree with a chance of {likely(given.chance)}."
        )
        tone = "neg" if given.total < 0 else "pos"
        terms = [_term(n, v, clause) for n, v in sorted(given.terms.items(), key=lambda t: -abs(t[1]))]
        found.append(
            {
                "which": which,
                "sum": f"{signed(given.total)} %",
                "against": set_against(given.star, r.hub),
                "apart": two_numbers(r.room.year, r.hub),
                "glosses": glossed("product"),
                "tone": tone,
                "says": agrees,
                "band": band_said(r.bands.get(clause, {}).get(str(r.seat))),
                "terms": terms,
                "bar": term_bar(given.terms),
            }
        )
    return found


def _term(name: str, value: float, clause: str) -> dict[str, Any]:
    mechanism = MECHANISMS[name]
    ink = parted(mechanism.ink)[0]
    return {"key": name, "name": mechanism.called(value), "value": signed(value), "ink": ink, "clause": clause}


def chosen(r: Reader, text: str, channel: str) -> tuple[Item | None, str]:
    """Return the text that is shown, the newest open one unless another is named, and the channel."""
    found = r.room.texts.get(text)
    if found is None:
        open_ = [t for t in r.room.texts.values() if t.state not in ("withdrawn", "lapsed", "adopted")]
        urgent = [t for t in open_ if t.state != "open"]
        found = next(reversed(urgent or open_ or [*r.room.texts.values()]), None)
    known = [c["id"] for c in talk.channels(r, "")]
    place = channel if channel in known else next(iter(known), "")
    return found, place


def context(r: Reader, base: str, text: str = "", channel: str = "") -> dict[str, Any]:
    """Return everything that the room's page shows.

    Parameters
    ----------
    r : Reader
    base : str
        Address below which the reader's pages are.
    text, channel : str
        Those that are chosen.
    """
    shown, place = chosen(r, text, channel)
    room = r.room
    talked = next((c for c in talk.channels(r, place) if c["on"]), None)
    kinds = {(o.kind, o.item) for o in r.offers}
    may_say = talked is not None and (talked["kind"], place) in kinds
    return {
        "base": base,
        **strip(r),
        "who": _who(r),
        "heading": room.form.title or room.form.case,
        **no_paper(r),
        "due": due(r, base),
        "texts": at.texts(r, shown.id if shown is not None else ""),
        "concerns": concerns(r),
        **standing(r),
        "seating": seating(r, shown),
        "seats_part": part_of(shown.id if shown is not None else ""),
        **on_paper(r, shown),
        "worth": worth(r, shown),
        "more": open_acts.other_forms(r),
        "outside": open_acts.OUTSIDE,
        "may_act": bool(r.actor),
        "channels": talk.channels(r, place),
        "joins": open_acts.joins(r),
        "channel": place,
        "channel_label": talked["label"] if talked else "",
        "readers": talked["who"] if talked else "There is no table or channel here that you may read.",
        "lines": talk.talk(r, place) if place else [],
        "say": talked["kind"] if talked and may_say else "",
        "token": "",
        "drafts": {},
        "asks": ASKS,
        "shared": None,
    }


def seating(r: Reader, shown: Item | None) -> dict[str, Any]:
    """Return the seats around the table of a text, or around the reader's first, with who is heard there."""
    table = r.room.item("table", str(shown.get("table"))) if shown is not None else next(iter(at.tables(r)), None)
    return at.seating(r, table, shown)


def on_paper(r: Reader, text: Item | None) -> dict[str, Any]:
    """Return what a page shows of the text on the table, with what is open on it."""
    paper = at.paper(r, text) if text is not None else None
    return {"paper": paper, "paper_part": part_of(text.id if text else ""), **acts_on_paper(r, text)}


def part_of(text: str) -> str:
    """Return the name of the part of a page that shows a text; what hangs on which text is shown has it in its name."""
    return f"paper-{text or 'none'}"


def acts_on_paper(r: Reader, text: Item | None) -> dict[str, Any]:
    """Return what is open on the text on the table, and what the phase is for."""
    if text is None:
        return {"forms": open_acts.forms_of_phase(r), "article_choices": (), "elsewhere": ()}
    named = enumerate(text.get("articles", ()), 1)
    whole = ((k, str(a["id"]), text.words.get(a["id"], "")) for k, a in named)
    choices = tuple((name, f"{k}. {in_short(words, 60)}", words) for k, name, words in whole)
    expected, on_text = open_acts.forms_of_phase(r), open_acts.forms_on_text(r, text)
    forms = [*on_text, *expected] if r.room.phase == "table" else [*expected, *on_text]
    forms.sort(key=lambda f: f.kind not in open_acts.WAITED)
    return {"forms": forms, "article_choices": choices, "elsewhere": open_acts.elsewhere(r, text)}


def _who(r: Reader) -> str:
    if r.seat is None:
        return "Facilitator" if r.viewer.role == "facilitator" else "Observer"
    people = r.here.get(r.seat, 0)
    return f"{r.called(r.seat)} · {people} here" if people else r.called(r.seat)
