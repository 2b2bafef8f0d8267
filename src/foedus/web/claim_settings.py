"""Claim's settings: the numbers that a claim sets, with what they are now, and values read as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from foedus.casebook.case import Case, Fact
from foedus.casebook.quantities import QUANTITIES
from foedus.model.parameters import parameter
from foedus.questions.changes import fact_key
from foedus.questions.made_of import fact_words
from foedus.questions.said_freely import fact_said, name_of
from foedus.vocabulary.errors import FoedusError, Problem, fail

_NUMBER: Final = r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_PLAIN: Final = re.compile(rf"{_NUMBER}(?:e[-+]?[0-9]+)?")
_PER_CENT: Final = re.compile(rf"({_NUMBER}) ?(?:%|per cent|percent)")
_POINTS: Final = re.compile(rf"({_NUMBER}) ?points?")
_TIMES: Final = re.compile(rf"x ?({_NUMBER})|({_NUMBER}) ?x")
_PARTS: Final = {"half": 1 / 2, "twice": 2.0, "double": 2.0, "a third": 1 / 3, "a quarter": 1 / 4, "a tenth": 1 / 10}
_ANSWERS: Final = {"yes": "1", "true": "1", "no": "0", "false": "0"}


@dataclass(frozen=True)
class Now:
    """A number that can be set, as it is now."""

    name: str
    """As it is set: ``KOR.trade.CHN``."""
    words: str
    value: float
    unit: str
    low: float
    high: float
    """Bounds outside which a value is refused."""
    range: str
    """What is said of where it lies: judged from one number to another, or measured."""

    @property
    def is_share(self) -> bool:
        """Whether per cent of it can mean one thing only."""
        return self.unit.startswith("share") or self.unit == "0-1"

    @property
    def is_answer(self) -> bool:
        """Whether it is yes or no."""
        return self.unit in ("yes/no", "0/1")

    def told(self, value: float) -> str:
        """Return a value with its unit."""
        if self.is_answer:
            return f"{value:.6g} ({'yes' if value else 'no'})"
        if self.is_share:
            of = self.unit.removeprefix("share") if self.unit.startswith("share") else ""
            return f"{value:.4g} ({100 * value:.4g} %{of})"
        return f"{value:.6g} {'' if self.unit == '-' else self.unit}".strip()


@dataclass(frozen=True)
class Row:
    """A number that is set, as a row of the form."""

    name: str
    words: str
    """What it is; empty where it is not known which number is meant."""
    value: str
    now: str
    """What it is now, and what the value is beside that."""
    wrong: str
    """What is wrong with it; empty where nothing is."""


def now_of(case: Case, name: str) -> Now:
    """Return a number as it is now, by the name that files have for it or in words.

    Raises
    ------
    FoedusError
        It names none, or not clearly one.
    """
    if not name:
        raise fail("set", "It is not said which number is set", "Name it, for example South Korea trade China")
    if "." not in name and " " not in name:
        p = parameter(name)
        between = f"drawn from {p.low:g} to {p.high:g}"
        return Now(p.name, p.name.replace("_", " "), p.default, p.unit, p.floor, p.ceiling, between)
    fact = fact_said(case, name) if "." not in name else case.fact(*fact_key(case, name))
    bounds = QUANTITIES[fact.quantity].quantity
    return Now(name_of(fact), fact_words(fact), fact.value, fact.unit, bounds.low, bounds.high, _range(fact))


def _range(fact: Fact) -> str:
    sort = "measured" if fact.judged is None else "judged"
    return sort if fact.low is None or fact.high is None else f"{sort} from {fact.low:.4g} to {fact.high:.4g}"


def read_value(text: str, now: Now) -> str:
    """Return the number that a value means as it is written in a file: of ``11 %``, ``half``, ``x0.5``, ``-50 %``, ``yes``.

    Raises
    ------
    FoedusError
        It is no number, or could be several, or lies outside what the quantity can be.
    """
    plain = " ".join(text.casefold().replace("−", "-").replace("×", "x").replace("*", "x").split()).removeprefix("=")
    plain = plain.strip().removesuffix(" of now").removesuffix(f" {now.unit.casefold()}").removesuffix(" of gdp")
    number = _number(plain, text, now)
    value = float(number)
    if not now.low <= value <= now.high:
        meant = f", or {text.strip()} % if that is meant" if now.is_share and now.high < value <= 100 else ""
        what = f"{number} is outside {now.low:g} to {now.high:g}{'' if now.is_answer else f' {now.unit}'.rstrip(' -')}"
        raise fail("set", what, f"It is {now.told(now.value)} now: give a number in that range{meant}")
    return number


def _number(plain: str, text: str, now: Now) -> str:
    if now.is_answer and plain in _ANSWERS:
        return _ANSWERS[plain]
    if _PLAIN.fullmatch(plain):
        return plain
    cent, points, times = _PER_CENT.fullmatch(plain), _POINTS.fullmatch(plain), _TIMES.fullmatch(plain)
    if not now.is_answer:
        if plain in _PARTS:
            return _written(_PARTS[plain] * now.value)
        if times:
            return _written(float(times.group(1) or times.group(2)) * now.value)
        if cent and cent.group(1)[0] in "+-":  # more or less than it is now
            return _written((1 + float(cent.group(1)) / 100) * now.value)
        share = cent or (points if points and points.group(1)[0] not in "+-" else None)
        if share and now.is_share:
            return _written(float(share.group(1)) / 100)
        if cent:
            part = f"x{float(cent.group(1)) / 100:g}"
            of = f"'{text}' could be of anything, as this is not a share"
            raise fail("set", of, f"It is {now.told(now.value)} now: write the number, or {part} for that part of it")
    how = "yes or no" if now.is_answer else "half, x0.5 or -50 %"
    example = "" if now.is_answer else f"{now.value:.4g}, " + ("11 %, " if now.is_share else "")
    raise fail("set", f"'{text}' is not a number that is clear here", f"Write for example {example}{how}")


def _written(value: float) -> str:
    return f"{value:.10g}"


def _parted(setting: str) -> tuple[str, str]:
    name, _, value = setting.partition("=")
    return name.strip(), value.strip()


def settled(settings: Iterable[str], case: Case) -> tuple[str, ...]:
    """Return the numbers that are set by their names in files and their values in digits, each once: the later value holds.

    What cannot be read stays as it was written. A number without a value, or a value without a number, stays only where it
    comes last, which is what is being filled in.
    """
    given = [_parted(s) for s in settings]
    found: dict[str, str] = {}
    for name, value in given:
        if name and value:
            with suppress(FoedusError):
                now = now_of(case, name)
                name = now.name
                value = read_value(value, now)
            found[name] = value
    whole = tuple(f"{n}={v}" for n, v in found.items())
    if not given or all(given[-1]) or not any(given[-1]):
        return whole
    name, value = given[-1]
    with suppress(FoedusError):
        name = now_of(case, name).name
    return (*whole, f"{name}={value}")


def rows_of(settings: Iterable[str], case: Case) -> tuple[tuple[Row, ...], Row]:
    """Return the numbers that are set as rows, and what is being filled in as one more."""
    rows = [_row(*_parted(s), case) for s in settings]
    going_on = rows.pop() if rows and not (rows[-1].name and rows[-1].value) else Row("", "", "", "", "")
    return tuple(rows), going_on


def _row(name: str, value: str, case: Case) -> Row:
    wrong = wrong_with(name, value, case)
    said = str(Problem("", wrong.what, wrong.remedy)) if wrong is not None else ""
    try:
        now = now_of(case, name)
    except FoedusError:
        return Row(name, "", value, "", said)
    told = f"Now {now.told(now.value)}, {now.range}"
    if value and wrong is None:
        told = f"Set to {now.told(float(value))}{_beside(float(value), now)}. {told}"
    return Row(now.name, now.words, value, f"{told}.", said)


def _beside(value: float, now: Now) -> str:
    """Return what a value is beside what the number is now, so that it is seen how it was read."""
    if value == now.value:
        return ", which is what it is now"
    if now.is_answer or not now.value * value > 0:
        return ""
    ratio = value / now.value
    named = {0.5: "half of what it is now", 2.0: "twice what it is now"}
    return f", {named.get(round(ratio, 6), f'{ratio:.3g} times what it is now')}"


def wrong_with(name: str, value: str, case: Case) -> Problem | None:
    """Return what is wrong with a number that is set; None where nothing is."""
    try:
        now = now_of(case, name)
        if not value:
            what = f"What '{now.words}' is set to is not said yet"
            raise fail("set", what, f"It is {now.told(now.value)} now: write a number, or for example half")
        read_value(value, now)
    except FoedusError as error:
        (problem, *_) = error.problems
        where = problem.where if problem.where.startswith("'") else ""
        return Problem("set", f"{where} {problem.what}".strip(), problem.remedy)
    return None


def wrong_settings(settings: tuple[str, ...], case: Case) -> list[tuple[int, Problem]]:
    """Return the numbers that cannot be set as it is said, each by its place."""
    found = [(k, wrong_with(*_parted(s), case)) for k, s in enumerate(settings)]
    return [(k, p) for k, p in found if p is not None]


def without(settings: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers that are set but those of some names."""
    gone = set(names)
    return tuple(s for s in settings if _parted(s)[0] not in gone)
