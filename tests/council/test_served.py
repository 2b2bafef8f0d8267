"""A room made by the command, served by a process of its own, and entered by its links."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from foedus.council.served import addresses
from foedus.council.setting_up import asked_for, drawn_up, packed, room_deleted, room_made, slug, unpacked
from foedus.vocabulary.errors import FoedusError


def foedus(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "foedus", *words], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_a_case_and_an_exercise_each_make_a_form_and_what_is_neither_gets_the_nearest_name() -> None:
    form = asked_for("europe-1949")
    assert (form.hub, form.first) == ("USA", 1949)
    assert unpacked(packed(form)) == form
    assert asked_for("washington-1949").exercise == "washington-1949"
    assert drawn_up({"case": "europe-1949", "seats": ["USA", "GBR"]}).seats == ("USA", "GBR")
    with pytest.raises(FoedusError, match="washington-1949"):
        asked_for("washington-1494")
    with pytest.raises(FoedusError, match="Name a case"):
        drawn_up({})


def test_a_room_can_be_deleted_with_everything_in_it(tmp_path: Path) -> None:
    place = str(tmp_path / "a.room")
    room_made(place, asked_for("europe-1949"), 0.0).close()
    room_deleted(place)
    assert list(tmp_path.iterdir()) == []
    assert slug("A room, Ünder way!") == "a-room-nder-way"


def test_addresses_name_this_machine_and_its_network_only_where_asked() -> None:
    assert addresses(8000, lan=False) == ("http://127.0.0.1:8000",)
    assert addresses(8000, lan=True, tls=True)[0] == "https://127.0.0.1:8000"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    form = "case: europe-1949\ntitle: A small room\nseats: [USA, GBR, RUS]\n"
    (tmp_path / "small.yaml").write_text(form)
    made = foedus("council", "new", "small.yaml", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    links = dict(re.findall(r"^(\w+) +http\S+#(\S+)$", made.stdout, re.M))
    assert set(links) == {"facilitator", "USA", "GBR", "RUS", "observer"}
    again = foedus("council", "new", "small.yaml", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (
        2,
        "error: small.room: there is a file of this name. Serve it, or give another name.\n",
    )
    command = [sys.executable, "-m", "foedus", "council", "serve", "small.room", "--port", "0"]
    run = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    assert run.stderr is not None
    found = re.search(r"http://[\d.:]+", run.stderr.readline())
    assert found is not None
    try:
        yield found.group(), links
    finally:
        run.terminate()
        run.wait(60)
        run.stderr.close()


def test_a_room_is_entered_by_its_link_alone(served: tuple[str, dict[str, str]]) -> None:
    here, links = served
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    for _ in range(200):
        try:
            lobby = opener.open(here + "/r/small", timeout=60).read().decode()
            break
        except (ConnectionError, urllib.error.URLError):
            continue
    assert "A small room" in lobby
    sent = urllib.parse.urlencode({"secret": links["GBR"], "name": "Ana"}).encode()
    request = urllib.request.Request(here + "/r/small/enter", sent, {"origin": here})
    page = opener.open(request, timeout=60).read().decode()
    assert "United Kingdom" in page
    with pytest.raises(urllib.error.HTTPError, match="403"):
        opener.open(here + "/r/small/USA", timeout=60)
