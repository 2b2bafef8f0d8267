"""A seat of a served room in browsers other than Chromium: what is typed is kept, what changes comes by itself, what is refused stays written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from own_process import in_a_process

from web.others import OTHERS

pytestmark = pytest.mark.browser

_OPEN = "(() => {{ const d = document.querySelector('details[id^={}]'); d.closest('details.more-acts, details').open = true; d.open = true; return true; }})()"
_SHOWS = "document.querySelector({!r})?.textContent.includes({!r})"


@pytest.mark.parametrize("other", OTHERS)
def test_a_seat_keeps_what_is_typed_sees_what_changes_and_keeps_what_is_refused(tmp_path: Path, other: Any) -> None:
    with in_a_process(tmp_path) as room:
        (tmp_path / "profile").mkdir()
        page = other(tmp_path / "profile")

        def into(field: str, text: str) -> None:
            page.says(f"(document.querySelector({field!r}).focus(), true)")
            page.types(text)

        def press(button: str) -> None:
            page.says(f"(document.querySelector({button!r}).click(), true)")

        try:
            page.goto(f"{room.here}/r/a/enter#{room.secrets['GBR']}")
            page.until("location.pathname.endsWith('/GBR') && document.body.dataset.live === 'stream'")
            into("#draft", "Half a sentence")
            page.until(_SHOWS.format(".comp .kept", "on the server"))
            page.says("(localStorage.clear(), window.old = true, location.reload(), true)")
            page.until(
                "!window.old && document.querySelector('#draft')?.value === 'Half a sentence' && document.body.dataset.live"
            )

            page.says(_OPEN.format("f-text-table"))
            into("[name=title]", "A pact")
            into("[name=article]", "They consult.")
            press("[id^=f-text-table] .send button")
            page.until(_SHOWS.format(".paper", "They consult."))
            page.until(
                "!window.old && document.querySelector('#draft')?.value === 'Half a sentence' && document.body.dataset.live"
            )
            text = page.says("document.querySelector('article.paper').dataset.part.replace('paper-', '')")

            page.says("window.the_same = true")
            page.says(_OPEN.format("f-amendment-offer"))
            into("[id^=f-amendment-offer] textarea", " They meet, too.")
            article = page.says("document.querySelector('[id^=f-amendment-offer] [name=article]').value")
            room.act("USA", "amendment.offer", "They consult at once.", text=text, article=article)
            page.until(_SHOWS.format(".paper", "They consult at once."))
            room.act("GBR", "text.withdraw", id=text)  # by another of the same seat
            press("[id^=f-amendment-offer] .send button")
            assert page.until("document.querySelector('#note').textContent").endswith("What you typed is kept.")
            written = "They consult. They meet, too."
            assert page.says("document.querySelector('[id^=f-amendment-offer] textarea').value") == written
            assert page.says("document.querySelector('#draft').value") == "Half a sentence"
            assert page.says("window.the_same"), "all of this came without loading the page anew"
            assert [a for a in page.asked if not a.startswith((room.here, "data:", "about:"))] == []
        finally:
            page.close()
