"""Records: sections within sections, every table once, and nothing that JSON cannot hold."""

from __future__ import annotations

import math

import pytest

from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.record import Chart, Record, Section, Source, Told, cell, plain
from foedus.vocabulary.tables import Column, table

ONE, TWO = (table(n, n.upper(), [Column("a")], [[1.0]]) for n in ("one", "two"))
INNER = Section("inner", "Inner", tables=(TWO,), charts=(Chart("c2", "bars", "", "", TWO),))
OUTER = Section("outer", "Outer", ("Said.",), (ONE,), (Chart("c1", "bars", "", "", ONE),), sections=(INNER,))
RECORD = Record("x", "T", "Q", "k", ("Yes.",), (OUTER, Section("again", "Again", tables=(ONE,))), (Source("b", "B"),))


def test_tables_and_charts_of_parts_are_found() -> None:
    assert OUTER.table("two") is TWO
    assert RECORD.table("two") is TWO
    assert RECORD.section("again").title == "Again"
    assert [t.name for t in RECORD.tables()] == ["one", "two"]  # each once
    assert [c.key for c in RECORD.charts()] == ["c1", "c2"]
    for missing in (lambda: OUTER.table("x"), lambda: RECORD.table("x"), lambda: RECORD.section("x")):
        with pytest.raises(KeyError, match="x"):
            missing()


def test_a_section_is_open_unless_it_says_otherwise() -> None:
    assert not OUTER.folded


def test_as_plain_data() -> None:
    found = RECORD.to_dict()
    assert [found[k] for k in ("kind", "title", "question", "says", "made")] == ["x", "T", "Q", ["Yes."], {}]
    assert found["sections"][0] == OUTER.to_dict()
    assert found["sections"][0]["sections"][0]["key"] == "inner"
    assert found["sources"] == [{"key": "b", "citation": "B", "url": "", "trust": "checked"}]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (1.5, 1.5),
        (math.nan, None),
        (math.inf, None),
        ((1, (2.0, math.nan)), [1, [2.0, None]]),
        ([1, "x"], [1, "x"]),
        ({1: math.inf, "a": (1,)}, {"1": None, "a": [1]}),
        ("text", "text"),
        (None, None),
        (True, True),
    ],
)
def test_what_json_can_hold(value: object, found: object) -> None:
    assert plain(value) == found
    assert type(plain(value)) is type(found)


def test_a_number_that_is_none_is_an_empty_cell() -> None:
    assert [cell(v) for v in (1.0, math.nan, math.inf, -math.inf, 0.0)] == [1.0, None, None, None, 0.0]


class Answer(Told):
    """An answer with a record of its own."""

    noun = "answer"
    front = "one"
    tell = staticmethod(lambda self: RECORD)


class Silent(Told):
    """An answer that nobody can tell."""

    noun, front, tell = "answer", "one", None


def test_what_was_found_has_its_record_its_tables_and_a_face() -> None:
    found = Answer()
    assert found.record is RECORD
    assert found.record is found.record
    assert found.heading == "T"
    assert found.table("two") is TWO
    with pytest.raises(FoedusError, match=r"table 'onne': this answer has no such table\. Did you mean 'one'\?"):
        found.table("onne")
    shown = found._repr_html_()
    assert shown.startswith("<h3>T</h3><p>Yes.</p><table>")
    assert "<caption>ONE</caption>" in shown
    with pytest.raises(AssertionError, match="handed out with what tells of it"):
        _ = Silent().record


def test_a_section_beside_one_of_its_kind_has_names_of_its_own_throughout() -> None:
    found = OUTER.under("far-east")
    assert found.key == "far-east"
    assert [t.name for t in found.all_tables()] == ["far_east_one", "far_east_two"]
    assert [c.key for c in found.all_charts()] == ["far-east-c1", "far-east-c2"]
    assert [c.table.name for c in found.all_charts()] == ["far_east_one", "far_east_two"]
    assert [part.key for part in found.sections] == ["inner"]  # keys need to differ among siblings alone
    assert (found.title, found.says) == (OUTER.title, OUTER.says)


def test_a_record_in_plain_python_is_its_answer_and_the_names_of_its_tables() -> None:
    section = Section("part", "A part", ("It is so.",), (table("t", "T", [Column("a")], [[1]]),))
    assert repr(section) == "<Section 'part': A part>\nIt is so.\ntables: t"
    record = Record("trial", "A trial", "Is it?", "", ("It is.",), (section,))
    assert repr(record) == "<Record of trial: A trial>\nIt is.\ntables: t"
    assert repr(Section("bare", "Bare")) == "<Section 'bare': Bare>"
