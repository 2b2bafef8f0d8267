"""The record's law beside the case theory: its own numbers, where the two disagree, and nothing mixed in."""

import pytest

import foedus
from foedus.questions import what_the_record_holds as held
from foedus.signings.doubts import DOUBTS
from foedus.signings.weights import TERMS, Weights
from foedus.vocabulary.tables import Column, table


@pytest.fixture(scope="module")
def assessment():
    return foedus.assess("asia-1953", draws=0)


def test_the_logit_of_a_state_is_the_sum_of_its_terms(assessment):
    rows = list(held.consents_table(assessment))
    assert [r["state"] for r in rows] == list(assessment.study.everybody.members)
    for r in rows:
        assert r["logit"] == pytest.approx(sum(r[t] for t in TERMS))
        assert 0 <= r["consent"] <= 1


def test_a_draw_that_is_asked_gives_the_same_logits(assessment):
    found = held.what_the_record_holds(assessment.study)
    assert [found[held.LOGIT(str(r["state"]))] for r in held.consents_table(assessment)] == pytest.approx(
        list(held.consents_table(assessment).column("logit"))
    )


def test_the_level_compares_places(assessment):
    europe = foedus.assess("europe-1949", draws=0)
    chances = [held.theatre_chances(a.study, y, Weights()) for a, y in ((europe, 1949), (assessment, 1953))]
    assert [sum(p for n, p in c.items() if n >= 5) for c in chances] == sorted(
        (sum(p for n, p in c.items() if n >= 5) for c in chances), reverse=True
    )
    assert sum(chances[0].values()) < 1e-2


@pytest.mark.parametrize(
    ("chance", "words"),
    [(0.26, "26 %"), (0.006, "1 %"), (0.0004, "1 in 2,500"), (5.1e-6, "1 in 200,000"), (0.0, "nothing")],
)
def test_small_chances_are_said_without_exponents(chance, words):
    assert held._seldom(chance) == words


def test_a_year_without_means_is_said_to_lack_them(assessment):
    assert held.theatre_chances(assessment.study, 1700, Weights()) is None


def test_who_is_refused_by_one_and_drawn_in_by_the_other():
    columns = [Column("state"), Column("consent"), Column("logit")]
    rows = [("A", 0.1, 2.0), ("B", 0.9, -1.0), ("C", 0.9, 0.5), ("D", float("nan"), 9.0)]
    assert held.disagreements(table("t", "t", columns, rows)) == (["A"], ["B"])
    assert held.disagreements(table("t", "t", columns, [])) == ([], [])


def test_the_report_prints_what_does_not_hold(assessment):
    section = assessment.record.section("record-law")
    assert section.sections[0].notes[:-1] == DOUBTS
    assert section.sections[0].notes[-1].startswith("Weights: separation cost 3.35")
    assert any("a year" in words for words in section.says)
    assert any("disagree" in words for words in section.says)


def test_it_leaves_every_number_of_the_theory_alone(assessment):
    assert not [n for n in assessment.names if n.startswith("record")]
