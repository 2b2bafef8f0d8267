"""Filled in: numbers, sources and words that somebody gives, put into the files of a case, everything else as it was.

A number is named as everywhere (``KOR.grievance.JPN``). What is given stands in the place of what was there, so that a
copy differs from its model in nothing but the answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from foedus.casebook.case import Case
from foedus.casebook.edited_text import EditedText
from foedus.casebook.quantities import ADVERSARY_QUANTITIES, AGAINST_ADVERSARY, QUANTITIES, STATE_QUANTITIES
from foedus.casebook.reader import STEMS, examined
from foedus.casebook.yaml_file import document_of
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest

GROUPS: Final[Mapping[str, str]] = {"distance": "distances", "rivalry": "rivalries", "grievance": "grievances"}
"""Where numbers about two states stand in relations.yaml."""

TRUSTS: Final = ("checked", "widely known", "uncertain")
"""How far a source is trusted."""

_NUMBER: Final = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|yes|no"
_NAME: Final = r"[\w-]+(?:\.[\w-]+){1,2}"
_JUDGED: Final = re.compile(
    rf"({_NAME})\s*[=:]\s*({_NUMBER})\s+from\s+({_NUMBER})\s+to\s+({_NUMBER})\s*:\s*(\S.*)", re.DOTALL
)
_MEASURED: Final = re.compile(rf"({_NAME})\s*[=:]\s*({_NUMBER})\s+in\s+(\S+)\s+by\s+([\w.-]+)")
_CITED: Final = re.compile(
    r"([A-Za-z0-9][\w.-]*)\s*[=:]\s*(\S.*?)(?:\s*\((checked|widely known|uncertain)\))?", re.DOTALL
)
_PLAIN: Final = re.compile(r"[\w]+(?: [\w]+)*")


@dataclass(frozen=True)
class Judged:
    """A number that is judged: its value, the range that one would be surprised to see it leave, and the reason.

    Attributes
    ----------
    name : str
        Such as ``KOR.grievance.JPN``.
    value, low, high : float
        In the unit of the quantity.
    reason : str
    """

    name: str
    value: float
    low: float
    high: float
    reason: str

    def __str__(self) -> str:
        return f"{self.name}={self.value:.10g} from {self.low:.10g} to {self.high:.10g}: {self.reason}"


@dataclass(frozen=True)
class Measured:
    """A number that is measured: its value, the date it holds for, and the key of its source.

    Attributes
    ----------
    name : str
        Such as ``KOR.gdp``.
    value : float
        In the unit of the quantity.
    date, source : str
    """

    name: str
    value: float
    date: str
    source: str

    def __str__(self) -> str:
        return f"{self.name}={self.value:.10g} in {self.date} by {self.source}"


@dataclass(frozen=True)
class Cited:
    """A source: its key, a citation that a reader can follow, and how far it is trusted, one of :data:`TRUSTS`."""

    key: str
    citation: str
    trust: str = "checked"

    def __str__(self) -> str:
        return f"{self.key}={self.citation}" + (f" ({self.trust})" if self.trust != "checked" else "")


@dataclass(frozen=True)
class Answers:
    """What somebody says of a case beside what its model has.

    Attributes
    ----------
    title, question : str
        Empty to keep those that are there.
    judged, measured, cited : tuple
        One for each number and source.
    """

    title: str = ""
    question: str = ""
    judged: tuple[Judged, ...] = ()
    measured: tuple[Measured, ...] = ()
    cited: tuple[Cited, ...] = ()

    @property
    def numbers(self) -> tuple[Judged | Measured, ...]:
        """All numbers that are given."""
        return (*self.judged, *self.measured)

    def __bool__(self) -> bool:
        return bool(self.title or self.question or self.numbers or self.cited)


NOTHING: Final = Answers()
"""No answers: everything stays as it is."""


def read_answers(
    judged: Iterable[str] = (),
    measured: Iterable[str] = (),
    cited: Iterable[str] = (),
    title: str = "",
    question: str = "",
) -> Answers:
    """Return the answers that words mean.

    Parameters
    ----------
    judged : iterable of str
        Such as ``KOR.grievance.JPN=0.5 from 0.2 to 0.8: claims to property were open``.
    measured : iterable of str
        Such as ``KOR.gdp=27.6 in 1953 by handbook``.
    cited : iterable of str
        Such as ``handbook=Author (year). Title. (widely known)``.
    title, question : str

    Raises
    ------
    FoedusError
        Every word that says no such thing, or says something twice.
    """
    problems: list[Problem] = []
    found: dict[str, list[Any]] = {"judge": [], "measure": [], "cite": []}
    for word, said, pattern, example, make in (
        ("judge", judged, _JUDGED, "KOR.grievance.JPN=0.5 from 0.2 to 0.8: the reason in a sentence", _judged),
        ("measure", measured, _MEASURED, "KOR.gdp=27.6 in 1953 by handbook", _measured),
        ("cite", cited, _CITED, "handbook=Author (year). Title. Publisher.", _cited),
    ):
        for text in said:
            match = pattern.fullmatch(" ".join(text.split()))
            if match is None:
                shown = text if len(text) < 60 else f"{text[:58]}…"
                problems.append(
                    Problem(f"{word} '{shown}'", "it does not say what is wanted", f"Write --{word} '{example}'")
                )
            else:
                found[word].append(make(*match.groups()))
    names = [n.name for n in (*found["judge"], *found["measure"])] + [c.key for c in found["cite"]]
    problems += [
        Problem(f"'{n}'", "it is said twice", "Say it once") for n in dict.fromkeys(names) if names.count(n) > 1
    ]
    if problems:
        raise FoedusError(problems)
    parts = (tuple(found[w]) for w in ("judge", "measure", "cite"))
    return Answers(" ".join(title.split()), " ".join(question.split()), *parts)


def _value(text: str) -> float:
    return {"yes": 1.0, "no": 0.0}[text] if text in ("yes", "no") else float(text)


def _judged(name: str, value: str, low: str, high: str, reason: str) -> Judged:
    return Judged(name, _value(value), _value(low), _value(high), reason)


def _measured(name: str, value: str, date: str, source: str) -> Measured:
    return Measured(name, _value(value), date, source)


def _cited(key: str, citation: str, trust: str | None) -> Cited:
    return Cited(key, citation, trust or "checked")


def filled_in(files: Mapping[str, str], answers: Answers) -> dict[str, str]:
    """Return the files of a case with answers in the place of what was there.

    Parameters
    ----------
    files : mapping of str to str
        Text by name of the file.
    answers : Answers

    Raises
    ------
    FoedusError
        A file is not YAML, or an answer names no number of the case.
    """
    found = dict(files)
    if not answers:
        return found
    texts = {name: EditedText(name, text) for name, text in files.items()}
    head = texts["case.yaml"].data
    for word in ("title", "question"):
        if getattr(answers, word):
            texts["case.yaml"].put((word,), _quoted(getattr(answers, word)))
    problems: list[Problem] = []
    for given in answers.numbers:
        try:
            _put(texts, given, str(head.get("as_of", "")))
        except FoedusError as error:
            problems.extend(error.problems)
    for source in answers.cited:
        if source.key in (texts["sources.yaml"].data or {}):
            what = "the case has a source of this key already"
            problems.append(Problem(f"source '{source.key}'", what, "Give it another key"))
        texts["sources.yaml"].append(_source(source))
    if problems:
        raise FoedusError(problems)
    return {name: text.whole() for name, text in texts.items()}


def case_of(files: Mapping[str, str], folder: Path) -> tuple[Case | None, list[Problem]]:
    """Return the case that files make up as far as it can be read, and every problem, as the reader of its folder has them.

    Parameters
    ----------
    files : mapping of str to str
        Text by name of the file.
    folder : Path
        Where the case says that it is from.
    """
    stems = [s for s in STEMS if f"{s}.yaml" in files]
    return examined(folder, {s: document_of(folder / f"{s}.yaml", files[f"{s}.yaml"].encode()) for s in stems})


def _source(source: Cited) -> str:
    return f"{source.key}:\n  citation: {_quoted(source.citation)}\n  trust: {source.trust}\n"


def _quoted(text: str) -> str:
    plain = " ".join(text.split())
    return json.dumps(plain, ensure_ascii=not plain.isprintable())


def _fact(given: Judged | Measured, quantity: str, as_of: str) -> str:
    """Return a number as it stands in a file, with everything that it rests on."""
    unit = QUANTITIES[quantity].quantity.unit

    def written(value: float) -> str:
        return ("no", "yes")[int(value)] if unit == "yes/no" and value in (0.0, 1.0) else f"{value:.10g}"

    if isinstance(given, Measured):
        date = given.date if re.fullmatch(r"[0-9]+", given.date) else _quoted(given.date)
        return f"value: {written(given.value)}, unit: {_unit(unit)}, date: {date}, source: {given.source}"
    ends = f"[{given.low:.10g}, {given.high:.10g}]"
    when = f"unit: {_unit(unit)}, date: {as_of[:4]}"
    return f"value: {written(given.value)}, range: {ends}, {when}, judged: {_quoted(given.reason)}"


def _unit(unit: str) -> str:
    return unit if _PLAIN.fullmatch(unit) else _quoted(unit)


def _put(texts: Mapping[str, EditedText], given: Judged | Measured, as_of: str) -> None:
    subject, quantity, *rest = given.name.split(".")
    against = rest[0] if rest else ""
    where = f"'{given.name}'"
    if quantity not in QUANTITIES:
        raise fail(where, f"there is no quantity '{quantity}'", nearest(quantity, QUANTITIES))
    states, relations = texts["states.yaml"], texts["relations.yaml"]
    groups = {g: dict(states.data.get(g) or {}) for g in ("states", "adversaries")}
    known = [*groups["states"], *groups["adversaries"]]
    for s in filter(None, (subject, against)):
        if s not in known:
            raise fail(where, f"there is no state '{s}' in the case", nearest(s, known))
    if (quantity in (*GROUPS, *AGAINST_ADVERSARY)) != bool(against):
        form = f"{subject}.{quantity}" + ("" if against else ".OTHER")
        raise fail(where, "this does not say which number is meant", f"Write {form}")
    fact = _fact(given, quantity, as_of)
    if quantity in GROUPS:
        _put_pair(relations, (quantity, subject, against), fact)
        return
    group = "states" if subject in groups["states"] else "adversaries"
    if quantity not in (STATE_QUANTITIES if group == "states" else ADVERSARY_QUANTITIES) and not against:
        raise fail(where, f"no {quantity} of an adversary is asked for", nearest(quantity, ADVERSARY_QUANTITIES))
    if against and (group, against in groups["adversaries"]) != ("states", True):
        raise fail(where, f"{quantity} is of a state towards an adversary", "Name one of each")
    path = (group, subject, quantity, *([against] if against else []))
    if states.has(path):
        states.put(path, f"{{{fact}}}")
    elif against and not states.has(path[:-1]):
        states.nest(path[:-2], quantity, f"{against}: {{{fact}}}")
    else:
        states.add(path[:-1], path[-1], f"{{{fact}}}")


def _put_pair(relations: EditedText, key: tuple[str, str, str], fact: str) -> None:
    quantity, one, other = key
    group = GROUPS[quantity]
    both = quantity == "distance"
    named = f"between: [{one}, {other}]" if both else f"of: {one}, against: {other}"
    listed = ((relations.data.get(group) or {}).get("pairs")) or []
    for k, pair in enumerate(listed):
        sides = pair.get("between", []) if both else [pair.get("of"), pair.get("against")]
        if sides == [one, other] or (both and sides == [other, one]):
            relations.put((group, "pairs", k), f"{{{named}, {fact}}}")
            return
    relations.extend((group, "pairs"), f"{{{named}, {fact}}}")
