"""Shapes of sentences that are refused whatever their words are."""

from __future__ import annotations

import pytest

from foedus.forecasts.declined import refused_by_shape


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Will Hungary leave the pact, or will Turkey?", "two things at once"),
        ("Will the Quad meet each year?", "every year"),
        ("Will a treaty be denounced by Japan?", "which treaty"),
        ("Will the odds of Japan joining AUKUS have fallen?", "how a chance will change"),
        ("Will Turkey revoke its withdrawal?", "taken back"),
    ],
)
def test_a_shape_that_asks_something_else_has_its_reason(text: str, reason: str) -> None:
    assert reason in refused_by_shape(text, False)


@pytest.mark.parametrize(
    ("text", "every_year"),
    [
        ("Will the Quad meet each year?", True),
        ("Will the treaty of Japan and the US be denounced by Japan?", False),
        ("What are the odds that the number of members has fallen?", False),
    ],
)
def test_what_looks_like_it_passes(text: str, every_year: bool) -> None:
    assert refused_by_shape(text, every_year) == ""
