"""Commands of the room that need no server."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from foedus.cli.council import council


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
    said = run.invoke(council, ["play", str(tmp_path / "mine")], catch_exceptions=False).output
    assert "In force at the end:" in said
