from __future__ import annotations

import re
import time

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from foedus.asking.ask import Ask
from foedus.cli.main import main
from foedus.questions.what_forms import CHANCE
from foedus.web import lives
from foedus.web.address import parse
from foedus.web.held import Held
from foedus.web.limits import Limits
from foedus.web.serve import create_app


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
    assert re.search(
        r'href="/c/indo-pacific-2020/years\?year=1960" tabindex="-1"',
        text.partition('<g class="years" aria-hidden="true">')[2],
    )
    assert "the chance of" in text


def test_runs_through_the_years_stand_beside_the_record_and_are_what_the_command_prints(client: TestClient) -> None:
    path = "/c/indo-pacific-2020/years?from=2019&to=2020&runs=3&without=dispute"
    for _ in range(900):
        answer = client.get(path)
        if "refresh" not in answer.headers:
            break
        time.sleep(0.1)
    text = answer.text
    assert "Institutions through the years" in text
    assert "At the end of 2020 the hub has" in text
    assert re.search(r'name="runs" value="200"', text)
    assert re.search(r'<input type="hidden" name="without" value="dispute">', text)
    found = re.search(r"<code>foedus (simulate .+?)</code>", text)
    assert found is not None
    assert found.group(1) == "simulate indo-pacific-2020 --without dispute --from 2019 --to 2020 --runs 3"
    printed = CliRunner().invoke(main, [*found.group(1).split(), "--json"])
    assert printed.exit_code == 0, printed.output
    assert client.get(path.replace("/years?", "/years.json?")).text == printed.stdout
    assert client.get(path.replace("/years?", "/years.svg?")).text.startswith("<svg")


def test_runs_are_kept_over_a_restart_of_the_server() -> None:
    address = parse("/c/indo-pacific-2020/years", "from=2020&to=2020&runs=2")
    first = Held()
    wanted = lives.asked_of(first, address)
    assert wanted is not None
    assert lives.run_of(first, wanted).finished.wait(300)
    assert lives.run_of(Held(), wanted).finished.is_set()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("runs=0", "is not a number of runs"),
        ("runs=many", "is not a whole number"),
        ("runs=2&from=1850&to=1851", "yearly data"),
        ("runs=2&from=2020&to=2010", "time runs forward"),
        ("rums=2", "Did you mean"),
    ],
)
def test_runs_that_cannot_be_are_a_sentence(client: TestClient, words: str, said: str) -> None:
    answer = client.get(f"/c/indo-pacific-2020/years?{words}")
    assert answer.status_code == 400
    assert said in answer.text


def test_strangers_get_thirty_years_and_the_command_for_more() -> None:
    public = TestClient(create_app(Held("indo-pacific-2020", Limits(public=True)), warm=False))
    answer = public.get("/c/indo-pacific-2020/years?runs=2")
    assert answer.status_code == 413
    assert "foedus simulate indo-pacific-2020 --runs 2" in answer.text
    offered = public.get("/c/indo-pacific-2020/years?year=2020").text
    assert 'name="runs"' not in offered


def test_a_case_without_series_has_its_bars(client: TestClient) -> None:
    answer = client.get("/c/europe-1914/years")
    assert answer.status_code == 200
    assert 'class="years"' not in answer.text


def test_a_year_without_data_is_a_sentence(client: TestClient) -> None:
    answer = client.get("/c/indo-pacific-2020/years?year=1850")
    assert answer.status_code == 400
    assert "yearly data run from" in answer.text


def test_a_page_of_another_year_says_the_year_at_its_top_and_how_far_years_go(client: TestClient) -> None:
    page = client.get("/c/indo-pacific-2020/years?year=2031&draws=0").text
    assert "<title>Years: The Indo-Pacific, December 2020, as of 2031" in page
    assert "<summary>As of 2031: The Indo-Pacific, December 2020</summary>" in page
    assert 'Year, 1951 to 2055 <input type="number" name="year" min="1951" max="2055" value="2031">' in page
