"""A room for tests: four states, one adversary, acts done one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from foedus.council.acts import Act, Event, Refusal, joined
from foedus.council.fold import Room, folded_all, opened
from foedus.council.room_form import RoomForm, Rules
from foedus.council.stepping import due, step
from foedus.council.store.chain import sealed
from foedus.council.store.lines import sealed_line, sealed_of

FORM = RoomForm(
    "indo-pacific-2020@2019",
    2019,
    2020,
    ("USA", "JPN", "KOR", "AUS"),
    ("CHN",),
    "USA",
    ("USA", "JPN", "KOR", "CHN"),
    budget=1.0,
)


class Table:
    """A room with its log; acts are done as they would be by the storage."""

    def __init__(self, form: RoomForm = FORM, **rules: Any) -> None:
        self.form = replace(form, rules=Rules(**rules)) if rules else form
        self.room: Room = opened(self.form)
        self.log: list[Event] = []
        self.now = 0.0

    def tries(self, kind: str, by: str, words: str | None = None, saw: int | None = None, **body: Any) -> Any:
        """Return the events of an act, or its refusal."""
        name = by if by in ("facilitator", "model", "clock") else f"seat:{by}"
        fields = {k.rstrip("_"): v for k, v in body.items()}
        found = step(self.room, Act(kind, name, fields, words, saw, key=f"{len(self.log)}"), self.now)
        if not isinstance(found, Refusal):
            self.room = folded_all(self.room, found)
            self.log += found
        return found

    def does(self, kind: str, by: str, words: str | None = None, saw: int | None = None, **body: Any) -> str:
        """Return the id of the item of an act that has to be possible."""
        found = self.tries(kind, by, words, saw, **body)
        assert not isinstance(found, Refusal), found
        return str(found[0].body["id"])

    def refused(self, kind: str, by: str, words: str | None = None, saw: int | None = None, **body: Any) -> Refusal:
        """Return the refusal of an act that must not be possible."""
        found = self.tries(kind, by, words, saw, **body)
        assert isinstance(found, Refusal), found
        return found

    def waits(self, seconds: float) -> list[str]:
        """Let time pass and return the acts of the clock."""
        self.now += seconds
        acts = due(self.room, self.now)
        for act in acts:
            found = step(self.room, act, self.now)
            assert not isinstance(found, Refusal), (act, found)
            self.room = folded_all(self.room, found)
            self.log += found
        return [a.kind for a in acts]

    def at_the_table(self, *taken: str) -> str:
        """Open the room, seat people, convene the three, and return the table."""
        self.does("room.open", "facilitator")
        for s in taken or ("USA", "JPN", "KOR"):
            self.does("seat.take", s, id=s)
        self.does("room.begin", "facilitator")
        return self.does("table.convene", "USA", "Council", members=["USA", "JPN", "KOR"], chair="USA")

    def tables(self, table: str, by: str = "JPN", clause: str | None = "form forum USA,JPN,KOR") -> str:
        """Return a text of two articles."""
        return self.does("text.table", by, joined(["Title", "First", "Second"]), table=table, articles=[clause, None])


def stored(log: Iterable[Event]) -> tuple[Event, ...]:
    """Return a log as it is read from where it was kept."""
    lines = [sealed_line(sealed(e, b"", branch=1, seq=k, now=0.0)) for k, e in enumerate(log, 1)]
    return tuple(sealed_of(line).event for line in lines)
