"""What CONTRIBUTING promises, done in a copy of the package, each in as few files as it says."""

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


MOST = {"A question": 1, "A mechanism": 2, "A law of decision": 1, "A data set": 1, "A case": 0, "A page": 1}
"""Files that the worked example of each recipe may have, tests and what is made by tools apart; a case is YAML alone."""


def recipes() -> dict[str, dict[str, str]]:
    """Return the files that each recipe of CONTRIBUTING shows, by the path that stands in the first line of each."""
    found: dict[str, dict[str, str]] = {}
    for part in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("\n## ")[1:]:
        title, _, text = part.partition("\n")
        blocks = [b.partition("```")[0].partition("\n") for b in text.split("```python\n# ")[1:]]
        found[title] = {path.strip(): shown for path, _, shown in blocks}
    return found


def worked_examples() -> dict[str, str]:
    """Return every file that CONTRIBUTING shows."""
    return {path: text for files in recipes().values() for path, text in files.items()}


def commands(title: str) -> list[str]:
    """Return the commands that a recipe shows."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition(f"\n## {title}")[2].partition("\n## ")[0]
    return text.partition("```sh\n")[2].partition("```")[0].splitlines()


PLACES = {
    "src/foedus/model/parameters.py": "PARAMETERS: Final[tuple[Parameter, ...]] = (\n",
    "src/foedus/mechanisms/decisions/holding.py": '\n}\n"""How a member decides whether to stay',
}
"""Where a worked example of a few lines is put into a file that is there."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of package and tools with all examples in it, its plan built anew."""
    home = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "src", home / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tools", home / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", home)  # what tools write is formatted by the rules of the house
    examples = worked_examples()
    for path, text in examples.items():
        if path in PLACES:
            before = (home / path).read_text(encoding="utf-8")
            assert before.count(PLACES[path]) == 1
            put = PLACES[path].replace("\n}", f"\n{text}}}") if "}" in PLACES[path] else PLACES[path] + text
            (home / path).write_text(before.replace(PLACES[path], put), encoding="utf-8")
        else:
            assert not (home / path).exists()
            (home / path).write_text(text, encoding="utf-8")
    done(home, sys.executable, "tools/build_plan.py")
    write_case(home / "small")
    return home


def done(home: Path, *command: str, **more: str) -> str:
    """Run a command on the code of the copy, uncompiled, and return what it says."""
    about = {
        **os.environ,
        "PYTHONPATH": str(home / "src"),
        "NUMBA_DISABLE_JIT": "1",
        "FOEDUS_CACHE": str(home / "cache"),
        "COLUMNS": "200",
        **more,
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
    plan = (copy / "src/foedus/simulation/plan.py").read_text(encoding="utf-8")
    assert "terms[8] = prestige" in plan
    assert len(plan.splitlines()) <= 400, "what tools make has to leave room for a term within the length of a module"


def test_an_ensemble_keeps_the_new_measure(copy: Path) -> None:
    pytest.importorskip("polars")
    run = ("ensemble", "small", "--draws", "4", "--questions", "needed", "--workers", "1", "--output", "kept")
    done(copy, sys.executable, "-m", "foedus", *run)
    assert "needed||KOR|share" in (copy / "kept" / "manifest.json").read_text(encoding="utf-8")


def test_no_recipe_takes_more_files_than_it_says() -> None:
    found = recipes()
    for begins, most in MOST.items():
        (files,) = (shown for title, shown in found.items() if title.startswith(begins))
        assert len(files) == most, begins


def test_a_variant_is_one_entry_and_can_be_asked_for_everywhere(copy: Path) -> None:
    foedus = (sys.executable, "-m", "foedus")
    assert "habit, inertia, never" in done(copy, *foedus, "mechanisms", "--json")
    by_default = done(copy, *foedus, "assess", "small", "--draws", "0", "--json")
    assert done(copy, *foedus, "assess", "small", "--draws", "0", "--json", "--law", "holding=never") != by_default
    assert "holding=never" in done(copy, *foedus, "ablate", "small", "--workers", "1")
    look = "import sys; sys.path.insert(0, 'tools'); import build_docs; print(build_docs.mechanism_page('holding'))"
    assert "**never** (`foedus assess CASE --law holding=never`)" in done(copy, sys.executable, "-c", look)


def test_a_data_set_is_read_once_its_file_is_there(copy: Path) -> None:
    pytest.importorskip("polars")
    published = copy / "published"
    published.mkdir()
    (published / "summits_v1.csv").write_text("state1,state2,year,n\n2,740,1990,3\n2,732,1990,-9\n", encoding="utf-8")
    foedus = (sys.executable, "-m", "foedus", "data")
    assert "summits" in done(copy, *foedus, "import", "published", "--store", "store")
    assert '"data_set": "summits"' in done(copy, *foedus, "status", "--store", "store", "--json")
    assert "Nobody (2020). Summits" in done(copy, *foedus, "cite", "--store", "store")
    look = "from foedus.archive.store import Store; print(Store('store').table('summits').rows())"
    rows = done(copy, sys.executable, "-c", look)
    assert "3" in rows
    assert "None" in rows
    assert "-9" not in rows


ELSEWHERE = """
import sys
from pathlib import Path
from foedus.casebook import reader
from foedus.cli.main import run
reader.library_folder = lambda: Path("src/foedus/library/cases").absolute()
run(sys.argv[1:])
"""
"""The package as it is, compiled, whose library lies in the folder where it is called: a case is YAML alone."""


def test_a_case_is_a_folder(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src/foedus/library/cases", tmp_path / "src/foedus/library/cases")
    lines = [line.split() for line in commands("A case")]
    assert [words[:2] for words in lines] == [["foedus", "case"], ["foedus", "case"], ["foedus", "assess"]]
    plain = {"PYTHONPATH": str(ROOT / "src"), "NUMBA_DISABLE_JIT": "0"}
    for words in lines:
        more = ["--draws", "0"] if words[1] == "assess" else []
        said = done(tmp_path, sys.executable, "-c", ELSEWHERE, *words[1:], *more, **plain)
    assert "East Asia" in said
    assert "my-asia" in done(tmp_path, sys.executable, "-c", ELSEWHERE, "case", "list", **plain)


def test_a_page_is_a_list_of_sections(copy: Path) -> None:
    done(copy, sys.executable, "my_page.py")
    page = (copy / "page.html").read_text(encoding="utf-8")
    for words in ("A note", "My own reading", "The star is all there is.", "All numbers", "<svg"):
        assert words in page
