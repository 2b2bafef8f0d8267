"""Side by side: several cases, the likeliest body first in the sentence, in the given order in the table."""

from __future__ import annotations

import math

import pytest

from foedus.questions.findings import Assessment
from foedus.questions.reasons import told
from foedus.questions.side_by_side import side_by_side
from foedus.questions.what_forms import BODY, CHANCE
from foedus.simulation.formation import Form
from questions.asked import answered, case_of


def case(name: str, body: float, drawn: list[float] | None = None) -> Assessment:
    chances = {CHANCE(f): 0.1 * k for k, f in enumerate(Form)} | {CHANCE(BODY): body}
    return answered(chances, {CHANCE(BODY): drawn} if drawn else None, case_of(name=name))


def test_cases_side_by_side() -> None:
    found = side_by_side([case("one", 0.04, [0.0, 0.1, 0.2]), case("two", 0.51), case("three", 0.001)])
    assert found.says == (
        "Chance of a body in a year: two 51 %, one 4 % and three <1 %.",
        *(f"{name}: by terms nobody would lose by a council of all." for name in ("one", "two", "three")),
    )
    (compare,) = found.tables
    assert compare.column("case") == ("one",) * 6 + ("two",) * 6 + ("three",) * 6
    assert compare.column("form")[:6] == (*Form, BODY)
    assert compare.column("default")[:6] == (0.0, 0.1, pytest.approx(0.2), pytest.approx(0.3), 0.4, 0.04)
    bodies = found.charts[0].table
    assert bodies.column("case") == ("one", "two", "three")
    assert bodies.column("default") == (0.04, 0.51, 0.001)
    assert bodies.column("median") == (pytest.approx(0.1), None, None)
    assert set(compare.column("as_of")) == {"2000-06-01"}


def test_one_case_alone_is_a_sentence_too() -> None:
    assert side_by_side([case("one", math.pi / 10)]).says[0] == "Chance of a body in a year: one 31 %."


def test_a_case_that_is_named_twice_is_said_to_be_shown_once() -> None:
    assert side_by_side([case("one", 0.2)]).notes == (told("cases"),)
    said = "Named more than once, and shown once: one."
    assert side_by_side([case("one", 0.2)], ["one"]).notes == (told("cases"), said)
