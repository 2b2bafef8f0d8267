"""A PostgreSQL server for all tests of the room that need one, started once; and a small room that is served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import places
import pytest
import served_place


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with places.server() as address:
        yield address


@pytest.fixture
def place(tmp_path: Path) -> Iterator[served_place.Place]:
    with served_place.served(tmp_path) as found:
        yield found
