from __future__ import annotations

import re

import pytest

from foedus.surfaces.svg.heaps import Level, heap, levels


@pytest.mark.parametrize("width", [470.0, 354.0])
def test_every_draw_is_a_dot_inside_the_picture(width: float) -> None:
    drawn = [0.0, 0.01, 0.02, 0.3, 0.5, 0.51, 1.0] * 150
    svg = heap(drawn, width, "Draws")
    height = float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg).group(1))  # type: ignore[union-attr]
    dots = [tuple(map(float, m)) for m in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', svg)]
    assert len(dots) == len(drawn)
    assert all(r <= x <= width - r and r <= y <= height for x, y, r in dots)
    apart = sorted((x, y) for x, y, _ in dots)
    assert len(set(apart)) == len(drawn)
    assert svg.count('fill="var(--vermilion)"') == sum(v > 0.5 for v in drawn)


def test_what_cannot_be_drawn_leaves_no_picture() -> None:
    assert heap([], 470.0, "") == ""
    assert heap([float("nan")], 470.0, "") == ""
    assert levels((), 470.0, "") == ""


def test_an_outcome_has_its_number_and_the_range_of_the_draws() -> None:
    svg = levels(
        (Level("A forum", 0.43, "teal", 0.1, 0.4, 0.7, was=0.5), Level("A body", 0.002, "amber")), 462.0, "Outcomes"
    )
    assert "43 %" in svg
    assert "&lt;1 %" in svg
    assert svg.count("<circle") == 1
    assert 'width="172"' in svg  # 43 % of 400
