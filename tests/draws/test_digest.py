"""Digests: a draw depends on what it imports, and on nothing else."""

from __future__ import annotations

import ast
import shutil
from functools import partial
from pathlib import Path

import pytest

from foedus.casebook.reader import read_case
from foedus.draws import digest
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


@pytest.mark.parametrize("file", ["cli/assess.py", "surfaces/page.py", "archive/store.py", "asking/about_a_case.py"])
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


def test_work_needs_the_modules_of_all_that_it_is_made_of() -> None:
    assert roots_of(closure) == ("foedus.draws.digest",)
    assert roots_of(partial(closure, read_case, 3)) == ("foedus.draws.digest", "foedus.casebook.reader")
    assert roots_of(partial(partial(closure, read_query), read_case)) == (
        "foedus.draws.digest",
        "foedus.trials.queries",
        "foedus.casebook.reader",
    )

    class Named:
        roots = ("a", "b")

        def __call__(self) -> None: ...

    class Plain:
        def __call__(self) -> None: ...

    assert roots_of(Named()) == ("a", "b")
    assert roots_of(Plain()) == (__name__,)


def small(place: Path, **files: str) -> Path:
    """Write a package of our name with some files, by path with two underscores for a slash."""
    for name, text in files.items():
        path = place / "foedus" / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return place


def test_a_closure_follows_every_way_to_import(tmp_path: Path) -> None:
    source = small(
        tmp_path,
        a="import foedus.b\nimport numpy\nimport foedusx\n",
        b="from foedus import c\nfrom foedus.room import d\n",
        c="x = import_module('foedus.f')\ny = lib.import_module('foedus.e')\n",
        e="from . import f\nlib.import_module(name)\n",
        f="import foedus.a\n",
        g="",
        room__d="",
        room__h="",
    )
    (source / "foedus" / "__init__.py").write_text("")
    (source / "foedus" / "room" / "__init__.py").write_text("import foedus.g\n")
    found = closure(("foedus.a", "numpy"), source)
    # c calls the door by its own name, which is not looked at; e imports beside itself, which nobody here does
    assert found == (
        "foedus",
        "foedus.a",
        "foedus.b",
        "foedus.c",
        "foedus.e",
        "foedus.g",
        "foedus.room",
        "foedus.room.d",
    )
    assert closure(("foedusx", "numpy"), source) == ()


def test_a_folder_that_lists_itself_needs_all_that_is_in_it(tmp_path: Path) -> None:
    source = small(tmp_path, room__d="", room__e="", other__f="")
    (source / "foedus" / "room" / "__init__.py").write_text("import pkgutil\n")
    (source / "foedus" / "__init__.py").write_text("")
    assert closure(("foedus.room.d",), source) == ("foedus", "foedus.room", "foedus.room.d", "foedus.room.e")


def test_a_difference_names_every_entry_in_twelve_signs() -> None:
    here = {"code": "0123456789abcdef", "numpy": "2.0"}
    assert difference(here, {"code": "fedcba9876543210", "numpy": "2.1"}) == (
        "code fedcba987654 there, 0123456789ab here, numpy 2.1 there, 2.0 here"
    )
    assert difference(here, {**here, "other": "x"}) == ""


def test_what_imports_is_found_without_the_rest_of_a_file() -> None:
    text = (
        b"from foedus.a import (\n    b,\n    c,\n)\nif True:\n    import foedus.d as d\n"
        b"def f():\n    from foedus.e import g  # here\n    return '''\nimport nothing.of.ours\n'''\n"
    )
    whole = {n for node in digest._statements(ast.parse(text)) for n in digest._named(node)}
    found = {n for node in digest._statements(digest._parsed(text)) for n in digest._named(node)}
    assert whole <= found
    assert found - whole == {"nothing.of.ours"}
    odd = b"x = '''\nimport from here to there\n'''\nimport foedus.a\n"
    assert ast.dump(digest._parsed(odd)) == ast.dump(ast.parse(odd)), (
        "a text that begins like one: the file is read whole"
    )
    text = (digest.SOURCE / "foedus" / "web" / "answer_page.py").read_bytes()
    whole = {n for node in digest._statements(ast.parse(text)) for n in digest._named(node)}
    assert {n for node in digest._statements(digest._parsed(text)) for n in digest._named(node)} == whole
