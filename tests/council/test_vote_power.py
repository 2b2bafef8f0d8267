"""Power of seats: what weights promise and what they give are two things."""

from __future__ import annotations

import pytest

from foedus.council.vote_power import powers


def test_equal_weights_are_equal_power_and_a_small_seat_may_count_as_much_as_a_large_one() -> None:
    assert powers({"USA": 1, "JPN": 1, "KOR": 1}, 0.5) == pytest.approx(
        {"USA": 1 / 3, "JPN": 1 / 3, "KOR": 1 / 3}, abs=1e-3
    )
    found = powers({"USA": 50, "JPN": 49, "KOR": 1}, 0.5)
    assert found["JPN"] == found["KOR"]
    assert powers({"USA": 9, "JPN": 1}, 1.0) == {"USA": 0.5, "JPN": 0.5}
    assert powers({"USA": 9, "JPN": 0}, 0.5) == {"USA": 1.0, "JPN": 0.0}


def test_the_least_majority_is_one_unit_more_than_half() -> None:
    assert powers({"USA": 501, "JPN": 499}, 0.5) == {"USA": 1.0, "JPN": 0.0}
    assert powers({"USA": 500, "JPN": 500}, 0.5) == {"USA": 0.5, "JPN": 0.5}
    assert powers({"USA": 600, "JPN": 400}, 0.6) == {"USA": 1.0, "JPN": 0.0}
    assert powers({"USA": 599, "JPN": 401}, 0.6) == {"USA": 0.5, "JPN": 0.5}
