"""A council room served by a process of its own, and what its people send it over plain sockets."""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

SHARE: Final = 2**24
"""Bytes of a stream that may wait for the end of a message."""


def head(method: str, path: str, headers: Mapping[str, str]) -> bytes:
    """Return the head of a request."""
    lines = "".join(f"{k}: {v}\r\n" for k, v in headers.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode("latin-1")


async def asked(
    port: int, method: str, path: str, headers: Mapping[str, str], content: bytes = b""
) -> tuple[int, bytes]:
    """Send one request on a connection of its own, and return status and content.

    Raises
    ------
    OSError
        Nobody answers, or not to the end.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    plain = {"host": f"127.0.0.1:{port}", "connection": "close", "content-length": str(len(content))}
    try:
        writer.write(head(method, path, {**plain, **headers}) + content)
        answer = await reader.read()
    finally:
        writer.close()
    first, _, rest = answer.partition(b"\r\n\r\n")
    if not first:
        raise ConnectionResetError(f"{method} {path} got no answer")
    return int(first.split()[1]), rest


class Room:
    """A room in a file, with its links, and its server, which can be killed and started again on its port.

    Parameters
    ----------
    form : RoomForm
    links : mapping of str to int
        How many links each seat and ``observer`` has.
    """

    def __init__(self, form: Any, links: Mapping[str, int]) -> None:
        from foedus.council.links import Links
        from foedus.council.setting_up import room_made

        self.folder = Path(tempfile.mkdtemp(prefix="foedus-bench-"))
        self.form, self.port, self.said = form, 0, self.folder / "said.txt"
        store = room_made(str(self.folder / "a.room"), form, time.time())
        given = Links(store)
        self.secrets = {
            who: [given.give("seat", who)[1] if who in form.seats else given.give(who)[1] for _ in range(n)]
            for who, n in {"facilitator": 1, **links}.items()
        }
        store.close()
        self.process: subprocess.Popen[bytes] | None = None
        atexit.register(self.stop)

    def start(self) -> None:
        """Serve the room, and come back when it answers."""
        words = [sys.executable, "-m", "foedus", "council", "serve", "a.room", "--port", str(self.port)]
        with self.said.open("ab") as said:
            began = said.tell()
            self.process = subprocess.Popen(words, cwd=self.folder, stderr=said)
        until = time.monotonic() + 120
        while time.monotonic() < until and self.process.poll() is None:
            found = re.search(rb"http://127.0.0.1:(\d+)/", self.said.read_bytes()[began:])
            if found:
                self.port = int(found.group(1))
                with suppress(OSError):
                    asyncio.run(asked(self.port, "GET", "/r/a", {}))
                    return
            time.sleep(0.02)
        raise AssertionError(f"the room was never served: {self.said.read_text(errors='replace')[-500:]}")

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End the server."""
        if self.process is not None:
            self.process.send_signal(how)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def memory(self) -> float:
        """Return the most that the server held, in MB."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return float(re.findall(r"^VmHWM:\s+(\d+)", status, re.MULTILINE)[0]) * 1024 / 1e6

    def headers(self, who: str, k: int = 0) -> dict[str, str]:
        """Return what the k-th person of a seat sends with an act."""
        from foedus.council.gates import COOKIE
        from foedus.council.links import token_of

        secret = self.secrets[who][k]
        return {
            "cookie": f"{COOKIE}={secret}",
            "x-foedus-token": token_of(secret),
            "origin": f"http://127.0.0.1:{self.port}",
            "accept": "application/json",
            "content-type": "application/json",
        }

    async def act(self, who: str, kind: str, words: str | None = None, k: int = 0, **body: Any) -> None:
        """Do an act that has to be possible."""
        key = os.urandom(9).hex()
        content = json.dumps({"kind": kind, "body": body, "words": words, "key": key}).encode()
        status, answer = await asked(self.port, "POST", f"/r/a/{who}/act", self.headers(who, k), content)
        assert status == 200, (kind, status, answer[:300])

    async def events(self) -> list[dict[str, Any]]:
        """Return all that happened, as the facilitator reads it."""
        headers = {"cookie": self.headers("facilitator")["cookie"]}
        answer = await asked(self.port, "GET", "/r/a/facilitator/events.json", headers)
        return list(json.loads(answer[1])["events"])

    async def begun(self) -> str:
        """Have all seats taken and everybody sit at one public table; return its id."""
        await self.act("facilitator", "room.open")
        for who in self.form.seats:
            await asked(self.port, "GET", f"/r/a/{who}", {"cookie": self.headers(who)["cookie"]})
        await self.act("facilitator", "room.begin")
        await self.act("facilitator", "room.sit")
        members = [s for s in self.form.seats if s in self.form.states]
        table = {"members": members, "chair": members[0], "public": True}
        await self.act("facilitator", "table.convene", "The conference", **table)
        return str(next(e for e in await self.events() if e["kind"] == "table.convened")["body"]["id"])

    async def stream(self, who: str, k: int = 0) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open what tells somebody's page of changes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=SHARE)
        one = min(k, len(self.secrets[who]) - 1)  # observers share their link, each with a browser of its own
        cookie = f"{self.headers(who, one)['cookie']}; foedus_browser=b{k}"
        headers = {"host": f"127.0.0.1:{self.port}", "cookie": cookie}
        writer.write(head("GET", f"/r/a/{who}/stream?page=room", headers))
        first = await reader.readuntil(b"\n\n")
        assert b" 200 " in first.partition(b"\r\n")[0], first[:200]
        return reader, writer
