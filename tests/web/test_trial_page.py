from __future__ import annotations

import datetime
import re
import time
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from httpx2 import Response
from starlette.testclient import TestClient

from foedus.asking.rivalry import compare_theories
from foedus.cli.main import main
from foedus.draws.contract import Draws
from foedus.web.framed import as_json
from foedus.web.held import Held
from foedus.web.serve import create_app
from foedus.web.trial_page import _waiting, heard, read, rivals_of, so_far, text_of
from foedus.web.underway import Run

TRIAL = "/t/large-allies-pay-more?draws=3"


def whole(client: TestClient, path: str) -> Response:
    for _ in range(600):
        answer = client.get(path)
        if "refresh" not in answer.headers:
            return answer
        assert re.search(r"\d+ of \d+ (draws|things that could change)|in line", answer.text)
        time.sleep(0.1)
    raise AssertionError(path)


def test_every_claim_is_a_token_where_model_and_record_meet(client: TestClient) -> None:
    text = whole(client, TRIAL).text
    ids = re.findall(r'<a class="tok vd-(\w+)" href="/t/large-allies-pay-more\?claim=(\d+)', text)
    claims = client.get("/t/large-allies-pay-more.json?draws=3").json()["sections"][1]["tables"]["claims"]["rows"]
    assert sorted(int(n) for _, n in ids) == [row[0] for row in claims]
    assert {v for v, _ in ids} <= {"supported", "disputed", "open", "contradicted", "untestable", "untried"}
    assert text.count('aria-current="true"') >= 1


def test_a_claim_shows_its_evidence_and_the_way_on(client: TestClient) -> None:
    text = whole(client, TRIAL.replace("?", "?claim=1&")).text
    assert 'id="ev"' in text
    assert "What would change it" in text
    assert "It is wrong if" in text
    assert 'rel="next"' in text
    assert 'rel="prev"' not in text, "before the first there is none"
    last = max(int(n) for n in re.findall(r"claim=(\d+)", text))
    text = whole(client, TRIAL.replace("?", f"?claim={last}&")).text
    assert 'rel="prev"' in text
    assert 'rel="next"' not in text, "behind the last there is none"


def test_the_command_on_the_page_prints_the_json_of_the_page(client: TestClient) -> None:
    found = re.search(r"<code>foedus (.+?)</code>", whole(client, TRIAL).text)
    assert found is not None
    printed = CliRunner().invoke(main, [*found.group(1).split(), "--json"])
    assert client.get(TRIAL.replace("?", ".json?")).text == printed.stdout


def test_a_trial_is_kept_over_a_restart_of_the_server() -> None:
    hearing = read("large-allies-pay-more", "draws=3")
    first = Held("asia-1953")
    run = heard(first, hearing)
    assert run.finished.wait(300)
    again = heard(Held("asia-1953"), hearing)
    assert again.finished.is_set()
    assert as_json(again.result.record) == as_json(run.result.record)


def test_other_forms(client: TestClient) -> None:
    assert client.get(TRIAL.replace("?", ".csv?")).text.startswith("claim,says,verdict")
    assert client.get(TRIAL.replace("?", ".svg?")).text.startswith("<svg")
    assert "claims:" in client.get("/t/large-allies-pay-more.yaml").text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/t/large-allies-pay-mor", "Did you mean"),
        ("/t/large-allies-pay-more?clam=1", "Did you mean"),
        ("/t/large-allies-pay-more?claim=x", "is not a whole number"),
        ("/t/large-allies-pay-more?claim=99&draws=3", "the text makes no such claim"),
        ("/t/large-allies-pay-more?law=holding:habt", "habit"),
        ("/t/..%2f..%2fetc", "this page has no such form"),
    ],
)
def test_wrong_addresses_are_sentences(client: TestClient, path: str, said: str) -> None:
    whole(client, TRIAL)
    answer = client.get(path)
    assert 400 <= answer.status_code < 500
    assert said in answer.text


def test_what_rival_theories_forecast_stands_beside_a_claim() -> None:
    held = Held("asia-1953")
    found = {theory: (says, silent) for theory, says, silent in rivals_of(held, held.case("asia-1953"))}
    assert list(found) == ["landscape", "bargaining", "persistence", "record"]
    for theory, (says, _) in found.items():
        assert says == compare_theories(["asia-1953"], [theory], draws=0)[0].prediction.says
    far = replace(held.case("asia-1953"), sha256="", as_of=datetime.date(1700, 1, 1))
    assert "no means over the lists of the world ship" in {t: w for t, _, w in rivals_of(held, far)}["record"]


def test_the_bar_of_a_trial_and_of_a_wrong_address_leads_to_its_case() -> None:
    with TestClient(create_app(Held("asia-1953"), warm=False)) as client:
        trial = client.get("/t/a-nato-in-asia?draws=0").text
        wrong = client.get("/c/europe-1949?set=FRA.trad.SUN:1").text
        number = client.get("/n/trad/KOR/CHN?case=indo-pacific-2020").text
    assert '<a href="/c/indo-pacific-2020/play"' in trial
    assert '<a href="/c/europe-1949/play"' in wrong
    assert '<a href="/c/indo-pacific-2020/play"' in number


def test_until_the_draws_are_there_the_record_and_what_is_settled_are_shown() -> None:
    held = Held("asia-1953")
    hearing = read("large-allies-pay-more", "draws=50&claim=2")
    text = text_of(held, hearing)
    run = Run("waits", lambda progress: None, 50)
    shown = _waiting(held, hearing, run).words
    assert [n for _, n, _ in shown["tally"]] == [len(text.claims)]  # nothing is drawn, and all of them wait
    assert sum(len(cells[-1]) for _, cells in shown["matrix"]) == len(text.claims)
    assert shown["waiting"]["id"] == 2
    assert shown["waiting"]["verdict"] == ""
    keys = [f"{k}|effect" for k in range(sum(c.test is not None for c in text.claims))]
    so_far(held, hearing)._take(0, Draws(tuple(keys), np.full((46, len(keys)), -1.0)))
    shown = _waiting(held, hearing, run).words
    assert all(not cells[-1] for _, cells in shown["matrix"])  # four draws more can turn none of them
    assert "Every verdict is there" in shown["state"].words
    assert shown["waiting"]["verdict"] in ("contradicted", "disputed")
