"""Stock: to whom the hub is bound by a treaty of defence on a day, those who are today and those who come to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from foedus.casebook.case import Case
from foedus.forecasts.of_members import placed
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.sentence import Sentence
from foedus.forecasts.who import Group, groups_of

_LASTS: Final = re.compile(r"\b(?:still|remain|stay|continu|surviv|last|keep|kept|retain|renew|endure|persist)", re.I)
_NOUNS: Final = ("partner", "country")
_NEW: Final = re.compile(r"(?:new|additional|further|more|other|another|extra)\b", re.I)


def spokes(case: Case) -> dict[str, str]:
    """Return the treaty of defence of each ally of the hub, by state.

    Parameters
    ----------
    case : Case

    Raises
    ------
    NotUnderstood
        One of its treaties binds three or more, so that treaties and allies are not the same number.
    """
    bonds = [
        r for r in case.in_force() if r.kind in ("bilateral", "multilateral") and case.hub in r.members_on(case.as_of)
    ]
    bonds = [r for r in bonds if r.obligations.get("defence", 0.0) > 0.0]
    if any(len(r.members) + len(r.outside) != 2 for r in bonds):
        raise NotUnderstood(
            f"in {case.name} a treaty binds three or more, so who is an ally is asked as who is a member"
        )
    if not bonds:
        raise NotUnderstood(f"{case.name} has no treaty of the hub with one ally")
    return {m.state: r.id for r in bonds for m in r.members if m.state != case.hub}


def counts_treaties(said: Sentence) -> bool:
    """Return whether a number of treaties in force, or of allies, is asked for, and not which of those of today are kept."""
    if any(_NEW.match(w.text) and w.kind in (*_NOUNS, "treaty", "filler") for w in said.words):
        return False  # those of today are not among the new ones
    if said.has("bound"):
        return True
    if not (said.has("region") and said.has("treaty", "partner") and said.has("how many", "count")):
        return False
    of_those = any(w.kind == "how many" and re.search(r"\bof$", w.text) for w in said.words)
    held = [w.text for w in said.words if w.kind in ("hold", "renew")]
    return not (of_those or any(map(_LASTS.search, held)) or said.has("sign", "end", "ally", "join", "gain", "lose"))


def allied(said: Sentence) -> Query:
    """Return what a question asks about those who are bound to the hub on the last day of its window.

    Raises
    ------
    NotUnderstood
        It is of another state's treaties, or does not say who or how many; or a state is not recognised by all.
    """
    case, hub = said.case, said.case.hub
    named = tuple(dict.fromkeys(w.value for w in said.words if w.kind == "state"))
    if hub not in named or said.named():
        raise NotUnderstood(f"it asks who has a treaty with another than {hub}, and only its treaties are in the model")
    if said.has("multilateral", "body", "agreement", "consult", "level", "ever"):
        raise NotUnderstood("of who is bound is understood only by a treaty of defence with the hub, on one day")
    held = spokes(case)
    shut = [s for s in case.states if case.fact("recognised", s).value < 1]
    others = [w for w in said.words if w.value != hub]
    groups, treaties = groups_of(others, said.allies, hub)
    lists = [replace(g, states=[s for s in g.states if s != hub]) for g in groups]
    lists = [g for g in lists if g.states]
    if any(set(g.states) & set(shut) for g in lists):
        raise NotUnderstood(f"{', '.join(shut)}: recognition is given to the model, and treaties need it")
    pool = [s for s in case.states if s != hub and s not in shut]
    notes = ["on the last day; a treaty of today that is kept and one that is newly signed count alike"]
    if not lists:
        lists = [replace(_counted(groups, treaties), states=pool)]
        notes.append(f"{len(pool)} states of the case, of which {len(held)} are bound today")
        notes += [f"{', '.join(shut)} is not recognised, and can have none"] if shut else []
    elif treaties is not None or any(g.quantor and not g.states for g in groups):
        raise NotUnderstood("it names states and a number beside them, which can be read in two ways")
    made = replace(said.blank, kind="allied", by=(hub,), start=said.asked, notes=tuple(notes))
    query = placed(made, lists, said.form())
    return replace(query, treaties=tuple(held[s] for s in query.named if s in held))


def _counted(groups: Sequence[Group], treaties: Group | None) -> Group:
    """Return how many of all are asked for, of the treaties or of the one noun that has a number."""
    nouns = [g for g in groups if g.quantor and g.noun in _NOUNS]
    found = [*([treaties] if treaties is not None else []), *nouns]
    if len(found) != 1 or found[0].quantor not in ("count", "how many", "none"):
        raise NotUnderstood("it does not say how many treaties or allies")
    if found[0].quantor == "count" and (found[0].low or 0) == (found[0].high or 0) == 0:
        raise NotUnderstood("it does not say how many treaties or allies")
    return found[0]


def of_the_hub(made: Query, case: Case) -> Query:
    """Return a query said outright about treaties of the hub with those it names.

    Parameters
    ----------
    made : Query
        Of the kind ``allied``.
    case : Case

    Raises
    ------
    NotUnderstood
        It names nobody, the hub itself, or somebody who cannot sign.
    """
    names = [s for s in made.named if s != case.hub]
    if not names or any(case.hub in names for names in (made.all_of, *(some for _, some in made.at_least))):
        raise NotUnderstood(f"'{made.kind}' needs states other than the hub, whose treaties it is about")
    shut = [s for s in names if case.fact("recognised", s).value < 1]
    if shut:
        raise NotUnderstood(f"{', '.join(shut)}: recognition is given to the model, and treaties need it")
    held = spokes(case)
    bonds = tuple(held[s] for s in names if s in held)
    return replace(made, by=(case.hub,), treaties=bonds, start=made.asked or made.start)
