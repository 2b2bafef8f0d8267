"""The orders of a seat: a signature is asked for and not passed over, and both the seat and who leads read what is not signed."""

from __future__ import annotations

from test_adjudicate import adopted, at_the_table, done

from foedus.council.acts import Viewer
from foedus.council.orders_sheet import _heading, lacking, questions, unsigned_by
from foedus.council.sights import Sight
from foedus.council.tableside import Reader

TWO = ("JPN", "KOR")


def test_whoever_confirms_without_signing_reads_what_they_do_not_sign() -> None:
    play = at_the_table(*TWO)
    treaty = adopted(play, "treaty JPN,KOR depth 0.4", [*TWO])
    play.leads("room.sit")
    play.leads("room.order")
    done(play, "orders.put", "JPN", sign={treaty: True})
    done(play, "orders.put", "KOR", climb={"JPN": False})
    for seat in TWO:
        done(play, "orders.confirm", seat, id=f"{seat}:2019")
    assert [[t.id for t in unsigned_by(play.room, s)] for s in TWO] == [[], [treaty]]

    def reader(viewer: Viewer) -> Reader:
        return Reader(Sight(viewer, play.room, (), 0), 0.0, here=dict.fromkeys(TWO, 1))

    heads = [_heading(reader(Viewer("seat", s)), play.room.orders[f"{s}:2019"]) for s in TWO]
    assert heads[0] == "Your orders are confirmed."
    assert heads[1].startswith("Your orders are confirmed: you do not sign “")
    waits = lacking(reader(Viewer("facilitator")))
    assert len(waits) == 1
    assert waits[0].startswith("South Korea has confirmed, and does not sign “")


def test_a_signature_has_to_be_answered_and_all_else_may_be_left_out() -> None:
    play = at_the_table(*TWO)
    adopted(play, "treaty JPN,KOR depth 0.4", [*TWO])
    asked = questions(Reader(Sight(Viewer("seat", "JPN"), play.room, (), 0), 0.0), {})
    assert len({frozenset(q) for q in asked}) == 1, "a page asks every question for the same parts"
    must = {q["name"].partition(".")[0]: (q["must"], [v for v, _ in q["choices"]]) for q in asked}
    assert must["sign"] == (True, ["yes", "no"])
    assert must["climb"] == (False, ["yes", "no", ""])
