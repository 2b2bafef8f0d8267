"""The wall: the rooms of a server side by side, as whoever looks on from outside may read each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.council import room_sheet
from foedus.council.acts import Viewer
from foedus.council.hall import Hall
from foedus.council.links import Session
from foedus.council.running import running
from foedus.council.sheets import filled
from foedus.council.tableside import texts


def wall(hall: Hall, session: Session, query: Mapping[str, str], words: dict[str, Any]) -> str:
    """Return the page of the wall."""
    rooms = [_on_the_wall(one) for one in (hall.beside or (hall,))]
    return filled("wall.html", title="Wall", rooms=rooms, **words)


def _on_the_wall(hall: Hall) -> dict[str, Any]:
    """Return what a wall shows of a room: what is public in it, and nothing else."""
    r = room_sheet.reader(hall, Viewer("observer"))
    here = hall.here()
    silent = [s for s in hall.form.seats if r.room.seats[s].state != "taken"]
    return {
        "name": hall.name,
        "title": hall.form.title or hall.form.case,
        **room_sheet.strip(r),
        "texts": texts(r, ""),
        "running": running(r),
        "concerns": len(r.room.concerns),
        **room_sheet.standing(r),
        "people": sum(here.values()),
        "seats": len(hall.form.seats),
        "silent": [r.called(s) for s in silent],
    }
