"""The class: what is handed in stands on the wall as text, with the number of its world, and is there the next time."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import foedus
from foedus.cli.main import main
from foedus.vocabulary.errors import FoedusError
from foedus.web.class_book import ClassBook
from foedus.web.class_page import seated
from foedus.web.held import Held
from foedus.web.serve import create_app

WORLD = "/c/asia-1953/play?lever=trade:0.5"


def test_a_class_hands_in_worlds_and_the_wall_shows_them(tmp_path: Path) -> None:
    file, held = tmp_path / "answers.sqlite", Held("asia-1953")
    seated(held, ClassBook(file, "Why does <Korea> refuse?", ("trade", "quarrels")))
    form = {"content-type": "application/x-www-form-urlencoded"}
    with TestClient(create_app(held, warm=False)) as client:

        def hand_in(address: str, name: str = "", says: str = "", **headers: str) -> tuple[int, str]:
            content = urlencode({"address": address, "name": name, "says": says})
            answer = client.post("/class/answers", content=content, headers={**form, **headers})
            return answer.status_code, answer.text

        empty = client.get("/class")
        assert "Nobody has handed in an answer yet" in empty.text
        assert empty.headers["refresh"] == "10"
        assert "Why does &lt;Korea&gt; refuse?" in empty.text
        play = client.get(WORLD).text
        field = re.search(r'name="address" value="([^"]+)"', play)
        assert field is not None
        assert field.group(1) == WORLD
        status, wall = hand_in(field.group(1), "Ana", "<script>alert(1)</script>")
        assert status == 200
        body = foedus.assess("asia-1953", levers=["trade=0.5"], draws=0).value("forms|body||probability")
        assert f'href="{WORLD}">Ana: {100 * body:.1f}' in wall.replace("\u00a0", " ")
        assert "&lt;script&gt;alert(1)" in wall
        assert "Trade with the adversaries × 0.5" in wall
        assert "Answer 2" in hand_in("/c/asia-1953/play")[1]
        for address, says in (
            ("/c/asia-1953/play?lever=threat:2", "&#39;threat&#39;: it may not be changed in this class"),
            ("/c/asia-1953/play?without=dispute", "&#39;dispute&#39;: it may not be changed in this class"),
            ("/c/asia-1953/play?calibration=record-1817-2016", "it may not be changed in this class"),
            ("/c/europe-1949/play", "the question is about &#39;asia-1953&#39;"),
            ("nonsense", "it names no case"),
            ("/c/asia-1953/play?lever=trade:9", "trade"),
        ):
            status, said = hand_in(address)
            assert (status, says in said) == (400, True), (address, said[-900:])
        assert hand_in(WORLD, origin="http://elsewhere.example")[0] == 400
        assert hand_in(WORLD, **{"origin": "null", "sec-fetch-site": "cross-site"})[0] == 400
        assert hand_in(WORLD, says="x" * 30_000)[0] == 400
        assert client.get("/class.csv").text.splitlines()[1].split(",")[2:4] == ["Ana", str(body)]
        assert len(client.get("/class.json").json()["rows"]) == 2
        hand_in(WORLD, "=1+1", "@SUM(A1)")
        assert ",'=1+1," in client.get("/class.csv").text
        assert client.get("/class.json").json()["rows"][-1]["name"] == "=1+1"
    again = ClassBook(file, "Another question")
    with pytest.raises(FoedusError, match="it holds answers about 'asia-1953'"):
        seated(Held("europe-1949"), again)
    assert next((a.number, a.name, a.address, a.body) for a in again.answers()) == (1, "Ana", WORLD, body)


def test_what_is_wrong_with_a_class_is_said(tmp_path: Path, client: TestClient) -> None:
    (tmp_path / "text").write_text("no book" * 99, encoding="utf-8")
    with pytest.raises(FoedusError, match="it cannot be read and written as the book of a class"):
        ClassBook(tmp_path / "text", "").answers()
    with pytest.raises(FoedusError, match=r"there is no such lever\. Did you mean 'trade'"):
        seated(Held("asia-1953"), ClassBook(tmp_path / "new", "", ("trad",)))
    assert not (tmp_path / "new").exists(), "a class that cannot be served leaves no book"
    assert "no class is at work here" in client.get("/class").text
    assert 'href="/class"' not in client.get("/c/asia-1953?draws=0").text
    found = CliRunner().invoke(main, ["web", "--may", "trade"])
    assert found.exit_code != 0
    assert "Add --class FILE" in str(found.exception) + found.output
