"""A case from data at the door: what is written is what is asked for, from the store that is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.asking import new_case
from foedus.casebook.filled_in import NOTHING
from standin import put


def test_a_case_is_written_from_the_store_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.asking.new_case.need", lambda *_: None)
    monkeypatch.setattr("foedus.asking.new_case.open_source", lambda data: ("source", data))
    made = put(monkeypatch, "foedus.asking.new_case.case_from_record", lambda folder, **_: folder)
    words = {"states": ["USA", "GBR"], "adversaries": ["RUS"], "hub": "USA"}
    assert new_case.case_from_data(tmp_path / "new", "europe", 1951, data="there", **words) == tmp_path / "new"
    folder, source, region, year, *rest = made.last.values()
    assert (folder, source, region, year) == (tmp_path / "new", ("source", "there"), "europe", 1951)
    assert rest == [*words.values(), NOTHING]


class OneStore:
    """A store in name only."""

    folder = "there"


def test_a_year_is_read_once_as_long_as_the_tables_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    tables, read = {"atop_member": {"sha256": "a"}}, []
    monkeypatch.setattr("foedus.asking.new_case.need", lambda *_: None)
    monkeypatch.setattr("foedus.asking.new_case.open_source", lambda folder: OneStore())
    monkeypatch.setattr("foedus.asking.new_case.versions", lambda source: tables)
    monkeypatch.setattr("foedus.asking.new_case.read_year", lambda source, year: read.append(year) or year)
    monkeypatch.setattr(
        "foedus.asking.new_case.files_from_record",
        lambda name, source, region, year, states, adversaries, hub, read: {"year": read(source, year)},
    )
    for states in (("USA", "GBR"), ("USA", "FRA")):
        assert new_case.files_from_data("mine", "europe", 1951, states) == {"year": 1951}
    assert read == [1951]
    tables["atop_member"] = {"sha256": "b"}
    new_case.files_from_data("mine", "europe", 1951)
    new_case.files_from_data("mine", "europe", 1952)
    assert read == [1951, 1951, 1952]
