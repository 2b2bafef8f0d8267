"""The hall: one room that is served, with its writer, its links, who is here, and the model that answers for the others."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

from foedus.council.actor import Actor, Answer
from foedus.council.acts import CLOCK, FACILITATOR, Act, Viewer
from foedus.council.fold import Room
from foedus.council.gates import Gates
from foedus.council.heard import AWAY, READING, Heard
from foedus.council.inject_effects import Effect
from foedus.council.law_asked import Law, NoLaw
from foedus.council.links import Links, Session
from foedus.council.merging import merged
from foedus.council.possible_numbers import impossible
from foedus.council.room_form import RoomForm
from foedus.council.sight import EVERY_SEAT
from foedus.council.sights import Sight, Sights
from foedus.council.store.chain import Logged, genesis, moment, whole
from foedus.council.store.keeping import Branch, Draft, Store
from foedus.council.worth import Worth

PATIENCE: Final = 10.0
"""Seconds that somebody who sent an act waits for its answer."""
_LONGEST: Final = 40_000
"""Characters of a draft, at the most."""
_MOST_DRAFTS: Final = 200
"""Drafts of one person."""


class Hall:
    """A room that is served.

    Parameters
    ----------
    store : Store
    form : RoomForm
    name : str
        Of its addresses.
    law : Law, optional
    wall : callable
        Returns seconds since 1970.
    """

    def __init__(
        self, store: Store, form: RoomForm, name: str, law: Law | None = None, wall: Callable[[], float] = time.time
    ) -> None:
        self.store, self.form, self.name, self.upkeep = store, form, name, store.upkeep()
        self.actor = Actor(store, form, wall=wall)
        self.links = Links(store)
        self.gates = Gates(self.links)
        self.people = Heard(self.actor.now())
        self._law: Law = law or NoLaw()
        self._thinks = ThreadPoolExecutor(1, "foedus-council-law")
        self._thinking, self._to_think = threading.Lock(), threading.Event()
        self._works = ThreadPoolExecutor(1, "foedus-council-debrief")
        self._later: dict[Hashable, Future[Any]] = {}
        self._stopping = threading.Event()
        self._ticks: threading.Thread | None = None
        self._listeners: list[Callable[[], None]] = []
        self._here: Mapping[str, int] = {}
        self.beside: tuple[Hall, ...] = ()
        """All rooms of a server that serves several."""
        self._old: dict[int, Sights] = {}
        self._drafting = threading.Lock()
        self.version = 0
        """Grows with everything that a page could show."""
        self.worths: Mapping[str, Mapping[str, Worth]] = {}
        """What the clauses on the tables would be worth, by their words and by state, as the model said it last."""
        self.bands: Mapping[str, Mapping[str, tuple[float, float]]] = {}
        """Between which sums they lie in most draws of what is judged; nothing while that is worked out."""
        self.effects: Mapping[str, Effect] = {}
        """What injects that are prepared would do, by their id; the console alone shows it."""
        self.trouble = ""
        """What went wrong with the model, for the console."""
        self.actor.heard.append(self._written)

    def start(self) -> None:
        """Begin to write, to look who is here, and to let the model think."""
        self.actor.start()
        self.store.listen(self._told)
        self._ticks = threading.Thread(target=self._tick, name="foedus-council-here", daemon=True)
        self._ticks.start()
        self._think()

    def stop(self) -> None:
        """Write what waits, and end."""
        self._stopping.set()
        if self._ticks is not None:
            self._ticks.join()
        self._thinks.shutdown(wait=False, cancel_futures=True)
        self._works.shutdown(wait=False, cancel_futures=True)
        self.actor.stop()
        self.store.close()

    def _told(self, what: str, said: str) -> None:
        """Take in what another process that serves this room tells."""
        if what == "events":
            before = self.actor.branch
            new = self.actor.caught_up(int(said) if said else None)
            if new or self.actor.branch != before:
                self._written(new)
        elif what == "links":
            self.links.load()
            self._changed()
        elif what == "words":
            self.actor.load()
            self._changed()
        elif what == "here":
            for person, lasts in json.loads(said):
                if (link := self.links.get(person)) is not None:
                    self.people.hear(person, link.seat, self.now(), lasts, told=True)

    def listen(self, listener: Callable[[], None]) -> None:
        """Have something called whenever there is something new to show."""
        self._listeners.append(listener)

    def _changed(self) -> None:
        self.version += 1
        for listener in tuple(self._listeners):
            listener()

    def _written(self, events: Sequence[Logged]) -> None:
        self._changed()
        self._think()

    # -- looking --------------------------------------------------------------------------------------------------

    @property
    def room(self) -> Room:
        """The room as the facilitator knows it."""
        return self.actor.room

    def now(self) -> float:
        """Return the time of the room, in seconds since 1970."""
        return self.actor.now()

    def sight(self, viewer: Viewer) -> Sight:
        """Return what a viewer knows."""
        return self.actor.sights.of(self.reading_as(viewer))

    def reading_as(self, viewer: Viewer) -> Viewer:
        """Return a viewer with the right that the rules give observers."""
        if viewer.role == "observer" and self.form.rules.observers == "all":
            return Viewer("observer", EVERY_SEAT)
        return viewer

    def sight_of(self, branch: int, viewer: Viewer) -> Sight:
        """Return what a viewer may read of a branch; errors as :func:`foedus.council.store.keeping.lineage`."""
        if branch == self.actor.branch:
            return self.sight(viewer)
        if branch not in self._old:
            start = genesis(self.store.form())
            self._old[branch] = Sights(self.form, whole(self.store.log(branch), start, where=f"branch {branch}"))
        return self._old[branch].of(self.reading_as(viewer))

    def here(self) -> Mapping[str, int]:
        """Return how many people are in each seat now."""
        return self.people.here(self.now())

    def later(self, key: Hashable, work: Callable[[], Any]) -> Any:
        """Return what some slow work gives, done once for its key on a thread of its own; None while it goes on.

        Parameters
        ----------
        key : hashable
        work : callable
            Its errors are raised here.
        """
        with self._drafting:
            if key not in self._later:
                self._later[key] = self._works.submit(work)
            found = self._later[key]
        return found.result() if found.done() else None

    # -- coming and going -----------------------------------------------------------------------------------------

    def came(self, session: Session) -> None:
        """Note that somebody opened their link: a seat that nobody sat in is taken."""
        self.heard_of(session, READING)
        link = session.link
        if link.role != "seat" or link.seat is None:
            return
        seat = self.room.seats.get(link.seat)
        if seat is not None and (seat.state != "taken" or seat.get("stood")):
            self.act(session, Act("seat.take", session.actor, {"id": link.seat}, person=link.id))

    def heard_of(self, session: Session, lasts: float = AWAY) -> None:
        """Note that somebody was heard of."""
        self.people.hear(session.link.id, session.link.seat, self.now(), lasts)

    def _tick(self) -> None:
        while not self._stopping.wait(1.0):
            try:
                self._look()
            except Exception as error:
                logging.getLogger("foedus").exception("nobody could look who is here: %s", error)

    def _look(self) -> None:
        if heard := self.people.untold():
            self.store.tell("here", json.dumps(heard[:500]))
        here, now = self.here(), self.now()
        for seat, item in self.room.seats.items():
            stood = bool(item.get("stood"))
            if item.state == "taken" and not stood and not here.get(seat) and now > self.people.began + AWAY:
                self.actor.submit(Act("seat.miss", CLOCK, {"id": seat}))
            elif (item.state == "away" or stood) and here.get(seat):
                self.actor.submit(Act("seat.return", CLOCK, {"id": seat}))
        if here != self._here:
            self._here = here
            self._changed()

    # -- acting ---------------------------------------------------------------------------------------------------

    def act(self, session: Session, act: Act, spent: str = "") -> Answer:
        """Do an act, and return what became of it when it is on disk.

        Parameters
        ----------
        session : Session
            Whose it is; the act has its actor and its number.
        act : Act
        spent : str
            Place of the draft that it was.

        Raises
        ------
        FoedusError
            It could not be written.
        """
        wrong = impossible(act)
        found = Answer(refusal=wrong) if wrong else self.actor.submit(act, spent).result(timeout=PATIENCE)
        if session.link.role == "seat":
            self.heard_of(session)
        return found

    def draft(self, person: int, place: str, text: str, base: int, was: str) -> tuple[Draft, bool]:
        """Keep what somebody types; where two typed on from the same text both stand.

        Parameters
        ----------
        person : int
        place : str
        text : str
        base : int
            Number of the draft that it was typed on.
        was : str
            Its text.

        Returns
        -------
        Draft
            As it is kept.
        bool
            Whether it was merged with what was typed elsewhere.
        """
        with self._drafting:
            known = {d.place: d for d in self.store.drafts(person)}
            old = known.get(place)
            apart = old is not None and old.base != base and old.text != text
            if apart and old is not None:
                text = merged(was, text, old.text)
            number = max(base, old.base if old is not None else 0) + 1
            kept = Draft(person, place, number, text[:_LONGEST], moment(self.now()))
            if old is not None or len(known) < _MOST_DRAFTS:
                self.store.keep_draft(kept)
            return kept, apart

    def erase(self, person: int) -> int:
        """Erase every word that a person wrote, what they are called too; return how many events lost theirs."""
        self.links.name(person, "")
        gone = self.actor.erase(person)
        self._old.clear()
        self._changed()
        return gone

    def rewind(self, at: int, why: str) -> Branch:
        """Go on from an earlier event on a branch of its own; errors as :meth:`foedus.council.actor.Actor.fork`."""
        return self.actor.rewind(at, why)

    def take_back(self, person: int) -> None:
        """Take a link back: its pages are shut now; errors as :meth:`foedus.council.links.Links.take_back`."""
        gone = self.links.take_back(person, self.now())
        seat = self.room.seats.get(gone.seat or "")
        if (
            seat is not None and seat.get("head") == person
        ):  # who is shut out confirms nothing, and must not keep others from it
            self.actor.submit(Act("seat.yield", FACILITATOR, {"id": seat.id}))
        self.people.forget(person)
        self._changed()

    # -- the model ------------------------------------------------------------------------------------------------

    def _think(self) -> None:
        """Let the model answer where it is asked, one thought at a time; one that waits is enough."""
        if not self._stopping.is_set() and not self._to_think.is_set():
            self._to_think.set()
            self._thinks.submit(self._thought)

    def _banded(self, room: Room, worths: Mapping[str, Mapping[str, Worth]]) -> None:
        """Work out the bands of some worths, and show them if they are those that stand."""
        if worths is not self.worths or self._stopping.is_set():
            return
        try:
            found = self._law.bands(room)
        except Exception as error:
            logging.getLogger("foedus").exception("the bands of clauses could not be worked out: %s", error)
            return
        if worths is self.worths:
            self.bands = found
            self._changed()

    def _foresee(self, room: Room) -> None:
        """Work out what injects that are prepared would do, and show it on the console."""
        if self._stopping.is_set() or room.count != self.room.count:
            return  # a thought on the newer room asks again
        try:
            found = self._law.effects(room)
        except Exception as error:
            logging.getLogger("foedus").exception("what injects would do could not be worked out: %s", error)
            return
        if found != self.effects:
            self.effects = found
            self._changed()

    def _worths_of(self, room: Room) -> Mapping[str, Mapping[str, Worth]]:
        """Return what clauses would be worth; where that cannot be worked out it is left out, and the room goes on."""
        try:
            return self._law.worths(room)
        except Exception as error:
            logging.getLogger("foedus").exception("what clauses are worth could not be worked out: %s", error)
            return {}

    def _thought(self) -> None:
        with self._thinking:
            self._to_think.clear()
            room, branch = self.room, self.actor.branch
            if room.phase in ("set up", "lobby") and not self.form.exercise:
                return None
            try:
                acts = self._law.answers(room)
                events = self._law.year(room)
                self.trouble = ""
            except Exception as error:
                logging.getLogger("foedus").exception("the model could not answer: %s", error)
                self.trouble = f"The model could not answer: {error}"
                self._changed()
                return None
            worths = self._worths_of(room)
            if branch != self.actor.branch or room.count != self.room.count:
                return self._think()
            if worths != self.worths:
                self.worths, self.bands = worths, {}
                self._works.submit(self._banded, room, worths)
                self._changed()
            if any(i.state == "prepared" for i in room.all("inject").values()):
                self._works.submit(self._foresee, room)
            for act in acts:
                self.actor.submit(act).result(timeout=PATIENCE)
            if events:
                self.actor.note(events, room.count).result(timeout=PATIENCE)
            return None
