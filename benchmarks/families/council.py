"""The council room against its budgets: events kept on disk, a long room opened and folded, a year of thirteen states."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from measure import Figure, Skipped, installed

BUDGETS: Final = {"opened": 2.0, "year": 1.0}
"""Seconds to open a room of 5,000 events, and for a year of thirteen states, at most."""
THIRTEEN: Final = ("USA", "JPN", "KOR", "TWN", "AUS", "NZL", "PHL", "THA", "IND", "VNM", "SGP", "IDN", "MYS")


@cache
def _room(events: int) -> tuple[Path, float]:
    """Return a room in which one message after another was said, each a commit, and its appends a second."""
    from foedus.council.acts import Event
    from foedus.council.setting_up import drawn_up, packed
    from foedus.council.store.chain import genesis, sealed
    from foedus.council.store.sqlite import InAFile, made

    form = packed(drawn_up({"case": "europe-1949"}))
    place = Path(tempfile.mkdtemp(prefix="foedus-bench-")) / "a.room"
    made(place, form, 0.0)
    store, prev = InAFile(place), genesis(form)
    began = time.perf_counter()
    for k in range(events):
        said = Event("table.said", "seat:USA", "all", {"id": "t"}, f"Message {k} of this table.", 1949, "table")
        one = sealed(said, prev, branch=1, seq=k + 1, now=float(k), key=f"k{k}")
        store.append([one])
        prev = one.hash
    rate = events / (time.perf_counter() - began)
    store.close()
    return place, rate


def opened(events: int) -> float:
    """Return the seconds until a room is read from disk, its chain checked, and folded."""
    from foedus.council.actor import Actor
    from foedus.council.setting_up import unpacked
    from foedus.council.store.sqlite import InAFile

    place = _room(events)[0]
    began = time.perf_counter()
    store = InAFile(place)
    room = Actor(store, unpacked(store.form())).room
    seconds = time.perf_counter() - began
    assert room.count == events
    store.close()
    return seconds


def year() -> float:
    """Return the seconds in which a year of thirteen states is worked out, the case read and code compiled before."""
    from foedus.council.council_year import course_of, lived_years
    from foedus.council.room_form import RoomForm
    from foedus.council.seats import Moves

    form = RoomForm("indo-pacific-2020@2019", 2019, 2019, THIRTEEN, ("CHN", "PRK"), "USA", ("USA",))
    course = course_of(form)
    lived_years(form, [Moves()], course)
    other = replace(form, run=1)  # other luck, so that nothing is answered from memory
    began = time.perf_counter()
    lived_years(other, [Moves()], course)
    return time.perf_counter() - began


def figures(quick: bool) -> Iterator[Figure | Skipped]:
    """Yield the figures; none has a peer, each is held against the budget of the room."""
    if not installed("starlette"):
        yield Skipped("council room", "starlette is absent (extra web)")
        return
    events, alone = 500 if quick else 5000, {"against": "budget of the room"}
    yield Figure("council: events kept on SQLite, each a commit", lambda: _room(events)[1], unit="a second", **alone)
    yield Figure(
        f"council: room of {events} events opened", lambda: opened(events), unit="s", within=BUDGETS["opened"], **alone
    )
    yield Figure("council: year of 13 states", year, unit="s", within=BUDGETS["year"], **alone)
