"""Claims as documents: a text written down as propositions that can fail."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from foedus.casebook.case import Case, Event, Source
from foedus.casebook.reader import read_case, read_date, read_events
from foedus.casebook.yaml_file import Document, Path_, check_form, document_of, read_document
from foedus.mechanisms import MECHANISMS, read_laws
from foedus.questions.changes import Changes, read_changes
from foedus.questions.levers import LEVERS
from foedus.trials.admissible import cannot_fail, contradictions, said_twice, wrong_precedent
from foedus.trials.bench import ModelTest, Under
from foedus.trials.form import ClaimForm, ModelForm, PrecedentForm, SlipForm, TextForm, TrialForm, UnderForm
from foedus.trials.queries import Query, read_query, split_place
from foedus.vocabulary.errors import FoedusError, fail, nearest
from foedus.vocabulary.whole import refuse_existing, write_whole

_UNCHANGED: Final = "nothing is changed, so the quantity cannot rise or fall"


@dataclass(frozen=True)
class Claim:
    """One proposition with its tests, bound to its places."""

    id: int
    says: str
    mechanisms: tuple[str, ...]
    test: ModelTest | None
    precedents: tuple[PrecedentForm, ...]
    falsified_if: str
    rivals: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class Omission:
    """A cause that the text leaves out, and the test that shows what it does."""

    says: str
    test: ModelTest


@dataclass(frozen=True)
class Trial:
    """A text, its claims and the places they are about."""

    name: str
    text: TextForm
    case: Case
    """The case the text is about."""
    cases: Mapping[str, Case]
    """Every place that is asked about, by name, with a year after @ where there is one."""
    claims: tuple[Claim, ...]
    omitted: tuple[Omission, ...]
    slips: tuple[SlipForm, ...]
    disclosures: tuple[str, ...]
    """How the tests were made."""
    events: Mapping[str, Event]
    """Of all cases and of the trial itself, by id."""
    sources: Mapping[str, Source]
    sha256: str


def trials_folder() -> Path:
    """Return the folder of built-in trials."""
    return Path(str(files("foedus.library"))) / "trials"


def trial_names() -> tuple[str, ...]:
    """Return the names of the built-in trials."""
    return tuple(sorted(p.stem for p in trials_folder().glob("*.yaml")))


def copy_trial(name: str, target: str | Path) -> Path:
    """Write the file of a built-in trial to a new place, under the name of that place, and return the place.

    Parameters
    ----------
    name : str
        A built-in trial.
    target : str or Path
        File to be written.

    Raises
    ------
    FoedusError
        There is no such trial, or the target exists or cannot be written.
    """
    place = Path(target)
    refuse_existing(place)
    if name not in trial_names():
        raise fail(f"trial '{name}'", "there is no such built-in trial", nearest(name, trial_names()))
    text = (trials_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    renamed = re.sub(r"^name: .*$", lambda _: f"name: {json.dumps(place.stem)}", text, count=1, flags=re.MULTILINE)
    return write_whole(place, renamed)


def read_trial(name: str | Path) -> Trial:
    """Return a trial, checked, by built-in name or file.

    Raises
    ------
    FoedusError
        Every problem, each with file and line.
    """
    path = Path(name)
    # Something else than a file is read too, so that the sentence says what it is.
    if not path.is_file() and (str(name) in trial_names() or not os.path.lexists(path)):
        path = trials_folder() / f"{name}.yaml"
        if str(name) not in trial_names():
            raise fail(f"trial '{name}'", "there is no such trial or file", nearest(str(name), trial_names()))
    return _bound(read_document(path))


def trial_of(text: str, path: Path, read: Callable[[str | Path], Case] = read_case) -> Trial:
    """Return the trial that a text is, checked as its file would be.

    Parameters
    ----------
    text : str
        What the file holds.
    path : Path
        The file, which need not be there: problems name it, and cases of one's own are looked for beside it.
    read : callable
        Returns a case by name or folder, with a year after @ where one is asked for.

    Raises
    ------
    FoedusError
        Every problem, each with file and line.
    """
    return _bound(document_of(path, text.encode()), read)


def _bound(document: Document, read: Callable[[str | Path], Case] = read_case) -> Trial:
    form: Any = None if document.problems else check_form(document, TrialForm, document.data)
    if form is None:
        raise FoedusError(document.problems)
    return _Reader(document, form, read).trial()


class _Reader:
    """Binds what a trial file says to cases; what is wrong goes to the problems of the document."""

    def __init__(self, document: Document, form: TrialForm, read: Callable[[str | Path], Case]) -> None:
        self.document, self.form, self.read = document, form, read
        self.case = self._case(form.case, ("case",))
        self.stems = {form.case: self.case}
        self.stems |= {name: self._case(name, ("also", k)) for k, name in enumerate(form.also)}
        if document.problems:
            raise FoedusError(document.problems)
        self.cases: dict[str, Case] = dict(self.stems)
        self.sources = {k: s for c in self.stems.values() for k, s in c.sources.items()}
        self.sources |= {k: Source(k, s.citation, s.url, s.licence, s.trust) for k, s in form.sources.items()}
        self.events = {e.id: e for c in self.stems.values() for e in c.events}
        for k, e in enumerate(read_events(document, form.events)):
            if e.id in self.events:
                document.problem(("events", k, "id"), f"an event '{e.id}' is there already", "Give it another id")
            for key in e.source:
                self._source(("events", k, "source"), key)
            self.events[e.id] = e

    def _case(self, name: str, at: Path_) -> Case:
        beside = self.document.path.parent / name
        try:
            return self.read(beside if beside.is_dir() else name)
        except FoedusError as error:
            self._pass_on(at, error)
            raise FoedusError(self.document.problems) from error

    def _pass_on(self, at: Path_, error: FoedusError) -> None:
        for p in error.problems:
            self.document.problem(at, f"{p.where}: {p.what}", p.remedy)

    def _source(self, at: Path_, key: str) -> None:
        if key not in self.sources:
            self.document.problem(at, f"there is no source '{key}'", nearest(key, self.sources))

    def trial(self) -> Trial:
        """Return the trial, or raise everything that is wrong with it."""
        document, form = self.document, self.form
        read_date(document, ("text", "date"), form.text.date)
        claims = tuple(self._claim(("claims", k), c) for k, c in enumerate(form.claims))
        omitted = tuple(
            Omission(o.says, test)
            for k, o in enumerate(form.omitted)
            if (test := self._test(("omitted", k, "model"), f"omitted {k + 1}", o.model)) is not None
        )
        for k, c in enumerate(form.claims):
            if c.id in {earlier.id for earlier in form.claims[:k]}:
                document.problem(("claims", k, "id"), f"claim {c.id} was given before", "Give each its own number")
        tests = ((k, c.test) for k, c in enumerate(claims) if c.test is not None)
        for k, one, other in contradictions(tests):
            what = f"claim {one} expects the opposite of claim {other} from the same test"
            at = ("claims", k, "model", "expect")
            document.problem(at, what, "Keep the one the text makes, or ask something else")
        ids = [c.id for c in form.claims]
        if form.text.decided_by not in (None, *ids):
            what = f"there is no claim {form.text.decided_by}"
            document.problem(("text", "decided_by"), what, f"Name one of {min(ids)} to {max(ids)}")
        for k, slip in enumerate(form.slips):
            self._slip(("slips", k), slip)
        if document.problems:
            raise FoedusError(document.problems)
        digest = hashlib.sha256(document.content)
        for name in sorted(self.cases):
            digest.update(self.cases[name].sha256.encode())
        head, told = (form.name, form.text, self.case, self.cases), (tuple(form.slips), tuple(form.disclosures))
        return Trial(*head, claims, omitted, *told, self.events, self.sources, digest.hexdigest())

    def _slip(self, at: Path_, slip: SlipForm) -> None:
        if slip.event is None and slip.source is None:
            self.document.problem(at, "nothing shows that the text is wrong here", "Name an event or a source")
        if slip.event is not None and slip.event not in self.events:
            self.document.problem((*at, "event"), f"there is no event '{slip.event}'", nearest(slip.event, self.events))
        if slip.source is not None:
            self._source((*at, "source"), slip.source)

    def _claim(self, at: Path_, form: ClaimForm) -> Claim:
        document = self.document
        for m in form.mechanisms:
            if m not in MECHANISMS:
                document.problem((*at, "mechanisms"), f"there is no mechanism '{m}'", nearest(m, MECHANISMS))
        if form.model is None and not form.precedents:
            what = "the claim has neither a model test nor a record test"
            document.problem(at, what, "Give one, or leave the claim out")
        test = None if form.model is None else self._test((*at, "model"), str(form.id), form.model)
        looked_up = ((k, wrong_precedent(f, self.events)) for k, f in enumerate(form.precedents))
        complaints = [(("record", k, *p), w, r) for k, wrong in looked_up for p, w, r in wrong]
        for path, what, remedy in (*complaints, *said_twice(form)):
            document.problem((*at, *path), what, remedy)
        mechanisms, precedents, rivals = tuple(form.mechanisms), tuple(form.precedents), tuple(form.rivals)
        where = document.where(at)
        return Claim(form.id, form.says, mechanisms, test, precedents, form.falsified_if, rivals, where)

    def _test(self, at: Path_, label: str, form: ModelForm) -> ModelTest | None:
        """Return a test on the model, or nothing where it cannot be read."""
        said = len(self.document.problems)
        query = self._query((*at, "quantity"), form.quantity)
        than: Query | float | None = None
        if form.expect in ("rises", "falls"):
            if form.under is None:
                self.document.problem(at, _UNCHANGED, "Say under: set, without, lever or laws")
            if form.than is not None:
                what = "a change is compared with the world as it is"
                self.document.problem((*at, "than"), what, "Leave than out, or expect above")
        elif form.than is None:
            what = f"'{form.expect}' needs something to be compared with"
            self.document.problem(at, what, "Say than: a number or a quantity")
        elif isinstance(form.than, str):
            than = self._query((*at, "than"), form.than)
        else:
            than = float(form.than)
        under = self._under((*at, "under"), query, form.under)
        if query is None or len(self.document.problems) > said:
            return None
        test = ModelTest(label, query, than, under, form.expect, form.at_least)
        for path, what, remedy in cannot_fail(test, self.cases):
            self.document.problem((*at, *path), what, remedy)
        return test

    def _query(self, at: Path_, text: str) -> Query | None:
        phrase, place = split_place(text, self.form.case)
        stem = place.partition("@")[0]
        try:
            if stem not in self.stems:
                how = f"Name it under also:, or one of {', '.join(self.stems)}"
                raise fail(f"'{place}'", "is not a case of this trial", how)
            if place not in self.cases:
                self.cases[place] = self._in_year(place, stem)
            return read_query(self.cases[place], phrase, place, place != self.form.case)
        except FoedusError as error:
            for p in error.problems:
                colon = "" if p.where.startswith("'") else ":"  # what is quoted is the subject of the sentence
                self.document.problem(at, f"{p.where}{colon} {p.what}", p.remedy)
            return None

    def _in_year(self, place: str, stem: str) -> Case:
        beside = self.document.path.parent / stem
        return self.read(f"{beside}@{place.partition('@')[2]}" if beside.is_dir() else place)

    def _under(self, at: Path_, query: Query | None, form: UnderForm | None) -> Under:
        if form is None:
            return Under()
        keys = [lever.key for lever in LEVERS]
        if form.lever is not None and form.lever not in keys:
            self.document.problem((*at, "lever"), f"there is no lever '{form.lever}'", nearest(form.lever, keys))
        switches = [n for n, x in MECHANISMS.items() if x.off]
        for m in form.without:
            if m not in switches:
                self.document.problem((*at, "without"), f"'{m}' cannot be switched off", nearest(m, switches))
        changes = Changes()
        try:
            changes = read_changes(self.cases[query.place] if query else self.case, form.set)
        except FoedusError as error:
            for p in error.problems:
                self.document.problem((*at, "set"), f"{p.where} {p.what}", p.remedy)
        laws: dict[str, str] = {}
        try:
            laws = read_laws(form.laws)
        except FoedusError as error:
            for q in error.problems:
                self.document.problem((*at, "laws"), f"{q.where}: {q.what}", q.remedy)
        words = [*form.set, *(f"without {m}" for m in form.without), *(f"law {p}={n}" for p, n in laws.items())]
        words += [lever.label for lever in LEVERS if lever.key == form.lever]
        if not words:
            self.document.problem(at, _UNCHANGED, "Say set, without, lever or laws")
        return Under(changes, tuple(form.without), form.lever or "", "; ".join(words), tuple(laws.items()))
