"""Berkemeier and Fuhrmann (2018), Reassessing the fulfilment of alliance commitments in war, Research & Politics 5(2).

Counts of opportunities and of those honoured; the split into bilateral and multilateral pacts is made from their data.
"""

from __future__ import annotations

import re

import pytest

from foedus.model.parameters import parameter

# honoured, opportunities: all years, 1816-1944, 1945-2003
ALL = ((73, 146), (61, 92), (12, 54))
BILATERAL = ((62, 104), (52, 75), (10, 29))
MULTILATERAL = ((11, 42), (9, 17), (2, 25))
DEFENCE = ((42, 102), (36, 59), (6, 43))
DEFENCE_BILATERAL = ((34, 66), (28, 44), (6, 22))
DEFENCE_MULTILATERAL = ((8, 36), (8, 15), (0, 21))


@pytest.mark.parametrize("rows", [ALL, BILATERAL, MULTILATERAL, DEFENCE, DEFENCE_BILATERAL, DEFENCE_MULTILATERAL])
def test_the_two_eras_add_up(rows: tuple[tuple[int, int], ...]) -> None:
    whole, before, after = rows
    assert (before[0] + after[0], before[1] + after[1]) == whole


@pytest.mark.parametrize(
    ("whole", "one", "other"), [(ALL, BILATERAL, MULTILATERAL), (DEFENCE, DEFENCE_BILATERAL, DEFENCE_MULTILATERAL)]
)
def test_bilateral_and_multilateral_add_up(whole: tuple, one: tuple, other: tuple) -> None:
    for w, a, b in zip(whole, one, other, strict=True):
        assert (a[0] + b[0], a[1] + b[1]) == w


def test_the_reliability_of_a_treaty_cites_these_rates_and_its_range_covers_the_whole_period_and_the_first_era() -> (
    None
):
    reliability = parameter("treaty_reliability")
    cited = {int(n) for n in re.findall(r"(\d+) %", reliability.source)}
    whole, before, after = (honoured / seen for honoured, seen in ALL)
    assert {round(100 * whole), round(100 * after)} <= cited
    assert reliability.low <= whole <= reliability.high
    assert reliability.low <= before <= reliability.high
    # after 1945 the record is below the range: pacts that deter are not tested, so the wars seen are the bad ones
    assert after < reliability.low
