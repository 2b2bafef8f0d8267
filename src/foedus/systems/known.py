"""The systems by name, found by folder: a file of this room that declares a ``SYSTEM`` is looked at."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import foedus.systems as room
from foedus.systems.finding import System
from foedus.vocabulary.errors import fail, nearest

_ABOVE = ("known", "robustness", "told_of_systems")  # they take any system and stand above them


def _found() -> list[System]:
    names = sorted(m.name for m in pkgutil.iter_modules(room.__path__) if m.name not in _ABOVE)
    modules = [importlib.import_module(f"{room.__name__}.{n}") for n in names]
    return sorted((m.SYSTEM for m in modules if hasattr(m, "SYSTEM")), key=lambda s: s.order)


SYSTEMS: Final[Mapping[str, System]] = MappingProxyType({s.name: s for s in _found()})
"""Every system by the name that the command line knows."""


def system_named(name: str) -> System:
    """Return a system by its name.

    Raises
    ------
    FoedusError
        There is none of that name; the nearest names are given.
    """
    if name not in SYSTEMS:
        raise fail(f"system '{name}'", "there is no such system", nearest(name, SYSTEMS))
    return SYSTEMS[name]
