"""The replay as one file: what happened step by step, texts with their versions, years; read without script, stepped through with it."""

from __future__ import annotations

import base64
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any, Final

from markupsafe import Markup

from foedus.council.acts import FACILITATOR, MODEL, Event, Viewer, seat_of
from foedus.council.fold import Item, Room, family_of, folded, folded_all, opened
from foedus.council.plain_words import called_in, in_line, institution, raised
from foedus.council.room_form import RoomForm
from foedus.council.room_tables import Version, versions
from foedus.council.sheets import asset, templates
from foedus.council.sight import EVERY_SEAT
from foedus.council.store.chain import Logged
from foedus.council.telling import SAYS, clock, named, told, words_of
from foedus.council.told_of_rooms import happened_in
from foedus.council.wordings import changed
from foedus.council.year_read import year_read
from foedus.mechanisms import MECHANISMS
from foedus.vocabulary.prose import country, listing

_INK: Final[Mapping[str, str]] = {
    "text": "blue",
    "amendment": "blue",
    "concern": "amber",
    "quarrel": "rose",
    "mediation": "teal",
    "pressure": "vermilion",
    "demarche": "vermilion",
    "withdrawal": "vermilion",
    "treaty": "teal",
    "accession": "teal",
    "orders": "ink",
    "year": "teal",
}
"""Colours of marks by what they are about; what was said is soft."""
_AGAINST: Final = frozenset(
    {"silence.broken", "silence.kept off", "consensus.objected", "amendment.bracketed", "accession.refused"}
)
_ROW: Final = 24
"""Height of a line of the lane, px."""


def replay_file(form: RoomForm, seen: Sequence[Logged], viewer: Viewer, head: str = "") -> str:
    """Return the replay of a room as one HTML document that fetches nothing.

    Parameters
    ----------
    form : RoomForm
    seen : sequence of Logged
        What its reader may read, in order.
    viewer : Viewer
        The reader.
    head : str
        Hash of the last event, where the reader may know it.
    """
    room = folded_all(opened(form), (one.event for one in seen))
    moments = _moments(seen, room)
    years = [y for year in room.years if (y := _year(room, year, seen, viewer)) is not None]
    c: dict[str, Any] = {
        "title": form.title or form.case,
        "about": f"{form.case} · {form.first}" + (f"–{form.last}" if form.last > form.first else ""),
        "reader": _reader(viewer),
        "count": len(moments),
        "kicker": _kicker(seen, years, viewer),
        "groups": _groups(moments),
        "lane": _lane(form, seen, moments),
        "texts": [_text(known, room, seen) for known in versions(form, seen).values()],
        "concerns": [_concern(i) for i in room.concerns.values()],
        "years": years,
        "states": _states(form, seen),
        "in_force": [raised(institution(k, called_in(room))) for k in room.in_force],
        "head": head,
        "seed": form.seed if viewer.role == FACILITATOR else None,
    }
    style = f"{_style()}.lane{{height:{c['lane']['height'] + 44}px}}"
    script = asset("replay_file.js").decode()
    words = {"style": Markup(style), "script": Markup(script), "policy": _policy(style, script)}
    return templates().get_template("replay_file.html").render(c=c, **words)


@cache
def _style() -> str:
    """Return the style of the room with its letters in it."""
    styles = "".join(asset(name).decode() for name in ("style.css", "council.css", "replay_file.css"))

    def lettered(found: re.Match[str]) -> str:
        return f"url(data:font/woff2;base64,{base64.b64encode(asset(found.group(1))).decode()})"

    return re.sub(r"url\((\w+\.woff2)(?:\?h=\w+)?\)", lettered, styles)


def _policy(style: str, script: str) -> str:
    """Return what the document may do: nothing is fetched, and only its own style and script act."""

    def digest(text: str) -> str:
        return "'sha256-" + base64.b64encode(sha256(text.encode()).digest()).decode() + "'"

    return (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _reader(viewer: Viewer) -> str:
    if viewer.role == FACILITATOR:
        return "Everything that was kept: for the facilitator"
    if viewer.seat == EVERY_SEAT:
        return "What observers could read, with what seats read"
    return (
        f"What {country(viewer.seat)} could read"
        if viewer.role == "seat" and viewer.seat
        else "What everybody could read"
    )


def _kicker(seen: Sequence[Logged], years: Sequence[Any], viewer: Viewer) -> str:
    parts = ["Replay", f"{len(seen)} events", f"{len(years)} year{'' if len(years) == 1 else 's'}"]
    people = len({one.person for one in seen if one.person is not None})
    parts += [f"{people} people"] if viewer.role == FACILITATOR and people else []
    day = seen[0].at[:10] if seen else ""
    return " · ".join([*parts, *([day] if day else [])])


# -- what happened ------------------------------------------------------------------------------------------------


def _moments(seen: Sequence[Logged], room: Room) -> list[dict[str, Any]]:
    """Return everything that somebody did, or that happened to all, with its number."""
    found = []
    for n, one in enumerate(seen, 1):
        event = one.event
        if not _shown(event):
            continue
        spoken = event.kind.endswith(".said")
        who = event.body.get("for") or seat_of(event.actor) or event.actor
        found.append(
            {
                "n": n,
                "at": one.at,
                "who": str(who),
                "name": country(str(event.body["for"]), event.year)
                if event.body.get("for")
                else named(event.actor, room),
                "model": event.actor == MODEL,
                "words": named(event.actor, room) if spoken else told(one, room),
                "where": _where(event.body.get("id"), family_of(event.kind), room) if spoken else "",
                "said": words_of(one),
                "text": str(event.body.get("id")),
                "version": event.body.get("set", {}).get("version") if family_of(event.kind) == "text" else None,
                "year": event.year,
                "phase": event.phase,
                "ink": "vermilion" if event.kind in _AGAINST else _INK.get(family_of(event.kind), "grey"),
                "strong": family_of(event.kind) in ("text", "quarrel", "year", "treaty"),
            }
        )
    return found


def _shown(event: Event) -> bool:
    """Return whether somebody did it, or it happened to all: not the book-keeping of the clock and the model."""
    return event.kind in SAYS


def _where(name: Any, family: str, room: Room) -> str:
    item = room.item(family, str(name))
    title = item.words.get("title", "") if item is not None else ""
    return title or {"table": "at the table", "channel": "in a channel"}.get(family, family)


def _groups(moments: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the moments by year and phase, in order."""
    found: list[dict[str, Any]] = []
    for m in moments:
        title = f"{m['year']}, {m['phase']}"
        if not found or found[-1]["title"] != title:
            found.append({"title": title, "moments": []})
        found[-1]["moments"].append(m)
    return found


def _lane(form: RoomForm, seen: Sequence[Logged], moments: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return one line for each who did something, a mark for each act, and where years and phases begin; all in % of the width."""
    count, numbers = max(len(moments), 1), [m["n"] for m in moments]
    order = [*form.seats, *(s for s in form.states if s not in form.seats), FACILITATOR]
    spoke = [w for w in order if any(m["who"] == w for m in moments)]
    rows = {w: k for k, w in enumerate(spoke)}
    marks = [
        {
            "n": m["n"],
            "x": _share(k + 1, count),
            "y": _ROW * rows[m["who"]] + _ROW // 2,
            **{x: m[x] for x in ("ink", "strong", "model")},
            "says": f"{clock(m['at'])} UTC {m['words']}",
        }
        for k, m in enumerate(moments)
        if m["who"] in rows
    ]
    cuts: list[dict[str, Any]] = []
    before = ("", 0)
    for n, one in enumerate(seen, 1):
        body = one.event.body
        if (
            one.event.kind.startswith("room.")
            and body.get("id") == "room"
            and body.get("to")
            and body["to"] != "paused"
        ):
            year = int(body.get("set", {}).get("year", one.event.year))
            if (body["to"], year) != before:
                cuts.append(
                    {
                        "x": _share(bisect_left(numbers, n) + 1, count),
                        "words": str(body["to"]),
                        "year": year if year != before[1] else "",
                    }
                )
            before = (body["to"], year)
    for k, cut in enumerate(cuts):
        after = cuts[k + 1]["x"] if k + 1 < len(cuts) else 100.0
        cut["wide"] = after - cut["x"] > 8.0
    names = [
        {"y": _ROW * k + _ROW // 2 + 5, "code": w if w in form.seats or w in form.states else "Desk"}
        for w, k in rows.items()
    ]
    return {"marks": marks, "cuts": cuts, "names": names, "height": _ROW * len(rows), "row": _ROW}


def _share(n: int, count: int) -> float:
    return round(100.0 * (n - 0.5) / count, 3)


# -- texts, concerns, years ---------------------------------------------------------------------------------------


def _text(known: Sequence[Version], room: Room, seen: Sequence[Logged]) -> dict[str, Any]:
    last = room.texts[known[-1].text.id]
    life = [
        {"n": n, "at": one.at, "words": told(one, room)}
        for n, one in enumerate(seen, 1)
        if family_of(one.event.kind) == "text" and one.event.body.get("id") == last.id and _shown(one.event)
    ]
    return {
        "title": last.words.get("title") or "(erased)",
        "state": last.state,
        "sponsors": listing([country(s) for s in last.get("sponsors", ())]),
        "from": known[0].n,
        "life": life,
        "versions": [
            _version(v, known[k - 1] if k else None, known[k + 1].n if k + 1 < len(known) else None, seen)
            for k, v in enumerate(known)
        ],
        "id": last.id,
    }


def _version(v: Version, before: Version | None, until: int | None, seen: Sequence[Logged]) -> dict[str, Any]:
    found = []
    for number, article in enumerate(v.text.get("articles", ()), 1):
        words = v.text.words.get(article["id"], "(erased)")
        old = before.text.words.get(article["id"]) if before is not None else None
        brackets = []
        for b in article.get("brackets", ()):
            item = v.amendments.get(str(b["amendment"]))
            other = item.words.get("wording", "(erased)") if item is not None else ""
            brackets.append(
                {"for": country(str(b["for"])), "against": listing([country(s) for s in b["against"]]), "words": other}
            )
        pieces = changed(old, words) if old is not None and old != words else [("", words)]
        found.append({"number": number, "pieces": pieces, "clause": article.get("clause") or "", "brackets": brackets})
    number, at = v.text.get("version", 1), seen[v.n - 1].at
    first = before is None or before.text.get("version", 1) != number
    return {"number": number, "at": at, "from": v.n, "until": until, "articles": found, "first": first}


def _concern(item: Item) -> dict[str, str]:
    return {"words": item.words.get("concern", "(erased)"), "by": country(str(item.get("author"))), "state": item.state}


def _year(room: Room, year: str, seen: Sequence[Logged], viewer: Viewer) -> dict[str, Any] | None:
    read = year_read(room, year, viewer.seat if viewer.role == "seat" else None)
    if read is None:
        return None
    at = next(
        n for n, one in enumerate(seen, 1) if one.event.kind == "year.worked out" and one.event.body.get("id") == year
    )
    terms = [MECHANISMS[t.name].label for t in read.seats[0].terms] if read.seats else []
    rows = [
        {
            "name": country(s.seat, room.year),
            "now": f"{s.now:+.3f}",
            "terms": [f"{t.now:+.3f}" for t in s.terms],
            "low": s.now < 0,
        }
        for s in read.seats
    ]
    return {
        "year": year,
        "from": at,
        "headline": read.headline,
        "terms": terms,
        "rows": rows,
        "happened": happened_in(room.years[year], called_in(room)),
    }


def _states(form: RoomForm, seen: Sequence[Logged]) -> list[dict[str, Any]]:
    """Return where the table stood, from each event on that changed it: what lay on it, and what was in force."""
    room = opened(form)
    found: list[dict[str, Any]] = []
    for n, one in enumerate(seen, 1):
        room = folded(room, one.event)
        if family_of(one.event.kind) not in ("text", "room"):
            continue
        texts = [f"{t.words.get('title') or '(erased)'} ({t.state})" for t in room.texts.values()]
        state = {"n": n, "texts": texts, "in_force": [raised(in_line(k, called_in(room))) for k in room.in_force]}
        if not found or {**found[-1], "n": n} != state:
            found.append(state)
    return found
