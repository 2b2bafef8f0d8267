"""The questions by name: found by folder, in the order of an assessment, each measure told by its key."""

from __future__ import annotations

import pytest

from foedus.questions.listing import ASSESSED, MEASURES, QUESTIONS, measure_of, question_of
from foedus.vocabulary.errors import FoedusError


def test_questions_come_in_their_order_each_place_taken_once() -> None:
    orders = [q.order for q in QUESTIONS.values()]
    assert orders == sorted(set(orders))
    assert next(iter(QUESTIONS)) == "forms"
    assert all(name == q.name for name, q in QUESTIONS.items())


def test_what_every_assessment_asks() -> None:
    assert {q.name for q in QUESTIONS.values() if not q.assessed} == {"ends", "effort", "pacts", "record"}
    assert list(ASSESSED) == [
        q.answers for q in QUESTIONS.values() if q.name not in ("ends", "effort", "pacts", "record")
    ]
    assert len(MEASURES) == sum(len(q.measures) for q in QUESTIONS.values())


def test_a_key_leads_to_its_measure_and_its_question() -> None:
    measure, blanks = measure_of("gain|everybody|KOR|total")
    assert measure.meaning == "gain of STATE from the body: BODY"
    assert blanks == {"BODY": "everybody", "STATE": "KOR"}
    assert question_of("gain|everybody|KOR|total") == "blocks"
    assert question_of("treaty|USA–KOR|KOR|exit") == "treaties"


def test_a_key_that_nobody_answers_is_refused_with_the_nearest() -> None:
    with pytest.raises(FoedusError, match=r"'gain\|x': no question has such an answer"):
        measure_of("gain|x")
    with pytest.raises(FoedusError, match=r"no question has such an answer\. Did you mean 'wedge'"):
        question_of("wegde|x||cost")
