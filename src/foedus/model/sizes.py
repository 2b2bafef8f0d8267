"""Levers of a size: kinds of facts that are scaled for all states at once, as ``trade=0.5``, declared once.

A lever scales the facts of a world after they are read, set by hand or drawn; so the draws of an ensemble keep their
ranges, and a fact set by hand is scaled with the others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import OwnLever
from foedus.model.scaled_facts import scaled_facts
from foedus.model.world import SHAPES, World
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.prose import country, listing, the

Pulled: TypeAlias = tuple[tuple[str, float], ...]
"""Levers with the size they are pulled to, in the order in which they are declared."""

TIMES: Final = "times"
"""Unit of levers that multiply what the case says."""
SHARE: Final = "share of the way"
"""Unit of levers that go part of the way to another state of things."""


@dataclass(frozen=True)
class Size:
    """A lever of a size.

    Attributes
    ----------
    key : str
        As it is given: ``trade``.
    label : str
        As shown to readers.
    unit : str
        ``times``, or ``share of the way``.
    low, neutral, high : float
        Range, and the value at which nothing changes.
    least, most : str
        What the ends of the range are, in words.
    change : callable
        Takes a world, a value and an adversary, or none for all of them; returns the changed world.
    each : str
        As shown to readers where it is pulled of one adversary alone (``trade.CHN``); empty where it cannot be.
    of : str
        That adversary; empty for all of them.
    step : float
        Step of its slider.
    """

    key: str
    label: str
    unit: str
    low: float
    neutral: float
    high: float
    least: str
    most: str
    change: Callable[[World, float, str], World]
    each: str = ""
    of: str = ""
    step: float = 0.05

    def alone(self, adversary: str) -> Size:
        """Return the same lever of one adversary alone."""
        name = self.each.format(the(country(adversary)))
        return replace(self, key=f"{self.key}.{adversary}", label=name, of=adversary)

    def pulled(self, world: World, value: float) -> World:
        """Return a world with this lever pulled to a value; at the neutral one the world as it is."""
        return world if value == self.neutral else self.change(world, value, self.of)

    def moves(self, world: World) -> bool:
        """Return whether the lever moves anything in a world."""
        return any(self.pulled(world, end).digest() != world.digest() for end in (self.low, self.high))

    def words(self, value: float) -> str:
        """Return a lever pulled to a value as readers see it: ``Trade with the adversaries × 0.5``."""
        return f"{self.label} × {value:g}" if self.unit == TIMES else f"{self.label}: {100 * value:.0f} % of the way"


def _scaled(*names: str) -> Callable[[World, float, str], World]:
    """Return what multiplies whole arrays of a world, or what they say of one adversary, never beyond what the quantity can be."""

    def change(world: World, factor: float, of: str) -> World:
        factors = np.array([factor if of == a else 1.0 for a in world.adversaries]) if of else factor
        return world.replace(**{n: _within(n, getattr(world, n) * factors) for n in names})

    return change


def _within(name: str, values: NDArray[np.float64]) -> NDArray[np.float64]:
    _, low, high = SHAPES[name]
    return np.clip(values, low, high)


def _hub(world: World, factor: float, _: str) -> World:
    available = np.array(world.capability_available)
    available[world.hub_index] *= factor
    return world.replace(capability_available=available)


def _policies(world: World, factor: float, _: str) -> World:
    line = world.ideal_point[world.hub_index]
    return world.replace(ideal_point=_within("ideal_point", line + factor * (world.ideal_point - line)))


def _command(world: World, share: float, _: str) -> World:
    return world.replace(
        sovereignty=_within("sovereignty", world.sovereignty + share * (1.0 - world.sovereignty)),
        free_force=_within("free_force", world.free_force + share * (1.0 - world.free_force)),
    )


# fmt: off
SIZES: Final[Mapping[str, Size]] = MappingProxyType({s.key: s for s in (
    Size("trade", "Trade with the adversaries", TIMES, 0.0, 1.0, 2.0, "none", "twice as much", _scaled("trade"),
         "Trade with {}"),
    Size("threat", "Threat felt", TIMES, 0.0, 1.0, 3.0, "none", "three times", _scaled("perception"),
         "Threat felt from {}"),
    Size("policies", "Foreign policies apart from the hub's", TIMES, 0.0, 1.0, 1.5, "all as the hub's",
         "half as far again", _policies),
    Size("quarrels", "Grievances among the states", TIMES, 0.0, 1.0, 2.0, "none", "twice as deep",
         _scaled("grievance")),
    Size("hub", "Force that the hub brings", TIMES, 0.0, 1.0, 3.0, "none", "three times", _hub),
    Size("adversaries", "Force of the adversaries", TIMES, 0.0, 1.0, 3.0, "none", "three times",
         _scaled("adversary_capability_raw", "adversary_capability_available"), "Force of {}"),
    Size("command", "States command their own forces", SHARE, 0.0, 0.0, 1.0, "as recorded", "every state", _command),
)})
# fmt: on
"""All levers of a size by key. The ends are those of the single changes of an assessment (no trade, threats felt three
times, the hub's force threefold), or where the quantity itself ends."""


Own: TypeAlias = Sequence[OwnLever]
"""Levers of a case itself."""


def sizes_of(world: World, own: Own = (), shown: Sequence[str] = ()) -> tuple[Size, ...]:
    """Return the levers that move anything in a world: a case without quarrels has no lever of them.

    Parameters
    ----------
    world : World
    own : sequence of OwnLever
        Those of the case itself.
    shown : sequence of str
        Those that the case shows, in its order; empty for all that every case has.
    """
    return tuple(s for s in (size_of(key, own) for key in shown or SIZES) if s.moves(world))


def alone_in(world: World, key: str) -> tuple[Size, ...]:
    """Return a lever of each adversary alone, where there are several of whom it moves anything."""
    found = tuple(s for s in map(SIZES[key].alone, world.adversaries) if s.moves(world))
    return found if len(found) > 1 else ()


def size_of(key: str, own: Own = ()) -> Size:
    """Return a lever by its key, of one adversary where it names one: ``trade.CHN``."""
    of_case = next((lever for lever in own if lever.name == key), None)
    if of_case is not None:
        return _of_case(of_case)
    name, _, adversary = key.partition(".")
    return SIZES[name].alone(adversary) if adversary else SIZES[name]


def _of_case(lever: OwnLever) -> Size:
    ends = (lever.low, 1.0, lever.high, lever.least, lever.most)
    return Size(lever.name, lever.says, TIMES, *ends, scaled_facts(lever.facts), step=lever.step)


def pulled(world: World, levers: Pulled, own: Own = ()) -> World:
    """Return a world with levers pulled."""
    for key, value in levers:
        world = size_of(key, own).pulled(world, value)
    return world


def in_words(levers: Pulled, own: Own = ()) -> tuple[str, ...]:
    """Return levers as readers see them."""
    return tuple(size_of(key, own).words(value) for key, value in levers)


def scales(levers: Pulled, own: Own) -> dict[str, list[str]]:
    """Return which facts those levers multiply that a case has itself: what an answer depends on beside their size."""
    return {o.name: list(o.paths()) for key, _ in levers for o in own if o.name == key}


def read_levers(given: Iterable[str], adversaries: Sequence[str] = (), own: Own = ()) -> Pulled:
    """Return the levers that words such as ``trade=0.5`` mean, in the order in which they are declared.

    Parameters
    ----------
    given : iterable of str
        Name and size; of one adversary alone with its id, as ``trade.CHN=0.5``.
    adversaries : sequence of str
        Those of the case.
    own : sequence of OwnLever
        Levers of the case itself, by whose names they are pulled.

    Returns
    -------
    tuple of (str, float)
        Without those at their neutral value, which change nothing.

    Raises
    ------
    FoedusError
        Every word that names no lever, stands twice, or has a size that cannot be; all at once.

    Examples
    --------
    >>> from foedus.model.sizes import read_levers
    >>> read_levers(["threat=2", "trade=0.5"])
    (('trade', 0.5), ('threat', 2.0))
    """
    found: dict[str, float] = {}
    problems: list[Problem] = []
    for word in given:
        try:
            key, value = _read(word, adversaries, own)
            if key in found:
                raise fail(f"lever '{word}'", f"{key} stands twice", "Give one size for each lever")
            found[key] = value
        except FoedusError as error:
            problems.extend(error.problems)
    if problems:
        raise FoedusError(problems)
    names = [*SIZES, *(lever.name for lever in own)]
    order = sorted(found, key=lambda k: (names.index(k.partition(".")[0]), k))
    return tuple((k, found[k]) for k in order if found[k] != size_of(k, own).neutral)


def _read(word: str, adversaries: Sequence[str], own: Own) -> tuple[str, float]:
    named, equals, text = word.partition("=")
    key, dot, adversary = named.strip().partition(".")
    known = {**SIZES, **{lever.name: _of_case(lever) for lever in own}}
    size = known.get(key.casefold())
    if size is None:
        raise fail(f"lever '{word}'", f"there is no lever '{key}'", nearest(key.casefold(), known))
    if dot:
        size = _of_one(word, size, adversary, adversaries)
    if not equals:
        raise fail(f"lever '{word}'", "a lever needs a size", f"Write for example {size.key}=0.5")
    try:
        if not text.isascii() or "_" in text:  # which float() reads, and no reader expects
            raise ValueError
        value = float(text)
    except ValueError:
        raise fail(f"lever '{word}'", f"'{text}' is not a number", f"Write for example {size.key}=0.5") from None
    if not (math.isfinite(value) and size.low <= value <= size.high):
        what = f"{text.strip()} is outside {size.low:g} to {size.high:g} ({size.least} to {size.most})"
        raise fail(f"lever '{word}'", what, f"Give a number in that range; {size.neutral:g} changes nothing")
    return size.key, value


def _of_one(word: str, size: Size, adversary: str, adversaries: Sequence[str]) -> Size:
    if not size.each:
        can = listing(k for k, s in SIZES.items() if s.each)
        hint = f"Write {size.key}=…; {can} can be pulled of one adversary alone"
        raise fail(f"lever '{word}'", f"{size.key} is of no adversary", hint)
    if adversary.upper() not in adversaries:
        what = f"'{adversary}' is no adversary of this case"
        raise fail(f"lever '{word}'", what, nearest(adversary.upper(), adversaries))
    return size.alone(adversary.upper())
