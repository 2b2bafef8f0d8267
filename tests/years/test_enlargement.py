"""Doors over many runs: applications, entries and refusals are counted, and the least willing has its name."""

from __future__ import annotations

import pytest

import foedus
from foedus.casebook.reader import read_case
from foedus.model.architecture import Kind
from foedus.simulation.trace import Happening
from foedus.years.enlargement import enlargement, enlargement_table, entry_on_record, rounds_of
from foedus.years.runs import Simulation

LAWS = ("holding=habit", "door=open", "agenda=table")
EAGER = ("application_habit=0.6", "enlargement_habit=1.5")


@pytest.fixture(scope="module")
def found() -> Simulation:
    return foedus.simulate(
        "indo-pacific-2020", first=2017, last=2020, runs=6, workers=1, laws=LAWS, changes=EAGER, fixed=True
    )


def test_every_application_ends_in_an_entry_or_a_refusal_with_a_name(found: Simulation) -> None:
    rounds = rounds_of(found)
    assert rounds
    kinds = [e for *_, e, _, _ in found.events if e.actor]
    asked = sum(e.happening is Happening.PROPOSED and e.other == e.actor for e in kinds)
    refused = sum(e.happening is Happening.REFUSED and e.other != "" for e in kinds)
    entered = sum(e.happening is Happening.FORMED for e in kinds)
    assert asked == refused + entered > 0
    assert sum(r.asked for r in rounds.values()) == asked
    assert sum(sum(r.refused_by.values()) for r in rounds.values()) == refused > 0
    assert all(0 <= r.let_in <= 1 and len(r.entered) <= len(r.runs) for r in rounds.values())


def test_the_table_stands_beside_the_record(found: Simulation) -> None:
    columns = enlargement_table(found).to_dict()
    assert columns["state"]
    assert all(0 < share <= 1 for share in columns["applied"])
    assert all(
        (share is None) == (name is None) for share, name in zip(columns["blocked"], columns["blocker"], strict=True)
    )
    section = enlargement(found)
    assert section is not None
    assert "applications in 6 runs" in section.says[0]
    said = " ".join(s for part in found.record.sections for s in part.says)
    assert "holding=habit" in found.record.question
    assert "Members stay by habit" in said
    assert "Exit is decided anew" not in said
    assert found.record.made["asked"]["laws"]["door"] == "open"


def test_entries_on_record_are_those_after_the_start() -> None:
    atlantic = read_case("atlantic-2020")
    assert [entry_on_record(atlantic, Kind.MULTILATERAL, s) for s in ("TUR", "FIN", "GBR", "IRL")] == [
        1952,
        2023,
        None,
        None,
    ]


def test_without_doors_nothing_is_said_of_them() -> None:
    plain = foedus.simulate(
        "indo-pacific-2020",
        first=2019,
        last=2020,
        runs=2,
        workers=1,
        fixed=True,
        laws=("door=closed", "holding=inertia"),
    )
    assert enlargement(plain) is None
    said = " ".join(s for part in plain.record.sections for s in part.says)
    assert "Exit is decided anew" in said
