"""What a room leaves, as files for one audience: minutes, acts, decisions, years, and for the facilitator the debrief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from foedus.council.acts import Event, Viewer
from foedus.council.column_units import columns_csv
from foedus.council.debrief import told_of_debrief
from foedus.council.minute_book import minutes
from foedus.council.room_form import RoomForm
from foedus.council.sight import readable, seen_by
from foedus.council.told_of_rooms import acts_csv, decisions_csv, years_csv
from foedus.council.year_drawn import year_figure

_PICTURES: Final = 40
"""Years that are drawn, the last ones: an archive takes 64 files (judged: no room plays as many years)."""


def room_files(
    form: RoomForm,
    log: Sequence[Event],
    viewer: Viewer,
    runs: int = 0,
    people: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, str]:
    """Return the files of a room as a viewer may read them, by name.

    Parameters
    ----------
    form : RoomForm
    log : sequence of Event
    viewer : Viewer
    runs : int
        Of the model's lane in the debrief, which is the facilitator's; no debrief where 0.
    people : mapping, optional
        As :func:`foedus.council.minute_book.minutes` takes them.
    """
    seen, room = readable(log, viewer), seen_by(form, log, viewer)
    found = {
        "minutes.md": minutes(form, log, viewer, people),
        "acts.csv": acts_csv(seen),
        "decisions.csv": decisions_csv(room),
        "years.csv": years_csv(room),
        "columns.csv": columns_csv(),
    }
    drawn = {f"year-{y}.svg": year_figure(room, y, viewer.seat) for y in list(room.years)[-_PICTURES:]}
    found |= {name: picture for name, picture in drawn.items() if picture}
    notes = [e for e in seen if e.kind == "seat.noted"] if viewer.role == "facilitator" else []
    if notes:
        told = [f"- {e.body['id']}, {e.year}, {e.phase}: {' '.join((e.words or '(erased)').split())}" for e in notes]
        found["notebook.md"] = "\n".join(["# Notebook: for facilitators alone", "", *told, ""])
    if viewer.role == "facilitator" and runs and room.years:
        found["debrief.md"] = told_of_debrief(form, room, runs)
    return found
