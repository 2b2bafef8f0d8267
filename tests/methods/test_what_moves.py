"""What moves an answer, as a section."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np

from foedus.methods.importance import Importance
from foedus.methods.sensitivity import Index
from foedus.methods.what_moves import proven, section, told
from foedus.questions.what_forms import BODY, CHANCE
from foedus.surfaces.svg.draw import draw


def drawn(draws: int) -> Any:
    """Return what a section looks at of an assessment whose answer never changes."""
    key = CHANCE(BODY)
    ensemble = SimpleNamespace(keys=(key,), column=lambda _: np.full(draws, 0.25))
    return SimpleNamespace(task=SimpleNamespace(varied=("a", "b")), ensemble=ensemble, draws=draws)


def _moves(high: float, least: float = 0.1) -> Importance:
    rank = Index("rank", "fee", "partial rank correlation", 200, 0.8, 0.75, 0.85)
    here, low, top = (
        Index("tornado", name, measure, 3, value, value, value)
        for name, measure, value in (("", "value in use", 0.3), ("fee", "low end", least), ("fee", "high end", high))
    )
    return Importance("chance of a body", "key", (rank, here, low, top), 1, (), {})


def test_the_tornado_starts_from_the_value_in_use() -> None:
    found = told(_moves(0.6), "Which numbers matter")
    chart = next(c for c in found.charts if c.key == "tornado")
    assert chart.options["base"] == 0.3
    assert (found.table("tornado").column("at_low_end"), found.table("tornado").column("at_high_end")) == (
        (0.1,),
        (0.6,),
    )
    assert "value in use" in draw(chart, 760)


def test_there_is_no_tornado_without_a_swing() -> None:
    assert [c.key for c in told(_moves(0.3, 0.3), "Which numbers matter").charts] == ["matters"]
    assert told(_moves(0.1), "Which numbers matter").table("tornado").column("swing") == (0.3 - 0.1,)


def test_too_few_draws_and_an_answer_that_never_changes_are_said_in_different_words() -> None:
    for n in (5, 11):
        few = (f"{n} draws cannot tell which of 2 uncertain numbers move the answer; 12 or more can.",)
        assert section(drawn(n)).says == few
    for n in (12, 200):
        assert section(drawn(n)).says == (f"Nothing moves the chance of a body: it is the same in all {n} draws.",)


def test_a_number_that_alone_decides_is_on_the_list() -> None:
    sure = Index("rank", "fee", "partial rank correlation", 200, 1 - 1e-12, 1 - 1e-12, 1.0)
    none = Index("rank", "luck", "partial rank correlation", 200, 0.01, -0.13, 0.15)
    assert [i.number for i in proven([sure, none])] == ["fee"]


def test_fisher_s_test_is_that_of_the_interval() -> None:
    """A correlation whose 95 % interval ends at zero has p = 0.05: alone it is on the list just above, not just below."""
    edge = math.tanh(1.959964 / math.sqrt(200 - 1 - 2))
    for value, listed in ((edge * 1.01, 1), (edge * 0.99, 0)):
        assert len(proven([Index("rank", "a", "partial rank correlation", 200, value)])) == listed
