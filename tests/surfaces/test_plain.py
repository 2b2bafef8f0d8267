"""Plain forms: JSON, CSV and Markdown of one record say the same."""

from __future__ import annotations

import csv
import io
import json

from foedus.surfaces.plain import csv_tables, document
from foedus.vocabulary.record import Chart, Record, Section, Source
from foedus.vocabulary.tables import Column, table

FOUND = table(
    "gains",
    "Gains",
    [Column("state", hidden=True), Column("name"), Column("gain", "bn", "what it gains", form="signed")],
    [["JPN", "Japan | Nippon", 1.256], ["KOR", "Łódź", float("nan")]],
)
RECORD = Record(
    "x",
    "Title",
    "Question?",
    "",
    ("Yes.",),
    (
        Section(
            "s",
            "S",
            ("Said.",),
            (FOUND,),
            (Chart("c", "bars", "C", "How", FOUND),),
            ("Note.",),
            tags=(("met", "good"),),
        ),
    ),
    (Source("book", "A book"),),
    {"draws": 3, "band": (1.0, float("inf"))},
)


def test_json_has_everything_and_is_json() -> None:
    found = json.loads(document(RECORD), parse_constant=lambda word: (_ for _ in ()).throw(ValueError(word)))
    assert found["says"] == ["Yes."]
    assert found["made"] == {"draws": 3, "band": [1.0, None]}
    (section,) = found["sections"]
    assert section["tables"]["gains"]["rows"] == [["JPN", "Japan | Nippon", 1.256], ["KOR", "Łódź", None]]
    assert section["tables"]["gains"]["columns"][2] == {"name": "gain", "unit": "bn", "meaning": "what it gains"}
    assert section["charts"] == [{"key": "c", "mark": "bars", "title": "C", "caption": "How", "table": "gains"}]
    assert (section["tags"], section["notes"], section["sections"]) == (["met"], ["Note."], [])
    assert found["sources"][0]["trust"] == "checked"
    assert "Łódź" in document(RECORD)  # letters stay letters
    assert document(RECORD).splitlines()[1].startswith(' "')  # to be read by people too


def test_tables_are_csv_by_file_name() -> None:
    found = csv_tables(RECORD)
    assert list(found) == ["gains.csv"]
    rows = list(csv.reader(io.StringIO(found["gains.csv"])))
    assert rows[0] == ["state", "name", "gain"]
    assert rows[1] == ["JPN", "Japan | Nippon", "1.256"]
