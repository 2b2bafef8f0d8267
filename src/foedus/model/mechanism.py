"""The contract of a mechanism, and the order in which laws are worked out.

A mechanism is one file in ``foedus.mechanisms``. It declares one :class:`Mechanism`, and its public
functions are its laws. A law is named after the quantity it yields, and its arguments are the names of the
quantities and parameters it needs: the names are the wiring, nothing is registered anywhere.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any


@dataclass(frozen=True)
class Mechanism:
    """What a mechanism says, for the reader and for the switchboard."""

    name: str
    """Field word; also the name that switches it off."""
    claim: str
    """One sentence of theory."""
    equation: str
    """The law in LaTeX."""
    sources: tuple[str, ...]
    """Where the form comes from."""
    off: Mapping[str, float] = field(default_factory=dict)
    """Parameter values at which the mechanism has no effect."""
    component: str = ""
    """The term of utility it yields, empty if it acts through others."""
    order: int = 0
    """Place of its term in the sum."""
    label: str = ""
    short: str = ""
    """What its term is called in sentences and over narrow columns."""
    signed: tuple[str, str] = ("", "")
    """What its term is called where it adds and where it takes."""
    ink: str = ""
    """Colour of its term in every picture; one of the suffixes ``//``, ``\\\\``, ``--`` and ``||`` hatches it."""
    weight: tuple[str, ...] = ()
    """Parameters whose product, over the noise, is the coefficient of its term in choices; empty where the choices on
    record do not tell it."""
    assumptions: tuple[str, ...] = ()
    """What a reader has to grant for it, one sentence each."""
    tried: bool = True
    """Whether its variants are tried one by one on answers about a single round; not where they tell over years only."""

    def called(self, value: float) -> str:
        """Return what its term is called at a value: a gain of autonomy is not called a loss."""
        return self.signed[value < 0] or self.label


@dataclass(frozen=True)
class Variant:
    """One law by which a procedure can go; a mechanism lists them by name in ``VARIANTS``, the default first."""

    claim: str
    """One sentence of theory."""
    law: Callable[..., Any]
    """What is done by it; every variant of a procedure takes and returns the same."""
    equation: str = ""
    """The law in LaTeX; empty where it is that of the mechanism."""
    sources: tuple[str, ...] = ()
    """Where the form comes from, beside the sources of the mechanism."""
    assumptions: tuple[str, ...] = ()
    """What a reader has to grant where it is in use."""


@dataclass(frozen=True)
class Law:
    """A function that yields one quantity."""

    name: str
    """Quantity it yields."""
    needs: tuple[str, ...]
    """Quantities and parameters it is computed from."""
    mechanism: str
    """Mechanism it belongs to."""
    function: Callable[..., Any]

    @property
    def dimensions(self) -> int:
        """How many dimensions what it yields has, as its docstring says ("shape (N, N)"); 0 for one number."""
        return len(self.shape)

    @property
    def shape(self) -> tuple[str, ...]:
        """The letters of these dimensions."""
        told = re.search(r"shape \(([^)]*)\)", self.function.__doc__ or "")
        return tuple(letter.strip() for letter in told[1].split(",") if letter.strip()) if told else ()

    @property
    def flags(self) -> bool:
        """Whether it yields true or false, as it is annotated."""
        return "bool" in str(self.function.__annotations__.get("return"))


def laws_of(module: ModuleType) -> tuple[Law, ...]:
    """Return the laws that a mechanism module defines: its public functions, in order of the file."""
    mechanism: Mechanism = module.MECHANISM
    found = [
        f
        for name, f in vars(module).items()
        if inspect.isfunction(f) and f.__module__ == module.__name__ and not name.startswith("_")
    ]
    return tuple(Law(f.__name__, tuple(inspect.signature(f).parameters), mechanism.name, f) for f in found)


def order(laws: Mapping[str, Law], wanted: Iterable[str], given: Iterable[str]) -> tuple[Law, ...]:
    """Return the laws needed for some quantities, each after those it needs.

    Parameters
    ----------
    laws : mapping of str to Law
        All laws by the quantity they yield.
    wanted : iterable of str
        Quantities asked for.
    given : iterable of str
        Quantities and parameters already known.

    Raises
    ------
    LookupError
        A quantity is neither given nor the subject of a law, or laws need each other in a circle.
    """
    known = set(given)
    placed: dict[str, Law] = {}
    under_way: list[str] = []

    def place(name: str) -> None:
        if name in known or name in placed:
            return
        if name not in laws:
            raise LookupError(f"no law yields '{name}', needed by '{under_way[-1] if under_way else 'you'}'")
        if name in under_way:
            raise LookupError("laws need each other in a circle: " + " → ".join([*under_way, name]))
        under_way.append(name)
        for need in laws[name].needs:
            place(need)
        under_way.pop()
        placed[name] = laws[name]

    for name in wanted:
        place(name)
    return tuple(placed.values())
