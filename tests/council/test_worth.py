"""Worth: what a text would be worth and what a year was, and that the sentence about both is true to the numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_adjudicate import adopted, at_the_table, ordered

from foedus.council.exercises import read_exercise
from foedus.council.seats import name_of
from foedus.council.worth import two_numbers
from foedus.council.year_read import year_read
from foedus.simulation.formation import star as star_of


@pytest.mark.parametrize(
    ("clause", "equal"), [("form body USA,JPN,PHL,AUS,NZL rule consensus", False), ("treaty USA,PHL", True)]
)
def test_how_the_worth_beside_a_text_and_the_sum_of_the_year_go_together_is_true_to_the_numbers(
    clause: str, equal: bool
) -> None:
    """A treaty of two alone has one number; a council has another where the hub's treaties of two do not stand yet."""
    members = clause.removesuffix(" rule consensus").split()[-1].split(",")
    form = read_exercise("san-francisco-1951").room
    early = replace(form, exercise="", rules=replace(form.rules, adoption="any"))
    play = at_the_table(*members, form=early)
    treaty = adopted(play, clause, members)
    beside = {s: play.model.worth(play.room, clause, s) for s in members}
    ordered(play, {s: {"sign": {treaty: True}} for s in members})
    read = year_read(play.room, "1951", None)
    assert read is not None
    sums = {s.seat: s.gained for s in read.seats if s.seat in members}
    assert {s: w.star for s, w in beside.items()} == dict.fromkeys(members, not equal)
    if equal:
        assert sums == pytest.approx({s: w.total for s, w in beside.items()}, abs=1e-5)
    else:
        assert beside["PHL"].total < 0 < sums["PHL"], "the year leaves the treaties of two out that do not stand"
        star = star_of(play.model.moment(play.room).appraiser)
        assert not {name_of(m) for m in star} <= {*play.room.in_force}
    assert "against the treaties of two that you would sign without it" in two_numbers(1951, "you")
