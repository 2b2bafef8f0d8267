"""A WebKit by its WebDriver over HTTP, on a screen of its own: what Safari is made of, asked as the Firefox is."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

DRIVER = shutil.which("WebKitWebDriver")
SCREEN = shutil.which("Xvfb")
BROWSER = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None) or shutil.which("MiniBrowser")
WEBKIT = bool(DRIVER and SCREEN and BROWSER)


class WebKit:
    """One WebKit with one page.

    Parameters
    ----------
    profile : Path
        An empty folder, its home.
    """

    def __init__(self, profile: Path) -> None:
        assert DRIVER is not None
        assert SCREEN is not None
        seen, told = os.pipe()
        words = [SCREEN, "-displayfd", str(told), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
        self._screen = subprocess.Popen(words, pass_fds=[told], stderr=subprocess.DEVNULL)
        os.close(told)
        with os.fdopen(seen) as number:
            env = {**os.environ, "DISPLAY": f":{number.readline().strip()}", "HOME": str(profile)}
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        self._process = subprocess.Popen([DRIVER, f"--port={port}"], env=env, stderr=subprocess.DEVNULL)
        self._at = f"http://127.0.0.1:{port}"
        self.asked: list[str] = []
        """Its driver does not say what was asked for."""
        for _ in range(300):
            with suppress(OSError):
                urllib.request.urlopen(f"{self._at}/status").close()
                break
            time.sleep(0.05)
        options = {"binary": str(BROWSER), "args": ["--automation"]}
        made = self._send("", capabilities={"alwaysMatch": {"webkitgtk:browserOptions": options}})
        self._at += f"/session/{made['sessionId']}"
        self._send("/timeouts", script=120_000, pageLoad=120_000)

    def _send(self, path: str, **words: Any) -> Any:
        at = self._at + path if path else f"{self._at}/session"
        asked = urllib.request.Request(at, json.dumps(words).encode(), {"content-type": "application/json"})
        try:
            with urllib.request.urlopen(asked, timeout=180) as answer:
                return json.loads(answer.read())["value"]
        except urllib.error.HTTPError as err:
            raise AssertionError(err.read().decode()) from None

    def goto(self, url: str) -> None:
        """Open a page and wait until it is whole."""
        self._send("/url", url=url)
        self.until("document.readyState === 'complete'")  # its driver comes back before that

    def width(self, width: int) -> None:
        """Make the page as wide as a telephone, or as a desk; its window is never narrower than some 450 pixels."""
        self._send("/window/rect", width=width, height=900)

    def says(self, script: str) -> Any:
        """Return what an expression of the page comes to, waited for if it is a promise."""
        done = f"(async () => JSON.stringify(await ({script}) ?? null))().then(arguments[0], (e) => arguments[0](null))"
        found = self._send("/execute/async", script=done, args=[])
        assert found is not None, script
        return json.loads(found)

    def types(self, text: str) -> None:
        """Press the keys of a text, in what has the focus."""
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self._send("/actions", actions=[{"type": "key", "id": "keys", "actions": keys}])

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
        """End it, and its screen."""
        with suppress(OSError):
            urllib.request.urlopen(urllib.request.Request(self._at, method="DELETE"), timeout=20).close()
        for process in (self._process, self._screen):
            process.terminate()
            process.wait(10)
