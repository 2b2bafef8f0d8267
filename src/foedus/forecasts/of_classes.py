"""What is counted on record and has no quantity in the model: treaties without the hub, and agreements without a duty of defence.

A reference class answers: how often such a thing happened a year in the latest era that was over on the day of the forecast. It
knows nothing of the states that are asked about, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from foedus.casebook.case import InstitutionRecord
from foedus.forecasts.known_pacts import ATLANTIC, had_agreed
from foedus.forecasts.of_members import BODY, JOINS, LEAVES, from_now, placed
from foedus.forecasts.of_several import several
from foedus.forecasts.query import FORMS, LONGEST_WINDOW, NotUnderstood, Query, Quota
from foedus.forecasts.sentence import Sentence
from foedus.forecasts.who import Group
from foedus.vocabulary.prose import country

NEW_BODY: Final = "treaty signed, multilateral"
PAIR: Final = "treaty signed, two states"
"""Class of a treaty of defence between two states."""
TRIAD: Final = "treaty signed, three states"
"""Class of a treaty of defence that three states found together."""
BY_ONE: Final = "treaty signed, by a state"
"""Class of a treaty of defence of one state with anybody."""
CONSULT: Final = "consultation signed, two states"
"""Class of a duty to consult between two states."""
ANY_DUTY: Final = "security treaty signed, two states"
"""Class of a treaty of two with any duty."""
AGREEMENT: Final = "agreement ends"
"""Class of a treaty of two without a duty of defence that ends."""

ENDS: Final = "treaty ends, bilateral"
"""Class of a treaty of defence between two that ends."""
SIZES: Final = "accessions and exits"
"""Class of how many members the Atlantic alliance has, over more years than the model claims to know."""
COOPERATION: Final = "defence cooperation signed, two states"
"""Class of an agreement on defence that is no alliance: on cooperation, access, logistics or secrets."""
OF_PAIRS: Final = "defence cooperation"
"""Head of its classes by what two states have already."""

_NOUNS: Final = ("country", "member")


def signs_elsewhere(said: Sentence) -> Query:
    """Return what a question asks about a treaty that is no treaty of the hub among the states of the case.

    Raises
    ------
    NotUnderstood
        More than two would sign, it does not say who, or it asks how many or which.
    """
    groups, treaties = said.groups()
    if any(w.text.lower().startswith("peace") for w in said.words if w.kind == "agreement"):
        raise NotUnderstood("a treaty of peace holds no duty of help, and no data set read here counts them")
    if treaties is not None and treaties.quantor != "any":
        duty = _duty(said)
        return several(said, groups, treaties, lambda a, b: _of_pair(said, a, b) if duty == COOPERATION else duty)
    named = [g for g in groups if g.states]
    others = [g for g in groups if not g.states]
    if any(g.noun not in _NOUNS or g.quantor not in ("any", "") for g in others):
        raise NotUnderstood("it does not list the states it counts")
    everybody = tuple(dict.fromkeys(s for g in named if _all(g) for s in g.states))
    some: tuple[Quota, ...] = tuple(
        (0 if g.quantor in FORMS else g.bounds(len(g.states))[0] or 0, tuple(g.states))
        for g in named
        if not _all(g) and g.quantor != "none"
    )
    if said.form() in ("how many", "which"):
        if not one_by_one(everybody, some, ()):
            raise NotUnderstood("it asks how many or which sign, and does not list them beside the one with whom")
        duty = _duty(said)
        made = replace(said.blank, kind="treaty signed", form=said.form(), all_of=everybody, at_least=some)
        query = replace(made, counted=duty, notes=_said(duty))
        return replace(query, counted=_of_kind(said, query)) if duty == COOPERATION else query
    if of_three(said) and len(everybody) + sum(n for n, _ in some) < 3:
        raise NotUnderstood("it asks for a treaty of three or more and says of fewer that they sign it: name a third")
    query = counted_signing(replace(said.blank, form=said.form()), everybody, some, _duty(said), alone=not some)
    return replace(query, counted=_of_kind(said, query)) if query.counted == COOPERATION else query


def _of_kind(said: Sentence, query: Query) -> str:
    """Return the class of agreements by what two states have already; that of all pairs where it is not known or they differ."""
    one, *rest = query.all_of
    kinds = {_kind_of_pair(said, one, other) for other in (*rest, *(s for _, names in query.at_least for s in names))}
    kind = kinds.pop() if len(kinds) == 1 else None
    return COOPERATION if kind is None else f"{OF_PAIRS}, {kind}"


def _of_pair(said: Sentence, one: str, other: str) -> str:
    """Return the class of agreements on defence of one pair; that of all pairs where it is not known what the two have."""
    kind = _kind_of_pair(said, one, other)
    return COOPERATION if kind is None else f"{OF_PAIRS}, {kind}"


def _kind_of_pair(said: Sentence, one: str, other: str) -> str | None:
    before = had_agreed(one, other)
    if before is None:
        return None
    both = [r for r in said.records.values() if {one, other} <= set(r.members_on(said.asked))]
    allied = any(r.obligations.get("defence", 0.0) > 0.0 for r in both)
    later = any(len(r.members) == 2 and r.kind == "none" and any(p.search(r.name) for p in _ON_DEFENCE) for r in both)
    return f"{'allies' if allied else 'no allies'}, {'again' if before or later else 'first'}"


def of_three(said: Sentence) -> bool:
    """Return whether a treaty is called one of three or more."""
    words = " ".join(w.text.lower() for w in said.words if w.kind in ("treaty", "multilateral", "bilateral"))
    return bool(re.search(r"\b(?:multi|tri|quadri)lateral|three-way|four-way|region-wide", words))


def one_by_one(everybody: Sequence[str], some: Sequence[Quota], most: Sequence[Quota]) -> bool:
    """Return whether each of one list is to sign a treaty of two with one and the same state."""
    return len(everybody) == 1 and [n for n, _ in some] == [0] and not most


def _all(group: Group) -> bool:
    return group.quantor in ("", "all") and not group.either


def _duty(said: Sentence) -> str:
    """Return the class of the duty that a treaty is said to hold."""
    words = " ".join(w.text.lower() for w in said.words if w.kind in ("treaty", "partner", "pact", "ally", "agreement"))
    if said.has("agreement") and not re.search(r"alliance|mutual (?:assist|aid)", words):
        return (
            ANY_DUTY
            if re.search(r"friend|amity|neighb|aggress|neutral|partnership (?:treat|pact)|treat.* partner", words)
            else COOPERATION
        )
    if said.has("consult"):
        return CONSULT
    return (
        PAIR if re.search(r"defen[cs]|militar|mutual|collective|alliance|allies|ally|assistance", words) else ANY_DUTY
    )


def counted_signing(
    blank: Query, everybody: Sequence[str], some: Sequence[Quota], duty: str = PAIR, alone: bool = True
) -> Query:
    """Return a query about a new treaty that a reference class answers.

    Parameters
    ----------
    blank : Query
        Case, window and form.
    everybody : sequence of str
        States that all sign.
    some : sequence of (int, tuple of str)
        Of whom so many sign.
    duty : str
        Class of what two states promise.
    alone : bool
        Whether one state alone stands for a treaty of it with anybody.

    Raises
    ------
    NotUnderstood
        The record has no class for it.
    """
    made = replace(blank, kind="treaty signed", all_of=tuple(everybody), at_least=tuple(some))
    if len(everybody) == 2 and not some:
        return replace(made, counted=duty, notes=_said(duty))
    notes: tuple[str, ...]
    several = len(everybody) + sum(n for n, _ in some)
    if several > 2 and len(some) < 2 and duty == PAIR:
        notes = ("counted as a treaty of three of them",) if several > 3 else ()
        notes += ("each list of three is taken to found its own",) if some else ()
        return replace(made, counted=TRIAD, multilateral=True, notes=notes)
    if len(everybody) == 1 and not some and alone:
        if duty != PAIR:
            raise NotUnderstood("it does not say with whom, and of one state only treaties of defence are counted")
        return replace(made, counted=BY_ONE)
    if several == 2 and len(some) == 1:
        return replace(made, counted=duty, notes=_said(duty))
    raise NotUnderstood("only treaties of two are counted where the hub is no party, and it asks for another")


def _said(duty: str) -> tuple[str, ...]:
    """Return what is counted as one of a class of duties, as notes."""
    return {
        ANY_DUTY: ("a treaty of two with any duty counts",),
        COOPERATION: ("counted with agreements on defence cooperation of all kinds",),
    }.get(duty, ())


_ON_DEFENCE: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        "visiting forces|VFA",
        "status of forces|SOFA",
        "reciprocal access|RAA",
        "defen[cs]e co-?operation",
        "(?<!mutual )security (?:pact|agreement|deal|accord)",
        "information|intelligence|GSOMIA",
    )
)
"""Sorts of agreements on defence cooperation, by words that stand in their names and in questions."""
_SORTS: Final = (
    *_ON_DEFENCE,
    *(re.compile(p, re.I) for p in ("friendship|amity", "strategic partnership", "free association", "peace")),
)
"""Sorts of agreements of two."""


def agreements(said: Sentence) -> list[InstitutionRecord]:
    """Return the agreements of two that a question means, which are recorded and are no institutions of the theory.

    They are named, or it says between whom and of which sort; where a case has no treaty of its two states, a treaty or an
    alliance between them is one that is known beside the case.
    """
    named = said.named()
    if not named:
        return _by_sort(said)
    light = [r for r in named if r.kind == "none" and len(said.members(r)) == 2 and not r.outside]
    return light if len(light) == len(named) else []


def _by_sort(said: Sentence) -> list[InstitutionRecord]:
    states = {w.value for w in said.words if w.kind == "state"}
    text = " ".join(w.text for w in said.words if w.kind in ("agreement", "treaty", "pact"))
    if not 1 <= len(states) <= 2 or not text:
        return []
    pacts = (
        said.pacts_of(states) if len(states) == 2 else [r for r in said.records.values() if _pair_with(said, r, states)]
    )
    sorts = [p for p in _SORTS if p.search(text)]
    years = {int(w.text) for w in said.words if w.kind == "dated"}
    fitting = [r for r in pacts if r.kind == "none" and r.in_force and any(p.search(r.name) for p in sorts)]
    if len(states) == 2 and not sorts and not any(r.kind in ("bilateral", "multilateral") for r in pacts):
        bound = [r for r in pacts if r.obligations.get("defence", 0.0) > 0.0]
        fitting = bound or pacts
    fitting = [r for r in fitting if not years or any(0 <= int((r.in_force or "0")[:4]) - y <= 2 for y in years)]
    if len(fitting) > 1 and len(states) == 1:  # where one side is named the other is the hub
        fitting = [r for r in fitting if said.case.hub in said.members(r)]
    return fitting if len(fitting) == 1 else []


def _pair_with(said: Sentence, record: InstitutionRecord, states: set[str]) -> bool:
    return len(said.members(record)) == 2 and not record.outside and states <= set(said.members(record))


def agreement_ends(said: Sentence, by: Sequence[str]) -> Query:
    """Return what a question asks about the end of agreements of two; notice counts as the end.

    Parameters
    ----------
    said : Sentence
    by : sequence of str
        Who has to end it; nobody for either side.

    Raises
    ------
    NotUnderstood
        Who ends it is no party, or several are named.
    """
    (record, *more) = agreements(said)
    if more:
        raise NotUnderstood("it names several agreements")
    strangers = [s for s in by if s not in said.members(record)]
    if strangers:
        raise NotUnderstood(f"{', '.join(strangers)} is no party to it")
    notes = ("notice counts as the end",) if said.has("gives notice") else ()
    counted = ENDS if record.obligations.get("defence", 0.0) > 0.0 else AGREEMENT
    blank = replace(said.blank, kind="treaty ends", treaties=(record.id,), by=tuple(by), counted=counted, notes=notes)
    return placed(blank, [Group(states=[record.id])], said.form())


_GOES_ON: Final = re.compile(
    r"\b(?:still|remain|stay|continue|ke[ep]|retain|maintain|preserve|uphold|surviv|last)", re.I
)
"""What is said of an agreement only where there is one already."""


def supposed(said: Sentence, by: Sequence[str] = ()) -> Query | None:
    """Return what a question asks about the end of an agreement of two that nobody knows here but the question; None if it asks of none.

    That there is one is taken from the question. Only agreements and treaties without a duty of defence are meant: those
    with one are listed.
    """
    states = tuple(dict.fromkeys(w.value for w in said.words if w.kind == "state"))
    if len(states) != 2 or not said.has("agreement") or said.named() or said.form() != "whether":
        return None
    if said.has("count", "any", "all", "or", "treaty", "none"):
        return None
    if said.has("hold") and not any(w.kind == "hold" and _GOES_ON.search(w.text) for w in said.words):
        return None  # "is in force" may mean that it comes into force
    notes = ("that there is such an agreement is taken from the question",)
    return replace(said.blank, kind="treaty ends", all_of=states, by=tuple(by), counted=AGREEMENT, notes=notes)


def agreement_holds(said: Sentence) -> Query:
    """Return what a question asks about an agreement that stays in force; errors as :func:`agreement_ends`."""
    notes = ("renewal is known only as keeping it in force",) if said.has("renew") else ()
    return from_now(said, replace(agreement_ends(said, ()), kind="treaty holds", notes=notes))


def over_many_years(query: Query, said: Sentence) -> Query:
    """Return a query over more years than the model claims to know, answered by a reference class.

    Raises
    ------
    NotUnderstood
        There is no class for it.
    """
    if query.counted:
        return query
    if query.kind == "members" and query.treaties == (ATLANTIC,) and query.form in ("whether", "how many"):
        outside = said.outside(said.records[ATLANTIC])
        note = f"over more than {LONGEST_WINDOW:g} years the {len(outside)} states of {said.case.name} outside join as often as on record"
        return replace(query, counted=SIZES, all_of=outside, notes=(*query.notes, note))
    kinds = {said.records[t].kind for t in query.treaties}
    class_ = None
    if query.kind in ("treaty ends", "treaty holds") and len(query.treaties) == 1:
        class_ = {"bilateral": ENDS, "multilateral": BODY}.get(*kinds)
    elif query.kind in ("leaves", "stays") and kinds == {"multilateral"}:
        class_ = LEAVES
    elif query.kind == "joins" and query.treaties == (ATLANTIC,):
        class_ = JOINS
    elif query.kind == "treaty signed" and len(query.all_of) == 2 and not (query.at_least or query.multilateral):
        class_ = PAIR
    elif query.kind == "treaty signed" and query.multilateral and query.all_of == (said.case.hub,):
        note = f"over more than {LONGEST_WINDOW:g} years pacts of three or more with {country(said.case.hub)} are counted, wherever they are, which is more than is asked"
        return replace(query, counted=NEW_BODY, at_least=(), notes=(*query.notes, note))
    if class_ is None or query.form != "whether":
        raise NotUnderstood(f"its window of {query.years:.0f} years is longer than {LONGEST_WINDOW:g}")
    note = f"over more than {LONGEST_WINDOW:g} years only the count on record is asked"
    return replace(query, counted=class_, notes=(*query.notes, note))
