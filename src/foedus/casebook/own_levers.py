"""Levers that a case names: which of those that every case has are shown and in which order, and its own over named facts.

They are shown and change nothing until one is pulled. So they are no part of the hash of a case: naming one keeps every
answer, every kept draw and every citation as it was. What one scales goes into the hash of an answer once it is pulled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from foedus.casebook.case import Case, OwnLever
from foedus.casebook.quantities import AGAINST_ADVERSARY, QUANTITIES
from foedus.casebook.yaml_file import Document, Path_
from foedus.vocabulary.errors import FoedusError, fail, nearest

SIZED: Final = ("trade", "threat", "policies", "quarrels", "hub", "adversaries", "command")
"""Levers that every case has, in the order in which they are shown where a case says nothing."""

HIGHEST: Final = 10.0
"""Largest factor of a lever (judged: three times is the most that those of every case go to)."""

_PAIRS: Final = ("distance", "rivalry", "grievance", *AGAINST_ADVERSARY)
_NO_AMOUNT: Final[Mapping[str, str]] = {
    "ideal_point": "Positions lie on both sides of nothing: name policies, which moves them towards the hub's",
    "recognised": "A state is recognised or is not: set it with --set",
}
"""Quantities that cannot be multiplied, and what to do instead."""


def fact_of(case: Case, path: str) -> tuple[str, str, str | None]:
    """Return the fact of a case that is named by ids, as ``EST.trade.RUS`` or ``KOR.gdp``.

    Raises
    ------
    FoedusError
        It names none, or one that cannot be multiplied.
    """
    subject, _, rest = path.partition(".")
    quantity, dot, against = rest.partition(".")
    known = (*case.states, *case.adversaries)
    if quantity not in QUANTITIES:
        how = nearest(quantity, QUANTITIES) if quantity else "Write STATE.quantity or STATE.quantity.STATE"
        raise fail(f"'{path}'", f"there is no quantity '{quantity}'", how)
    for state in (subject, against) if dot else (subject,):
        if state not in known:
            raise fail(f"'{path}'", f"'{state}' is not a state of this case", nearest(state, known))
    if (quantity in _PAIRS) != bool(dot):
        form = f"{subject}.{quantity}" + (".STATE" if quantity in _PAIRS else "")
        raise fail(f"'{path}'", "this does not say which number is meant", f"Write {form}")
    if quantity in _NO_AMOUNT:
        raise fail(f"'{path}'", f"{quantity} cannot be multiplied", _NO_AMOUNT[quantity])
    case.fact(quantity, subject, against or None)  # says so if the case has no such fact
    return quantity, subject, against or None


def read_levers_of(
    case: Case, document: Document, listed: Sequence[Any] | None
) -> tuple[tuple[str, ...], tuple[OwnLever, ...]]:
    """Return the levers that a case shows, by name in their order, and its own; what is wrong goes to the problems of the document.

    Parameters
    ----------
    case : Case
        As far as it is read.
    document : Document
        Its case.yaml.
    listed : sequence, optional
        Under ``levers:``: names, and forms of its own ones. None where it says nothing.
    """
    shown: list[str] = []
    own: list[OwnLever] = []
    names = [item if isinstance(item, str) else item.name for item in listed or ()]
    known = (*SIZED, *(n for n, item in zip(names, listed or (), strict=True) if not isinstance(item, str)))
    for k, item in enumerate(listed or ()):
        path: Path_ = ("levers", k) if isinstance(item, str) else ("levers", k, "name")
        name = names[k]
        if name in names[:k]:
            document.problem(path, f"the lever '{name}' is there twice", "Keep it once, or give each its own name")
        elif isinstance(item, str) and name not in SIZED:
            how = nearest(name, known) + "; one of your own has name, says and scales"
            document.problem(path, f"there is no lever '{name}'", how)
        elif not isinstance(item, str) and name in SIZED:
            document.problem(path, f"'{name}' is a lever that every case has", "Give your own another name")
        else:
            shown.append(name)
            if not isinstance(item, str):
                own.append(_own(case, document, ("levers", k), item))
    return tuple(shown), tuple(own)


def _own(case: Case, document: Document, at: Path_, item: Any) -> OwnLever:
    """Return a lever of a case itself."""
    facts: list[tuple[str, str, str | None]] = []
    before = len(document.problems)
    for n, path in enumerate(item.scales):
        try:
            key = fact_of(case, path)
        except FoedusError as error:
            for p in error.problems:
                document.problem((*at, "scales", n), f"{p.where}: {p.what}", p.remedy)
            continue
        turned = (key[0], str(key[2]), key[1]) if key[0] == "distance" else key
        if key in facts or turned in facts:
            document.problem((*at, "scales", n), f"'{path}' is there twice", "Keep it once")
        facts.append(key)
    found = [case.fact(*key) for key in facts]
    if len(document.problems) == before and not any(f.value or f.high for f in found):
        what = "every number that it scales is 0, so that it moves nothing"
        document.problem((*at, "scales"), what, "Name numbers that are more than 0, or set them with --set")
    low, high = item.range
    if not 0 <= low <= 1 <= high <= HIGHEST or low == high:
        what = f"{low:g} to {high:g} is no range of a factor"
        document.problem(
            (*at, "range"), what, f"Say range: [low, high] within 0 to {HIGHEST:g}, with 1 (as recorded) in it"
        )
    elif item.step > high - low or abs((1 - low) / item.step - round((1 - low) / item.step)) > 1e-9:
        what = f"steps of {item.step:g} from {low:g} do not meet 1, at which nothing changes"
        document.problem(
            (*at, "step"), what, "Say a smaller step, of which a whole number lies between the low end and 1"
        )
    ends = item.ends or (_end(low), _end(high))
    return OwnLever(item.name, item.says, tuple(facts), low, high, item.step, ends[0], ends[1])


def _end(factor: float) -> str:
    """Return an end of a range in words."""
    return {0.0: "none", 1.0: "as recorded", 2.0: "twice as much"}.get(factor, f"{factor:g} times")


def without_levers(content: bytes) -> bytes:
    """Return the bytes of a case.yaml without what stands under ``levers:``, which is no part of the hash of a case."""
    return re.sub(rb"(?m)^levers:[^\n]*(?:\n|\Z)(?:[ \]-][^\n]*(?:\n|\Z)|\n(?=[ -]))*", b"", content)
