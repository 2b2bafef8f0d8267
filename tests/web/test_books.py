from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml
from click.testing import CliRunner
from starlette.testclient import TestClient

from foedus.cli.main import main
from foedus.mechanisms import MECHANISMS
from foedus.web.books import names, search
from foedus.web.held import Held
from foedus.web.serve import create_app


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Held("asia-1953", prefix="/at"), warm=False)) as found:
        yield found


def test_every_page_of_the_documentation_is_there_and_its_links_lead_somewhere(client: TestClient) -> None:
    assert {"tutorial", "systems", "systems/quad", "mechanisms/exposure", "decisions"} <= set(names())
    for name in names():
        answer = client.get(f"/docs/{name}")
        assert answer.status_code == 200, name
        assert " style=" not in answer.text, name
        for link in set(re.findall(r'(?:href|src)="/at(/docs/[^"#]+)', answer.text)):
            assert client.get(link).status_code == 200, (name, link)


def test_words_are_found_offline_headings_first(client: TestClient) -> None:
    found = search("exposure reprisals")
    assert any(link.startswith("/docs/mechanisms/exposure") for _, _, link, _ in found)
    assert search("zzzzqqq") == []
    assert search("") == []
    text = client.get("/docs?q=<b>trade</b>").text
    assert "<b>trade" not in text
    assert 'value="&lt;b&gt;trade' in text


def test_the_list_of_the_documentation_begins_with_what_people_come_for_and_leaves_no_page_out(
    client: TestClient,
) -> None:
    text = client.get("/docs").text
    assert re.findall(r"<h2>(.*?)</h2>", text)[:2] == ["To understand an answer", "To judge how far to believe it"]
    listed = re.findall(r'<li><a href="/at/docs/([^"]+)">', text)
    assert sorted(listed) == sorted(names()), "each once"


def test_a_law_is_data_too(client: TestClient) -> None:
    assert [r["name"] for r in client.get("/method/exposure.json").json()["rows"]] == ["exposure"]
    assert client.get("/method/exposure.csv").text.count("\n") == 2


def test_every_law_has_a_page_and_every_parameter_an_anchor(client: TestClient) -> None:
    for name in MECHANISMS:
        assert client.get(f"/method/{name}").status_code == 200, name
    assert client.get("/method/exposur").status_code in (400, 404)
    assert 'id="coercion_pain"' in client.get("/parameters").text


@pytest.mark.parametrize(("page", "command"), [("/method.json", "mechanisms"), ("/parameters.json", "parameters")])
def test_lists_are_what_the_command_prints(client: TestClient, page: str, command: str) -> None:
    assert client.get(page).text == CliRunner().invoke(main, [command, "--json"]).stdout


def test_laws_parameters_and_the_documentation_are_data_in_every_form_that_makes_sense(client: TestClient) -> None:
    svg = client.get("/parameters.svg").text
    assert "Loss if an adversary with full intent surely prevails: 5 % of GDP a year, 1 to 15" in svg
    assert "Pain of economic coercion" in client.get("/method/exposure.svg").text
    assert yaml.safe_load(client.get("/method/exposure.yaml").text)[0]["name"] == "exposure"
    assert [r["name"] for r in client.get("/docs.json").json()["rows"]] == [*names()]
    rows = client.get("/docs/workbench.json").json()["rows"]
    assert {"Draws", "A claim of your own"} <= {r["heading"] for r in rows}
    assert client.get("/docs.csv?q=reprisals").text.startswith("title,heading,address,around\n")


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/docs.svg", ["/at/docs.json", "/at/docs.csv"]),
        ("/docs/workbench.yaml?v=0.1.0", ["/at/docs/workbench.json?v=0.1.0", "/at/docs/workbench.csv?v=0.1.0"]),
        ("/method.svg", ["/at/method.json", "/at/method.csv", "/at/method.yaml"]),
        ("/method/holding.png", ["/at/method/holding.json", "/at/method/holding.csv", "/at/method/holding.yaml"]),
    ],
)
def test_a_form_that_makes_no_sense_is_refused_in_a_sentence_with_those_that_there_are(
    client: TestClient, path: str, there: list[str]
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (404, "text/plain")
    first, *lines = answer.text.splitlines()
    assert "this page has no such form" in first
    assert lines == there
