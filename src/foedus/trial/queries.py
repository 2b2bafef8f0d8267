"""Queries: the small vocabulary in which claims ask the model, without any Python.

A quantity is named by a short phrase; the phrases are in :data:`PHRASES`, with a pattern and what it means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from foedus.experiments.pressure import BUDGETS
from foedus.experiments.quarrel import VARIANTS
from foedus.experiments.questions import LEVERAGE
from foedus.experiments.study import EVERYBODY, name
from foedus.facts.case import Case
from foedus.mechanisms import COMPONENTS
from foedus.simulation.formation import Form
from foedus.vocabulary.errors import FoedusError, Problem, nearest

_FORMS: Mapping[str, str] = {
    "a body": "body", "a council": Form.COUNCIL, "a hub-led body": Form.HUB_LED, "a forum": Form.FORUM,
    "what is in force": Form.IN_FORCE, "new bilateral treaties": Form.STAR,
}  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """One kind of quantity a claim can ask for.

    Attributes
    ----------
    form : str
        How it is written, with the blanks in capitals.
    meaning : str
    pattern : str
        Regular expression with named blanks.
    key : callable
        Returns the name of the answer, given the case and the blanks.
    """

    form: str
    meaning: str
    pattern: str
    key: Callable[[Case, Mapping[str, str]], str]


def _one_of(word: str, known: Mapping[str, str] | tuple[str, ...], what: str) -> str:
    if word not in known:
        raise FoedusError(Problem(f"'{word}'", f"there is no such {what}", nearest(word, known)))
    return known[word] if isinstance(known, Mapping) else word


def _state(case: Case, word: str) -> str:
    return _one_of(word, case.states, f"state in '{case.name}'")


def _body(case: Case, word: str) -> str:
    return _one_of(word, (EVERYBODY, *(w.name for w in case.watch)), "body")


PHRASES: Final[tuple[Phrase, ...]] = (
    Phrase("chance of OUTCOME", "probability that a year ends with it: " + ", ".join(_FORMS), r"chance of (?P<form>.+)",
           lambda c, b: name("forms", _one_of(b["form"], _FORMS, "outcome"), "", "probability")),
    Phrase("gain of STATE from BODY", "% of GDP a year, against no body", r"gain of (?P<s>\w+) from (?P<body>.+)",
           lambda c, b: name("gain", _body(c, b["body"]), _state(c, b["s"]), "total")),
    Phrase("TERM of STATE from BODY", "one term of that gain: " + ", ".join(COMPONENTS),
           rf"(?P<term>{'|'.join(COMPONENTS)}) of (?P<s>\w+) from (?P<body>.+)",
           lambda c, b: name("gain", _body(c, b["body"]), _state(c, b["s"]), b["term"])),
    Phrase("consent of STATE to BODY", "probability that it agrees", r"consent of (?P<s>\w+) to (?P<body>.+)",
           lambda c, b: name("gain", _body(c, b["body"]), _state(c, b["s"]), "consent")),
    Phrase("acceptance of BODY", "probability that all agree", r"acceptance of (?P<body>.+)",
           lambda c, b: name("body", _body(c, b["body"]), "", "acceptance")),
    Phrase("readiness of BODY", "share of pledged force it could use", r"readiness of (?P<body>.+)",
           lambda c, b: name("body", _body(c, b["body"]), "", "readiness")),
    Phrase("hub's MEASURE in ARCHITECTURE", "money, share, concessions or control in " + ", ".join(LEVERAGE),
           r"hub's (?P<measure>money|share|concessions|control) in (?P<arch>.+)",
           lambda c, b: name("leverage", _one_of(b["arch"], tuple(LEVERAGE), "architecture"), "", b["measure"])),
    Phrase("quarrel RUNG when VARIANT", "both, brokered, third_rung, stake_i or stake_j; " + ", ".join(VARIANTS),
           r"quarrel (?P<rung>both|brokered|third_rung|stake_i|stake_j|brokerage) when (?P<variant>.+)",
           lambda c, b: name("quarrel", _one_of(b["variant"], tuple(VARIANTS), "variant"), "", b["rung"])),
    Phrase("loss of STATE when SITUATION", "expected loss: today, left out, taken in",
           r"loss of (?P<s>\w+) when (?P<how>today|left out|taken in)",
           lambda c, b: name("exclusion", b["how"], _state(c, b["s"]), "loss")),
    Phrase("acceptance with STATE", "that all agree to the first watched body with it", r"acceptance with (?P<s>\w+)",
           lambda c, b: name("exclusion", "taken in", _state(c, b["s"]), "acceptance")),
    Phrase("acceptance without STATE", "that all agree to the same body without it", r"acceptance without (?P<s>\w+)",
           lambda c, b: name("exclusion", "left out", _state(c, b["s"]), "acceptance")),
    Phrase("hold of ARCHITECTURE at BUDGET", f"chance that it holds at {', '.join(f'{b:g}' for b in BUDGETS)} bn a year",
           r"hold of (?P<arch>.+) at (?P<budget>[\d.]+)",
           lambda c, b: name("wedge", "star" if b["arch"] == "star" else _body(c, b["arch"]),
                             _one_of(b["budget"], tuple(f"{x:g}" for x in BUDGETS), "budget"), "holds")),
    Phrase("cost of breaking ARCHITECTURE", "bn a year", r"cost of breaking (?P<arch>.+)",
           lambda c, b: name("wedge", "star" if b["arch"] == "star" else _body(c, b["arch"]), "", "cost")),
    Phrase("worth of the treaty of STATE", "to that ally, % of GDP a year", r"worth of the treaty of (?P<s>\w+)",
           lambda c, b: name("treaty", f"{c.hub}–{_state(c, b['s'])}", _state(c, b["s"]), "worth")),
)  # fmt: skip
"""Every kind of quantity a claim can ask for."""


def answer_key(case: Case, phrase: str) -> str:
    """Return the name of the answer that a phrase asks for.

    Raises
    ------
    FoedusError
        The phrase is of no known kind, or names a state, body or variant that is not there.
    """
    text = " ".join(phrase.split())
    for p in PHRASES:
        found = re.fullmatch(p.pattern, text)
        if found:
            return p.key(case, found.groupdict())
    raise FoedusError(
        Problem(f"'{phrase}'", "this is no quantity a claim can ask for", nearest(phrase, [p.form for p in PHRASES]))
    )
