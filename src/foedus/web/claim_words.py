"""Words of a claim: the address of a claim of one's own, read and written, and the fields of its form that make it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode

from foedus.asking import argument
from foedus.casebook.case import Case
from foedus.model.builder import watched
from foedus.questions.measure import Measure
from foedus.trials.own_claim import NAME, OwnClaim, Seen, in_unit, measure_in, phrase_of
from foedus.trials.queries import PHRASES, split_place
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.prose import country
from foedus.web.address import FORMS, LONGEST
from foedus.web.claim_record import PART, asked_of_record
from foedus.web.claim_settings import without

PATH: Final = "/t/new"
"""Where claims of one's own are made."""

_ONE: Final = ("case", "quantity", "expect", "than", "at_least", "lever", "says", "falsified_if")
_TEXT: Final = ("name", "title", "author", "date")
_MANY: Final = {"set": "settings", "without": "without", "law": "laws", "mechanism": "mechanisms", "also": "also"}
_SEEN: Final = ("event", "event_says", "because")
WORDS: Final = (*_ONE, *_MANY, *_SEEN, *_TEXT, "draws", "seed")
"""The words of the address of a claim, in the order in which they are read; only what is said is written."""

_FILLED: Final = ("kind", "year", "place", "change", "fact", "to", "drop", "what")
"""Fields of the form that stand for words of the address, beside one for each blank of a phrase and each part of a record test."""

_NUMBERS: Final[Mapping[str, str]] = {"BUDGET": "1", "DEPTH": "", "YEARS": ""}
"""Blanks that are numbers, with what stands in them first; those that may be left out begin so."""


_BEGIN: Final = OwnClaim("", lever="no quarrels", at_least="0.05")
"""What stands in the form before anything is filled in."""


_LISTED: Final = re.compile(r"\ban? (?:council|hub-led body|forum) of ")
"""What stands before members that are listed."""


@dataclass(frozen=True)
class Claimed:
    """What an address of a claim says.

    Attributes
    ----------
    own : OwnClaim
    draws : int or None
        None where it is not tried in draws.
    seed : int
    form : str
        As in :mod:`foedus.web.address`; empty for the page.
    """

    own: OwnClaim
    draws: int | None = None
    seed: int = 1
    form: str = ""

    def link(self, form: str = "", draws: int | None = None) -> str:
        """Return the address of this claim, in another form or with draws."""
        tried = self.draws if draws is None else draws
        words = urlencode(_pairs(replace(self, draws=tried)), safe=":,@", quote_via=quote)
        return f"{PATH}{'.' + form if form else ''}?{words}"

    def command(self, own_file: str = "") -> str:
        """Return the command that tries the file of this claim."""
        words = [f"foedus trial {own_file or f'{self.own.name}.yaml'}"]
        words += [f"--draws {self.draws}"] if self.draws not in (None, argument.DRAWS) else []
        return " ".join([*words, *([f"--seed {self.seed}"] if self.seed != 1 else [])])


def _pairs(claimed: Claimed) -> list[tuple[str, str]]:
    own, usual = claimed.own, OwnClaim("")
    pairs: list[tuple[str, str]] = [(w, str(getattr(own, w))) for w in _ONE if getattr(own, w)]
    for word, name in _MANY.items():
        pairs += [(word, _colon(v) if word in ("set", "law") else v) for v in getattr(own, name)]
    for seen in own.record:
        pairs += [("event", seen.event), ("event_says", seen.says), ("because", seen.because)]
    pairs += [(w, getattr(own, w)) for w in _TEXT if getattr(own, w) != getattr(usual, w)]
    pairs += [("draws", str(claimed.draws))] if claimed.draws is not None else []
    return pairs + ([("seed", str(claimed.seed))] if claimed.seed != 1 else [])


def _colon(change: str) -> str:
    name, _, value = change.partition("=")
    return f"{name}:{value}"


def _equals(change: str) -> str:
    name, mark, value = change.partition("=" if "=" in change else ":")
    return f"{name.strip()}={value.strip()}" if mark else change


@dataclass(frozen=True)
class Filled:
    """The words of an address or of a form, as they came."""

    one: Mapping[str, str]
    many: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def all(self, word: str) -> tuple[str, ...]:
        """Return every value of a word."""
        return self.many.get(word, ())


def blanks() -> frozenset[str]:
    """Return the fields of the form that are blanks of phrases."""
    return frozenset(b.lower() for m in PHRASES for b in m.phrase_blanks)


def filled(words: str) -> Filled:
    """Return the words after the question mark.

    Raises
    ------
    FoedusError
        The address is too long, or says something that it has no word for.
    """
    if len(words) > LONGEST:
        long = f"it has {len(words):,} letters, and {LONGEST:,} are read"
        raise fail("address", long, "Say it in fewer words, or write the file and try it with foedus trial")
    # the name of a draft that the browser keeps: it says nothing of the claim
    pairs = [(k, v) for k, v in parse_qsl(words, keep_blank_values=True) if k != "file"]
    known = (*WORDS, *_FILLED, *sorted(blanks()))
    strange = [k for k, _ in pairs if k not in known and not PART.fullmatch(k)]
    wrong = [Problem(f"'{k}'", "an address has no such word", nearest(k, WORDS)) for k in strange]
    if wrong:
        raise FoedusError(wrong)
    many: dict[str, tuple[str, ...]] = {}
    for k, v in pairs:
        many[k] = (*many.get(k, ()), " ".join(v.split()))
    return Filled({k: v[-1] for k, v in many.items()}, many)


def from_form(given: Filled) -> bool:
    """Return whether fields of the form are among the words, so that the address has another way of being written."""
    return any(w in given.one for w in _FILLED) or any(b in given.one for b in blanks())


def claimed(given: Filled, case: Case, name: str, form: str = "") -> Claimed:
    """Return what the words of an address or of a form say.

    Parameters
    ----------
    given : Filled
    case : Case
        That it is about.
    name : str
        Of the case, as it is held.
    form : str

    Raises
    ------
    FoedusError
        A number is none, or the page is nothing of the form.
    """
    if form and form not in FORMS:
        raise fail(f"'.{form}'", "this page has no such form", nearest(form, FORMS))
    numbers = {w: given.one[w] for w in ("draws", "seed") if given.one.get(w)}
    for word, value in numbers.items():
        if not (value.isascii() and value.isdigit() and len(value) < 8):
            raise fail(word, f"'{value}' is not a whole number", "Give a whole one")
    own = OwnClaim(
        name,
        expect=given.one.get("expect") or "rises",
        than=in_unit(given.one.get("than", "")),
        at_least=in_unit(given.one.get("at_least", "")),
        says=given.one.get("says", ""),
        falsified_if=given.one.get("falsified_if", ""),
        lever=given.one.get("lever", ""),
        record=_seen(given, case),
    )
    many: dict[str, Any] = {at: tuple(dict.fromkeys(w for w in given.all(x) if w)) for x, at in _MANY.items()}
    many |= {w: given.one[w] for w in _TEXT if given.one.get(w)}
    own = replace(own, **many)
    own = replace(own, settings=tuple(map(_equals, own.settings)), laws=tuple(map(_equals, own.laws)))
    quantity = given.one.get("quantity") or _BEGIN.quantity
    if not given.one.get("quantity") and not from_form(given):  # something to begin with
        own = replace(own, lever=own.lever or _BEGIN.lever, at_least=own.at_least or _BEGIN.at_least)
    own = replace(own, quantity=quantity, date=own.date or str(case.as_of.year), name=file_name(own.name, NAME))
    draws = int(numbers["draws"]) if "draws" in numbers else None
    own = _composed(given, own, case) if from_form(given) else own
    own = replace(own, quantity=_by_ids(own.quantity, case), than=_by_ids(own.than, case))
    return Claimed(own, draws, int(numbers.get("seed", 1)), form)


def file_name(text: str, otherwise: str) -> str:
    """Return text as the name of a file or a folder that is the same on every system."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in text.lower()).strip("-")[:60]
    return kept or otherwise


def _seen(given: Filled, case: Case) -> tuple[Seen, ...]:
    events, says, because = (given.all(w) for w in _SEEN)
    if "what" in given.one:
        events = tuple(asked_of_record(given.one, given.all("what"), case))
    found = [
        Seen(e, says[k] if k < len(says) and says[k] else "supports", because[k] if k < len(because) else "")
        for k, e in enumerate(events)
    ]
    return tuple(s for s in found if s.event)


def _composed(given: Filled, own: OwnClaim, case: Case) -> OwnClaim:
    """Return a claim with what the fields of the form say of it in place of the words they stand for."""
    kind = given.one.get("kind", "")
    measure = next((m for m in PHRASES if m.phrase == kind), None)
    quantity = kind or own.quantity
    if measure is not None:
        quantity = phrase_of(measure, words_of(measure, given.one, case))
        place = given.one.get("place", "")
        year = given.one.get("year", "")
        place = f"{own.case}@{year}" if year and not place else place
        quantity += f" in {place}" if place else ""
    changes = [c.partition(":") for c in given.all("change") if c]
    rows = list(zip(given.all("fact"), given.all("to"), strict=False))
    facts = tuple(_set(f, v) for k, (f, v) in enumerate(rows) if (f and v) or ((f or v) and k == len(rows) - 1))
    return replace(
        own,
        quantity=quantity,
        than=own.than if own.expect in ("above", "below") else "",
        lever=next((v for k, _, v in changes if k == "lever"), own.lever),
        without=_more(own.without, (v for k, _, v in changes if k == "without")),
        laws=_more(own.laws, (v for k, _, v in changes if k == "law")),
        settings=without((*own.settings, *facts), given.all("drop")),
    )


def _set(name: str, value: str) -> str:
    """Return a number that is set, also where name and value stand in one field."""
    return f"{name}={value}" if value else _equals(name) if "=" in name else f"{name}="


def _by_ids(phrase: str, case: Case) -> str:
    """Return a phrase with the ids of states in the place of their names, where it is none of the vocabulary as it was written."""
    if measure_in(phrase, case.name) is not None and not _LISTED.search(phrase):
        return phrase
    names = {country(s, year): s for s in (*case.states, *case.adversaries) for year in (case.as_of.year, None)}
    for name in sorted(names, key=len, reverse=True):
        phrase = re.sub(rf"\b{re.escape(name)}\b", names[name], phrase, flags=re.IGNORECASE)
    return phrase


def _more(known: tuple[str, ...], further: Sequence[str] | object) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *further)))  # type: ignore[misc]  # any iterable of words


def words_of(measure: Measure, given: Mapping[str, str], case: Case) -> dict[str, str]:
    """Return what stands in each blank of a phrase: what was given where it can stand there, else what comes first."""
    found = {}
    for blank in measure.phrase_blanks:
        choices = choices_of(measure, blank, case)
        said = given.get(blank.lower(), "")
        free = blank in ("BODY", "PRESSED") and said
        found[blank] = said if free or said in choices or (blank in _NUMBERS and not choices) else ""
        if not found[blank]:
            taken = set(found.values())
            found[blank] = next((c for c in choices if c not in taken), _NUMBERS.get(blank, ""))
    return found


def choices_of(measure: Measure, blank: str, case: Case) -> tuple[str, ...]:
    """Return what may stand in a blank of a phrase, what is likeliest meant first; nothing where it is a number."""
    if blank in measure.words:
        return tuple(measure.words[blank])
    spokes = tuple(s for s in case.states if s != case.hub)
    bodies = ("everybody", "the allies", *(w.name for w in watched(case)))
    if blank in ("STATE", "OTHER", "MEMBER"):
        return (*spokes, case.hub)
    return {"BODY": bodies, "PRESSED": ("star", *bodies)}.get(blank, ())


def parts_of(own: OwnClaim) -> tuple[Measure | None, dict[str, str], str]:
    """Return the measure of a claim, what stands in its blanks, and the place that it names; empty where it is at home."""
    found = measure_in(own.quantity, own.case)
    text, place = split_place(own.quantity, "")
    if found is None:
        return None, {}, place
    assert text
    return (*found, place)
