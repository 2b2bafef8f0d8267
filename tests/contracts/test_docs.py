"""Documentation that cannot rot: generated pages are current, and the tutorial runs."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

import pytest

import foedus
from foedus.cli.main import run

ROOT = Path(__file__).parents[2]


def test_generated_pages_are_those_of_the_code() -> None:
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "tools" / "build_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages = module.pages()
    for path, text in pages.items():
        assert (ROOT / "docs" / path).read_text() == text, f"run: make docs ({path})"
    assert (ROOT / "ARCHITECTURE.md").read_text() == module.house(), "run: make docs (ARCHITECTURE.md)"
    listed = {f"mechanisms/{p.name}" for p in (ROOT / "docs" / "mechanisms").glob("*.md")}
    assert listed <= set(pages)


def test_pages_of_systems_are_of_the_cases_of_now() -> None:
    """A fact that changes makes numbers of these pages wrong; only making them anew (some minutes) mends that."""
    seen = 0
    for page in sorted((ROOT / "docs" / "systems").glob("*.md")):
        for name, begun in re.findall(r"`([a-z0-9-]+)` \(([0-9a-f]{10})\)", page.read_text()):
            seen += 1
            assert foedus.read_case(name).sha256.startswith(begun), f"run: python tools/build_systems.py {page.stem}"
    assert seen >= 10


def test_the_readme_says_of_forecasts_what_their_page_says() -> None:
    page, readme = (ROOT / "docs" / "forecast.md").read_text(), (ROOT / "README.md").read_text()
    for row, words in (("all", "On {n} dated questions"), ("asked beforehand", "on the {n} asked beforehand")):
        found = re.search(rf"^\| {row} \| (\d+) \| \d+ \| 0(\.\d+) \| 0(\.\d+) \|$", page, re.M)
        assert found is not None
        assert words.format(n=found[1]) in readme
        assert f"{found[2]} against {found[3]}" in readme


def test_links_lead_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\((?!https?://)([^)#]+)\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_command_of_the_tutorial_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs" / "tutorial.md").read_text()
    commands = [
        line
        for block in re.findall(r"```sh\n(.*?)```", text, re.S)
        for line in block.splitlines()
        if line.startswith("foedus")
    ]
    assert len(commands) >= 10
    for line in commands:
        code = 0
        try:
            run(shlex.split(line)[1:])
        except SystemExit as stop:
            code = int(stop.code or 0)
        # a fresh case is full of blanks, and checking it has to say so
        assert code == (2 if line == "foedus case check my-case" else 0), line
    for block in re.findall(r"```python\n(.*?)```", text, re.S):
        exec(compile(block, "tutorial", "exec"), {})


SAID = {"Europe 1949": "europe-1949", "Asia 1953": "asia-1953", "Indo-Pacific 2020": "indo-pacific-2020"}


def test_what_the_page_of_calibration_says_of_answers_is_what_comes_out() -> None:
    text = (ROOT / "docs" / "calibration.md").read_text()
    for label, case in SAID.items():
        default = foedus.assess(case, draws=0).value("forms|body||probability")
        known = foedus.assess(case, calibration="record-1817-2016", draws=60).band("forms|body||probability")
        row = re.search(rf"\| {label} \| (\d+) % \| (\d+) % \((\d+)–(\d+)\) \|", text)
        assert row is not None, label
        now = [100 * v for v in (default, known.default, known.low, known.high)]
        # a parameter more makes another sample of the same ranges, which moves the ends of a band by chance
        apart = [abs(float(said) - v) for said, v in zip(row.groups(), now, strict=True)]
        assert all(a <= most for a, most in zip(apart, (0.6, 0.6, 2.0, 2.0), strict=True)), f"{row[0]} is now {now}"
