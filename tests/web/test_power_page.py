"""The wedge and the leverage: the number, the sentence, and the pictures say what the tables say."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from foedus.asking.ask import Ask
from foedus.questions.under_budget import under_budget
from foedus.questions.what_a_wedge_costs import BREAK
from foedus.questions.who_has_leverage import HUBS
from foedus.web.address import Address
from foedus.web.held import Held


def test_the_wedge_shows_what_holds_and_whom_one_would_press(client: TestClient) -> None:
    text = client.get("/c/indo-pacific-2020/wedge?draws=0&budget=3").text
    task = Ask("indo-pacific-2020", draws=0).task()
    cost = Held().plainly(Address("indo-pacific-2020")).value(BREAK("star"))
    assert 'href="/c/indo-pacific-2020/wedge?budget=10&amp;draws=0#p2"' in text
    assert re.search(r'budget=3&amp;draws=0#p2" aria-current="true"', text)
    assert ">3 bn</text>" in text.partition("Whom one would press")[0], "the budget is marked on what holds"
    pressed = text.partition("Whom one would press")[2].partition("</figure>")[0]
    for row in under_budget(task, 3.0).tables[0]:
        assert str(row["name"]) in pressed
        assert row["cost"] != 0.0 or "no gain anyway" in pressed
    turned = [
        r
        for r in under_budget(task, 3.0).tables[0]
        if r["architecture"] == "The bilateral star" and r["cost"] is not None
    ]
    together = sum(float(str(r["cost"])) for r in turned)
    read = text.replace("\xa0", " ")
    assert f"<b>{together:.1f} bn</b>" in read, "what can be bought stands in large"
    assert f"would let China turn {len(turned)} of 5 treaties" in read
    assert f"To break every one, if trade had no limit: {cost:.1f} bn" in read
    assert "What holds under pressure" in text
    assert text.count('<figure class="part">') == 2


def test_leverage_shows_the_hubs_value_with_its_band_when_there_are_draws(client: TestClient) -> None:
    plain = client.get("/c/indo-pacific-2020/leverage").text
    assert "5–95 % of draws" not in plain
    assert "Work out 200 draws" in plain
    found = Held().answer(Address("indo-pacific-2020", draws=0))
    assert f"<b>{found.value(HUBS('star', 'money')):.1f}" in plain
    assert plain.count('<figure class="part">') == 2
    half = '<a href="/c/indo-pacific-2020/leverage?lever=hub:0.5#p1"'
    assert f"{half}>half</a>" in plain
    assert f'{half} aria-current="true">half</a>' in client.get("/c/indo-pacific-2020/leverage?lever=hub:0.5").text
    assert client.get("/c/indo-pacific-2020/leverage.svg?draws=0").text.startswith("<svg")
    assert client.get("/c/indo-pacific-2020/wedge.svg?draws=0").text.startswith("<svg")


def test_a_case_without_a_star_says_so(client: TestClient) -> None:
    answer = client.get("/c/europe-1914/wedge?draws=0")
    assert answer.status_code == 200
    assert "<svg" in answer.text
