"""Laws: each kind of answer says by which variants it goes and what has to be granted."""

from __future__ import annotations

import pytest

from foedus.forecasts.laws import TIME, answering, laws_for
from foedus.forecasts.words import KINDS
from foedus.mechanisms import PROCEDURES


@pytest.mark.parametrize("kind", [*KINDS, "forum meets, in force"])
def test_every_kind_names_its_law_and_how_far_to_trust_it(kind: str) -> None:
    by = answering(kind, {})
    assert by.law
    assert by.says.endswith(".")
    assert by.certainty.endswith(".")


def test_what_is_kept_goes_by_habit_unless_another_law_is_named() -> None:
    assert "holding: habit" in answering("leaves", {}).law
    assert "holding: inertia" in answering("leaves", {"holding": "inertia"}).law
    assert answering("leaves", {}).certainty != answering("leaves", {"holding": "inertia"}).certainty
    assert laws_for("treaty signed", {}) == {}
    assert laws_for("members", {"consent": "independent"}) == {"holding": "habit", "consent": "independent"}


def test_the_variants_exist() -> None:
    for named in TIME.values():
        for procedure, name in named.items():
            assert name in PROCEDURES[procedure]


def test_laws_over_years_are_said_where_somebody_names_them() -> None:
    assert answering("joins", {"door": "open"}).law == "door (door: open)"
    assert answering("joins", {"door": "closed"}).law == answering("joins", {}).law
    assert answering("forum meets, in force", {"meeting": "round"}).law == "round (consent: independent)"
    assert answering("leaves", {"window": "played", "term": "expires"}).law == (
        "exit (holding: habit, term: expires, window: played)"
    )
    assert "window" not in answering("leaves", {}).law
    assert "door: open" in answering("members", {"door": "open"}).law
