"""A term: what is concluded until a year lapses in it for whom of the people does not renew it, and the law knows it for the others."""

from __future__ import annotations

from typing import Any

import pytest
from councilrooms import Table
from test_adjudicate import FORM, adopted, at_the_table, ordered

from foedus.council.acts import Act, No, Viewer
from foedus.council.clauses import read_clause
from foedus.council.council_year import lived_years
from foedus.council.debrief import all_moves
from foedus.council.orders_sheet import questions
from foedus.council.playing import Play
from foedus.council.seats import Moves, founded_by, moves_from, name_of
from foedus.council.sights import Sight
from foedus.council.tableside import Reader
from foedus.mechanisms.decisions.term import runs_out
from foedus.simulation.decisions import exit_decisions

KEY = "forum USA,JPN,KOR"
PEOPLE = ("USA", "JPN", "KOR")


def two_years(until: str = "until 2020") -> Play:
    """Return a room in which a forum with a term is in force, in the second year."""
    play = at_the_table(*PEOPLE)
    treaty = adopted(play, f"form {KEY} {until}".strip(), list(PEOPLE))
    ordered(play, {s: {"sign": {treaty: True}} for s in PEOPLE})
    assert KEY in play.room.in_force
    play.does(Act("room.next", "facilitator"))
    assert play.room.year == 2020
    return play


def ends(play: Play, orders: dict[str, dict[str, Any]]) -> Any:
    ordered(play, orders)
    return next(t for t in play.room.treaties.values() if t.get("makes") == KEY)


def test_a_clause_with_a_term_is_read_written_and_refused_where_it_makes_no_sense() -> None:
    states = ("USA", "JPN", "KOR")
    for words in (
        "treaty USA,JPN depth 0.5 until 2024",
        "form forum USA,JPN,KOR until 2021",
        "form body USA,JPN,KOR rule hub until 2030",
    ):
        assert str(read_clause(words, states, "USA")) == words
    assert read_clause("treaty USA,JPN", states, "USA").until == 0
    for wrong in (f"end {KEY} until 2024", "treaty USA,JPN until 20", "mediate JPN,KOR by USA until 2024"):
        with pytest.raises(No):
            read_clause(wrong, states, "USA")
    room = Table()
    table = room.at_the_table()
    for year in (2019, 2018, 2300):
        refusal = room.refused("text.table", "JPN", "T\fA", table=table, articles=[f"form {KEY} until {year}"])
        assert "a term ends after 2019" in refusal.sentence.lower()


def test_the_kernel_has_the_term_in_the_year_that_the_clause_names() -> None:
    for until in (2020, 2022, 2030):
        found = founded_by({"makes": KEY, "until": until}, 2019)
        assert [y for y in range(2019, until + 1) if runs_out(found.term, found.begun, y)] == [until]
    assert founded_by({"makes": KEY}, 2019).term is None


def test_who_does_not_renew_it_leaves_it_when_its_term_runs_out() -> None:
    play = two_years()
    assert moves_from(all_moves(play.room)[0].to_dict()).treaties[0]["until"] == 2020
    asked = questions(Reader(Sight(Viewer("seat", "JPN"), play.room, (), 0), 0.0), {})
    (forum,) = (q for q in asked if q["words"] == "Let the forum of the United States, Japan and South Korea lapse")
    assert "Its term runs out in 2020" in forum["says"]
    item = ends(play, {})
    assert (item.state, KEY in play.room.in_force) == ("ended", False)
    assert all_moves(play.room)[-1].lapsing == (KEY,)


def test_who_renews_it_keeps_it_for_as_long_again_and_without_a_term_it_stands() -> None:
    item = ends(two_years(), {s: {"leave": {KEY: False}} for s in PEOPLE})
    assert (item.state, item.get("until")) == ("in force", 2021)
    play = two_years("")
    assert ends(play, {}).state == "in force"
    assert "lapsing" not in all_moves(play.room)[-1].to_dict(), "a room without terms is kept in the bytes of before"


def test_for_seats_of_the_model_the_law_makes_leaving_likelier_in_that_year() -> None:
    signed = {"id": "t", "parties": list(PEOPLE), "makes": KEY, "ends": "", "replaces": "", "newcomer": ""}
    orders = {s: {"sign": {"t": True}} for s in PEOPLE}

    def chances(**term: int) -> list[float]:
        first = Moves(played=PEOPLE, orders=orders, treaties=({**signed, **term},))
        opening = lived_years(FORM, [first, Moves()])[1].opening
        (held,) = (m for m in opening.world.in_force if name_of(m) == KEY)
        return [d.probability for d in exit_decisions(opening.appraiser, held, opening.world.in_force, 2020)]

    assert all(x > y for x, y in zip(chances(until=2020), chances(), strict=True))
    assert chances(until=2025) == chances(), "in the year in which it runs out, and in no other"
