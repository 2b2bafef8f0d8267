from __future__ import annotations

import csv
import io
import re
from urllib.parse import urljoin

import pytest
from starlette.testclient import TestClient

from foedus.web.address import PAGES

LISTED = (
    *(f"/c/asia-1953{'' if page == 'answer' else f'/{page}'}.csv?draws=0" for page in PAGES),
    "/n/trade/KOR/CHN.csv?case=asia-1953",
    "/n/loss_at_stake.csv?case=asia-1953",
    "/method.csv",
    "/method/exposure.csv",
    "/parameters.csv",
)
"""Addresses of CSVs of every kind; those of trials come from records, which the kept commands walk over."""


@pytest.mark.parametrize("address", LISTED)
def test_every_csv_leads_to_its_columns_and_every_number_there_has_a_unit(client: TestClient, address: str) -> None:
    answer = client.get(address)
    link = re.fullmatch(r'<(.+)>; rel="describedby"; type="application/csvm\+json"', answer.headers["link"])
    assert link is not None
    told = client.get(urljoin(address, link.group(1)))
    assert told.headers["content-type"] == "application/csvm+json"
    assert told.headers["cache-control"] == answer.headers["cache-control"]
    about = told.json()
    assert urljoin(address, about["url"]) == address
    head, *rows = csv.reader(io.StringIO(answer.text))
    columns = about["tableSchema"]["columns"]
    assert [c["titles"] for c in columns] == head
    for k, column in enumerate(columns):
        if column["datatype"] in ("integer", "number"):
            assert all(re.fullmatch(r"-?[\d.]+(e[-+]?\d+)?", row[k]) for row in rows if row[k]), column["titles"]
            unit = column.get("schema:unitText", "")
            assert unit, (address, column["titles"])
            assert not unit.startswith("see ") or unit.removeprefix("see ") in head, (address, column["titles"])


def test_the_menu_offers_units_beside_each_csv_and_no_other_form_has_them(client: TestClient) -> None:
    page = client.get("/parameters").text
    assert '<a href="/parameters.csv-metadata.json">its units</a>' in page
    assert "link" not in client.get("/parameters.json").headers
    wrong = client.get("/c/asia-1953/nowhere.csv-metadata.json")
    assert (wrong.status_code, wrong.headers["content-type"].partition(";")[0]) == (400, "text/plain")
