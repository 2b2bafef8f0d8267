"""Old addresses: scripts that were written for `foedus.facts.archive` and `foedus.facts.panels` go on, and are told of the new ones."""

from __future__ import annotations

import sys
import warnings

from foedus.archive import panels, shelves

sys.modules[f"{__name__}.archive"] = shelves
sys.modules[f"{__name__}.panels"] = panels
warnings.warn(
    "foedus.facts is now foedus.archive: the store stands in foedus.archive.shelves, panels in foedus.archive.panels",
    DeprecationWarning,
    stacklevel=2,
)
