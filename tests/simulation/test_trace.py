"""Traces: a decision is taken below its chance, and events and institutions are said in a line."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.model.architecture import Institution, Kind, Rule, bilateral, body, de_facto, forum
from foedus.simulation.decisions import Decision
from foedus.simulation.trace import Drawn, Event, Happening, label


def test_a_decision_is_taken_by_a_draw_below_its_chance_or_by_a_seat() -> None:
    decided = Decision("S1", "exit", bilateral("S0", "S1"), np.zeros(1), 0.25)
    assert Drawn(decided, 0.2).taken
    assert not Drawn(decided, 0.25).taken
    assert Drawn(decided, 0.9, seat=True).taken
    assert not Drawn(decided, 0.0, seat=False).taken


@pytest.mark.parametrize(
    ("institution", "said"),
    [
        (bilateral("USA", "JPN"), "treaty USA–JPN"),
        (bilateral("USA", "JPN", 1.0), "treaty USA–JPN"),
        (bilateral("JPN", "KOR", 0.3), "light treaty JPN–KOR"),
        (de_facto("USA", "TWN"), "commitment USA–TWN"),
        (body(("USA", "JPN", "KOR")), "council USA–JPN–KOR"),
        (body(("USA", "JPN", "KOR"), Rule.HUB), "body USA–JPN–KOR"),
        (forum(("USA", "JPN")), "forum USA–JPN"),
        (Institution(Kind.MULTILATERAL, ("USA", "JPN"), Rule.CONSENSUS, 0.5), "council USA–JPN"),
    ],
)
def test_an_institution_is_named_by_kind_and_members(institution: Institution, said: str) -> None:
    assert label(institution) == said


def test_every_happening_is_told_in_a_line() -> None:
    assert (
        Event(2000, Happening.LEFT, "JPN", institution=bilateral("USA", "JPN")).text == "JPN leaves the treaty USA–JPN"
    )
    assert Event(2000, Happening.CRISIS, "JPN", "KOR").text == "JPN and KOR: a crisis"
    for happening in Happening:
        line = Event(2000, happening, "AAA", "BBB", forum(("AAA", "CCC"))).text
        assert line
        assert "{" not in line
