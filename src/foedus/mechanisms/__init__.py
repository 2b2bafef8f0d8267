"""Alliance theory: one mechanism a file, found by folder; laws of utility apart from laws of decision."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from foedus.model.mechanism import Law, Mechanism, Variant, laws_of
from foedus.model.parameters import Parameters
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.numbers import Parameter

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

PROCEDURES: Final[Mapping[str, Mapping[str, Variant]]] = MappingProxyType(
    {m.MECHANISM.name: MappingProxyType(dict(m.VARIANTS)) for m in _MODULES if hasattr(m, "VARIANTS")}
)
"""Procedures that can be replaced by name, each with its variants, the default first."""


_DEFAULT = {procedure: next(iter(known)) for procedure, known in PROCEDURES.items()}


def name_in_use(laws: Mapping[str, str], procedure: str) -> str:
    """Return the name of the variant of a procedure that is in use: the one named, or the default."""
    return laws.get(procedure, _DEFAULT[procedure])


def reads(laws: Mapping[str, str], known: Parameter) -> bool:
    """Return whether a variant in use reads a parameter; one that names no variant is always read."""
    named = (law.partition("=") for law in known.law.split(", ") if law)
    return not known.law or any(name_in_use(laws, procedure) == name for procedure, _, name in named)


def in_use(laws: Mapping[str, str], procedure: str) -> Variant:
    """Return the variant of a procedure that is in use: the one named, or the default.

    Raises
    ------
    FoedusError
        The procedure has no such variant; the nearest name is given.
    """
    known, name = PROCEDURES[procedure], name_in_use(laws, procedure)
    found = known.get(name)
    if found is None:
        raise fail(f"law '{procedure}={name}'", f"{procedure} has no such variant", nearest(name, known))
    return found


def variant(parameters: Parameters, procedure: str) -> Callable[..., Any]:
    """Return the law by which a procedure goes with these parameters; errors as :func:`in_use`."""
    return in_use(parameters.laws, procedure).law


def alternatives(laws: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return every variant that is not in use and tells within a single round, as procedure and name."""
    return tuple(
        (procedure, name)
        for procedure, known in PROCEDURES.items()
        if MECHANISMS[procedure].tried
        for name, one in known.items()
        if one is not in_use(laws, procedure)
    )


def granted(laws: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a reader has to grant for the mechanisms, and for the variants in use."""
    said = tuple(a for m in MECHANISMS.values() for a in m.assumptions)
    return (*said, *(a for procedure in PROCEDURES for a in in_use(laws, procedure).assumptions))


def read_laws(words: Iterable[str]) -> dict[str, str]:
    """Return laws by procedure from words such as ``holding=habit``.

    Raises
    ------
    FoedusError
        There is no such procedure or variant, or one is replaced twice; all that is wrong at once.
    """
    found: dict[str, str] = {}
    problems = []
    for word in words:
        procedure, _, name = word.partition("=")
        if procedure not in PROCEDURES:
            problems.append(Problem(f"law '{word}'", "there is no such procedure", nearest(procedure, PROCEDURES)))
        elif name not in PROCEDURES[procedure]:
            problems.append(
                Problem(f"law '{word}'", f"{procedure} has no such variant", nearest(name, PROCEDURES[procedure]))
            )
        elif found.setdefault(procedure, name) != name:
            what = f"{procedure} is replaced twice, by {found[procedure]} and by {name}"
            problems.append(Problem(f"law '{word}'", what, "Give one variant; two answers are two commands"))
    if problems:
        raise FoedusError(problems)
    return found
