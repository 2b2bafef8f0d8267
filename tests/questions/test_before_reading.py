"""Before reading: whom a council of all includes on another day, what the record does not have, and a case of that year."""

from __future__ import annotations

import pytest

from foedus.casebook.reader import read_case
from foedus.model.parameters import Parameters
from foedus.questions.before_reading import before_reading, bound_elsewhere
from foedus.questions.task import Task


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("atlantic-2020@1949", "Poland, Hungary, Romania, Bulgaria and Finland, bound to an adversary on 1949-12-31"),
        ("atlantic-2020@1975", "by “Soviet treaty with Finland” and “Warsaw Treaty”"),
        ("atlantic-2020", ""),
        ("asia-1953", ""),
    ],
)
def test_states_bound_to_an_adversary_that_day_are_named(name: str, named: str) -> None:
    said = bound_elsewhere(read_case(name))
    assert [named in words for words in said] == ([True] if named else [])


def test_a_case_of_that_year_is_pointed_at_with_how_it_differs() -> None:
    (said,) = before_reading(Task(read_case("indo-pacific-2020@2025"), Parameters(), {}, (), ()))
    assert said.startswith(
        "There is a case of its own for that year, indo-pacific-2025 (as of 2025-12-31): it has other values"
    )
    assert said.endswith("What stands here is indo-pacific-2020 with its yearly data, at the end of 2025.")
    for own in ("indo-pacific-2025", "indo-pacific-2020", "indo-pacific-2020@2007"):
        assert before_reading(Task(read_case(own), Parameters(), {}, (), ())) == ()


def test_a_number_set_by_hand_beyond_the_record_is_said() -> None:
    task = Task(read_case("asia-1953"), Parameters(), {("cinc", "JPN", None): 0.9}, (), ())
    (said,) = before_reading(task)
    assert said.startswith("set by hand: cinc of JPN is 0.9 share of world capabilities, outside 0 to 0.4 (")
