"""Facts that hold: a year that the data of a case do not reach has those of the last that they do."""

from __future__ import annotations

import pytest

from foedus.council.facts_held import held_since


@pytest.mark.parametrize(
    ("case", "year", "since"),
    [
        ("europe-1949", 1949, None),
        ("europe-1949", 1950, 1949),
        ("indo-pacific-2020@2019", 2020, None),
        ("indo-pacific-2020@2020", 2026, 2025),
    ],
)
def test_a_year_without_data_says_from_which_its_facts_are(case: str, year: int, since: int | None) -> None:
    assert held_since(case, year) == since
