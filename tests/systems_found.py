"""What is found about each system, worked out once for all tests that look at it."""

from __future__ import annotations

import functools

from foedus.asking import one_system
from foedus.systems.finding import Finding


@functools.cache
def found(name: str) -> Finding:
    """Return the finding with default parameters."""
    return one_system.system(name)
