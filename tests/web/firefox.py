"""A Firefox without a driver: its own WebDriver BiDi over a socket, for the one road that is walked in it too."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

FIREFOX = next((p for p in map(shutil.which, ("firefox", "firefox-esr")) if p), None)
PREFERENCES = {
    "network.proxy.type": 1,  # everything but this machine goes to a proxy that is not there: the network is cut
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "browser.startup.page": 0,  # what follows is a start that takes a third less: nothing is fetched, one process is enough
    "browser.newtabpage.enabled": False,
    "dom.ipc.processCount": 1,
    "dom.ipc.processPrelaunch.enabled": False,
    "fission.autostart": False,
    "services.settings.server": "data:,",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


class Firefox:
    """One Firefox with one page.

    Parameters
    ----------
    profile : Path
        An empty folder.
    """

    def __init__(self, profile: Path) -> None:
        assert FIREFOX is not None
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in PREFERENCES.items())
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        words = [FIREFOX, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
        env = {**os.environ, "HOME": str(profile), "MOZ_HEADLESS": "1"}
        self._process = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=env)
        self._wire = _Wire(self._port())
        self._count = 0
        self.asked: list[str] = []
        """Every address that was asked for."""
        self._send("session.new", capabilities={})
        self._send("session.subscribe", events=["network.beforeRequestSent"])
        self._page = self._send("browsingContext.create", type="tab")["context"]

    def _port(self) -> int:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            found = re.search(r"BiDi listening on ws://127\.0\.0\.1:(\d+)", line)
            if found:
                threading.Thread(target=self._process.stderr.read, daemon=True).start()  # a full pipe would stop it
                return int(found.group(1))
        raise AssertionError("Firefox ended before it listened")

    def _send(self, method: str, **words: Any) -> Mapping[str, Any]:
        self._count += 1
        self._wire.send(json.dumps({"id": self._count, "method": method, "params": words}))
        while True:
            told = json.loads(self._wire.read())
            if told.get("method") == "network.beforeRequestSent":
                self.asked.append(told["params"]["request"]["url"])
            if told.get("id") == self._count:
                assert told["type"] == "success", told
                return told["result"]  # type: ignore[no-any-return]

    def goto(self, url: str) -> None:
        """Open a page and wait until it is whole."""
        self._send("browsingContext.navigate", context=self._page, url=url, wait="complete")

    def width(self, width: int) -> None:
        """Make the page as wide as a telephone, or as a desk."""
        self._send("browsingContext.setViewport", context=self._page, viewport={"width": width, "height": 900})

    def says(self, script: str) -> Any:
        """Return what an expression of the page comes to, waited for if it is a promise."""
        wrapped = f"(async () => JSON.stringify(await ({script}) ?? null))()"
        found = self._send("script.evaluate", expression=wrapped, target={"context": self._page}, awaitPromise=True)
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])

    def types(self, text: str) -> None:
        """Press the keys of a text, in what has the focus."""
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self._send("input.performActions", context=self._page, actions=[{"type": "key", "id": "keys", "actions": keys}])

    def until(self, script: str, seconds: int = 60) -> Any:
        """Wait until an expression of the page is true, and return it; the page may be another by then."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(AssertionError):  # asked of a page that is just being left
                if found := self.says(script):
                    return found
            time.sleep(0.03)
        raise AssertionError(f"{script} was never so")

    def close(self) -> None:
        """End it."""
        self._wire.close()
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()


class _Wire:
    """As much of a web socket as one client needs that talks to one server on the same machine."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), 120)
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall(
            f"GET /session HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        self._in = self._socket.makefile("rb")
        assert b" 101 " in self._in.readline()
        while self._in.readline() not in (b"\r\n", b""):
            pass

    def send(self, text: str) -> None:
        content = text.encode()
        size = len(content)
        head = bytes([0x81, 0x80 | size]) if size < 126 else bytes([0x81, 0xFE]) + size.to_bytes(2, "big")
        mask = os.urandom(4)
        self._socket.sendall(head + mask + bytes(b ^ mask[k % 4] for k, b in enumerate(content)))

    def read(self) -> str:
        content = b""
        while True:
            first, second = self._in.read(2)
            size = second & 0x7F
            size = int.from_bytes(self._in.read(2 if size == 126 else 8), "big") if size > 125 else size
            part = self._in.read(size)
            if first & 0x0F in (0, 1):
                content += part
                if first & 0x80:
                    return content.decode()

    def close(self) -> None:
        self._socket.close()
