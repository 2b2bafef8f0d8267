"""What a room leaves, as files for one audience: its log, minutes, acts, decisions and years; and a room from such files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from foedus.council.acts import Event, Viewer
from foedus.council.debrief import told_of_debrief
from foedus.council.room_form import RoomForm, form_of
from foedus.council.sight import readable, seen_by
from foedus.council.told_of_rooms import acts_csv, decisions_csv, events_json, events_read, minutes, years_csv
from foedus.vocabulary.errors import FoedusError, fail

FORM = "form.json"
LOG = "events.jsonl"


def room_files(form: RoomForm, log: Sequence[Event], viewer: Viewer, runs: int = 0) -> dict[str, str]:
    """Return the files of a room as a viewer may read them, by name.

    Parameters
    ----------
    form : RoomForm
    log : sequence of Event
    viewer : Viewer
    runs : int
        Of the model's lane in the debrief, which is the facilitator's; no debrief where 0.
    """
    seen, room = readable(log, viewer), seen_by(form, log, viewer)
    found = {
        FORM: json.dumps(form.to_dict(), ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        LOG: events_json(seen),
        "minutes.md": minutes(form, log, viewer),
        "acts.csv": acts_csv(seen),
        "decisions.csv": decisions_csv(room),
        "years.csv": years_csv(room),
    }
    if viewer.role == "facilitator" and runs and room.years:
        found["debrief.md"] = told_of_debrief(form, room, runs)
    return found


def room_from(files: Mapping[str, str]) -> tuple[RoomForm, tuple[Event, ...]]:
    """Return form and log of files that :func:`room_files` made.

    Raises
    ------
    FoedusError
        A file is missing, or a line of it is none.
    """
    for name in (FORM, LOG):
        if name not in files:
            raise fail(name, "the file is missing", "An export of a room has it")
    try:
        return form_of(json.loads(files[FORM])), events_read(files[LOG])
    except FoedusError:
        raise
    except (ValueError, KeyError, TypeError) as error:
        raise fail(f"{FORM} or {LOG}", f"this is no export of a room: {error}", "Export it again") from error
