"""Examples of clauses: every one can be written as it stands, says something new, and only the reader's own room is in it."""

from __future__ import annotations

from councilrooms import Table

from foedus.council.clause_examples import HINTS, MOST, clause_examples, hinted
from foedus.council.clauses import read_clause
from foedus.council.procedures.roster import MACHINES


def test_every_example_is_a_clause_of_this_room_and_none_lies_on_the_table_already() -> None:
    room = Table()
    bare = dict(clause_examples(room.room))
    room.tables(room.at_the_table())
    found = dict(clause_examples(room.room))
    form = room.room.form
    lies = {a.get("clause") for t in room.room.texts.values() for a in t.get("articles", ())}
    for clause, words in {**bare, **found}.items():
        assert str(read_clause(clause, (*form.states, *form.adversaries), form.hub)) == clause
        assert words
        assert words != clause
    assert 2 < len(found) <= MOST
    assert not lies & set(found)
    assert len({c.split()[0] for c in found}) > 1, "more than one kind of clause"


def test_examples_bind_whom_the_text_on_the_table_binds() -> None:
    room = Table()
    table = room.at_the_table()
    assert "form body USA,JPN,KOR rule consensus" in dict(clause_examples(room.room))  # those with a seat
    room.tables(table, clause="form forum USA,JPN,KOR,AUS")
    found = dict(clause_examples(room.room))
    assert "form body USA,JPN,KOR,AUS rule consensus" in found
    assert "form body USA,JPN,KOR rule consensus" not in found


def test_hints_belong_to_acts_that_there_are() -> None:
    kinds = {k for m in MACHINES.values() for k in m.kinds}
    assert set(HINTS) <= kinds
    assert hinted("concern.raise", "Raise it.").startswith("Raise it. One sentence")
    assert hinted("room.pause", "Pause.") == "Pause."
