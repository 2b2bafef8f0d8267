"""Column units: what the columns of a room's tables mean names columns that there are, and every term with its unit."""

from __future__ import annotations

import csv
import io

import rooms

from foedus.council.acts import Viewer
from foedus.council.column_units import columns_csv
from foedus.council.room_files import room_files
from foedus.council.room_tables import texts_csv
from foedus.mechanisms import COMPONENTS


def test_what_columns_mean_is_told_of_columns_that_there_are() -> None:
    rows = list(csv.DictReader(io.StringIO(columns_csv())))
    files = {**room_files(rooms.FORM, [], Viewer("facilitator")), "texts.csv": texts_csv(rooms.FORM, [])}
    for row in rows:
        if row["file"] != "any":
            assert row["column"] in files[row["file"]].splitlines()[0].split(","), row
    told = {r["column"] for r in rows if r["file"] == "years.csv" and r["unit"] == "% of own GDP a year"}
    assert told == set(COMPONENTS)
    assert files["columns.csv"] == columns_csv()
