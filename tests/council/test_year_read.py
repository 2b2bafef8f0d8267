"""Reading a year: terms against last year and nothing done, and only those that the reader may read."""

from __future__ import annotations

import pytest
from test_adjudicate import FORM, adopted, at_the_table, done, ordered

from foedus.council.acts import Viewer
from foedus.council.council_year import lived_years
from foedus.council.debrief import all_moves
from foedus.council.sight import seen_by
from foedus.council.year_read import year_read


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
    assert "In force now: body consensus USA,JPN,KOR" in own.headline
    assert len(own.money) == 1
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
    assert all("with a chance of" in x and "was drawn" in x for x in found.by_law)
    assert not [x for x in found.by_law if x.startswith("South Korea")]
