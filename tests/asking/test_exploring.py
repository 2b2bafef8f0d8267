"""Explorations at the door: a case is drawn from, a folder of draws is only read, and what makes no sense is refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from casebook.casefiles import write_case
from foedus.asking import exploring
from foedus.asking.ask import Ask
from foedus.casebook.reader import read_case
from foedus.methods import told_of_discovery, told_of_sensitivity
from foedus.vocabulary.errors import FoedusError
from standin import StandIn, put

HERE = "foedus.asking.exploring"
COLUMN = "forms|body||probability"


@dataclass(frozen=True)
class Found:
    """In the place of what an exploration finds."""

    tell: object = None


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_case(tmp_path / "small")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds an ensemble."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / exploring.MANIFEST).write_text("{}")
    put(monkeypatch, f"{HERE}.read_ensemble", lambda folder: SimpleNamespace(folder=folder))
    return tmp_path / "kept"


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return put(monkeypatch, f"{HERE}.importance", Found())


@pytest.fixture
def sought(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return put(monkeypatch, f"{HERE}.discover_in_case", Found())


def test_what_moves_an_answer_of_a_case_is_drawn_as_it_is_asked(small: Path, moved: StandIn) -> None:
    progress = Mock()
    found = exploring.sensitivity(
        small,
        "gain of KOR from everybody",
        methods=["morris"],
        draws=30,
        seed=4,
        top=3,
        without=["fee"],
        workers=2,
        engine="serial",
        progress=progress,
    )
    assert found.tell is told_of_sensitivity.record_of
    sweep, *rest = moved.last.values()
    assert rest[1:] == ["gain of KOR from everybody", ("morris",), 30, 4, 3, 2, "serial", progress]
    assert (sweep.task.without, sweep.questions) == (("fee",), ())
    assert [name for name, _ in sweep.asked] == ["gain of KOR from everybody"]


def test_the_cheap_methods_are_used_unless_others_are_asked_for(small: Path, moved: StandIn) -> None:
    exploring.sensitivity(small)
    assert moved.last["methods"] == ("rank", "tornado")
    with pytest.raises(FoedusError, match="method 'ranks'"):
        exploring.sensitivity(small, methods=["ranks"])


def test_an_answer_named_as_a_column_is_worked_out_alone(small: Path, moved: StandIn) -> None:
    exploring.sensitivity(small, COLUMN)
    sweep = moved.last["sweep"]
    assert (sweep.questions, sweep.only, sweep.asked) == (("forms",), (COLUMN,), ())


def test_one_round_and_one_number_are_enough_and_none_is_refused(small: Path, moved: StandIn) -> None:
    exploring.sensitivity(small, draws=1, top=1)
    with pytest.raises(FoedusError, match="draws: 0 rounds tell nothing"):
        exploring.sensitivity(small, draws=0)
    with pytest.raises(FoedusError, match="top: 0 is not a number of numbers"):
        exploring.sensitivity(small, top=0)
    assert len(moved.handed) == 1


def test_a_folder_of_draws_is_read_and_nothing_is_drawn(
    kept: Path, moved: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = put(monkeypatch, f"{HERE}.importance_in_files", Found())
    for methods in ([], ["rank"]):
        assert exploring.sensitivity(str(kept), COLUMN, methods=methods).tell is told_of_sensitivity.record_of
        assert [v if isinstance(v, str) else v.folder for v in read.last.values()] == [str(kept), COLUMN]
    with pytest.raises(FoedusError, match=rf"method 'sobol': it plays rounds of its own, which {kept} does not hold"):
        exploring.sensitivity(str(kept), COLUMN, methods=["rank", "sobol"])
    assert moved.handed == []


@pytest.mark.parametrize(
    ("words", "option"),
    [
        ({"changes": ["c1=0.5"]}, "--set"),
        ({"without": ["fee"]}, "--without"),
        ({"laws": ["holding=habit"]}, "--law"),
        ({"calibration": "record-1817-2016"}, "--calibration"),
        ({"calibration": "record-1817-2016", "without": ["fee"]}, "--without"),
    ],
)
def test_draws_that_are_made_stay_as_they_are(kept: Path, words: dict[str, Any], option: str) -> None:
    for door in (exploring.sensitivity, exploring.discover):
        with pytest.raises(FoedusError, match=rf"^{option}: the draws of {kept} are made"):
            door(str(kept), **words)


def test_a_case_at_hand_is_no_folder_of_draws(small: Path, moved: StandIn, sought: StandIn) -> None:
    case = read_case(small)
    exploring.sensitivity(case)
    exploring.discover(case)
    assert moved.last["sweep"].task.case is case
    assert sought.last["sweep"].task.case is case


def test_where_a_goal_is_reached_is_drawn_as_it_is_asked(small: Path, sought: StandIn) -> None:
    progress = Mock()
    found = exploring.discover(
        small, "council forms", boxes=2, draws=30, seed=4, workers=2, engine="serial", progress=progress
    )
    assert found.tell is told_of_discovery.record_of
    handed = sought.last
    assert (handed["draws"], handed["seed"], handed["boxes"]) == (30, 4, 2)
    assert handed["goal"] == exploring.read_goal("council forms")
    with pytest.raises(FoedusError, match="0 rounds tell nothing"):
        exploring.discover(small, draws=0)


def test_one_to_nine_boxes(small: Path, kept: Path, sought: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    read = put(monkeypatch, f"{HERE}.discover_in_files", Found())
    for boxes in (1, 9):
        exploring.discover(small, boxes=boxes)
        assert exploring.discover(str(kept), boxes=boxes).tell is told_of_discovery.record_of
        assert read.last["boxes"] == sought.last["boxes"] == boxes
    for boxes in (0, 10):
        with pytest.raises(FoedusError, match=rf"boxes: {boxes} is not a number of boxes\. Give 1 to 9"):
            exploring.discover(small, boxes=boxes)
    assert len(sought.handed) == len(read.handed) == 2


def test_a_folder_is_an_ask_too(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = put(monkeypatch, f"{HERE}.discover_in_files", Found())
    exploring.discover(Ask(str(kept)))
    assert len(read.handed) == 1


def test_the_record_of_an_exploration_is_read_as_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(monkeypatch, "foedus.methods.explored.read", lambda document, where: ("told", document, where))
    monkeypatch.setattr("foedus.methods.explored.as_written", lambda found, told: found == {"as": "written"})
    (tmp_path / "record.json").write_text(json.dumps({"as": "written"}))
    assert exploring.read_exploration(tmp_path) == ("told", {"as": "written"}, str(tmp_path))
    for spoilt in ("{}", "{"):
        (tmp_path / "record.json").write_text(spoilt)
        with pytest.raises(FoedusError, match=r"record\.json: the record is not as it was written"):
            exploring.read_exploration(tmp_path)
