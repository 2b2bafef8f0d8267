"""Digests: a draw depends on what it imports, and on nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from foedus.casebook.reader import read_case
from foedus.draws.digest import SOURCE, closure, code_digest, difference, fingerprint, roots_of
from foedus.methods.sweep import Sweep
from foedus.model.parameters import Parameters
from foedus.questions.assessment import Task
from foedus.trials.queries import read_query

ASSESSMENT = "foedus.questions.assessment"


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the source that may be changed; every change stays."""
    place = tmp_path_factory.mktemp("source")
    shutil.copytree(SOURCE / "foedus", place / "foedus", ignore=shutil.ignore_patterns("__pycache__", "library"))
    return place


def _digest_after(other: Path, file: str, root: str = ASSESSMENT) -> str:
    """Return the digest of a copy in which a comma stands in a file that was not there before."""
    path = other / "foedus" / file
    kept = path.read_text()
    path.write_text(kept + "# ,\n")
    digest: str = code_digest.__wrapped__(root, source=other)
    path.write_text(kept)
    return digest


@pytest.mark.parametrize("file", ["cli/assess.py", "reports/page.py", "archive/store.py", "asking/about_a_case.py"])
def test_what_a_draw_does_not_import_leaves_its_digest_alone(other: Path, file: str) -> None:
    assert _digest_after(other, file) == code_digest(ASSESSMENT)


@pytest.mark.parametrize(
    "file",
    [
        "mechanisms/utility/fee.py",  # found by folder, no import names it
        "mechanisms/decisions/consent.py",
        "simulation/plan.py",
        "kernels/compiled.py",
        "kernels/contest.py",
        "casebook/case.py",
        "draws/sampling.py",
        "questions/what_a_wedge_costs.py",
        "questions/assessment.py",
        "version.py",
        "model/__init__.py",
    ],
)
def test_what_a_draw_imports_moves_its_digest(other: Path, file: str) -> None:
    assert _digest_after(other, file) != code_digest(ASSESSMENT)


def test_every_kind_of_draw_has_its_own() -> None:
    assert "foedus.years.runs" not in closure((ASSESSMENT,))
    assert len({code_digest(m) for m in (ASSESSMENT, "foedus.years.runs", "foedus.trials.hearing")}) == 3


def test_a_module_that_is_loaded_by_its_name_written_out_counts() -> None:
    assert "foedus.methods.variance" in closure(("foedus.methods.importance",))


def test_what_a_sweep_is_asked_in_words_counts() -> None:
    case = read_case("indo-pacific-2020")
    ask = read_query(case, "gain of KOR from everybody").ask
    task = Task(case, Parameters(), {}, (), ())
    assert "foedus.trials.queries" in closure(roots_of(Sweep(task, asked=(("gain", ask),))))
    assert "foedus.trials.queries" not in closure(roots_of(Sweep(task)))
    assert Sweep(task).identity()["code"] == code_digest("foedus.methods.sweep")


def test_fingerprints_tell_what_differs() -> None:
    mine = fingerprint()
    assert difference(mine, mine) == ""
    assert difference(mine, {**mine, "numpy": "0.1"}) == f"numpy 0.1 there, {mine['numpy']} here"
    assert "code missing there" in difference(mine, {})
