"""Queries: the small vocabulary in which claims ask the model, without any Python.

A quantity is named by a short phrase; which phrases there are say the measures of the questions, each with bounds and a
meaning. A phrase may end with ``in europe-1949`` or ``in indo-pacific-2020@2007`` to ask the same of another place or year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from foedus.casebook.case import Case
from foedus.model.architecture import Institution, Kind, Rule
from foedus.model.builder import watched
from foedus.questions.how_far_the_quarrel_goes import RUNG, STAKE
from foedus.questions.listing import MEASURES
from foedus.questions.measure import Measure
from foedus.questions.own_effort import WHERE
from foedus.questions.study import EVERYBODY, Study
from foedus.vocabulary.errors import fail, nearest

Ask = Callable[[Study], float]
Words = Mapping[str, str | None]

_GROUPS: Mapping[str, tuple[Kind, Rule]] = {
    "council": (Kind.MULTILATERAL, Rule.CONSENSUS),
    "hub-led body": (Kind.MULTILATERAL, Rule.HUB),
    "forum": (Kind.FORUM, Rule.CONSENSUS),
}

PHRASES: Final[tuple[Measure, ...]] = tuple(m for m in MEASURES if m.phrase)
"""Every kind of quantity a claim can ask for."""


@dataclass(frozen=True)
class Bound:
    """A measure with its blanks filled in: works the quantity out in a study; small enough to be sent to a worker."""

    number: int
    """Place of the measure in :data:`PHRASES`."""
    values: tuple[Any, ...]
    """What stands in the blanks of its phrase, resolved in the case, in their order."""

    @property
    def roots(self) -> tuple[str, ...]:
        """Modules that the answer depends on: this one, and that of the question."""
        return (__name__, PHRASES[self.number].ask.__module__)

    def __call__(self, study: Study) -> float:
        """Return the quantity in a study."""
        ask = PHRASES[self.number].ask
        assert ask is not None, "every measure with a phrase can be asked for"
        return ask(study, *self.values)


@dataclass(frozen=True)
class Query:
    """A quantity bound to a place."""

    phrase: str
    """As written, without the place."""
    place: str
    """Name of the case, with a year after @ where one is asked for."""
    kind: Measure
    ask: Ask
    """Works it out in a study."""
    elsewhere: bool = False
    """Whether the place is not the one the text is about."""
    blanks: Words = field(default_factory=dict)
    """What stands in the blanks of the phrase."""

    @property
    def unit(self) -> str:
        """The unit of this quantity."""
        return self.kind.unit_of({k: v for k, v in self.blanks.items() if v is not None})


def _one_of(word: str, known: Mapping[str, str] | tuple[str, ...], what: str) -> str:
    if word not in known:
        raise fail(f"'{word}'", f"there is no such {what}", nearest(word, known))
    return known[word] if isinstance(known, Mapping) else word


def _state(case: Case, word: str) -> str:
    return _one_of(word.strip(), case.states, f"state in '{case.name}'")


def _body(case: Case, word: str) -> str | Institution:
    """Return a body by the name it has in the study, or as an institution of listed members."""
    group = re.fullmatch(r"an? (?P<kind>council|hub-led body|forum) of (?P<members>.+)", word)
    if group:
        wanted = [_state(case, s) for s in re.split(r",\s*(?:and\s+)?|\s+and\s+", group["members"])]
        if len(set(wanted)) < 2:
            raise fail(f"'{word}'", "a body needs two members or more", "List them with commas")
        kind, rule = _GROUPS[group["kind"]]
        members = tuple(s for s in dict.fromkeys((case.hub, *case.states)) if s in wanted)
        return Institution(kind, members, rule, None, word)
    if word in (EVERYBODY, "the allies"):
        return word
    found = {m.name: m for m in watched(case)}
    if word not in found:
        raise fail(f"'{word}'", "there is no such body", nearest(word, (EVERYBODY, "the allies", *found)))
    return found[word]


def _member(case: Case, words: Words) -> str:
    body, state = _body(case, words["BODY"] or ""), _state(case, words["MEMBER"] or "")
    if isinstance(body, Institution) and not body.has(state):
        raise fail(f"'{state}'", f"is no member of '{words['BODY']}'", nearest(state, body.members))
    return state


def _pressed(case: Case, word: str) -> str | Institution:
    return word if word == "star" else _body(case, word)


def _meant(case: Case, measure: Measure, blank: str, words: Words) -> Any:
    """Return what the word in a blank stands for in a case; None where the blank was left out."""
    word = words[blank]
    if word is None:
        return None
    if blank in measure.words:
        return _one_of(word, measure.words[blank], blank.lower())
    if blank == "MEMBER":
        return _member(case, words)
    readers = {"STATE": _state, "OTHER": _state, "BODY": _body, "PRESSED": _pressed}
    return readers[blank](case, word) if blank in readers else word


def split_place(phrase: str, here: str) -> tuple[str, str]:
    """Return a phrase without its place, and the place; without one it is here."""
    text = " ".join(phrase.split())
    found = re.fullmatch(r"(?P<phrase>.+) in (?P<place>[\w@.-]+)", text)
    if found and found["place"] not in WHERE:
        return found["phrase"], found["place"]
    return text, here


def read_query(case: Case, phrase: str, place: str = "", elsewhere: bool = False) -> Query:
    """Return the query that a phrase means in a case.

    Raises
    ------
    FoedusError
        The phrase is of no known kind, or names a state, body or variant that is not there.
    """
    for number, measure in enumerate(PHRASES):
        blanks = measure.asked(phrase)
        if blanks is not None:
            if measure in (RUNG, STAKE) and not case.quarrel:
                remedy = "Say quarrel: in its case.yaml"
                raise fail(f"case '{case.name}'", "no quarrel is named in it", remedy)
            values = tuple(_meant(case, measure, b, blanks) for b in measure.phrase_blanks)
            if measure.check is not None:
                measure.check(*values)
            return Query(phrase, place or case.name, measure, Bound(number, values), elsewhere, blanks)
    known = [e for m in PHRASES for e in m.examples]
    raise fail(f"'{phrase}'", "this is no quantity a claim can ask for", nearest(phrase, known))
