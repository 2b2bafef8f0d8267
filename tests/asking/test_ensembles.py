"""Large ensembles at the door: what varies, what every draw answers, and that a folder alone says how to go on."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

from casebook.casefiles import write_case
from foedus.asking import ensembles
from foedus.asking.ask import Ask
from foedus.vocabulary.errors import FoedusError
from standin import StandIn, put

pytest.importorskip("polars", reason="large ensembles need the extra 'data'")

HERE = "foedus.asking.ensembles"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_case(tmp_path / "small")


@pytest.fixture
def filed(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return put(monkeypatch, f"{HERE}.run_to_files", "the ensemble")


def test_all_that_is_judged_varies_unless_it_is_set_by_hand_or_left_out(small: Path) -> None:
    def varied(*over: str, changes: tuple[str, ...] = ()) -> list[str]:
        task = ensembles.sweep_of(Ask(small, changes), over, ("forms",)).task
        return [u.target if isinstance(u.target, str) else " ".join(filter(None, u.target)) for u in task.varied]

    both = varied("parameters", "inputs")
    assert {"treaty_reliability", "sovereignty JPN"} <= set(both)
    assert "sovereignty JPN" not in varied("parameters")
    assert "treaty_reliability" not in varied("inputs")
    assert set(varied("parameters")) | set(varied("inputs")) == set(both)
    assert "sovereignty JPN" not in varied("parameters", "inputs", changes=("JPN.sovereignty=0.4",))


def test_what_is_in_force_varies_only_where_that_is_asked_for(small: Path) -> None:
    assert ensembles.sweep_of(Ask(small), ("parameters", "architectures"), ("forms",)).starts
    assert not ensembles.sweep_of(Ask(small), ("parameters",), ("forms",)).starts


def test_a_sweep_answers_what_it_is_asked(small: Path) -> None:
    found = ensembles.sweep_of(Ask(small, without=("fee",)), ("inputs",), ("forms", "blocks"), ("a|b||c",))
    assert (found.questions, found.only, found.task.without) == (("forms", "blocks"), ("a|b||c",), ("fee",))
    with pytest.raises(FoedusError, match="'fees': there is no such mechanism"):
        ensembles.sweep_of(Ask(small, without=("fees",)), ("inputs",), ("forms",))
    with pytest.raises(FoedusError, match="dimension 'inputz'"):
        ensembles.sweep_of(Ask(small), ("inputz",), ("forms",))
    with pytest.raises(FoedusError, match="question 'form'"):
        ensembles.sweep_of(Ask(small), ("inputs",), ("form",))


def test_an_ensemble_is_worked_out_as_it_is_asked(small: Path, tmp_path: Path, filed: StandIn) -> None:
    progress = Mock()
    found = ensembles.ensemble(
        small,
        tmp_path / "kept",
        draws=40,
        seed=5,
        changes=["c1=0.5"],
        without=["fee"],
        laws=["holding=habit"],
        questions=["blocks"],
        engine="serial",
        progress=progress,
    )
    assert found == "the ensemble"
    sweep, plan = filed.last["task"], filed.last["plan"]
    assert (plan.draws, plan.seed, plan.varied) == (40, 5, sweep.varied)
    assert (filed.last["folder"], filed.last["progress"]) == (tmp_path / "kept", progress)
    assert (sweep.questions, sweep.task.without) == (("blocks",), ("fee",))
    assert sweep.task.parameters["treaty_reliability"] == 0.5
    assert filed.last["identity"] == sweep.identity()


def test_one_draw_is_an_ensemble_and_none_is_not(small: Path, tmp_path: Path, filed: StandIn) -> None:
    assert ensembles.ensemble(small, tmp_path / "kept", draws=1) == "the ensemble"
    with pytest.raises(FoedusError, match="an ensemble needs draws, and 0 are none"):
        ensembles.ensemble(small, tmp_path / "kept", draws=0)
    with pytest.raises(FoedusError, match="an ensemble needs a folder"):
        ensembles.ensemble(small, draws=1)
    assert len(filed.handed) == 1


def test_a_folder_alone_says_how_to_go_on(
    small: Path, tmp_path: Path, filed: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = {"changes": ["c1=0.5"], "without": ["fee"], "laws": ["holding=habit"]}
    more = {"over": ["parameters", "architectures"], "questions": ["blocks"]}
    ensembles.ensemble("small", "kept", draws=40, seed=5, **words, **more)
    asked, first = filed.last["asked"], filed.last
    assert asked == {"case": str(small), **words, **more, "levers": [], "calibration": ""}
    monkeypatch.chdir("/")
    manifest = put(monkeypatch, f"{HERE}.read_manifest", {"draws": 40, "seed": 5, "asked": asked})
    assert ensembles.resume(tmp_path / "kept", workers=1) == "the ensemble"
    assert manifest.last["folder"] == tmp_path / "kept"
    again = filed.last
    assert (again["identity"], again["plan"], again["asked"]) == (first["identity"], first["plan"], asked)
    assert again["folder"] == tmp_path / "kept"


def test_a_built_in_case_is_gone_on_with_by_its_name(tmp_path: Path, filed: StandIn) -> None:
    ensembles.ensemble("asia-1953", tmp_path / "kept", draws=1)
    assert filed.last["asked"]["case"] == "asia-1953"


def test_a_folder_without_an_ensemble_cannot_be_gone_on_with(tmp_path: Path) -> None:
    with pytest.raises(FoedusError, match="there is no ensemble in this folder"):
        ensembles.resume(tmp_path)
