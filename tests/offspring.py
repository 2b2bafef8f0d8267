"""Offspring: the processes that one has begun, and whether they are over, as Linux lists them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path


def below(pid: int) -> set[int]:
    """Return the processes that one has begun and that are not over; none where the system lists none."""
    found = set()
    for place in Path("/proc").glob("[0-9]*"):
        state, parent = _told(int(place.name))
        if parent == pid and state != "Z":
            found.add(int(place.name))
    return found


def left_of(pids: Iterable[int], seconds: float = 60.0) -> list[int]:
    """Return which of some processes are still there after some time; nothing as soon as all of them are over."""
    end, watched = time.monotonic() + seconds, list(pids)
    while watched and time.monotonic() < end:
        watched = [pid for pid in watched if _told(pid)[0] not in ("", "Z")]
        time.sleep(0.02)
    return watched


def _told(pid: int) -> tuple[str, int]:
    """Return the state of a process and who began it; an empty state where there is none."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            state, parent = file.read().rpartition(")")[2].split()[:2]
    except OSError:
        return "", 0
    return state, int(parent)


HERE = os.path.isdir("/proc/self")
"""Whether the system lists processes."""
