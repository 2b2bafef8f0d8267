"""The command that looks at one system."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.cli.main import run


def test_without_a_name_the_systems_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    run(["system"])
    out = capsys.readouterr().out
    for name in ("san-francisco", "nato", "quad", "japan-korea", "nato-in-asia", "wedge"):
        assert name in out


def test_a_system_is_shown_with_a_table_and_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "wedge.html"
    run(["system", "wedge", "--table", "episodes", "--report", str(page)])
    out = capsys.readouterr()
    assert "Model and record" in out.out
    assert "Coercion on record" in out.out
    assert str(page) in out.err
    assert "<h1>Beijing&#39;s wedge</h1>" in page.read_text()


def test_json_is_plain_and_carries_what_it_rests_on(capsys: pytest.CaptureFixture[str]) -> None:
    run(["system", "wedge", "--json", "--without", "dispute"])
    data = json.loads(capsys.readouterr().out)
    made = data["made"]
    assert (made["system"], made["without"]) == ("wedge", "dispute")
    assert set(made["hashes"]) == {"indo-pacific-2020"}
    tables = next(s for s in data["sections"] if s["key"] == "tables")["tables"]
    assert len(tables["episodes"]["rows"]) == 17
    assert {"seed", "parameters", "foedus"} <= set(made)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["wegde"], "Did you mean"),
        (["wedge", "--without", "gravity"], "there is no such mechanism"),
        (["quad", "--every-year"], "has no shorter choice of years"),
        (["wedge", "--table", "prices"], "has no such table"),
        (["wedge", "--report", "{here}/taken.html"], "is there already"),
        (["wedge", "--report", "{here}/taken.html/page.html"], "page.html"),
    ],
)
def test_wrong_input_ends_with_a_sentence(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken.html").write_text("mine")
    with pytest.raises(SystemExit) as caught:
        run(["system", *[a.format(here=tmp_path) for a in arguments]])
    error = capsys.readouterr().err
    assert caught.value.code == 2
    assert words in error
    assert "Traceback" not in error
    assert (tmp_path / "taken.html").read_text() == "mine"
