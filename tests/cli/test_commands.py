"""Every command as a user gives it: right, wrong, and in a place that is taken."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from casebook.casefiles import write_case
from foedus.cli.main import COMMANDS, run


@pytest.fixture
def small(tmp_path: Path) -> str:
    return str(write_case(tmp_path / "small"))


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Return exit code, output and errors of a command; that something is compiled first is no error, and left out."""
    code = 0
    try:
        run(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    out, err = capsys.readouterr()
    return code, out, re.sub(r"^(Compiling|Still compiling).*\n", "", err, flags=re.M)


def test_help_names_every_command_without_loading_any() -> None:
    code = (
        "import sys; from foedus.cli.main import run\n"
        "try: run(['--help'])\n"
        "except SystemExit: pass\n"
        "print('HEAVY', sorted(m for m in ('numpy', 'numba', 'scipy', 'pydantic', 'polars', 'jinja2') if m in sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for name in COMMANDS:
        assert re.search(rf"\b{name}\b", out)
    assert "HEAVY []" in out


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"case", "data"}))
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ask(capsys, command, "--help")
    assert code == 0
    assert "Usage" in out


def test_assess_prints_the_answer(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ask(capsys, "assess", small, "--draws", "6", "--workers", "1")
    assert code == 0
    for words in (
        "A small world",
        "What forms",
        "Who blocks",
        "Leverage",
        "In and out",
        "The quarrel",
        "The wedge",
        "What would change it",
        "seed 1 · draws 6",
    ):
        assert words in out


def rows_of(table: dict[str, Any]) -> list[dict[str, Any]]:
    names = [c["name"] for c in table["columns"]]
    return [dict(zip(names, row, strict=True)) for row in table["rows"]]


def test_assess_as_json_is_plain(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ask(capsys, "assess", small, "--draws", "4", "--workers", "1", "--json")
    record = json.loads(out)
    assert code == 0
    assert record["made"]["draws"] == 4
    sections = {s["key"]: s for s in record["sections"]}
    forms = rows_of(sections["forms"]["tables"]["forms"])
    assert sum(f["default"] for f in forms if f["form"] != "body") == pytest.approx(1)
    gains = rows_of(sections["blocks"]["tables"]["gains"])
    assert {r["state"] for r in gains if r["body"] == "everybody"} == {"USA", "JPN", "KOR"}


def test_assess_writes_tidy_files_and_a_page(small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, page = tmp_path / "out", tmp_path / "page.html"
    code, _, err = ask(
        capsys, "assess", small, "--draws", "4", "--workers", "1", "--output", str(folder), "--report", str(page)
    )
    assert code == 0, err
    manifest = json.loads((folder / "manifest.json").read_text())
    for name, about in manifest["files"].items():
        lines = (folder / name).read_text().splitlines()
        assert lines[0].split(",")[0] == about["columns"][0]["name"]
    assert manifest["seed"] == 1
    assert len(manifest["case_hash"]) == 16
    assert page.read_text().startswith("<!doctype html>")
    code, _, err = ask(capsys, "assess", small, "--draws", "0", "--output", str(folder))
    assert (code, "this is there already" in err) == (2, True)


BAD = [
    (["assess", "indo-pacific-2021"], "Did you mean 'indo-pacific-2020'"),
    (["assess", "{small}", "--draws", "-1"], "-1 is not a number of draws"),
    (["assess", "{small}", "--workers", "0"], "0 is not a number of processes"),
    (["ablate", "{small}", "--workers", "-1"], "-1 is not a number of processes"),
    (["flip", "{small}", "--workers", "0"], "0 is not a number of processes"),
    (["assess", "{small}", "--seed", "-4"], "negative"),
    (["assess", "{small}", "--draws", "many"], "'many' is not a whole number"),
    (["assess", "{small}", "--set", "japan.trade.chna=0.1"], "there is no such state"),
    (["assess", "{small}", "--set", "japan.trdae.china=0.1"], "Did you mean 'trade'"),
    (["assess", "{small}", "--set", "japan.trade=0.1"], "japan.trade.<other state>=value"),
    (["assess", "{small}", "--set", "japan.trade.china=lots"], "'lots' is not a number"),
    (["assess", "{small}", "--set", "japan.trade.china=nan"], "not a finite number"),
    (["assess", "{small}", "--set", "japan.trade.china=9"], "9 is outside"),
    (["assess", "{small}", "--set", "treaty_reliability=2"], "2.0 is outside 0 to 1"),
    (["assess", "{small}", "--set", "treaty_reliabilty=0.2"], "Did you mean 'treaty_reliability'"),
    (["assess", "{small}", "--set", "treaty_reliability"], "a change needs a value"),
    (["assess", "{small}", "--without", "exposur"], "Did you mean 'exposure'"),
    (["explain", "{small}", "France"], "there is no such state"),
    (["explain", "{small}", "JPN", "--body", "Nobody"], "there is no such body"),
    (["dispute", "{small}", "JPN"], "two different states"),
    (["dispute", "{small}", "JPN", "TWN"], "neither has a grievance"),
    (["wedge", "{small}", "--budget", "-1"], "-1 is not a budget"),
    (["whatif", "{small}"], "nothing is changed"),
    (["compare", "{small}", "nowhere"], "there is no such case"),
    (["case", "show", "nowhere"], "there is no such case"),
    (["nonsense"], "there is no such command"),
    (["assess", "{small}", "--drws", "3"], "foedus assess has no such option. Did you mean '--draws'?"),
    (["assess", "{small}", "--draws", "1_0"], "--draws: '1_0' is not a whole number. Write it in digits, as 10."),
    (["flip", "{small}", "--effort", "1_0"], "--effort: '1_0' is not a whole number"),
    (["flip", "{small}", "--effort", "\u0663"], "is not a whole number"),
    (["wedge", "{small}", "--budget", "1_0"], "--budget: '1_0' is not a number. Write it in digits, as 0.5."),
    (["wedge", "{small}", "--budget", "inf"], "--budget: 'inf' is not a number"),
    (["assess", "{small}", "--seed"], "option '--seed': it needs a value, which is missing"),
    (["assess", "{small}", "--json=3"], "option '--json': it takes no value, and one is given"),
    (["explain"], "foedus explain: argument CASE is missing. Write: foedus explain [OPTIONS] CASE STATE."),
    (["assess", "{small}", "more", "still"], "'more still': foedus assess takes no more arguments"),
    (["case", "lst"], "command 'foedus case lst': there is no such command. Did you mean 'list'?"),
    (["report", "{small}", "--format", "pgn"], "--format 'pgn': there is no such choice. Did you mean 'png'?"),
    (["ensemble"], "ensemble: no place is named for the result. Say where it goes with --output DIR"),
    (["parameters", "--calibration", ""], "--calibration '': the name is empty. Leave it out"),
    (["years", "indo-pacific-2020@1990"], "every year is worked out, not one. Write indo-pacific-2020, or"),
    (["numbers", "{small}", "publicnes"], "Did you mean 'publicness'?"),
    (["numbers", "{small}", "KOR.trade"], "trade is set as KOR.trade.<other state>=value"),
    (["assess", "{small}", "--given", "="], "Write USA=agrees, or refuses"),
    (["case", "new", "x"], "case new: nothing says what is in the case. Give --from CASE"),
]


@pytest.mark.parametrize(("arguments", "words"), BAD)
def test_wrong_input_gets_a_sentence_and_code_2(
    arguments: list[str], words: str, small: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = ask(capsys, *(a.format(small=small) for a in arguments))
    assert code == 2
    assert err.startswith("error: ")  # one style, and no usage box
    assert err.count("\n") == 1
    assert re.sub(r"[\s│]+", " ", words) in re.sub(r"[\s│]+", " ", err + out)
    assert "Traceback" not in err


def test_the_parts_answer_alone(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, words in (
        (["explain", small, "japan"], "reprisals"),
        (["explain", small, "JPN", "--body", "all three"], "readiness of the body"),
        (["dispute", small], "As it is"),
        (["dispute", small, "KOR", "JPN"], "South Korea"),
        (["wedge", small, "--budget", "2"], "The bilateral star"),
        (["whatif", small, "--set", "japan.trade.china=0.5"], "gain from a council of all"),
        (["whatif", small, "--without", "dispute"], "Before and after"),
        (["parameters"], "treaty_reliability"),
        (["parameters", "--case", "asia-1953", "--set", "JPN.trade.CHN=0.125"], "0.125"),
        (["mechanisms"], "exposure"),
        (["case", "list"], "indo-pacific-2020"),
        (["case", "show", small, "--inputs"], "Every number of the case"),
        (["case", "schema", "case"], "json-schema"),
        (["compare", small, "--draws", "0"], "The same theory"),
    ):
        code, out, err = ask(capsys, *arguments)
        assert (code, err) == (0, ""), (arguments, err)
        assert words in out, arguments


def test_trade_moves_consent_the_way_the_theory_says(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "whatif", small, "--set", "japan.trade.china=0.5", "--json")
    rows = {r["item"]: r for r in rows_of(json.loads(out)["tables"]["gains"])}
    assert rows["Japan"]["change"] < 0


def test_a_new_case_says_what_is_missing_until_it_is_filled_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"
    code, out, _ = ask(
        capsys, "case", "new", str(folder), "--states", "USA,JPN,KOR", "--adversaries", "CHN", "--as-of", "2010-01-01"
    )
    assert (code, "Fill in the blanks (___)" in out) == (0, True)
    assert "{between: [USA, JPN], value: 10905}" in (folder / "relations.yaml").read_text()
    spaced = tmp_path / "my case"
    asked = ["--states", "USA,JPN,KOR", "--adversaries", "CHN", "--as-of", "2010-01-01"]
    assert f"foedus case check '{spaced}'" in ask(capsys, "case", "new", str(spaced), *asked)[1]
    for wrong in ("2953-01-01", "1700-01-01"):
        assert ask(capsys, "case", "new", str(tmp_path / "w"), *asked[:-1], wrong)[0] == 2
    code, _, err = ask(capsys, "case", "check", str(folder))
    assert code == 2
    assert "title: this blank (___) is not filled in" in err
    assert "states.USA.gdp.value: this blank" in err
    code, out, _ = ask(capsys, "case", "check", str(folder), "--format", "json")
    assert json.loads(out)[0]["what"]
    assert ask(capsys, "case", "new", str(folder), "--from", "asia-1953")[0] == 2
    copy = tmp_path / "copy"
    code, out, _ = ask(capsys, "case", "new", str(copy), "--from", "asia-1953")
    assert (code, "complete as it is" in out) == (0, True)
    code, _, err = ask(capsys, "case", "new", str(tmp_path / "y"), "--from", "asia-1953", "--states", "USA,JPN")
    assert (code, "Leave --states" in err) == (2, True)
    code, out, _ = ask(capsys, "case", "check", str(copy))
    assert (code, "no problems" in out) == (0, True)
    assert (
        ask(
            capsys, "case", "new", str(tmp_path / "x"), "--states", "USA,QQQ", "--adversaries", "CHN", "--as-of", "soon"
        )[0]
        == 2
    )
    assert not (tmp_path / "x").exists()


def test_pictures_are_written_as_svg_and_png(small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, svg, png = tmp_path / "p.html", tmp_path / "svg", tmp_path / "png"
    code, _, err = ask(
        capsys, "report", small, "--draws", "3", "--workers", "1", "-o", str(page), "--figures", str(svg)
    )
    assert code == 0, err
    assert {p.stem for p in svg.iterdir()} >= {
        "map",
        "forms",
        "blockers-everybody",
        "leverage",
        "wedge",
        "levers",
        "quarrel",
    }
    assert all("var(--" not in p.read_text() for p in svg.iterdir())
    code, _, err = ask(capsys, "report", small, "--draws", "0", "-o", str(page))
    assert (code, "there already" in err) == (2, True)
    pytest.importorskip("resvg_py", reason="PNG needs the extra 'plots'")
    code, _, err = ask(
        capsys,
        "report",
        small,
        "--draws",
        "0",
        "-o",
        str(page),
        "--overwrite",
        "--figures",
        str(png),
        "--format",
        "png",
    )
    assert code == 0, err
    assert all(p.read_bytes().startswith(b"\x89PNG") for p in png.iterdir())
