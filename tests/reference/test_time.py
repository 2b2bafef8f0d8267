"""The laws of time against the independent run: habit, table, common mood, rounds, doors, exits and rates."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pytest

from foedus.casebook.reader import read_case
from foedus.casebook.series import Calendar
from foedus.kernels.unanimity import chance_of_all
from foedus.mechanisms.decisions.agenda import on_the_table
from foedus.mechanisms.decisions.holding import exit_by_habit
from foedus.model.architecture import Institution, Kind
from foedus.model.builder import build_world
from foedus.model.parameters import Parameters
from foedus.model.track_record import BODIES, HUBS
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.decisions import exit_decisions
from foedus.simulation.doors import entry
from foedus.simulation.formation import run_round
from foedus.simulation.trajectory import Course
from foedus.simulation.year import data_year
from reference.conftest import FOLDER

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not (FOLDER / "time-habit.json").exists(), reason="the independent run is not here"),
]


def run(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"time-{name}.json").read_text())
    return found


@cache
def atlantic(
    year: int, laws: tuple[tuple[str, str], ...] = (), exits: float | None = None
) -> tuple[Appraiser, Institution]:
    """Return the Atlantic case on the first of January of a year, and its body."""
    parameters = Parameters({} if exits is None else {"body_exit_habit": exits}, laws=dict(laws))
    course = Course(Calendar(read_case("atlantic-2020")), parameters)
    appraiser = Appraiser(data_year(course.facts(year), course.start(year), course.commitments(year)), parameters)
    return appraiser, next(m for m in appraiser.world.in_force if m.kind is Kind.MULTILATERAL)


def test_habit() -> None:
    for row in run("habit")["rows"]:
        found = exit_by_habit(row["gain"], row["depth"], row["habit"], row["noise"])
        assert found == pytest.approx(row["chance"], abs=1e-9)


def test_table() -> None:
    for row in run("table")["rows"]:
        assert on_the_table(row["years"], row["memory"]) == pytest.approx(row["chance"], abs=1e-9)
    for row in run("table")["sums"]:
        expected = sum(on_the_table(n, row["memory"]) for n in range(row["N"]))
        assert expected == pytest.approx(row["expected"], abs=1e-9)


def test_common_mood() -> None:
    for row in run("shared")["rows"]:
        assert float(chance_of_all(np.array(row["x"], float), row["shared"])) == pytest.approx(row["chance"], abs=1e-6)


@pytest.mark.parametrize("shared", ["0", "0.3", "0.45", "0.6", "0.75"])
@pytest.mark.parametrize("case", ["europe-1949", "asia-1953", "indo-pacific-2020"])
def test_rounds(case: str, shared: str) -> None:
    moody = Parameters({"common_mood": float(shared)}, laws={"consent": "common-mood"})
    found = run_round(Appraiser(build_world(read_case(case)), moody)).body
    assert found == pytest.approx(run("rounds")["bodies"][shared][case], abs=0.005)


@pytest.mark.parametrize("row", range(9))
def test_doors(row: int) -> None:
    known = run("doors")["rows"][row]
    appraiser, pact = atlantic(known["year"])
    found = entry(appraiser, pact, known["state"], 0.45)
    assert len(pact.members) == known["n"]
    assert found.least_willing.state == known["blocker"]
    hub = next(d for d in found.lets_in if d.state == appraiser.world.hub)
    gains = (found.applies.gain, hub.gain, found.least_willing.gain)
    assert gains == pytest.approx([known[k] for k in ("own", "hub", "least")], abs=0.002)
    chances = (found.all_agree, found.applies.probability)
    assert chances == pytest.approx([known["chance_all_agree"], known["chance_applies"]], abs=0.002)


@pytest.mark.parametrize("law", ["old", "cls", "pooled"])
def test_atlantic_exits(law: str) -> None:
    laws = (("holding", "inertia"),) if law == "old" else ()
    for known in run("atlantic-exits")["rows"][::3]:
        appraiser, pact = atlantic(known["year"], laws, 0.0005 if law == "pooled" else None)
        found = exit_decisions(appraiser, pact, appraiser.world.in_force)
        assert len(pact.members) == known["n"]
        assert sum(d.probability for d in found) == pytest.approx(known[law], abs=0.01)
        assert min(found, key=lambda d: d.gain).state == known["least"]


def test_rates() -> None:
    rates = run("rates")
    bodies, twos = rates["body_exit"], rates["two all"]
    assert (BODIES.shape, BODIES.mean) == pytest.approx((bodies["shape"], bodies["mean"]), rel=1e-3)
    assert (HUBS.shape, HUBS.mean) == pytest.approx((twos["shape"], twos["mean"]), rel=1e-3)
    nato = bodies["nato"]
    assert BODIES.rate(nato["exits"], nato["member_years"]) == pytest.approx(nato["posterior"], abs=0.0005)
    for ends, years, posterior in twos["hubs"].values():
        assert HUBS.rate(ends, years) == pytest.approx(posterior, abs=0.0005)


def test_pooled_habit_of_the_atlantic_body_from_the_case_itself() -> None:
    pact = next(r for r in read_case("atlantic-2020").institutions if r.id == "NATO1949")
    _, here = atlantic(2019)
    assert here.name == pact.name
    assert here.habit == pytest.approx(run("rates")["body_exit"]["nato"]["posterior"], abs=0.0005)
