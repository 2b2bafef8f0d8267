"""Older versions of a text: each has an address of its own, with what it changed, for whoever reads the text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import rooms
from served_place import Place, served


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with served(tmp_path) as found:
        yield found


def drafted(place: Place) -> str:
    """Table a text and carry two amendments to it; return its id."""
    actor = place.hall.actor
    name = str(rooms.done(actor, rooms.text(place.table)).events[0].event.body["id"])
    for words in ("They consult each year.", "They consult each year, in turn."):
        article = place.hall.actor.room.texts[name].get("articles")[0]["id"]
        offer = rooms.by("USA", "amendment.offer", words, text=name, article=article)
        made = str(rooms.done(actor, offer).events[0].event.body["id"])
        for seat in ("GBR", "FRA"):
            rooms.done(actor, rooms.by(seat, "amendment.accept", id=made))
    return name


def test_each_version_has_an_address_with_what_it_changed(place: Place) -> None:
    name = drafted(place)
    first = place.get("GBR", f"?text={name}&version=1").text
    assert "Version 1." in first
    assert "They consult." in first
    assert "in turn" not in first.partition("<article")[2].partition("</article>")[0]
    second = place.get("FRA", f"?text={name}&version=2").text
    assert "<del>consult. </del>" in second.replace("</del> ", " </del>")
    assert "<ins>consult each year.</ins>" in second
    assert f'href="?text={name}&amp;version=1"' in second
    assert f'href="?text={name}">version 3, on the table now' in second
    assert "Version 3 is the one on the table." in second
    assert 'data-part="acts-paper-' in second, "nothing moves in it: its part is none that streams tell"
    assert "silence.propose" not in second.partition('id="more"')[0], "nothing is open on what is over"
    now = place.get("GBR", f"?text={name}").text
    assert f'href="?text={name}&amp;version=2"' in now, "the text on the table leads to the version before"


@pytest.mark.parametrize("said", ["0", "4", "9999999999", "x", "", "-1", "²"])
def test_there_is_no_other_version(place: Place, said: str) -> None:
    name = drafted(place)
    got = place.get("GBR", f"?text={name}&version={said}")
    assert got.status_code == 404
    assert "there is no such version" in got.text


def test_who_does_not_read_a_text_is_told_the_same_as_of_none(place: Place) -> None:
    actor = place.hall.actor
    body = {"members": ["GBR", "FRA"], "public": False}
    table = str(rooms.done(actor, rooms.by("GBR", "table.convene", "Two", **body)).events[0].event.body["id"])
    act = rooms.by("GBR", "text.table", "Secret\fHidden words.", table=table, articles=[None])
    name = str(rooms.done(actor, act).events[0].event.body["id"])
    assert "Hidden words." in place.get("FRA", f"?text={name}&version=1").text
    hidden, none = (place.get("USA", f"?text={n}&version=1").text for n in (name, "none"))
    assert hidden.replace(name, "none") == none


def test_replay_minutes_and_the_replay_file_lead_there(place: Place) -> None:
    name = drafted(place)
    page = place.get("USA", "/replay").text
    assert f"/r/small/USA?text={name}&amp;version=2" in page
    assert "--at 1949.table" in place.get("facilitator", "/replay").text, "a year of this room"
    with zipfile.ZipFile(io.BytesIO(place.get("USA", "/export.zip").content)) as held:
        minutes, replay = (held.read(n).decode() for n in ("minutes.md", "replay.html"))
    assert f"([version 3](replay.html#text-{name}-3))" in minutes
    marks = re.findall(r'id="text-(\w+-\d+)"', replay)
    assert marks == [f"{name}-{k}" for k in (1, 2, 3)], "each once"
    assert {*re.findall(r'href="#text-(\w+-\d+)"', replay)} == {*marks}
