"""The playground in a real browser: an analyst halves the trade by keyboard, looks for a fact, pins a world; nothing leaves the host."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    env = {**os.environ, "FOEDUS_CACHE": str(tmp_path_factory.mktemp("cache"))}
    words = [sys.executable, "-m", "foedus", "web", "asia-1953", "--port", "0"]
    server = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=env, cwd=Path(__file__).parents[2])
    assert server.stderr is not None
    address = server.stderr.readline().split(" at ")[1].split(" (")[0].rstrip("/")
    for _ in range(600):  # the first seconds a page says that it is coming, which a browser counts as an error
        with suppress(urllib.error.HTTPError):
            urllib.request.urlopen(f"{address}/c/asia-1953/play").read()
            break
        time.sleep(0.2)
    yield address
    server.terminate()
    server.wait(60)


def test_an_analyst_halves_the_trade_by_keyboard(here: str) -> None:
    with sync_api.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        page.on("request", lambda r: None if r.url.startswith((here, "data:")) else wrong.append(r.url))
        page.goto(f"{here}/c/asia-1953/play")
        slider = page.get_by_label("Trade with the adversaries")
        slider.focus()
        for _ in range(10):
            page.keyboard.press("ArrowLeft")
        page.wait_for_url("**/play?lever=trade:0.5")
        assert page.locator("#cmd").inner_text() == "foedus assess asia-1953 --lever trade=0.5 --draws 40"
        page.locator("#chips .chip").first.click()
        page.wait_for_url("**/play")
        page.get_by_label("Any fact or parameter").fill("treaty reliability")
        page.get_by_role("option").first.wait_for(timeout=20_000)
        page.keyboard.press("Enter")
        page.wait_for_url("**/play?set=treaty_reliability:0.7")
        page.goto(f"{here}/c/asia-1953/draft?members=USA,JPN,KOR")
        page.get_by_role("button", name="Australia").press("Enter")
        page.wait_for_url("**/draft?members=USA,JPN,KOR,AUS")
        browser.close()
    assert wrong == []
