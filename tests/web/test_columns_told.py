from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import urljoin

import pytest
from starlette.testclient import TestClient

from foedus.surfaces.csv_on_the_web import described as columns_of
from foedus.vocabulary.tables import Column, Table
from foedus.web.address import PAGES

LISTED = (
    *(f"/c/asia-1953{'' if page == 'answer' else f'/{page}'}.csv?draws=0" for page in PAGES),
    "/c/asia-1953.csv?draws=0&map=gains",
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
    assert '<a href="/parameters.csv-metadata.json">what its columns mean (JSON)</a>' in page
    assert "link" not in client.get("/parameters.json").headers
    wrong = client.get("/c/asia-1953/nowhere.csv-metadata.json")
    assert (wrong.status_code, wrong.headers["content-type"].partition(";")[0]) == (400, "text/plain")


def test_who_gains_and_loses_by_a_council_of_all_is_a_csv_of_the_answer(client: TestClient) -> None:
    page = client.get("/c/asia-1953?draws=0").text
    link = re.search(r'<a href="([^"]+)">who gains and loses \(CSV\)</a>', page)
    assert link is not None
    rows = list(csv.DictReader(io.StringIO(client.get(link.group(1).replace("&amp;", "&")).text)))
    whole = client.get("/c/asia-1953.json?draws=0").json()["sections"]
    blocks = next(s for s in whole if s["key"] == "blocks")["tables"]["gains"]
    names = [c["name"] for c in blocks["columns"]]
    told = [dict(zip(names, r, strict=True)) for r in blocks["rows"]]
    assert {r["state"]: float(r["default"]) for r in rows} == {
        r["state"]: r["default"] for r in told if r["body"] == "everybody"
    }
    for row in rows:
        sign = -1.0 if float(row["default"]) < 0 else 1.0
        terms = {
            k: sign * float(v)
            for k, v in row.items()
            if k in names[names.index("consent") + 1 : names.index("share_losing")]
        }
        assert row["largest_term"] == max(terms, key=terms.__getitem__)
        assert 0 <= float(row["consent"]) <= 1


def test_a_browser_shows_units_and_programs_get_them_as_csv_on_the_web(client: TestClient) -> None:
    address = "/parameters.csv-metadata.json"
    shown, told = (client.get(address, headers={"accept": a}) for a in ("text/html,*/*;q=0.8", "*/*"))
    assert (shown.headers["content-type"], told.headers["content-type"]) == (
        "application/json",
        "application/csvm+json",
    )
    assert shown.text == told.text


def test_a_unit_that_is_the_same_in_all_rows_is_named() -> None:
    columns = (Column("unit"), Column("value", "see unit"))
    for rows, unit in (
        ((("%", 1.0), ("%", 2.0)), "%"),
        ((("%", 1.0), ("bn $", 2.0)), "see unit"),
        ((("%", 1.0), ("bn $", None)), "%"),
    ):
        told = json.loads(columns_of(Table("t", "T", columns, rows), "t.csv"))
        assert told["tableSchema"]["columns"][1]["schema:unitText"] == unit
