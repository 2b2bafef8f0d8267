"""Facts of the shipped cases that were wrong once."""

import datetime

from foedus.casebook.reader import read_case
from foedus.casebook.series import in_year
from foedus.model.parameters import parameter


def record(case, key):
    return next(r for r in case.institutions if r.id == key)


def test_anzus_is_in_force_since_1952_and_new_zealand_is_out_of_the_american_part_from_1986():
    case = read_case("indo-pacific-2020")
    assert record(case, "ANZUS1951").in_force == record(case, "ANZUSTHREE1951").in_force == "1952-04-29"
    assert record(read_case("asia-1953"), "ANZUS1951").in_force == "1952-04-29"
    three = record(case, "ANZUSTHREE1951")
    assert three.members_on(datetime.date(1986, 8, 10)) == ("USA", "AUS", "NZL")
    assert three.ended == "1986-08-11"
    in_1970 = {r.id for r in in_year(case, 1970).in_force()}
    assert {"ANZUS1951", "ANZUSTHREE1951"} <= in_1970


def test_north_korea_lies_farther_from_washington_than_vietnam_over_several_sessions():
    case = read_case("indo-pacific-2020")
    position = case.fact("ideal_point", "PRK")
    assert position.value < case.fact("ideal_point", "VNM").value
    assert (position.low, position.high) == (-2.13442, -0.149499)
    sessions = (-2.0969, -2.13442, -0.689592, -0.214139, -0.612304, -0.149499)
    assert abs(position.value - sum(sessions) / 6) < 1e-4


def test_ankara_held_sweden_up_for_20_months():
    texts = [e.text for name in ("indo-pacific-2020", "atlantic-2020") for e in read_case(name).events]
    held = [t for t in texts if "20 months" in t]
    assert len(held) == 2
    assert not [t for t in texts if "22 months" in t]


def test_what_the_source_of_the_hostile_distance_says_is_so() -> None:
    case = read_case("europe-1949")
    at = {f.subject: f.value for f in case.facts if f.quantity == "ideal_point"}
    apart = [abs(at[s] - at["RUS"]) for s in case.states]
    said = parameter("hostile_distance").source
    assert f"{min(apart):.1f} to {max(apart):.1f} from Moscow" in said
