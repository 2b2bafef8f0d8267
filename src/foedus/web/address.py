"""Addresses: everything that a page of the workbench shows stands in its address, read and written here and nowhere else.

The parameters of a page come in one order, and only what differs from the case is written, so that one state has one
address. A value is written after a colon, as in ``set=KOR.trade.CHN:0.075``; an equals sign is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode

from foedus.asking.ask import DRAWS, Ask
from foedus.version import __version__
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest

LONGEST: Final = 8_000
"""Letters of the longest address that is read; servers and browsers cut what is longer."""

FORMS: Final = ("json", "csv", "svg", "png", "yaml")
"""What every page is for programs as well, by the suffix of its address."""

NO_FORM: Final = "this page has no such form"

PAGES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "answer": ("map", "given"),
        "play": ("given",),
        "draft": ("members", "rule"),
        "why": ("body", "term"),
        "years": ("from", "to", "runs", "event"),
        "quarrel": ("pair",),
        "wedge": ("budget",),
        "leverage": (),
        "case": (),
    }
)
"""The pages about a case, each with the words that it alone has."""

COMMON: Final = ("set", "lever", "without", "law", "year", "draws", "seed", "calibration", "vs", "v")
"""The words of every page about a case, in the order in which they are written."""

_REPEATED: Final = ("set", "lever", "without", "law")
_PAIRED: Final = {"set", "lever", "law", "given"}
_NAMES: Final = {"set": "changes", "lever": "levers", "law": "laws", "vs": "versus", "v": "version"}


@dataclass(frozen=True)
class Address:
    """What a page about a case shows.

    Attributes
    ----------
    case : str
        Name of the case, without a year.
    page : str
        One of :data:`PAGES`.
    state : str
        Whom the page is about, where it is about one state.
    own : tuple of (str, str)
        The words that this page alone has, in the order of :data:`PAGES`.
    changes, levers, laws : tuple of str
        Such as ``KOR.trade.CHN=0.075``, ``trade=0.5``, ``holding=habit``.
    without : tuple of str
        Mechanisms switched off.
    year : int or None
        Another year of the case.
    draws : int or None
        Draws asked for; None for those that are kept, or none.
    seed : int
    calibration : str
    versus : str
        A second world, as the words of an address.
    version : str
        The version that a link was made with.
    form : str
        One of :data:`FORMS`; empty for the page.
    """

    case: str
    page: str = "answer"
    state: str = ""
    own: tuple[tuple[str, str], ...] = ()
    changes: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    year: int | None = None
    draws: int | None = None
    seed: int = 1
    calibration: str = ""
    versus: str = ""
    version: str = ""
    form: str = ""

    def word(self, name: str, otherwise: str = "") -> str:
        """Return one of the words that this page alone has."""
        return dict(self.own).get(name, otherwise)

    @property
    def given(self) -> tuple[str, ...]:
        """What is given of states, as the command line writes it; errors as the reader of pairs."""
        return tuple(_paired("given", w) for w in self.word("given").split(",") if w)

    @property
    def dated(self) -> str:
        """The case with its year, as the command line names it."""
        return self.case if self.year is None else f"{self.case}@{self.year}"

    def ask(self, case: object = None, draws: int | None = None) -> Ask:
        """Return the question that the address asks.

        Parameters
        ----------
        case : Case, Path or str, optional
            In place of the name.
        draws : int, optional
            In place of the draws of the address.

        Raises
        ------
        FoedusError
            A number makes no sense.
        """
        given = self.draws if draws is None else draws
        return Ask(
            self.dated if case is None else case,  # type: ignore[arg-type]  # Ask says so if it is no case
            self.changes,
            self.without,
            self.calibration,
            DRAWS if given is None else given,
            self.seed,
            laws=self.laws,
            levers=self.levers,
            given=self.given,
        )

    def at(self, page: str = "answer", state: str = "", form: str = "", **own: str) -> Address:
        """Return the address of another page, or another form, of the same world."""
        known = PAGES[page]
        words = tuple((name, own[name]) for name in known if own.get(name))
        return replace(self, page=page, state=state, own=words, form=form)

    def having(self, **own: str) -> Address:
        """Return the same page with one of its own words changed; an empty one is left out."""
        words = {**dict(self.own), **own}
        return replace(self, own=tuple((n, words[n]) for n in PAGES[self.page] if words.get(n)))

    def changed(self) -> bool:
        """Return whether anything differs from the case as it stands."""
        return bool(self.changes or self.levers or self.without or self.laws or self.calibration)

    def as_it_is(self) -> Address:
        """Return the same page of the case without any change."""
        return replace(self, changes=(), levers=(), without=(), laws=(), calibration="", versus="")


def of_ask(asked: Ask) -> Address:
    """Return the page that answers a question."""
    stem, _, year = asked.name.rpartition("@") if asked.name[-5:-4] == "@" else (asked.name, "", "")
    known = ",".join(map(_written, asked.given))
    return Address(
        Path(stem).name,
        own=(("given", known),) if known else (),
        changes=asked.changes,
        levers=asked.levers,
        without=asked.without,
        laws=asked.laws,
        year=int(year) if year else None,
        draws=None if asked.draws == DRAWS else asked.draws,
        seed=asked.seed,
        calibration=str(asked.calibration),
    )


def write(address: Address) -> str:
    """Return an address as text, from the root of the workbench on."""
    path = f"/c/{quote(address.case, safe='@')}"
    path += "" if address.page == "answer" else f"/{address.page}"
    path += f"/{quote(address.state, safe='')}" if address.state else ""
    path += f".{address.form}" if address.form else ""
    words = query(address)
    return f"{path}?{words}" if words else path


def query(address: Address) -> str:
    """Return the words of an address in their order."""
    pairs = [*address.own]
    pairs += [("set", _written(c)) for c in address.changes]
    pairs += [("lever", _written(c)) for c in address.levers]
    pairs += [("without", w) for w in address.without]
    pairs += [("law", _written(w)) for w in address.laws]
    pairs += [("year", str(address.year))] if address.year is not None else []
    pairs += [("draws", str(address.draws))] if address.draws is not None else []
    pairs += [("seed", str(address.seed))] if address.seed != 1 else []
    pairs += [("calibration", address.calibration)] if address.calibration else []
    pairs += [("vs", address.versus)] if address.versus else []
    pairs += [("v", address.version)] if address.version else []
    return urlencode(pairs, safe=":,@", quote_via=quote)


def _written(change: str) -> str:
    name, _, value = change.partition("=")
    return f"{name}:{value}"


def parse(path: str, words: str = "") -> Address:
    """Return what an address about a case means; the order of its words does not matter.

    Parameters
    ----------
    path : str
        From the root of the workbench on, as ``/c/asia-1953/why/KOR.json``; percent signs are still in it.
    words : str
        What stands after the question mark.

    Raises
    ------
    FoedusError
        Everything in it that is wrong, with the nearest right names.
    """
    if len(path) + len(words) > LONGEST:
        long = f"it has {len(path) + len(words):,} letters, and {LONGEST:,} are read"
        raise fail("address", long, "Take the changes along as a file, or make fewer")
    case, page, state, form = _path(path)
    known = (*PAGES[page], *COMMON)
    pairs = parse_qsl(words, keep_blank_values=True, max_num_fields=None)
    wrong = [Problem(f"'{k}'", "an address has no such word", nearest(k, known)) for k, _ in pairs if k not in known]
    wrong += _told_twice(pairs)
    read: dict[str, object] = {}
    for word, reader in _READERS.items():
        values = [v for k, v in pairs if k == word]
        try:
            if word in _REPEATED:
                read[_NAMES.get(word, word)] = tuple(dict.fromkeys(_paired(word, v) for v in values))
            elif values and values[0]:  # a field that was left empty says nothing
                read[_NAMES.get(word, word)] = reader(word, values[0])
        except FoedusError as error:
            wrong += error.problems
    if wrong:
        raise FoedusError(wrong)
    if dict(pairs).get("map", "gains") not in ("gains", ""):
        raise fail(f"map '{dict(pairs)['map'][:40]}'", "there is no such view", nearest(dict(pairs)["map"], ("gains",)))
    own = tuple((name, dict(pairs)[name]) for name in PAGES[page] if dict(pairs).get(name))
    return Address(case, page, state, own, form=form, **read)  # type: ignore[arg-type]  # each by its reader


def _path(path: str) -> tuple[str, str, str, str]:
    """Return case, page, state and form of a path."""
    parts = [unquote(p) for p in path.strip("/").split("/")][1:]
    last, dot, form = parts[-1].rpartition(".") if parts else ("", "", "")
    if dot and form in FORMS:
        parts[-1] = last
    elif dot:
        raise no_form(form, FORMS)
    else:
        form = ""
    if not parts or not parts[0]:
        raise fail("address", "it names no case", "Write /c/ and the name of a case")
    case, page, state, *rest = (*parts, "", "", "")[: max(3, len(parts))]
    page = page or "answer"
    if page not in PAGES or (state and page != "why") or any(rest):
        what = page if page not in PAGES else state or rest[0]
        raise fail(f"'{what}'", "there is no such page", nearest(what, [p for p in PAGES if p != "answer"]))
    return case, page, state, form


def no_form(form: str, known: Sequence[str]) -> FoedusError:
    """Return what is said of an address that ends in a form that a page does not have."""
    listed = [f".{f}" for f in known]
    near = f"Known names: {', '.join(listed)}" if form in FORMS else nearest(f".{form}", listed)
    return fail(f"'.{form}'", NO_FORM, near)


def _told_twice(pairs: Sequence[tuple[str, str]]) -> list[Problem]:
    names = [k for k, _ in pairs]
    twice = dict.fromkeys(n for n in names if n not in _REPEATED and names.count(n) > 1)
    return [Problem(f"'{n}'", "it is said twice", "Say it once") for n in twice]


def _paired(word: str, value: str) -> str:
    """Return a change as the command line writes it: with an equals sign."""
    if word not in _PAIRED:
        return value
    marks = [m for m in ("=", ":") if m in value]
    if not marks:
        raise fail(f"{word}={value}", "it has a name and no value", f"Write {word}=name:value")
    name, _, said = value.partition(min(marks, key=value.index))
    return f"{name.strip()}={said.strip()}"


def _whole(word: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        large = "too large" if value.isascii() and value.isdigit() else "not a whole number"
        raise fail(
            word, f"'{value[:40]}' is {large}", "Give a smaller one" if large == "too large" else "Give a whole one"
        )
    return int(value)


def _text(word: str, value: str) -> str:
    return value


def version_of(value: str, word: str = "v") -> str:
    """Return a version as it is numbered; the page repeats it, so that nothing else may stand in its place.

    Raises
    ------
    FoedusError
        It is none.
    """
    if not (value == "" or _NUMBERED.fullmatch(value)):
        raise fail(word, f"'{value[:40]}' is not a version", f"Write one as {__version__}, or leave it out")
    return value


def _version(word: str, value: str) -> str:
    return version_of(value, word)


_NUMBERED: Final = re.compile(r"[0-9]{1,4}(\.[0-9]{1,6}){1,3}((a|b|rc|\.post|\.dev)[0-9]{1,6}){0,2}")

_READERS: Final[Mapping[str, Callable[[str, str], object]]] = MappingProxyType(
    {w: _version if w == "v" else _whole if w in ("year", "draws", "seed") else _text for w in COMMON}
)
