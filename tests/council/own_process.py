"""A room in a process of its own, for browsers that open it as people do."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foedus.council.gates import COOKIE
from foedus.council.links import Links, token_of
from foedus.council.setting_up import drawn_up, room_made

SEATS = ("USA", "GBR", "RUS")


@dataclass
class Served:
    """A room in a process of its own, with a link for each seat, the facilitator and observers."""

    here: str
    secrets: dict[str, str]
    table: str = ""
    count: int = field(default=0)

    def asked(self, who: str, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"cookie": f"{COOKIE}={self.secrets[who]}", "x-foedus-token": token_of(self.secrets[who])}
        headers |= {"origin": self.here, "accept": "application/json", "content-type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(f"{self.here}/r/a/{who}{path}", data, headers)) as answer:
            return json.loads(answer.read() or b"null")

    def act(self, who: str, kind: str, words: str | None = None, **body: Any) -> None:
        self.count += 1
        self.asked(who, "/act", {"kind": kind, "body": body, "words": words, "key": f"k{self.count}"})

    def says(self, words: str) -> None:
        self.act("facilitator", "table.say", words, id=self.table, **{"for": "GBR"})


@contextmanager
def in_a_process(folder: Path) -> Iterator[Served]:
    """Serve a room of 1949 from a process of its own, with two of its seats at a public table."""
    store = room_made(str(folder / "a.room"), drawn_up({"case": "europe-1949", "seats": list(SEATS)}), time.time())
    links = Links(store)
    secrets = {s: links.give("seat", s)[1] for s in SEATS} | {r: links.give(r)[1] for r in ("facilitator", "observer")}
    store.close()
    words = [sys.executable, "-m", "foedus", "council", "serve", "a.room", "--port", "0"]
    run = subprocess.Popen(words, cwd=folder, stderr=subprocess.PIPE, text=True)
    assert run.stderr is not None
    found = re.search(r"http://[\d.:]+", run.stderr.readline())
    assert found is not None
    room = Served(found.group(), secrets)
    try:
        for verb in ("open", "begin", "sit"):
            room.act("facilitator", f"room.{verb}")
        room.act("facilitator", "table.convene", "The table", members=["USA", "GBR"], chair="USA", public=True)
        events = room.asked("facilitator", "/events.json")["events"]
        room.table = next(e["body"]["id"] for e in events if e["kind"] == "table.convened")
        yield room
    finally:
        run.terminate()
        run.wait(60)
        run.stderr.close()
