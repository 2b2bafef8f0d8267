"""The command ``foedus trial``: the scoreboard, the list with titles, and files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.cli.main import run
from trials.trialfiles import write_trial


def test_the_command_prints_the_answer_and_the_scoreboard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, page = str(write_trial(tmp_path)), tmp_path / "trial.html"
    run(["trial", path, "--draws", "3", "--workers", "1", "--report", str(page), "--output", str(tmp_path / "tidy")])
    shown = capsys.readouterr()
    assert "written" in shown.err
    assert "Of the 4 claims of the text" in shown.out
    assert "What the text leaves out" in shown.out
    assert "3 draws are few" in " ".join(shown.out.split())
    assert "[bold]" not in shown.out
    assert 'src="http' not in page.read_text(encoding="utf-8")
    assert {p.name for p in (tmp_path / "tidy").iterdir()} >= {
        "claims.csv",
        "draws.csv",
        "record.json",
        "manifest.json",
    }
    with pytest.raises(SystemExit):
        run(["trial", path, "--draws", "0", "--report", str(page)])
    assert "there already" in capsys.readouterr().err


def test_json_holds_every_draw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["trial", str(write_trial(tmp_path)), "--draws", "2", "--workers", "1", "--json"])
    record = json.loads(capsys.readouterr().out)
    sections = {s["key"]: s for s in record["sections"]}
    assert [s["key"] for s in sections["claims"]["sections"]] == ["1", "2", "3", "4"]
    assert len(sections["numbers"]["tables"]["draws"]["rows"]) == 3 * 2
    assert {"key": "yearbook", "citation": "A yearbook of arms, 2001.", "url": "", "trust": "checked"} in record[
        "sources"
    ]


def test_a_built_in_trial_is_copied_and_the_copy_tried(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.yaml"
    run(["trial", "trade-loosens-alliances", "--copy", str(mine)])
    assert f"foedus trial {mine}" in capsys.readouterr().out
    run(["trial", str(mine), "--draws", "0"])
    assert "Commerce with the adversary loosens alliances" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stop:
        run(["trial", "--copy", str(mine)])
    assert stop.value.code == 2
    assert "--copy: it needs the name" in capsys.readouterr().err


def test_without_a_name_the_trials_are_listed_with_their_titles(capsys: pytest.CaptureFixture[str]) -> None:
    run(["trial"])
    out = capsys.readouterr().out
    assert "a-nato-in-asia" in out
    assert "A NATO in Asia? Not" in out
    assert "alliances-provoke" in out
    run(["trial", "--vocabulary"])
    assert "chance of OUTCOME" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stop:
        run(["trial", "a-nato-in-asi"])
    assert stop.value.code == 2
    assert "Did you mean 'a-nato-in-asia'" in capsys.readouterr().err
