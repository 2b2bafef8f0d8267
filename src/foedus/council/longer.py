"""Longer: what one person who has longer than others see is told, on their pages and as it changes."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from foedus.council.hall import Hall
from foedus.council.links import Session
from foedus.council.procedures.easing import own_hours, own_time
from foedus.council.sheets import part
from foedus.council.tableside import left
from foedus.council.titles import title_of


def longer_said(hall: Hall, session: Session) -> dict[str, Any]:
    """Return that one person has longer than others see, and until when; nothing for everybody else."""
    seat, person, now = session.link.seat, session.link.id, hall.now()
    times = own_time(hall.room, seat, person)
    if times <= 1.0:
        return {}
    seen = hall.sight(session.viewer).room
    hours = own_hours(hall.room, seen, seat, person)
    named = {"room": "Orders"}
    shown = [
        {
            "of": named.get(i.family) or i.words.get("title") or title_of(seen, i.family, i.id),
            "until": at,
            "left": left(at, now),
        }
        for i, at in hours
        if at > now
    ]
    return {"times": f"{times:g}", "hours": shown}


def phase_mark(hall: Hall) -> str:
    """Return in which branch, year and phase a room is: pages without a stream hear by it that it has moved."""
    return f"{hall.actor.branch}.{hall.room.year}.{hall.room.phase}"


def here(hall: Hall, asked: Any, session: Session) -> Response:
    """Note that somebody is here, and answer until when they have what lasts longer for them; with nothing to everybody else."""
    hall.heard_of(session)
    found = longer_said(hall, session)
    words = {"cache-control": "no-store", "x-foedus-phase": phase_mark(hall)}
    if not found:
        return Response(status_code=204, headers=words)
    return Response(part("_room.html", "longer", found), 200, words, "text/html")
