"""Whether a vote passes: the quota of all weights, more than half where it is a half, and nobody with a veto against."""

from __future__ import annotations

from typing import Any

import pytest

from foedus.council.procedures.vote import outcome


@pytest.mark.parametrize(
    ("quota", "yes", "no", "passes"),
    [
        (0.7, ("USA", "JPN"), ("KOR",), True),
        (0.71, ("USA", "JPN"), ("KOR",), False),
        (0.5, ("USA", "KOR"), (), True),
        (0.5, ("USA", "AUS"), (), False),
        (0.5, ("JPN", "KOR"), (), False),
        (1.0, ("USA", "JPN", "KOR", "AUS"), (), True),
        (1.0, ("USA", "JPN", "KOR"), (), False),
        (0.5, (), ("USA",), False),
    ],
)
def test_the_quota_is_of_all_weights_and_a_half_has_to_be_passed(
    quota: float, yes: tuple[str, ...], no: tuple[str, ...], passes: bool
) -> None:
    weights = {"USA": 4, "JPN": 3, "KOR": 2, "AUS": 1}
    held: dict[str, Any] = {"weights": weights, "quota": quota, "vetoes": ()}
    answers = {**{s: {"answer": "yes"} for s in yes}, **{s: {"answer": "no"} for s in no}}
    found, sums = outcome(held, answers)
    assert found is passes
    assert (sums["yes"], sums["no"]) == (sum(weights[s] for s in yes), sum(weights[s] for s in no))
    assert sum(sums.values()) == 10


def test_a_sum_that_is_the_quota_but_for_rounding_reaches_it() -> None:
    held: dict[str, Any] = {"weights": {"USA": 0.1, "JPN": 0.7, "KOR": 0.2}, "quota": 0.8, "vetoes": ()}
    passes, sums = outcome(held, {s: {"answer": "yes"} for s in ("USA", "JPN")})
    assert sums["yes"] < 0.8, "binary numbers fall short of it"
    assert passes
    exactly: dict[str, Any] = {"weights": {"USA": 3, "JPN": 1}, "quota": 0.75, "vetoes": ("JPN",)}
    assert outcome(exactly, {"USA": {"answer": "yes"}})[0]
    assert not outcome(exactly, {"USA": {"answer": "yes"}, "JPN": {"answer": "no"}})[0], "a veto"
