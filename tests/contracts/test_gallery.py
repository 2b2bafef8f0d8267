"""The gallery, and the pages for those who write their own cases or work in R: every entry is whole, every block runs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import foedus
from foedus.casebook.reader import case_names, read_case
from foedus.cli.main import run
from foedus.trials.claims import trial_names

DOCS = Path(__file__).parents[2] / "docs"
RSCRIPT = shutil.which("Rscript")
NO_R = "no Rscript here: the R of docs/r-and-stata.md was not run"


def blocks(page: str, language: str = "") -> Iterator[tuple[str, str]]:
    """Return the language and the text of the code blocks of a page, in order."""
    for found, text in re.findall(r"```(\w+)\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL):
        if language in ("", found):
            yield found, text


def code_of(words: str) -> int:
    """Return the exit code of a command line of foedus."""
    try:
        run(shlex.split(words, comments=True)[1:])
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def test_the_gallery_holds_ten_and_the_places_and_times_that_were_asked_for() -> None:
    assert len(case_names()) + len(trial_names()) >= 10
    assert {"gulf-1981", "baltic-1994", "south-east-asia-1967", "europe-1914"} <= set(case_names())
    assert {"alliances-provoke", "balance-of-threat", "passed-bucks", "powerplay"} <= set(trial_names())


def test_the_page_has_every_entry_with_a_command() -> None:
    text = (DOCS / "gallery.md").read_text(encoding="utf-8")
    for name in (*case_names(), *trial_names()):
        part = text.partition(f"### `{name}`")[2].partition("\n### ")[0]
        assert "*Teaches:*" in part, name
        assert f"`foedus assess {name}`" in part or f"`foedus trial {name}`" in part, name


@pytest.mark.parametrize("name", case_names())
def test_a_copy_of_a_case_passes_its_check(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert code_of(f"foedus case new mine --from {name}") == 0
    assert code_of("foedus case check mine") == 0
    mine, theirs = read_case("mine"), read_case(name)
    assert mine.name == "mine"
    assert [(f.quantity, f.subject, f.against, f.value) for f in mine.facts] == [
        (f.quantity, f.subject, f.against, f.value) for f in theirs.facts
    ]


@pytest.mark.parametrize("name", case_names())
def test_no_number_is_without_date_unit_and_source_or_judgement(name: str) -> None:
    case = read_case(name)
    for f in case.facts:
        assert f.unit, f
        assert f.date, f
        assert f.judged or all(k in case.sources for k in f.source), f
        assert f.judged or f.source, f
        if f.judged is not None:
            assert f.low is not None, f
            assert f.high is not None, f
            assert f.low <= f.value <= f.high, f


@pytest.mark.parametrize("name", case_names())
def test_a_case_is_assessed_in_a_few_draws(name: str) -> None:
    few = 5 if len(read_case(name).states) < 20 else 2
    found = foedus.assess(name, draws=few, workers=1)
    assert found.drawn
    for row in found.table("forms"):
        for key in ("default", "median"):
            assert 0 <= float(str(row[key])) <= 1, (name, row)
        assert (row["low"], row["high"]) == (None, None), "a few draws are no band"


@pytest.mark.parametrize("name", trial_names())
def test_a_trial_is_tried_in_three_draws(name: str) -> None:
    found = foedus.trial(name, draws=3, workers=1)
    assert len(found.claims) == len(found.trial.claims)
    assert all(e.drawn for e in found.claims if e.claim.test is not None), name


def test_every_command_of_the_gallery_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [line for _, text in blocks("gallery.md", "sh") for line in text.splitlines()]
    assert len(lines) >= 5
    assert [line for line in lines if code_of(line) != 0] == []


def test_every_block_of_the_page_for_writers_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = []
    for language, text in blocks("own.md"):
        if language == "sh":
            for line in text.splitlines():
                assert code_of(line) == 0, (line, capsys.readouterr().err)
            done.append("sh")
            continue
        head, _, body = text.partition("\n")
        refused, how, target = re.fullmatch(r"# (refused, )?(at the end of|a new file) (\S+)", head).groups()  # type: ignore[union-attr]
        before = Path(target).read_text() if how != "a new file" else ""
        Path(target).write_text(before + body)
        if refused:
            capsys.readouterr()
            assert code_of("foedus case check my-gulf") == 2
            assert re.search(r"relations\.yaml:\d+", capsys.readouterr().err)
            Path(target).write_text(before)
        done.append("refused" if refused else "yaml")
    assert done.count("yaml") == 4
    assert "refused" in done
    assert done.count("sh") >= 4
    mine = read_case("my-gulf")
    assert mine.fact("grievance", "KWT", "SAU").judged is not None
    assert "TANKERS1987" in {e.id for e in mine.events}


@pytest.mark.skipif(RSCRIPT is None, reason=NO_R)
def test_the_r_of_the_page_runs(tmp_path: Path) -> None:
    parts = [text for _, text in blocks("r-and-stata.md", "r")]
    assert len(parts) >= 4
    (tmp_path / "page.R").write_text("\n".join(parts), encoding="utf-8")
    door = tmp_path / "door" / "foedus"
    door.parent.mkdir()
    door.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c "from foedus.cli.main import run; run()" "$@"\n')
    door.chmod(0o755)
    path = f"{door.parent}{os.pathsep}{os.environ['PATH']}"
    home = str(Path(foedus.__file__).parents[1])
    done = subprocess.run(
        [str(RSCRIPT), "--vanilla", "page.R"],
        cwd=tmp_path,
        env={**os.environ, "PATH": path, "PYTHONPATH": home},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "New bilateral treaties" in done.stdout
    assert "Did you mean 'gulf-1981'" in done.stdout
    consents = [float(v) for v in re.findall(r"^\d+ +[\d.]+ +([\d.]+)$", done.stdout, re.MULTILINE)]
    assert len(consents) == 3
    assert consents[0] > consents[1] > consents[2], "the smaller the quarrel, the likelier Qatar agrees"
