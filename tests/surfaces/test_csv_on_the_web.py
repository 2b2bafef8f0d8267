from __future__ import annotations

import json

from foedus.surfaces.csv_on_the_web import all_described, described, unmeasured
from foedus.vocabulary.tables import Column, Table

FOUND = Table(
    "gains",
    "Gains",
    (
        Column("name"),
        Column("gain", "% of GDP a year", "against no body"),
        Column("chance", form="percent"),
        Column("draws", unsaid="count"),
        Column("agrees", "yes/no"),
        Column("later", "years"),
    ),
    (("KOR", -0.5, 0.2, 3, True, None), ("JPN", 1, None, 4, False, None)),
)


def test_every_column_has_its_kind_its_unit_and_its_meaning() -> None:
    about = json.loads(described(FOUND, "gains.csv", {"foedus": "1.0"}))
    assert about["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    assert (about["url"], about["dc:title"], about["dc:creator"]) == ("gains.csv", "Gains", "foedus 1.0")
    assert about["tableSchema"]["columns"] == [
        {"titles": "name", "datatype": "string"},
        {
            "titles": "gain",
            "datatype": "number",
            "schema:unitText": "% of GDP a year",
            "dc:description": "against no body",
        },
        {"titles": "chance", "datatype": "number", "schema:unitText": "share, 0 to 1"},
        {"titles": "draws", "datatype": "integer", "schema:unitText": "count"},
        {
            "titles": "agrees",
            "datatype": {"base": "boolean", "format": "True|False"},
            "schema:unitText": "yes/no",
        },
        {"titles": "later", "datatype": "number", "schema:unitText": "years"},
    ]


def test_one_document_tells_all_files_of_a_folder() -> None:
    about = json.loads(all_described([FOUND]))
    assert [t["url"] for t in about["tables"]] == ["gains.csv"]


def test_a_number_without_a_unit_is_named_and_one_whose_unit_stands_in_its_row_is_not() -> None:
    columns = (Column("value", "see unit"), Column("unit"), Column("bare"), Column("lost", "see nowhere"))
    assert unmeasured(Table("t", "T", columns, ((1.0, "km", 2, 3.5),))) == ["bare", "lost"]
