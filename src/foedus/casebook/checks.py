"""Checks across the files of a case: who exists, what contradicts what, what is missing."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable
from typing import Any

from foedus.casebook.case import FIRST_YEAR, LATEST, Case, Fact, InstitutionRecord, first_day
from foedus.casebook.quantities import AGAINST_ADVERSARY
from foedus.vocabulary.errors import Problem, nearest
from foedus.vocabulary.states import known_ids


def check_case(case: Case, documents: Any, forms: Any) -> None:
    """Add every contradiction and gap of a case to the problems of its documents."""
    _check_head(case, documents.case)
    _check_presence(case, documents.states, forms["states"])
    _check_pairs(case, documents.relations)
    _check_duplicates(case, documents)
    _check_institutions(case, documents.institutions, forms["institutions"])
    _check_sources(case, documents)


def check_events(document: Any, listed: Iterable[Any]) -> None:
    """Add events that are there twice, and actors that are no states: claims about the record count both."""
    seen: dict[str, int] = {}
    for k, item in enumerate(listed):
        first = seen.setdefault(item.id, k)
        if first < k:
            what = f"the id '{item.id}' was given before, at {document.where(('events', first))}"
            document.problem(("events", k, "id"), what, "Keep the event once, or give each its own id")
        for n, actor in enumerate(item.actors):
            if actor in item.actors[:n]:
                document.problem(("events", k, "actors", n), f"'{actor}' is listed twice", "Keep it once")
            if actor not in known_ids():
                what = f"'{actor}' is not a known state"
                document.problem(("events", k, "actors", n), what, nearest(actor, known_ids()))


def _say(document: Any, where: str, what: str, remedy: str = "") -> None:
    document.problems.append(Problem(where, what, remedy))


def _check_head(case: Case, document: Any) -> None:
    if case.as_of != datetime.date.max and not FIRST_YEAR <= case.as_of.year <= LATEST:
        what = f"{case.as_of.year} is not a year of the interstate system, {FIRST_YEAR} to {LATEST}"
        document.problem(("as_of",), what, "Mend the year")
    if case.map_view is not None:
        for k, (part, most) in enumerate((("longitude", 180.0), ("latitude", 90.0))):
            value = case.map_view.centre[k]
            if not -most <= value <= most:
                how = "Say centre: [longitude, latitude] in degrees"
                document.problem(("map", "centre", k), f"{value:g} is no {part}, -{most:g} to {most:g}", how)
    if len(case.states) < 2:
        document.problem(("states",), "an architecture needs at least two states", "Add states that could be allies")
    if not case.adversaries:
        document.problem(("adversaries",), "there is nobody to ally against", "Name at least one adversary")
    for group, members in (("states", case.states), ("adversaries", case.adversaries)):
        for k, s in enumerate(members):
            if s not in known_ids():
                document.problem((group, k), f"'{s}' is not a known state", nearest(s, known_ids()))
            if members.index(s) < k:
                document.problem((group, k), f"'{s}' is listed twice", "Keep it once")
    for s in set(case.states) & set(case.adversaries):
        document.problem(("adversaries",), f"'{s}' is a state and an adversary", "Keep it on one side")
    if case.hub not in case.states:
        document.problem(("hub",), f"the hub '{case.hub}' is not among the states", nearest(case.hub, case.states))
    for s in case.quarrel:
        if s not in case.states:
            document.problem(("quarrel",), f"'{s}' is not among the states", nearest(s, case.states))
    if case.quarrel and len(set(case.quarrel)) < 2:
        document.problem(("quarrel",), "a quarrel needs two different states", "Say quarrel: [A, B]")
    for k, w in enumerate(case.watch):
        for s in w.members:
            if s not in case.states:
                document.problem(("watch", k, "members"), f"'{s}' is not among the states", nearest(s, case.states))
        if case.hub not in w.members or len(set(w.members)) < 3:
            document.problem(
                ("watch", k, "members"), "a body needs the hub and at least two other states", "Add members"
            )
        if w.name in [other.name for other in case.watch[:k]]:
            document.problem(("watch", k, "name"), f"there are two bodies named '{w.name}'", "Rename one of them")


def _check_presence(case: Case, document: Any, form: Any) -> None:
    for group, wanted in (("states", case.states), ("adversaries", case.adversaries)):
        present = getattr(form, group)
        for s in wanted:
            if s not in present:
                what = f"'{s}' is in case.yaml but has no facts here"
                document.problem((group,), what, f"Add a section {group}: {s}:")
        for s in present:
            if s not in wanted:
                document.problem((group, s), f"'{s}' has facts but is not in case.yaml", nearest(s, wanted))
    for s in set(case.states) & set(form.states):
        for a in case.adversaries:
            if a not in form.states[s].trade:
                how = "Give it, 0 with a source if there is none"
                document.problem(("states", s, "trade"), f"the trade with '{a}' is missing", how)


def _check_pairs(case: Case, document: Any) -> None:
    known = (*case.states, *case.adversaries)
    for f in case.facts:
        if f.quantity not in ("distance", "rivalry", "grievance"):
            continue
        for s in (f.subject, str(f.against)):
            if s not in known:
                _say(document, f.where, f"'{s}' is not a state of this case", nearest(s, known))
        if f.subject == f.against:
            _say(document, f.where, f"'{f.subject}' stands on both sides", "Name two different states")
        if f.quantity == "rivalry" and f.against in case.states:
            _say(document, f.where, f"'{f.against}' is not an adversary", "Quarrels among the states are grievances")
        if f.quantity == "grievance" and (f.subject in case.adversaries or f.against in case.adversaries):
            how = "Give hostility to an adversary as a rivalry"
            _say(document, f.where, "a grievance is between states of the case", how)
    given = {frozenset((f.subject, str(f.against))) for f in case.facts if f.quantity == "distance"}
    pairs = [*itertools.combinations(case.states, 2), *itertools.product(case.states, case.adversaries)]
    for one, other in pairs:
        if frozenset((one, other)) not in given:
            document.problem(
                ("distances",), f"the distance between {one} and {other} is missing", "Add it to the pairs"
            )


def _check_duplicates(case: Case, documents: Any) -> None:
    first: dict[tuple[str, frozenset[str | None], str | None], Fact] = {}
    for f in case.facts:
        symmetric = f.quantity == "distance"
        key = (f.quantity, frozenset((f.subject, f.against)), None if symmetric else f.subject)
        earlier = first.setdefault(key, f)
        if earlier is not f:
            document = documents.states if f.quantity in AGAINST_ADVERSARY else documents.relations
            about = " and ".join(filter(None, (f.subject, f.against)))
            what = (
                f"the {f.quantity} of {about} is given twice"
                if earlier.value == f.value
                else f"the {f.quantity} of {about} is {f.value:g} here and {earlier.value:g} in {earlier.where}"
            )
            _say(document, f.where, what, "Keep one of the two")


def _check_institutions(case: Case, document: Any, form: Any) -> None:
    seen: dict[str, str] = {}
    for k, r in enumerate(case.institutions):
        path = ("institutions", k)
        if r.id in seen:
            document.problem((*path, "id"), f"the id '{r.id}' was given before, at {seen[r.id]}", "Give each its own")
        seen[r.id] = r.where
        members = [m.state for m in r.members]
        for n, s in enumerate(members):
            if s not in case.states and s not in case.adversaries:
                how = "Name members from elsewhere under outside:"
                document.problem((*path, "members", n), f"'{s}' is not a state of this case", how)
            if s in members[:n]:
                document.problem((*path, "members", n), f"'{s}' is listed twice", "Keep it once")
        for s in r.outside:
            if s not in known_ids():
                document.problem((*path, "outside"), f"'{s}' is not a known state", nearest(s, known_ids()))
        if len(members) + len(r.outside) < 2:
            document.problem((*path, "members"), "an institution needs two members", "Add members, or drop it")
        _check_form(r, document, path, members)
        _check_dates(case, r, document, path, form.institutions[k].later)
    _check_contradictions(case, document)


def _check_form(r: InstitutionRecord, document: Any, path: tuple[str | int, ...], members: list[str]) -> None:
    if r.kind in ("bilateral", "de facto") and len(members) + len(r.outside) != 2:
        what = f"a {r.kind} institution has two members, not {len(members) + len(r.outside)}"
        document.problem((*path, "kind"), what, "Mend the members, or say another kind")
    if r.kind == "multilateral" and len(members) + len(r.outside) < 3:
        document.problem((*path, "kind"), "a multilateral treaty has at least three members", "Say kind: bilateral")
    if r.kind == "forum" and r.rule == "hub":
        document.problem((*path, "rule"), "a forum decides by consensus", "Say rule: consensus")
    if r.kind in ("bilateral", "de facto") and r.rule == "consensus":
        document.problem((*path, "rule"), f"a {r.kind} institution is led by the hub", "Say rule: hub")
    if r.kind == "forum" and r.obligations.get("defence", 0) >= 1:
        what = "an institution with a defence obligation is not a forum"
        document.problem((*path, "obligations"), what, "Say another kind, or defence: 0")
    for name, value in r.obligations.items():
        if value not in (0, 0.5, 1):
            document.problem((*path, "obligations", name), f"{value:g} is not a code", "Use 0, 0.5 or 1")


def _check_dates(
    case: Case, r: InstitutionRecord, document: Any, path: tuple[str | int, ...], later: str | None
) -> None:
    def day(value: str | None) -> Any:
        try:
            return None if value is None else first_day(value)
        except ValueError:
            return None  # said already

    signed, start, end = day(r.signed), day(r.in_force), day(r.ended)
    if signed is None and start is None:
        document.problem(path, "neither signed nor in_force is given", "Give at least one date")
    if signed and start and start < signed and len(str(r.signed)) == len(str(r.in_force)):
        what = f"in force ({r.in_force}) before it was signed ({r.signed})"
        document.problem((*path, "in_force"), what, "Mend one of the dates")
    if end and (start or signed) and end < (start or signed):
        what = f"ended ({r.ended}) before it began ({r.in_force or r.signed})"
        document.problem((*path, "ended"), what, "Mend one of the dates")
    begun = start or signed
    if begun and begun > case.as_of and not later:
        how = "Leave it out, or say later: with a reason"
        document.problem((*path, "signed"), f"it begins after the date of the case, {case.as_of}", how)
    for n, m in enumerate(r.members):
        joined, left = day(m.joined), day(m.left)
        if joined and left and left < joined:
            document.problem((*path, "members", n, "left"), f"'{m.state}' left before it joined", "Mend the dates")
        if joined and end and joined > end:
            what = f"'{m.state}' joined after the end ({r.ended})"
            document.problem((*path, "members", n, "joined"), what, "Mend the dates")


def _check_contradictions(case: Case, document: Any) -> None:
    """Two treaties of the same kind in force for the same dyad cannot both be the treaty."""
    held: dict[frozenset[str], InstitutionRecord] = {}
    try:
        in_force = case.in_force()
    except ValueError:
        return  # dates that cannot be read are said already
    for r in in_force:
        if r.kind not in ("bilateral", "de facto"):
            continue
        pair = frozenset(r.members_on(case.as_of))
        if len(pair) == 2 and pair in held:
            what = f"'{r.id}' and '{held[pair].id}' are both in force between {' and '.join(sorted(pair))}"
            _say(document, r.where, what, "End one of them, or record it as kind: none with a note")
        held.setdefault(pair, r)


def _check_sources(case: Case, documents: Any) -> None:
    used: set[str] = set()

    def check(keys: Iterable[str], document: Any, where: str) -> None:
        for key in keys:
            used.add(key)
            if key not in case.sources:
                _say(document, where, f"there is no source '{key}' in sources.yaml", nearest(key, case.sources))

    for f in case.facts:
        document = documents.relations if f.where.startswith("relations") else documents.states
        check(f.source, document, f.where)
    told = [(r, documents.institutions) for r in case.institutions] + [(e, documents.events) for e in case.events]
    for one, document in told:
        if not one.source:
            _say(document, one.where, "it names no source", "Give the key of one in sources.yaml")
        check(one.source, document, one.where)
