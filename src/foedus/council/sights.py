"""Sights: the room as each kind of viewer knows it, folded along as events come, from what they may read and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from foedus.council.acts import FACILITATOR, Viewer
from foedus.council.fold import Room, folded, folded_all, opened
from foedus.council.room_form import RoomForm
from foedus.council.sight import may_read
from foedus.council.store.chain import Logged, seconds_of

EVERY: Final = 500
"""Events after which a room on the way is kept."""
WHOLE: Final = Viewer(FACILITATOR)
"""Who reads everything."""


@dataclass(frozen=True)
class Sight:
    """What a viewer knows.

    Attributes
    ----------
    viewer : Viewer
    room : Room
        Folded from what they may read.
    events : sequence of Logged
        That, in order; longer than :attr:`count` where more came since.
    count : int
        How many of them make the room: the number of the last one in the viewer's own stream.
    """

    viewer: Viewer
    room: Room
    events: Sequence[Logged]
    count: int
    kept: dict[int, Room] = field(default_factory=dict, compare=False, repr=False)
    """Rooms on the way, one in :data:`EVERY` events; a cache that may be thrown away at any time."""

    def behind(self, number: int) -> tuple[Logged, ...]:
        """Return the events behind a number of the viewer's own stream."""
        return tuple(self.events[max(number, 0) : self.count])


class _Growing:
    """The sight of one kind of viewer, growing."""

    def __init__(self, form: RoomForm, viewer: Viewer) -> None:
        self.viewer, self.room = viewer, opened(form)
        self.events: list[Logged] = []
        self.waiting: list[Logged] = []
        self.kept: dict[int, Room] = {}
        late = viewer.role == "observer" and form.rules.observers_delay > 0
        self.late = 60.0 * form.rules.observers_delay if late else 0.0

    def take(self, events: Iterable[Logged]) -> None:
        seen = [one for one in events if may_read(one.event.see, self.viewer)]
        if self.late:
            self.waiting += seen
        else:
            self._add(seen)

    def _add(self, seen: Sequence[Logged]) -> None:
        if not seen:
            return  # the same room: who compares rooms sees at once that nothing changed
        self.events += seen
        self.room = folded_all(self.room, (one.event for one in seen))

    def release(self, now: float) -> bool:
        due = 0
        while due < len(self.waiting) and seconds_of(self.waiting[due].at) + self.late <= now:
            due += 1
        seen, self.waiting = self.waiting[:due], self.waiting[due:]
        self._add(seen)
        return bool(seen)

    def sight(self) -> Sight:
        return Sight(self.viewer, self.room, self.events, len(self.events), self.kept)


class Sights:
    """All that is seen of one branch.

    Parameters
    ----------
    form : RoomForm
    log : iterable of Logged
        What happened so far.
    """

    def __init__(self, form: RoomForm, log: Iterable[Logged] = ()) -> None:
        self._form, self._lock = form, threading.RLock()
        self._known: dict[Viewer, _Growing] = {WHOLE: _Growing(form, WHOLE)}
        self.add(tuple(log))

    def add(self, events: Sequence[Logged]) -> None:
        """Take in what happened."""
        with self._lock:
            for growing in self._known.values():
                growing.take(events)

    def of(self, viewer: Viewer) -> Sight:
        """Return what a viewer knows now."""
        with self._lock:
            if viewer not in self._known:
                found = _Growing(self._form, viewer)
                found.take(self._known[WHOLE].events)
                self._known[viewer] = found
            return self._known[viewer].sight()

    def released(self, now: float) -> bool:
        """Let observers see what has waited long enough; return whether anything was."""
        with self._lock:
            new = [growing.release(now) for growing in self._known.values()]
        return any(new)

    @property
    def whole(self) -> Sight:
        """Everything."""
        return self.of(WHOLE)


def at_moment(form: RoomForm, sight: Sight, number: int) -> Room:
    """Return the room as it was after a number of the viewer's own events.

    Parameters
    ----------
    form : RoomForm
    sight : Sight
    number : int
    """
    number, kept = min(max(number, 0), sight.count), sight.kept
    if number == sight.count:
        return sight.room
    start = max((n for n in tuple(kept) if n <= number), default=0)
    room = kept[start] if start else opened(form)
    for k in range(start, number):
        room = folded(room, sight.events[k].event)
        if (k + 1) % EVERY == 0:
            kept[k + 1] = room
    return room
