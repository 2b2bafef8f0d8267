from __future__ import annotations

import re

from foedus.surfaces.svg.reaches import Reach, listed, reaches


def _at(svg: str) -> list[float]:
    return [
        float(x) for x in re.findall(r'<line x1="([\d.]+)" y1="[\d.]+" x2="\1" y2="[\d.]+" stroke="var\(--ink\)"', svg)
    ]


def test_a_tick_stands_where_the_value_is_on_its_scale_and_the_ends_are_said() -> None:
    svg = reaches([Reach("Trade", 0.25, "25 %", 0.0, 1.0, ("0 %", "100 %"))], 408, "T", "judged")
    assert _at(svg) == [104.0]
    assert re.findall(r"<text[^>]*>([^<]*)<", svg) == ["Trade", "25 %", "0 %", "100 %", "judged"]
    assert "Trade: 25 %, 0 % to 100 %" in svg
    assert reaches([], 400, "T") == ""


def test_ends_that_lie_close_stand_in_one_line_and_what_does_not_move_has_none() -> None:
    close = reaches([Reach("Chance", 0.01, "1 %", 0.0, 0.02, ("0 %", "2 %"), (0.0, 1.0))], 408, "T")
    assert "0 % to 2 %" in re.findall(r"<text[^>]*>([^<]*)<", close)
    still = reaches([Reach("Chance", 0.5, "50 %", 0.5, 0.5, ("50 %", "50 %"), (0.0, 1.0))], 408, "T")
    assert re.findall(r"<text[^>]*>([^<]*)<", still) == ["Chance", "50 %"]


def test_a_list_has_a_line_for_each_with_its_tick_between_the_ends() -> None:
    svg = listed(
        [Reach("A", 0.5, "0.5 km", 0.0, 1.0, ("0", "1")), Reach("B", 1.0, "1", 0.0, 1.0, ("0", "1"))], 1000, "T"
    )
    assert _at(svg) == [645.0, 720.0]
    assert 'viewBox="0 0 1000 52"' in svg
