"""Reading: the page of a year that was worked out, with what each seat gained, what happened, and who decided it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from foedus.council import room_sheet
from foedus.council.bands import Band, band_said, year_bands
from foedus.council.debrief import all_moves
from foedus.council.gates import Shut
from foedus.council.glosses import glossed
from foedus.council.hall import Hall
from foedus.council.links import Session
from foedus.council.plain_words import raised
from foedus.council.plans_of_pressure import fates
from foedus.council.sheets import filled
from foedus.council.tableside import Reader
from foedus.council.workings import MADE_OF
from foedus.council.worth import LEAST, likely, signed, two_numbers
from foedus.council.year_drawn import gains_chart, terms_chart, year_figure
from foedus.council.year_read import SeatYear, Told, YearRead, most_said, year_read
from foedus.mechanisms import MECHANISMS
from foedus.surfaces.svg.inks import parted
from foedus.vocabulary.prose import possessive
from foedus.vocabulary.tables import Cell
from foedus.web.shown import charted

_WIDE: Final = 640.0
_UNFOLDED: Final = 4
"""Answers that stand open below what was asked; more are folded away."""


def year(hall: Hall, session: Session, query: Mapping[str, str], words: dict[str, Any]) -> str:
    """Return the year that was worked out, or that it is not yet."""
    r = room_sheet.reader(hall, session.viewer)
    known = [y for y, item in r.room.years.items() if item.state != "opened"]
    asked = query.get("year", "")
    chosen = asked if asked in known else next(reversed(known), "")
    read = year_read(r.room, chosen, r.seat) if chosen else None
    own = next((s for s in read.seats if s.seat == r.seat), None) if read is not None else None
    bands = _bands(hall, chosen) if read is not None else {}
    first = glossed(read.headline, "product" if own is not None else "") if read is not None else ()
    c = {
        **room_sheet.strip(r),
        "base": words["base"],
        "read": read,
        "known": known,
        "own": gain(r, own) | {"band": band_of(own, bands)} if own is not None else None,
        **_rows(r, read, bands),
        "drawing": bands is None,
        "first": first,
        "glosses": glossed(*_told_in(read), but=[word for word, _ in first]),
        "apart": two_numbers(chosen, r.hub),
        "parts": [(name, [shown(t) for t in told]) for name, told in read.happened] if read is not None else [],
        "bars": bars(r, read) if read is not None else None,
        "before": before(own, int(chosen)) if own is not None else None,
        "plans": fates(r.room, chosen) if chosen else (),
        "several": r.seat is None and len(r.room.form.adversaries) > 1,
        "adversary": raised(r.said(r.room.form.adversaries[0])) if r.room.form.adversaries else "",
        "seal": seal_of(r, chosen),
        "made": _made_of(r, chosen),
        "waits": read is not None and len(read.seats) < len(r.room.form.seats) and r.seat is not None,
    }
    return filled("year.html", title="The year", c=c, **words)


def seal_of(r: Reader, year: str) -> str:
    """Return the seal of the event that worked a year out, as all may read it: every event before it is in that number; empty where there is none."""
    events = reversed(r.sight.events[: r.sight.count])
    kinds = (one for one in events if one.event.kind == "year.worked out")
    return next((one.hash.hex() for one in kinds if one.event.body.get("id") == year), "")


def _made_of(r: Reader, year: str) -> Mapping[str, str] | None:
    """Return of which case, parameters and version a year was worked out; None where its log does not say it."""
    events = (one.event for one in reversed(r.sight.events[: r.sight.count]))
    kinds = (e.body for e in events if e.kind == "year.worked out" and e.body.get("id") == year)
    return next((made for body in kinds for made in body.get("put", {}).get(MADE_OF, {}).values()), None)


def _told_in(read: YearRead | None) -> tuple[str, ...]:
    """Return the words in which a year is told, as far as they may want a gloss; the law and the draw stand in its key."""
    if read is None:
        return ()
    return (*(t.words for _, told in read.happened for t in told), "the law’s chance", "the draw")


def _bands(hall: Hall, year: str) -> Mapping[str, Band] | None:
    """Return the bands of a year by state, worked out once and after the page has been asked for; None meanwhile."""
    moves = all_moves(hall.room)[: int(year) - hall.form.first + 1]
    found: Mapping[str, Band] | None = hall.later(
        ("year", hall.actor.branch, year), lambda: year_bands(hall.form, moves)
    )
    return found


def band_of(line: SeatYear, bands: Mapping[str, Band] | None) -> str:
    """Return the band of a seat's year as a sentence; nothing where nothing was signed that changes it."""
    if line.nothing is None or abs(line.gained) < LEAST or bands == {}:
        return ""
    return band_said(bands.get(line.seat) if bands is not None else None)


def _rows(r: Reader, read: YearRead | None, bands: Mapping[str, Band] | None) -> dict[str, Any]:
    """Return the seats whose year the reader may read: those for which something changed, and the others."""
    seats = read.seats if read is not None else ()
    moved = [s for s in seats if s.seat == r.seat or s.nothing is None or any(abs(t.gained) >= LEAST for t in s.terms)]
    return {
        "rows": [gain(r, s) | {"band": band_of(s, bands)} for s in moved],
        "still": [gain(r, s) for s in seats if s not in moved],
    }


def gain(r: Reader, line: SeatYear) -> dict[str, Any]:
    """Return what a year was worth to a seat, as its page shows it: against nothing new being signed where that is known."""
    terms = [
        {
            "name": term_said(t.name, t.gained if t.nothing is not None else t.now),
            "key": t.name,
            "now": signed(t.now),
            "last": "" if t.last is None else signed(t.last),
            "change": "–" if t.nothing is None else signed(t.gained),
            "ink": parted(MECHANISMS[t.name].ink)[0],
        }
        for t in line.terms
    ]
    return {
        "code": line.seat,
        "name": r.called(line.seat),
        "whose": possessive(r.said(line.seat)),
        "now": signed(line.now),
        "last": "" if line.last is None else signed(line.last),
        "change": signed(line.gained),
        "against": line.nothing is not None,
        "flat": line.nothing is not None and abs(line.gained) < LEAST,
        "tone": "neg" if line.gained < -LEAST else "pos" if line.gained > LEAST else "",
        "terms": terms,
        "most": most_said(line),
        "band": "",
    }


def term_said(name: str, value: float) -> str:
    """Return what a term is called at a value; one that is nothing is neither a gain nor a loss."""
    return MECHANISMS[name].label if abs(value) < LEAST else MECHANISMS[name].called(value)


def bars(r: Reader, read: YearRead) -> tuple[Markup, Markup] | None:
    """Return a bar of terms for every seat that the reader knows: what was signed this year changed, as pictures of two widths."""
    chart = gains_chart(read, r.seat, r.called)
    return None if chart is None else charted(chart, _WIDE)


def figure(hall: Hall, session: Session, query: Mapping[str, str]) -> str:
    """Return that picture of a year, the last where none is named, to stand alone, as SVG.

    Raises
    ------
    FoedusError
        No such year is worked out, or nothing that was signed in it changes what a seat gains that the reader knows.
    """
    r = room_sheet.reader(hall, session.viewer)
    known = [y for y, item in r.room.years.items() if item.state != "opened"]
    asked = query.get("year", known[-1] if known else "")
    found = year_figure(r.room, asked, r.seat) if asked in known else ""
    if not found:
        raise Shut(404, "there is no such picture in this room", "Go back to the year")
    return found


def before(own: SeatYear, year: int) -> tuple[Markup, Markup] | None:
    """Return this year of a seat beside the year before, all that is in force in each; nothing in the first year."""
    if own.last is None or own.now == own.last:
        return None
    cells: list[list[Cell]] = [
        [str(year), *(t.now for t in own.terms), own.now],
        [str(year - 1), *(t.last for t in own.terms), own.last],
    ]
    title = "All that is in force, this year and the year before"
    return charted(terms_chart(title, [t.name for t in own.terms], cells), _WIDE)


def shown(told: Told) -> dict[str, Any]:
    """Return one thing that happened as its page shows it: words, who decided, the law's chance beside the draw or the choice."""
    known = told.chance is not None
    return {
        "words": told.words,
        "says": told.says,
        "by": told.by,
        "taken": told.taken,
        "chance": f"{'' if told.taken else 'yes: '}{likely(told.chance)}" if told.chance is not None else "",
        "draw": "people chose"
        if told.by == "people" and known
        else f"drawn {likely(told.draw)}"
        if told.draw is not None
        else "",
        "meter": meter(told) if known else "",
        "answers": [shown(a) for a in told.answers],
        "folded": len(told.answers) > _UNFOLDED,
    }


def meter(told: Told) -> Markup:
    """Return the law's chance as a line, with the draw that fell as a dot, or a square where a person decided."""
    chance = min(max(told.chance or 0.0, 0.0), 1.0)
    at = chance if told.by == "people" or told.draw is None else told.draw
    x, end = 6 + 68 * at, 6 + 68 * chance
    kind = "yes" if told.taken else "no"
    if told.by == "people":
        mark = f'<rect class="person {kind}" x="{x - 4:.1f}" y="5" width="8" height="8" />'
    elif told.draw is None:
        mark = ""
    else:
        mark = f'<circle class="draw {kind}" cx="{x:.1f}" cy="9" r="4" />'
    line = f'<path class="base" d="M6 9H74" /><path class="chance" d="M6 9H{end:.1f}" />'
    return Markup(
        f'<svg class="meter" viewBox="0 0 80 18" width="80" height="18" aria-hidden="true">{line}{mark}</svg>'
    )
