"""Reading: a seat sees what a clause is worth to it and nobody else's number, opens it to the facts, and reads its year."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from markupsafe import Markup
from rooms import FORM, by, done, file, form, opened, seated, text

from foedus.council.acts import FACILITATOR, Act, Viewer
from foedus.council.adjudicate import Adjudicator
from foedus.council.debrief_sheet import debrief
from foedus.council.hall import Hall
from foedus.council.links import Session
from foedus.council.reading_sheet import band_of, before, figure, year
from foedus.council.reception import frame
from foedus.council.room_form import Rules
from foedus.council.room_parts import RoomParts
from foedus.council.why_sheet import in_pieces, why
from foedus.council.worth import LEAST, likely, paid, signed
from foedus.council.year_read import SeatYear, Term
from foedus.vocabulary.errors import FoedusError
from foedus.web.formulas import formula

CLAUSE = "form body USA,GBR,FRA rule consensus"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    store = opened(file(tmp_path_factory.mktemp("reading")))
    found = Hall(store, form(store), "small", Adjudicator(FORM))
    found.start()
    yield found
    found.stop()


def settled(hall: Hall, ready: object) -> None:
    """Wait until the model has said what is asked for."""
    assert callable(ready)
    for _ in range(600):
        if ready():
            return
        time.sleep(0.05)
    raise AssertionError(hall.trouble or "the model said nothing")


def test_a_formula_is_cut_before_the_operators_that_stand_outside_all_brackets() -> None:
    drawn = in_pieces(formula("a = b + c (d + e) - f"))
    assert drawn.count("<math") == 4, "a, = b, + c (d + e), - f"
    assert in_pieces(formula("a")).count("<math") == 1
    assert in_pieces(Markup("<pre>x</pre>")) == "<pre>x</pre>"


def session(hall: Hall, seat: str) -> Session:
    return hall.gates.enter(hall.links.give("seat", seat)[1], "here")


def asked(hall: Hall, seat: str, **query: str) -> str:
    one = session(hall, seat)
    return why(hall, one, query, {**frame(hall, one, "why"), "mark": ""})


def looked_back(hall: Hall) -> None:
    """Look at the debrief of a seat, and of who leads: what decisions turned is the facilitator's alone."""
    leads = hall.gates.enter(hall.links.give("facilitator")[1], "here")

    def page(one: Session) -> str:
        return debrief(hall, one, {}, {**frame(hall, one, "debrief"), "mark": ""})

    settled(hall, lambda: "being worked out" not in page(leads))
    mine, theirs = page(leads), page(session(hall, "GBR"))
    assert mine.index("What the model cannot judge") < mine.index("<svg") < mine.index("To be asked")
    assert "was run 100 times" in mine
    assert "Turning points" in theirs
    assert "One decision at a time" not in theirs
    assert "One decision at a time" in mine


def test_a_room_from_the_worth_of_a_clause_to_the_year_that_is_read(hall: Hall) -> None:
    table = seated(hall.actor)
    done(hall.actor, text(table, clause=CLAUSE))
    settled(hall, lambda: CLAUSE in hall.worths)
    said = {s: hall.worths[CLAUSE][s] for s in ("USA", "GBR", "FRA")}
    shown = {s: "".join(RoomParts(hall).of(Viewer("seat", s), "/x").values()) for s in ("USA", "GBR", "FRA", "RUS")}
    for seat, worth in said.items():
        mine = f"{signed(worth.total)} %"
        assert mine in shown[seat]
        assert f"with a chance of {likely(worth.chance or 0.0)}" in shown[seat]
        assert not [s for s in shown if s != seat and mine in shown[s]], seat
    assert "worth to you" not in shown["RUS"]
    page = asked(hall, "GBR", term="security", clause=CLAUSE)
    assert signed(said["GBR"].terms["security"]) in page
    assert "Distance of the United Kingdom to the Soviet Union" in page
    assert "Judged: From the forward line of Soviet forces" in page
    with pytest.raises(FoedusError, match="not shown"):
        asked(hall, "RUS", term="security", clause=CLAUSE)
    with pytest.raises(FoedusError, match="no such term"):
        asked(hall, "GBR", term="luck", clause=CLAUSE)
    done(hall.actor, Act("room.veil", FACILITATOR, {"id": "room"}))
    settled(hall, lambda: not hall.worths)
    assert "worth to you" not in "".join(RoomParts(hall).of(Viewer("seat", "GBR"), "/x").values())
    for verb in ("order", "work"):
        done(hall.actor, Act(f"room.{verb}", FACILITATOR, {"id": "room"}))
    settled(hall, lambda: hall.room.phase == "reading")
    one = session(hall, "GBR")
    read = year(hall, one, {}, {**frame(hall, one, "year"), "mark": ""})
    with pytest.raises(FoedusError, match="no such picture"):
        figure(hall, one, {"year": "1949"})  # nothing was signed
    terms = hall.room.years["1949"].get("seats")["GBR"]
    gained = sum(terms["now"].values()) - sum(terms["nothing"].values())
    assert abs(gained) < LEAST
    assert "0.000 %</b>" not in read, "a year in which nothing was signed is told in words"
    assert "leaves the United Kingdom's product as it is" in unescape(read)
    assert read.count('class="meter"') == read.count("drawn 0.") + read.count("</b>people chose") + read.count(
        "</b></div>"
    )
    leads = hall.gates.enter(hall.links.give("facilitator")[1], "here")
    led = year(hall, leads, {}, {**frame(hall, leads, "year"), "mark": ""})
    assert "seats for which nothing changed" in led
    worked = next(e for e in hall.sight(one.viewer).events if e.event.kind == "year.worked out")
    assert f'title="{worked.hash.hex()}"' in read, "the seal by which a seat can hold the log to what it was"
    looked_back(hall)
    assert not re.search(r"\b(?:treaty|forum|consensus) [A-Z]{3},", re.sub(r"<title>.*?</title>", "", read))


def test_a_year_stands_beside_the_year_before_where_there_was_one() -> None:
    assert before(SeatYear("GBR", (Term("security", 0.5, None, 0.5),)), 1949) is None
    both = before(SeatYear("GBR", (Term("security", 0.5, 0.2, 0.5),)), 1950)
    assert both is not None
    for picture in both:
        assert str(picture).index("1950") < str(picture).index("1949")


def test_the_band_of_a_year_stands_beside_what_changed_and_nowhere_else() -> None:
    moved = SeatYear("GBR", (Term("security", 0.5, None, 0.25),))
    assert (
        band_of(moved, {"GBR": (0.1, 0.4)})
        == "What is not measured but judged could be otherwise: in 32 of 40 tries with other values it lies between +0.100 and +0.400 %."
    )
    assert "being worked out" in band_of(moved, None)
    assert band_of(moved, {}) == "", "the year brought nothing"
    assert band_of(SeatYear("GBR", (Term("security", 0.5, None, 0.5),)), {"GBR": (0.1, 0.4)}) == ""
    assert band_of(SeatYear("GBR", (Term("security", 0.5, None, None),)), {"GBR": (0.1, 0.4)}) == ""


def test_a_year_in_which_something_was_signed_is_read_by_who_leads_with_its_bands(
    tmp_path: Path,
) -> None:
    room = replace(FORM, rules=Rules(own_first_seconds=0))
    store = opened(file(tmp_path, room))
    hall = Hall(store, form(store), "small", Adjudicator(room))
    hall.start()
    try:
        seated(hall.actor)
        clause = "treaty GBR,FRA"
        treaty = str(done(hall.actor, by("GBR", "treaty.draft", clause=clause)).events[0].event.body["id"])
        for seat in ("GBR", "FRA"):
            done(hall.actor, by(seat, "treaty.initial", id=treaty))
        done(hall.actor, Act("room.order", FACILITATOR, {"id": "room"}))
        for seat in ("GBR", "FRA"):
            done(hall.actor, by(seat, "orders.put", sign={treaty: True}))
            done(hall.actor, by(seat, "orders.confirm", id=f"{seat}:1949"))
        done(hall.actor, Act("room.work", FACILITATOR, {"id": "room"}))
        settled(hall, lambda: hall.room.phase == "reading" and hall.room.years["1949"].state == "told")
        leads = hall.gates.enter(hall.links.give("facilitator")[1], "here")

        def page(one: Session) -> str:
            return year(hall, one, {}, {**frame(hall, one, "year"), "mark": ""})

        settled(hall, lambda: "being worked out" not in page(leads))
        assert "By what was signed: what is not measured but judged could be otherwise: in 32 of 40 tries" in page(
            leads
        )
        assert "in 32 of 40 tries with other values it lies between" in page(session(hall, "GBR"))
    finally:
        hall.stop()


@pytest.mark.parametrize(
    ("amount", "words"), [(0.0, "0.00"), (0.004, "0.004"), (0.01, "0.01"), (0.5, "0.50"), (12, "12.00")]
)
def test_amounts_have_two_places_or_two_digits(amount: float, words: str) -> None:
    assert paid(amount) == words
