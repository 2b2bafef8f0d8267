"""Making a case: the address of a case of one's own, read and written, and the command that writes the same files."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode

from foedus.archive.record_case import REGIONS
from foedus.casebook.filled_in import Answers, read_answers
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.states import state
from foedus.web.claim_words import file_name

PATH: Final = "/c/new"
"""Where cases of one's own are made."""

NAME: Final = "my-case"
"""Name of a case unless another is given; that of its folder, too."""

LONGEST: Final = 24_000
"""Letters of the address that are read: some hundred answers."""

_ONE: Final = ("base", "region", "year", "states", "adversaries", "hub", "press", "name", "title", "question")
_MANY: Final = ("judge", "measure", "cite")
WORDS: Final = (*_ONE, *_MANY, "at")
"""The words of the address, in the order in which they are written."""

_REPEATED: Final = 200
"""Letters of a year or of states that are kept where no region is named (judged: thirty states by their ids, and some to spare; 120 to 1,000)."""

CAST: Final = ("states", "adversaries", "hub")
"""Words of the address that name states."""

ROLES: Final = {"": "in it", "hub": "the hub", "adversaries": "an adversary"}
"""What a state becomes that is pressed on the map, by the word of the address."""

FIELDS: Final = ("do", "how", "value", "low", "high", "reason", "date", "source", "key", "citation", "trust")
"""Fields of the form of one number, which become an answer when they are taken."""


@dataclass(frozen=True)
class Making:
    """What an address of a case of one's own says.

    Attributes
    ----------
    base : str
        Name of the case that it is a copy of; empty where it is from historical data.
    region, year, states, adversaries, hub : str
        The place and the year in historical data.
    press : str
        What a state becomes that is pressed on the map, one of :data:`ROLES`.
    name, title, question : str
    judge, measure, cite : tuple of str
        Answers, as the command line has them.
    at : str
        The number that is asked now; empty for none.
    typed : mapping of str to str
        Fields that were filled in and are not taken yet.
    """

    base: str = ""
    region: str = ""
    year: str = ""
    states: str = ""
    adversaries: str = ""
    hub: str = ""
    press: str = ""
    name: str = NAME
    title: str = ""
    question: str = ""
    judge: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    at: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def answers(self) -> Answers:
        """The answers that are given; errors as :func:`foedus.casebook.filled_in.read_answers`."""
        return read_answers(self.judge, self.measure, self.cite, self.title, self.question)

    def pairs(self, at: str | None = None) -> list[tuple[str, str]]:
        """Return the words of the address; about another number where one is named."""
        pairs = [(w, getattr(self, w)) for w in _ONE if getattr(self, w) and (w, getattr(self, w)) != ("name", NAME)]
        pairs += [(w, _colon(v)) for w in _MANY for v in getattr(self, w)]
        here = self.at if at is None else at
        return pairs + ([("at", here)] if here else [])

    def link(self, at: str | None = None, form: str = "") -> str:
        """Return the address of another number of the same case, or of the case in another form."""
        words = urlencode(replace(self, press="").pairs("") if form else self.pairs(at), safe=":,@", quote_via=quote)
        return f"{PATH}{'.' + form if form else ''}" + (f"?{words}" if words else "")

    def with_answer(self, name: str, judge: str = "", measure: str = "") -> Making:
        """Return the same with another answer about one number, or with none."""
        judged = (*(w for w in self.judge if name_in(w) != name), *([judge] if judge else []))
        measured = (*(w for w in self.measure if name_in(w) != name), *([measure] if measure else []))
        return replace(self, judge=judged, measure=measured, typed={})

    def command(self, own: str, target: str = "") -> str:
        """Return the command that writes the same files.

        Parameters
        ----------
        own : str
            The case that it is a copy of, as the command line names it.
        target : str
            What is written; by default a folder of the name of the case.
        """
        words = ["foedus", "case", "new", target or self.name]
        if self.region:
            said = [(w, getattr(self, w)) for w in ("region", "year", "states", "adversaries", "hub")]
            words += [part for w, v in said if v for part in (f"--{w}", v)]
        else:
            words += ["--from", own]
        words += [part for w in ("title", "question") if getattr(self, w) for part in (f"--{w}", getattr(self, w))]
        return shlex.join([*words, *(part for w in _MANY for v in getattr(self, w) for part in (f"--{w}", v))])


def name_in(answer: str) -> str:
    """Return the number, or the source, that an answer is about."""
    return answer.partition("=")[0].strip()


def _colon(answer: str) -> str:
    name, _, rest = answer.partition("=")
    return f"{name}:{rest}"


def _equals(answer: str) -> str:
    marks = [m for m in "=:" if m in answer]
    if not marks:
        return answer
    name, _, rest = answer.partition(min(marks, key=answer.index))
    return f"{name.strip()}={rest.strip()}"


def _id(name: str) -> str:
    """Return the id of a state that is named by it or in words; what is none as it was written."""
    try:
        return state(name).id
    except FoedusError:
        return name


def strangers(made: Making) -> list[Problem]:
    """Return every name of a state that is none, with the nearest that is one, and the field in which it stands."""
    found = []
    for word in CAST if made.region else ():
        for name in filter(None, getattr(made, word).split(",")):
            try:
                state(name)
            except FoedusError as error:
                found += [replace(p, where=word, what=f"'{name[:40]}' is no state") for p in error.problems]
    return found


def read(words: str, first: str) -> Making:
    """Return what the words of an address say; errors as sentences.

    Parameters
    ----------
    words : str
        What stands after the question mark.
    first : str
        Name of the case that is copied where nothing is said.

    Raises
    ------
    FoedusError
        The address is too long, or says something that it has no word for, or twice.
    """
    if len(words) > LONGEST:
        long = f"it has {len(words):,} letters, and {LONGEST:,} are read"
        raise fail("address", long, "Take the case along as it is, and go on in its files")
    pairs = [(k, " ".join(v.split())) for k, v in parse_qsl(words, keep_blank_values=True)]
    known = (*WORDS, *FIELDS)
    wrong = [Problem(f"'{k}'", "an address has no such word", nearest(k, WORDS)) for k, _ in pairs if k not in known]
    names = [k for k, _ in pairs if k not in _MANY]
    wrong += [Problem(f"'{n}'", "it is said twice", "Say it once") for n in dict.fromkeys(names) if names.count(n) > 1]
    if wrong:
        raise FoedusError(wrong)
    one = dict(pairs)
    many = {w: tuple(dict.fromkeys(_equals(v) for k, v in pairs if k == w and v)) for w in _MANY}
    kept: dict[str, Any] = {w: one.get(w, "") for w in _ONE}
    kept["name"] = file_name(kept["name"], NAME)
    kept["base"] = "" if kept["region"] else kept["base"] or first
    region, year = kept["region"], kept["year"]
    if region and region not in REGIONS:
        raise fail(
            f"region '{region[:40]}'",
            "there is no such region",
            nearest(region, REGIONS) or f"Known: {', '.join(REGIONS)}",
        )
    if region and not (year.isascii() and year.isdigit() and len(year) <= 4):
        what = f"'{year}' is no year" if year else "no year is named"
        raise fail("year", what, "Give the year of the case, 1826 or later")
    if kept["press"] not in ROLES:
        raise fail(
            f"press '{kept['press'][:40]}'",
            "a state cannot become that",
            nearest(kept["press"], ("hub", "adversaries")),
        )
    if not region:  # these are read beside a region alone, and every link of the page would repeat them
        kept |= {w: "" for w in ("year", *CAST) if len(kept[w]) > _REPEATED}
    kept |= {w: ",".join(map(_id, filter(None, map(str.strip, kept[w].split(","))))) for w in CAST}
    kept |= many
    return Making(**kept, at=one.get("at", ""), typed={w: one[w] for w in FIELDS if w in one})
