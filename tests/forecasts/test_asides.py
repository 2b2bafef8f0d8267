"""Clauses that only tell of what is named are left out, and said to be; whatever narrows, supposes or names others is not."""

from __future__ import annotations

import pytest

from foedus.forecasts.asides import ANYHOW, CONTRAST, SET_ABOUT, TOLD, has_been
from foedus.forecasts.query import NotUnderstood
from forecasts.test_wording import ask


@pytest.mark.parametrize(
    ("text", "plain", "note"),
    [
        (
            "Will Poland, a member since 1999 and a neighbour of Belarus's, leave NATO by 2025?",
            "Will Poland leave NATO by 2025?",
            "",
        ),
        ("Will Poland, which has doubled its army, leave NATO by 2025?", "Will Poland leave NATO by 2025?", TOLD),
        ("Will the Quad, the grouping revived in 2017, meet in 2022?", "Will the Quad meet in 2022?", TOLD),
        (
            "How many members will NATO have on 4 April 2024, its 75th birthday?",
            "How many members will NATO have on 4 April 2024?",
            TOLD,
        ),
        ("Will Sweden join NATO, as opposed to a Nordic pact, by 2025?", "Will Sweden join NATO by 2025?", CONTRAST),
        ("Despite decades of hesitation, will Sweden join NATO by 2025?", "Will Sweden join NATO by 2025?", SET_ABOUT),
        (
            "Will the Quad leaders meet in 2022, whether in person or by video link?",
            "Will the Quad leaders meet in 2022?",
            ANYHOW,
        ),
    ],
)
def test_what_is_only_told_is_left_out_with_a_note(text: str, plain: str, note: str) -> None:
    if not note:  # it names another state, so that it may be one of a list
        with pytest.raises(NotUnderstood):
            ask(text, closes="")
        return
    read, bare = ask(text, closes=""), ask(plain, closes="")
    assert (read.kind, read.named, read.start, read.end) == (bare.kind, bare.named, bare.start, bare.end)
    assert note in read.notes


@pytest.mark.parametrize(
    "text",
    [
        "Will Sweden, rather than Finland, join NATO by 2025?",
        "Will Sweden, which will by then have an army of its own, join NATO by 2025?",
        "Will any member, currently outside the military command, leave NATO by 2025?",
        "Despite Turkey leaving NATO, will Sweden join NATO by 2025?",
        "Having left NATO, will Turkey join the CSTO by 2025?",
        "Will the leaders of the Quad meet (virtual meetings do not count) in 2022?",
        "Will the Quad meet in 2022, whether to sign a pact or to end one?",
    ],
)
def test_what_narrows_supposes_or_names_others_stays_and_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        ask(text, closes="")


def test_what_has_been_is_told_from_what_may_come() -> None:
    assert has_been("Turkey has objected")
    assert not has_been("Turkey leaving NATO")
