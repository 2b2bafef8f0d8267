"""A seat of a served room in Firefox: what is typed is kept, what changes comes by itself, what is refused stays written."""

from __future__ import annotations

from pathlib import Path

import pytest
from own_process import in_a_process

from web.firefox import FIREFOX, Firefox

pytestmark = [pytest.mark.browser, pytest.mark.skipif(FIREFOX is None, reason="no Firefox here")]

_OPEN = "(() => {{ const d = document.querySelector('details[id^={}]'); d.closest('details.more-acts, details').open = true; d.open = true; return true; }})()"
_SHOWS = "document.querySelector({!r})?.textContent.includes({!r})"


def test_a_seat_in_firefox_keeps_what_is_typed_sees_what_changes_and_keeps_what_is_refused(tmp_path: Path) -> None:
    with in_a_process(tmp_path) as room:
        (tmp_path / "profile").mkdir()
        firefox = Firefox(tmp_path / "profile")

        def into(field: str, text: str) -> None:
            firefox.says(f"(document.querySelector({field!r}).focus(), true)")
            firefox.types(text)

        def press(button: str) -> None:
            firefox.says(f"(document.querySelector({button!r}).click(), true)")

        try:
            firefox.goto(f"{room.here}/r/a/enter#{room.secrets['GBR']}")
            firefox.until("location.pathname.endsWith('/GBR') && document.body.dataset.live === 'stream'")
            into("#draft", "Half a sentence")
            firefox.until(_SHOWS.format(".comp .kept", "on the server"))
            firefox.says("(localStorage.clear(), location.reload(), true)")
            firefox.until("document.querySelector('#draft')?.value === 'Half a sentence' && document.body.dataset.live")

            firefox.says(_OPEN.format("f-text-table"))
            into("[name=title]", "A pact")
            into("[name=article]", "They consult.")
            press("[id^=f-text-table] .send button")
            firefox.until(_SHOWS.format(".paper", "They consult."))
            firefox.until("document.querySelector('#draft')?.value === 'Half a sentence' && document.body.dataset.live")
            text = firefox.says("document.querySelector('article.paper').dataset.part.replace('paper-', '')")

            firefox.says("window.the_same = true")
            firefox.says(_OPEN.format("f-amendment-offer"))
            into("[id^=f-amendment-offer] textarea", " They meet, too.")
            article = firefox.says("document.querySelector('[id^=f-amendment-offer] [name=article]').value")
            room.act("USA", "amendment.offer", "They consult at once.", text=text, article=article)
            firefox.until(_SHOWS.format(".paper", "They consult at once."))
            room.act("GBR", "text.withdraw", id=text)  # by another of the same seat
            press("[id^=f-amendment-offer] .send button")
            assert firefox.until("document.querySelector('#note').textContent").endswith("What you typed is kept.")
            written = "They consult. They meet, too."
            assert firefox.says("document.querySelector('[id^=f-amendment-offer] textarea').value") == written
            assert firefox.says("document.querySelector('#draft').value") == "Half a sentence"
            assert firefox.says("window.the_same"), "all of this came without loading the page anew"
            assert [a for a in firefox.asked if not a.startswith((room.here, "data:", "about:"))] == []
        finally:
            firefox.close()
