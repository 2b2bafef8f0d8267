"""Files: a record as page, pictures and tables, all of them or none."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from foedus.asking.files import figure_files, page_text, refuse_form, table_files, write_page
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.record import Chart, Record, Section
from foedus.vocabulary.tables import Column, table

GAINS = table(
    "gains", "Gains", [Column("name"), Column("gain", "bn", "what it gains")], [["Japan", 1.0], ["Korea", 2.0]]
)
EMPTY = table("empty", "Empty", [Column("name"), Column("gain")], [])
CHARTS = (
    Chart("gains", "bars", "Gains", "", GAINS, "gain", "name"),
    Chart("none", "bars", "None", "", EMPTY, "gain", "name"),
)
RECORD = Record(
    "x",
    "Łódź",
    "Q",
    "",
    ("Yes.",),
    (Section("s", "S", ("Said.",), (GAINS, EMPTY), CHARTS),),
    (),
    {"foedus": "1.0", "seed": 1},
)


def test_a_page_has_the_answer_and_its_pictures() -> None:
    text = page_text(RECORD)
    assert "Yes." in text
    assert text.count("<svg") >= 2  # wide and narrow


def test_pictures_are_files_by_key_and_those_without_anything_to_show_are_none() -> None:
    found = figure_files(RECORD)
    assert list(found) == ["gains.svg"]
    assert str(found["gains.svg"]).startswith("<svg")
    assert "var(--" not in str(found["gains.svg"])


def test_tables_with_a_list_of_what_they_are() -> None:
    found = table_files(RECORD)
    assert set(found) == {"gains.csv", "empty.csv", "csv-metadata.json", "record.json", "manifest.json"}
    manifest = json.loads(found["manifest.json"])
    assert (manifest["kind"], manifest["seed"]) == ("x", 1)
    for name, about in manifest["files"].items():
        rows = list(csv.reader(io.StringIO(found[name])))
        assert len(rows) - 1 == about["rows"]
        assert rows[0] == [c["name"] for c in about["columns"]]
    assert json.loads(found["record.json"])["title"] == "Łódź"
    assert found["manifest.json"].splitlines()[1].startswith(' "')


def test_page_and_pictures_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    page, figures = tmp_path / "page.html", tmp_path / "figures"
    assert write_page(RECORD, page) == [page]
    before = page.read_text(encoding="utf-8")
    with pytest.raises(FoedusError, match=r"page\.html"):
        write_page(RECORD, page, figures)
    assert not figures.exists()
    assert write_page(RECORD, page, figures, overwrite=True) == [page, figures / "gains.svg"]
    assert page.read_text(encoding="utf-8") == before
    with pytest.raises(FoedusError, match="figures"):
        write_page(RECORD, tmp_path / "other.html", figures)
    assert not (tmp_path / "other.html").exists()
    with pytest.raises(FoedusError, match="nowhere"):
        write_page(RECORD, tmp_path / "nowhere" / "page.html")


def test_a_picture_as_png(tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    refuse_form("png")
    refuse_form("svg")
    assert bytes(figure_files(RECORD, "png")["gains.png"]).startswith(b"\x89PNG")  # type: ignore[arg-type]


def test_png_is_refused_before_any_work_where_nothing_can_draw_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise FoedusError([])

    monkeypatch.setattr("foedus.asking.files.png_library", missing)
    refuse_form("svg")
    with pytest.raises(FoedusError):
        refuse_form("png")
