"""Said freely: which number of a case somebody means who names states and a quantity in words, in the order that comes to mind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from foedus.casebook.case import Case, Fact
from foedus.vocabulary.errors import fail
from foedus.vocabulary.states import SPELLS

_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "USA": ("us", "america", "united states of america"),
    "GBR": ("uk", "britain", "great britain"),
    "RUS": ("ussr",),
    "CHN": ("prc",),
    "TWN": ("republic of china",),
}
"""What states are called beside their names."""

_MEANT: Final[Mapping[str, tuple[str, ...]]] = {
    "gdp": ("gdp", "product", "economy", "income"),
    "military_spending": ("military spending", "military", "spending", "defence budget", "arms"),
    "cinc": ("cinc", "capabilities", "capability", "power"),
    "available_share": ("available share", "usable force", "usable"),
    "ideal_point": ("ideal point", "foreign policy position", "policy", "votes"),
    "sovereignty": ("sovereignty", "own command", "command", "control"),
    "free_force": ("free force", "free for others"),
    "recognised": ("recognised", "recognition"),
    "recklessness": ("recklessness", "reckless"),
    "trade": ("trade", "exports", "commerce"),
    "perception": ("perception", "threat", "fear"),
    "distance": ("distance", "far"),
    "rivalry": ("rivalry", "rival"),
    "grievance": ("grievance", "quarrel", "grudge", "dispute"),
}
"""What quantities of cases are called by those who ask for them."""

_WORD: Final = re.compile(r"[^\W_]+")

_FEW, _NEAR = 4, 2.0
"""Numbers that are offered, and how much worse than the best they may fit (judged: less than a quantity that was named)."""

_ALIKE: Final = 0.8
"""Likeness from which on a word is taken for one that is mistyped (judged: one letter in five)."""


def name_of(fact: Fact) -> str:
    """Return a number as it is set: ``KOR.trade.CHN``."""
    return ".".join(filter(None, (fact.subject, fact.quantity, fact.against)))


@dataclass(frozen=True)
class Meant:
    """A number that words may mean.

    Attributes
    ----------
    fact : Fact
    fit : float
        How well they fit, beside those of others.
    sure : bool
        Whether all of it is named, and nothing is mistyped or could be another.
    """

    fact: Fact
    fit: float
    sure: bool


def facts_said(case: Case, words: str) -> tuple[Meant, ...]:
    """Return the numbers that words may mean, the nearest first; none where they name no state of the case.

    Parameters
    ----------
    case : Case
    words : str
        Such as ``South Korea trade China`` or ``trade of China with South Korea``.
    """
    text = f" {' '.join(_WORD.findall(words.casefold()))} "
    places, text = _states(case, text)
    if not places:
        return ()
    quantities, plain = _quantities(text)
    found = []
    for fact in case.facts:
        ends = [s for s in (fact.subject, fact.against) if s is not None]
        said = [places[s] for s in ends if s in places]
        if not said or (quantities and fact.quantity not in quantities):
            continue
        whole = len(said) == len(ends) and len(ends) == len({p for p, _ in places.values()})
        order = said == sorted(said) if len(said) > 1 else fact.subject in places
        certain = sum(c for _, c in said)
        fit = 4.0 * whole + 2 * bool(quantities) + order + 0.25 * certain
        found.append(Meant(fact, fit, whole and plain and certain == len(ends)))
    return tuple(sorted(found, key=lambda m: -m.fit))


def fact_said(case: Case, words: str) -> Fact:
    """Return the one number that words mean.

    Raises
    ------
    FoedusError
        They mean none, or several as well as each other; the nearest are named.
    """
    found = facts_said(case, words)
    best = [m for m in found if m.fit == found[0].fit]
    if len(best) == 1 and best[0].sure:
        return best[0].fact
    many = "it is not clear which number this means" if found else "this names no number of the case"
    near = [f"'{name_of(f)}'" for f in nearest_said(case, words)]
    how = f"Did you mean {' or '.join(near)}?" if near else "Name a state, what is meant, and the other state, if any"
    raise fail(f"'{words}'", many, how)


def nearest_said(case: Case, words: str) -> tuple[Fact, ...]:
    """Return the few numbers that words most likely mean, to choose from; none where they name no state."""
    found = facts_said(case, words)
    return tuple(m.fact for m in found[:_FEW] if m.fit > found[0].fit - _NEAR)


def _states(case: Case, text: str) -> tuple[dict[str, tuple[int, bool]], str]:
    """Return where states of a case are named and whether surely, and the text without their names; long names go first."""
    known = (*case.states, *case.adversaries)
    names = [(s.casefold(), s) for s in known] + [(n, s) for s in known for n in _ALSO.get(s, ())]
    names += [(spell.name.casefold(), spell.id) for spell in SPELLS if spell.id in known]
    found: dict[str, tuple[int, bool]] = {}
    for name, s in sorted(dict.fromkeys(names), key=lambda n: -len(n[0])):
        at = text.find(f" {name} ")
        if at >= 0 and s not in found:
            found[s] = (at, True)
            text = text.replace(f" {name} ", f" {' ' * len(name)} ", 1)
    for name, s in names:  # a name that several bear in part, as Korea
        last = name.rpartition(" ")[2]
        at = text.find(f" {last} ")
        if at >= 0 and s not in found and last != name:
            found[s] = (at, False)
    for name, s in names:  # mistyped
        close = get_close_matches(name, text.split(), 1, _ALIKE) if len(name) > 3 and s not in found else []
        if close:
            found[s] = (text.find(f" {close[0]} "), False)
    return found, text


def _quantities(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the quantities that a text names, by the longest of their words, else by one that is mistyped; and whether it is not."""
    there = {q: max((len(w) for w in words if f" {w} " in text), default=0) for q, words in _MEANT.items()}
    most = max(there.values())
    if most:
        return tuple(q for q, n in there.items() if n == most), True
    single = {w: q for q, words in _MEANT.items() for w in words if " " not in w}
    close = [get_close_matches(w, single, 1, _ALIKE) for w in text.split() if len(w) > 3]
    return tuple(dict.fromkeys(single[c[0]] for c in close if c)), False
