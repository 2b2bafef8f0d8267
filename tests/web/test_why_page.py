from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from foedus.cli.main import main
from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.questions.what_the_record_holds import consents_table, disagreements
from foedus.web.address import Address
from foedus.web.formulas import formula
from foedus.web.held import Held
from foedus.web.why_page import amount, by_record, of_state


def test_a_state_is_taken_apart_down_to_facts_with_sources(client: TestClient) -> None:
    text = client.get("/c/asia-1953/why/KOR?term=exposure&draws=0").text
    assert re.search(r"South Korea (would|might)", text)
    assert 'href="/n/trade/KOR/CHN?case=asia-1953"' in text
    assert '<b class="known not">Judged</b>: ' in text
    assert '<b class="known">Measured</b>' in text
    assert "What would change its mind" in text
    assert "coercion pain" in text


def test_pressing_a_term_is_an_address(client: TestClient) -> None:
    text = client.get("/c/asia-1953/why/KOR?draws=0").text
    links = re.findall(r'<a class="row[^"]*" href="([^"]+)#made"', text)
    assert {re.search("term=([a-z]+)", s).group(1) for s in links} >= {"security", "exposure", "dispute"}  # type: ignore[union-attr]
    assert client.get(links[0].replace("&amp;", "&")).status_code == 200


def test_names_work_as_well_as_ids_and_wrong_ones_are_mended(client: TestClient) -> None:
    assert client.get("/c/asia-1953/why/South%20Korea?draws=0").status_code == 200
    answer = client.get("/c/asia-1953/why/KORR?draws=0")
    assert answer.status_code == 400
    assert 'href="/c/asia-1953/why/KOR?draws=0"' in answer.text
    for wrong in ("?term=exposur", "?body=nobody"):
        assert client.get(f"/c/asia-1953/why/KOR{wrong}").status_code == 400


def test_without_a_state_it_is_about_who_loses_most(client: TestClient) -> None:
    assert 'aria-current="page"' in client.get("/c/asia-1953/why?draws=0").text


def test_the_command_on_the_page_prints_the_json_of_the_page(client: TestClient) -> None:
    address = "/c/asia-1953/why/KOR?lever=trade:0.5&draws=0"
    found = re.search(r"<code>foedus (.+?)</code>", client.get(address).text)
    assert found is not None
    printed = CliRunner().invoke(main, [*found.group(1).split(), "--json"])
    assert printed.exit_code == 0, printed.output
    assert client.get(address.replace("?", ".json?")).text == printed.stdout


def test_a_lever_in_the_address_changes_the_answer(client: TestClient) -> None:
    plain, half = (client.get(f"/c/asia-1953/why/KOR.json?{w}draws=0").json() for w in ("", "lever=threat:2&"))
    assert plain["says"] != half["says"]


def test_the_picture_stands_alone(client: TestClient) -> None:
    svg = client.get("/c/asia-1953/why/KOR.svg?draws=0").text
    assert svg.startswith("<svg")
    assert "var(--" not in svg


def test_the_formula_has_the_state_and_its_numbers_in_it(client: TestClient) -> None:
    text = client.get("/c/asia-1953/why/KOR?term=dispute").text
    law = re.search(r"<math.*?</math>", text, re.DOTALL)
    assert law is not None
    assert "KOR" in re.sub(r"<[^>]+>", "", law.group(0))
    told = re.search(r"For South Korea this comes to (.+?)</p>", text, re.DOTALL)
    assert told is not None
    value = re.search(r"quarrels among members: ([−+\d.]+)", text, re.I)
    assert value is not None
    assert told.group(1).startswith(value.group(1))
    assert 'title="commitment cost">k<sub>N</sub></abbr> = ' in told.group(1)
    assert ">d<sub>KOR,JPN</sub></abbr> = 1" in told.group(1)
    assert "reach advantage" not in told.group(1)


@pytest.mark.parametrize("term", COMPONENTS)
def test_every_law_can_be_written_for_a_state(term: str) -> None:
    named = of_state(MECHANISMS[term].equation, "KOR")
    assert "KOR" in named
    assert "_i" not in named
    assert "<math" in formula(named)


def test_the_record_s_law_stands_beside_the_theory_where_both_speak(client: TestClient) -> None:
    answer = Held("asia-1953").plainly(Address("asia-1953"))
    refused, wanted = disagreements(consents_table(answer))
    assert refused
    assert wanted
    for state in (*refused, *wanted):
        assert by_record(answer, state).endswith(", and there the two disagree.")
    text = client.get(f"/c/asia-1953/why/{refused[0]}").text
    assert "and there the two disagree" in text
    assert 'href="/c/asia-1953/case#record-law"' in text
    assert "two centuries" not in client.get(f"/c/asia-1953/why/{refused[0]}?body=The Manila Pact of 1954").text


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.1, "share", "10 %"),
        (0.25, "share of GDP", "25 % of GDP"),
        (0.05, "share", "5.0 %"),
        (0.0, "share", "0 %"),
        (1.0, "yes/no", "yes"),
        (0.0, "0/1", "no"),
    ],
)
def test_amounts_are_read_as_people_read_them(value: float, unit: str, words: str) -> None:
    assert amount(value, unit) == words
