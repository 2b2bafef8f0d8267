"""Large ensembles as a user asks for them: begun, read, gone on with, and refused in a sentence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import foedus
from casebook.casefiles import write_case
from cli.test_commands import ask
from foedus.methods.sweep import STARTS
from foedus.model.parameters import PARAMETERS

pytest.importorskip("polars", reason="large ensembles need the extra 'data'")


@pytest.fixture
def small(tmp_path: Path) -> str:
    return str(write_case(tmp_path / "small"))


def test_an_ensemble_over_everything_and_all_questions(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "e"
    code, out, err = ask(
        capsys,
        "ensemble",
        small,
        "-o",
        str(folder),
        "--draws",
        "11",
        "--workers",
        "1",
        "--over",
        "parameters,inputs,architectures",
        "--questions",
        "forms,ends,blocks,leverage,treaties,exclusion,quarrel,wedge",
    )
    assert (code, "the hub has it at the end of the year: body" in out) == (0, True), err
    found = foedus.read_ensemble(folder)
    frame = found.to_polars()
    assert set(frame["start"]) == set(STARTS)  # eleven draws over five choices meet each twice
    assert set(found.inputs) >= {
        "start",
        "sovereignty JPN",
        *(p.name for p in PARAMETERS if p.low < p.high and not p.law),
    }
    assert set(found.manifest["columns"]) == set(frame.columns)
    assert all(c["meaning"] for c in found.manifest["columns"].values())
    assert found.manifest["columns"]["gain|everybody|JPN|total"]["unit"] == "% of GDP a year"
    council = frame.filter(frame["start"] == "council")["ends|body||probability"].mean()
    none = frame.filter(frame["start"] == "none")["ends|body||probability"].mean()
    assert council > none  # who begins with a body is likelier to end with one
    again = ask(capsys, "ensemble", "--resume", str(folder), "--json")
    assert json.loads(again[1])["made"]["result"] == found.manifest["result"]


def test_inputs_alone_may_vary(small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, _ = ask(
        capsys,
        "ensemble",
        small,
        "-o",
        str(tmp_path / "e"),
        "--draws",
        "3",
        "--over",
        "inputs",
        "--engine",
        "serial",
        "--set",
        "japan.free_force=0.2",
    )
    found = foedus.read_ensemble(tmp_path / "e")
    assert code == 0
    assert "sovereignty JPN" in found.inputs
    assert "free_force JPN" not in found.inputs  # set by hand
    assert not {p.name for p in PARAMETERS} & set(found.inputs)


BAD = [
    (["{small}"], "Say where it goes"),
    (["{small}", "-o", "{new}", "--draws", "0"], "an ensemble needs draws, and 0 are none"),
    (["{small}", "-o", "{new}", "--draws", "-5"], "-5 is not a number of draws"),
    (["{small}", "-o", "{new}", "--draws", "many"], "'many' is not a whole number"),
    (["{small}", "-o", "{new}", "--draws", "1e12"], "'1e12' is not a whole number"),
    (["{small}", "-o", "{new}", "--workers", "999999"], "999999 is not a number of processes. Give 1 to 1,024"),
    (["{small}", "-o", "{new}", "--seed", "-1"], "-1 is negative"),
    (["{small}", "-o", "{new}", "--draws", "99999999999"], "Give 0 to 10,000,000"),
    (["{small}", "-o", "{new}", "--engine", "ray"], "Known engines: serial, processes, dask://HOST:PORT"),
    (["{small}", "-o", "{new}", "--over", "params"], "Did you mean 'parameters'"),
    (["{small}", "-o", "{new}", "--questions", "blockers"], "Did you mean 'blocks'"),
    (["{small}", "-o", "{new}", "--questions", ","], "nothing is asked for"),
    (["{small}", "-o", "{new}", "--without", "exposur"], "Did you mean 'exposure'"),
    (["{small}", "-o", "{small}"], "this folder holds something else"),
    (["--resume", "{new}"], "no ensemble in this folder"),
    (["{small}", "--resume", "{new}"], "the question stands in the folder"),
]


@pytest.mark.parametrize(("arguments", "words"), BAD)
def test_wrong_input_gets_a_sentence_and_writes_nothing(
    arguments: list[str], words: str, small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = ask(capsys, "ensemble", *(a.format(small=small, new=tmp_path / "new") for a in arguments))
    assert code == 2
    assert words in re.sub(r"[\s│]+", " ", err + out)
    assert not (tmp_path / "new").exists()


def test_a_procedure_that_is_replaced_is_kept_and_asked_again(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = {}
    for law in ("holding=inertia", "holding=habit"):
        folder = tmp_path / law
        asked = ("-o", str(folder), "--draws", "10", "--engine", "serial", "--law", law, "--over", "parameters")
        code, _, err = ask(capsys, "ensemble", small, *asked)
        assert code == 0, err
        found = foedus.read_ensemble(folder)
        assert found.manifest["laws"] == {"holding": law.partition("=")[2]}
        made[law] = found.to_polars(*found.answers).fill_nan(0.0).sum().row(0)
        ask(capsys, "ensemble", "--resume", str(folder), "--json")
        assert foedus.read_ensemble(folder).manifest == found.manifest
    assert made["holding=inertia"] != made["holding=habit"]
    assert "body_exit_habit" in foedus.read_ensemble(tmp_path / "holding=habit").inputs
