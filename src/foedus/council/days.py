"""Days: how long a room is kept after its last act, and what becomes of one that is kept no longer."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from foedus.council.setting_up import room_deleted, room_opened
from foedus.council.store.chain import moment, seconds_of
from foedus.council.store.keeping import Store, Upkeep
from foedus.council.store.postgres import rooms
from foedus.vocabulary.errors import FoedusError, fail

DAY: Final = 86_400.0


def last_act(store: Store) -> float:
    """Return when a room was written to last, in seconds since 1970; when it was made where nothing happened."""
    branches = store.branches()
    ends = (deque(store.log(b.id, b.fork_seq), maxlen=1) for b in branches)
    return max([seconds_of(one.at) for end in ends for one in end] + [seconds_of(b.opened) for b in branches])


def kept_until(upkeep: Upkeep, last: float) -> float | None:
    """Return until when a room is kept, in seconds since 1970; None for ever."""
    return last + DAY * upkeep.keep_days if upkeep.keep_days else None


def check_days(upkeep: Upkeep, last: float, place: str, now: float) -> None:
    """Say that a room was to be kept no longer.

    Parameters
    ----------
    upkeep : Upkeep
    last : float
        Its last act, in seconds since 1970.
    place : str
    now : float

    Raises
    ------
    FoedusError
        Its days are over.
    """
    until = kept_until(upkeep, last)
    if until is not None and until < now:
        what = f"it was to be kept until {moment(until)[:10]}, {upkeep.keep_days} days after its last act"
        raise fail(place, what, f"Delete it: foedus council delete {place}; or: foedus council keep {place} --days 60")


def tidied(folder: Path, address: str = "") -> Iterator[tuple[str, str]]:
    """Delete the rooms of a folder, or of a server, that are kept no longer; yield each room with what became of it.

    Parameters
    ----------
    folder : Path
        Its files that end in ``.room``.
    address : str
        Of a PostgreSQL server; empty for the folder.
    """
    places = rooms(address) if address else [str(p) for p in sorted(folder.glob("*.room"))]
    for place in places:
        try:
            store = room_opened(place, address)
        except FoedusError as error:
            yield place, f"left alone: {error}"
            continue
        until = kept_until(store.upkeep(), last_act(store))
        store.close()
        if until is None:
            yield place, "kept for ever"
        elif until >= time.time():
            yield place, f"kept until {moment(until)[:10]}"
        else:
            room_deleted(place, address)
            yield place, f"deleted: it was kept until {moment(until)[:10]}"
