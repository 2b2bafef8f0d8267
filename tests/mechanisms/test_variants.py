"""Procedures replaced by name: each variant does what it says, the default is as before, and wrong names get a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.asking.about_a_case import answer, explain
from foedus.asking.ask import Ask, How
from foedus.casebook.reader import read_case
from foedus.draws.sampling import uncertainties
from foedus.mechanisms import PROCEDURES, read_laws
from foedus.mechanisms.decisions.holding import exit_by_habit, habit_of
from foedus.model.architecture import bilateral, body, forum
from foedus.model.parameters import Parameters
from foedus.simulation.chance import Chance
from foedus.simulation.trace import Happening
from foedus.simulation.trajectory import Calendar, Course, years_of
from foedus.simulation.will import DrawnWill
from foedus.vocabulary.errors import FoedusError

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference" / "time-habit.json"


def test_at_no_gain_the_chance_is_the_habit_and_it_falls_with_gain() -> None:
    assert exit_by_habit(0.0, 1.0, 0.02, 1.75) == pytest.approx(0.02)
    chances = [exit_by_habit(g, 0.5, 0.02, 1.75) for g in (-2.0, 0.0, 1.0, 3.0)]
    assert chances == sorted(chances, reverse=True)
    assert exit_by_habit(-5.0, 1.0, 0.0, 1.75) == 0.0


def test_habits_are_those_of_the_class() -> None:
    known = Parameters()
    assert (1 - habit_of(bilateral("USA", "JPN"), known)) ** 2 == pytest.approx(1 - known["treaty_end_habit"])
    assert habit_of(body(("USA", "JPN", "KOR")), known) == known["body_exit_habit"]
    assert (1 - habit_of(forum(("USA", "JPN", "KOR")), known)) ** 3 == pytest.approx(1 - known["forum_end_habit"])


def test_a_law_by_name_changes_the_answer_and_the_default_by_name_does_not() -> None:
    plain = answer(Ask("asia-1953", draws=0), How(1))
    named = answer(Ask("asia-1953", draws=0, laws=("holding=habit", "consent=founding-mood")), How(1))
    moved = answer(Ask("asia-1953", draws=0, laws=("holding=inertia", "consent=common-mood")), How(1))
    assert dict(plain.default) == pytest.approx(dict(named.default), nan_ok=True)
    leave = "treaty|USA–JPN|JPN|exit"
    assert moved.default[leave] != plain.default[leave]
    assert moved.default["body|everybody||acceptance"] > plain.default["body|everybody||acceptance"]


def test_only_numbers_that_a_law_in_use_reads_vary_and_the_question_is_another() -> None:
    case = read_case("asia-1953")
    habit, anew = (
        {u.label for u in uncertainties(case, Parameters().under(laws))} for laws in ({}, {"holding": "inertia"})
    )
    assert anew - habit == {"exit_inertia"}
    assert habit - anew == {
        "treaty_end_habit",
        "body_exit_habit",
        "forum_end_habit",
    }  # doors read the noise of habit too
    assert Ask("asia-1953").digest() != Ask("asia-1953", laws=("holding=inertia",)).digest()


def test_habit_holds_treaties_that_inertia_loses() -> None:
    calendar, left = Calendar(read_case("indo-pacific-2020")), []
    for laws in ({"holding": "inertia"}, {}):
        course = Course(calendar, Parameters().under(laws))
        years = [y for run in range(2) for y in years_of(course, 1955, 1985, DrawnWill(Chance(1, run)))]
        left.append(sum(e.happening is Happening.LEFT for y in years for e in y.events))
    assert left[1] < left[0] / 2


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("holdin=habit", "Did you mean 'holding'"),
        ("holding=habits", "Did you mean 'habit'"),
        ("holding", "no such variant"),
    ],
)
def test_wrong_names_get_a_sentence(word: str, said: str) -> None:
    with pytest.raises(FoedusError, match=said):
        read_laws([word])
    with pytest.raises(FoedusError, match=said):
        explain("asia-1953", "KOR", laws=(word,))


def test_every_procedure_has_a_default_and_another() -> None:
    over_years = {"agenda", "door", "meeting", "pooling", "recognition", "founding", "term", "window"}
    assert set(PROCEDURES) == {"reaction", "consent", "holding"} | over_years
    assert all(len(v) >= 2 for v in PROCEDURES.values())


@pytest.mark.reference
@pytest.mark.skipif(not REFERENCE.exists(), reason="the independent run is not here")
def test_the_independent_run_of_the_habit_says_the_same() -> None:
    for row in json.loads(REFERENCE.read_text())["rows"]:
        found = exit_by_habit(row["gain"], row["depth"], row["habit"], row["noise"])
        assert found == pytest.approx(row["chance"], abs=1e-9)
