"""Alliance theory: one mechanism a file, found by folder; laws of utility apart from laws of decision."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from foedus.model.mechanism import Law, Mechanism, laws_of
from foedus.model.parameters import Parameters
from foedus.vocabulary.errors import FoedusError, Problem, nearest

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

PROCEDURES: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {m.MECHANISM.name: MappingProxyType(dict(m.VARIANTS)) for m in _MODULES if hasattr(m, "VARIANTS")}
)
"""Procedures that can be replaced by name, each with its variants, the default first."""


def variant(parameters: Parameters, procedure: str) -> Any:
    """Return the law of a procedure that is in use, as :data:`PROCEDURES` has it."""
    known = PROCEDURES[procedure]
    return known[parameters.laws.get(procedure, next(iter(known)))]


def read_laws(words: Iterable[str]) -> dict[str, str]:
    """Return laws by procedure from words such as ``holding=habit``.

    Raises
    ------
    FoedusError
        There is no such procedure or variant; all that is wrong at once.
    """
    found, problems = {}, []
    for word in words:
        procedure, _, name = word.partition("=")
        if procedure not in PROCEDURES:
            problems.append(Problem(f"law '{word}'", "there is no such procedure", nearest(procedure, PROCEDURES)))
        elif name not in PROCEDURES[procedure]:
            problems.append(
                Problem(f"law '{word}'", f"{procedure} has no such variant", nearest(name, PROCEDURES[procedure]))
            )
        else:
            found[procedure] = name
    if problems:
        raise FoedusError(problems)
    return found
