from __future__ import annotations

import math
import re

import pytest

from foedus.surfaces.svg.falls import Move, Step, moves, waterfall

NONE = (math.nan, math.nan, math.nan)
STEPS = (Step("security", 0.4, "blue", "/a"), Step("fear of reprisals", -0.25, "vermilion", "/b", chosen=True))


@pytest.mark.parametrize("width", [760.0, 350.0])
def test_every_term_begins_where_the_one_before_ends_and_the_last_ends_at_the_sum(width: float) -> None:
    svg = waterfall(STEPS, NONE, width, "Why")
    bars = [
        tuple(map(float, m)) for m in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="20"', svg)
    ]
    (one, two, total) = [(x, x + w) for x, w in bars]
    assert one[1] == pytest.approx(two[1], abs=0.02)  # the second goes back from where the first ended
    assert total == pytest.approx((one[0], two[0]), abs=0.02)
    assert "+0.15" in svg


def test_terms_are_links_with_words_and_the_chosen_one_is_marked() -> None:
    svg = waterfall(STEPS, (-0.3, 0.1, 0.4), 760.0, "Why")
    assert '<a class="row" href="/a" aria-label="security: +0.40">' in svg
    assert '<a class="row on" href="/b" aria-label="fear of reprisals: -0.25" aria-current="true">' in svg
    assert "5–95 % of draws" in svg
    assert "5–95 % of draws" not in waterfall(STEPS, NONE, 760.0, "Why")


def test_names_from_outside_are_text() -> None:
    svg = waterfall((Step("<b>", 0.1, "blue", '"><script>'),), NONE, 760.0, "<i>")
    assert "<b>" not in svg
    assert "<script>" not in svg
    assert "<i>" not in svg


def test_a_change_moves_the_number_from_where_it_is() -> None:
    svg = moves(
        (Move("No grievances", -0.02, "/p"), Move("Twice the threat", 0.3)), -0.5, 470.0, "What would change it"
    )
    assert svg.count("<circle") == 4
    assert "As it is -0.50." in svg
    assert moves((), -0.5, 470.0, "") == ""
    assert waterfall((), NONE, 760.0, "") == ""
