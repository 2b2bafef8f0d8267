"""One slider: the one thing that a page of power moves, a lever or a budget; without script a number field with a button."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, quote

from foedus.model.sizes import SIZES, TIMES
from foedus.web.address import Address, query, write
from foedus.web.held import Held

_ANY: Final = "~"
"""What stands in an address where the script puts the value; nothing that is read is written so."""
_MOST: Final = 10.0
"""Largest budget of the slider, bn a year: a trade war. The address takes any."""


@dataclass(frozen=True)
class OneSlider:
    """A slider, as the page and its script need it."""

    name: str
    """Word of the form: ``lever:hub`` or ``budget``."""
    label: str
    value: float
    low: float
    high: float
    step: float
    neutral: float
    """Where it changes nothing; NaN where there is no such place."""
    words: str
    """The value in words."""
    before: str
    after: str
    """What stands before and behind the value in words."""
    ends: tuple[str, str]
    """What the ends are, in words."""
    url: str
    """Address of the page with ``~`` in the place of the value."""
    plain: str
    """Address of the page where the slider changes nothing."""
    action: str
    """Where the form is sent without script."""
    hidden: tuple[tuple[str, str], ...]
    """The other words of the address."""


def lever(held: Held, address: Address, key: str, label: str) -> OneSlider:
    """Return the slider of a lever on a page of power.

    Parameters
    ----------
    held : Held
    address : Address
        Of the page.
    key : str
        Of the lever, one that every case has.
    label : str
        What the page calls it.
    """
    size = SIZES[key]
    rest = tuple(w for w in address.levers if w.partition("=")[0] != key)
    said = next((w.partition("=")[2] for w in address.levers if w.partition("=")[0] == key), "")
    value = float(said) if said else size.neutral  # the reader of levers has read it
    before = "× " if size.unit == TIMES else ""
    plain = replace(address, levers=rest)
    return OneSlider(
        f"lever:{key}",
        label,
        value,
        size.low,
        size.high,
        size.step,
        size.neutral,
        f"{before}{value:g}",
        before,
        "",
        (size.least, size.most),
        held.prefix + write(replace(address, levers=(*rest, f"{key}={_ANY}"))),
        held.prefix + write(plain),
        *_form(held, plain),
    )


def budget(held: Held, address: Address, value: float) -> OneSlider:
    """Return the slider of the budget of pressure on the page of the wedge."""
    plain = address.having(budget="")
    return OneSlider(
        "budget",
        "Budget of pressure, bn a year",
        value,
        0.0,
        max(_MOST, value),
        0.1,
        float("nan"),
        f"{value:g} bn",
        "",
        " bn",
        ("none", f"{max(_MOST, value):g} bn"),
        held.prefix + write(address.having(budget=_ANY)),
        "",
        *_form(held, plain),
    )


def _form(held: Held, plain: Address) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return where a form is sent, and the words that it keeps."""
    hidden = (("page", plain.page), *parse_qsl(query(replace(plain, version=""))))
    return f"{held.prefix}/c/{quote(plain.case, safe='@')}/ask", tuple(hidden)
