"""Every table that a kept command makes says the units of its numbers: each of them can become a CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from foedus.surfaces.csv_on_the_web import unmeasured
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Table


@pytest.fixture(autouse=True)
def _units(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    made, found = Section.__init__, list[Table]()

    def kept(self: Section, *words: Any, **more: Any) -> None:
        made(self, *words, **more)
        found.extend(self.tables)

    monkeypatch.setattr(Section, "__init__", kept)
    yield
    names = {t.name for t in found}
    bare = {f"{t.name}: {c}" for t in found for c in unmeasured(t, names)}
    assert not bare, "numbers without a unit (Column.unit, or Column.unsaid where people need none)"
