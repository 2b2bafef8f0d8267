"""Files of a room: whole for the facilitator, a seat's for a seat, and read back to the same room."""

from __future__ import annotations

import csv
import io

import pytest
from test_adjudicate import FORM, adopted, at_the_table, done, ordered

from foedus.council.acts import Viewer
from foedus.council.playing import Play, played_again
from foedus.council.room_files import room_files, room_from
from foedus.vocabulary.errors import FoedusError


@pytest.fixture(scope="module")
def played() -> Play:
    play = at_the_table("USA", "JPN", "KOR", "CHN")
    treaty = adopted(play, "form forum USA,JPN,KOR", ["USA", "JPN", "KOR"])
    done(play, "pressure.plan", "CHN", "MARKER", target="KOR", cost=0.5)
    ordered(play, {s: {"sign": {treaty: True}} for s in ("USA", "JPN", "KOR")})
    return play


def test_an_export_read_back_is_the_same_room_and_the_years_are_met(played: Play) -> None:
    files = room_files(FORM, played.log, Viewer("facilitator"), runs=2)
    assert {"debrief.md", "minutes.md", "acts.csv", "decisions.csv", "years.csv"} <= set(files)
    form, log = room_from(files)
    assert form == FORM
    room, differs = played_again(form, log)
    assert differs == ()
    assert room_files(form, log, Viewer("facilitator"), runs=2) == files
    assert room.in_force == played.room.in_force


def test_a_seat_takes_away_what_it_may_read_and_no_more(played: Play) -> None:
    for seat, knows in (("CHN", True), ("JPN", False), ("USA", False)):
        files = room_files(FORM, played.log, Viewer("seat", seat), runs=2)
        assert "debrief.md" not in files
        assert ("MARKER" in repr(files)) is knows, seat
    rows = list(csv.DictReader(io.StringIO(room_files(FORM, played.log, Viewer("seat", "JPN"))["years.csv"])))
    assert {r["seat"] for r in rows} == {"JPN"}
    assert {r["against"] for r in rows} == {"now", "nothing"}


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("events.jsonl", None, "events.jsonl: the file is missing"),
        ("events.jsonl", "{", "no export of a room"),
        ("events.jsonl", "[]\n", "no export of a room"),
        ("form.json", "{}", "the field is missing"),
        ("form.json", "nothing", "no export of a room"),
    ],
)
def test_what_is_no_export_is_refused_in_a_sentence(
    played: Play, name: str, content: str | None, sentence: str
) -> None:
    files = room_files(FORM, played.log, Viewer("facilitator"))
    files.pop(name)
    if content is not None:
        files[name] = content
    with pytest.raises(FoedusError, match=sentence):
        room_from(files)
