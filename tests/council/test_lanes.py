"""Three lanes: bars that can be read, marks at their time and never one over another, nothing that is not escaped."""

from __future__ import annotations

import re
from itertools import pairwise

from foedus.council.council_year import lived_years
from foedus.council.lanes import SLIM, Mark, broken, drawn_lanes, model_lane, placed
from foedus.council.room_form import RoomForm
from foedus.council.seats import Moves, name_of

FORM = RoomForm("indo-pacific-2020@2019", 2019, 2020, ("USA", "JPN", "KOR"), ("CHN",), "USA", ("USA",))


def test_the_models_lane_counts_its_runs_year_by_year() -> None:
    found = model_lane(FORM, 2, 2)
    assert (found.runs, list(found.shares), list(found.crises)) == (2, [2019, 2020], [2019, 2020])
    first = {name_of(m) for m in lived_years(FORM, [Moves()])[0].record.world.in_force}
    assert {k for k, share in found.shares[2019].items() if share == 1.0} <= first
    one = max((n for k, n in found.shares[2019].items() if k.startswith("body")), default=0.0)
    assert one <= found.bodies[2019] <= 1.0, "whoever is in it: at least as often as any one body"
    assert {share for y in found.shares.values() for share in y.values()} <= {0.5, 1.0}


def test_marks_stand_at_their_time_unless_another_is_there_and_within_the_axis() -> None:
    marks = [Mark(at, k, "x") for k, at in enumerate((2018.2, 2019.0, 2019.5, 2019.501, 2020.99, 2021.5, 2022.0), 1)]
    found = placed(marks, [2019, 2020])
    assert all(b - a >= 18.0 - 1e-9 for a, b in pairwise(found))
    assert found[0] == 105.0
    assert found[-1] == 977.0
    assert abs(found[2] - (96 + 445 * 0.5)) < 1e-9


def test_bars_say_their_share_first_and_are_as_tall_as_their_words() -> None:
    assert broken("78 % A forum", 600) == ("78 % A forum",)
    assert broken("78 % The forum of the four, as it stands here", 132) == (
        "78 % The forum of",
        "the four, as it",
        "stands here",
    )
    long = {2019: [("The forum of the four, as it stands here, with everybody in it", 0.78), ("A", 0.1)]}
    tall = str(drawn_lanes([2019], [], long, [], SLIM))
    assert "everybody in it" in tall
    one, two = (float(y) for y in re.findall(r'class="all" x="[\d.]+" y="([\d.]+)"', tall))
    assert two - one > 17 + 15, "the next begins below all lines of the first"
    drawn = str(drawn_lanes([2019, 2020], [Mark(2019.5, 1, "<b>", True)], {2019: [("A & B", 0.25)]}, []))
    assert "25 % A &amp; B" in drawn
    assert "<title>&lt;b&gt;</title>" in drawn
    assert re.search(r'class="person" x="310.5"', drawn), "a square: people decided"
    assert "Room: 1 moments. Model: shares of runs. Record: 0 dated events." in drawn


def test_on_a_telephone_the_picture_is_as_wide_as_the_telephone() -> None:
    marks = [Mark(2019 + k / 9, k, "x") for k in range(1, 9)]
    drawn = str(drawn_lanes([2019], marks, {2019: [("A", 1.0)]}, marks, SLIM))
    assert 'viewBox="0 0 354 ' in drawn
    ends = [float(x) + float(w) for x, w in re.findall(r'<rect[^>]* x="([\d.]+)"[^>]* width="([\d.]+)"', drawn)]
    assert ends
    assert max(*ends, *map(float, re.findall(r'cx="([\d.]+)"', drawn))) <= SLIM
