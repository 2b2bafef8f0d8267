"""From YAML to a case: everything that is wrong is found, and all of it is said at once."""

from __future__ import annotations

import datetime
import hashlib
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from foedus.casebook.case import Case, Event, Fact, InstitutionRecord, MapView, Membership, Source, Watched, first_day
from foedus.casebook.checks import check_case, check_events
from foedus.casebook.own_levers import read_levers_of, without_levers
from foedus.casebook.quantities import ADVERSARY_QUANTITIES, AGAINST_ADVERSARY, QUANTITIES, STATE_QUANTITIES
from foedus.casebook.schema import FORMS, AdversaryForm, Defaults, EventForm, PairsForm, SourceForm, StateForm
from foedus.casebook.series import check_series, in_year, read_series, split_year
from foedus.casebook.yaml_file import Document, Path_, check_form, read_document
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest

STEMS = ("case", "states", "relations", "institutions", "sources", "events", "series")
_OPTIONAL = ("events", "series")


def library_folder() -> Path:
    """Return the folder of built-in cases."""
    return Path(str(files("foedus.library"))) / "cases"


def case_names() -> tuple[str, ...]:
    """Return the names of the built-in cases.

    Examples
    --------
    >>> import foedus
    >>> "indo-pacific-2020" in foedus.case_names()
    True
    """
    folder = library_folder()
    if not folder.is_dir():
        return ()
    return tuple(sorted(p.name for p in folder.iterdir() if (p / "case.yaml").is_file()))


def case_folder(name: str | Path) -> Path:
    """Return the folder of a case, built in or the user's own.

    Raises
    ------
    FoedusError
        No such case; the nearest names are given.
    """
    own = Path(name)
    if own.is_file() and own.name == "case.yaml":
        own = own.parent
    if own.is_dir():
        return own
    built_in = library_folder() / str(name)
    if str(name) in case_names():
        return built_in
    if own.is_file():
        raise fail(
            f"case '{name}'", "this is a file; a case is a folder", "Name the folder in which its case.yaml stands"
        )
    raise fail(f"case '{name}'", "there is no such case or folder", nearest(str(name), case_names()))


def read_case(name: str | Path) -> Case:
    """Return a case, checked.

    Parameters
    ----------
    name : str or Path
        Name of a built-in case, or a folder; ``@2007`` at the end takes it in another year.

    Raises
    ------
    FoedusError
        Every problem of every file, each with file, line, what is wrong and what to do.

    Examples
    --------
    >>> import foedus
    >>> foedus.read_case("indo-pacific-2020@2007").as_of.year
    2007
    """
    stem, year = (str(name), None) if Path(name).exists() else split_year(str(name))
    folder = case_folder(stem)
    case, problems = examine(folder)
    if problems or case is None:
        raise FoedusError(problems)
    return case if year is None else in_year(case, year)


def examine(folder: Path) -> tuple[Case | None, list[Problem]]:
    """Return the case of a folder as far as it can be read, and all problems."""
    documents = {
        # A link that leads nowhere is there: it is read, and the sentence says what is wrong with it.
        s: read_document(folder / f"{s}.yaml")
        for s in STEMS
        if s not in _OPTIONAL or os.path.lexists(folder / f"{s}.yaml")
    }
    return examined(folder, documents)


def examined(folder: Path, documents: Mapping[str, Document]) -> tuple[Case | None, list[Problem]]:
    """Return the case that documents make up as far as it can be read, and all problems.

    Parameters
    ----------
    folder : Path
        Where the case says that it is from.
    documents : mapping of str to Document
        By stem; those that a case needs have to be there.
    """
    problems: list[Problem] = [p for d in documents.values() for p in d.problems]
    forms = {
        stem: check_form(documents[stem], form, documents[stem].data)
        for stem, form in FORMS.items()
        if stem in documents and not documents[stem].problems
    }
    sources = _sources(documents["sources"])
    if any(forms.get(stem) is None for stem in ("case", "states", "relations", "institutions")):
        return None, [p for d in documents.values() for p in d.problems] or problems
    head: Any = forms["case"]
    as_of = read_date(documents["case"], ("as_of",), head.as_of)
    facts = [
        *_state_facts(documents["states"], forms["states"], head, as_of),
        *_relation_facts(documents["relations"], forms["relations"], as_of),
    ]
    institutions = tuple(_institutions(documents["institutions"], forms["institutions"]))
    told: Any = forms.get("events")
    events = tuple(read_events(documents["events"], told.events)) if told is not None else ()
    case = Case(
        name=head.name,
        title=head.title,
        question=head.question,
        # Without a date nothing else is held against it: one mistake is one problem.
        as_of=as_of or datetime.date.max,
        hub=head.hub,
        states=tuple(head.states),
        adversaries=tuple(head.adversaries),
        facts=tuple(facts),
        institutions=institutions,
        sources=sources,
        folder=folder,
        sha256=_digest(documents),
        quarrel=tuple(head.quarrel or ()),
        watch=tuple(Watched(w.name, tuple(w.members), w.rule) for w in head.watch),
        map_view=MapView((head.map.centre[0], head.map.centre[1]), head.map.span) if head.map else None,
        blank_slate=head.blank_slate,
        events=events,
        series=tuple(read_series(documents["series"], forms["series"])) if forms.get("series") is not None else (),
        notes=head.notes.strip(),
    )
    shown, own = read_levers_of(case, documents["case"], head.levers)
    case = replace(case, shown_levers=shown, own_levers=own)
    check_case(case, SimpleNamespace(**documents), forms)
    if "series" in documents:
        check_series(case, documents["series"])
    return case, [p for d in documents.values() for p in d.problems]


def _digest(documents: Mapping[str, Document]) -> str:
    sha = hashlib.sha256()
    for stem in sorted(documents):
        sha.update(stem.encode())
        content = documents[stem].content.replace(b"\r\n", b"\n")
        sha.update(without_levers(content) if stem == "case" else content)
    return sha.hexdigest()


def read_date(document: Document, path: Path_, value: str | int | None) -> datetime.date | None:
    """Return the first day that a date stands for; what is no date goes to the problems of the document."""
    if value is None:
        return None
    try:
        return first_day(str(value))
    except ValueError as error:
        what = str(error) if str(error).startswith("the year") else f"'{value}' is not a date"
        document.problem(path, what, "Write a year, a month or a day: 2019, 2019-11, 2019-11-22")
        return None


def _keys(value: str | list[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _sources(document: Document) -> dict[str, Source]:
    if not isinstance(document.data, dict):
        if not document.problems:
            document.problem((), "sources have to be keys with a citation each", "Write key: {citation: …}")
        return {}
    found = {}
    for key, data in document.data.items():
        form: Any = check_form(document, SourceForm, data, (key,))
        if form is not None:
            found[key] = Source(key, form.citation, form.url, form.licence, form.trust)
    return found


def _number(value: float | bool | str) -> float:
    return {"yes": 1.0, "no": 0.0}[value] if isinstance(value, str) else float(value)


_YES_NO = frozenset({"yes/no", "0/1"})


def _units(quantity: str) -> tuple[str, ...]:
    entry = QUANTITIES[quantity]
    return (entry.quantity.unit, *entry.other_units)


def _fact(
    document: Document,
    path: Path_,
    form: Any,
    defaults: Defaults | None,
    key: tuple[str, str, str | None],
    as_of: datetime.date | None,
) -> Fact:
    """Return one fact after checking unit, date, range and source; problems go to the document."""
    quantity = QUANTITIES[key[0]].quantity

    def given(name: str) -> Any:
        own = getattr(form, name)
        return own if own not in (None, "") or defaults is None else getattr(defaults, name)

    value = _number(form.value)
    if isinstance(form.value, (bool, str)) and not _YES_NO.intersection(_units(key[0])):
        word = form.value if isinstance(form.value, str) else str(form.value).lower()
        what = f"'{word}' is an answer, and {quantity.name} is a number"
        document.problem((*path, "value"), what, f"Give a number in {quantity.unit}")
        value = (form.range or [quantity.low])[0]
    unit, judged, sources = given("unit"), given("judged"), _keys(given("source"))
    accepted = _units(key[0])
    if unit is None:
        document.problem(path, "the unit is missing", f"Say unit: {quantity.unit}")
    elif unit not in accepted:
        what = f"the unit '{unit}' is wrong for {quantity.name}"
        document.problem((*path, "unit"), what, f"It is counted in: {quantity.unit}")
    if not math.isfinite(value):
        document.problem((*path, "value"), "the value is not a finite number", f"Give a number in {quantity.unit}")
    elif not quantity.low <= value <= quantity.high:
        span = f"{quantity.low:g} to {quantity.high:g} {quantity.unit}"
        what = f"{value:g} is outside what {quantity.name} can be, {span}"
        document.problem((*path, "value"), what, "Mend the number, or its unit")
    if form.judged is None and form.source is not None:
        judged = None  # a measured number among judged ones
    low, high = (form.range or (None, None))[:2]
    if judged is not None and form.range is None:
        document.problem(path, "a judged number needs a range", "Say range: [low, high]")
    if judged is not None and len(judged.strip()) < 12:
        document.problem(path, "the reason of a judged number is too short to be one", "Say why, in a sentence")
    if judged is None and not sources:
        how = "Name a key of sources.yaml, or say judged: with a reason and a range"
        document.problem(path, "the source is missing", how)
    if low is not None and high is not None and not low <= value <= high:
        what = f"the range {low:g} to {high:g} does not contain the value {value:g}"
        document.problem((*path, "range"), what, "Say range: [low, high] around the value")
    for end in (low, high):
        if end is not None and not quantity.low <= end <= quantity.high:
            what = f"{end:g} is outside what {quantity.name} can be"
            document.problem((*path, "range"), what, f"Stay within {quantity.low:g} to {quantity.high:g}")
    date = given("date")
    if date is None:
        document.problem(path, "the date is missing", "Say the year or the day the value holds for")
    else:
        day = read_date(document, (*path, "date"), date)
        if day is not None and as_of is not None and day > as_of and not given("later"):
            what = f"{date} is after the date of the case, {as_of}"
            document.problem((*path, "date"), what, "Use an earlier value, or say later: with a reason")
    note = given("note") or ""
    return Fact(*key, value, quantity.unit, str(date), sources, judged, low, high, note, document.where(path))


def _state_facts(document: Document, form: Any, head: Any, as_of: datetime.date | None) -> Iterator[Fact]:
    defaults: dict[str, Defaults] = form.defaults
    for name in defaults:
        if name not in QUANTITIES:
            document.problem(("defaults", name), "there is no such quantity", nearest(name, QUANTITIES))

    def fact(path: Path_, item: Any, quantity: str, subject: str, against: str | None = None) -> Fact:
        return _fact(document, path, item, defaults.get(quantity), (quantity, subject, against), as_of)

    groups: tuple[tuple[str, Mapping[str, StateForm | AdversaryForm], tuple[str, ...]], ...] = (
        ("states", form.states, STATE_QUANTITIES),
        ("adversaries", form.adversaries, ADVERSARY_QUANTITIES),
    )
    for group, members, quantities in groups:
        for s, item in members.items():
            for q in quantities:
                if getattr(item, q) is not None:
                    yield fact((group, s, q), getattr(item, q), q, s)
    for s, item in form.states.items():
        for q in AGAINST_ADVERSARY:
            for a, relation in getattr(item, q).items():
                if a not in head.adversaries:
                    what = f"'{a}' is not an adversary of this case"
                    document.problem(("states", s, q, a), what, nearest(a, head.adversaries))
                else:
                    yield fact(("states", s, q, a), relation, q, s, a)


def _relation_facts(document: Document, form: Any, as_of: datetime.date | None) -> Iterator[Fact]:
    for group, quantity in (("distances", "distance"), ("rivalries", "rivalry"), ("grievances", "grievance")):
        symmetric = quantity == "distance"
        pairs: PairsForm = getattr(form, group)
        if not symmetric and pairs.complete is None:
            what = "nothing says on what ground pairs not listed count as 0"
            document.problem((group,), what, "Say complete: {source: …, date: …}")
        for k, pair in enumerate(pairs.pairs):
            path: Path_ = (group, "pairs", k)
            if symmetric and pair.between is not None and pair.of is None and pair.against is None:
                one, other = pair.between
            elif not symmetric and pair.of is not None and pair.against is not None and pair.between is None:
                one, other = pair.of, pair.against
            else:
                form_of = "between: [A, B]" if symmetric else "of: A, against: B"
                document.problem(path, f"it does not say which {quantity} this is", f"Say {form_of}")
                continue
            yield _fact(document, path, pair, pairs.defaults, (quantity, one, other), as_of)


def _institutions(document: Document, form: Any) -> Iterator[InstitutionRecord]:
    for k, item in enumerate(form.institutions):
        path: Path_ = ("institutions", k)
        for name in ("signed", "in_force", "ended"):
            read_date(document, (*path, name), getattr(item, name))
        members = []
        for n, m in enumerate(item.members):
            if isinstance(m, str):
                members.append(Membership(m))
                continue
            for name in ("joined", "left"):
                read_date(document, (*path, "members", n, name), getattr(m, name))
            members.append(Membership(m.state, _text(m.joined), _text(m.left)))
        named = (item.id, item.name, item.kind, tuple(members), tuple(item.outside))
        signed, in_force, ended = (_text(date) for date in (item.signed, item.in_force, item.ended))
        obligations = dict(item.obligations.model_dump())
        bodies = (_words(words) for words in (item.council, item.settlement_clause, item.command))
        said = (*bodies, _keys(item.source), item.note, document.where(path))
        found = InstitutionRecord(*named, signed, in_force, ended, item.rule, obligations, *said)
        yield replace(found, term=item.term)


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)


def _words(value: str | None) -> str:
    return "" if value is None or value == "none" else value


def read_events(document: Document, listed: Sequence[EventForm]) -> Iterator[Event]:
    """Yield the events of a list under ``events:``; what is wrong goes to the problems of the document."""
    check_events(document, listed)
    for k, item in enumerate(listed):
        read_date(document, ("events", k, "date"), item.date)
        told = (item.id, str(item.date), tuple(item.actors), item.type, item.text, item.value, item.unit)
        source = (_keys(item.source), item.trust, document.where(("events", k)))
        yield Event(*told, *source, item.conceded, item.touched_design)
