"""Track records: a hub and a body are judged by what they lost before a day, and by nothing later."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import pytest

from foedus.casebook.case import Case, InstitutionRecord, Membership
from foedus.casebook.reader import read_case
from foedus.model.track_record import BODIES, HUBS, Pool, habit_before

DAY = dt.date(2000, 1, 1)


def two(key: str, other: str, begun: str, ended: str | None = None, hub: str = "USA") -> InstitutionRecord:
    return InstitutionRecord(key, key, "bilateral", (Membership(hub), Membership(other)), in_force=begun, ended=ended)


@pytest.fixture(scope="module")
def case() -> Case:
    return replace(
        read_case("indo-pacific-2020"),
        institutions=(
            two("a", "JPN", "1990-01-01"),
            two("b", "KOR", "1980-01-01", "1990-01-01"),
            two("c", "AUS", "1980-01-01", "1985-01-01"),
            two("d", "AUS", "1985-01-01", "2005-01-01"),
            two("e", "IND", "1960-01-01", "1970-01-01", hub="AUS"),
            two("f", "THA", "2003-01-01"),
        ),
    )


def ends(habit: float | None) -> float:
    assert habit is not None
    return 1 - (1 - habit) ** 2


def test_a_pool_lies_between_the_record_and_the_class() -> None:
    pool = Pool(2.0, 0.1)
    assert pool.rate(0, 0) == pytest.approx(0.1)
    assert pool.rate(3, 80) == pytest.approx(0.05)
    assert pool.rate(1e6, 1e8) == pytest.approx(0.01, rel=1e-4)


def test_a_hub_is_judged_by_its_own_treaties_before_the_day(case: Case) -> None:
    # 10 + 10 + 5 + 15 years, one lost: what a new treaty of the same two replaced is kept, what others had is not counted
    found = habit_before(case, case.institutions[0], DAY)
    assert ends(found) == pytest.approx(HUBS.rate(1, 40.0), rel=1e-3)
    earlier = habit_before(case, case.institutions[0], dt.date(1989, 1, 1))
    assert ends(earlier) == pytest.approx(HUBS.rate(0, 18.0), rel=1e-3)
    assert habit_before(case, case.institutions[4], DAY) is None  # no treaty of the hub


def test_a_body_is_judged_by_its_members(case: Case) -> None:
    members = (Membership("USA"), Membership("GBR"), Membership("FRA", "1985-01-01", "1995-01-01"))
    pact = InstitutionRecord("p", "p", "multilateral", members, ("ITA",), in_force="1980-01-01")
    assert habit_before(case, pact, DAY) == pytest.approx(BODIES.rate(1, 70.0), rel=1e-3)
    assert habit_before(case, pact, dt.date(1990, 1, 1)) == pytest.approx(BODIES.rate(0, 35.0), rel=1e-3)
    ended = replace(pact, ended="1990-01-01", members=(Membership("USA"), Membership("GBR", None, "1990-01-01")))
    assert habit_before(case, ended, DAY) == pytest.approx(BODIES.rate(0, 30.0), rel=1e-3)  # its own end is no exit
    assert habit_before(case, replace(pact, kind="forum"), DAY) is None


def test_what_happens_later_changes_no_habit(case: Case) -> None:
    later = replace(case, institutions=(*(replace(r, ended=r.ended or "2004-01-01") for r in case.institutions[:5]),))
    first = case.institutions[0]
    assert habit_before(later, first, DAY) == habit_before(case, first, DAY)
    assert habit_before(later, first, dt.date(2010, 1, 1)) != habit_before(case, first, dt.date(2010, 1, 1))


def test_a_habit_of_a_treaty_of_two_is_that_of_one_side() -> None:
    case = read_case("indo-pacific-2020")
    record = next(r for r in case.institutions if r.id == "USJPN1960")
    found = habit_before(case, record, case.as_of)
    assert found is not None
    assert found == pytest.approx(1 - math.sqrt(1 - ends(found)))
    assert 0.001 < found < HUBS.mean
