"""Reading a year: terms against last year and nothing done, and only those that the reader may read."""

from __future__ import annotations

import re

import pytest
from test_adjudicate import FORM, adopted, at_the_table, done, ordered

from foedus.council.acts import Viewer
from foedus.council.council_year import lived_years
from foedus.council.debrief import all_moves
from foedus.council.plans_of_pressure import fates
from foedus.council.sight import seen_by
from foedus.council.year_read import _sum, _told, year_read


def test_a_seat_reads_its_terms_first_and_they_are_those_of_the_model() -> None:
    play = at_the_table("USA", "JPN", "KOR", "CHN")
    treaty = adopted(play, "form body USA,JPN,KOR rule consensus", ["USA", "JPN", "KOR"])
    done(play, "pressure.plan", "CHN", target="KOR", cost=0.5)
    ordered(play, {s: {"sign": {treaty: True}} for s in ("USA", "JPN", "KOR")})
    own = year_read(seen_by(FORM, play.log, Viewer("seat", "KOR")), "2019", "KOR")
    assert own is not None
    assert [s.seat for s in own.seats] == ["KOR"]
    lived = lived_years(FORM, all_moves(play.room))[-1]
    k = lived.record.world.index("KOR")
    assert own.seats[0].now == pytest.approx(float(lived.record.lived.utility[k]), abs=1e-5)
    assert own.seats[0].nothing == pytest.approx(float(lived.nothing.utility[k]), abs=1e-5)
    assert own.seats[0].now < (own.seats[0].nothing or 0.0)
    assert own.seats[0].last is None
    assert own.headline == "The council of the United States, Japan and South Korea is founded."
    assert own.money == (
        "China presses South Korea not to join the council of the United States, Japan and South Korea, "
        "which would cost it 0.20 % of its product a year.",
    )
    other = year_read(seen_by(FORM, play.log, Viewer("seat", "JPN")), "2019", "JPN")
    assert other is not None
    assert other.money == ()
    whole = year_read(play.room, "2019", "JPN")
    assert whole is not None
    assert whole.seats[0].seat == "JPN"
    assert len(whole.seats) == 13
    assert year_read(play.room, "2020", "JPN") is None


def test_what_those_decided_who_had_no_people_stands_with_chance_and_draw() -> None:
    play = at_the_table("KOR")
    ordered(play, {})
    found = year_read(play.room, "2019", None)
    assert found is not None
    told = [t for _, part in found.happened for t in part]
    by_law = [a for t in told for a in t.answers if a.by == "law"]
    assert by_law
    assert all(a.taken == (a.draw < a.chance) for a in by_law if a.draw is not None and a.chance is not None)
    assert not [a for a in by_law if a.words.startswith("South Korea")]
    codes = {*FORM.states, *FORM.adversaries}
    said = [found.headline, *(w for t in told for w in (t.words, t.says)), *found.money, *found.unread]
    assert not [w for w in said if codes & set(re.findall(r"[A-Z]{3}", w)) or "depth" in w or "consensus" in w]


def test_who_gave_no_orders_is_told_from_who_refused_and_pressure_that_met_nothing_is_said() -> None:
    play = at_the_table("USA", "JPN", "KOR", "CHN")
    treaty = adopted(play, "form body USA,JPN,KOR rule consensus", ["USA", "JPN", "KOR"])
    done(play, "pressure.plan", "CHN", target="VNM", cost=0.3)
    ordered(play, {"USA": {"sign": {treaty: True}}, "JPN": {"sign": {treaty: False}}})
    found = year_read(play.room, "2019", None)
    assert found is not None
    answers = [a.words for _, part in found.happened for t in part for a in t.answers]
    assert "South Korea gives no orders, and so does not agree" in answers
    assert "Japan does not agree" in answers
    assert "Japan and South Korea refuse the council" in found.headline
    assert found.money == (), "what became of a plan is told plan by plan to its author and who leads"
    (fate,) = fates(play.room, "2019")
    assert (fate.target, fate.planned, fate.laid) == ("Vietnam", "0.30", "0.00")
    other = year_read(seen_by(FORM, play.log, Viewer("seat", "JPN")), "2019", "JPN")
    assert other is not None
    assert other.money == ()


def test_who_leaves_is_told_in_one_line_with_the_chance_and_the_draw_of_its_own_decision() -> None:
    answer = {"action": "stay", "by": "law", "state": "JPN", "yes": False, "chance": 0.3, "draw": 0.8}
    left = {"what": "leaves", "key": "treaty USA,JPN", "actor": "JPN", "other": "USA", "by": "law", "answers": [answer]}
    told = _told(left, lambda state: state)
    assert (told.taken, told.chance, told.draw, told.answers) == (True, 0.3, 0.8, ())
    assert told.says == "the law decided"


def test_a_sum_of_which_a_part_is_not_known_is_not_known() -> None:
    assert _sum([0.5, 0.25]) == 0.75
    assert _sum([0.5, None]) is _sum([None]) is _sum([]) is None
