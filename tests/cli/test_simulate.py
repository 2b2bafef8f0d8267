"""The command that runs a case through the years: right, wrong, explained, and told as a page."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from casebook.casefiles import write_case
from casebook.yearly import write_yearly_case
from cli.test_commands import ask

ROOT = Path(__file__).parents[2]
SIZE = ("--from", "1996", "--to", "2000", "--runs", "4", "--workers", "1")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_yearly_case(tmp_path_factory.mktemp("simulate") / "small"))


def test_the_answer_says_what_was_held_and_how_to_go_on(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ask(capsys, "simulate", small, "--from", "2009", "--to", "2012", "--runs", "3", "--workers", "1")
    assert (code, err) == (0, "")
    for words in (
        "A pact with Japan",
        "What the hub has",
        "Against the record",
        "After 2010 the last yearly values are held",
        "--explain RUN.NUMBER",
    ):
        assert words in out


def test_files_page_and_explanation_tell_the_same_story(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, page = tmp_path / "out", tmp_path / "page.html"
    code, out, err = ask(capsys, "simulate", small, *SIZE, "--output", str(folder), "--report", str(page), "--json")
    assert code == 0, err
    record, manifest = json.loads(out), json.loads((folder / "manifest.json").read_text())
    assert record == json.loads((folder / "record.json").read_text())
    assert manifest["hashes"] == record["made"]["hashes"]
    for name, about in manifest["files"].items():
        rows = list(csv.reader((folder / name).open()))
        assert rows[0] == [c["name"] for c in about["columns"]]
        assert len(rows) == about["rows"] + 1
    text = page.read_text()
    assert text.startswith("<!doctype html>")
    assert text.count("<figure") == sum(len(s["charts"]) for s in record["sections"]) >= 4
    assert re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="http', text) == []
    log = list(csv.DictReader((folder / "events.csv").open()))
    decided = next(r for r in log if r["happening"] in ("formed", "refused", "signed", "leaves"))
    code, out, _ = ask(capsys, "simulate", small, *SIZE, "--explain", decided["event"], "--json")
    told = json.loads(out)
    assert told["title"] == f"{decided['year']}: {decided['text']}"
    for row in told["rows"]:
        terms = sum(
            row[c] for c in ("security", "burden", "leverage", "autonomy", "exposure", "dispute", "platform", "fee")
        )
        assert row["gain"] == pytest.approx(terms - (row["pain"] or 0))
        if row["draw"] is not None:
            assert (row["draw"] < row["probability"]) == (row["decides"] in ("agrees", "leaves"))
    code, out, _ = ask(capsys, "simulate", small, *SIZE, "--run", decided["run"], "--trace", "--json")
    assert {r["event"] for r in json.loads(out)["rows"]} == {r["event"] for r in log if r["run"] == decided["run"]}


def test_what_is_set_holds_in_every_year(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ask(
        capsys,
        "simulate",
        small,
        *SIZE,
        "--fixed",
        "--blank-slate",
        "--set",
        "loss_at_stake=0.001",
        "--set",
        "platform_value=0",
        "--without",
        "wedge",
        "--json",
    )
    record = json.loads(out)
    assert code == 0
    asked = record["made"]["asked"]
    assert asked["fixed"]
    assert asked["blank_slate"]
    assert asked["without"] == ["wedge"]
    # with nothing at stake and nowhere to talk, no treaty of two is ever worth signing to both
    forms = next(s for s in record["sections"] if s["key"] == "forms")["tables"]["forms-every-year"]
    star = [c["name"] for c in forms["columns"]].index("star")
    assert len(forms["rows"]) == 5
    assert all(row[star] == 0 for row in forms["rows"])


BAD = [
    (["--from", "2000", "--to", "1996"], "2000 is after 1996. Write --from 1996 --to 2000"),
    (["--from", "1950"], "1950 is outside. Give years from 1990 to 2040"),
    (["--to", "2090"], "2090 is outside"),
    (["--runs", "0"], "0 is not a number of runs. Give 1 to 10,000,000"),
    (["--runs", "-3"], "-3 is not a number of runs"),
    (["--runs", "many"], "is not a whole number"),
    (["--seed", "-1"], "-1 is negative"),
    (["--workers", "0"], "0 is not a number of processes"),
    (["--without", "exposur"], "Did you mean 'exposure'"),
    (["--set", "turnover_rat=0.1"], "Did you mean 'turnover_rate'"),
    (["--set", "coercion_budget=-1"], "-1.0 is outside"),
    (["--explain", "first"], "this is no event of the log"),
    (["--explain", "9.1", "--runs", "3"], "there are 3 runs. Give 0 to 2"),
    (["--explain", "0.99999", "--from", "2000", "--to", "2000"], "run 0 has"),
    (["--run", "-1", "--trace"], "Give 0 to"),
]


@pytest.mark.parametrize(("arguments", "words"), BAD)
def test_wrong_input_gets_a_sentence_and_code_2(
    arguments: list[str], words: str, small: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = ask(capsys, "simulate", small, *arguments)
    assert code == 2
    assert re.sub(r"[\s│]+", " ", words) in re.sub(r"[\s│]+", " ", err + out)
    assert "Traceback" not in err


def test_a_place_that_is_taken_and_a_case_without_years(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = ask(capsys, "simulate", small, *SIZE, "--output", str(tmp_path))
    assert (code, "this is there already" in err) == (2, True)
    still = str(write_case(tmp_path / "still"))
    code, _, err = ask(capsys, "simulate", still, "--from", "1990", "--to", "1999")
    assert (code, "this case has no yearly data" in err) == (2, True)


def test_the_page_of_the_docs_names_options_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "simulate", "--help")
    text = (ROOT / "docs" / "simulate.md").read_text()
    named = set(re.findall(r"--[a-z][a-z-]+", text))
    assert len(named) > 8
    assert {n for n in named if n not in out} == set()
