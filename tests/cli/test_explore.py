"""What moves an answer and where a goal is reached, as a user asks for it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from cli.test_commands import ask
from facts.casefiles import write_case

pytest.importorskip("SALib", reason="sensitivity needs the extra 'sensitivity'")
pytest.importorskip("polars", reason="large ensembles need the extra 'data'")

GAIN = "gain of JPN from everybody"


@pytest.fixture
def small(tmp_path: Path) -> str:
    return str(write_case(tmp_path / "small"))


def test_sensitivity_by_every_method(small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "s"
    code, out, err = ask(
        capsys, "sensitivity", small, "--quantity", GAIN, "--method", "rank,tornado,morris,sobol", "--draws", "172",
        "--top", "3", "--engine", "serial", "-o", str(folder),
    )  # fmt: skip
    assert code == 0, err
    for words in (
        "Partial rank correlations",
        "One at a time",
        "Elementary effects of Morris",
        "Variance shares of Sobol",
    ):
        assert words in out
    rows = list(csv.DictReader((folder / "sensitivity.csv").open()))
    assert {r["method"] for r in rows} == {"rank", "tornado", "morris", "sobol"}
    assert len({r["rounds"] for r in rows if r["method"] == "sobol"}) == 2  # how far they have settled
    assert {p.stem for p in folder.glob("*.svg")} == {"ranks", "tornado", "effects", "variance", "settling"}
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
    assert one["boxes"] == other["boxes"]
    assert one["trade_off"] == other["trade_off"]
    advised = [r for r in one["trade_off"] if r["role"] == "advised"]
    assert advised[0]["density"] > one["hits"] / one["draws"]
    assert {p.name for p in (tmp_path / "d").iterdir()} == {
        "boxes.csv", "trade_off.csv", "boxes.svg", "trade-off.svg", "record.json",
    }  # fmt: skip


def test_the_page_shows_what_moves_the_answer_where_draws_can_tell(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for draws, told in (("60", True), ("3", False)):
        page = tmp_path / f"{draws}.html"
        code, _, err = ask(capsys, "report", small, "--draws", draws, "--workers", "1", "-o", str(page))
        assert code == 0, err
        assert ("Which uncertain numbers move it" in page.read_text()) == told


BAD = [
    (["sensitivity", "{small}", "--method", "sobl"], "Did you mean 'sobol'"),
    (["sensitivity", "{small}", "--draws", "5"], "5 draws are too few"),
    (["sensitivity", "{small}", "--quantity", "chance of rain"], "no quantity a claim can ask for"),
    (["sensitivity", "{small}", "--quantity", "rain|a|b|c"], "no question has such an answer"),
    (["sensitivity", "{small}", "--top", "0"], "0 is not a number of numbers"),
    (["sensitivity", "{small}", "--method", "morris", "--draws", "20"], "too few for Morris"),
    (["sensitivity", "{small}", "--engine", "spark"], "there is no such engine"),
    (["sensitivity", "{small}", "-o", "{small}"], "there already"),
    (["discover", "{small}", "--goal", "peace"], "there is no such goal"),
    (["discover", "{small}", "--goal", "chance of a body > much"], "there is no such goal"),
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
