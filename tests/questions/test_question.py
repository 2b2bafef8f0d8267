"""A question is one file and one test: each declares what it measures, and has a test file of its name."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

import foedus.questions as room
from foedus.questions.question import Question
from foedus.questions.study import Study
from questions.asked import PLAIN, hand_world

FILES = sorted(m.name for m in pkgutil.iter_modules(room.__path__))
DECLARED: dict[str, Question] = {
    name: module.QUESTION
    for name in FILES
    if hasattr(module := importlib.import_module(f"{room.__name__}.{name}"), "QUESTION")
}


def test_every_file_of_the_room_has_a_test_of_its_name() -> None:
    tested = {p.stem.removeprefix("test_") for p in Path(__file__).parent.glob("test_*.py")}
    assert tested == set(FILES)


@pytest.mark.parametrize("name", list(DECLARED))
def test_every_answer_of_a_question_is_one_of_its_measures(name: str) -> None:
    question = DECLARED[name]
    kept = [m for m in question.measures if m.kept]
    assert kept
    study = Study(hand_world(), PLAIN, ("JPN", "KOR"))
    for key, value in question.answers(study).items():
        measures = [m for m in kept if m.read(key) is not None]
        assert measures, key
        assert all(m.low <= value <= m.high or value != value for m in measures), (key, value)


def test_a_question_is_assessed_unless_it_says_otherwise() -> None:
    made = Question("x", 1, lambda study: {}, ())
    assert made.assessed
    assert made.section is None
