"""Alliance theory: one law per file, found by folder."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from foedus.model.mechanism import Law, Mechanism, laws_of

_MODULES = tuple(importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))

MECHANISMS: Final[Mapping[str, Mechanism]] = MappingProxyType({m.MECHANISM.name: m.MECHANISM for m in _MODULES})
"""Every mechanism by its name."""

LAWS: Final[Mapping[str, Law]] = MappingProxyType({law.name: law for module in _MODULES for law in laws_of(module)})
"""Every law by the quantity it yields."""

COMPONENTS: Final[tuple[str, ...]] = (
    "security",
    "burden",
    "leverage",
    "autonomy",
    "exposure",
    "dispute",
    "platform",
    "fee",
)
"""The terms of utility, in the order in which the theory adds them up."""
