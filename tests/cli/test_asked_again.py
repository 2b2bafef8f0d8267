"""What was printed before: the same bytes at once, and never where anything has changed that an answer depends on."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.casebook.reader import case_folder
from foedus.cli import asked_again
from foedus.cli.main import COMMANDS, run
from foedus.cli.spoken import Spoken

Printed = pytest.CaptureFixture[bytes]


def _say(text: str, calls: list[str]) -> None:
    calls.append(text)
    print(text)
    sys.stdout.flush()
    sys.stdout.buffer.write(b"and past the text\n")


def _asked(words: list[str], calls: list[str], text: str = "an answer") -> None:
    asked_again.answered(words, lambda: _say(text, calls))


def _folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(case_folder("asia-1953"), tmp_path / "mine"))


def test_the_second_time_the_same_bytes_come_without_an_answer(capsysbinary: Printed) -> None:
    calls: list[str] = []
    _asked(["assess", "asia-1953"], calls)
    first = capsysbinary.readouterr().out
    _asked(["assess", "asia-1953"], calls)
    assert calls == ["an answer"]
    assert first == b"an answer\nand past the text\n"
    assert capsysbinary.readouterr().out == first


@pytest.mark.parametrize(
    "words",
    [
        ["world"],
        ["data", "status"],
        ["trial", "--copy", "here.yaml"],
        ["assess", "asia-1953", "--output", "here"],
        ["assess", "--report=page.html"],
        ["assess", "--open"],
        ["assess", "--help"],
        [],
    ],
)
def test_what_does_more_than_print_is_done_every_time(capsysbinary: Printed, words: list[str]) -> None:
    calls: list[str] = []
    for _ in range(2):
        _asked(words, calls)
    assert len(calls) == 2


def test_a_number_that_was_changed_in_a_file_counts(capsysbinary: Printed, tmp_path: Path) -> None:
    folder, calls = _folder(tmp_path), []
    words = ["assess", str(folder)]
    _asked(words, calls)
    facts = next(folder.glob("*.yaml"))
    about = facts.stat()
    facts.write_text(facts.read_text(encoding="utf-8").replace("1", "2"), encoding="utf-8")
    os.utime(facts, ns=(about.st_atime_ns, about.st_mtime_ns))
    _asked(words, calls)
    _asked([*words, f"--calibration={facts}"], calls)
    facts.write_text("{}", encoding="utf-8")
    _asked([*words, f"--calibration={facts}"], calls)
    assert len(calls) == 4


def test_a_folder_of_the_name_of_a_case_counts(
    capsysbinary: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = asked_again.depends_on(["assess", "asia-1953@1953"])
    (tmp_path / "asia-1953").mkdir()
    assert asked_again.depends_on(["assess", "asia-1953@1953"]) != before


def test_more_files_than_a_case_has_are_not_read_through(tmp_path: Path) -> None:
    for k in range(300):
        (tmp_path / str(k)).touch()
    assert asked_again.depends_on(["assess", str(tmp_path)]) == ""


@pytest.mark.parametrize(("name", "value"), [("COLUMNS", "71"), ("NO_COLOR", "1"), ("LC_ALL", "C"), ("NUMBA_OPT", "1")])
def test_what_a_program_looks_at_around_it_counts(
    capsysbinary: Printed, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    before = asked_again.depends_on(["assess"])
    assert before == asked_again.depends_on(["assess"]) != ""
    monkeypatch.setenv(name, value)
    assert asked_again.depends_on(["assess"]) != before


def test_another_package_or_library_counts(
    capsysbinary: Printed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = asked_again.depends_on(["assess"])
    monkeypatch.syspath_prepend(tmp_path)
    without = asked_again.depends_on(["assess"])
    (tmp_path / "numpy-9.9.dist-info").mkdir()
    assert len({before, without, asked_again.depends_on(["assess"])}) == 3
    package = Path(shutil.copytree(Path(asked_again.__file__).parent, tmp_path / "foedus" / "cli"))
    monkeypatch.setattr(asked_again, "__file__", str(package / "asked_again.py"))
    here = asked_again.depends_on(["assess"])
    (package / "assess.py").write_text("", encoding="utf-8")
    assert asked_again.depends_on(["assess"]) != here


def test_what_was_damaged_is_worked_out_again(
    capsysbinary: Printed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path / "kept"))
    calls: list[str] = []
    _asked(["assess"], calls)
    (part,) = (tmp_path / "kept").rglob("printed.part")
    part.write_bytes(part.read_bytes().replace(b"answer", b"ANSWER"))
    _asked(["assess"], calls)
    assert calls == ["an answer"] * 2
    assert b"ANSWER" not in capsysbinary.readouterr().out


def test_a_warning_or_a_fault_keeps_nothing(capsysbinary: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    spoken, out = Spoken(), sys.stdout
    monkeypatch.setattr(Spoken, "way", staticmethod(lambda line: None))

    def warn() -> None:
        calls.append("warned")
        spoken.emit(logging.LogRecord("foedus", logging.WARNING, "", 0, "mind this", None, None))

    def fall() -> None:
        calls.append("fell")
        raise ValueError

    for _ in range(2):
        asked_again.answered(["assess"], warn)
        with pytest.raises(ValueError, match=r"^$"):
            asked_again.answered(["explain"], fall)
    assert calls == ["warned", "fell"] * 2
    assert sys.stdout is out


def test_the_command_prints_the_same_twice_and_what_was_set_by_hand_anew(capsysbinary: Printed) -> None:
    run(["assess", "asia-1953", "--draws", "0"])
    first = capsysbinary.readouterr().out
    run(["assess", "asia-1953", "--draws", "0"])
    assert capsysbinary.readouterr().out == first
    assert b"East Asia and the Pacific" in first
    run(["assess", "asia-1953", "--draws", "0", "--set", "treaty_reliability=0.3"])
    assert capsysbinary.readouterr().out != first


def test_no_answer_that_is_kept_reads_historical_data() -> None:
    """They may change without a word of the command and without a file of the package."""
    places = {COMMANDS[name][0] for name in asked_again.ANSWERS}
    code = f"import sys, {', '.join(sorted(places))}; print([m for m in sys.modules if m.startswith('foedus.archive.opening')])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
