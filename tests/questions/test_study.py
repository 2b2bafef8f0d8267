"""A study: the bodies that are looked at, the words for them, and that nothing is worked out twice."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.model.architecture import Architecture, Kind, Rule, bilateral, body, de_facto, forum
from foedus.model.builder import build_world
from foedus.questions.study import EVERYBODY, Answers, Study, name, study_of
from questions.asked import PLAIN, hand_world, small_case

OLD = Architecture((bilateral("USA", "KOR"), bilateral("USA", "JPN"), de_facto("USA", "TWN")))


def test_an_answer_is_kept_under_four_words() -> None:
    assert name("gain", "everybody", "KOR", "total") == "gain|everybody|KOR|total"
    assert name("gain") == "gain|||"


def test_everybody_is_whoever_is_recognised_the_hub_first() -> None:
    found = Study(hand_world(hub="JPN"), PLAIN).everybody
    assert found.members == ("JPN", "USA", "KOR")
    assert found.has_council
    doubtful = np.array([1.0, 1.0, 0.99, 1.0])
    assert Study(hand_world(recognised=doubtful), PLAIN).everybody.members == ("USA", "JPN", "TWN")


def test_allies_are_the_spokes_of_the_star_in_the_order_of_the_case() -> None:
    assert Study(hand_world(in_force=OLD), PLAIN).allies.members == ("USA", "JPN", "KOR")
    assert Study(hand_world(in_force=OLD), PLAIN).allies.rule is Rule.CONSENSUS


def test_where_fewer_than_two_are_allies_a_council_is_that_of_everybody() -> None:
    lone = Study(hand_world(in_force=Architecture((bilateral("USA", "KOR"),))), PLAIN)
    assert lone.allies is lone.everybody
    nobody = Study(hand_world(), PLAIN)
    assert nobody.allies is nobody.everybody


def test_the_words_of_claims_name_bodies_and_a_body_is_itself() -> None:
    study = Study(hand_world(in_force=OLD, recognised=np.ones(4)), PLAIN)
    assert study.called(EVERYBODY).members == ("USA", "JPN", "KOR", "TWN")
    assert study.called("the allies").members == ("USA", "JPN", "KOR")
    talks = forum(("USA", "KOR"))
    assert study.called(talks) is talks


def test_bodies_are_everybody_and_what_is_watched() -> None:
    watched = body(("USA", "JPN"), name="Two")
    study = Study(hand_world(), PLAIN, watch=(watched,))
    assert dict(study.bodies()) == {EVERYBODY: study.everybody, "Two": watched}


def test_only_treaties_of_two_are_bilateral() -> None:
    found = Study(hand_world(in_force=OLD), PLAIN).bilaterals()
    assert [m.members for m in found] == [("USA", "KOR"), ("USA", "JPN")]
    assert all(m.kind is Kind.BILATERAL for m in found)


def test_a_question_is_worked_out_once_for_each_thing_it_is_asked_about() -> None:
    study, asked = Study(hand_world(), PLAIN), []

    def question(of: Study, *about: str) -> Answers:
        asked.append(about)
        return {"|".join(about): float(len(asked))}

    assert study.once(question, "a") == {"a": 1.0}
    assert study.once(question, "a") == {"a": 1.0}
    assert study.once(question, "b") == {"b": 2.0}
    assert study.once(question) == {"": 3.0}
    assert asked == [("a",), ("b",), ()]


def test_a_study_of_a_case_has_its_quarrel_and_what_it_watches() -> None:
    case = small_case()
    found = study_of(case, build_world(case), PLAIN)
    assert found.quarrel == ("JPN", "KOR")
    assert [(m.name, m.members, m.rule) for m in found.watch] == [("All three", ("USA", "JPN", "KOR"), Rule.CONSENSUS)]


def test_a_quiet_world_has_a_round_in_which_nothing_forms() -> None:
    study = Study(hand_world(), PLAIN)
    assert len(study.fallback) == 0
    assert study.formation.body == pytest.approx(0.0, abs=0.02)
