"""The notebook of an observer: notes with the moment at which they were written, read by who has that link and by nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import JSONResponse, RedirectResponse, Response

from foedus.council import room_sheet
from foedus.council.acts import LONGEST_MESSAGE
from foedus.council.gates import Shut
from foedus.council.hall import Hall
from foedus.council.links import Session
from foedus.council.sheets import filled
from foedus.council.store.chain import moment
from foedus.council.store.keeping import Draft, Store

FILE: Final = "my-notebook.md"
"""Among the files that an observer takes away."""
NEW: Final = "notebook"
"""Place at which the next note is typed, and kept as it is typed."""
_PLACE: Final = "note:"
_MOST: Final = 1000
"""Notes of one person (judged: three an hour for a fortnight, or one in ten seconds of a long lesson; 300 to 3000)."""


def notes_of(store: Store, person: int) -> list[dict[str, str]]:
    """Return what somebody noted, oldest first: the moment, where the room was, the words.

    Parameters
    ----------
    store : Store
        Notes lie beside what is typed and not sent: they are no events, and in nobody else's page, stream or export.
    person : int
    """
    kept = [d for d in store.drafts(person) if d.place.startswith(_PLACE)]
    parts = [(d.at, d.text.partition("\n")) for d in sorted(kept, key=lambda d: int(d.place[len(_PLACE) :]))]
    return [{"at": at, "where": where, "words": words} for at, (where, _, words) in parts]


def note(hall: Hall, asked: Any, session: Session) -> Response:
    """Write a note down, or tear all of them out.

    Raises
    ------
    Shut
        Somebody else than an observer asks, there is nothing to note, or the notebook is full.
    """
    if session.link.role != "observer":
        raise Shut(403, "observers have a notebook of their own", "Who leads has one on the console")
    person, back = session.link.id, f"/r/{hall.name}/{session.place}/notes"
    hall.gates.count_act(session, waits=not asked.wants_json)
    if asked.sent.get("what") == "delete":
        if asked.sent.get("sure") != "yes":
            raise Shut(400, "nothing is deleted: you did not say that you are sure", "Tick the box and press once more")
        for kept in hall.store.drafts(person):
            hall.store.keep_draft(Draft(person, kept.place, kept.base, "", kept.at))
    else:
        _written(hall, person, asked.sent.get("words").strip())
    return JSONResponse({"events": [], "back": back}) if asked.wants_json else RedirectResponse(back, 303)


def _written(hall: Hall, person: int, words: str) -> None:
    if not words:
        raise Shut(400, "there is nothing to note", "Write something first")
    if len(words.encode("utf-8", "surrogatepass")) > LONGEST_MESSAGE:
        raise Shut(400, f"that is longer than {LONGEST_MESSAGE // 1024} KB", "Note it in two")
    numbers = [int(d.place[len(_PLACE) :]) for d in hall.store.drafts(person) if d.place.startswith(_PLACE)]
    if len(numbers) >= _MOST:
        raise Shut(400, f"the notebook is full: {_MOST} notes", "Take it away, then delete it and begin another")
    where, at = f"{hall.room.year}, {hall.room.phase}", moment(hall.now())
    hall.store.keep_draft(Draft(person, f"{_PLACE}{max(numbers, default=0) + 1}", 1, f"{where}\n{words}", at))
    hall.store.keep_draft(Draft(person, NEW, 0, "", at))


def notes(hall: Hall, session: Session, query: Mapping[str, str], words: dict[str, Any]) -> str:
    """Return the page of the notebook."""
    r = room_sheet.reader(hall, session.viewer)
    typed = next((d.text for d in hall.store.drafts(session.link.id) if d.place == NEW), "")
    c = {**room_sheet.strip(r), "notes": notes_of(hall.store, session.link.id)[::-1], "typed": typed, "place": NEW}
    return filled("notes.html", title="Notebook", c=c | {"base": words["base"]}, **words)


def with_notes(files: dict[str, str], hall: Hall, session: Session) -> dict[str, str]:
    """Return the files that somebody takes away, with their own notebook among them where they have one."""
    own = notes_of(hall.store, session.link.id) if session.link.role == "observer" else []
    if not own:
        return files
    told = [f"- {n['at']} ({n['where']}): {' '.join(n['words'].split())}" for n in own]
    return files | {FILE: "\n".join(["# My notebook", "", *told, ""])}
