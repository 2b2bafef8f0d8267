"""The table of states: dated codes, conversions in both directions, sentences for wrong codes."""

import datetime as dt
import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.states import (
    EARTH_RADIUS_KM,
    SPELLS,
    STATES,
    between_capitals,
    by_cow,
    by_gw,
    is_member,
    known_ids,
    spells,
    state,
)

DAYS = st.dates(dt.date(1816, 1, 1), dt.date(2026, 12, 31))


def test_all_members_of_the_system_are_there():
    assert len({s.cow for s in SPELLS}) == 217
    in_2026 = [s for s in SPELLS if s.holds(dt.date(2026, 1, 1))]
    assert len(in_2026) == 195
    assert len({s.id for s in in_2026}) == 195


def test_system_of_1816_has_23_members():
    assert len({s.id for s in SPELLS if s.holds(1816)}) == 23


@pytest.mark.parametrize("spell", SPELLS, ids=lambda s: f"{s.id}-{s.start}")
def test_every_spell_is_sound(spell):
    assert len(spell.id) == 3
    assert spell.id.isupper()
    assert spell.end is None or spell.start <= spell.end
    assert -90 <= spell.latitude <= 90
    assert -180 <= spell.longitude <= 180
    assert spell.capital
    assert (spell.end is None) <= (spell.end != dt.date(2016, 12, 31))


@pytest.mark.parametrize("identifier", sorted(known_ids()))
def test_spells_of_a_state_do_not_overlap(identifier):
    found = spells(identifier)
    assert all(a.end is not None and a.end < b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("cow", "gw", "when", "identifier"),
    [
        (713, 713, 1960, "TWN"),
        (710, 710, 1960, "CHN"),
        (260, 260, 1970, "DEU"),
        (255, 260, 1995, "DEU"),
        (255, 255, 1930, "DEU"),
        (265, 265, 1970, "DDR"),
        (678, 678, 1980, "YEM"),
        (679, 678, 2000, "YEM"),
        (680, 680, 1980, "YMD"),
        (365, 365, 1950, "RUS"),
        (365, 365, 2000, "RUS"),
        (816, 816, 1970, "VNM"),
        (817, 817, 1970, "RVN"),
        (345, 345, 1970, "YUG"),
        (345, 340, 2010, "SRB"),
        (970, 971, 2005, "NRU"),
        (946, 970, 2005, "KIR"),
        (955, 972, 2005, "TON"),
        (947, 973, 2005, "TUV"),
        (315, 315, 1980, "CSK"),
        (316, 316, 2000, "CZE"),
        (732, 732, 1970, "KOR"),
        (730, 730, 1900, "JOS"),
    ],
)
def test_codes_that_trip_joins(cow, gw, when, identifier):
    assert by_cow(cow, when).id == identifier
    assert by_gw(gw, when).id == identifier
    spell = state(identifier, dt.date(when, 12, 31))
    assert (spell.cow, spell.gw) == (cow, gw)


def test_code_switches_of_1990_keep_the_state():
    assert state("DEU", dt.date(1990, 10, 2)).cow == 260
    assert state("DEU", dt.date(1990, 10, 3)).cow == 255
    assert state("YEM", dt.date(1990, 5, 21)).cow == 678
    assert state("YEM", dt.date(1990, 5, 22)).cow == 679


def test_a_code_of_two_states_in_one_year_asks_for_a_day():
    with pytest.raises(
        FoedusError, match=r"345 in 2006: the code means two states: Yugoslavia .* and Serbia .*Give a day"
    ):
        by_cow(345, 2006)
    assert by_cow(345, dt.date(2006, 6, 4)).id == "YUG"
    assert by_cow(345, dt.date(2006, 6, 5)).id == "SRB"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: by_cow(9999, 1950), "no state has this code"),
        (lambda: by_gw(955, 2005), "Correlates of War list it is Tonga"),
        (lambda: by_cow(2, 0), "not a year"),
        (lambda: state("JPM"), "or 'JPN'"),
        (lambda: state("Germny"), "Germany"),
        (lambda: spells("ZZZ"), "no such state"),
    ],
)
def test_wrong_codes_get_a_sentence(call, words):
    with pytest.raises(FoedusError, match=words):
        call()


def test_occupied_states_are_no_members_but_keep_their_code():
    assert not is_member("JPN", 1950)
    assert is_member("JPN", 1952)
    assert by_cow(740, 1950).id == "JPN"
    assert by_gw(260, 1950).id == "DEU"


def test_names_and_capitals_follow_the_date():
    assert state("soviet union").id == "RUS"
    assert state("RUS", dt.date(1950, 1, 1)).name == "Soviet Union"
    assert state("RUS").name == "Russia"
    assert state("DEU", dt.date(1955, 5, 5)).capital == "Bonn"
    assert state("jpn").capital == "Tokyo"
    assert STATES["DEU"].capital == "Berlin"


@given(st.sampled_from(SPELLS), DAYS)
def test_codes_of_a_day_lead_back_to_the_state(spell, day):
    if spell.holds(day):
        assert by_cow(spell.cow, day) == spell
        assert by_gw(spell.gw, day) == spell
        assert state(spell.id, day) == spell


@pytest.mark.parametrize(
    ("one", "other", "year", "km"),
    [
        ("GBR", "FRA", 2010, 344),  # London and Paris
        ("USA", "JPN", 2010, 10_905),
        ("DEU", "FRA", 1960, 400),  # Bonn and Paris
        ("DEU", "FRA", 2010, 878),  # Berlin and Paris
        ("JPN", "JPN", 2010, 0),
    ],
)
def test_capitals_are_apart_as_they_are_on_the_day(one, other, year, km):
    found = between_capitals(one, other, dt.date(year, 7, 1))
    assert found == pytest.approx(km, rel=0.01)
    assert found == between_capitals(other, one, dt.date(year, 7, 1))


def test_a_spell_holds_from_its_first_day_to_its_last():
    for spell in (s for s in SPELLS if s.end is not None):
        day = dt.timedelta(days=1)
        assert spell.holds(spell.start)
        assert spell.holds(spell.end)
        assert spell.holds(spell.start.year)
        assert spell.holds(spell.end.year)
        assert not spell.holds(spell.start - day)
        assert not spell.holds(spell.end + day)
        assert not spell.holds(spell.start.year - 1)
        assert not spell.holds(spell.end.year + 1)
    begun = next(s for s in SPELLS if s.start == dt.date(1816, 1, 1) and s.end is None)
    assert begun.holds(2100)


def test_between_two_spells_the_nearest_stands_in_and_of_two_as_near_the_later() -> None:
    for identifier in sorted(known_ids()):
        for before, after in itertools.pairwise(spells(identifier)):
            assert before.end is not None
            gap = (after.start - before.end).days
            if gap > 2:
                assert state(identifier, before.end + dt.timedelta(days=1)) == before, identifier
                assert state(identifier, after.start - dt.timedelta(days=1)) == after, identifier
            if gap > 1 and gap % 2 == 0:
                assert state(identifier, before.end + dt.timedelta(days=gap // 2)) == after, identifier


def test_a_state_before_its_first_spell_has_its_first_name_and_after_its_last_the_last() -> None:
    for identifier in sorted(known_ids()):
        first, *_, last = (*spells(identifier), spells(identifier)[-1])
        assert state(identifier, first.start - dt.timedelta(days=400)) == first
        if last.end is not None:
            assert state(identifier, last.end + dt.timedelta(days=400)) == last


def test_a_quarter_of_the_way_round_the_globe() -> None:
    found = between_capitals("ECU", "GAB", dt.date(2010, 1, 1))  # both on the equator, 87.9 degrees apart
    assert found == pytest.approx(2 * math.pi * EARTH_RADIUS_KM * 87.95 / 360, rel=0.002)
    far = [between_capitals(a, b, dt.date(2010, 1, 1)) for a in ("ESP", "NZL", "IDN") for b in ("NZL", "COL", "ESP")]
    assert max(far) < math.pi * EARTH_RADIUS_KM
    assert max(far) > 0.98 * math.pi * EARTH_RADIUS_KM
