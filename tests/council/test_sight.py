"""Sight: nobody reads what their role may not, and nothing hidden moves what they do read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from councilrooms import Table

from foedus.council.acts import Viewer
from foedus.council.fold import folded_all, opened
from foedus.council.sight import may_read, readable, seen_by

EVERYBODY = [
    Viewer("facilitator"),
    Viewer("model"),
    Viewer("observer"),
    *(Viewer("seat", s) for s in ("USA", "JPN", "KOR", "CHN")),
]


@pytest.mark.parametrize(
    ("see", "readers"),
    [
        ("all", {"facilitator", "model", "observer", "USA", "JPN", "KOR", "CHN"}),
        ("F", {"facilitator", "model"}),
        ("seats:KOR,JPN", {"facilitator", "model", "KOR", "JPN"}),
        ("seats:", {"facilitator", "model"}),
        ("nonsense", {"facilitator", "model"}),
        ("seats:KORJPN", {"facilitator", "model"}),
    ],
)
def test_an_audience_is_who_it_names_and_the_facilitator(see: str, readers: set[str]) -> None:
    assert {v.seat or v.role for v in EVERYBODY if may_read(see, v)} == readers


def test_an_observer_reads_what_seats_do_only_where_the_rule_lets_it() -> None:
    assert not may_read("seats:KOR", Viewer("observer"))
    assert may_read("seats:KOR", Viewer("observer", "*"))
    assert not may_read("F", Viewer("observer", "*"))
    assert not may_read("seats:KOR", Viewer("seat", "*"))


def played() -> Table:
    room = Table()
    table = room.at_the_table()
    text = room.tables(table)
    channel = room.does("channel.open", "KOR", "Between us", members=["JPN"])
    room.does("channel.accept", "JPN", id=channel)
    room.does("channel.say", "KOR", "MARKER-CHANNEL", id=channel)
    room.does("pressure.plan", "CHN", "MARKER-PLAN", target="KOR", cost=0.5)
    room.does("orders.put", "KOR", climb={"JPN": True})
    room.does("table.say", "USA", "MARKER-TABLE", id=table)
    room.does("inject.prepare", "facilitator", "MARKER-INJECT", what="event")
    room.does("silence.propose", "USA", id=text)
    return room


def test_what_is_hidden_is_not_in_a_fold() -> None:
    room = played()

    def told(viewer: Viewer) -> str:
        return repr(seen_by(room.form, room.log, viewer))

    assert "MARKER-CHANNEL" in told(Viewer("seat", "JPN"))
    assert "MARKER-CHANNEL" not in told(Viewer("seat", "USA"))
    assert "MARKER-PLAN" not in told(Viewer("seat", "KOR"))
    assert "MARKER-TABLE" not in told(Viewer("seat", "CHN"))
    for viewer in EVERYBODY[2:]:
        assert "MARKER-INJECT" not in told(viewer)
    assert seen_by(room.form, room.log, Viewer("facilitator")) == room.room


def test_two_viewers_with_equal_rights_have_equal_folds() -> None:
    room = Table()
    table = room.at_the_table()
    room.tables(table)
    usa, kor = (seen_by(room.form, room.log, Viewer("seat", s)) for s in ("JPN", "KOR"))
    assert usa == kor


def test_a_hidden_event_that_changes_or_goes_changes_nothing_for_an_outsider() -> None:
    room = played()
    for viewer in EVERYBODY[2:]:
        seen = readable(room.log, viewer)
        for k, event in enumerate(room.log):
            if may_read(event.see, viewer):
                continue
            other = [
                *room.log[:k],
                replace(event, words="something else entirely", body={**event.body, "set": {}}),
                *room.log[k + 1 :],
            ]
            assert readable(other, viewer) == seen
            assert readable([*room.log[:k], *room.log[k + 1 :]], viewer) == seen
        assert folded_all(opened(room.form), seen) == seen_by(room.form, room.log, viewer)


def test_hidden_acts_do_not_move_the_names_of_what_others_see() -> None:
    """The same public acts with and without private ones before them: outsiders get the same events."""

    def log(*, whispered: bool) -> list[object]:
        room = Table()
        table = room.at_the_table()
        if whispered:
            room.does("channel.open", "KOR", "Psst", members=["JPN"])
            room.does("pressure.plan", "CHN", target="KOR", cost=0.5)
        room.log = room.log[:6]
        room.does("text.table", "USA", "T\fA", table=table, articles=[None])
        return [e for e in readable(room.log, Viewer("seat", "USA")) if e.kind == "text.tabled"]

    assert log(whispered=True) == log(whispered=False)


def test_who_is_invited_to_a_table_is_shown_what_lies_on_it_and_no_more() -> None:
    room = Table()
    table = room.at_the_table()
    text = room.tables(table)
    room.does("table.say", "USA", "before", id=table)
    room.does("table.invite", "USA", id=table, members=["CHN"])
    seen = seen_by(room.form, room.log, Viewer("seat", "CHN"))
    assert seen.texts[text].words["a1"] == "First"
    assert "before" not in repr(seen.tables[table].said)
    room.does("table.say", "JPN", "after", id=table)
    assert "after" in repr(seen_by(room.form, room.log, Viewer("seat", "CHN")).tables[table].said)
