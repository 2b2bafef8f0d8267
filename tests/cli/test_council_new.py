"""Making a room by command: what cannot be meant is refused before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.casebook.reader import read_case
from foedus.cli.council import council
from foedus.cli.main import run
from foedus.vocabulary.errors import FoedusError

pytest.importorskip("uvicorn")

from foedus.council.setting_up import asked_for, rehearsal_begun, rehearsal_of, rehearsal_resumed


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("washington-1949 --room a.room --cards a.room", "the room itself would stand there"),
        ("washington-1949 --room a.room --cards ./a.room", "the room itself would stand there"),
        ("washington-1949 --room a.room --base nonsense", "no address of a server"),
        ("washington-1949 --room a.room --base ftp://x", "no address of a server"),
        ("washington-1949 --room a.room --port 9 --base http://x:9", "--base gives the port already"),
        ("washington-1949 --room a.room --lan --base http://x:9", "--lan gives the address already"),
        ("washington-1949 --room a.room --plan 37", "no plan of that length. Known names: 50, 90, 180"),
        ("asia-1953 --room a.room --plan 50", "has no plans"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(
    words: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = CliRunner().invoke(council, ["new", *words.split()])
    assert isinstance(found.exception, FoedusError)
    assert sentence in str(found.exception)
    assert list(tmp_path.iterdir()) == []


def test_links_stand_at_the_address_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(council, ["new", "asia-1953", "--room", "a.room", "--base", "https://rooms.example"])
    assert said.exit_code == 0, said.output
    seats = len(read_case("asia-1953").states) + len(read_case("asia-1953").adversaries)
    assert said.output.count("https://rooms.example/r/a/enter#") == seats + 2, "a facilitator and an observer"
    assert "serve a.room\n" in said.output, "behind TLS another server lets others in"
    again = CliRunner().invoke(council, ["links", "a.room", "--base", "http://10.0.0.7:8001"])
    assert "serve a.room --lan\n" in again.output, "else nobody but this machine would be served"
    again = CliRunner().invoke(council, ["links", "a.room", "--port", "8001"])
    assert again.output.count("http://127.0.0.1:8001/r/a/enter#") == seats + 2
    assert (tmp_path / "a.room").is_file()
    taken = CliRunner().invoke(council, ["export", "a.room", "--runs", "3"])
    assert (taken.exit_code, "No debrief is among them: no year was worked out" in taken.output) == (0, True)
    refused = CliRunner().invoke(council, ["export", "a.room", "--runs", "3", "--audience", "USA", "--output", "u.zip"])
    assert "a debrief is for the facilitator alone" in str(refused.exception)
    assert not (tmp_path / "u.zip").exists()


def test_what_is_no_room_is_named_and_nothing_is_left_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_bytes(b"\xff\x00 no room")
    said = [
        ("replay notes.txt", "notes.txt: this is no room. Make one with"),
        ("replay notes.txt --as USA", "--as USA: it says whose page is written, and none is. Add --output FILE.html"),
        ("replay notes.txt --output r.txt", "--output r.txt: a replay is a page for a browser. Write r.html"),
        ("new washington-1949 --people 9", "--people 9: it is outside 1 to 6. Give 1 to 6"),
    ]
    for words, sentence in said:
        with pytest.raises(SystemExit, match="2"):
            run(["council", *words.split()])
        assert sentence in " ".join(capsys.readouterr().err.split()), words
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_rehearsal_goes_on_as_what_it_is(tmp_path: Path) -> None:
    place, form = str(tmp_path / "a.room"), asked_for("japan-korea-2019", "90")
    first = rehearsal_begun(place, rehearsal_of(form), "KOR", 0.0)
    assert rehearsal_resumed(place, form, "KOR", "").secret != first.secret
    longer, other = asked_for("japan-korea-2019", "180"), asked_for("washington-1949", "")
    for room, seat, plan, words in (
        (form, "JPN", "", "is the rehearsal of KOR"),
        (form, "GBR", "", "there is no such seat"),
        (longer, "KOR", "180", "was begun with another plan"),
        (other, "GBR", "", "no rehearsal of 'washington-1949'"),
    ):
        with pytest.raises(FoedusError, match=words):
            rehearsal_resumed(place, room, seat, plan)
