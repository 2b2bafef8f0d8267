"""Systems by folder: one file that declares a system is a system."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import foedus.systems as room
from foedus.systems import known
from foedus.vocabulary.errors import FoedusError

ONE_FILE = """
from foedus.systems.finding import Check, Finding, System

SYSTEM = System(
    "benelux", "The Benelux", "Does one file do?", 0, "A file.",
    lambda setting: Finding("benelux", (), (Check("One file does", "it does", "it did", True),), ()),
    lambda found: ("It does.",), lambda found: (), (),
)
"""


def test_one_file_more_is_one_system_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "benelux.py").write_text(ONE_FILE, encoding="utf-8")
    monkeypatch.setattr(room, "__path__", [*room.__path__, str(tmp_path)])
    try:
        assert [s.name for s in known._found()] == ["benelux", *known.SYSTEMS]
    finally:
        sys.modules.pop("foedus.systems.benelux", None)
        room.__dict__.pop("benelux", None)


def test_a_name_that_is_none_gets_the_nearest() -> None:
    with pytest.raises(FoedusError, match="quad"):
        known.system_named("qaud")
    assert known.system_named("quad") is known.SYSTEMS["quad"]
