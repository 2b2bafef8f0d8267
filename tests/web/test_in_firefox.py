"""The main roads in a Firefox with the network cut; Chromium walks them in detail, here it is seen that nothing is Chromium's alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from web.firefox import FIREFOX, Firefox

pytestmark = [pytest.mark.browser, pytest.mark.skipif(FIREFOX is None, reason="no Firefox here")]

_CLICK = "([...document.querySelectorAll('a,button,summary')].find((e) => e.textContent.trim().startsWith({!r})).click(), true)"


def test_the_main_roads_are_open_in_firefox(tmp_path: Path, server: str) -> None:
    firefox = Firefox(tmp_path)
    try:
        firefox.goto(f"{server}/")
        assert firefox.says("document.querySelector('a[href=\"/c/europe-1914\"]') !== null")
        firefox.goto(f"{server}/c/asia-1953?draws=0")
        assert "likeliest outcome" in firefox.says("document.querySelector('h1').textContent")
        assert firefox.says("document.fonts.ready.then(() => document.fonts.check('16px \"F Sans\"'))")
        firefox.says(_CLICK.format("Who refuses, and why"))
        firefox.until("location.pathname.includes('/why/') && document.readyState === 'complete'")
        assert "refuse" in firefox.says("document.querySelector('h1').textContent")

        firefox.goto(f"{server}/c/asia-1953/play?draws=0")
        before = firefox.says("document.querySelector('#gains, .gains, main').textContent")
        slide = "(() => { const s = document.getElementById('lever-trade'); s.value = 0.5; s.dispatchEvent(new Event('input', {bubbles: true})); return true; })()"
        firefox.says(slide)
        firefox.until("document.getElementById('cmd').textContent.includes('--lever trade=0.5')")
        firefox.until("location.search.includes('lever=trade:0.5')")
        assert firefox.says("document.querySelector('#gains, .gains, main').textContent") != before

        firefox.goto(f"{server}/t/large-allies-pay-more?draws=0&claim=1")
        firefox.until("document.querySelector('main a[rel=next]') !== null")  # the page looks again until it is tried
        firefox.says("(document.querySelector('main a[rel=next]').click(), true)")
        firefox.until("location.search.includes('claim=2')")

        firefox.width(390)
        firefox.goto(f"{server}/t/new?case=asia-1953")
        assert firefox.says("document.documentElement.scrollWidth") <= 390
        fill = "(() => { const f = document.getElementById('falsified_if'); f.value = 'its chance does not rise'; f.dispatchEvent(new Event('input', {bubbles: true})); return true; })()"
        firefox.says(fill)
        assert "my-claim.yaml" in firefox.until("document.querySelector('#outcome a[download]')?.textContent")
        assert [a for a in firefox.asked if not a.startswith((server, "data:", "about:"))] == []
    finally:
        firefox.close()
