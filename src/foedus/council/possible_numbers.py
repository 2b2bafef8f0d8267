"""Possible numbers: what a state undertakes, or an inject sets, is a quantity of a case with a value that it can have; else it is refused at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from foedus.casebook.quantities import QUANTITIES
from foedus.council.acts import Act, Refusal
from foedus.vocabulary.errors import nearest

_UNDERTAKES: Final = re.compile(r"\s*undertake\s+([A-Za-z0-9_.]+)\s*:\s*([-+]?[0-9]*\.?[0-9]+)\s*")


def impossible(act: Act) -> Refusal | None:
    """Return why a number that an act would change cannot be what it says; None where nothing is wrong with it, or none is changed.

    Parameters
    ----------
    act : Act
        Of whatever kind, and whatever is in it.
    """
    for address, value in _numbers(act):
        quantity = address.split(".")[1] if "." in address else ""
        known = QUANTITIES.get(quantity.casefold())
        if known is None:
            said = f"There is no quantity '{quantity[:40] or address[:40]}'; an address is a state and one of its quantities, such as KOR.free_force. {nearest(quantity, QUANTITIES)}"
            return Refusal("range", said)
        low, high = known.quantity.low, known.quantity.high
        if not low <= value <= high:
            what = quantity.replace("_", " ")
            return Refusal(
                "range",
                f"A {what} of {value:g} cannot be: it lies between {low:g} and {high:g} ({known.quantity.unit}). Give a number in that range.",
            )
    return None


def _numbers(act: Act) -> Iterator[tuple[str, float]]:
    """Yield what an act would change: addresses with their values."""
    body: Any = act.body
    if not isinstance(body, dict):
        return
    articles = body.get("articles")
    for words in (body.get("clause"), *(articles if isinstance(articles, list | tuple) else ())):
        if isinstance(words, str) and (found := _UNDERTAKES.fullmatch(words)):
            yield found[1], float(found[2])
    address, value = body.get("address"), body.get("value")
    number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12
    if act.kind == "inject.prepare" and body.get("what") == "fact" and isinstance(address, str) and number:
        yield address, float(value or 0)
