"""What decisions weighed, and what a refusal cost whom who pressed."""

from __future__ import annotations

import pytest
from test_adjudicate import FORM, adopted, at_the_table, done, ordered

from foedus.council.debrief import all_moves, departures
from foedus.council.weighing import weighed


def test_every_departure_has_its_terms_and_a_plan_is_paid_once() -> None:
    play = at_the_table("USA", "JPN", "KOR", "CHN")
    treaty = adopted(play, "form body USA,JPN,KOR rule consensus", ["USA", "JPN", "KOR"])
    forum = adopted(play, "form forum USA,JPN,KOR", ["USA", "JPN", "KOR"])
    done(play, "pressure.plan", "CHN", target="KOR", cost=0.5)
    given = {s: {"sign": {treaty: s != "KOR", forum: True}} for s in ("USA", "JPN", "KOR")}
    ordered(play, given)
    found = weighed(FORM, all_moves(play.room))
    signed = [d for d in departures(play.room) if d.action == "consent"]
    assert signed
    for d in signed:
        terms = found.terms[(d.year, d.state, d.action, d.key)]
        assert len(terms) == 8
        assert any(terms.values())
    assert {(p.adversary, p.target) for p in found.pressed} == {("CHN", "KOR")}
    assert found.refusals == 1
    assert 0 < found.cost <= 0.5 + 1e-9
    assert {p.refused for p in found.pressed if p.key.startswith("body")} == {True}
    assert found.cost == pytest.approx(max(p.cost for p in found.pressed))


def test_a_room_without_years_weighs_nothing() -> None:
    found = weighed(FORM, ())
    assert (dict(found.terms), found.pressed, found.cost, found.refusals) == ({}, (), 0, 0)
