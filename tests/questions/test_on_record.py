"""What is on record of treaties and bodies, on cases whose history everybody can look up."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from foedus.casebook.reader import read_case
from foedus.questions.on_record import (
    body_on_record,
    contradicts,
    held,
    joined,
    known_until,
    treaty_words,
    without_hub,
    years_after,
)


def test_the_treaty_with_thailand_has_been_in_force_since_1955_and_held() -> None:
    case = read_case("indo-pacific-2020")
    assert treaty_words(case, "THA") == "since 1955"
    assert held(case, "THA")
    assert treaty_words(case, "SGP") == ""
    assert not held(case, "SGP")


def test_the_treaty_with_taipei_ended_in_1980() -> None:
    assert treaty_words(read_case("asia-1953"), "TWN") == "from 1955 to 1980"


def test_nothing_is_held_where_the_record_ends_before_a_year_is_over() -> None:
    case = read_case("indo-pacific-2020")
    short = dataclasses.replace(case, as_of=known_until(case))
    assert held(case, "JPN")
    assert not held(short, "JPN")


@pytest.mark.parametrize(
    ("name", "body", "inside", "outside"),
    [
        ("europe-1949", "NATO1949", {"ISL": "1949", "PRT": "1949"}, ["SWE", "IRL"]),
        ("asia-1953", "MANILA1954", {"THA": "1954", "FRA": "1954"}, ["JPN", "TWN"]),
        ("europe-1955", "NATO1949", {"DEU": "1955", "TUR": "1952"}, []),
    ],
)
def test_the_widest_body_with_the_hub(name: str, body: str, inside: dict[str, str], outside: list[str]) -> None:
    case = read_case(name)
    found = body_on_record(case)
    assert found is not None
    assert found.id == body
    assert {s: joined(case, s) for s in inside} == inside
    assert {joined(case, s) for s in outside} <= {"no"}


def test_without_a_body_on_record_nobody_joined_and_nothing_contradicts() -> None:
    case = read_case("indo-pacific-2020")
    assert body_on_record(case) is None
    assert joined(case, "JPN") == ""
    assert not contradicts(case, "JPN", 0.99)


@pytest.mark.parametrize(
    ("state", "consent", "against"),
    [("SWE", 0.9, True), ("SWE", 0.5, True), ("SWE", 0.49, False), ("NOR", 0.9, False), ("NOR", 0.2, True)],
)
def test_a_chance_contradicts_the_record_on_the_other_side_of_even(state: str, consent: float, against: bool) -> None:
    assert contradicts(read_case("europe-1949"), state, consent) is against


def test_the_same_day_some_years_later() -> None:
    assert years_after(datetime.date(1952, 2, 29), 1) == datetime.date(1953, 2, 28)
    assert years_after(datetime.date(1949, 4, 3), 10) == datetime.date(1959, 4, 3)


def test_bodies_without_the_hub_are_named() -> None:
    assert {r.id for r in without_hub(read_case("europe-1949"))} == {"BRUSSELS1948"}
    assert "ASEAN1967" not in {r.id for r in without_hub(read_case("asia-1953"))}
