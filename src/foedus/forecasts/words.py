"""The words in which questions are understood: read from YAML, matched longest first, nothing left over unnoticed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from foedus.casebook.case import Case, InstitutionRecord
from foedus.casebook.yaml_file import check_form, read_document
from foedus.forecasts.known_pacts import called
from foedus.forecasts.mapping_checks import check_mapping
from foedus.vocabulary.errors import FoedusError, Problem
from foedus.vocabulary.states import SPELLS, STATES

Kind = Literal[
    "treaty signed",
    "treaty ends",
    "treaty holds",
    "forum meets",
    "forum lapses",
    "joins",
    "leaves",
    "stays",
    "members",
    "applies",
    "ratified",
    "grows",
    "invoked",
    "comes into force",
    "allied",
    "several signed",
]

KINDS: Final = get_args(Kind)
"""Everything a question can ask of the model."""

BUILT_IN: Final = Path(str(files("foedus").joinpath("library", "forecast", "mapping.yaml")))

Patterns = list[str]


Number = Annotated[str, Field(pattern=r"^(?:0|[1-9]\d?)$")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class QueryForm(_Form):
    """What a question asks, said outright: for questions whose words are not understood."""

    kind: Kind
    form: Literal["whether", "how many", "which", "when"] = "whether"
    all_of: list[str] = Field(default_factory=list, description="States that all have to take part.")
    at_least: dict[Number, list[str]] = Field(
        default_factory=dict,
        description="Number: states, or treaties, of which so many have to; for members, none named.",
    )
    at_most: dict[Number, list[str]] = Field(
        default_factory=dict, description="Number: states, or treaties, of which no more may."
    )
    institution: str = Field("", description="Id of an institution of the case, for all but what is signed.")
    institutions: list[str] = Field(default_factory=list, description="The same for several treaties.")
    by: list[str] = Field(default_factory=list, description="States that have to end the treaty; none for either side.")
    multilateral: bool = False
    denied: bool = Field(False, description="Whether it is asked that it is not so; of `ratified`, that it is held up.")
    not_by: str = Field("", description="A day by which it is granted that it has not come true.")
    signed_by: str = Field("", description="A day by which it is granted that the protocol of accession is signed.")
    before: QueryForm | None = Field(
        None, description="What has to come later, or not at all; with form which: which of the two comes first."
    )

    @property
    def about(self) -> tuple[str, ...]:
        """Ids of the institutions it is about."""
        return tuple(dict.fromkeys(([self.institution] if self.institution else []) + self.institutions))


Day = Annotated[str, BeforeValidator(str)]

Era = Annotated[list[int], Field(min_length=4, max_length=4)]


class RateForm(_Form):
    """How often something happened, era by era: first year, last year, events, exposure."""

    unit: str
    eras: list[Era]


class MappingForm(_Form):
    """A mapping file: words, names and, by id, questions said outright."""

    foedus: Literal[1]
    kinds: dict[str, str] = Field(default_factory=dict)
    words: dict[str, Patterns] = Field(default_factory=dict)
    states: dict[str, Patterns] = Field(default_factory=dict)
    institutions: dict[str, Patterns] = Field(default_factory=dict)
    regions: dict[str, Patterns] = Field(default_factory=dict)
    leaders: dict[str, list[Annotated[list[Day], Field(min_length=3, max_length=3)]]] = Field(default_factory=dict)
    reference: dict[str, RateForm] = Field(default_factory=dict)
    reference_source: str = ""
    questions: dict[str, QueryForm] = Field(default_factory=dict)


@dataclass(frozen=True)
class Word:
    """One piece of a question: its class, what it stands for, and how it is written."""

    kind: str
    value: str
    text: str


Pattern = tuple[re.Pattern[str], str, str]
"""A pattern with its class and value."""


@dataclass(frozen=True)
class Shared:
    """Patterns that are the same for every case and day: what they find in a text is found once."""

    patterns: tuple[Pattern, ...]
    found: dict[tuple[str, int], list[tuple[int, str, str]]] = field(default_factory=dict, compare=False, repr=False)

    def hits(self, text: str, at: int) -> list[tuple[int, str, str]]:
        """Return where the longest of them ends at a place of a text, with its class and value; nothing where none fits."""
        known = self.found.get((text, at))
        if known is None:
            if len(self.found) > _KEPT:
                self.found.clear()
            hits = [(m.end(), kind, value) for p, kind, value in self.patterns if (m := p.match(text, at))]
            known = self.found[text, at] = [max(hits, key=lambda hit: hit[0])] if hits else []
        return known


_KEPT: Final = 20_000
"""Places of texts of which is kept what was found: some hundred questions."""


@dataclass(frozen=True)
class Lexicon:
    """What words of a question can mean for one case on one day.

    Attributes
    ----------
    patterns : tuple of (pattern, str, str)
        Each with its class and value.
    names : pattern
        All names of states that count on the day.
    states : mapping of str to str
        Id by name, in small letters.
    shared : Shared
        Patterns that do not depend on case and day; on equal length they come after the others.
    """

    patterns: tuple[Pattern, ...]
    names: re.Pattern[str]
    states: Mapping[str, str]
    shared: Shared

    def best(self, text: str, at: int) -> Word | None:
        """Return the longest piece that is known at a place; on equal length the earlier pattern counts."""
        hits = [(m.end(), kind, value) for p, kind, value in self.patterns if (m := p.match(text, at))]
        hits += self.shared.hits(text, at)
        if name := self.names.match(text, at):
            hits.append((name.end(), "state", self.states[name.group().lower()]))
        if code := _ID.match(text, at):
            hits += [(code.end(), "state", code.group())] if code.group() in STATES else []
        end, kind, value = max(hits, key=lambda hit: hit[0], default=(at, "", ""))
        return Word(kind, value, text[at:end]) if end > at else None


_PAPER: Final = r"(?! (?:pact|treaty|declaration|accords?|protocol|agreement|process|communiqu[eé])\b)"
"""A capital before one of these gave it its name, and stands for no state: the Brussels Pact is not Belgium's."""
_ID: Final = re.compile(r"\b[A-Z]{3}\b")


@cache
def _names(day: dt.date) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return the names of states and capitals on a day; a name of another time counts where nobody bears it then."""
    found: dict[str, str] = {}
    for spell in sorted(SPELLS, key=lambda s: not s.holds(day)):
        for name in (spell.name, spell.capital if spell.holds(day) else ""):
            if name:
                found.setdefault(plain(name).lower(), spell.id)
    seats = {plain(spell.capital).lower() for spell in SPELLS if spell.capital} - {
        plain(s.name).lower() for s in SPELLS
    }
    parts = "|".join(re.escape(n) + (_PAPER if n in seats else "") for n in sorted(found, key=len, reverse=True))
    return re.compile(rf"\b(?:{parts})(?!\w)", re.I), MappingProxyType(found)


@dataclass(frozen=True)
class Vocabulary:
    """Everything questions are understood with.

    Attributes
    ----------
    words, states, institutions, regions : mapping of str to list of str
        Patterns by class, state, institution and case.
    leaders : mapping of str to list of (str, str, str)
        Patterns of who led a state, with first and last day; no last day for who still does.
    questions : mapping of str to QueryForm
        Questions said outright, by id.
    rates : mapping of str to RateForm
    source : str
        Where the rates come from.
    kinds : mapping of str to str
        What every kind of question asks.
    """

    words: Mapping[str, Sequence[str]]
    states: Mapping[str, Sequence[str]]
    institutions: Mapping[str, Sequence[str]]
    regions: Mapping[str, Sequence[str]]
    questions: Mapping[str, QueryForm] = field(default_factory=dict)
    rates: Mapping[str, RateForm] = field(default_factory=dict)
    source: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    leaders: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)

    def lexicon(self, case: Case, day: dt.date, more: Sequence[InstitutionRecord] = ()) -> Lexicon:
        """Return every pattern and name that counts for questions about a case, with the names of states on a day.

        Parameters
        ----------
        case : Case
        day : datetime.date
        more : sequence of InstitutionRecord
            Pacts that are known beside those of the case.
        """
        found: list[tuple[str, str, str, int]] = []
        other = called()
        for record in (*case.in_force(), *more):
            names = [re.escape(plain(record.name)).replace("\\ ", " "), *self.institutions.get(record.id, ())]
            names = [f"(?:the )?(?:{name})" for name in (*names, *other.get(record.id, ()))]
            found += [(p, "institution", record.id, re.I) for p in names]
        found += [
            (rf"(?:(?i:{_TITLES}) )*(?:{name})", "leader", s, 0)
            for s, spells in self.leaders.items()
            for name, first, last in spells
            if first <= day.isoformat() < (last or "9999")
        ]
        here = self.regions.get(case.name, ())
        found += [(p, "region", "", re.I) for p in here]
        placed = [(p, kind) for kind, ps in self.words.items() for p in ps if here and "{region}" in p]
        found += [(p.replace("{region}", f"(?:{'|'.join(here)})"), kind, "", re.I) for p, kind in placed]
        return Lexicon(_patterns(found), *_names(day), self._shared)

    @cached_property
    def _shared(self) -> Shared:
        found = [(p, "state", s, 0 if p.isupper() else re.I) for s, ps in self.states.items() for p in ps]
        found += [(p, kind, "", re.I) for kind, ps in self.words.items() for p in ps if "{region}" not in p]
        return Shared(_patterns(found))

    def reference(self, name: str, year: int) -> tuple[float, str] | None:
        """Return a yearly rate from an era that was over before a year, and the words for it; None without one."""
        past = self._past(name, year)
        if past is None:
            return None
        first, last, events, exposure = past
        unit = self.rates[name].unit
        return (events + 0.5) / (exposure + 1), f"{name}: {events} in {exposure:,} {unit}, {first}-{last}"

    def counts(self, name: str, year: int) -> tuple[int, int]:
        """Return events and exposure of the latest era of a rate that was over before a year; none of either without one."""
        past = self._past(name, year)
        return (past[2], past[3]) if past else (0, 0)

    def _past(self, name: str, year: int) -> Era | None:
        """Return the latest era of a rate that was over before a year."""
        rate = self.rates.get(name)
        return max((era for era in rate.eras if era[1] < year), key=lambda era: era[1], default=None) if rate else None


_TITLES: Final = "(?:president|prime minister|premier|chancellor|chairman|pm|leader)"


def _patterns(found: Sequence[tuple[str, str, str, int]]) -> tuple[Pattern, ...]:
    return tuple((_compiled(rf"\b(?:{p})(?!\w)", flags), kind, value) for p, kind, value, flags in found)


@cache
def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    return re.compile(pattern, flags)


def plain(text: str) -> str:
    """Return a text with plain dashes, quotes and single spaces."""
    for odd, usual in (("\u2019", "'"), ("\u2018", "'"), ("\u201c", '"'), ("\u201d", '"')):
        text = text.replace(odd, usual)
    text = re.sub(r"(?<=\w)'s\b|(?<=s)'(?=\s)", "", re.sub("[\u2010-\u2015\u2212]", "-", text))
    return re.sub(r"\s+", " ", text).strip()


def pieces(text: str, known: Lexicon) -> tuple[Word, ...]:
    """Return a question as pieces: at each place the longest that is known, else the bare word.

    Punctuation is passed over.
    """
    found: list[Word] = []
    at = 0
    while at < len(text):
        here = _WORD.match(text, at)
        if here is None:
            at += 1
            if (odd := text[at - 1]) in _MEANT:
                found.append(Word("unknown", odd, odd))
            continue
        best = known.best(text, at) or Word("unknown", here.group(), here.group())
        best = _before_a_name(best, text, at, known)
        found.append(best)
        at += len(best.text)
    return tuple(found)


def _before_a_name(best: Word, text: str, at: int, known: Lexicon) -> Word:
    """Return a piece cut short before a name of an institution that begins in it and goes on behind it: "any of the Five Power …"."""
    if best.kind not in ("any", "all", "count", "none", "how many", "which"):
        return best
    for place in [m.start() for m in re.finditer(r"(?<= )(?=\w)", best.text)]:
        name = known.best(text, at + place)
        if name is not None and name.kind == "institution" and place + len(name.text) > len(best.text):
            return known.best(text[: at + place], at) or best
    return best


_WORD: Final = re.compile(r"\w[\w']*")
_MEANT: Final = frozenset("%$€£¥+=<>/&^~|")
"""Signs that say something, so that a question with them is not read as if they were not there."""


def read_vocabulary(more: str | Path | None = None) -> Vocabulary:
    """Return the built-in vocabulary, with that of a file added.

    Parameters
    ----------
    more : str or Path, optional
        A mapping file in the same form; its patterns are added, its questions count by id.

    Raises
    ------
    FoedusError
        The file cannot be read, has unknown keys, classes of words or states, eras or questions that contradict
        themselves, or a pattern that is no regular expression or could be tried for ever.
    """
    built_in = _form(BUILT_IN)
    extra = _form(Path(more), built_in) if more is not None else MappingForm(foedus=1)

    def both(part: str) -> dict[str, list[str]]:
        one, other = getattr(built_in, part), getattr(extra, part)
        return {k: [*one.get(k, ()), *other.get(k, ())] for k in dict.fromkeys((*one, *other))}

    return Vocabulary(
        both("words"),
        both("states"),
        both("institutions"),
        both("regions"),
        extra.questions,
        {**built_in.reference, **extra.reference},
        extra.reference_source or built_in.reference_source,
        built_in.kinds,
        {**built_in.leaders, **extra.leaders},
    )


def _form(path: Path, built_in: MappingForm | None = None) -> MappingForm:
    """Return a mapping file; one of a user is held to the words and rates that the built-in one knows."""
    document = read_document(path)
    form = None if document.problems else check_form(document, MappingForm, document.data)
    if isinstance(form, MappingForm):
        check_mapping(document, form, built_in or form)
    if document.problems or not isinstance(form, MappingForm):
        raise FoedusError(document.problems or [Problem(str(path), "this is no mapping file", "See docs/forecast.md")])
    return form
