"""Export: everything that a room leaves for one audience, whole for the facilitator, from what they may read for others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from foedus.council.acts import FACILITATOR, Viewer
from foedus.council.replay_file import replay_file
from foedus.council.room_files import room_files
from foedus.council.room_form import RoomForm
from foedus.council.room_tables import architecture_csv, messages_csv, texts_csv
from foedus.council.setting_up import packed, unpacked
from foedus.council.sight import EVERY_SEAT, may_read
from foedus.council.store.chain import Logged, as_now
from foedus.council.store.keeping import Branch, Link, Store, lineage, newest
from foedus.council.store.lines import sealed_line
from foedus.version import __version__
from foedus.vocabulary.errors import fail, nearest

FORMAT: Final = 1
"""Number of the format that is written now."""
ABOUT: Final = "room.json"
FORM: Final = "form.json"
LOG: Final = "events.jsonl"
PAGE: Final = "replay.html"


@dataclass(frozen=True)
class Taken:
    """Everything that a store keeps of a room, but its links' secrets and what was typed and not sent.

    Attributes
    ----------
    name : str
    form : bytes
        As the store has it: the first event is sealed to these bytes.
    branches : tuple of Branch
    events : tuple of Logged
        Of every branch, by branch and number.
    people : tuple of Link
        Who had a link, by number.
    """

    name: str
    form: bytes
    branches: tuple[Branch, ...]
    events: tuple[Logged, ...]
    people: tuple[Link, ...]

    @property
    def branch(self) -> int:
        """The branch on which the room goes on."""
        return newest(self.branches, [e.branch for e in self.events])

    def log(self, branch: int) -> Iterator[Logged]:
        """Yield the events of a branch from its beginning; errors as :func:`foedus.council.store.keeping.lineage`."""
        after = 0
        for one, last in lineage(self.branches, branch):
            for event in self.events:
                if event.branch == one and event.seq > after and (last is None or event.seq <= last):
                    yield event
            after = max(after, last or 0)


def taken(store: Store, name: str) -> Taken:
    """Return everything of a room that is kept.

    Parameters
    ----------
    store : Store
    name : str
        Of the room.
    """
    branches = store.branches()
    events = tuple(one for b in branches for one in store.log(b.id, b.fork_seq) if one.branch == b.id)
    return Taken(name, store.form(), branches, events, store.links())


def audience(word: str, form: RoomForm) -> Viewer:
    """Return who is meant by ``facilitator``, ``public`` or a seat.

    Raises
    ------
    FoedusError
        There is no such audience.
    """
    if word == FACILITATOR:
        return Viewer(FACILITATOR)
    if word == "public":
        return Viewer("observer")
    if word in form.seats:
        return Viewer("seat", word)
    raise fail(f"audience '{word}'", "nobody reads as that", nearest(word, (FACILITATOR, "public", *form.seats)))


def seen_form(form: RoomForm, viewer: Viewer) -> RoomForm:
    """Return the form of a room as a viewer may read it: without the seed, from which the law's draws could be foretold."""
    return form if viewer.role == FACILITATOR else replace(form, seed=1, run=0, runs=0, budget=None, luck={})


def export_files(
    room: Taken, viewer: Viewer, *, names: bool = False, runs: int = 0, seen: Sequence[Logged] | None = None
) -> dict[str, str]:
    """Return the files that a room leaves for one audience, by name.

    Parameters
    ----------
    room : Taken
    viewer : Viewer
    names : bool
        Whether what people are called goes along: the facilitator's file alone has it.
    runs : int
        Of the model's lane in the debrief, which is the facilitator's; no debrief where 0.
    seen : sequence of Logged, optional
        What the viewer has read so far, where that is not all that they may read.
    """
    whole = viewer.role == FACILITATOR
    form = seen_form(unpacked(room.form), viewer)
    if seen is None:
        seen = tuple(as_now(one) for one in room.log(room.branch) if may_read(one.event.see, viewer))
    people = _names(room, form) if whole and names else {}
    found = room_files(form, [one.event for one in seen], viewer, runs, people)
    found[FORM] = room.form.decode() if whole else packed(form).decode()
    found[LOG] = "".join(f"{sealed_line(one)}\n" for one in room.events) if whole else _plain_lines(seen)
    found |= {
        ABOUT: json.dumps(_about(room, viewer, seen, names=names), ensure_ascii=False, indent=1) + "\n",
        "texts.csv": texts_csv(form, seen),
        "messages.csv": messages_csv(seen),
        "architecture.csv": architecture_csv(form, seen),
        PAGE: replay_file(form, seen, viewer, head=seen[-1].hash.hex() if whole and seen else ""),
    }
    return dict(sorted(found.items(), key=lambda x: x[0] != ABOUT))


def _names(room: Taken, form: RoomForm) -> dict[str, list[str]]:
    """Return what those are called who had a link, by their seat, seats first; who has no name is not among them."""
    places = (*form.seats, FACILITATOR, "observer")
    found = {w: [p.label for p in room.people if (p.seat or p.role) == w and p.label] for w in places}
    return {who: named for who, named in found.items() if named}


def _plain_lines(seen: Sequence[Logged]) -> str:
    """Return events without their place in the whole log, from which could be counted what is hidden."""
    found = []
    for n, one in enumerate(seen, 1):
        e = one.event
        line = {"n": n, "at": one.at, "year": e.year, "phase": e.phase, "actor": e.actor, "kind": e.kind}
        found.append(
            json.dumps({**line, "see": e.see, "body": dict(e.body), "words": e.words}, ensure_ascii=False) + "\n"
        )
    return "".join(found)


def _about(room: Taken, viewer: Viewer, seen: Sequence[Logged], *, names: bool) -> dict[str, Any]:
    word = {"observer": "public", FACILITATOR: FACILITATOR}.get(viewer.role, viewer.seat)
    if viewer.role == "observer" and viewer.seat == EVERY_SEAT:
        word = "observers"  # of a room in which they read what seats read
    found: dict[str, Any] = {"format": FORMAT, "foedus": __version__, "room": room.name, "audience": word}
    found["events"] = len(seen)
    if viewer.role != FACILITATOR:
        return found
    people = [{"id": p.id, "role": p.role, "seat": p.seat} | ({"name": p.label} if names else {}) for p in room.people]
    branches = [
        {"id": b.id, "parent": b.parent, "fork_seq": b.fork_seq, "opened": b.opened, "why": b.why}
        for b in room.branches
    ]
    head = seen[-1].hash.hex() if seen else ""
    return {**found, "branch": room.branch, "head": head, "branches": branches, "people": people}
