"""YAML 1.2 with the line of every value: ``NO`` is a word, ``010`` is ten, a key given twice is an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from foedus.vocabulary.errors import Problem, nearest

Path_ = tuple[str | int, ...]

_BASE: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_BASE):  # type: ignore[misc]
    """Knows the scalars of the YAML 1.2 core schema and no others."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    (
        "float",
        r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        list("-+.0123456789"),
    ),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)

_SCALARS: dict[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:null": lambda text: None,
    "tag:yaml.org,2002:bool": lambda text: text.lower() == "true",
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": lambda text: float(text.lower().replace(".inf", "inf").replace(".nan", "nan")),
}


@dataclass
class Document:
    """A file as plain data, with the place of every part.

    Attributes
    ----------
    path : Path
    data : object
        Dictionaries, lists and scalars.
    places : dict
        Line and column (from 1) by path into the data.
    problems : list of Problem
        What is wrong with the file as YAML.
    """

    path: Path
    data: Any = None
    places: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def where(self, path: Path_ = ()) -> str:
        """Return ``file:line:col`` of a part, or of the nearest part that contains it."""
        for end in range(len(path), -1, -1):
            place = self.places.get(path[:end])
            if place is not None:
                return f"{self.path.name}:{place[0]}:{place[1]}"
        return self.path.name

    def problem(self, path: Path_, what: str, remedy: str = "") -> None:
        """Add a problem with one part."""
        dotted = ".".join(str(p) for p in path)
        self.problems.append(Problem(self.where(path), f"{dotted}: {what}" if dotted else what, remedy))


def read_document(path: Path) -> Document:
    """Return a YAML file with the place of every part; what is wrong is listed in it, never raised."""
    document = Document(path)
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        document.problem((), "the file is missing", "A case needs it; `foedus case new` writes a template")
        return document
    except UnicodeDecodeError:
        document.problem((), "the file is not UTF-8 text", "Save it as UTF-8")
        return document
    except OSError as error:
        document.problem((), f"the file cannot be read ({error.strerror})")
        return document
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if mark is not None:
            document.places[()] = (mark.line + 1, mark.column + 1)
        document.problem((), f"this is not YAML: {error.problem or error}", "Check indentation, colons and quotes")
        return document
    except yaml.YAMLError as error:
        document.problem((), f"this is not YAML: {error}")
        return document
    if node is None:
        document.problem((), "the file is empty")
        return document
    document.data = _build(node, (), document)
    return document


def _build(node: Any, path: Path_, document: Document) -> Any:
    document.places.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            here = (*path, key)
            if key in result:
                first = document.places[here][0]
                document.places[here] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
                document.problem(here, f"this key was given before, in line {first}", "Keep one of the two")
                continue
            document.places[here] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            result[key] = _build(value_node, here, document)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*path, k), document) for k, child in enumerate(node.value)]
    return _SCALARS.get(node.tag, str)(node.value)


_WORDS = {
    "missing": "this is missing",
    "float_type": "a number is wanted here",
    "float_parsing": "a number is wanted here",
    "string_type": "text is wanted here",
    "dict_type": "keys with values are wanted here",
    "model_type": "keys with values are wanted here",
    "list_type": "a list is wanted here",
    "bool_type": "true or false is wanted here",
}


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
                document.problem(loc, _WORDS.get(detail["type"], str(detail["msg"]).lower()))
        return None


def _real(part: str | int) -> bool:
    """Tell keys and positions from the names pydantic gives to the branches of a union."""
    return isinstance(part, int) or part not in {
        "float",
        "bool",
        "str",
        "int",
        "list[str]",
        "MemberForm",
        "literal['yes','no']",
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
        if isinstance(part, dict) and "anyOf" in part:
            options = [resolve(p) for p in part["anyOf"]]
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
