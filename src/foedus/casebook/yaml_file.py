"""YAML 1.2 with the line of every value: ``NO`` is a word, ``010`` is ten, a key given twice is an error.

Documents come from strangers. They are built event by event, with limits on bytes, parts and depth; an alias counts
for everything that it stands for, keys are words, and numbers are finite. What oversteps is a problem with its line.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from foedus.vocabulary.errors import FoedusError, Problem, nearest
from foedus.vocabulary.inputs import MOST_TEXT, read_input

Path_ = tuple[str | int, ...]

MOST_PARTS: Final = 200_000
"""Parts of a document, each alias counted with all that it stands for (judged: twenty times the largest that ships)."""
MOST_DEEP: Final = 40
"""Levels of a document (judged: five times the deepest that ships)."""

OF_A_CASE: Final = frozenset({"case", "states", "relations", "institutions", "sources"})
"""Files without which a folder is no case."""
BLANK: Final = "___"
"""What a template has where something is to be filled in."""


class Form(BaseModel):
    """The form of a part of a document: no keys but its own, and no value of another kind turned into what is wanted."""

    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)


_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE: Final = "tag:yaml.org,2002:"


def _real_number(text: str) -> float:
    return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))


_SCALARS: Final[tuple[tuple[str, re.Pattern[str], Callable[[str], Any]], ...]] = (
    ("null", re.compile(r"~|null|Null|NULL|"), lambda text: None),
    ("bool", re.compile(r"true|True|TRUE|false|False|FALSE"), lambda text: text.lower() == "true"),
    ("int", re.compile(r"[-+]?[0-9]+"), lambda text: int(text) if len(text) < 19 else _real_number(text)),
    (
        "float",
        re.compile(
            r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
        ),
        _real_number,
    ),
)
"""The scalars of the YAML 1.2 core schema, and no others, in the order in which they are tried."""


@dataclass
class Document:
    """A file as plain data, with the place of every part."""

    path: Path
    data: Any = None
    """Dictionaries, lists and scalars."""
    places: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    """Line and column (from 1) by path into the data."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with the file as YAML."""
    content: bytes = field(default=b"", repr=False)
    """The file as it was read."""
    sha256: str = ""
    """Of the content."""

    def where(self, path: Path_ = ()) -> str:
        """Return ``file:line:col`` of a part, or of the nearest part that contains it."""
        for end in range(len(path), -1, -1):
            place = self.places.get(path[:end])
            if place is not None:
                return f"{self.path.name}:{place[0]}:{place[1]}"
        return self.path.name or str(self.path)

    def problem(self, path: Path_, what: str, remedy: str = "") -> None:
        """Add a problem with one part."""
        dotted = ".".join(str(p) for p in path)
        self.problems.append(Problem(self.where(path), f"{dotted}: {what}" if dotted else what, remedy))


def read_document(path: Path) -> Document:
    """Return a YAML file with the place of every part; what is wrong is listed in it, never raised."""
    try:
        content = read_input(path, MOST_TEXT)
    except FoedusError as error:
        document = Document(path)
        (problem,) = error.problems
        lacking = problem.what == "the file is missing" and path.stem in OF_A_CASE
        template = "A case needs it; `foedus case new` writes a template"
        document.problem((), problem.what, template if lacking else problem.remedy)
        return document
    return document_of(path, content)


def head_of(path: Path, *words: str) -> Mapping[str, Any]:
    """Return what some keys of a YAML file hold, read without the rest where they stand in lines of their own.

    What is wrong elsewhere in the file is not looked for; where those lines are wrong, nothing is returned.

    Raises
    ------
    FoedusError
        The file cannot be read.
    """
    content = read_input(path, MOST_TEXT)
    named = b"|".join(re.escape(w.encode()) for w in words)
    lines = re.findall(rb"(?m)^(?:%s):.*(?:\n(?:[ \t-].*|\r?$))*" % named, content)
    found = document_of(path, b"\n".join([*lines, b""]) if lines else content)
    return found.data if isinstance(found.data, dict) and not found.problems else {}


def document_of(path: Path, content: bytes) -> Document:
    """Return a YAML text with the place of every part, under the name of a file that need not be there.

    Parameters
    ----------
    path : Path
        What problems name as their place.
    content : bytes
        What the file holds.
    """
    document = Document(path)
    document.sha256 = hashlib.sha256(content).hexdigest()
    document.content = content
    try:
        _Builder(document).build(content.decode("utf-8"))
    except UnicodeDecodeError:
        document.problem((), "the file is not UTF-8 text", "Save it as UTF-8")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if mark is not None:
            document.places[()] = (mark.line + 1, mark.column + 1)
        document.problem((), f"this is not YAML: {error.problem or error}", "Check indentation, colons and quotes")
    except yaml.YAMLError as error:
        document.problem((), f"this is not YAML: {str(error).splitlines()[0]}", "Save it as plain text in UTF-8")
    except _Overstepped as limit:
        document.problem(limit.path, limit.what, limit.remedy)
    return document


class _Overstepped(Exception):
    """A document is refused as a whole."""

    def __init__(self, path: Path_, what: str, remedy: str) -> None:
        super().__init__(what)
        self.path, self.what, self.remedy = path, what, remedy


@dataclass
class _Anchored:
    """What an anchor stands for, and how many parts that is; not closed while it is being read."""

    data: Any = None
    parts: int = 0
    closed: bool = False


class _Builder:
    """Makes plain data of the events of a document; recursion is as deep as the document may be."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.parts = 0
        self.anchors: dict[str, _Anchored] = {}
        self.events: Iterator[Any] = iter(())

    def build(self, text: str) -> None:
        """Fill the document with the data of a text."""
        self.events = iter(yaml.parse(text, Loader=_LOADER))
        next(self.events)
        first = next(self.events)
        if isinstance(first, yaml.StreamEndEvent):
            self.document.problem((), "the file is empty", "Write it, or give the file that is meant")
            return
        self.document.data = self._part(next(self.events), ())
        next(self.events)
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._place((), after)
            self.document.problem((), "a second document begins here", "Keep one document in a file, without ---")

    def _place(self, path: Path_, event: Any) -> None:
        self.document.places[path] = (event.start_mark.line + 1, event.start_mark.column + 1)

    def _part(self, event: Any, path: Path_) -> Any:
        """Return the data that begin with an event."""
        if path not in self.document.places:
            self._place(path, event)
        before = self.parts
        self._count(1, path)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, path)
        held = _Anchored()
        if event.anchor:
            self.anchors[event.anchor] = held
        if isinstance(event, yaml.ScalarEvent):
            held.data = self._scalar(event, path)
        else:
            held.data = self._collection(event, path)
        held.parts, held.closed = self.parts - before, True
        return held.data

    def _collection(self, event: Any, path: Path_) -> Any:
        if len(path) >= MOST_DEEP:
            what = f"this lies more than {MOST_DEEP} levels deep"
            raise _Overstepped(path[:1], what, "Nothing that is read here is nested so")
        sequence = isinstance(event, yaml.SequenceStartEvent)
        if event.tag not in (None, "!", _CORE + ("seq" if sequence else "map")):
            self._refuse_tag(event, path)
        return self._sequence(path) if sequence else self._mapping(path)

    def _count(self, parts: int, path: Path_) -> None:
        self.parts += parts
        if self.parts > MOST_PARTS:
            what = f"the document has more than {MOST_PARTS:,} parts, counting what aliases stand for"
            raise _Overstepped(path[:1], what, "Write out what is needed, without aliases of aliases")

    def _alias(self, event: Any, path: Path_) -> Any:
        held = self.anchors.get(event.anchor)
        if held is None:
            self.document.problem(path, f"nothing above is anchored as '&{event.anchor}'", "Write the value out")
            return None
        if not held.closed:
            what = f"the alias '*{event.anchor}' stands inside what it stands for, which has no end"
            self.document.problem(path, what, "Write the value out")
            return None
        self._count(held.parts, path)
        return held.data

    def _sequence(self, path: Path_) -> list[Any]:
        result: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            result.append(self._part(event, (*path, len(result))))
        return result

    def _mapping(self, path: Path_) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, path)
            here = (*path, key)
            first = self.document.places.get(here)
            self._place(here, event)
            if key in result:
                what = f"this key was given before, in line {first[0] if first else '?'}"
                self.document.problem(here, what, "Keep one of the two")
            result[key] = self._part(next(self.events), here)
        return result

    def _key(self, event: Any, path: Path_) -> str:
        """Return a key; a list, keys with values, or a merge in its place is a problem."""
        at = (*path, "?")
        self._place(at, event)
        value = self._part(event, at)
        scalar = isinstance(event, yaml.ScalarEvent)
        if scalar and event.value == "<<" and event.implicit[0]:
            self.document.problem(at, "'<<' merges nothing: YAML 1.2 has no merge keys", "Write the keys out")
        elif isinstance(value, (list, dict)):
            what = "a key is a word, not a list or keys with values"
            self.document.problem(at, what, "Write a word before the colon")
        del self.document.places[at]
        return str(event.value if scalar else value)

    def _scalar(self, event: Any, path: Path_) -> Any:
        text = event.value
        if text == BLANK:
            self.document.problem(path, f"this blank ({BLANK}) is not filled in", "Write what is meant in its place")
            return text
        tagged = event.tag not in (None, "!")
        if not tagged and not event.implicit[0]:
            return text
        if tagged and event.tag == f"{_CORE}str":
            return text
        for name, pattern, value in _SCALARS:
            if pattern.fullmatch(text) and (not tagged or event.tag == _CORE + name):
                found = value(text)
                return self._finite(found, text, path) if isinstance(found, float) else found
        if tagged:
            self._refuse_tag(event, path)
        return text

    def _finite(self, number: float, text: str, path: Path_) -> float | int:
        shown = text if len(text) <= 24 else f"{text[:12]}… ({len(text):,} characters)"
        if not math.isfinite(number):
            self.document.problem(path, f"'{shown}' is not a finite number", "Give the number that is meant")
            return 0.0
        return number

    def _refuse_tag(self, event: Any, path: Path_) -> None:
        short = str(event.tag).replace(_CORE, "!!")
        shown = f" '{event.value[:24]}'" if isinstance(event, yaml.ScalarEvent) else ""
        self.document.problem(path, f"the tag '{short}' does not fit{shown}", "Leave tags out")


_WORDS: Final = {
    "missing": ("this is missing", "Add the key"),
    "float_type": ("a number is wanted here", "Write it without quotes and words"),
    "int_type": ("a whole number is wanted here", "Write it without quotes and words"),
    "string_type": ("text is wanted here", "Write it in quotes where it looks like a number"),
    "nothing_to_read": ("there is nothing to read here", "Write what it is called"),
    "dict_type": ("keys with values are wanted here", "Write key: value"),
    "model_type": ("keys with values are wanted here", "Write key: value"),
    "list_type": ("a list is wanted here", "Write [one, another]"),
    "bool_type": ("true or false is wanted here", "Write one of the two"),
}
"""What is said of a deviation from a form, and the remedy, by the name that pydantic has for it."""


_BOUNDS: Final = {
    "greater_than_equal": ("ge", "it has to be {:g} or more"),
    "greater_than": ("gt", "it has to be more than {:g}"),
    "less_than_equal": ("le", "it has to be {:g} or less"),
    "less_than": ("lt", "it has to be less than {:g}"),
}
"""What is said of a number beyond its bound, with where pydantic has the bound, by the name that it has for it."""


def _said(detail: Any) -> tuple[str, str]:
    """Return what is said of a deviation, and the remedy."""
    bound, told = _BOUNDS.get(detail["type"], ("", ""))
    if bound:
        return told.format(detail["ctx"][bound]), "Write a number that is meant"
    return _WORDS.get(detail["type"], (str(detail["msg"]).lower(), "Write what is meant"))


def check_form(document: Document, form: type[BaseModel], data: Any, at: Path_ = ()) -> BaseModel | None:
    """Return data as its form says; every deviation becomes a problem with its line."""
    try:
        return form.model_validate(data)
    except ValidationError as error:
        for detail in _first_of_each(error.errors(include_url=False)):
            loc: Path_ = (*at, *(p for p in detail["loc"] if _real(p)))
            if detail["type"] == "extra_forbidden":
                known = _known_keys(form, detail["loc"][:-1])
                document.problem(loc, "there is no such key", nearest(str(loc[-1]), known) if known else "")
            else:
                document.problem(loc, *_said(detail))
        return None


def _real(part: str | int) -> bool:
    """Tell keys and positions from the names pydantic gives to the branches of a union."""
    texts = {"str", "list[str]", "constrained-str", "list[constrained-str]"}
    return isinstance(part, int) or part not in {
        "float",
        "bool",
        "int",
        "MemberForm",
        "LeverForm",
        "a name",
        "literal['yes','no']",
        *texts,
    }


def _first_of_each(details: Iterable[Any]) -> list[Any]:
    """Keep one complaint per place: a union complains once per branch."""
    seen: dict[tuple[Any, ...], Any] = {}
    for d in details:
        seen.setdefault(tuple(p for p in d["loc"] if _real(p)), d)
    return list(seen.values())


def _known_keys(form: Any, loc: tuple[Any, ...]) -> list[str]:
    """Return the keys that a form knows at some place."""
    schema = form.model_json_schema()
    definitions = schema.get("$defs", {})

    def resolve(part: Any) -> Any:
        while isinstance(part, dict) and "$ref" in part:
            part = definitions[part["$ref"].rsplit("/", 1)[-1]]
        if isinstance(part, dict) and ("anyOf" in part or "oneOf" in part):
            options = [resolve(p) for p in part.get("anyOf") or part["oneOf"]]
            return next((o for o in options if "properties" in o or "items" in o), options[0])
        return part

    here = resolve(schema)
    for p in loc:
        if isinstance(p, int):
            here = resolve(here.get("items", {}))
        elif _real(p):
            here = resolve(here.get("properties", {}).get(p, here.get("additionalProperties", {})))
        if not isinstance(here, dict):
            return []
    return list(here.get("properties", {}))
