"""The main roads in a Firefox with the network cut, and in a WebKit; Chromium walks them in detail, here it is seen that nothing is Chromium's alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from web.others import OTHERS

pytestmark = pytest.mark.browser

_CLICK = "([...document.querySelectorAll('a,button,summary')].find((e) => e.textContent.trim().startsWith({!r})).click(), true)"


@pytest.mark.parametrize("other", OTHERS)
def test_the_main_roads_are_open_elsewhere(tmp_path: Path, server: str, other: Any) -> None:
    page = other(tmp_path)
    try:
        page.goto(f"{server}/")
        assert page.says("document.querySelector('a[href=\"/c/europe-1914\"]') !== null")
        page.goto(f"{server}/c/asia-1953?draws=0")
        assert "likeliest outcome" in page.says("document.querySelector('h1').textContent")
        assert page.says("document.fonts.ready.then(() => document.fonts.check('16px \"F Sans\"'))")
        page.says(_CLICK.format("Who refuses, and why"))
        page.until("location.pathname.includes('/why/') && document.readyState === 'complete'")
        assert "refuse" in page.says("document.querySelector('h1').textContent")

        page.goto(f"{server}/c/asia-1953/play?draws=0")
        before = page.says("document.querySelector('#gains, .gains, main').textContent")
        slide = "(() => { const s = document.getElementById('lever-trade'); s.value = 0.5; s.dispatchEvent(new Event('input', {bubbles: true})); return true; })()"
        page.says(slide)
        page.until("document.getElementById('cmd').textContent.includes('--lever trade=0.5')")
        page.until("location.search.includes('lever=trade:0.5')")
        assert page.says("document.querySelector('#gains, .gains, main').textContent") != before

        page.goto(f"{server}/t/large-allies-pay-more?draws=0&claim=1")
        page.until("document.querySelector('main a[rel=next]') !== null")  # the page looks again until it is tried
        page.says("(document.querySelector('main a[rel=next]').click(), true)")
        page.until("location.search.includes('claim=2')")

        page.width(390)
        page.goto(f"{server}/t/new?case=asia-1953")
        assert page.says("document.documentElement.scrollWidth <= innerWidth")
        fill = "(() => { const f = document.getElementById('falsified_if'); f.value = 'its chance does not rise'; f.dispatchEvent(new Event('input', {bubbles: true})); return true; })()"
        page.says(fill)
        assert "my-claim.yaml" in page.until("document.querySelector('#outcome a[download]')?.textContent")
        assert [a for a in page.asked if not a.startswith((server, "data:", "about:"))] == []
    finally:
        page.close()
