"""The page and the scoreboard of a trial."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.cli.main import run
from foedus.reports.trialfigures import bars, strips
from trials.trialfiles import write_trial


def test_the_page_tells_every_claim(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "trial.html"
    run(["trial", str(write_trial(tmp_path)), "--draws", "3", "--workers", "1", "--report", str(page)])
    assert "written" in capsys.readouterr().err
    text = page.read_text()
    for words in (
        "Trade loosens pacts.",
        "Scoreboard of claims",
        "no model test",
        "It is wrong if",
        "A pact is signed.",
        "A yearbook of arms",
    ):
        assert words in text, words
    assert text.count("<article") == 4
    assert 'src="http' not in text
    with pytest.raises(SystemExit):
        run(["trial", str(tmp_path / "mine.yaml"), "--draws", "0", "--report", str(page)])
    assert "there already" in capsys.readouterr().err


def test_every_draw_is_a_dot_on_the_side_it_falls(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["trial", str(write_trial(tmp_path)), "--draws", "5", "--workers", "1", "--json"])
    record = json.loads(capsys.readouterr().out)
    claim = record["claims"][0]
    effects = claim["model"]["drawn"]["effect"]
    picture = strips(claim)
    assert picture.count('fill="var(--grey)"') == len(effects)
    assert picture.count('fill="var(--blue)" opacity="0.8"') == 2 * sum(e > 0 for e in effects)
    assert strips(record["claims"][1]) == ""
    numbers = bars(record["claims"][3], {e["id"]: e for e in record["events"]})
    assert "1.5 % of GDP" in numbers
    assert bars(claim, {}) == ""


def test_the_command_prints_the_scoreboard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(write_trial(tmp_path))
    run(["trial", path, "--draws", "3", "--workers", "1"])
    out = capsys.readouterr().out
    assert "supported" in out
    assert "What the text leaves out" in out
    run(["trial", path, "--draws", "2", "--workers", "1", "--json"])
    record = json.loads(capsys.readouterr().out)
    assert [c["id"] for c in record["claims"]] == [1, 2, 3, 4]
    assert len(record["claims"][0]["model"]["drawn"]["effect"]) == 2
    assert {"key": "yearbook", "citation": "A yearbook of arms, 2001.", "url": "", "trust": "checked"} in record[
        "bibliography"
    ]["record"]
    run(["trial"])
    assert "a-nato-in-asia" in capsys.readouterr().out
    run(["trial", "--vocabulary"])
    assert "chance of OUTCOME" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stop:
        run(["trial", "a-nato-in-asi"])
    assert stop.value.code == 2
    assert "Did you mean 'a-nato-in-asia'" in capsys.readouterr().err
