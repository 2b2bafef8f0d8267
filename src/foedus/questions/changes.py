"""Changes: facts and parameters set by hand, as ``japan.trade.china=0.02`` or ``treaty_reliability=0.5``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from foedus.casebook.case import Case
from foedus.casebook.quantities import AGAINST_ADVERSARY, QUANTITIES
from foedus.model.builder import FactKey
from foedus.model.parameters import BY_NAME, parameter
from foedus.questions.said_freely import fact_said, facts_said, name_of
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.states import STATES

_RELATIONS = ("distance", "rivalry", "grievance", *AGAINST_ADVERSARY)


@dataclass(frozen=True)
class Changes:
    """What is set by hand."""

    parameters: Mapping[str, float] = field(default_factory=dict)
    facts: Mapping[FactKey, float] = field(default_factory=dict)
    """Values that take the place of facts."""


def _state(case: Case, word: str) -> str:
    known = {s.casefold(): s for s in (*case.states, *case.adversaries)}
    known |= {STATES[s].name.casefold(): s for s in known.values() if s in STATES}
    found = known.get(word.casefold().replace("_", " "))
    if found is None:
        listed = [n for s in known.values() for n in (s, STATES[s].name if s in STATES else s)]
        raise fail(f"'{word}'", f"there is no such state in '{case.name}'", nearest(word, listed))
    return found


_Key = TypeVar("_Key")

_ANSWERS: Final = frozenset({"yes/no", "0/1"})
"""Units of quantities that are answers, and no amounts."""
_WORDS: Final = {"yes": 1.0, "true": 1.0, "no": 0.0, "false": 0.0}


def _number(text: str, place: str, answers: bool) -> float:
    """Return a number; where a quantity is an answer, also one that is given as a word."""
    if answers and text.strip().casefold() in _WORDS:
        return _WORDS[text.strip().casefold()]
    try:
        if not text.isascii() or "_" in text:  # which float() reads, and no reader expects
            raise ValueError
        value = float(text)
    except ValueError:
        example = "Write yes or no, or 1 or 0" if answers else "Write for example 0.02"
        raise fail(place, f"'{text}' is not a number", example) from None
    if not math.isfinite(value):
        raise fail(place, f"'{text}' is not a finite number", "Give the number that is meant")
    return value


def fact_key(case: Case, path: str) -> FactKey:
    """Return the fact that is named as it is set, such as ``japan.trade.china``.

    Raises
    ------
    FoedusError
        It names none, or the case has no such fact.
    """
    parts = path.split(".")
    if not 2 <= len(parts) <= 3:
        how = "Write parameter=value, state.quantity=value or state.relation.state=value; " + nearest(path, BY_NAME)
        raise fail(f"'{path}'", "this names neither a parameter nor a fact", how)
    subject = _state(case, parts[0])
    quantity = parts[1].casefold()
    if quantity not in QUANTITIES:
        raise fail(f"'{path}'", f"there is no quantity '{parts[1]}'", nearest(parts[1], QUANTITIES))
    if (quantity in _RELATIONS) != (len(parts) == 3):
        form = f"{parts[0]}.{quantity}.<other state>" if quantity in _RELATIONS else f"{parts[0]}.{quantity}"
        what = "this does not say which number is meant"
        raise fail(f"'{path}'", what, f"{quantity} is set as {form}=value")
    against = _state(case, parts[2]) if len(parts) == 3 else None
    key = (quantity, subject, against)
    case.fact(*key)  # says so if the case has no such fact
    return key


def _once(found: dict[_Key, float], key: _Key, value: float, setting: str) -> None:
    """Take a value that is set; the same number set twice to different values is one too many."""
    if found.setdefault(key, value) != value:
        what = f"it is set twice, to {found[key]:g} and to {value:g}"
        raise fail(f"'{setting}'", what, "Give one value; two answers are two commands")


def read_changes(case: Case, settings: Iterable[str]) -> Changes:
    """Return the changes that settings such as ``japan.trade.china=0.02`` mean.

    Raises
    ------
    FoedusError
        Every setting that names nothing, or has a value that cannot be; all at once.
    """
    parameters: dict[str, float] = {}
    facts: dict[FactKey, float] = {}
    problems: list[Problem] = []
    for setting in settings:
        path, equals, text = setting.partition("=")
        path = path.strip()
        try:
            if not equals:
                raise fail(f"'{setting}'", "a change needs a value", "Write name=value")
            if " " in path and "." not in path and facts_said(case, path):
                path = name_of(fact_said(case, path))
            if "." not in path:
                value = _number(text, f"'{setting}'", answers=False)
                _once(parameters, parameter(path).name, value, setting)
                continue
            key = fact_key(case, path)
            entry = QUANTITIES[key[0]]
            quantity = entry.quantity
            answers = not _ANSWERS.isdisjoint((quantity.unit, *entry.other_units))
            value = _number(text, f"'{setting}'", answers)
            if not quantity.low <= value <= quantity.high:
                what = f"{value:g} is outside {quantity.low:g} to {quantity.high:g} {quantity.unit}"
                raise fail(f"'{setting}'", what, "Give a number in that range")
            turned = (key[0], str(key[2]), key[1])
            _once(facts, turned if key[0] == "distance" and turned in facts else key, value, setting)
        except FoedusError as error:
            problems.extend(error.problems)
    if problems:
        raise FoedusError(problems)
    return Changes(parameters, facts)
