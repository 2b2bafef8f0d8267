"""Fields: what the form of a claim offers, which is what the vocabulary of trials has and the case knows, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from foedus.casebook.case import Case
from foedus.mechanisms import MECHANISMS, PROCEDURES
from foedus.questions.how_far_the_quarrel_goes import RUNG, STAKE
from foedus.questions.levers import LEVERS
from foedus.questions.listing import QUESTIONS
from foedus.questions.made_of import fact_words
from foedus.questions.measure import Measure
from foedus.questions.said_freely import name_of
from foedus.trials.own_claim import ALONE, SIDES, OwnClaim
from foedus.trials.queries import PHRASES
from foedus.trials.readings import is_share
from foedus.vocabulary.prose import country
from foedus.web.claim_record import record_fields
from foedus.web.claim_settings import rows_of
from foedus.web.claim_words import Claimed, choices_of, parts_of, words_of
from foedus.web.held import Held

_ABOUT: Final = {
    "forms": "What forms",
    "blocks": "Who blocks",
    "leverage": "Who has leverage",
    "treaties": "What treaties are worth",
    "exclusion": "What exclusion does",
    "quarrel": "How far the quarrel goes",
    "wedge": "What a wedge costs",
    "effort": "Own arms",
    "pacts": "Pacts of two spokes",
}
"""What the quantities of a question are about, by the name of the question."""

_ASKS: Final = {
    "STATE": ("Which state", "a state"),
    "OTHER": ("With which other", "another"),
    "MEMBER": ("Which member", "a member"),
    "BODY": ("Which body", "a body"),
    "PRESSED": ("Which body, or the star", "a body or the star"),
    "OUTCOME": ("Ends with", "an outcome"),
    "TERM": ("Which term", "one term"),
    "MEASURE": ("In what", "leverage"),
    "ARCHITECTURE": ("In which architecture", "in an architecture"),
    "VARIANT": ("Under what", "under a condition"),
    "RUNG": ("Which rung", "how far the quarrel goes"),
    "STAKE": ("Whose stake", "what is at stake in the quarrel"),
    "SITUATION": ("In what situation", "in a situation"),
    "BUDGET": ("At how much, bn a year", "some money"),
    "DEPTH": ("How deep, 0 to 1 (may be left out)", "a treaty"),
    "YEARS": ("After how many years in a forum (may be left out)", ""),
}
"""What is asked for a blank of a phrase, and what stands in its place before it is filled in."""

_ASKS_NOTHING: Final = "Nothing of the model: the record alone decides"

_SIDES: Final = {"rises": "rises", "falls": "falls", "above": "is above", "below": "is below"}

Option = tuple[str, str, bool]
"""Value, words, and whether it is chosen."""


@dataclass(frozen=True)
class Asked:
    """A blank of a phrase as a field of the form."""

    name: str
    label: str
    value: str
    options: tuple[Option, ...]
    free: bool
    """Whether something else than the options may be written."""


def fields(held: Held, said: Claimed, case: Case, set_in: Case) -> dict[str, Any]:
    """Return every field of the form of a claim with what stands in it; numbers are set in a case that may be another."""
    own = said.own
    measure, blanks, place = parts_of(own)
    stem, _, year = place.partition("@")
    here = stem in ("", own.case)
    rows, going_on = rows_of(own.settings, set_in)
    return {
        "cases": [(n, t, n == own.case) for n, t in held.titles().items()],
        "kinds": [*kinds(case, measure), ("The record", [(ALONE, _ASKS_NOTHING, own.quantity == ALONE)])],
        "unknown": own.quantity if measure is None and own.quantity != ALONE else "",
        "of_model": own.quantity != ALONE,
        "about": _about(measure),
        "blanks": asked(measure, blanks, case) if measure is not None else (),
        "has_years": bool(case.series),
        "year": year if here else "",
        "place": "" if here else place,
        "sides": [(s, _SIDES[s], s == own.expect) for s in SIDES],
        "than": own.than if own.expect in ("above", "below") else None,
        "at_least": _shown_least(own, measure),
        "changes": changes(own),
        "settings": rows,
        "going_on": going_on,
        "facts": [(name_of(f), fact_words(f)) for f in set_in.facts],
        "says": own.says,
        "falsified_if": own.falsified_if,
        "record": record_fields(own.record, case),
        "mechanisms": [
            (n, m.label or n.replace("_", " "), n in own.mechanisms) for n, m in MECHANISMS.items() if m.off
        ],
        "texts": [(w, words, getattr(own, w)) for w, words in _TEXTS],
        "hidden": [("also", a) for a in own.also] + ([("seed", str(said.seed))] if said.seed != 1 else []),
    }


_TEXTS: Final = (
    ("author", "Who says it"),
    ("title", "Title of the text"),
    ("date", "Date of the text"),
    ("name", "Name of the file"),
)


def kinds(case: Case, chosen: Measure | None) -> list[tuple[str, list[Option]]]:
    """Return the quantities that claims can ask for, in plain words with their measure, by the question they belong to."""
    found = []
    for name, question in QUESTIONS.items():
        there = [m for m in PHRASES if m in question.measures and (case.quarrel or m not in (RUNG, STAKE))]
        if there:
            found.append((_ABOUT.get(name, name.capitalize()), [(m.phrase, called(m), m is chosen) for m in there]))
    return found


def called(measure: Measure) -> str:
    """Return what a quantity is called before its blanks are filled in, with its unit."""
    text = re.sub(r"\b[A-Z]{3,}\b", lambda b: _ASKS.get(b.group(), ("", b.group()))[1], measure.reading)
    text = " ".join(text.split()).replace(" ,", ",").removesuffix(",")
    return f"{text[:1].upper()}{text[1:]} ({measure.unit})"


def _about(measure: Measure | None) -> str:
    if measure is None:
        return ""
    about = measure.about or measure.meaning
    ends = f", between {measure.low:g} and {measure.high:g}" if abs(measure.low) + abs(measure.high) < 1e9 else ""
    return f"{about[:1].upper()}{about[1:]}. Measured in: {measure.unit}{ends}."


def asked(measure: Measure, blanks: dict[str, str], case: Case) -> tuple[Asked, ...]:
    """Return the blanks of a phrase as fields."""
    words = words_of(measure, {b.lower(): v for b, v in blanks.items()}, case)
    found = []
    for blank in measure.phrase_blanks:
        value = blanks.get(blank, words[blank])
        choices = choices_of(measure, blank, case)
        named = [(c, _named(measure, blank, c), c == value) for c in choices]
        free = blank in ("BODY", "PRESSED") or not choices
        found.append(Asked(blank.lower(), _ASKS.get(blank, (blank.lower(), ""))[0], value, tuple(named), free))
    return tuple(found)


def _named(measure: Measure, blank: str, word: str) -> str:
    if blank in ("STATE", "OTHER", "MEMBER"):
        return country(word)
    read = measure.readings.get(blank, {}).get(word, word)
    return read.replace("_", " ") or word


def _shown_least(own: OwnClaim, measure: Measure | None) -> str:
    """Return the smallest change as it is typed: shares in points."""
    try:
        number = float(own.at_least)
    except ValueError:
        return own.at_least
    return f"{100 * number:.10g} points" if measure is not None and is_share(measure.unit) else own.at_least


def changes(own: OwnClaim) -> list[list[tuple[str, list[Option]]]]:
    """Return one list of single changes for each that is made, and one more."""
    made = [f"lever:{own.lever}"] if own.lever else []
    made += [f"without:{w}" for w in own.without] + [f"law:{w}" for w in own.laws]
    return [_offered(chosen) for chosen in (*made, "")]


def _offered(chosen: str) -> list[tuple[str, list[Option]]]:
    switched = [(f"without:{n}", f"Without {m.label or n.replace('_', ' ')}") for n, m in MECHANISMS.items() if m.off]
    laws = [
        (f"law:{p}={n}", f"{p.capitalize()}: {v.claim.removesuffix('.')}")
        for p, variants in PROCEDURES.items()
        for n, v in list(variants.items())[1:]
    ]
    groups = (
        ("One thing changed", [(f"lever:{x.key}", x.label) for x in LEVERS]),
        ("A mechanism switched off", switched),
        ("Another law", laws),
    )
    found = [(words, [(v, w, v == chosen) for v, w in options]) for words, options in groups]
    known = {v for _, options in found for v, _, _ in options}
    return [*_unknown(chosen, known), *found]


def _unknown(chosen: str, known: Iterable[str]) -> list[tuple[str, list[Option]]]:
    """Return a change that is not on offer, so that the form does not lose it and the reader can say what is wrong."""
    return [("As it was written", [(chosen, chosen.partition(":")[2], True)])] if chosen and chosen not in known else []
