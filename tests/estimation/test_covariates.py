"""What is looked at of pairs of states."""

from __future__ import annotations

import pytest

from foedus.estimation.covariates import region


@pytest.mark.parametrize(
    ("ccode", "name"),
    [
        (2, "Americas"),
        (200, "Europe"),
        (390, "Europe"),
        (404, "Africa"),
        (625, "Africa"),
        (626, "Africa"),  # South Sudan stands among the codes of the Middle East
        (630, "Middle East"),
        (710, "Asia and Pacific"),
        (1000, "elsewhere"),
    ],
)
def test_regions_are_those_of_the_codes(ccode: int, name: str) -> None:
    assert region(ccode) == name
