"""What is told of a room: its runs, tables, and a log that comes back."""

from __future__ import annotations

import csv
import io

import pytest
from councilrooms import Table, stored

from foedus.council.exercises import read_exercise
from foedus.council.fold import Item
from foedus.council.playing import Play, by_the_model, played_again
from foedus.council.told_of_rooms import acts_csv, decisions_csv, happened_in, lines_of, run_told
from foedus.council.worth import likely


@pytest.fixture(scope="module")
def played() -> Play:
    return by_the_model(read_exercise("japan-korea-2019").room)


def test_a_log_that_is_written_and_read_is_the_same_room(played: Play) -> None:
    log = stored(played.log)
    assert log == stored(log)
    room, differs = played_again(played.form, log)
    assert differs == ()
    assert room.in_force == played.room.in_force


def test_a_run_is_told_year_by_year(played: Play) -> None:
    said = run_told(played)
    assert "seed 1, run 0" in said
    assert "\n2019\n" in said
    assert "In force at the end: the treaty of the United States and Japan; " in said


def test_tables_have_year_and_phase_and_obey_nobody() -> None:
    room = Table()
    table = room.at_the_table()
    room.does("table.say", "KOR", "=1+1", id=table)
    rows = list(csv.DictReader(io.StringIO(acts_csv(room.log))))
    assert [r["words"] for r in rows if r["kind"] == "table.said"] == ["'=1+1"]
    assert {r["year"] for r in rows} == {"2019"}
    assert rows[-1]["phase"] == "opening"


def test_decisions_say_by_whom_with_chance_and_draw(played: Play) -> None:
    rows = list(csv.DictReader(io.StringIO(decisions_csv(played.room))))
    assert rows
    for row in rows:
        if row["action"] != "sign":
            assert (float(row["draw"]) < float(row["chance"])) == (row["yes"] == "1")
        assert row["by"] == "law"


def test_every_line_of_a_year_has_its_chance_where_one_was_drawn(played: Play) -> None:
    lines = [
        (h, line) for y in played.room.years.values() for h, line in zip(lines_of(y), happened_in(y, str), strict=True)
    ]
    drawn = [(h, line) for h, line in lines if h.get("probability", 1.0) < 1.0]
    assert drawn
    for h, line in lines:
        law = f" with {likely(h['probability'])}" if h.get("probability", 1.0) < 1.0 else ""
        assert f"(by {h['by']}{law}" in line
        assert (" with 0." in line or " with less" in line or " with more" in line) == bool(law)
        assert (", drawn " in line) == ("draw" in h and h["what"] != "proposes")
    one = next(h for h, _ in drawn if h["by"] != "people")

    def said(**changed: object) -> str:
        return happened_in(Item("year", "2019", "read", data={"happened": ({**one, **changed},)}), str)[0]

    assert "(people decided; the law would with 0.30" in said(by="people", probability=0.3)
    assert "(by law, drawn" in said(by="law", probability=1.0)
