"""The quarrel: a sentence, a number and a picture of the variants, for the pair of the case and for any other, in names."""

from __future__ import annotations

import html
import re

from starlette.testclient import TestClient

from foedus.asking.about_a_case import dispute
from foedus.asking.ask import Ask
from foedus.questions.how_far_the_quarrel_goes import RUNG
from foedus.vocabulary.tables import percent
from foedus.web.address import Address
from foedus.web.answer_page import between
from foedus.web.held import Held
from foedus.web.serve import create_app


def test_the_page_says_how_likely_it_is_and_what_changes_it_most(client: TestClient) -> None:
    text = client.get("/c/indo-pacific-2020/quarrel?draws=0").text
    found = dispute(Ask("indo-pacific-2020", draws=0))
    assert (
        '<h1 id="h" class="long">It is about as likely as not that Japan and South Korea both escalate in a year.</h1>'
        in text
    )
    first, strongest = next(iter(found.tables[0])), found.says[1]
    assert f"<b>{percent(float(str(first['both'])))}</b>".replace(" %", "\xa0%") in text
    assert strongest in html.unescape(text).replace("\xa0", " ")
    picture = text.partition('<figure class="part">')[2].partition("</figure>")[0]
    assert [row["variant"] for row in found.tables[0] if str(row["variant"])[:12] not in picture] == []
    assert '?pair=JPN,KOR&amp;draws=0#p1" aria-current="true">Japan and South Korea</a>' in text
    assert client.get("/c/indo-pacific-2020/quarrel.svg?draws=0").text.startswith("<svg")


def test_another_pair_is_answered_with_its_own_numbers(client: TestClient) -> None:
    text = client.get("/c/indo-pacific-2020/quarrel?pair=PHL,VNM&draws=0").text
    assert "the Philippines and Vietnam both escalate" in re.sub(r"\s+", " ", text)
    assert "5–95 % of draws" not in text
    offered = client.get("/c/europe-1949/quarrel").text.partition('aria-label="Quarrels"')[2].partition("</p>")[0]
    assert offered.count('aria-current="true"') == 1  # the case names none: the largest


def test_the_draws_of_the_case_give_its_own_quarrel_a_range(common_cache: object) -> None:
    held = Held("asia-1953")
    with TestClient(create_app(held, warm=False)) as own:
        address = Address("asia-1953", draws=20)
        held.draw(address).finished.wait()
        band = held.answer(address).band(RUNG("as it is", "both"))
        text = own.get("/c/asia-1953/quarrel?draws=20").text.replace("\xa0", " ")
    assert f"5–95 % of draws: {between(band)}" in text
