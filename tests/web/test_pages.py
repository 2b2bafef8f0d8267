from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from foedus.casebook.reader import case_names
from foedus.web.held import Held
from foedus.web.pages import VIEWS
from foedus.web.serve import create_app


@pytest.mark.parametrize("case", case_names())
def test_every_page_of_every_case_is_there(client: TestClient, case: str) -> None:
    for page in ("", "/why", "/quarrel", "/wedge", "/leverage", "/case"):
        answer = client.get(f"/c/{case}{page}?draws=0")
        assert answer.status_code == 200, (case, page)
        assert answer.text.count("<h1") <= 1
        assert "nan" not in answer.text.replace("Finnan", "").split("<main", 1)[1].split("</main>")[0].split(), (
            case,
            page,
        )


def test_the_same_address_gives_the_same_bytes(client: TestClient) -> None:
    with TestClient(create_app(Held("asia-1953"), warm=False)) as other:
        for page in (
            "/c/asia-1953?draws=0",
            "/c/asia-1953/why/KOR?draws=0&without=dispute",
            "/n/grievance/KOR/JPN?case=asia-1953",
            "/docs",
        ):
            assert client.get(page).content == other.get(page).content, page


def test_the_start_names_every_case_and_every_trial(client: TestClient) -> None:
    text = client.get("/").text
    assert [n for n in case_names() if f'href="/c/{n}"' not in text] == []
    assert 'href="/t/a-nato-in-asia"' in text
    assert set(VIEWS) >= {"answer", "why", "years"}
