from __future__ import annotations

import re
import time

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from foedus.cli.main import main
from foedus.vocabulary.prose import country, opening, the
from web.browsing import BROWSER

PATH = "/c/indo-pacific-2020/years?year=2019&from=2019&to=2020&runs=3"


def there(client: TestClient, path: str) -> str:
    """Return a page when it looks again no more."""
    for _ in range(900):
        answer = client.get(path)
        if "refresh" not in answer.headers:
            return answer.text
        time.sleep(0.1)
    raise AssertionError("it never came")


def test_every_event_of_a_run_is_an_address_that_says_who_refused_and_by_which_terms(client: TestClient) -> None:
    whole = client.get(PATH.replace("/years?", "/years.json?") + "&event=1").json()["rows"]
    row = next(r for r in whole if r["decides"] == "refuses" and r["year"] == 2019)
    page = there(client, f"{PATH}&event={row['event']}")
    assert f'event={row["event"]}&amp;year=2019#told" aria-current="true"' in page
    told = page.partition('id="why"')[2]
    name = opening(the(country(row["state"])))
    assert f"{name} refuses: it would {'lose' if row['gain'] < 0 else 'gain'}" in told
    assert f"the draw fell at {row['draw']:.2f}" in told
    assert f"What {the(country(row['state']))} would gain by it, term by term" in told
    found = re.search(r"<code>foedus (simulate .+?)</code>", page)
    assert found is not None
    assert found.group(1).endswith(f"--runs 3 --explain {row['event']}")
    printed = CliRunner().invoke(main, [*found.group(1).split(), "--json"])
    assert client.get(PATH.replace("/years?", "/years.json?") + f"&event={row['event']}").text == printed.stdout


def test_what_nobody_had_to_agree_to_is_said_as_well(client: TestClient) -> None:
    whole = client.get(PATH.replace("/years?", "/years.json?") + "&event=1").json()["rows"]
    alone = next(r for r in whole if not r["decides"] and r["draw"] is not None)
    assert f"draw fell at {alone['draw']:.2f}" in " ".join(there(client, f"{PATH}&event={alone['event']}").split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("event=7", "there are 3 runs"),
        ("event=1.99999", "run 1 has"),
        ("event=much", "this is no event of the log"),
    ],
)
def test_an_event_that_is_none_is_a_sentence(client: TestClient, words: str, said: str) -> None:
    there(client, PATH)
    assert said in client.get(f"{PATH}&{words}").text


def test_a_wrong_event_is_said_before_anybody_waits_for_the_runs(client: TestClient) -> None:
    for word, said in (("much", "this is no event of the log"), ("9", "there are 7 runs")):
        answer = client.get(f"/c/indo-pacific-2020/years?from=2015&to=2016&runs=7&event={word}")
        assert answer.status_code == 400
        assert said in answer.text


def test_an_event_without_runs_says_what_to_add(client: TestClient) -> None:
    answer = client.get("/c/indo-pacific-2020/years?event=1.2")
    assert answer.status_code == 400
    assert "Add runs=" in answer.text


@pytest.mark.skipif(BROWSER is None, reason="there is no browser")
def test_an_event_is_opened_by_keyboard_and_without_script(client: TestClient, opened: object, server: str) -> None:
    there(client, PATH)
    page = opened(script=False)  # type: ignore[operator]
    page.goto(server + PATH)
    while page.locator("#told").count() == 0:
        page.wait_for_timeout(500)
        page.reload()
    link = page.locator("#told ~ ol a").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**event=0.*")
    while page.locator("#why").count() == 0:
        page.wait_for_timeout(300)
        page.reload()
    assert page.locator("#why h2").inner_text().startswith("2019: ")
