"""The playground in a real browser: an analyst halves the trade by keyboard, looks for a fact, pins a world; nothing leaves the host."""

from __future__ import annotations

from typing import Any

import pytest

from web.browsing import BROWSER

pytestmark = [pytest.mark.browser, pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here")]


def test_an_analyst_halves_the_trade_by_keyboard(opened: Any, server: str) -> None:
    page = opened()
    page.goto(f"{server}/c/asia-1953/play")
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
    page.goto(f"{server}/c/asia-1953/draft?members=USA,JPN,KOR")
    page.get_by_role("button", name="Australia").press("Enter")
    page.wait_for_url("**/draft?members=USA,JPN,KOR,AUS")
