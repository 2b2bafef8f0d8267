"""A backtest at the door: the windows and the sample that are asked for, how far it is, and what is kept when it stops."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from foedus.asking import backtesting
from foedus.draws.stop import Interrupted
from foedus.estimation.protocol import FULL, LONG, QUICK, WINDOWS, WITHOUT
from standin import StandIn, put

HERE = "foedus.asking.backtesting"


@pytest.fixture
def parts_of(monkeypatch: pytest.MonkeyPatch) -> dict[str, StandIn]:
    """Stand-ins for everything that takes minutes: 50 potential alliances, described and scored at once."""

    def scored(parts: Any, progress: Any, windows: Any, **_: Any) -> list[str]:
        parts.keep("window", b"finished")
        for _window in windows:
            progress()
        return ["results"]

    class Theory:
        def __init__(self, source: object, without: object, workers: int, folder: Any, progress: Any) -> None:
            self.asked = (source, without, workers)
            progress(30)
            progress(20)

    monkeypatch.setattr(f"{HERE}.Theory", Theory)
    monkeypatch.setattr(f"{HERE}.need", lambda *_: None)
    monkeypatch.setattr(f"{HERE}.open_source", lambda data: ("source", data))
    return {
        "versions": put(monkeypatch, f"{HERE}.versions", {"atop": "5"}),
        "drawn": put(monkeypatch, f"{HERE}.drawn", SimpleNamespace(kads={"a": range(30), "b": range(20)})),
        "material": put(monkeypatch, f"{HERE}.material", lambda found, terms: ("made", terms)),
        "run_windows": put(monkeypatch, f"{HERE}.run_windows", scored),
        "cases": put(monkeypatch, f"{HERE}.cases", ["cases"]),
        "verdicts": put(monkeypatch, f"{HERE}.verdicts", ["verdicts"]),
        "yearly_rate": put(monkeypatch, f"{HERE}.yearly_rate", lambda size, **_: size / 10),
    }


def kept() -> list[str]:
    return sorted(p.name for p in backtesting.cache_folder().rglob("*") if p.is_file())


@pytest.mark.parametrize(
    ("asked", "windows", "sample"),
    [
        ({}, WINDOWS, FULL),
        ({"quick": True}, LONG, QUICK),
        ({"windows": [WINDOWS[1].name]}, WINDOWS[1:2], FULL),
        ({"windows": [WINDOWS[1].name], "quick": True}, WINDOWS[1:2], QUICK),
    ],
)
def test_windows_and_sample_are_those_that_are_asked_for(
    asked: dict[str, Any], windows: Any, sample: Any, parts_of: dict[str, StandIn]
) -> None:
    found = backtesting.backtest("there", seed=4, **asked)
    drawn, run = parts_of["drawn"].last, parts_of["run_windows"].last
    assert [drawn[k] for k in ("source", "windows", "seed", "sample")] == [("source", "there"), windows, 4, sample]
    assert (run["windows"], run["seed"], run["resamples"]) == (windows, 4, sample.resamples)
    assert found.windows == tuple(w.name for w in windows)
    assert found.document["sample"] == vars(sample)


def test_the_theory_is_among_those_that_forecast_and_is_not_told_of_what_is_left_out(
    parts_of: dict[str, StandIn],
) -> None:
    found = backtesting.backtest("there", workers=2)
    made = parts_of["run_windows"].last["made"]
    assert made[1].asked == (("source", "there"), WITHOUT, 2)
    for place in ("run_windows", "cases"):
        assert parts_of[place].last["theory"] is True
        assert parts_of[place].last["made"] == made
    assert found.document["without"] == list(WITHOUT)


def test_the_document_holds_what_was_found_and_the_rates_of_the_years_that_were_learnt_from(
    parts_of: dict[str, StandIn],
) -> None:
    found = backtesting.backtest("there").document
    assert [found[k] for k in ("results", "cases", "verdicts")] == [["results"], ["cases"], ["verdicts"]]
    assert (found["new_pairs_a_year"], found["new_bodies_a_year"]) == (0.2, 0.3)  # of two states, and of three or more
    assert {h["last"] for h in parts_of["yearly_rate"].handed} == {LONG[0].trained_to}
    assert parts_of["cases"].last["window"] == LONG[0]
    assert found["data"] == {"atop": "5"}


def test_progress_ends_where_it_said_it_would(parts_of: dict[str, StandIn]) -> None:
    seen: list[tuple[int, int]] = []
    backtesting.backtest("there", quick=True, progress=lambda done, total: seen.append((done, total)))
    assert {total for _, total in seen} == {50 + 1000 * len(LONG)}  # a window counts as a thousand alliances
    assert [done for done, _ in seen[:2]] == [30, 50]
    assert seen[-1][0] == seen[-1][1]
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})


def test_finished_parts_are_kept_of_a_run_that_is_stopped_and_forgotten_after_one_that_is_not(
    parts_of: dict[str, StandIn], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(made: Any, **_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as once:
        put(once, f"{HERE}.cases", stop)
        with pytest.raises(Interrupted, match="finished parts are kept"):
            backtesting.backtest("there")
    assert kept() == ["window"]
    backtesting.backtest("there")
    assert kept() == []


def test_another_question_does_not_find_the_parts_of_this_one(
    parts_of: dict[str, StandIn], monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = set()
    for asked in ({}, {"seed": 99}, {"quick": True}, {"windows": [WINDOWS[1].name]}):
        backtesting.backtest("there", **asked)
        runs.add(parts_of["run_windows"].last["parts"].folder)
    assert len(runs) == 4
    assert {Path(r).parent for r in runs} == {backtesting.cache_folder() / "runs"}
