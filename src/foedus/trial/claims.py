"""Claims as documents: a text written down as propositions that can fail."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from foedus.experiments.changes import Changes, read_changes
from foedus.experiments.levers import LEVERS
from foedus.facts.case import Case
from foedus.facts.reader import read_case
from foedus.facts.yaml_file import Document, Path_, check_form, read_document
from foedus.mechanisms import MECHANISMS
from foedus.trial.queries import answer_key
from foedus.vocabulary.errors import FoedusError, Problem, nearest


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class UnderForm(_Form):
    """What is changed before the quantity is looked at again."""

    set: list[str] = Field(default_factory=list, description="Facts or parameters, as name=value.")
    without: list[str] = Field(default_factory=list, description="Mechanisms switched off.")
    lever: str | None = Field(None, description="One of the named single changes.")


class ModelForm(_Form):
    """A query on the model: a quantity, and what is expected of it."""

    quantity: str
    under: UnderForm | None = None
    expect: Literal["rises", "falls", "above", "below"]
    than: str | float | None = Field(None, description="A number or another quantity, for above and below.")
    at_least: float = Field(0.0, ge=0, description="Smallest change that counts.")


class RecordForm(_Form):
    """A query on the record: an event, or a count of events, and what it says about the claim."""

    event: str | None = None
    count: dict[str, Any] | None = None
    says: Literal["supports", "contradicts"]
    because: str = Field(min_length=15)


class ClaimForm(_Form):
    """One proposition."""

    id: int
    says: str = Field(min_length=20, description="The proposition in one sentence, in one's own words.")
    mechanisms: list[str] = Field(default_factory=list)
    model: ModelForm | None = None
    record: list[RecordForm] = Field(default_factory=list)
    falsified_if: str = Field(min_length=15)
    rivals: list[str] = Field(default_factory=list)


class TextForm(_Form):
    """The text on trial."""

    author: str
    title: str
    date: str | int
    where: str = ""
    thesis: str


class SlipForm(_Form):
    """Something the text gets wrong as a matter of fact."""

    says: str
    record: str
    event: str | None = None


class TrialForm(_Form):
    """A trial file."""

    foedus: Literal[1]
    name: str
    text: TextForm
    case: str
    claims: Annotated[list[ClaimForm], Field(min_length=1)]
    slips: list[SlipForm] = Field(default_factory=list)


@dataclass(frozen=True)
class Claim:
    """One proposition with its tests, bound to a case.

    Attributes
    ----------
    id : int
    says : str
    mechanisms : tuple of str
    form : ModelForm or None
    key : str
        Name of the answer the model test looks at; empty without a model test.
    changes : Changes
        Facts and parameters that the test changes.
    than_key : str
        Name of the answer it is compared with; empty for a number or a change.
    record : tuple of RecordForm
    falsified_if : str
    rivals : tuple of str
    where : str
    """

    id: int
    says: str
    mechanisms: tuple[str, ...]
    form: ModelForm | None
    key: str
    changes: Changes
    than_key: str
    record: tuple[RecordForm, ...]
    falsified_if: str
    rivals: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class Trial:
    """A text, its claims and the case they are about."""

    name: str
    text: TextForm
    case: Case
    claims: tuple[Claim, ...]
    slips: tuple[SlipForm, ...]
    sha256: str


def trials_folder() -> Path:
    """Return the folder of built-in trials."""
    return Path(str(files("foedus.library"))) / "trials"


def trial_names() -> tuple[str, ...]:
    """Return the names of the built-in trials."""
    return tuple(sorted(p.stem for p in trials_folder().glob("*.yaml")))


def read_trial(name: str | Path) -> Trial:
    """Return a trial, checked, by built-in name or file.

    Raises
    ------
    FoedusError
        Every problem, each with file and line.
    """
    path = Path(name)
    if not path.is_file():
        path = trials_folder() / f"{name}.yaml"
        if str(name) not in trial_names():
            raise FoedusError(
                Problem(f"trial '{name}'", "there is no such trial or file", nearest(str(name), trial_names()))
            )
    document = read_document(path)
    form: Any = None if document.problems else check_form(document, TrialForm, document.data)
    if form is None:
        raise FoedusError(document.problems)
    beside = path.parent / form.case
    case = read_case(beside if beside.is_dir() else form.case)
    claims = tuple(_claim(document, ("claims", k), c, case) for k, c in enumerate(form.claims))
    seen: dict[int, int] = {}
    for k, c in enumerate(form.claims):
        if c.id in seen:
            document.problem(("claims", k, "id"), f"claim {c.id} was given before")
        seen[c.id] = k
    for k, slip in enumerate(form.slips):
        if slip.event is not None and slip.event not in {e.id for e in case.events}:
            document.problem(("slips", k, "event"), f"there is no event '{slip.event}' in '{case.name}'")
    if document.problems:
        raise FoedusError(document.problems)
    return Trial(form.name, form.text, case, claims, tuple(form.slips), hashlib.sha256(path.read_bytes()).hexdigest())


def _claim(document: Document, path: Path_, form: ClaimForm, case: Case) -> Claim:
    key = than = ""
    changes = Changes()
    for m in form.mechanisms:
        if m not in MECHANISMS:
            document.problem((*path, "mechanisms"), f"there is no mechanism '{m}'", nearest(m, MECHANISMS))
    model = form.model
    if model is None and not form.record:
        document.problem(
            path, "the claim has neither a model test nor a record test", "Give one, or leave the claim out"
        )
    if model is not None:
        at = (*path, "model")
        key = _key(document, (*at, "quantity"), case, model.quantity)
        if model.expect in ("rises", "falls"):
            if model.under is None or not (model.under.set or model.under.without or model.under.lever):
                document.problem(
                    at, "nothing is changed, so the quantity cannot rise or fall", "Say under: set, without or lever"
                )
            if model.than is not None:
                document.problem(
                    (*at, "than"), "a change is compared with the world as it is", "Leave than out, or expect above"
                )
        elif model.than is None:
            document.problem(
                at, f"'{model.expect}' needs something to be compared with", "Say than: a number or a quantity"
            )
        elif isinstance(model.than, str):
            than = _key(document, (*at, "than"), case, model.than)
            if than and than == key and model.under is None:
                document.problem((*at, "than"), "a quantity is compared with itself, so the test cannot fail")
        if model.under is not None:
            changes = _changes(document, (*at, "under"), case, model.under)
    for k, r in enumerate(form.record):
        _check_record(document, (*path, "record", k), case, r)
    return Claim(form.id, form.says, tuple(form.mechanisms), model, key, changes, than, tuple(form.record),
                 form.falsified_if, tuple(form.rivals), document.where(path))  # fmt: skip


def _key(document: Document, path: Path_, case: Case, phrase: str) -> str:
    try:
        return answer_key(case, phrase)
    except FoedusError as error:
        for p in error.problems:
            document.problem(path, f"{p.where} {p.what}", p.remedy)
        return ""


def _changes(document: Document, path: Path_, case: Case, under: UnderForm) -> Changes:
    if under.lever is not None and under.lever not in [lever.key for lever in LEVERS]:
        document.problem(
            (*path, "lever"), f"there is no lever '{under.lever}'", nearest(under.lever, [x.key for x in LEVERS])
        )
    for m in under.without:
        if m not in MECHANISMS or not MECHANISMS[m].off:
            document.problem(
                (*path, "without"),
                f"'{m}' cannot be switched off",
                nearest(m, [n for n, x in MECHANISMS.items() if x.off]),
            )
    try:
        return read_changes(case, under.set)
    except FoedusError as error:
        for p in error.problems:
            document.problem((*path, "set"), f"{p.where} {p.what}", p.remedy)
        return Changes()


def _check_record(document: Document, path: Path_, case: Case, form: RecordForm) -> None:
    ids = [e.id for e in case.events]
    if (form.event is None) == (form.count is None):
        document.problem(path, "a record test names one event or counts events")
    if form.event is not None and form.event not in ids:
        document.problem(
            (*path, "event"), f"there is no event '{form.event}' in '{case.name}'", nearest(form.event, ids)
        )
    if form.count is not None:
        unknown = set(form.count) - {"type", "actor", "from", "to", "at_least", "at_most"}
        if unknown:
            document.problem((*path, "count"), f"there is no such filter: {', '.join(sorted(unknown))}",
                             "Use type, actor, from, to, and at_least or at_most")  # fmt: skip
        if ("at_least" in form.count) == ("at_most" in form.count):
            document.problem((*path, "count"), "a count needs at_least or at_most, so that it can fail")
        if "type" in form.count and form.count["type"] not in {e.type for e in case.events}:
            document.problem((*path, "count"), f"no event is of type '{form.count['type']}'",
                             nearest(str(form.count["type"]), {e.type for e in case.events}))  # fmt: skip
