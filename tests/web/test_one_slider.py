"""The one slider of the pages of power: a number field with a button without script, and a slider that moves the page with it."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from web.browsing import BROWSER

CASE = "/c/asia-1953"


@pytest.mark.parametrize(
    ("page", "typed", "there"),
    [
        ("wedge?budget=3&lever=trade:0.5&draws=0", {"budget": "2.5"}, "wedge?budget=2.5&lever=trade:0.5&draws=0"),
        ("leverage?lever=hub:2&lever=trade:0.5&draws=0", {"lever:hub": "1"}, "leverage?lever=trade:0.5&draws=0"),
        ("quarrel?pair=JPN,KOR&draws=0", {"lever:quarrels": "0.5"}, "quarrel?pair=JPN,KOR&lever=quarrels:0.5&draws=0"),
    ],
)
def test_without_script_it_is_a_field_whose_button_keeps_the_other_words(
    client: TestClient, page: str, typed: dict[str, str], there: str
) -> None:
    shown = client.get(f"{CASE}/{page}").text
    form = re.findall(r'<form class="slide.*?</form>', shown, re.DOTALL)[0]
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    name, value = re.findall(r'type="number" name="([^"]+)".*? value="([^"]+)"', form)[0]
    assert name in typed
    assert value == {"budget": "3", "lever:hub": "2", "lever:quarrels": "1"}[name]
    sent = client.get(f"{CASE}/ask", params=[*hidden, *typed.items()], follow_redirects=False)
    assert sent.headers["location"] == f"{CASE}/{there}"
    url = html.unescape(re.findall(r'data-url="([^"]+)"', form)[0])
    assert client.get(url.replace("~", "0.5")).status_code == 200


@pytest.mark.browser
@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here")
def test_the_page_moves_with_the_slider_and_its_address_follows(opened: Any, server: str) -> None:
    page = opened()
    page.goto(f"{server}{CASE}/leverage?draws=0")
    number = page.locator(".big b").first.inner_text()
    slider = page.get_by_role("slider", name="Force that the hub brings")
    slider.press("End")
    page.wait_for_url("**/leverage?lever=hub:3&draws=0")
    assert page.locator(".big b").first.inner_text() != number
    assert "--lever hub=3" in page.locator(".foot .cmd").inner_text()
    assert slider.evaluate("s => s === document.activeElement"), "it stays in the hand"
    assert "× 3" in page.locator("form.slide [role=status]").inner_text()
    page.go_back()
    page.wait_for_url("**/leverage?draws=0")
    page.get_by_text(number).first.wait_for()
