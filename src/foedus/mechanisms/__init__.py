"""Alliance theory: one mechanism a file, found by folder; laws of utility apart from laws of decision."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from foedus.model.mechanism import Law, Mechanism, laws_of

_MODULES = tuple(
    importlib.import_module(name)
    for name in sorted(
        (
            f"{__name__}.{folder}.{found.name}"
            for folder in ("decisions", "utility")
            for found in pkgutil.iter_modules([f"{__path__[0]}/{folder}"])
        ),
        key=lambda name: name.rpartition(".")[2],
    )
)

MECHANISMS: Final[Mapping[str, Mechanism]] = MappingProxyType({m.MECHANISM.name: m.MECHANISM for m in _MODULES})
"""Every mechanism by its name."""

LAWS: Final[Mapping[str, Law]] = MappingProxyType({law.name: law for module in _MODULES for law in laws_of(module)})
"""Every law by the quantity it yields."""

COMPONENTS: Final[tuple[str, ...]] = tuple(
    m.component for m in sorted(MECHANISMS.values(), key=lambda m: m.order) if m.component
)
"""The terms of utility, in the order in which the theory adds them up."""
