"""Nobody is offered what would change nothing: a seat that is sat in, an answer that was given, a bracket on one's own words."""

from __future__ import annotations

from councilrooms import Table

from foedus.council.sensible import sensible
from foedus.council.stepping import allowed


def offered(room: Table, seat: str) -> set[str]:
    return {o.kind for o in sensible(room.room, seat, allowed(room.room, f"seat:{seat}"))}


def test_what_somebody_has_done_already_is_not_offered_again() -> None:
    room = Table()
    table = room.at_the_table()
    text = room.tables(table)
    room.does("room.consult", "facilitator")
    assert "seat.take" not in offered(room, "JPN")
    room.does("seat.hand", "JPN", id="JPN")
    assert "seat.take" in offered(room, "JPN")
    room.does("seat.take", "JPN", id="JPN")
    room.does("room.sit", "facilitator")
    assert "text.sponsor" in offered(room, "KOR")
    assert "text.sponsor" not in offered(room, "JPN")
    amendment = room.does("amendment.offer", "KOR", "Other words", text=text, article="a1")
    assert {"amendment.object", "amendment.accept"}.isdisjoint(offered(room, "KOR"))
    assert {"amendment.object", "amendment.accept"} <= offered(room, "USA")
    room.does("amendment.object", "USA", id=amendment)
    assert "amendment.object" not in offered(room, "USA")
    assert "amendment.lift" in offered(room, "USA")
    assert "amendment.lift" not in offered(room, "JPN")
    room.does("amendment.lift", "USA", id=amendment)
    room.does("consensus.call", "USA", id=text)
    room.does("consensus.join", "JPN", id=text)
    assert "consensus.join" not in offered(room, "JPN")
    assert "consensus.object" in offered(room, "JPN")


def test_who_proposed_silence_takes_it_back_and_does_not_object_to_it() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    room.does("silence.propose", "KOR", id=text, seconds=60)
    assert "silence.object" not in offered(room, "KOR")
    assert "silence.object" in offered(room, "JPN")
    assert room.refused("silence.object", "KOR", id=text).rule == "who"
    room.does("silence.lift", "KOR", id=text)
    room.does("silence.propose", "KOR", id=text, seconds=60)
    room.waits(31)
    assert room.refused("silence.lift", "KOR", id=text).rule == "who"
