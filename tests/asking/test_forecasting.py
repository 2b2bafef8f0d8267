"""Forecasting at the door: what a question is told, over which draws, by which laws, and beside which rate of the past."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import foedus
from foedus.asking import forecasting
from foedus.forecasts.query import Query
from foedus.vocabulary.errors import FoedusError
from standin import StandIn, put

HERE = "foedus.asking.forecasting"
CASES = ["indo-pacific-2020", "asia-1953"]
HEAD = "id,question,opened,closes,outcome\n"
HOLDS = "a,The US-Japan alliance remains in force,2020-12-29,2021-12-31,yes\n"
SIGNS = "b,Will Singapore become a US treaty ally?,2020-12-29,2021-12-31,no\n"
WHEN = "c,When will the US-Philippines mutual defense treaty end?,2020-12-29,2021-12-31,\n"
MEETS = "d,Will a Quad summit take place?,2020-12-29,2021-12-31,\n"
WEATHER = "e,Will it rain in Paris?,2020-12-29,2021-12-31,\n"

DEFAULT = 0.7
"""What the model says with default parameters, in place of what it would work out."""


class Model:
    """In the place of the model: says the same of every question, and of a question of when, one chance for each year."""

    asked: list[Model]

    def __init__(self, task: Any, queries: tuple[tuple[str, Query], ...]) -> None:
        self.task, self.queries = task, queries
        self.asked.append(self)

    def __call__(self) -> dict[str, float]:
        parts = {n: ["2021", "2022"] if q.form == "when" else [""] for n, q in self.queries}
        return {f"{n}|{part}": DEFAULT for n, found in parts.items() for part in found}


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch) -> list[Model]:
    monkeypatch.setattr(Model, "asked", [], raising=False)
    monkeypatch.setattr(f"{HERE}.QueryTask", Model)
    return Model.asked


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Draws of which each chance is one of 0, 0.01 ... 1."""
    chances = SimpleNamespace(column=lambda key: np.linspace(0.0, 1.0, 101))
    return put(monkeypatch, f"{HERE}.run_ensemble", chances)


def file_of(folder: Path, *rows: str) -> Path:
    path = folder / "asked.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return path


def test_a_chance_is_the_mean_over_draws_with_where_nine_in_ten_of_them_lie(tmp_path: Path, drawn: StandIn) -> None:
    found = foedus.forecast(file_of(tmp_path, HOLDS), cases=CASES, draws=101, seed=5, workers=2)
    told = found.forecasts[0]
    assert (told.default, told.probability) == (DEFAULT, pytest.approx(0.5))
    assert (told.low, told.high) == (pytest.approx(0.05), pytest.approx(0.95))
    task, rows, _, workers, progress = list(drawn.last.values())[:5]
    assert len(rows) == 101
    assert (task.task.case.name, workers, progress) == ("indo-pacific-2020", 2, None)
    assert (found.draws, found.seed) == (101, 5)


def test_without_draws_the_default_is_all_there_is(tmp_path: Path, drawn: StandIn) -> None:
    told = foedus.forecast(file_of(tmp_path, HOLDS), cases=CASES, draws=0).forecasts[0]
    assert {told.probability, told.default, told.low, told.high} == {DEFAULT}
    assert drawn.handed == []


def test_a_question_of_when_has_a_chance_for_every_year_and_none_in_all(tmp_path: Path) -> None:
    told = foedus.forecast(file_of(tmp_path, WHEN), cases=CASES, draws=0).forecasts[0]
    assert [(p.name, p.probability) for p in told.parts] == [("2021", DEFAULT), ("2022", DEFAULT)]
    assert told.probability is None
    whether = foedus.forecast(file_of(tmp_path, HOLDS), cases=CASES, draws=0).forecasts[0]
    assert whether.parts == ()


def test_questions_keep_their_order_and_only_what_is_understood_is_asked(tmp_path: Path, model: list[Model]) -> None:
    found = foedus.forecast(file_of(tmp_path, MEETS, WEATHER, HOLDS, SIGNS), cases=CASES, draws=0)
    assert [f.question.id for f in found.forecasts] == ["d", "e", "a", "b"]
    assert [f.probability is None for f in found.forecasts] == [False, True, False, False]
    assert sorted(q.kind for m in model for _, q in m.queries) == ["forum meets", "treaty holds", "treaty signed"]
    assert [dict(m.task.parameters.laws) for m in model] == [{}]  # all of a case at once, by the laws of the model
    assert found.forecasts[1].reason
    assert all(f.law for f in found.forecasts if f.probability is not None)


def test_a_law_that_is_named_is_asked_in_place_of_the_usual_ones(tmp_path: Path, model: list[Model]) -> None:
    found = foedus.forecast(file_of(tmp_path, HOLDS), cases=CASES, draws=0, laws=["holding=habit"])
    assert model[0].task.parameters.laws["holding"] == "habit"
    assert dict(found.laws) == {"holding": "habit"}


def test_parameters_take_the_place_of_the_defaults(tmp_path: Path, model: list[Model]) -> None:
    mine = foedus.Parameters({"treaty_fee": 0.004})
    foedus.forecast(file_of(tmp_path, HOLDS), cases=CASES, draws=0, parameters=mine)
    foedus.forecast(file_of(tmp_path, HOLDS), cases=CASES, draws=0)
    foedus.forecast(file_of(tmp_path, HOLDS), cases=CASES, draws=0, calibration="record-1817-2016")
    given, usual, calibrated = (m.task.parameters for m in model)
    assert given["treaty_fee"] == 0.004 != usual["treaty_fee"]
    assert calibrated.calibrated_by
    assert not usual.calibrated_by


def test_each_question_stands_beside_the_rate_of_its_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rate = put(monkeypatch, f"{HERE}.reference", (0.25, "as often as in the past"))
    found = foedus.forecast(file_of(tmp_path, HOLDS), cases=CASES, draws=0).forecasts[0]
    assert (found.reference, found.reason) == (0.25, "as often as in the past")
    assert (rate.last["bilateral"], rate.last["body"]) == (True, False)
    none = put(monkeypatch, f"{HERE}.reference")
    found = foedus.forecast(file_of(tmp_path, HOLDS), cases=CASES, draws=0).forecasts[0]
    assert found.reference is None
    assert len(none.handed) == 1


@pytest.mark.parametrize(
    ("kind", "case", "treaties", "rates"),
    [
        ("treaty holds", "indo-pacific-2020", ("USJPN1960",), [(True, False)]),
        ("treaty holds", "europe-1955", ("NATO1949",), [(False, True)]),
        ("joins", "indo-pacific-2020", ("QUAD2017",), [(False, False)]),
        ("treaty holds", "indo-pacific-2020", ("QUAD2017",), []),  # nobody has counted how long forums last
        ("treaty signed", "indo-pacific-2020", (), [(True, False)]),
    ],
)
def test_a_rate_is_of_treaties_of_two_or_of_bodies_and_a_forum_that_holds_has_none(
    kind: str, case: str, treaties: tuple[str, ...], rates: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = dt.date(2021, 1, 1), dt.date(2021, 12, 31)
    query = Query(kind, case, ("JPN",), (), treaties, False, *window)
    monkeypatch.setattr(f"{HERE}.understood", lambda *_: query)
    rate = put(monkeypatch, f"{HERE}.reference")
    foedus.forecast(file_of(tmp_path, HOLDS), cases=[case], draws=0)
    assert [(h["bilateral"], h["body"]) for h in rate.handed] == rates


def test_how_questions_are_read_is_told_without_any_chance(tmp_path: Path, model: list[Model]) -> None:
    found = forecasting.map_questions(file_of(tmp_path, HOLDS, WEATHER, "g,,,\n"), cases=CASES)
    assert [(f.query is None, f.probability) for f in found.forecasts] == [(False, None), (True, None)]
    assert found.forecasts[0].words
    assert "USJPN1960" not in found.forecasts[0].words  # by its name, not by its id
    assert found.forecasts[1].reason
    assert (found.draws, found.seed, len(found.problems)) == (0, 0, 1)
    assert model == []


def test_the_built_in_cases_answer_unless_others_are_named(tmp_path: Path) -> None:
    every = forecasting.map_questions(file_of(tmp_path, HOLDS))
    assert set(foedus.case_names()) <= set(every.hashes)
    assert set(forecasting.map_questions(file_of(tmp_path, HOLDS), cases=CASES).hashes) == set(CASES)


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FoedusError, match="as-of: "):
        forecasting.map_questions(file_of(tmp_path, HOLDS), cases=CASES, as_of="next year")
    assert forecasting.mapping_words() == forecasting.map_questions(file_of(tmp_path, HOLDS), cases=CASES).vocabulary
