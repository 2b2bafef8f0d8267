"""What the record contradicts is said in a sentence, and only that."""

from __future__ import annotations

from foedus.asking.about_a_case import assess
from foedus.questions.contradicted import contradicted


def test_a_treaty_that_the_model_has_left_and_the_record_kept() -> None:
    said = contradicted(assess("indo-pacific-2020", draws=0, laws=("holding=inertia",)))
    assert len(said) == 1
    assert "Thailand (" in said[0]
    assert "in force since 1955" in said[0]


def test_habit_leaves_no_treaty_that_the_record_kept() -> None:
    assert contradicted(assess("indo-pacific-2020", draws=0)) == ()


def test_members_on_both_sides_of_the_record() -> None:
    said = " ".join(contradicted(assess("europe-1949", draws=0)))
    assert "that stayed outside the North Atlantic Treaty of 1949: Sweden" in said
    assert "Norway" not in said
