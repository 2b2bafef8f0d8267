"""The same question in a plainer order: what is read is that of the plain one, and a turn of the sense is refused."""

from __future__ import annotations

import pytest

from foedus.forecasts.query import NotUnderstood
from forecasts.test_wording import ask


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Will NATO boast no more than 31 members at the end of 2024?", "Will NATO have no more than 31 members at the end of 2024?"),
        ("How many members will NATO count at the end of 2024?", "How many members will NATO have at the end of 2024?"),
        (
            "Will China and Russia conclude a treaty under which each is obliged to defend the other by 2025?",
            "Will China and Russia sign a mutual defence treaty by 2025?",
        ),
        ("Will Austria give up neutrality in favour of NATO membership by 2025?", "Will Austria join NATO by 2025?"),
        ("Will all four founding members still belong to the Quad in 2025?", "Will all members of the Quad stay in it until 2025?"),
        ("Will ANZUS still be in effect at the start of 2025?", "Will ANZUS still be in effect on 1 January 2025?"),
        (
            "Of Vietnam, Indonesia and India, how many will be US treaty allies at the end of 2024?",
            "How many of Vietnam, Indonesia and India will be US treaty allies at the end of 2024?",
        ),
        ("Will no NATO country invoke Article 5 by 2024?", "Will NATO not invoke Article 5 by 2024?"),
    ],
)  # fmt: skip
def test_another_order_asks_the_same(text: str, plain: str) -> None:
    read, bare = ask(text, closes=""), ask(plain, closes="")
    for part in ("kind", "form", "named", "at_least", "at_most", "end", "denied"):
        assert getattr(read, part) == getattr(bare, part)


@pytest.mark.parametrize(
    "text",
    [
        "Will China and Russia conclude a treaty under which neither is obliged to defend the other by 2025?",
        "Will China and Russia conclude a treaty under which each is obliged to consult the other by 2025?",
        "Will the Quad expand beyond its five current members by 2025?",
        "Will all twenty of today's allies still belong to NATO in 2025?",
        "Will all three members of NATO leave by 2025?",
        "Will Canada be brought into AUKUS as a fifth full member by 2025?",
        "Will Austria trade neutrality for NATO partnership by 2025?",
        "Will Ukraine join NATO at the start of 2024?",
        "Will India and the US sign their watered-down treaty by 2025?",
    ],
)
def test_another_number_duty_or_day_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        ask(text, "2022-01-10", "")
