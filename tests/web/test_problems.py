"""Wrong addresses of every page: the sentence, the nearest right name as a link, and the same page without what is wrong."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

from foedus.web.held import Held
from foedus.web.limits import Limits
from foedus.web.serve import create_app


@pytest.mark.parametrize(
    ("path", "said", "links"),
    [
        ("/c/asia-1953.jsn?draws=0", "this page has no such form", ["/c/asia-1953.json?draws=0", "/c/asia-1953"]),
        ("/c/asia-1953/wedge.xml", "this page has no such form", ["/c/asia-1953/wedge"]),
        ("/c/asia-1953?map=gain&draws=0", "there is no such view", ["/c/asia-1953?map=gains&draws=0", "/c/asia-1953"]),
        ("/c/asia-1953?draws=99999999999", "too large", ["/c/asia-1953"]),
        (
            "/c/asia-1953/draft?members=USA,JPN,KOR&rule=majority",
            "no body decides like that",
            ["/c/asia-1953/draft?members=USA,JPN,KOR&rule=hub", "/c/asia-1953/draft"],
        ),
        (
            "/n/trade/KOR?case=indo-pacific-2020",
            "has no such number",
            ["/n/trade/KOR/CHN?case=indo-pacific-2020", "/c/indo-pacific-2020/case"],
        ),
        ("/n/trade/KOR/CHN?cas=x", "an address has no such word", ["/n/trade/KOR/CHN?case=x", "/c/asia-1953/case"]),
        ("/n/gdp/KOR/JPN?case=asia-1953", "has no such number", ["/n/gdp/KOR?case=asia-1953"]),
        ("/t/a-nato-in-asia?claim=x", "not a whole number", ["/t/a-nato-in-asia"]),
        ("/t/a-nato-in-asia.jso", "no such form", ["/t/a-nato-in-asia.json", "/t/a-nato-in-asia"]),
        ("/t/new?case=nowhere", "there is no such case", ["/t/new"]),
        ("/c/new?base=nowhere", "there is no such case", ["/c/new"]),
        ("/docs/tutoral", "no such page", ["/docs/tutorial", "/docs"]),
        ("/method/exposur", "no such mechanism", ["/method/exposure", "/method"]),
        ("/parameters.jsn", "no such form", ["/parameters.json", "/parameters"]),
    ],
)
def test_a_wrong_address_leads_on(client: TestClient, path: str, said: str, links: list[str]) -> None:
    answer = client.get(path)
    assert 400 <= answer.status_code < 500
    text = html.unescape(answer.text)
    assert said in text
    offered = re.findall(r'<a class="btn[^"]*" href="([^"]+)"', text)
    assert set(links) <= set(offered)


def test_no_file_is_read_as_a_calibration_for_strangers() -> None:
    public = TestClient(create_app(Held("asia-1953", Limits(public=True)), warm=False))
    for path in (
        "/c/asia-1953?draws=0&calibration=/etc/passwd",
        "/c/asia-1953/play/quick?calibration=/etc/passwd",
        "/t/large-allies-pay-more?draws=3&calibration=/etc/passwd",
    ):
        answer = public.get(path)
        assert answer.status_code == 400
        assert "this server has no calibration of this name" in answer.text
    assert public.get("/c/asia-1953?draws=0&calibration=record-1817-2016").status_code == 200
