from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from foedus.asking.ask import Ask
from foedus.questions.what_forms import CHANCE
from foedus.web.held import Held
from foedus.web.serve import create_app


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Held("indo-pacific-2020"), warm=False)) as found:
        yield found


def test_every_year_is_worked_out_as_the_case_of_that_year_is(client: TestClient) -> None:
    rows = client.get("/c/indo-pacific-2020/years.json").json()["rows"]
    assert [rows[0]["year"], rows[-1]["year"]] == [1951, 2025]
    found = next(r for r in rows if r["year"] == 1986)
    study = Ask("indo-pacific-2020@1986").task().study()
    assert found["body"] == pytest.approx(study.formation.body, abs=1e-12)
    assert CHANCE("body")


def test_the_year_of_the_address_is_shown_with_the_way_to_the_next(client: TestClient) -> None:
    for _ in range(300):
        answer = client.get("/c/indo-pacific-2020/years?year=1986")
        if "refresh" not in answer.headers:
            break
        time.sleep(0.1)
    text = answer.text
    assert "<h1>1986</h1>" in text
    assert 'rel="next" href="/c/indo-pacific-2020/years?year=1987"' in text
    assert "ANZUS" in text
    assert re.search(r'href="/c/indo-pacific-2020/years\?year=1960" class="year"', text)
    assert "the chance of" in text


def test_a_case_without_series_has_its_bars(client: TestClient) -> None:
    answer = client.get("/c/europe-1914/years")
    assert answer.status_code == 200
    assert 'class="year"' not in answer.text


def test_a_year_without_data_is_a_sentence(client: TestClient) -> None:
    answer = client.get("/c/indo-pacific-2020/years?year=1850")
    assert answer.status_code == 400
    assert "yearly data run from" in answer.text
