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
