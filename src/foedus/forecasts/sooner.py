"""Sooner: which of two named things comes first, "or neither"; a question of another kind than whether the first does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from foedus.forecasts.query import NotUnderstood, Query

PLACES: Final = ("first", "second", "neither")
"""The parts of an answer to which of two comes first."""

_COME: Final = r"(?:comes?|come about|happens?|occurs?|takes? place|be seen|is|arrives?)"
_WHICH: Final = r"(?:which|what)(?: (?:one|event|thing))?(?: of (?:the|these|those) (?:two|2)(?: (?:things|events))?)?"
_ASK: Final = rf"{_WHICH}(?: (?:will|would|is (?:more |most )?(?:likely|going)(?: to)?|does|do you (?:think|expect)(?: will)?))? {_COME}(?: about| to pass)? (?:first|sooner|earlier)"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^\W*{_ASK}\W+(?P<two>.+?)\W*$",
        rf"^\W*(?P<two>.+?)\W+(?:and )?{_ASK}\W*$",
        rf"^\W*(?:which|what) (?:is|are) (?:more likely to {_COME} first|likelier to {_COME} first)\W+(?P<two>.+?)\W*$",
        r"^\W*will we (?:first )?see (?:first )?(?P<two>.+? or .+?)(?: first)\W*$",
        r"^\W*will it be (?P<two>.+? or .+?) (?:that|which) comes first\W*$",
    )
)
_OR: Final = re.compile(r",? (?:or(?: (?:else|rather|instead|is it))?|versus|vs\.?)(?::)? ", re.I)
_HEAD: Final = re.compile(r"^(?:a|an|the|that|whether|will|either)\b ?", re.I)
_DONE: Final = re.compile(r"(?<=[a-z])ing\b", re.I)


def two_things(text: str) -> Iterator[tuple[str, str]]:
    """Yield the two things of a question that asks which of them comes first, in every way its "or" can be read; nothing for others.

    Parameters
    ----------
    text : str
        Without its dates.

    Examples
    --------
    >>> list(two_things("What comes first: India leaves the Quad, or Korea joins it?"))
    [('India leaves the Quad', 'Korea joins it')]
    """
    found = next((m for p in _PATTERNS if (m := p.match(text.strip()))), None)
    if found is None:
        return
    two = found["two"].strip(" ,:;?-")
    for cut in _OR.finditer(two):
        one, other = two[: cut.start()].strip(" ,"), two[cut.end() :].strip(" ,")
        if one and other and not re.fullmatch(r"(?:neither|none|not)\b.*", other, re.I):
            yield one, other


def asked_of(one: str) -> tuple[str, ...]:
    """Return a thing as questions that ask whether it comes true, plain first."""
    bare = _HEAD.sub("", one)
    return f"Will {bare}?", f"Will there be {bare}?"


def sooner(text: str, read: Callable[[str, str], Query | None]) -> Query | None:
    """Return what asks which of two things comes first; None where it asks something else.

    Parameters
    ----------
    text : str
        Without its dates.
    read : callable
        Reads one thing, beside the other that may name its body; None where it is not understood.

    Raises
    ------
    NotUnderstood
        It asks for an order and its two things are not read, or in more than one way.
    """
    ways = list(two_things(text))
    if not ways:
        return None
    found = [
        (a, b) for one, other in ways if (a := read(one, other)) is not None and (b := read(other, one)) is not None
    ]
    if len(found) != 1:
        why = "can be divided in several ways" if found else "are not both read"
        raise NotUnderstood(f"it asks which of two things comes first, and they {why}")
    first, then = found[0]
    return replace(first, form="which", than=then)
