"""Shared by all tests: nothing is written outside the temporary folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("foedus", deadline=None)  # a busy machine is no fault of what is tried
settings.load_profile("foedus")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path / "cache"))
