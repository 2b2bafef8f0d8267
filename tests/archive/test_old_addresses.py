"""What stood at an old address is the very same at the new one, and the new one is said."""

from __future__ import annotations

import importlib
import sys

import pytest

from foedus.archive import panels, shelves


def test_old_addresses_lead_to_the_same_modules_and_say_the_new_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("foedus.facts", "foedus.facts.archive", "foedus.facts.panels"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    with pytest.warns(DeprecationWarning, match=r"foedus\.archive\.panels"):
        found = importlib.import_module("foedus.facts.panels")
    assert found is panels
    assert importlib.import_module("foedus.facts.archive") is shelves
