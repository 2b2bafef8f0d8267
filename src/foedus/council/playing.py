"""Playing a room without a server: the same steps, the same model, a log in memory; and a log played again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from foedus.council.acts import FACILITATOR, Act, Event, Refusal
from foedus.council.adjudicate import Adjudicator
from foedus.council.fold import Room, folded_all, opened
from foedus.council.room_form import RoomForm
from foedus.council.stepping import due, step
from foedus.council.store.chain import canonical
from foedus.vocabulary.errors import fail

YEARLY: Final = ("room.consult", "room.sit", "room.order", "room.work")
"""Acts that lead through a year, from opening to the year itself."""
_PATIENCE: Final = 10_000
"""Rounds of answers after which a room is taken to hang."""


@dataclass
class Play:
    """A room that is played in memory.

    Attributes
    ----------
    form : RoomForm
    room : Room
    log : list of Event
    now : float
        Seconds; time passes only where it is let.
    """

    form: RoomForm
    room: Room = field(init=False)
    log: list[Event] = field(default_factory=list)
    now: float = 0.0

    def __post_init__(self) -> None:
        """Open the room and the model."""
        self.room = opened(self.form)
        self.model = Adjudicator(self.form)

    def takes(self, events: Iterable[Event]) -> None:
        """Take events into room and log."""
        found = tuple(events)
        self.room = folded_all(self.room, found)
        self.log += found

    def does(self, act: Act) -> tuple[Event, ...] | Refusal:
        """Do an act, let the model answer it, and return what came of the act itself."""
        found = step(self.room, act, self.now)
        if not isinstance(found, Refusal):
            self.takes(found)
            self.settles()
        return found

    def settles(self) -> None:
        """Let the model answer, and what has fallen due happen, until there is nothing more.

        Raises
        ------
        FoedusError
            It answers for ever, which only a fault of the procedures could bring about.
        """
        for _ in range(_PATIENCE):
            before = len(self.log)
            self.takes(self.model.year(self.room) or ())
            for act in self.model.answers(self.room):
                found = step(self.room, act, self.now)
                if not isinstance(found, Refusal):
                    self.takes(found)
                elif found.rule != "clock":
                    raise fail("the model's answer", found.sentence)
            for act in due(self.room, self.now):
                found = step(self.room, act, self.now)
                self.takes(() if isinstance(found, Refusal) else found)
            if len(self.log) == before:
                return
        raise fail("the room", "the model answers without an end")

    def waits(self, seconds: float) -> None:
        """Let time pass, and what falls due happen."""
        self.now += seconds
        while acts := due(self.room, self.now):
            if all(isinstance(self.does(act), Refusal) for act in acts):
                return

    def leads(self, kind: str) -> None:
        """Do one of the facilitator's acts on the room itself.

        Raises
        ------
        FoedusError
            It is not possible now.
        """
        found = self.does(Act(kind, FACILITATOR, {"id": "room"}))
        if isinstance(found, Refusal):
            raise fail(kind, found.sentence)


def by_the_model(form: RoomForm) -> Play:
    """Return a room that was played to its debrief with nobody in it: the years of ``foedus simulate``.

    Parameters
    ----------
    form : RoomForm

    Raises
    ------
    FoedusError
        The case, a change, a law or the years are wrong.
    """
    play = Play(form)
    play.leads("room.open")
    play.leads("room.begin")
    for year in range(form.first, form.last + 1):
        for kind in YEARLY:
            if kind != "room.consult" or form.rules.phases == "guided":
                play.leads(kind)
        if year < form.last:
            play.leads("room.next")
    play.leads("room.debrief")
    return play


def played_again(form: RoomForm, log: Sequence[Event]) -> tuple[Room, tuple[str, ...]]:
    """Return the room that a log leaves, and what in it the model would tell otherwise now.

    Parameters
    ----------
    form : RoomForm
    log : sequence of Event

    Returns
    -------
    Room
    tuple of str
        A sentence for each year that this version works out otherwise; none where all years are met.
    """
    model, room = Adjudicator(form), opened(form)
    differs: dict[str, str] = {}
    anew: dict[str, bytes] = {}
    for event in log:
        if event.kind == "year.worked out":
            anew = {e.kind: canonical(e.body.get("set")) for e in model.year(room) or ()}
        if event.kind in ("year.worked out", "year.kept") and anew.get(event.kind) != canonical(event.body.get("set")):
            year = str(event.body.get("id"))
            differs[year] = f"The year {year} is worked out otherwise by this version."
        room = folded_all(room, (event,))
    return room, tuple(differs.values())
