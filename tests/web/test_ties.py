"""Ties on maps are links: to what a treaty is worth where the star has it, else to the list of what is in force."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from web.browsing import BROWSER

CHANGED = "/c/indo-pacific-2020?draws=0&lever=trade:0.5"


def test_every_line_of_a_map_leads_on_with_what_is_changed_and_says_its_name(client: TestClient) -> None:
    for page in (CHANGED, "/c/indo-pacific-2020/years?draws=0", "/c/indo-pacific-2020/case?draws=0"):
        text = client.get(page).text
        lines = re.findall(r'<a href="([^"]+)"><title>([^<]+)</title><path[^>]*data-a="(\w+)" data-b="(\w+)"', text)
        named = {(*sorted((a, b)), name) for _, name, a, b in lines}
        assert len(lines) == 2 * len(named) > 10, "for desks and telephones"
        assert ("JPN", "USA", "US–Japan Treaty of Mutual Cooperation and Security") in named
        leading = {href.replace("&amp;", "&").partition("#")[::2] for href, *_ in lines}
        assert {at.partition("?")[0] for at, _ in leading} == {
            "/c/indo-pacific-2020/leverage",
            "/c/indo-pacific-2020/case",
        }
        assert all(("lever=trade:0.5" in at) == ("lever" in page) for at, _ in leading)
    at = next(h for h, *_ in lines if h.endswith("#JPN-USA"))
    worth = client.get(at.replace("&amp;", "&")).text
    ids = set(re.findall(r'<tbody id="([\w-]+)"', worth))
    assert {where for at, where in leading if "leverage" in at} == ids, "each has its row there"
    assert 'id="force"' in text


@pytest.mark.browser
@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
def test_a_line_is_reached_by_key_and_by_a_press_beside_it(opened: Any, here: str) -> None:
    page = opened(script=False)
    page.goto(f"{here}/c/asia-1953?draws=20")
    line = page.locator("figure.map .broad").get_by_role("link", name="Treaty").first
    line.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/leverage**")
    there = page.url
    assert page.locator("tbody:target").count() == 1
    page.go_back()
    spot = page.evaluate(
        """() => { const path = document.querySelector(".map .broad a:not([tabindex]) path"), m = path.getScreenCTM();
        const at = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(m); return [at.x, at.y + 8]; }"""
    )
    page.mouse.click(*spot)
    page.wait_for_url("**/leverage**")
    assert page.url == there
