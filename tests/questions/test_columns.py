"""Columns of draws: every number of an assessment says what it is and in which unit."""

from __future__ import annotations

import pytest

import foedus
from foedus.questions.columns import describe
from foedus.vocabulary.errors import FoedusError


def test_parameters_facts_and_answers_say_what_they_are() -> None:
    assert (describe("treaty_reliability").unit, describe("treaty_reliability").meaning) == (
        "probability",
        "parameter: aid given under a treaty in full",
    )
    assert describe("grievance JPN KOR").meaning == "fact: grievance of the first against the second, of JPN about KOR"
    assert describe("forms|body||probability").meaning == "one year ends with: body"
    assert describe("start").unit == ""


def test_every_number_of_an_assessment_is_described() -> None:
    found = foedus.assess("asia-1953", draws=0)
    names = [u.label for u in found.task.varied] + list(found.names)
    assert [n for n in names if not describe(n).meaning] == []


@pytest.mark.parametrize("wrong", ["form|body||probability", "|||", "forms|body"])
def test_what_is_no_answer_is_said(wrong: str) -> None:
    with pytest.raises(FoedusError, match="no question has such an answer"):
        describe(wrong)
