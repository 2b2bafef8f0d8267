"""Commands of the room that need no server."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.cli.council import council
from foedus.council.exercises import read_exercise
from foedus.council.own_exercise import TO_WRITE
from foedus.vocabulary.errors import FoedusError


def test_a_room_is_played_by_the_model_and_another_run_is_another_luck() -> None:
    one, other = (
        CliRunner().invoke(council, ["play", "washington-1949", "--run", r], catch_exceptions=False).output
        for r in ("0", "1")
    )
    assert one.startswith("Washington 1949, seed 1, run 0: played by the model alone.")
    assert "In force at the end:" in one
    assert one.split("\n")[2:] != other.split("\n")[2:]


def test_a_pack_is_written_and_an_exercise_begun(tmp_path: Path) -> None:
    run = CliRunner()
    assert "washington-1949" in run.invoke(council, ["exercise", "list"], catch_exceptions=False).output
    run.invoke(
        council, ["exercise", "print", "washington-1949", "--output", str(tmp_path / "pack")], catch_exceptions=False
    )
    assert (tmp_path / "pack" / "brief-usa.md").read_text().startswith("# Washington 1949: United States")
    run.invoke(council, ["exercise", "new", "gulf-1981", "--output", str(tmp_path / "mine")], catch_exceptions=False)
    mine = str(tmp_path / "mine")
    said = run.invoke(council, ["play", mine], catch_exceptions=False).output
    assert "In force at the end:" in said
    assert list(read_exercise(mine).form.plans) == list(read_exercise("japan-korea-2019").form.plans)
    two = read_exercise(mine, "180").room
    assert two.last == two.first + 1


def test_a_template_that_nobody_filled_in_is_said_before_people_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner()
    run.invoke(council, ["exercise", "new", "asia-1953"], catch_exceptions=False)
    words = tmp_path / "asia-1953-exercise" / "words.yaml"
    note = "words.yaml still has the sentences of the template for first, second, learn, ask, goal, wrong"
    assert note in run.invoke(council, ["new", "asia-1953-exercise", "--room", "a.room"], catch_exceptions=False).output
    filled = words.read_text()
    for said in TO_WRITE.values():
        filled = filled.replace(said, "Ours")
    words.write_text(filled)
    assert "template" not in run.invoke(council, ["new", "asia-1953-exercise"], catch_exceptions=False).output


def test_a_rehearsal_that_nobody_could_open_leaves_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        words = ["rehearse", "washington-1949", "--seat", "GBR", "--no-browser", "--port", str(port)]
        found = CliRunner().invoke(council, words)
    assert isinstance(found.exception, FoedusError)
    assert str(found.exception).endswith("Stop what listens there, or give another --port.")
    assert "links" not in str(found.exception)
    words = ["rehearse", "washington-1949", "--seat", "GBR", "--no-browser", "--room", "no/such/a.room"]
    found = CliRunner().invoke(council, words)
    assert "there is no folder no/such" in str(found.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_rooms_is_said(tmp_path: Path) -> None:
    said = CliRunner().invoke(council, ["tidy", str(tmp_path)], catch_exceptions=False).output
    assert "no file here ends in .room; nothing was deleted" in said
