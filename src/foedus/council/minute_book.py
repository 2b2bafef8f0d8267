"""Minutes: the course of a room in sentences, then what was adopted, who signed, what is in force, and what each year was worth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from foedus.council.acts import CLOCK, Event, Viewer, parts_of, seat_of
from foedus.council.fold import Item, Room, family_of
from foedus.council.plain_words import called_in, clause_said, institution, number, raised
from foedus.council.room_form import RoomForm
from foedus.council.sight import readable, seen_by
from foedus.council.telling import SAYS, event_told, named
from foedus.council.text_fates import adopted_said
from foedus.council.told_of_rooms import happened_in, lines_of
from foedus.council.worth import LEAST, signed
from foedus.council.year_read import SeatYear, most_said, year_read
from foedus.simulation.trace import Happening
from foedus.vocabulary.prose import country, listing, the

_LEFT_OUT: Final = ("seat.noted", "inject.put first", "silence.kept", "orders.put")
"""Not for minutes: the notebook of who leads, every seat that lets silence run, and orders before they are confirmed."""
_CAME: Final[Mapping[str, str]] = {
    "seat.taken": "sat down",
    "seat.away": "not heard from",
    "seat.back": "back",
    "seat.freed": "free again",
}
"""Who came and went, by kind: one line a phase, so that they do not stand between what was done."""
_ANSWERED: Final = (Happening.FORMED.value, Happening.SIGNED.value, Happening.LIGHT.value, Happening.REFUSED.value)


def minutes(
    form: RoomForm, log: Sequence[Event], viewer: Viewer, people: Mapping[str, Sequence[str]] | None = None
) -> str:
    """Return the minutes of a room in Markdown, as a viewer may read them.

    Parameters
    ----------
    form : RoomForm
    log : sequence of Event
        The whole log, or what the viewer may read of it.
    viewer : Viewer
    people : mapping of str to sequence of str, optional
        What those are called who sat in each seat, or led the room, where that goes along.
    """
    seen, room = readable(log, viewer), seen_by(form, log, viewer)
    lines = [f"# Minutes: {form.title or form.case}", ""]
    if people:
        sat = {who: listing([_quiet(n) for n in names]) for who, names in people.items()}
        lines += ["## Who sat where", "", *(f"- {called_as(who, form)}: {names}" for who, names in sat.items())]
    kept = (e for e in seen if e.kind in SAYS and e.kind not in _LEFT_OUT and not _of_the_server(e))
    for (year, phase), events in groupby(_by_phase(kept), key=lambda found: found[0]):
        lines += ["", f"## {year}, {phase}", "", *_phase([e for _, e in events], room)]
    lines += ["", "## Texts", "", *_texts(room)]
    for year in room.years.values():
        lines += _year(room, year.id, viewer.seat if viewer.role == "seat" else None)
    stands = [f"- {raised(institution(k, called_in(room)))}" for k in room.in_force]
    lines += ["", "## In force at the end", "", *(stands or ["Nothing."])]
    return "\n".join(lines) + "\n"


def _of_the_server(event: Event) -> bool:
    """Return whether a pause is none that anybody made: the server stood, and every deadline moved."""
    return event.kind == "room.paused" and event.actor == CLOCK


def called_as(who: str, form: RoomForm) -> str:
    """Return what a seat is called in the first year, or a role that is none."""
    return country(who, form.first) if who in form.seats else who.capitalize()


def _by_phase(events: Iterable[Event]) -> Iterator[tuple[tuple[int, str], Event]]:
    """Yield each event with the year and phase that it belongs to: what begins a phase, and what comes of that, is the first of it."""
    at, left = (0, ""), (0, "")
    for event in events:
        own, sets = (event.year, event.phase), event.body.get("set", {})
        if "entered" in sets:  # the log has it in the phase that it ends
            at, left = (int(sets.get("year", event.year)), str(event.body.get("to"))), own
        elif own != left:
            at, left = own, (0, "")
        yield at, event


def _phase(events: Sequence[Event], room: Room) -> Iterator[str]:
    """Yield a line for what was done in a phase, one for all who joined a text without a word, and one for who came and went."""

    def named_in(state: str) -> str:
        return the(country(state, room.year))

    came: dict[str, dict[str, None]] = {}
    for event in events:
        if event.kind in _CAME:
            came.setdefault(_CAME[event.kind], {})[named_in(str(event.body["id"]))] = None
    done = (e for e in events if e.kind not in _CAME)
    for joined, together in groupby(done, key=_joined):
        run = list(together)
        if joined and len(run) > 1:
            who = raised(listing([named_in(str(e.body.get("for") or seat_of(e.actor))) for e in run]))
            yield f"- {_quiet(who + _JOINED + event_told(run[0], room).partition(_JOINED)[2])}."
        else:
            yield from (f"- {_minute(e, room)}{_version(e)}" for e in run)
    if came:
        yield f"- Who came and went: {'; '.join(f'{did}: {listing([*who])}' for did, who in came.items())}."


_JOINED: Final = " joined on "


def _joined(event: Event) -> tuple[str, str] | None:
    """Return on what somebody joined who said nothing beside it, and who answered for them."""
    plain = event.kind == "consensus.joined" and not event.words
    return (str(event.body["id"]), "" if seat_of(event.actor) else event.actor) if plain else None


def _minute(event: Event, room: Room) -> str:
    """Return an event as the log of the room tells it, with the words of who acted where the sentence has them not."""
    sentence = event_told(event, room)
    words = " / ".join(" ".join(p.split()) for p in parts_of(event.words) if p.strip())
    if event.kind.endswith(".said"):
        item = room.item(family_of(event.kind), str(event.body.get("id")))
        title = item.words.get("title", "") if item is not None else ""
        sentence = f"{named(event.actor, room)} ({title or family_of(event.kind)})"
    # the articles of a text stand below, with a link to each version; what is said of a text stands here alone
    beside = bool(words) and not event.kind.startswith("text.") and words not in sentence
    return f"{_quiet(sentence)}: “{_quiet(words)}”" if beside else f"{_quiet(sentence).rstrip('.')}."


def _version(event: Event) -> str:
    """Return a link to the version that an event made of a text, in the replay that lies beside the minutes."""
    number = event.body.get("set", {}).get("version") if family_of(event.kind) == "text" else None
    return f" ([version {number}](replay.html#text-{event.body['id']}-{number}))" if number else ""


def _texts(room: Room) -> list[str]:
    lines = []
    for text in room.texts.values():
        lines += [f"### {_quiet(text.words.get('title', 'A text'))} ({text.state})", ""]
        if text.state == "adopted":
            lines += [f"Adopted. {_quiet(adopted_said(room, text))}", ""]
        for k, article in enumerate(text.get("articles", ()), 1):
            clause = f" *[{_quiet(clause_said(str(article['clause']), room))}]*" if article.get("clause") else ""
            lines.append(f"{k}. {_quiet(text.words.get(article['id'], '(erased)'))}{clause}")
        lines += [*_amendments(room, text), ""]
    return lines or ["None was tabled that you may read.", ""]


_BECAME: Final[Mapping[str, str]] = {"bracketed": "in square brackets", "stale": "overtaken or withdrawn"}


def _amendments(room: Room, text: Item) -> Iterator[str]:
    """Yield what was offered to a text: by whom, to which article, what became of it, and who objected; how often it changed, for who may not read that."""
    called, articles = called_in(room), [a["id"] for a in text.get("articles", ())]
    offered = [a for a in room.amendments.values() if a.get("text") == text.id]
    for a in offered:
        name = a.get("article")
        where = (
            f"article {articles.index(name) + 1}"
            if name in articles
            else "a new article"
            if a.get("new")
            else "an article"
        )
        clause = f" *[{_quiet(clause_said(str(a.get('clause')), room))}]*" if a.get("clause") else ""
        against = listing([called(s) for s in a.get("objectors", ())])
        noes = f"; objected: {against}" if against else ""
        became = _BECAME.get(a.state, a.state)
        words = _quiet(a.words.get("wording", "(erased)"))
        yield f"   - {raised(called(str(a.get('author'))))} on {where} ({became}{noes}): “{words}”{clause}"
    changes = int(text.get("version", 1)) - 1
    if not offered and changes > 0:
        often = "once" if changes == 1 else f"{number(changes)} times"
        yield f"   - It was changed {often} at the table; by whom, and how, is its members’ own."


def _year(room: Room, year: str, seat: str | None) -> Iterator[str]:
    """Yield what happened in a year, who signed what, and what it was worth to each seat that the reader may read."""
    read, called = year_read(room, year, seat), called_in(room)
    if room.years[year].get("happened"):
        yield from ("", f"## What happened in {year}", "", *(f"- {x}" for x in happened_in(room.years[year], called)))
    if read is None:
        return
    yield from ("", f"## Who signed what in {year}", "")
    answered = [h for h in lines_of(room.years[year]) if h["what"] in _ANSWERED and h["answers"]]
    for h in answered:
        yes, no = ([called(a["state"]) for a in h["answers"] if bool(a["yes"]) is way] for way in (True, False))
        said = [f"signed by {listing(yes)}"] if yes else []
        said += [f"{'not ' if yes else 'not signed '}by {listing(no)}"] if no else []
        since = "in force" if h["key"] in room.in_force else "in force no more at the end"
        stands = "not in force" if h["what"] == Happening.REFUSED.value else since
        yield f"- {raised(institution(h['key'], called))}: {', '.join(said)}; {stands}."
    if not answered:
        yield "Nothing was put to signature that you may read."
    if read.seats:
        yield from ("", f"## What {year} was worth", "", _MEASURED, "")
        moved = [s for s in read.seats if not _still(s)]
        yield from (f"- {raised(called(s.seat))}: {_worth(s)}" for s in moved if s.seat in room.form.seats)
        apart = [f"{called(s.seat)} {signed(s.gained)} %" for s in moved if s.seat not in room.form.seats]
        if apart:
            yield f"- Without a seat here, by what was signed: {listing(apart)}."
        still = [s for s in read.seats if _still(s)]
        if still:
            each = listing([f"{called(s.seat)} ({signed(s.now)} %)" for s in still])
            yield f"- Moved by nothing that was signed, in all: {each}."


_MEASURED: Final = (
    "% of its own product a year; the level is uncertain. What was signed is measured against nothing new being signed, "
    "what is “in all” against a world without treaties."
)


def _still(line: SeatYear) -> bool:
    """Return whether nothing that was signed moves what a seat has."""
    return line.nothing is None or abs(line.gained) < LEAST


def _worth(line: SeatYear) -> str:
    """Return what a year was worth to a seat that something signed moves, as its page gives it."""
    by, whole = signed(line.gained), signed(line.now)
    return (
        f"{by} % by what was signed, {'and in all' if by == whole else f'{whole} % in all'}. {most_said(line)}".rstrip()
    )


def _quiet(words: str) -> str:
    """Return words of people as one line of Markdown that says nothing but them."""
    one = " ".join(words.split())
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in one)
