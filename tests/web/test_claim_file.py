"""A claim from its file: read as strictly as any trial file, into the form that makes it; what the form has no place for is said."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from foedus.trials.claims import trials_folder
from foedus.web.claim_file import LARGEST, claim_of
from web.browsing import BROWSER

FILE = """foedus: 1
name: mine
text: {author: "Ana", title: "A title", date: 1953, thesis: "Without quarrels Korea would be likelier to agree.", decided_by: 1}
case: asia-1953
claims:
  - id: 1
    says: "Without quarrels Korea would be likelier to agree."
    mechanisms: [dispute]
    model: {quantity: consent of KOR to everybody, under: {set: ["KOR.trade.CHN=0.02"], lever: no quarrels}, expect: rises, at_least: 0.05}
    record:
      - {count: {type: pact, from: 1950, at_least: 2}, says: supports, because: "Pacts were made in those years."}
    falsified_if: "Korea would be no likelier to agree without them."
"""


def test_a_file_that_the_form_made_is_read_back_to_the_byte() -> None:
    own, left = claim_of(FILE.encode())
    assert claim_of(own.text().encode()) == (own, "")
    assert left == ""
    assert (own.case, own.settings, own.lever, own.at_least) == (
        "asia-1953",
        ("KOR.trade.CHN=0.02",),
        "no quarrels",
        "0.05",
    )
    assert own.record[0].event == "count of pact from 1950 at least 2"
    for path in sorted(trials_folder().glob("*.yaml")):
        found, said = claim_of(path.read_bytes())
        assert claim_of(found.text().encode())[0] == found, path.name
        assert said.startswith("Left out, for the form has no place for it: "), path.name


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (FILE.replace("expect: rises", "expect: grows"), "your file:9"),
        (FILE.replace("    says: ", "    sais: "), "there is no such key. Did you mean 'says'"),
        ("claims: [", "your file:2:1: this is not YAML"),
        ("", "the file is empty"),
        ("!!python/object:os.system {}", "the tag"),
        ("a: " + "x" * LARGEST, "it has more than 262,144 bytes"),
    ],
)
def test_a_wrong_file_gets_sentences(client: TestClient, content: str, says: str) -> None:
    answer = client.post("/t/new/read", content=content.encode())
    assert answer.status_code == 400
    assert any(says in words for words in answer.json()["says"]), answer.json()


@pytest.mark.browser
@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here")
def test_a_file_is_read_into_the_form_and_offered_again_under_its_name(opened: Any, server: str) -> None:
    page = opened()
    page.goto(f"{server}/t/new")
    field = page.get_by_label("Or read a claim from its file")
    field.set_input_files([{"name": "mine.yaml", "mimeType": "text/yaml", "buffer": FILE.encode()}])
    page.wait_for_url("**/t/new?case=asia-1953&quantity=**&file=mine.yaml")
    assert page.get_by_label("What would show it to be wrong?").input_value().startswith("Korea would be no likelier")
    page.goto(f"{server}/t/new?file=mine.yaml")
    page.wait_for_url("**/t/new?case=asia-1953&quantity=**")
    assert page.get_by_label("What would show it to be wrong?").input_value().startswith("Korea would be no likelier")
    assert "file=" not in page.url
