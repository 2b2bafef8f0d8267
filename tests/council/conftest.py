"""A PostgreSQL server for all tests of the room that need one: started once."""

from __future__ import annotations

from collections.abc import Iterator

import places
import pytest


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with places.server() as address:
        yield address
