from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from foedus.web.careful import POLICY
from foedus.web.held import Held
from foedus.web.limits import Limits
from foedus.web.serve import create_app


def test_every_answer_says_what_a_browser_has_to_be_careful_about(client: TestClient) -> None:
    for path in ("/", "/static/style.css", "/c/asia-1953.json?draws=0", "/nothing", "/c/asia-1593"):
        headers = client.get(path).headers
        assert headers["content-security-policy"] == POLICY, path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in headers
        assert "server" not in headers


def test_no_page_has_script_or_style_in_it(client: TestClient) -> None:
    text = client.get("/").text
    assert " style=" not in text
    assert "<style" not in text
    assert "<script>" not in text
    assert "onclick" not in text


def test_only_its_own_names_are_answered_unless_it_is_public() -> None:
    own = TestClient(create_app(Held("asia-1953"), warm=False), base_url="http://evil.example")
    assert own.get("/static/style.css").status_code == 421
    public = TestClient(create_app(Held("asia-1953", Limits(public=True)), warm=False), base_url="http://evil.example")
    assert public.get("/static/style.css").status_code == 200


def test_a_public_server_answers_so_many_questions_a_second() -> None:
    public = TestClient(create_app(Held("asia-1953", Limits(public=True)), warm=False))
    codes = [public.get("/nothing").status_code for _ in range(40)]
    assert codes[0] == 404
    assert codes[-1] == 429


def test_all_addresses_stand_below_the_path_of_a_proxy() -> None:
    below = TestClient(create_app(Held("asia-1953", prefix="/foedus"), warm=False))
    text = below.get("/c/asia-1953?draws=0").text
    links = [part.split('"')[0] for part in text.split('href="')[1:]]
    assert all(s.startswith(("/foedus/", "#", "data:")) for s in links), links


@pytest.mark.parametrize(
    ("path", "status", "said", "link"),
    [
        ("/c/asia-1593", 400, "there is no such case", "/c/asia-1953"),
        ("/c/asia-1953?sett=a:1", 400, "an address has no such word", "/c/asia-1953?set=a:1"),
        ("/c/asia-1953?without=disputes", 400, "dispute", "/c/asia-1953?without=dispute"),
        ("/c/asia-1953?set=KOR.trad.CHN:0.1", 400, "there is no quantity", "/c/asia-1953?set=KOR.trade.CHN:0.1"),
        ("/c/asia-1953?law=holding:habt", 400, "no such variant", "/c/asia-1953?law=holding:habit"),
        ("/c/asia-1953?set=KOR.trade.CHN:7", 400, "outside 0 to 3", "/c/asia-1953"),
        ("/c/..%2f..%2fetc", 400, "there is no such", "/"),
        ("/docz", 404, "there is no such page", "/docs"),
        ("/c/%3Cscript%3Ealert(1)%3C/script%3E", 400, "there is no such page", "/"),
    ],
)
def test_a_wrong_address_gets_a_sentence_and_the_nearest_right_name(
    client: TestClient, path: str, status: int, said: str, link: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.text
    assert f'href="{link}"' in answer.text.replace("&amp;", "&")
    assert "<script>alert" not in answer.text


def test_a_program_gets_the_sentence_as_text(client: TestClient) -> None:
    answer = client.get("/c/asia-1593.json")
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text == "case 'asia-1593': there is no such case. Did you mean 'asia-1953' or 'asia-1951'?\n"
