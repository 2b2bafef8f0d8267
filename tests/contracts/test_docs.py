"""Documentation that cannot rot: generated pages are current, and the tutorial runs."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

import pytest

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
