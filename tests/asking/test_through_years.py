"""Simulations at the door: which years, which run and event, and what is written, all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from casebook.yearly import write_yearly_case
from foedus.asking import through_years
from foedus.asking.ask import Ask
from foedus.asking.through_years import Years, explain_run, read_event
from foedus.draws.ensemble import run_ensemble
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.record import Record, Section
from foedus.vocabulary.tables import Column, table
from foedus.years.told_of_years import record_of
from standin import StandIn, put

HERE = "foedus.asking.through_years"


@dataclass(frozen=True)
class Found:
    """In the place of a simulation."""

    tell: object = None


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_yearly_case(tmp_path / "small")  # yearly data from 1990 to 2010


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return put(monkeypatch, f"{HERE}.plan_runs", "the task")


def test_all_years_of_the_data_unless_others_are_asked_for(small: Path, plans: StandIn) -> None:
    for asked, years in (
        ((), (1990, 2010)),
        ((1995,), (1995, 2010)),
        ((None, 2003), (1990, 2003)),
        ((1999, 2020), (1999, 2020)),
    ):
        assert through_years.planned(Ask(small), Years(*asked)) == "the task"
        assert (plans.last["first"], plans.last["last"]) == years


def test_a_simulation_is_planned_and_run_as_it_is_asked(
    small: Path, plans: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran, progress = put(monkeypatch, f"{HERE}.run_many", Found()), Mock()
    found = through_years.simulate(
        small,
        first=1995,
        last=1999,
        runs=6,
        seed=3,
        changes=["c1=0.5", "JPN.sovereignty=0.4"],
        without="fee",
        laws="holding=habit",
        fixed=True,
        workers=2,
        progress=progress,
    )
    assert found.tell is record_of
    assert [*ran.last.values()] == ["the task", 6, 2, progress, run_ensemble]
    handed = plans.last
    assert (handed["without"], handed["seed"], handed["blank_slate"], handed["fixed"]) == (("fee",), 3, False, True)
    assert handed["overrides"] == {("sovereignty", "JPN", None): 0.4}
    assert handed["parameters"]["treaty_reliability"] == 0.5
    assert dict(handed["parameters"].laws) == {"holding": "habit"}
    through_years.simulate(small, blank_slate=True)
    assert (plans.last["blank_slate"], plans.last["fixed"]) == (True, False)
    assert ran.last["runs"] == through_years.RUNS


def test_a_year_has_up_to_four_digits_and_there_is_one_run_or_more() -> None:
    Years(0, 9999, 1)
    for wrong, said in (((-1,), "first: -1"), ((None, 10000), "last: 10000 is not a year"), ((1, 2, 0), "runs: 0")):
        with pytest.raises(FoedusError, match=said):
            Years(*wrong)


EVENTS = [SimpleNamespace(year=1990 + k, text=f"event {k}") for k in range(3)]


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A simulation of four runs, of which run 3 has three events in two years, and run 0 one."""
    told = {"r0": EVENTS[:1], "r1": [], "r2": [], "r3": EVENTS}
    monkeypatch.setattr(f"{HERE}.rows_of", lambda task, runs: [f"r{k}" for k in range(runs)])
    monkeypatch.setattr(f"{HERE}.explanation", lambda told, title: ([(n, e.text) for n, e in told], title))
    years = lambda row: [SimpleNamespace(events=told[row][:1]), SimpleNamespace(events=told[row][1:])]  # noqa: E731
    return SimpleNamespace(case=SimpleNamespace(name="small"), told=years)


def test_a_run_is_explained_event_by_event_and_an_event_by_itself(task: Any) -> None:
    told, title = explain_run(task, 4, 3)  # type: ignore[misc]
    assert told == [(f"3.{k}", f"event {k}") for k in range(3)]
    assert title == "Run 3 of small, event by event"
    assert explain_run(task, 4, 3, 2) == ([("3.2", "event 2")], "1992: event 2")
    assert explain_run(task, 4, 3, 0) == ([("3.0", "event 0")], "1990: event 0")
    assert explain_run(task, 4, 0) == ([("0.0", "event 0")], "Run 0 of small, event by event")


@pytest.mark.parametrize(
    ("run", "event", "said"),
    [
        (4, None, r"^run 4: there are 4 runs\. Give 0 to 3\."),
        (-1, None, r"^run -1: there are 4 runs\. Give 0 to 3\."),
        (3, 3, r"^event 3\.3: run 3 has 3 events\. Give 3\.0 to 3\.2\."),
        (3, -1, r"^event 3\.-1: run 3 has 3 events"),
    ],
)
def test_a_run_or_an_event_that_is_not_is_refused(task: Any, run: int, event: int | None, said: str) -> None:
    with pytest.raises(FoedusError, match=said):
        explain_run(task, 4, run, event)


def test_an_event_is_read_as_the_log_names_it() -> None:
    assert read_event("17.203") == (17, 203)
    for wrong in ("17", "17.", ".203", "a.1", "1.b", "1.2.3", "", "-1.2"):
        with pytest.raises(FoedusError, match=r"this is no event of the log"):
            read_event(wrong)


GAINS = table("gains", "Gains", [Column("name"), Column("gain")], [["Japan", 1.0]])
LOG = Section("log", "The log", (), (table("log", "Log", [Column("event")], [["3.0"]]),))
RECORD = Record("x", "Told", "Q", "", ("Yes.",), (Section("s", "S", ("Said.",), (GAINS,)),), (), {"seed": 1})


@pytest.fixture
def simulation(monkeypatch: pytest.MonkeyPatch) -> Any:
    put(monkeypatch, f"{HERE}.log", LOG)
    return SimpleNamespace(record=RECORD)


def test_files_have_the_log_that_the_record_itself_has_not(simulation: Any, tmp_path: Path) -> None:
    folder = through_years.save_simulation(simulation, tmp_path / "files")
    assert folder == tmp_path / "files"
    assert {p.name for p in folder.iterdir()} == {
        "gains.csv",
        "log.csv",
        "csv-metadata.json",
        "record.json",
        "manifest.json",
    }
    assert "log.csv" in (folder / "manifest.json").read_text()
    assert '"gains"' in (folder / "record.json").read_text()
    assert "3.0" not in (folder / "record.json").read_text()


def test_files_and_page_are_written_together_or_not_at_all(simulation: Any, tmp_path: Path) -> None:
    folder, page = tmp_path / "files", tmp_path / "page.html"
    assert through_years.save_all(simulation, RECORD, None, None) == []
    assert through_years.save_all(simulation, RECORD, folder, page) == [folder, page]
    before = page.read_text(encoding="utf-8")
    assert "Told" in before
    with pytest.raises(FoedusError, match=r"page\.html"):
        through_years.save_all(simulation, RECORD, tmp_path / "others", page)
    assert not (tmp_path / "others").exists()
    other = tmp_path / "other.html"
    assert through_years.simulation_report(simulation, other) == other
    assert other.read_text(encoding="utf-8") == before
