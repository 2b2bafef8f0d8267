"""What moves an answer and where a goal is reached, as a user asks for it."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import foedus
from casebook.casefiles import write_case
from cli.test_commands import ask
from foedus.surfaces.plain import document

pytest.importorskip("SALib", reason="sensitivity needs the extra 'sensitivity'")
pytest.importorskip("polars", reason="large ensembles need the extra 'data'")

GAIN = "gain of JPN from everybody"


def rows_of(record: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = next(s["tables"][name] for s in record["sections"] if name in s["tables"])
    return [dict(zip([c["name"] for c in found["columns"]], row, strict=True)) for row in found["rows"]]


@pytest.fixture
def small(tmp_path: Path) -> str:
    return str(write_case(tmp_path / "small"))


def test_sensitivity_by_every_method(small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "s"
    code, out, err = ask(
        capsys,
        "sensitivity",
        small,
        "--quantity",
        GAIN,
        "--method",
        "rank,tornado,morris,sobol",
        "--draws",
        "240",
        "--top",
        "3",
        "--engine",
        "serial",
        "-o",
        str(folder),
        "--figures",
        str(tmp_path / "f"),
        "--report",
        str(tmp_path / "moves.html"),
    )
    assert code == 0, err
    for words in (
        "Which numbers matter",
        "One at a time",
        "Elementary effects of Morris",
        "Variance shares of Sobol",
    ):
        assert words in out
        assert words in (tmp_path / "moves.html").read_text()
    rows = list(csv.DictReader((folder / "sensitivity.csv").open()))
    assert {r["method"] for r in rows} == {"rank", "tornado", "morris", "sobol"}
    assert len({r["rounds"] for r in rows if r["method"] == "sobol"}) == 2  # how far they have settled
    drawn = {"matters", "tornado", "morris", "sobol", "settling-rank", "settling-sobol"}
    assert {p.stem for p in (tmp_path / "f").glob("*.svg")} == drawn
    fear = [float(r["value"]) for r in rows if (r["number"], r["method"]) == ("grievance JPN KOR", "rank")]
    assert fear[-1] < -0.3  # a grievance against a fellow member makes the council worth less


def test_boxes_in_a_case_and_in_a_folder_are_the_same(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    goal = ["--goal", f"{GAIN} > 0", "--json"]
    code, fresh, err = ask(capsys, "discover", small, *goal, "--draws", "200", "--workers", "1")
    assert code == 0, err
    ask(
        capsys,
        "ensemble",
        small,
        "-o",
        str(tmp_path / "e"),
        "--draws",
        "200",
        "--questions",
        "blocks",
        "--workers",
        "1",
    )
    code, kept, err = ask(capsys, "discover", str(tmp_path / "e"), *goal, "-o", str(tmp_path / "d"))
    assert code == 0, err
    one, other = json.loads(fresh), json.loads(kept)
    assert one["kind"] == "discovery"
    assert one["sections"] == other["sections"]
    advised = [r for r in rows_of(one, "trade_off") if r["role"] == "advised"]
    assert advised[0]["density"] > one["made"]["hits"] / one["made"]["draws"]
    assert {p.name for p in (tmp_path / "d").iterdir()} == {
        "boxes.csv",
        "within_ranges.csv",
        "steps.csv",
        "trade_off.csv",
        "csv-metadata.json",
        "record.json",
        "manifest.json",
    }


def test_the_page_shows_what_moves_the_answer_where_draws_can_tell(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for draws, told in (("150", True), ("3", False)):
        page = tmp_path / f"{draws}.html"
        drawn = ("--calibration", "record-1817-2016", "--draws", draws, "--workers", "1")
        code, _, err = ask(capsys, "report", "asia-1953", *drawn, "-o", str(page))
        assert code == 0, err
        assert ("draws cannot tell which of" in page.read_text()) != told


BAD = [
    (["sensitivity", "{small}", "--method", "sobl"], "Did you mean 'sobol'"),
    (["sensitivity", "{small}", "--draws", "5"], "5 draws are too few"),
    (["sensitivity", "{small}", "--draws", "0"], "0 rounds tell nothing"),
    (["discover", "{small}", "--draws", "-1"], "-1 is not a number of draws"),
    (
        ["report", "{small}", "--explored", "nowhere"],
        "this is no folder that foedus sensitivity or foedus discover wrote",
    ),
    (["sensitivity", "{small}", "--quantity", "chance of rain"], "no quantity a claim can ask for"),
    (["sensitivity", "{small}", "--quantity", "rain|a|b|c"], "no question has such an answer"),
    (["sensitivity", "{small}", "--top", "0"], "0 is not a number of numbers"),
    (["sensitivity", "{small}", "--method", "morris", "--draws", "20"], "too few for Morris"),
    (["sensitivity", "{small}", "--engine", "spark"], "there is no such engine"),
    (["sensitivity", "{small}", "-o", "{small}"], "there already"),
    (["sensitivity", "{small}", "--report", "{small}"], "there already"),
    (["discover", "{small}", "--figures", "{small}"], "there already"),
    (["sensitivity", "{small}", "--law", "holding=habits"], "Did you mean 'habit'"),
    (["discover", "{small}", "--law", "holding"], "holding"),
    (["sensitivity", "{small}", "--without", "exposur"], "Did you mean 'exposure'"),
    (["discover", "{small}", "--goal", "peace"], "there is no such goal"),
    (["discover", "{small}", "--goal", "chance of a body > much"], "'much' is no number to compare with"),
    (["discover", "{small}", "--goal", "chance of a body >"], "'' is no number to compare with"),
    (["discover", "{small}", "--goal", "chance of a body > nan"], "'nan' is no number to compare with"),
    (["discover", "{small}", "--boxes", "0"], "0 is not a number of boxes"),
    (["discover", "{small}", "--draws", "30"], "marks out no region"),
    (["discover", "nowhere"], "there is no such case"),
]


@pytest.mark.parametrize(("arguments", "words"), BAD)
def test_wrong_input_gets_a_sentence(
    arguments: list[str], words: str, small: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = ask(capsys, *(a.format(small=small) for a in arguments))
    assert code == 2
    assert words in re.sub(r"[\s│]+", " ", err + out)
    assert "Traceback" not in err


def test_the_page_says_what_few_draws_cannot_tell_and_shows_what_was_explored(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moves, where = str(tmp_path / "moves"), str(tmp_path / "where")
    ask(
        capsys,
        "sensitivity",
        small,
        "--quantity",
        GAIN,
        "--method",
        "rank,sobol",
        "--draws",
        "120",
        "--top",
        "3",
        "-o",
        moves,
    )
    ask(capsys, "discover", small, "--goal", f"{GAIN} > 0", "--draws", "150", "-o", where)
    page = tmp_path / "few.html"
    few = ("report", small, "--draws", "5", "--workers", "1", "-o", str(page))
    code, _, err = ask(capsys, *few, "--explored", moves, "--explored", where)
    assert code == 0, err
    text = page.read_text()
    assert "5 draws cannot tell which of" in text
    for words in (
        f"What moves the {GAIN}",
        f"Where {GAIN} &gt; 0",
        "Variance shares of Sobol",
        "Coverage against density",
        *(f'id="figure-{key}"' for key in ("explored-1-sobol", "explored-2-boxes", "explored-2-trade-off")),
    ):
        assert words in text, words
    for name, old, new in (("digit", b'"draws": 1', b'"draws": 9'), ("deep", b"{", b'{"a":' * 5000)):
        spoilt = tmp_path / name
        shutil.copytree(moves, spoilt)
        kept = (spoilt / "record.json").read_bytes()
        assert old in kept
        (spoilt / "record.json").write_bytes(kept.replace(old, new, 1))
    for folder, more, words in (
        (str(tmp_path / "digit"), (), "the record is not as it was written"),
        (str(tmp_path / "deep"), (), "this is no folder that foedus sensitivity or foedus discover wrote"),
        (small, (), "this is no folder that foedus sensitivity or foedus discover wrote"),
        (moves, ("--without", "exposure"), "about another question: without differ"),
    ):
        code, out, err = ask(capsys, *few, "--overwrite", "--explored", folder, *more)
        assert code == 2
        assert words in re.sub(r"[\s│]+", " ", err + out)
    out = ask(capsys, "assess", small, "--draws", "5", "--workers", "1")[1]
    assert "5 draws cannot tell which of" in " ".join(out.split())


def test_explorations_say_everything_they_depend_on_and_come_out_the_same(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = []
    for workers in ("1", "2"):
        monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path / f"cache{workers}"))
        for command, *more in (
            ("sensitivity", "--method", "rank,morris,sobol", "--over", "inputs", "--top", "2", "--draws", "64"),
            ("discover", "--goal", f"{GAIN} > 0", "--draws", "150"),
        ):
            folder = tmp_path / f"{command}{workers}"
            quantity = ("--quantity", GAIN) if command == "sensitivity" else ()
            code, _, err = ask(
                capsys, command, small, *quantity, *more, "--seed", "7", "--workers", workers, "-o", str(folder)
            )
            assert code == 0, err
            record = json.loads((folder / "record.json").read_text())
            made = record["made"]["made_with"]
            assert {
                "foedus",
                "code",
                "numpy",
                "case_sha256",
                "parameters",
                "changes",
                "without",
                "laws",
                "draws",
                "inputs",
            } <= set(made)
            assert record["made"]["seed"] == 7
        kept.append(
            {
                p.name: p.read_bytes()
                for c in ("sensitivity", "discover")
                for p in (tmp_path / f"{c}{workers}").iterdir()
            }
        )
    assert kept[0] == kept[1]


def test_ranks_of_a_folder_are_those_of_the_case(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "e")
    code, _, err = ask(
        capsys, "ensemble", small, "-o", folder, "--draws", "80", "--questions", "blocks", "--workers", "1"
    )
    assert code == 0, err
    both = [
        json.loads(ask(capsys, "sensitivity", source, "--quantity", GAIN, *more, "--json")[1])
        for source, more in ((small, ("--method", "rank", "--draws", "80")), (folder, ()))
    ]
    assert rows_of(both[0], "sensitivity") == rows_of(both[1], "sensitivity")
    assert both[1]["made"]["made_with"]["finished"] == 80
    code, out, err = ask(capsys, "sensitivity", folder, "--method", "sobol")
    assert (code, "it plays rounds of its own" in re.sub(r"[\s│]+", " ", err + out)) == (2, True)


def test_indices_of_a_calibration_say_what_they_mean(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = ask(
        capsys,
        "sensitivity",
        small,
        "--quantity",
        "weakest consent to everybody",
        "--over",
        "parameters",
        "--calibration",
        "record-1817-2016",
        "--method",
        "rank,sobol",
        "--draws",
        "210",
        "--top",
        "6",
        "--workers",
        "1",
        "-o",
        str(tmp_path / "s"),
    )
    assert code == 0, err
    assert "The calibration draws these together: loss at stake" in out
    assert "what stays if all others were known" in " ".join(out.split())
    record = json.loads((tmp_path / "s" / "record.json").read_text())
    assert "decision_noise" in record["made"]["drawn_together"]
    (said,) = next(s for s in record["sections"] if s["key"] == "together")["says"]
    assert "total may be the smaller" in said


def test_what_python_returns_is_told_as_the_command_line_tells_it(
    small: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ask(capsys, "sensitivity", small, "--quantity", GAIN, "--method", "rank", "--draws", "80", "--json")[1]
    record = foedus.sensitivity(small, GAIN, methods=("rank",), draws=80, engine="serial").record
    assert json.loads(document(record)) == json.loads(out)


def test_a_folder_of_draws_cannot_be_changed(small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "e")
    ask(capsys, "ensemble", small, "-o", folder, "--draws", "10", "--engine", "serial")
    for option in (("--law", "holding=habit"), ("--set", "treaty_fee=0.01"), ("--without", "exposure")):
        for command in ("sensitivity", "discover"):
            code, out, err = ask(capsys, command, folder, *option)
            assert (code, f"{option[0]}: the draws of" in re.sub(r"[\s│]+", " ", err + out)) == (2, True)
