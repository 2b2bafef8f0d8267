"""How long a room is kept, where its links lead, and their codes: by the commands, as their user sees them."""

from __future__ import annotations

import re
import socket
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foedus.cli.council import council
from foedus.council.days import DAY, last_act
from foedus.council.qr import qr_lines, qr_svg
from foedus.council.setting_up import room_opened
from foedus.council.store.keeping import Upkeep
from foedus.vocabulary.errors import FoedusError


def said(words: str) -> Result:
    return CliRunner().invoke(council, words.split())


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.yaml").write_text("case: europe-1949\ntitle: A small room\nseats: [USA, GBR, RUS]\n")
    found = said("new small.yaml --base http://127.0.0.1:8123 --cards cards.html")
    assert found.exit_code == 0, found.output
    return tmp_path / "small.room"


def test_links_lead_where_the_room_is_served_and_are_given_anew_for_another_place(made: Path) -> None:
    printed = (made.parent / "cards.html").read_text(encoding="utf-8")
    links = re.findall(r"<code>(.+?)</code>", printed)
    assert len(links) == 5
    assert all(link.startswith("http://127.0.0.1:8123/r/small/enter#") for link in links)
    assert [qr_svg(link) in printed for link in links] == [True] * 5
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        again = said(f"links small.room --base http://127.0.0.1:{port}")
        assert again.output.count(f"http://127.0.0.1:{port}/r/small/enter#") == 5
        with pytest.raises(FoedusError, match=f"port {port}: nobody can listen there .*print links for it"):
            raise said("serve small.room").exception or AssertionError("it was served where another listens")
    store = room_opened("small.room")
    assert [one.revoked is None for one in store.links()] == [False] * 5 + [True] * 5
    store.close()
    assert f"http://127.0.0.1:{port}/r/small" in said("link small.room GBR").output


def test_a_certificate_that_is_none_is_refused_before_anybody_listens(made: Path) -> None:
    for words in ("--cert small.yaml --key small.yaml", "--cert small.yaml"):
        with pytest.raises(FoedusError, match=r"no certificate with its key|one is nothing without the other"):
            raise said(f"serve small.room {words}").exception or AssertionError("it was served")


def test_a_room_is_kept_for_its_days_and_tidied_away_after_them(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (made.parent / "no.room").write_text("this is no room")
    store = room_opened("small.room")
    assert store.upkeep() == Upkeep("http://127.0.0.1:8123", 30)
    assert time.time() - last_act(store) < 100
    store.close()
    assert "kept until" in said("tidy").output
    later = time.time() + 31 * DAY
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(FoedusError, match=r"it was to be kept until .*foedus council keep small.room"):
        raise said("serve small.room").exception or AssertionError("it was served")
    assert "for ever" in said("keep small.room --days 0").output
    assert "small.room: kept for ever" in said("tidy").output
    said("keep small.room --days 20")
    found = said("tidy")
    assert "small.room: deleted" in found.output
    assert "no.room: left alone" in found.output
    assert [p.name for p in made.parent.glob("small.room*")] == []


def test_a_code_is_drawn_without_style_and_a_terminal_has_its_own() -> None:
    drawn = qr_svg("http://192.0.2.7:8000/r/a/enter#secret")
    assert "style=" not in drawn
    assert "http://192" not in drawn
    assert drawn.startswith('<svg role="img"')
    lines = qr_lines("http://192.0.2.7:8000/r/a").splitlines()
    assert len({len(line) for line in lines}) == 1
    assert "█▀▀▀▀▀█" in lines[2], "a corner of the code"
