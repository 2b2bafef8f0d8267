"""Given: questions whose query stands beside them, in columns of a table or in a YAML file; the text is a label then."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from foedus.casebook.yaml_file import check_form, read_document
from foedus.forecasts.mapping_checks import query_problems
from foedus.forecasts.words import KINDS, QueryForm
from foedus.vocabulary.errors import FoedusError, Problem, nearest

COLUMNS: Final = (
    "kind",
    "form",
    "states",
    "at_least",
    "at_most",
    "institution",
    "ended_by",
    "multilateral",
    *("denied", "not_by", "signed_by"),
)
"""Columns that say what a question asks; they count where there is a kind and one of the others."""

_LISTS: Final = re.compile(r"[\s,;]+")


class GivenQuestion(BaseModel):
    """One question of a YAML file."""

    model_config = ConfigDict(extra="forbid", strict=True)
    id: str = ""
    question: str = Field(min_length=1)
    opened: str = ""
    closes: str = ""
    outcome: str | bool | int = ""
    hindsight: bool = False
    category: str = ""
    asks: QueryForm | None = None


class QuestionsForm(BaseModel):
    """A YAML file of questions."""

    model_config = ConfigDict(extra="forbid", strict=True)
    foedus: Literal[1]
    questions: list[GivenQuestion]


def from_cells(cells: Mapping[str, str], where: str) -> QueryForm | None:
    """Return what the columns of a row say that its question asks; None where they say nothing.

    Parameters
    ----------
    cells : mapping of str to str
        By the names of :data:`COLUMNS`.
    where : str
        File and line.

    Raises
    ------
    FoedusError
        A kind, state or number is none, or they contradict each other.
    """
    said = {name: cells[name] for name in COLUMNS if cells.get(name)}
    if not said:
        return None
    if "kind" not in said:
        raise FoedusError(Problem(where, f"{', '.join(said)} is given, and no kind", f"One of {', '.join(KINDS)}"))
    if said["kind"] not in KINDS:
        remedy = nearest(said["kind"], KINDS) or f"One of {', '.join(KINDS)}"
        raise FoedusError(Problem(where, f"no question is of the kind '{said['kind'][:40]}'", remedy))
    data: dict[str, Any] = {"kind": said["kind"], "form": said.get("form", "whether")}
    data |= {"all_of": _names(said.get("states", "")), "by": _names(said.get("ended_by", ""))}
    data |= {"institutions": _names(said.get("institution", ""))}
    data |= {bound: _quota(said[bound], bound, where) for bound in ("at_least", "at_most") if bound in said}
    data |= {name: said.get(name, "").casefold() in ("yes", "true", "1") for name in ("multilateral", "denied")}
    data |= {name: said[name] for name in ("not_by", "signed_by") if name in said}
    try:
        form = QueryForm.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise FoedusError(Problem(where, f"{name}: {first['msg'].lower()}", "See docs/forecast.md")) from error
    found = [Problem(where, what, remedy) for _, what, remedy in query_problems(form)]
    if found:
        raise FoedusError(found)
    return form


def _names(text: str) -> list[str]:
    return [name for name in _LISTS.split(text.strip()) if name]


def _quota(text: str, bound: str, where: str) -> dict[str, list[str]]:
    """Return a number and a list from a cell such as "2 of FIN SWE IRL", or "32" alone."""
    found = re.fullmatch(r"(\d{1,2})(?:\s+of)?((?:[\s,;]+\w+)*)", text.strip(), re.A)
    if found is None:
        raise FoedusError(
            Problem(where, f"{bound}: '{text[:40]}' is no number of a list", "Write 2 of FIN SWE IRL, or 32")
        )
    return {str(int(found[1])): _names(found[2])}


def from_yaml(path: Path) -> list[tuple[dict[str, str], QueryForm | None, str]]:
    """Return the questions of a YAML file as cells of a table, what each asks, and where it stands.

    Parameters
    ----------
    path : Path

    Raises
    ------
    FoedusError
        The file cannot be read, or is not of the form; all that is wrong at once, with lines.
    """
    document = read_document(path)
    form = None if document.problems else check_form(document, QuestionsForm, document.data)
    if isinstance(form, QuestionsForm):
        for k, question in enumerate(form.questions):
            for place, what, remedy in query_problems(question.asks) if question.asks else ():
                document.problem(("questions", k, "asks", *place), what, remedy)
    if document.problems or not isinstance(form, QuestionsForm):
        raise FoedusError(
            document.problems or [Problem(str(path), "this is no file of questions", "See docs/forecast.md")]
        )
    found = []
    for k, question in enumerate(form.questions):
        line = document.places.get(("questions", k), (k + 1, 1))[0]
        outcome = (
            {True: "yes", False: "no"}[question.outcome]
            if isinstance(question.outcome, bool)
            else str(question.outcome)
        )
        cells = {
            "id": question.id,
            "text": question.question,
            "opened": question.opened,
            "closes": question.closes,
            "outcome": outcome,
            "hindsight": "yes" if question.hindsight else "",
            "category": question.category,
        }
        found.append((cells, question.asks, f"{path.name}:{line}"))
    return found
