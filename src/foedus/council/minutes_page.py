"""Minutes as a page that prints as a handout: the same words as the file of the export, for whoever asks, or as all may read them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from markupsafe import Markup, escape

from foedus.council.acts import FACILITATOR, Event, Viewer
from foedus.council.export import audience, seen_form
from foedus.council.fold import Item, Room
from foedus.council.gates import Shut
from foedus.council.hall import Hall
from foedus.council.links import Session
from foedus.council.minute_book import minutes
from foedus.council.sheets import filled
from foedus.council.sight import may_read
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.prose import country

_PIECE: Final = re.compile(
    r"\\(?P<plain>.)|\*\[(?P<clause>(?:\\.|[^\\\]])*)\]\*|\[(?P<label>version \d+)\]\(replay\.html#text-(?P<text>\w+)-(?P<number>\d+)\)"
)
"""What minutes have of Markdown within a line: a letter that stands for itself, a clause, a version with its link."""
_LINE: Final = re.compile(r"(?:(#{1,3})|(-)|(\d+)\.|( {3}-)) (.*)")


def minutes_page(hall: Hall, session: Session, query: Mapping[str, str], words: dict[str, Any]) -> str:
    """Return the page of the minutes; who leads may ask for those of another audience, ``as=public``, a seat, or what all members of a closed table have in common.

    Raises
    ------
    Shut
        Somebody asks for the minutes of others, or of nobody.
    """
    asked, leads = query.get("as", ""), session.link.role == FACILITATOR
    if asked and not leads:
        raise Shut(403, "these minutes are for others", "Leave out what stands behind the question mark")
    year, tables = hall.room.year, closed_tables(hall.room) if leads else {}
    table = tables.get(asked)
    try:
        viewer = audience("public" if table else asked, hall.form) if asked else hall.reading_as(session.viewer)
    except FoedusError:
        raise Shut(404, f"nobody here is called '{asked[:20]}'", "Go back to the minutes") from None
    sight = hall.actor.sights.whole if table else hall.sight(viewer)
    log = [one.event for one in sight.events[: sight.count]]
    if table:
        log = in_common(log, table.get("members", ()))
    title, *lines = minutes(seen_form(hall.form, viewer), log, viewer).splitlines()
    others = (
        [
            ("public", "for all to read"),
            *((k, _of_table(t)) for k, t in tables.items()),
            *((s, country(s, year)) for s in hall.form.seats),
        ]
        if leads
        else []
    )
    c = {
        "base": words["base"],
        "title": _inline(title.removeprefix("# "), ""),
        "made": Markup("").join(_blocks(lines, words["base"])),
        "whose": f"As all members of {_of_table(table)} may read them" if table else _whose(viewer, year),
        "others": [("", "yours"), *others] if leads else [],
        "asked": asked,
    }
    return filled("minutes.html", title="Minutes", c=c, **words)


def closed_tables(room: Room) -> dict[str, Item]:
    """Return the tables that not everybody reads, by the word that asks for what their members have in common."""
    return {f"table:{t.id}": t for t in room.tables.values() if not t.get("public")}


def in_common(log: Sequence[Event], members: Sequence[str]) -> list[Event]:
    """Return what every one of some seats may read, as a log that all may read: no talk of two of them, no orders, no own numbers."""
    seats = [Viewer("seat", s) for s in members]
    # who was invited later was shown what lay there: from then on all of them know it
    among = {*members}
    known = (
        e
        for e in log
        if all(may_read(e.see, s) for s in seats) or (e.kind.endswith(".shown") and among >= {*e.see[6:].split(",")})
    )
    return [replace(e, see="all") for e in known]


def _of_table(table: Item) -> str:
    return f"“{table.words.get('title') or 'a closed table'}”"


def _whose(viewer: Viewer, year: int) -> str:
    if viewer.role == FACILITATOR:
        return "Everything, private talk too: not to be handed out"
    return (
        f"As {country(viewer.seat, year)} may read them"
        if viewer.role == "seat" and viewer.seat
        else "As all may read them"
    )


def _blocks(lines: list[str], base: str) -> Iterator[Markup]:
    """Yield minutes as headings, lists and paragraphs."""
    open_ = ""
    for line in lines:
        found = _LINE.fullmatch(line)
        mark, dash, number, below, rest = found.groups() if found else (None, None, None, None, line)
        tag = "ul" if dash else "ol" if number else "below" if below else ""
        if tag != open_:
            yield Markup(_ENDS[open_] + _BEGINS[tag])
            open_ = tag
        words = _inline(rest or "", base)
        if mark:
            yield Markup("<h{0}>{1}</h{0}>").format(min(len(mark), 3), words)
        elif number:
            yield Markup('<li value="{}">{}</li>').format(number, words)
        elif tag:
            yield Markup("<li>{}</li>").format(words)
        elif line.strip():
            yield Markup("<p>{}</p>").format(words)
    yield Markup(_ENDS[open_])


_BEGINS: Final = {"": "", "ul": "<ul>", "ol": "<ol>", "below": '<ul class="amended">'}
_ENDS: Final = {"": "", "ul": "</ul>", "ol": "</ol>", "below": "</ul>"}


def _inline(line: str, base: str) -> Markup:
    """Return a line of minutes as HTML; words of people say nothing but themselves."""
    made, at = Markup(""), 0
    for found in _PIECE.finditer(line):
        made += escape(line[at : found.start()])
        at = found.end()
        if found["plain"] is not None:
            made += escape(found["plain"])
        elif found["clause"] is not None:
            made += Markup("<em>[{}]</em>").format(_inline(found["clause"], base))
        else:
            made += Markup('<a href="{}?text={}&amp;version={}">{}</a>').format(
                base, found["text"], found["number"], found["label"]
            )
    return made + escape(line[at:])
