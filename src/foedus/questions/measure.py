"""Measures: what can be measured in a draw, declared once: its key, its unit, its words, and how a claim asks for it.

From a measure come the column of an ensemble with unit and meaning, the phrase of a claim and of ``--quantity``, the
documentation, and the tables of an assessment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

_BLANK = re.compile(r"\b[A-Z]{3,}\b")

PATTERNS: Final[Mapping[str, str]] = {
    "ARCHITECTURE": ".+",
    "VARIANT": ".+",
    "STATE": r"\w+",
    "OTHER": r"\w+",
    "MEMBER": r"\w+",
    "BUDGET": r"[\d.]+",
    "DEPTH": r"[\d.]+",
    "YEARS": r"\d+",
}
"""What may stand in a blank of a phrase, as regular expression; in others the fixed words of a measure, or any."""


@dataclass(frozen=True, eq=False)
class Measure:
    """One thing that is measured in every draw."""

    key: tuple[str, str, str, str]
    """Section, item, subject and measure under which it is kept; words in capitals are blanks."""
    unit: str
    meaning: str
    """The meaning may repeat the blanks."""
    low: float = float("-inf")
    high: float = float("inf")
    """Values outside which it cannot be; a test beyond them could not fail, or not succeed."""
    form: str = ""
    """How it is written, as :class:`foedus.vocabulary.tables.Column` says."""
    phrase: str = ""
    """How a claim writes it, blanks in capitals, what may be left out in brackets; empty where claims cannot ask for
    it."""
    about: str = ""
    """What the phrase means, for the list of phrases; the meaning if empty."""
    ask: Callable[..., float] | None = None
    """Works it out from a study and the blanks of the phrase, in their order."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For blanks that take fixed words: the words, and what each stands for in the key."""
    absent: float = float("nan")
    """What a claim gets where a draw has no such answer."""
    over: str = ""
    """``least`` or ``number`` where a phrase asks for the least, or the number, of the answers whose keys fit."""
    kept: bool = True
    """Whether an ensemble keeps it; False for what is worked out only where a claim asks."""
    check: Callable[..., None] | None = None
    """Takes the blanks of the phrase and raises where together they make no sense."""
    units: Mapping[str, str] = field(default_factory=dict)
    """Unit by what stands in a blank, where it depends on that."""
    reading: str = ""
    """The phrase as a noun phrase for readers, with its blanks."""
    readings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What a reader sees in place of the words of a blank; ``""`` for a blank that is left out."""

    @cached_property
    def template(self) -> str:
        """The key as it is kept, with its blanks."""
        return "|".join(self.key)

    @cached_property
    def _keys(self) -> dict[tuple[str, ...], str]:
        return {}

    @cached_property
    def blanks(self) -> tuple[str, ...]:
        """The blanks of the key, in order."""
        return tuple(dict.fromkeys(_BLANK.findall(self.template)))

    @cached_property
    def _form(self) -> re.Pattern[str]:
        parts: list[str] = []
        seen: set[str] = set()
        for n, part in enumerate(_split(self.template, self.blanks)):
            fixed = "|".join(re.escape(v) for v in self.words.get(part, {}).values())
            again = f"(?P={part})" if part in seen else f"(?P<{part}>{fixed or '[^|]+?'})"
            parts.append(again if n % 2 else re.escape(part))
            seen |= {part} if n % 2 else set()
        return re.compile("".join(parts))

    def __call__(self, *blanks: str) -> str:
        """Return the key under which the answer for some blanks is kept; they stand in the order of the key."""
        found = self._keys.get(blanks)  # every draw asks for the same hundreds
        if found is None:
            found = self._keys[blanks] = _filled(self.template, dict(zip(self.blanks, map(str, blanks), strict=True)))
        return found

    def read(self, key: str) -> dict[str, str] | None:
        """Return what stands in the blanks of a key of this measure; None for other keys."""
        found = self._form.fullmatch(key)
        return found.groupdict() if found else None

    def unit_of(self, blanks: Mapping[str, str]) -> str:
        """Return the unit where it depends on what stands in a blank."""
        return next((self.units[b] for b in blanks.values() if b in self.units), self.unit)

    def says(self, blanks: Mapping[str, str]) -> str:
        """Return its meaning with the blanks filled in."""
        return _filled(self.meaning, blanks)

    @cached_property
    def phrase_blanks(self) -> tuple[str, ...]:
        """The blanks of the phrase, in order."""
        return tuple(dict.fromkeys(_BLANK.findall(self.phrase)))

    @cached_property
    def written(self) -> str:
        """The phrase as it is shown to somebody who wants to write one: kinds of blanks, without what may be left out."""
        text = re.sub(r"\[[^]]*\]", "", self.phrase)
        return re.sub(r"\b(MEMBER|OTHER)\b", "STATE", text).replace("PRESSED", "ARCHITECTURE")

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """Ways of writing the phrase, as they are suggested where none is known."""
        if len(self.phrase_blanks) == 1 and self.phrase_blanks[0] in self.words:
            blank = self.phrase_blanks[0]
            return tuple(self.phrase.replace(blank, word) for word in self.words[blank])
        return (self.written,)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The phrase as regular expression with named blanks."""
        text = re.escape(self.phrase).replace(r"\[", "(?:").replace(r"\]", ")?").replace(r"\ ", " ")

        def blank(found: re.Match[str]) -> str:
            name = found.group()
            fixed = "|".join(re.escape(w) for w in sorted(self.words.get(name, ()), key=len, reverse=True))
            return rf"(?P<{name}>{PATTERNS.get(name) or fixed or '.+'})"

        return re.compile(_BLANK.sub(blank, text))

    def asked(self, text: str) -> dict[str, Any] | None:
        """Return what stands in the blanks of a phrase of this measure; None for other phrases."""
        found = self.pattern.fullmatch(text) if self.phrase else None
        return found.groupdict() if found else None

    def kept_as(self, blanks: Mapping[str, str]) -> str:
        """Return the key, or with ``*`` for what the phrase leaves open the form of keys, that answers a phrase."""
        meant = {b: self.words.get(b, {}).get(v, v) for b, v in blanks.items() if v is not None}
        return _filled(self.template, {b: meant.get(b, b if b == "HUB" else "*") for b in self.blanks})


def chance(
    key: tuple[str, str, str, str],
    meaning: str,
    phrase: str = "",
    about: str = "",
    unit: str = "probability",
    **more: Any,
) -> Measure:
    """Return a measure that lies between 0 and 1 and is written as a percentage; `more` is as in :class:`Measure`."""
    return Measure(key, unit, meaning, 0, 1, "percent", phrase, about, **more)


def _split(template: str, blanks: tuple[str, ...]) -> list[str]:
    if not blanks:
        return [template]
    return re.split("(" + "|".join(rf"\b{b}\b" for b in blanks) + ")", template)


def _filled(text: str, blanks: Mapping[str, str]) -> str:
    return _BLANK.sub(lambda found: str(blanks.get(found.group(), found.group())), text)
