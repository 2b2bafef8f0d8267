"""Numbers said: a question for a number with the answers it offers, and a number between two others."""

from __future__ import annotations

import re
from typing import Final

from foedus.forecasts.named_days import MONTHS
from foedus.forecasts.windows import NUMBERS

OFFERED: Final = "the answers it offers are not the only ones: every number has its own chance"
"""Note on a question for a number that offers some."""

_N: Final = rf"(?:\d{{1,3}}|none|zero|once|twice|{'|'.join(NUMBERS)})"
_ONE: Final = rf"(?:(?:at least|at most|exactly|fewer than|less than|more than|over|under|up to|only|just|no more than) )?{_N}(?: ?(?:-|to|or) ?{_N})?(?: or (?:more|fewer|less)|\+)?(?: (?:members|times|of them))?"
_OFFERS: Final = re.compile(
    rf"(?<=[a-z0-9])(?:[:,;?]| -)+ *(?:is it )?{_ONE}(?:, {_ONE})*,? or (?:{_ONE}|(?:even )?(?:more|fewer|less)(?: than that)?|none)\W*$",
    re.I,
)
_ASKS: Final = re.compile(
    r"^\W*(?:how many|(?:what|which) (?:is|will be|would be)? ?the (?:total )?number|(?:the )?(?:total )?(?:number|count) of|in how many)\b",
    re.I,
)
_THINGS: Final = rf"(?! {MONTHS}\b)(?=(?: [a-z'-]+){{0,4}} (?:members?|countries|states|nations|treaties|pacts|agreements|accords|alliances|allies|partners)\b| of (?-i:[A-Z]))"
_BETWEEN: Final = re.compile(
    rf"\b(?:between (?P<a>{_N}) and (?P<b>{_N})|(?:from )?(?P<c>{_N})(?: to |-)(?P<d>{_N})|(?P<e>{_N}) or (?P<f>{_N}))(?: \((?:both )?inclusive(?:ly)?\))?{_THINGS}",
    re.I,
)


def without_offers(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a question for a number without the numbers that it offers as answers, and a note on them.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> without_offers("How many members will NATO have in 2030: fewer than 32, 32, or more than 32?")[0]
    'How many members will NATO have in 2030?'
    """
    if not _ASKS.match(text):
        return text, ()
    shorter = _OFFERS.sub("?", text)
    return shorter, (OFFERED,) if shorter != text else ()


_YEARS: Final = re.compile(
    r"^\W*in how many (?:of the )?(?:calendar )?(?:years (?:from |between )?(?P<a>\d{4})(?: ?- ?| to | and | through )(?P<b>\d{4})|(?P<next>(?:next|coming|following) (?:\d{1,2}|[a-z]+) years)),? (?P<rest>(?:will|would|does|do)\b.+?)[?.]*$",
    re.I,
)


def of_years(text: str) -> str:
    """Return a question for a number of years with its years behind what it asks.

    Examples
    --------
    >>> of_years("In how many of the years 2021 to 2025 will the Quad meet?")
    'In how many years will the Quad meet from 2021 to 2025?'
    """
    found = _YEARS.match(text)
    if found is None:
        return text
    days = f"within the {found['next']}" if found["next"] else f"from {found['a']} to {found['b']}"
    return f"In how many years {found['rest']} {days}?"


def ranges(text: str) -> str:
    """Return a text in which "between 3 and 5 members" is one number with two bounds: "3 to 5 members".

    Examples
    --------
    >>> ranges("Will NATO have between thirty-one and 33 members?"), ranges("Will between 3 and five states join?")
    ('Will NATO have between thirty-one and 33 members?', 'Will 3 to 5 states join?')
    """

    def plainer(found: re.Match[str]) -> str:
        low, high = (
            NUMBERS.get(n.lower()) or n
            for n in (found["a"] or found["c"] or found["e"], found["b"] or found["d"] or found["f"])
        )
        if not (str(low).isdecimal() and str(high).isdecimal()) or int(low) >= int(high):
            return found[0]
        if found["e"] and int(high) != int(low) + 1:  # "two or four" is not three
            return found[0]
        return f"{low} to {high}"

    return _BETWEEN.sub(plainer, text)
