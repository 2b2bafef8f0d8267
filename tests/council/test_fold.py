"""The fold: one function of form and log, in whatever pieces it is folded."""

from __future__ import annotations

import pytest
from councilrooms import Table

from foedus.council.acts import Event
from foedus.council.fold import Said, Sayings, folded, folded_all, opened, wider


def test_a_log_folds_to_the_same_room_in_one_go_and_event_by_event() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    room.does("silence.propose", "USA", id=text)
    room.does("room.pause", "facilitator", "Coffee.")
    room.now += 60.0
    room.does("room.resume", "facilitator")
    assert any(e.body.get("moved") for e in room.log), "a pause moves every deadline"
    again = opened(room.form)
    for k, event in enumerate(room.log):
        assert again == folded_all(opened(room.form), room.log[:k])
        again = folded(again, event)
    assert again == room.room
    assert again.count == len(room.log)


def test_words_that_were_erased_are_missing_and_nothing_else() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    erased = [Event(e.kind, e.actor, e.see, e.body, None, e.year, e.phase) for e in room.log]
    found = folded_all(opened(room.form), erased)
    assert found.texts[text].words == {}
    assert found.texts[text].data == room.room.texts[text].data


def test_an_event_that_is_about_nothing_changes_nothing() -> None:
    room = opened(Table().form)
    after = folded(room, Event("x.y", "clock", "all", {}, None, 2019, "lobby"))
    assert (after.families, after.count) == (room.families, 1)


def test_audiences_add_up() -> None:
    assert wider("seats:KOR", "seats:JPN,KOR") == "seats:JPN,KOR"
    assert wider("F", "seats:KOR") == "seats:KOR"
    assert wider("all", "F") == "all"
    assert wider("F", "F") == "F"


def test_what_was_said_is_added_without_copying_and_lines_that_part_keep_their_own() -> None:
    ones = [Said("seat:USA", "USA", "table.said", f"{k}", 1949, "table") for k in range(4)]
    first = Sayings([], 0).and_one(ones[0]).and_one(ones[1])
    long = first.and_one(ones[2])
    assert first.and_one(ones[2])._store is long._store, "the same events folded twice share one store"
    other = first.and_one(ones[3])
    assert [list(x) for x in (first, long, other)] == [ones[:2], ones[:3], [*ones[:2], ones[3]]]
    assert (first[-1], first[-1:], long[5:]) == (ones[1], (ones[1],), ())
    assert long == tuple(ones[:3])
    assert long != other
    with pytest.raises(IndexError):
        first[2]
