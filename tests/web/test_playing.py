"""The playground in a real browser: an analyst halves the trade by keyboard, looks for a fact, pins a world; nothing leaves the host."""

from __future__ import annotations

import re
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
    bar = page.get_by_role("navigation", name="Pages")
    assert bar.get_by_role("link", name="Draft a body").get_attribute("href").endswith("/draft?lever=trade:0.5")
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


def test_a_drag_is_one_step_of_back_and_the_difference_says_in_how_many_draws(opened: Any, server: str) -> None:
    page = opened()
    page.goto(f"{server}/c/asia-1953/play?draws=20")
    box = page.get_by_label("Trade with the adversaries").bounding_box()
    before, y = page.evaluate("history.length"), box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    for share in (0.3, 0.15):
        page.mouse.move(box["x"] + share * box["width"], y)
        page.wait_for_url(re.compile(rf"lever=trade:0\.{'[56]' if share == 0.3 else '[1-3]'}"))
    page.mouse.up()
    page.wait_for_timeout(400)
    assert page.evaluate("history.length") == before + 1
    difference = page.locator("#difference")
    difference.get_by_text(
        "of 20 common draws"
    ).wait_for()  # the draws of the world as it was opened say their number too
    said = difference.inner_text().replace("\xa0", " ")
    counts = [int(n) for n in re.findall(r"in (\d+)(?= of 20 common draws \(| \()", said)]
    assert sum(counts) == 20, said
    assert "Which way it goes is " in said
    page.get_by_role("button", name="More: 200").click()
    for _ in range(8):
        assert difference.is_visible(), "it stays until the new one is there"
        page.wait_for_timeout(40)
    heard = page.locator("#told").text_content() or ""
    assert f"Chance of a body {page.locator('#number').inner_text()}" in heard
    assert (page.locator("#who-words").text_content() or "-") in heard, "what is heard is of the world that is seen"
    page.go_back()
    page.go_back()
    page.wait_for_url("**/play?draws=20")


def test_the_copied_link_is_the_one_that_stays_until_the_page_is_changed(opened: Any, server: str) -> None:
    page = opened()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server)

    def copied() -> str:
        page.get_by_role("button", name="Copy link").click()
        page.get_by_role("button", name="Copied").wait_for()
        page.get_by_role("button", name="Copy link").wait_for()
        found: str = page.evaluate("navigator.clipboard.readText()")
        return found

    page.goto(f"{server}/c/asia-1953/play#cite")
    stays = page.locator("#cite-link").get_attribute("href")
    assert copied() == server + str(stays)
    assert "v=" in str(stays)
    page.get_by_label("Trade with the adversaries").press("ArrowLeft")
    page.wait_for_url("**lever=trade**")
    assert "lever=trade" in copied()


def test_a_value_beyond_its_range_is_said_to_be_so(opened: Any, server: str) -> None:
    page = opened()
    page.goto(f"{server}/c/asia-1953/play?set=loss_at_stake:9999")
    page.get_by_text("Outside what is held possible: loss at stake = 9999 (range 1 to 15)").wait_for()
    page.goto(f"{server}/c/asia-1953/play?set=loss_at_stake:10")
    assert page.get_by_text("Outside what is held possible").count() == 0


def test_the_draws_of_a_world_are_weighed_by_who_agrees(opened: Any, server: str) -> None:
    page = opened()
    page.goto(f"{server}/c/asia-1953/play?draws=24")
    page.locator("#run").get_by_text("24 draws, every").wait_for()
    page.locator("#giving").scroll_into_view_if_needed()
    page.get_by_role("group", name="Given that United States").get_by_role("link", name="agrees").click()
    page.wait_for_url("**/play?given=USA:agrees&draws=24")
    page.locator("#giving .said").get_by_text("Given that United States agrees to a council of all").wait_for()
    assert page.locator("#cmd").inner_text() == "foedus assess asia-1953 --given USA=agrees --draws 24"
    page.locator("#chips").get_by_role("button", name="given United States agrees").click()
    page.wait_for_url("**/play?draws=24")
