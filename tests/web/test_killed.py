"""The server is killed in the middle of the draws of ten readers, and started again: nobody loses one or gets one twice."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from foedus.asking.about_a_case import answer
from foedus.asking.ask import Ask, How
from foedus.questions.what_forms import BODY, CHANCE
from offspring import below, left_of
from web.browsing import BROWSER

DRAWS, READERS = 12, 10
WORLDS = ("lever=trade:0.91", "lever=trade:0.92", "lever=trade:0.93")


class Place:
    """A port with a server on it, which can be killed and started again with the same cache."""

    def __init__(self, cache: Path) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.env = {**os.environ, "FOEDUS_CACHE": str(cache)}

    def start(self) -> None:
        words = [sys.executable, "-m", "foedus", "web", "asia-1953", "--port", str(self.port)]
        self.server = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=self.env)
        assert self.server.stderr is not None
        assert f":{self.port}/" in self.server.stderr.readline()
        threading.Thread(target=self.server.stderr.read, daemon=True).start()

    def kill(self) -> None:
        workers = below(self.server.pid)
        self.server.send_signal(signal.SIGKILL)
        self.server.wait(30)
        assert left_of(workers) == [], "nobody works on for a server that is gone"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    found = Place(tmp_path / "cache")
    found.start()
    yield found
    found.server.terminate()
    with suppress(subprocess.TimeoutExpired):
        found.server.wait(60)
    found.server.kill()


class Reader(threading.Thread):
    """Reads a stream of draws as a browser does: when it breaks off, it asks for what comes after the last one it has."""

    def __init__(self, place: Place, world: str) -> None:
        super().__init__(daemon=True)
        self.place, self.world = place, world
        self.got: list[tuple[int, str]] = []
        self.done, self.broken = False, 0
        self.said: list[str] = []

    def run(self) -> None:
        until = time.monotonic() + 240
        while not self.done and time.monotonic() < until:
            with suppress(OSError, http.client.HTTPException):
                self.read()
            if not self.done:
                self.broken += bool(self.got)
                time.sleep(0.2)

    def read(self) -> None:
        wire = http.client.HTTPConnection("127.0.0.1", self.place.port, timeout=60)
        last = {"last-event-id": str(self.got[-1][0])} if self.got else {}
        wire.request("GET", f"/c/asia-1953/draws?{self.world}&draws={DRAWS}", headers=last)
        stream, event = wire.getresponse(), {}
        for line in iter(stream.readline, b""):
            word, _, value = line.decode().rstrip("\n").partition(": ")
            if word:
                event[word] = value
                continue
            if event.get("event") == "done":
                self.done = True
                return
            if event.get("event") == "problem":
                self.said.append(event["data"])
            elif "id" in event:
                self.got.append((int(event["id"]), event["data"]))
            event = {}


def test_ten_readers_go_on_where_they_were_when_the_server_is_killed_and_started_again(place: Place) -> None:
    readers = [Reader(place, WORLDS[k % len(WORLDS)]) for k in range(READERS)]
    for r in readers:
        r.start()
    until = time.monotonic() + 200
    while sum(len(r.got) for r in readers) < DRAWS and time.monotonic() < until:
        time.sleep(0.01)
    place.kill()
    before = [len(r.got) for r in readers]
    assert 0 < sum(before) < READERS * DRAWS, "it was killed in the middle"
    place.start()
    for r in readers:
        r.join(240)
    assert [r.said for r in readers] == [[]] * READERS
    assert all(r.done for r in readers)
    for r in readers:
        assert [n for n, _ in r.got] == list(range(1, DRAWS + 1)), "one is missing or came twice"
    assert any(r.broken for r in readers)
    for world in WORLDS:
        first, *others = (r.got for r in readers if r.world == world)
        assert all(o == first for o in others)
    found = answer(Ask("asia-1953", levers=("trade=0.91",), draws=DRAWS), How(workers=1))
    told = [json.loads(data)["body"] for _, data in readers[0].got]
    assert told == found.drawn(CHANCE(BODY)).tolist()


@pytest.mark.browser
@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here")
def test_a_page_goes_on_by_itself(place: Place, browser: Any) -> None:
    page = browser.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"http://127.0.0.1:{place.port}/c/asia-1953/play?lever=trade:0.5&draws=30")
    page.get_by_text(re.compile(r"^[1-9]\d* of 30 draws")).wait_for()
    place.kill()
    page.get_by_text("not connected").wait_for()
    place.start()
    page.get_by_text("30 draws, every judged number varied").wait_for()
    assert not page.get_by_text("not connected").is_visible()
    assert page.locator("#cloud svg desc").inner_html().startswith("30 draws")
    page.close()
