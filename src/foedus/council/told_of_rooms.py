"""What is told of a room: its run in sentences, and what it leaves as tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from foedus.council.acts import Event, parts_of, seat_of
from foedus.council.fold import Item, Room
from foedus.council.plain_words import Called, called_in, happened_said, institution, pressed_together
from foedus.council.playing import Play
from foedus.council.room_form import RoomForm
from foedus.council.weighed_most import PRESSURE, TERMS, WEIGHED, asked_of, with_weights
from foedus.council.worth import LEAST, likely, signed
from foedus.mechanisms import COMPONENTS
from foedus.surfaces.reading import clean
from foedus.vocabulary.prose import country, listing
from foedus.vocabulary.tables import safe


def happened_in(item: Item, called: Called) -> list[str]:
    """Return what happened in a year, line by line: the text, and who decided it by which chance and draw."""
    return [_line(h, called) for h in pressed_together(lines_of(item))]


def lines_of(item: Item) -> tuple[Mapping[str, Any], ...]:
    """Return what happened in a year as far as its reader knows it: what all know, then what only some do."""
    private = item.get("private", {})
    public = with_weights(item.get("happened", ()), item.get(WEIGHED, {}))
    return (*public, *(private[k] for k in sorted(private, key=int)))


def _line(h: Mapping[str, Any], called: Called) -> str:
    known = "probability" in h and h["probability"] < 1.0
    law = f"; the law would with {likely(h['probability'])}" if known and h["by"] == "people" else ""
    law = f" with {likely(h['probability'])}" if known and h["by"] != "people" else law
    # one of several proposals is drawn: its draw does not lie below its chance
    drawn = f", drawn {likely(h['draw'])}" if "draw" in h and h["what"] != "proposes" else ""
    by = {"people": "people decided", "law": "by law", "chance": "by chance"}[h["by"]]
    refused = [called(a["state"]) for a in h["answers"] if not a["yes"]]
    no = f"; refused by {listing(refused)}" if refused and h["what"] in ("refused", "light treaty refused") else ""
    return f"{happened_said(h, called, 12)} ({by}{law}{drawn}{no})"


def run_told(play: Play) -> str:
    """Return a run in sentences: every year, and what was in force at its end."""
    room = play.room
    lines = [
        f"{room.form.title or room.form.case}, seed {room.form.seed}, run {room.form.run}: played by the model alone."
    ]
    for year in room.years.values():
        lines += ["", f"{year.id}", *(f"  {x}" for x in happened_in(year, called_in(room)))]
    stands = [institution(k, called_in(room), 12) for k in room.in_force]
    return "\n".join([*lines, "", f"In force at the end: {'; '.join(stands) or 'nothing'}."])


def story(form: RoomForm, room: Room, log: Sequence[Event]) -> str:
    """Return what came of a room in sentences: its texts, its years, and what was in force at the end.

    Parameters
    ----------
    form : RoomForm
    room : Room
        As the log leaves it.
    log : sequence of Event
    """
    people = sorted({s for e in log if (s := seat_of(e.actor)) is not None})
    lines = [
        f"{form.title or form.case}: {listing([country(s, form.first) for s in people]) or 'nobody'} played by people."
    ]
    lines += [f"  {clean(t.words.get('title', '(erased)'))}: {t.state}" for t in room.texts.values()]
    for year in room.years.values():
        if year.get("happened") is not None:
            lines += ["", f"{year.id}", *(f"  {clean(x)}" for x in happened_in(year, called_in(room)))]
    stands = [institution(k, called_in(room), 12) for k in room.in_force]
    return "\n".join([*lines, "", f"In force at the end: {'; '.join(stands) or 'nothing'}."])


def beside_nobody(room: Room, log: Sequence[Event], play: Play, name: str) -> str:
    """Return in sentences how a room differs from the same start with nobody in it: what each state gained year by year, and what stood.

    Parameters
    ----------
    room : Room
        As its log leaves it.
    log : sequence of Event
    play : Play
        Played by the model from the form of the room, or from it with other luck.
    name : str
        What the room is called.
    """
    form, called = room.form, called_in(room)
    years = [y for y, item in room.years.items() if item.state != "opened"]
    lines = [f"Beside {name}: nothing that was done there is in this run, no text, order, plan of pressure or inject."]
    if not years:
        return f"{lines[0]}\nNo year was worked out there: nothing can be set beside it."
    luck = (form.seed, form.run, form.luck) == (play.form.seed, play.form.run, play.form.luck)
    lines.append(f"{'The same draws' if luck else 'Other draws'} fell; % of own product a year, against no treaties:")
    for year in years:
        both = [
            (s, *(sum(r.years[year].get("seats")[s]["now"].values()) for r in (room, play.room)))
            for s in form.states
            if all(s in r.years[year].get("seats", {}) for r in (room, play.room))
        ]
        apart = [
            f"  {year}, {called(s)}: {signed(a)} there, {signed(b)} here" for s, a, b in both if abs(a - b) >= LEAST
        ]
        same = len(both) - len(apart)
        lines += [*apart, *([f"  {year}: the same for {'all' if not apart else f'{same} more'}"] if same else [])]
    there, here = (_stood(of, int(years[-1])) for of in (log, play.log))
    for where, keys in (
        ("in both", [k for k in there if k in here]),
        (f"in {name} alone", [k for k in there if k not in here]),
        ("in this run alone", [k for k in here if k not in there]),
    ):
        lines.append(
            f"In force after {years[-1]} {where}: {'; '.join(institution(k, called, 12) for k in keys) or 'nothing'}."
        )
    return "\n".join(lines)


def _stood(log: Sequence[Event], year: int) -> tuple[str, ...]:
    """Return what was in force when a year had been worked out."""
    told = [e.body["set"]["in_force"] for e in log if e.kind == "room.informed" and e.year == year]
    return tuple(told[-1])


def who_acted(event: Event) -> str:
    """Return the name of an actor as minutes have it, with whom it acted for."""
    seat = seat_of(event.actor)
    if seat is not None:
        return country(seat, event.year)
    place = event.body.get("for")
    return f"{event.actor} for {country(str(place), event.year)}" if place else event.actor


def decisions_csv(room: Room) -> str:
    """Return every decision of every year as CSV: who, what, person or law, the law's chance and draw, what weighed most for it (or to
    stay) and against it, and for who leads the terms."""
    known = (*COMPONENTS, PRESSURE) if any(year.get(TERMS) for year in room.years.values()) else ()
    columns = (
        "year",
        "what",
        "key",
        "state",
        "action",
        "yes",
        "by",
        "chance",
        "draw",
        "most for",
        "most against",
        *known,
    )
    rows = [
        (
            year.id,
            h["what"],
            h["key"],
            a["state"],
            a["action"],
            int(a["yes"]),
            a["by"],
            repr(a["chance"]),
            repr(a["draw"]),
            *a.get("most", ("", "")),
            *(repr(terms[n]) if n in terms else "" for n in known),
        )
        for year in room.years.values()
        for h in lines_of(year)
        for a in h["answers"]
        for terms in [year.get(TERMS, {}).get(asked_of(a["state"], a["action"], h["key"]), {})]
    ]
    return as_csv(columns, rows)


def years_csv(room: Room) -> str:
    """Return the terms of every year and seat as CSV, as far as the reader knows them."""
    columns = ("year", "seat", "against", *COMPONENTS)
    rows = [
        (year.id, seat, against, *(repr(terms[n]) for n in COMPONENTS))
        for year in room.years.values()
        for seat in (*room.form.states, *room.form.adversaries)  # a log that was stored has its keys in another order
        for against, terms in sorted(year.get("seats", {}).get(seat, {}).items())
    ]
    return as_csv(columns, rows)


def acts_csv(log: Iterable[Event]) -> str:
    """Return a log as CSV, one row an event, with year and phase; cells that a spreadsheet would obey are quoted."""
    columns = ("year", "phase", "actor", "for", "kind", "item", "words")
    rows = [
        (
            e.year,
            e.phase,
            e.actor,
            e.body.get("for", ""),
            e.kind,
            e.body.get("id", ""),
            safe(" / ".join(parts_of(e.words))),
        )
        for e in log
    ]
    return as_csv(columns, rows)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return rows under their columns as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
