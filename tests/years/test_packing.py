"""Packed events: every kind, rule, depth and member comes back from its numbers, whoever is the hub."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.model.architecture import Institution, Kind, Rule
from foedus.simulation.trace import Event, Happening
from foedus.years.packing import HAPPENINGS, packed, unpacked

ACTORS = ("JPN", "USA", "KOR", "AUS", "TWN")


def back(event: Event, hub: str = "USA", actors: tuple[str, ...] = ACTORS) -> Event:
    numbers = packed(event, actors)
    return unpacked(float(numbers["code"]), float(numbers["members"]), actors, hub)


@pytest.mark.parametrize(("kind", "rule", "light"), list(itertools.product(Kind, Rule, (False, True))))
def test_an_institution_comes_back_whether_it_is_a_light_one_or_not(kind: Kind, rule: Rule, light: bool) -> None:
    found = back(
        Event(2001, Happening.FORMED, "KOR", "", Institution(kind, ("USA", "KOR"), rule, 0.4 if light else None))
    )
    assert found.institution is not None
    assert (found.institution.kind, found.institution.rule) == (kind, rule)
    assert found.institution.members == ("USA", "KOR")  # the hub first, the others in the order of the case
    assert (found.institution.depth is None) == (not light)
    assert light is False or math.isnan(found.institution.depth or 0.0)  # how deep it was is not kept


@given(
    st.integers(1800, 2100),
    st.sampled_from(HAPPENINGS),
    st.sampled_from(("", *ACTORS)),
    st.sampled_from(("", *ACTORS)),
    st.sets(st.sampled_from(ACTORS), min_size=2) | st.none(),
)
def test_who_what_when_and_with_whom_come_back(
    year: int, happening: Happening, actor: str, other: str, members: set[str] | None
) -> None:
    made = Institution(Kind.MULTILATERAL, tuple(sorted(members)), Rule.CONSENSUS) if members else None
    found = back(Event(year, happening, actor, other, made))
    assert (found.year, found.happening, found.actor, found.other) == (year, happening, actor, other)
    assert (found.institution is None) == (made is None)
    if members and found.institution:
        ordered = [s for s in ACTORS if s in members and s != "USA"]
        assert found.institution.members == (*(["USA"] if "USA" in members else []), *ordered)


def test_the_first_and_the_last_of_two_hundred_states_come_back() -> None:
    many = tuple(f"S{k}" for k in range(200))
    found = back(Event(4095, HAPPENINGS[-1], "S199", "S0"), "S0", many)
    assert (found.year, found.happening, found.actor, found.other) == (4095, HAPPENINGS[-1], "S199", "S0")


def test_chance_and_size_are_kept_as_they_are() -> None:
    numbers = packed(Event(2001, Happening.SHOCK, "JPN", "KOR", None, 0.25, size=1.5), ACTORS)
    assert (numbers["probability"], numbers["size"]) == (0.25, 1.5)
    assert numbers["members"] == 0
