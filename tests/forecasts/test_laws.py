"""Laws: each kind of answer says by which variants it goes and what has to be granted."""

from __future__ import annotations

import pytest

from foedus.forecasts.laws import answering
from foedus.forecasts.words import KINDS

COUNTED = ("ratified", "grows", "invoked", "comes into force", "several signed")


@pytest.mark.parametrize("kind", [f"{k}, counted" if k in COUNTED else k for k in (*KINDS, "forum meets, in force")])
def test_every_kind_names_its_law_and_how_far_to_trust_it(kind: str) -> None:
    by = answering(kind, {})
    assert by.law
    assert by.says.endswith(".")
    assert by.certainty.endswith(".")


def test_what_is_kept_goes_by_habit_unless_another_law_is_named() -> None:
    assert answering("leaves", {}).law == "exit (holding: habit)"
    assert answering("leaves", {"holding": "inertia"}).law == "exit (holding: inertia)"
    assert answering("leaves", {}).certainty != answering("leaves", {"holding": "inertia"}).certainty


def test_who_joins_goes_by_the_door_unless_it_is_closed() -> None:
    assert answering("joins", {}).law == "door (door: open)"
    assert answering("joins", {"door": "closed"}).law == "round (consent: founding-mood, door: closed)"
    assert answering("members", {}).law == "door and exit (door: open, holding: habit)"
    shut = answering("members", {"door": "closed", "consent": "common-mood"})
    assert shut.law == "round and exit (consent: common-mood, holding: habit, door: closed)"


def test_other_laws_are_said_where_somebody_names_them() -> None:
    assert answering("forum meets, in force", {"meeting": "round"}).law.startswith("round (consent: founding-mood")
    named = {"window": "constant", "term": "expires"}
    assert answering("leaves", named).law == "exit (holding: habit, window: constant)"  # the other is the default
    assert "window" not in answering("leaves", {}).law
