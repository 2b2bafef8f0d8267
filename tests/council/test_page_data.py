"""Every page of a room as JSON and CSV: what its reader may read, and nothing for who has no such page."""

from __future__ import annotations

import csv
import io

import pytest
import rooms
from served_place import Place

from foedus.council.page_data import MADE, as_table


@pytest.mark.parametrize("who", ["facilitator", "USA", "observer"])
def test_every_page_is_data_for_who_has_it(place: Place, who: str) -> None:
    rooms.done(place.hall.actor, rooms.text(place.table, title="=A pact", clause="treaty USA,GBR depth 0.4"))
    place.post("USA", {"kind": "table.say", "id": place.table, "words": "We begin", "key": "a"})
    lacks = {"USA": {"console"}, "observer": {"console", "orders", "brief"}, "facilitator": {"orders"}}[who]
    for name in MADE:
        answers = [place.get(who, f"/{name}.{ending}") for ending in ("json", "csv")]
        assert {a.status_code for a in answers} == {404 if name in lacks else 200}, name
        if name in lacks:
            continue
        data, table = answers[0].json(), list(csv.DictReader(io.StringIO(answers[1].text)))
        assert (data["page"], data["phase"]) == (name, "table")
        assert len(table) == len(data["rows"])
        assert answers[1].headers["content-type"].startswith("text/csv")
    (text,) = [x for x in place.get(who, "/room.json").json()["rows"] if x["what"] == "text"]
    assert text["title"] == "1. =A pact"
    assert [x["words"] for x in place.get(who, "/messages.json").json()["rows"]] == ["We begin"]
    cell = next(csv.DictReader(io.StringIO(place.get(who, "/texts.csv").text)))["title"]
    assert cell == "'=A pact", "no spreadsheet takes it for a formula"
    assert place.get(who, "/nothing.json").status_code == 404
    assert place.get(who, "/desk.csv").status_code == 404


def test_a_number_below_nothing_is_a_number_and_what_a_spreadsheet_would_obey_is_quoted() -> None:
    row = {"gain": "-0.001548", "small": "-2e-06", "words": "-1+cmd", "title": "=A", "dash": "-"}
    assert as_table([row]).splitlines()[1] == "-0.001548,-2e-06,'-1+cmd,'=A,'-"
