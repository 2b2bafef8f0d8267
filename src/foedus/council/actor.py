"""The actor: one queue a room, in which every act is tried, written with all that came in meanwhile, and then told."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Final

from foedus.council.acts import CLOCK, FACILITATOR, Act, Event, Refusal
from foedus.council.erasing import copies_of
from foedus.council.fold import Room, folded
from foedus.council.room_form import RoomForm
from foedus.council.sights import Sights
from foedus.council.stepping import due, step
from foedus.council.store.chain import Logged, genesis, moment, sealed, seconds_of, whole, writer_of
from foedus.council.store.keeping import Branch, Overtaken, Store, newest
from foedus.vocabulary.errors import FoedusError, fail

AT_ONCE: Final = 256
"""Acts that are written as one commit, at the most."""
BEAT: Final = 0.25
"""Seconds after which the clock is looked at again, at the latest."""
_CHAIN: Final = 200
"""Acts of the clock that may follow from one another at one moment."""
_STANDING: Final = ("set up", "lobby", "debrief", "closed", "paused")
"""States of a room in which nothing runs that a stop could have cut short."""


@dataclass(frozen=True)
class Answer:
    """What became of an act.

    Attributes
    ----------
    events : tuple of Logged
        That it led to; they are on disk.
    refusal : Refusal or None
        Why it was not done.
    """

    events: tuple[Logged, ...] = ()
    refusal: Refusal | None = None


@dataclass
class _Job:
    act: Act
    at: float
    spent: str = ""
    made: tuple[Event, ...] = ()
    count: int = 0
    done: Future[Answer] = field(default_factory=Future)


@dataclass
class _Turn:
    """What is decided and not yet written: the room after it, the events, and whom to answer."""

    room: Room
    prev: bytes
    seq: int
    events: list[Logged] = field(default_factory=list)
    spent: list[tuple[int, str]] = field(default_factory=list)
    answers: list[tuple[_Job, Answer]] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)


class Actor:
    """The one that writes a room.

    Parameters
    ----------
    store : Store
    form : RoomForm
    branch : int, optional
        That on which the room was left by default.
    wall : callable
        Returns seconds since 1970.

    Raises
    ------
    FoedusError
        The log is not what was written.
    """

    def __init__(
        self,
        store: Store,
        form: RoomForm,
        *,
        branch: int | None = None,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.store, self.form = store, form
        self.branch = _left_on(store) if branch is None else branch
        self.heard: list[Callable[[Sequence[Logged]], None]] = []
        """What is called with new events, after they are on disk."""
        self._queue: queue.Queue[_Job | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._turning = threading.RLock()
        self._dead: set[str] = set()
        self.load()
        self._anchor = (max(wall(), self._last()), time.monotonic())

    def load(self) -> None:
        """Read the log anew, from the first event on."""
        start = genesis(self.store.form())
        log = list(whole(self.store.log(self.branch), start, where="the log of this room"))
        self.sights = Sights(self.form, log)
        self._prev, self._seq = (log[-1].hash, log[-1].seq) if log else (start, 0)
        self._keys = {one.key: one for one in log if one.key}

    def _last(self) -> float:
        events = self.sights.whole.events
        return seconds_of(events[-1].at) if events else 0.0

    @property
    def room(self) -> Room:
        """The room as the facilitator knows it."""
        return self.sights.whole.room

    @property
    def head(self) -> bytes:
        """The hash of the last event."""
        return self._prev

    def now(self) -> float:
        """Return the time, in seconds since 1970; it never goes back, whatever is done to the clock of the machine."""
        return self._anchor[0] + time.monotonic() - self._anchor[1]

    def submit(self, act: Act, spent: str = "") -> Future[Answer]:
        """Put an act into the queue.

        Parameters
        ----------
        act : Act
        spent : str
            Place of the draft that it was; it is forgotten in the same commit.

        Returns
        -------
        Future of Answer
            Resolved when it is on disk, or refused; a store that cannot be written raises its sentence.
        """
        job = _Job(act, self.now(), spent)
        self._queue.put(job)
        return job.done

    def note(self, events: Sequence[Event], count: int) -> Future[Answer]:
        """Put events into the queue that are made already: the year that was worked out.

        Parameters
        ----------
        events : sequence of Event
        count : int
            Events of the room of which they were made; where there are others now, nothing is written.

        Returns
        -------
        Future of Answer
            As of :meth:`submit`.
        """
        job = _Job(Act("", CLOCK), self.now(), made=tuple(events), count=count)
        self._queue.put(job)
        return job.done

    def start(self) -> None:
        """Begin to write, after a stop in the middle of a year with a pause."""
        self._stopped()
        self._thread = threading.Thread(target=self._run, name="foedus-council", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write what is in the queue, and end."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _stopped(self) -> None:
        """Pause a room that was running when its server ended: from the moment it was last alive on, deadlines stand."""
        room, alone = self.room, self.form.rules.clock == "seat"  # nothing runs out in a rehearsal
        if not self._seq or room.itself.state in _STANDING or alone or not self.store.alone():
            return
        now, alive = self.now(), max(self.store.last_beat(), self._last())
        words = f"The server was away for {max(0.0, now - alive) / 60.0:.1f} minutes. Every deadline has moved by that time."
        then = min(alive, now)
        events = step(room, Act("room.pause", FACILITATOR, words=words), then)
        if not isinstance(events, Refusal):
            made = tuple(replace(e, actor=CLOCK) for e in events)
            self._take([_Job(Act("", CLOCK), then, made=made, count=room.count)])

    def _run(self) -> None:
        beat = 0.0
        while True:
            jobs = self._waiting()
            last = None in jobs
            self._take([j for j in jobs if j is not None])
            if self.now() >= beat + 1.0:
                beat = self.now()
                self._noted(beat)
            if last:
                return

    def _noted(self, now: float) -> None:
        try:
            self.store.beat(now)
        except (FoedusError, OSError) as error:
            logging.getLogger("foedus").warning("%s", error)
        if self.sights.released(now):
            self._tell(())

    def _waiting(self) -> list[_Job | None]:
        """Return the acts that wait, the first after a while at the latest."""
        found: list[_Job | None] = []
        try:
            found.append(self._queue.get(timeout=self._patience()))
            while len(found) < AT_ONCE:
                found.append(self._queue.get_nowait())
        except queue.Empty:
            pass
        return found

    def _patience(self) -> float:
        until = [i.until for i in self.room.deadlines[:1] if i.until is not None and not self.room.paused]
        return min([BEAT, *(max(t - self.now(), 0.001) for t in until)])

    def _take(self, jobs: list[_Job]) -> None:
        """Decide, write, answer, tell; anew where another process was quicker."""
        with self._turning:
            self._turned(jobs)

    def _turned(self, jobs: list[_Job]) -> None:
        for tried in range(20):
            try:
                if tried:
                    self._tell(self.caught_up())
                turn = self._decided(jobs)
                if turn.events:
                    self.store.append(turn.events, turn.spent)
                break
            except Overtaken:
                pass
            except FoedusError as error:
                return _fail(jobs, error)
            except Exception as error:
                logging.getLogger("foedus").exception("an act could not be tried: %s", error)
                return _fail(jobs, fail("the room", "something went wrong here that should not", "Send it again"))
        else:
            return _fail(jobs, fail("the room", "another process is quicker each time", "Send it again"))
        return self._settle(turn)

    def caught_up(self, branch: int | None = None) -> tuple[Logged, ...]:
        """Take in what another process wrote to the room meanwhile, and return it.

        Parameters
        ----------
        branch : int, optional
            On which it goes on, where that is known.

        Returns
        -------
        tuple of Logged
            New events; empty where there are none, or where it goes on on another branch and was read anew.

        Raises
        ------
        FoedusError
            The log is not what was written.
        """
        with self._turning:
            branch = _left_on(self.store) if branch is None else branch
            if branch > self.branch:
                self.branch = branch
                self.load()
                return ()
            new = self.store.log(self.branch, self._seq)
            found = tuple(whole(new, self._prev, where="the log of this room", after=self._seq))
            if found:
                self._prev, self._seq = found[-1].hash, found[-1].seq
                self._keys |= {one.key: one for one in found if one.key}
                self.sights.add(found)
            return found

    def _settle(self, turn: _Turn) -> None:
        self._prev, self._seq, self._dead = turn.prev, turn.seq, self._dead | turn.tried
        self._keys |= {one.key: one for one in turn.events if one.key}
        self.sights.add(turn.events)
        for job, answer in turn.answers:
            if not job.done.cancelled():
                job.done.set_result(answer)
        if turn.events:
            self._tell(turn.events)

    def _tell(self, events: Sequence[Logged]) -> None:
        for listener in self.heard:
            try:
                listener(events)
            except Exception as error:
                logging.getLogger("foedus").exception("a listener failed: %s", error)

    def _decided(self, jobs: list[_Job]) -> _Turn:
        turn = _Turn(self.room, self._prev, self._seq)
        for job in jobs:
            self._on_time(turn, job.at)
            turn.answers.append((job, self._tried(turn, job)))
        self._on_time(turn, self.now())
        return turn

    def _on_time(self, turn: _Turn, now: float) -> None:
        """Do what has fallen due before a moment, each once; what is put off falls due anew by another key."""
        for _ in range(_CHAIN):
            acts = [a for a in due(turn.room, now) if a.key not in self._dead | turn.tried]
            if not acts:
                return
            turn.tried.add(acts[0].key)
            self._tried(turn, _Job(acts[0], now))

    def _tried(self, turn: _Turn, job: _Job) -> Answer:
        act = job.act
        key = f"{act.person or act.by}:{act.key}" if act.key else None
        known = self._keys.get(key) if key else None
        known = known or next((one for one in turn.events if key and one.key == key), None)
        if known is not None:
            return Answer((known,))
        if job.made and job.count != turn.room.count:
            return Answer()  # it was made of another room; whoever made it sees what came meanwhile, and makes it anew
        found = job.made or step(turn.room, act, job.at)
        if isinstance(found, Refusal):
            return Answer(refusal=found)
        return Answer(tuple(self._logged(turn, e, job, key if k == 0 else None) for k, e in enumerate(found)))

    def _logged(self, turn: _Turn, event: Event, job: _Job, key: str | None) -> Logged:
        turn.seq += 1
        now = max(job.at, self._last())
        who = writer_of(event, job.act.person, self.sights.whole.events, turn.events)
        one = sealed(event, turn.prev, branch=self.branch, seq=turn.seq, now=now, person=who, key=key)
        turn.prev, turn.room = one.hash, folded(turn.room, one.event)
        turn.events.append(one)
        if job.spent and job.act.person is not None and key:
            turn.spent.append((job.act.person, job.spent))
        return one

    def rewind(self, at: int, why: str) -> Branch:
        """Open a branch after an event and go on there; the branch before stays as it is; errors as :meth:`fork`."""
        with self._turning:
            found = self.fork(at, why)
            self.branch = found.id
            self.load()
            room = self.room
            begun = Event("room.rewound", FACILITATOR, "all", {}, why or None, room.year, room.phase)
            self._take([_Job(Act("", CLOCK), self.now(), made=(begun,), count=room.count)])
        return found

    def erase(self, person: int) -> int:
        """Erase every word that a person wrote, wherever it was copied to; return how many events lost theirs."""
        with self._turning:
            gone = self.store.erase(person, copies_of(self.store, person))
            self.load()
        self._tell(())
        return gone

    def fork(self, at: int, why: str) -> Branch:
        """Open a branch that leaves this one after an event, without moving anybody.

        Parameters
        ----------
        at : int
            Number of the last event that it shares.
        why : str

        Raises
        ------
        FoedusError
            There is no such event.
        """
        if not 0 <= at <= self._seq:
            raise fail(f"event {at}", "there is no such event", f"There are 0 to {self._seq}")
        number = max(b.id for b in self.store.branches()) + 1
        found = Branch(number, self.branch, at, moment(self.now()), why)
        self.store.open_branch(found)
        return found


def _left_on(store: Store) -> int:
    """Return the branch on which a room was left: the newest with an event of its own, as every rewind writes one."""
    branches = store.branches()
    written = [b.id for b in branches if any(one.branch == b.id for one in store.log(b.id, b.fork_seq))]
    return newest(branches, written)


def _fail(jobs: Sequence[_Job], error: FoedusError) -> None:
    for job in jobs:
        if not job.done.done():
            job.done.set_exception(error)
