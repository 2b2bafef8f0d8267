"""What CONTRIBUTING promises, done in a copy: one file is a question; one file and one line are a term of utility."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.casefiles import write_case

ROOT = Path(__file__).parents[2]

LOOK = """
import io, sys
from foedus.cli.main import run
try:
    run(sys.argv[1:])
except SystemExit as end:
    print("EXIT", end.code)
from foedus.methods.phrases import KEPT
from foedus.questions.columns import describe
from foedus.questions.listing import QUESTIONS
from foedus.trials.queries import PHRASES
for measure in QUESTIONS["needed"].measures if "needed" in QUESTIONS else ():
    column = describe(measure("KOR"))
    print("COLUMN", column.name, column.unit, column.meaning)
    print("CLAIM", measure in PHRASES, "KEPT", measure in KEPT)
"""


def worked_examples() -> dict[str, str]:
    """Return the files that CONTRIBUTING shows, by the path that stands in the first line of each."""
    found = {}
    for block in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("```python\n# ")[1:]:
        path, _, text = block.partition("```")[0].partition("\n")
        found[path.strip()] = text
    return found


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of package and tools with both examples in it, its plan built anew."""
    home = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "src", home / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tools", home / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    examples = worked_examples()
    for path in ("src/foedus/questions/who_is_needed.py", "src/foedus/mechanisms/utility/prestige.py"):
        assert not (home / path).exists()
        (home / path).write_text(examples[path], encoding="utf-8")
    table = home / "src" / "foedus" / "model" / "parameters.py"
    head = "PARAMETERS: Final[tuple[Parameter, ...]] = (\n"
    before = table.read_text(encoding="utf-8")
    assert head in before
    table.write_text(before.replace(head, head + examples["src/foedus/model/parameters.py"]), encoding="utf-8")
    done(home, sys.executable, "tools/build_plan.py")
    write_case(home / "small")
    return home


def done(home: Path, *command: str) -> str:
    """Run a command on the code of the copy, uncompiled, and return what it says."""
    about = {
        **os.environ,
        "PYTHONPATH": str(home / "src"),
        "NUMBA_DISABLE_JIT": "1",
        "FOEDUS_CACHE": str(home / "cache"),
        "COLUMNS": "200",
    }
    found = subprocess.run(command, cwd=home, env=about, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr[-3000:]
    return found.stdout


def test_a_question_and_a_term_are_everywhere_once_their_files_are_there(copy: Path) -> None:
    said = done(copy, sys.executable, "-c", LOOK, "assess", "small", "--draws", "2", "--workers", "1")
    assert "EXIT" not in said or "EXIT 0" in said
    assert "Who is needed" in said
    assert "prest." in said
    assert "COLUMN needed||KOR|share share" in said
    assert "CLAIM True KEPT True" in said


def test_the_term_is_in_the_sum_and_can_be_switched_off(copy: Path) -> None:
    look = (
        "from foedus.mechanisms import COMPONENTS, MECHANISMS\n"
        "from foedus.simulation.appraisal import switch_off\n"
        "from foedus.model.parameters import Parameters\n"
        "print(COMPONENTS[-1], switch_off(Parameters(), ['prestige'])['prestige_value'])"
    )
    assert done(copy, sys.executable, "-c", look).split() == ["prestige", "0.0"]
    assert "terms[8] = prestige" in (copy / "src/foedus/simulation/plan.py").read_text(encoding="utf-8")


def test_an_ensemble_keeps_the_new_measure(copy: Path) -> None:
    pytest.importorskip("polars")
    run = ("ensemble", "small", "--draws", "4", "--questions", "needed", "--workers", "1", "--output", "kept")
    done(copy, sys.executable, "-m", "foedus", *run)
    assert "needed||KOR|share" in (copy / "kept" / "manifest.json").read_text(encoding="utf-8")
