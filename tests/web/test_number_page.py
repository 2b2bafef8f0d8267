from __future__ import annotations

import json
import re

import pytest
import yaml
from click.testing import CliRunner
from starlette.testclient import TestClient

from foedus.cli.main import main


def test_a_number_says_where_it_comes_from_and_how_much_it_matters(client: TestClient) -> None:
    text = client.get("/n/trade/KOR/CHN?case=indo-pacific-2020").text
    assert "Trade of South Korea with China" in text
    assert '<b class="known not">Judged</b>: no table has it' in text
    assert "The foedus project (its developers judged it for this case)" in text
    assert "11.2 % of GDP to 19.0 % of GDP" in text or "it may be" in text
    assert "CIA World Factbook" in text
    assert "Over its range the chance of a body in a year" in text
    assert "what South Korea gains by a council of all goes from −" in text
    assert '/method/exposure"' in text
    assert 'value="KOR.trade.CHN:' in text


def test_the_ends_of_the_range_give_the_least_and_the_most(client: TestClient) -> None:
    rows = client.get("/n/trade/KOR/CHN.json?case=indo-pacific-2020").json()["rows"]
    assert [r["at"] for r in rows] == ["least", "as it is", "most"]
    assert rows[0]["gain"] > rows[1]["gain"] > rows[2]["gain"]


def test_the_command_on_the_page_prints_the_json_of_the_number(client: TestClient) -> None:
    page = client.get("/n/trade/KOR/CHN?case=indo-pacific-2020").text
    command = re.search(r"<code>foedus (numbers [^<]+)</code>", page)
    assert command is not None
    printed = CliRunner().invoke(main, [*command.group(1).split(), "--json"])
    assert client.get("/n/trade/KOR/CHN.json?case=indo-pacific-2020").text == printed.stdout


def test_a_measured_number_is_not_varied(client: TestClient) -> None:
    page = client.get("/n/trade/KOR/CHN?case=asia-1953").text
    assert "It is measured and not varied" in page
    assert "<select" not in page, "it is nothing, so half of it and twice of it are no other values"
    assert 'href="/c/asia-1953/play?set=KOR.trade.CHN:0">Move it in the playground' in page
    assert "<b>1</b><span><strong>× 1,000 km" in client.get("/n/reach_scale?case=asia-1953").text


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/n/trad/KOR/CHN?case=indo-pacific-2020", "/n/trade/KOR/CHN?case=indo-pacific-2020"),
        ("/n/trade/KRO/CHN?case=indo-pacific-2020", "/n/trade/KOR/CHN?case=indo-pacific-2020"),
        ("/n/trade/KOR/CHN?case=indo-pacific-202", "/n/trade/KOR/CHN?case=indo-pacific-2020"),
        ("/n/trade", "/"),
        ("/n/loss_at_steak?case=asia-1953", "/n/loss_at_stake?case=asia-1953"),
    ],
)
def test_wrong_numbers_are_mended(client: TestClient, path: str, link: str) -> None:
    answer = client.get(path)
    assert 400 <= answer.status_code < 500
    assert f'href="{link}"' in answer.text


def test_a_parameter_says_who_judged_it_why_over_which_range_and_what_would_change_it(client: TestClient) -> None:
    page = client.get("/n/loss_at_stake?case=asia-1953").text
    for words in (
        "Loss at stake",
        "its developers judged it once, for all cases",
        "Defence effort of frontline states",
    ):
        assert words in page, words
    assert re.search(r"put it at 1\.39 \(nine in ten: 0\.793 to 2\.45\)", page)
    assert 'href="/c/asia-1953?calibration=record-1817-2016"' in page
    printed = CliRunner().invoke(main, ["numbers", "asia-1953", "loss_at_stake", "--json"])
    assert "foedus numbers asia-1953 loss_at_stake" in page
    assert client.get("/n/loss_at_stake.json?case=asia-1953").text == printed.stdout
    rows = json.loads(printed.stdout)["rows"]
    assert [r["value"] for r in rows] == [1.0, 5.0, 15.0]
    assert rows[0]["body"] != rows[2]["body"]


def test_a_number_is_a_picture_and_an_entry_too(client: TestClient) -> None:
    svg = client.get("/n/trade/KOR/CHN.svg?case=indo-pacific-2020").text
    assert svg.startswith("<svg")
    assert "Its value: 15 % of GDP, 11 % of GDP to 19 % of GDP" in svg
    assert "Chance of a body in a year: 1 %" in svg
    page = client.get("/n/trade/KOR/CHN?case=indo-pacific-2020").text
    assert page.count("Its value: 15 % of GDP") == 2, "wide and slim"
    assert "/n/trade/KOR/CHN.yaml?case=indo-pacific-2020" in page
    entry = yaml.safe_load(client.get("/n/trade/KOR/CHN.yaml?case=indo-pacific-2020").text)
    assert (entry["value"], entry["low"], entry["high"], entry["unit"]) == (0.15, 0.1125, 0.1901, "share of GDP")
    assert entry["judged"].startswith("Goods trade with China")
    assert [a["at"] for a in entry["answers"]] == ["least", "as it is", "most"]
    fixed = client.get("/n/trade/KOR/CHN.svg?case=asia-1953").text
    assert "Its value: 0 % of GDP" in fixed, "it is measured, and has no range"
    declared = yaml.safe_load(client.get("/n/loss_at_stake.yaml?case=asia-1953").text)
    assert (declared["value"], declared["low"], declared["high"]) == (5.0, 1.0, 15.0)
