"""Questions of treaties: which one ends or holds, and between whom a new one is signed; and meetings of forums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from foedus.casebook.case import InstitutionRecord
from foedus.forecasts.known_pacts import ATLANTIC
from foedus.forecasts.of_classes import (
    PAIR,
    agreement_ends,
    agreement_holds,
    agreements,
    counted_signing,
    of_three,
    one_by_one,
    signs_elsewhere,
    supposed,
)
from foedus.forecasts.of_members import from_now, placed
from foedus.forecasts.of_several import several
from foedus.forecasts.query import NotUnderstood, Query, Quota
from foedus.forecasts.sentence import Sentence
from foedus.forecasts.who import VERBS, Group
from foedus.forecasts.words import Word


def ends(said: Sentence) -> Query:
    """Return what a question about the end of treaties asks.

    Raises
    ------
    NotUnderstood
        It does not say which treaties.
    """
    by = _by(said)
    if agreements(said):
        return agreement_ends(said, by)
    if (found := supposed(said, by)) is not None:
        return found
    treaties, quantor = _meant(said)
    outsiders = [s for s in by if not any(s in said.members(said.records[t]) for t in treaties)]
    if outsiders:
        raise NotUnderstood(f"{', '.join(outsiders)} is no party to it")
    notes = ("notice of withdrawal counts as the end",) if said.has("gives notice") else ()
    blank = replace(said.blank, kind="treaty ends", treaties=treaties, by=by, notes=notes)
    return placed(blank, [replace(quantor, states=list(treaties))], said.form())


def holds(said: Sentence) -> Query:
    """Return what a question asks about treaties that stay in force; a renewed one is one that is kept.

    Raises
    ------
    NotUnderstood
        It does not say which treaties.
    """
    if agreements(said):
        return agreement_holds(said)
    if (found := supposed(said)) is not None:
        return from_now(said, replace(found, kind="treaty holds"))
    treaties, quantor = _meant(said)
    notes = ("renewal is known to the model only as keeping it in force",) if said.has("renew") else ()
    blank = replace(said.blank, kind="treaty holds", treaties=treaties, notes=notes)
    if quantor.quantor == "any":
        raise NotUnderstood("it does not say how many of the treaties stay in force")
    return from_now(said, placed(blank, [replace(quantor, states=list(treaties))], said.form()))


def _verb_at(said: Sentence) -> int:
    return next((k for k, w in enumerate(said.words) if w.kind in VERBS), len(said.words))


def _by(said: Sentence) -> tuple[str, ...]:
    """Return the states that act: those before the verb, unless a treaty stands there; nobody where both sides do."""
    if said.has("hold"):
        return ()
    verb = _verb_at(said)
    if agents := _agents(said.words[verb + 1 :]):
        return agents
    if any(w.kind in ("treaty", "pact") for w in said.words[:verb]):
        return ()
    if verb < len(said.words) and re.search(r"\b(?:be|being)\b", said.words[verb].text.lower()):
        return ()  # "cease to be allies": whoever ends it
    subjects = [g for g in said.groups()[0] if not g.after]
    states = tuple(dict.fromkeys(s for g in subjects for s in g.states))
    both = len(subjects) == 1 and not subjects[0].quantor and len(states) > 1
    return () if both else states


def _agents(words: Sequence[Word]) -> tuple[str, ...]:
    """Return who stands behind "by": one, or any of several; nobody where they act together."""
    at = next((k for k, w in enumerate(words) if w.text.lower() == "by"), len(words))
    found: list[Word] = []
    for word in words[at + 1 :]:
        if word.kind not in ("state", "or", "and", "filler", "any"):
            break
        found.append(word)
    states = tuple(dict.fromkeys(w.value for w in found if w.kind == "state"))
    return () if len(states) > 1 and any(w.kind == "and" for w in found) else states


def _meant(said: Sentence) -> tuple[tuple[str, ...], Group]:
    """Return the treaties of two that a question speaks of, and how many of them."""
    named = said.named()
    saying = [w.kind for w in said.words if w.kind != "filler"]
    if any(saying[k : k + 3] == ["institution", "and", "state"] for k in range(len(saying))):
        raise NotUnderstood("it names a state beside a treaty, as if it ended too")
    if any(r.kind != "bilateral" for r in named):
        raise NotUnderstood("it names a body or forum beside a treaty")
    groups, quantor = said.groups()
    if named and said.has("dated"):
        raise NotUnderstood("it gives a treaty both a name and a year")
    if named:
        listed = Group(states=[r.id for r in named], either=said.has("or") and len(named) > 1)
        return tuple(r.id for r in named), quantor or listed
    if not said.has("treaty", "pact"):
        raise NotUnderstood("it does not say which treaty ends")
    held = [r for r in said.records.values() if r.kind == "bilateral"]
    treaties, quantor = _between(said, groups, quantor, held)
    years = {w.text for w in said.words if w.kind == "dated"}
    if years and any((said.records[t].signed or "")[:4] not in years for t in treaties):
        raise NotUnderstood(f"the treaty in force is not of {' or '.join(sorted(years))}")
    return treaties, quantor


def _between(
    said: Sentence, groups: Sequence[Group], quantor: Group | None, held: Sequence[InstitutionRecord]
) -> tuple[tuple[str, ...], Group]:
    """Return the treaties in force between the states that are named, and how many of them are asked for."""
    hub = said.case.hub
    lists = [g for g in groups if g.quantor or g.either]
    states = tuple(dict.fromkeys(s for g in groups for s in g.states))
    if not states:
        raise NotUnderstood("it does not say whose treaty")
    others = [s for s in states if s != hub]
    _check_apart(said, groups)
    if not others:
        if not (said.has("region") and (quantor or said.form() != "whether")):
            raise NotUnderstood(f"the treaties of {hub} in other parts of the world are not in the model")
        return tuple(r.id for r in held if hub in said.members(r)), quantor or Group("all")
    per = {
        s: [r.id for r in held if s in said.members(r) and (hub in said.members(r) or hub not in states)]
        for s in others
    }
    without = [s for s in others if len(per[s]) != 1]
    pair = [r.id for r in held if set(states) <= set(said.members(r))]
    if len(states) == 2 and len(pair) == 1:
        return (pair[0],), Group()
    of_the_hub = hub in states or any(g.noun == "partner" for g in groups)
    if without or (not of_the_hub and len(others) > 1):
        raise NotUnderstood(f"it does not mean one treaty in force in {said.case.name}")
    treaties = tuple(dict.fromkeys(per[s][0] for s in others))
    several = [g for g in lists if set(g.states) & set(others)]
    plural = any(w.kind in ("treaty", "pact") and re.search(r"(?:ies|s)\b", w.text.lower()) for w in said.words)
    if len(treaties) > 1 and not several and not plural:
        raise NotUnderstood("it speaks of one treaty between several, and there is none")
    if len(several) > 1:
        raise NotUnderstood("it counts two lists of treaties")
    return treaties, quantor or (several[0] if several and len(treaties) > 1 else Group())


def _check_apart(said: Sentence, groups: Sequence[Group]) -> None:
    """Refuse two sides of which neither is the hub alone, as in "Japan and the US end their alliance with Korea"."""
    verb = _verb_at(said)
    if any(w.kind in ("treaty", "pact") for w in said.words[:verb]):
        return
    before, after = ({s for g in groups if g.after == side for s in g.states} for side in (False, True))
    if before and after and {said.case.hub} not in (before, after):
        raise NotUnderstood("it names states on both sides of a treaty that is none between them")


def signs(said: Sentence) -> Query:
    """Return what a question about a new treaty asks.

    Raises
    ------
    NotUnderstood
        It is no treaty of mutual defence, or it does not say between whom.
    """
    if said.elsewhere:
        return signs_elsewhere(said)
    if not (said.has("treaty", "body", "ally") or said.alliance):
        raise NotUnderstood("it does not say that what is signed is a treaty of mutual defence")
    hub, states = said.case.hub, said.case.states
    groups, treaties = said.groups(spread=True)
    if treaties is not None and treaties.quantor in ("count", "how many") and not said.has("region"):
        query = several(said, groups, treaties, lambda one, other: PAIR)
        note = "the model proposes one body at a time, so that treaties of two are counted on record"
        return replace(query, notes=(*query.notes, note))
    everybody, some, most = _parties(said)
    if said.form() in ("how many", "which") and not one_by_one(everybody, some, most):
        raise NotUnderstood("it asks how many or which sign, and does not list them beside the one with whom")
    adjectives = " ".join(w.text.lower() for w in said.words if w.kind in ("treaty", "multilateral", "bilateral"))
    placed_body = any(w.kind == "body" and not w.text.lower().startswith("nato") for w in said.words)
    multilateral = of_three(said) or "collective" in adjectives
    if said.form() in ("how many", "which") and multilateral:
        raise NotUnderstood(
            "it asks how many or which sign, and whoever signs a treaty of three or more signs it with others"
        )
    multilateral |= said.has("body") or len(everybody) + sum(n for n, _ in some) > 2
    if re.search(r"\bbilateral", adjectives) and multilateral:
        raise NotUnderstood("it calls a treaty of more than two bilateral")
    if not everybody and not some and multilateral:
        if not (said.has("region") or placed_body):
            raise NotUnderstood("it does not say among whom")
        everybody, some = (hub,), ((2, tuple(s for s in states if s != hub)),)
    if len(everybody) + len(some) < 2:
        raise NotUnderstood("it does not name both sides of the treaty")
    if hub not in everybody and not any(hub in names for _, names in some):
        raise NotUnderstood(f"treaties without {hub} are not in the model")
    shut = _unrecognised(said, everybody, some)
    if shut:
        if multilateral or most or said.form() != "whether":
            raise NotUnderstood(f"{shut}: recognition is given to the model, and treaties need it")
        query = counted_signing(said.blank, everybody, some)
        note = f"recognition of {shut} is given to the model, so the count on record answers"
        return replace(query, notes=(*query.notes, note))
    return replace(
        said.blank,
        kind="treaty signed",
        all_of=everybody,
        at_least=some,
        at_most=most,
        multilateral=multilateral,
        form=said.form(),
    )


def _parties(said: Sentence) -> tuple[tuple[str, ...], tuple[Quota, ...], tuple[Quota, ...]]:
    """Return who has to take part: everybody named, and of lists as many as are asked for."""
    groups, treaties = said.groups(spread=True)
    if treaties is not None and treaties.quantor not in ("any",):
        raise NotUnderstood("it counts treaties, and the model knows only whether one is signed")
    everybody: list[str] = []
    lists: list[Group] = []
    for group in groups:
        if group.noun in ("country", "member") and not group.states:
            if not (group.placed or said.has("region")) or group.quantor not in ("any", "count"):
                raise NotUnderstood("it does not list the states it counts")
            group.states = [s for s in said.case.states if s != said.case.hub]
        if group.quantor == "none":
            raise NotUnderstood("it does not say who signs")
        if group.noun == "partner" and not group.plural and not group.quantor and len(group.states) > 1:
            group.quantor = "any"
        if group.quantor in ("", "all") and not group.either:
            everybody += group.states
        else:
            lists.append(group)
    every = tuple(dict.fromkeys(everybody))
    least: list[Quota] = []
    most: list[Quota] = []
    for group in lists:
        names = tuple(dict.fromkeys(s for s in group.states if s not in every))
        low, high = (0, None) if group.quantor in ("how many", "which") else group.bounds(len(names))
        least += [(low, names)] if low is not None else []
        most += [(high, names)] if high is not None else []
    return every, tuple(least), tuple(most)


_BOUNDS: Final = re.compile(
    r"at least|at most|more|fewer|less|exactly|precisely|only|just|no |not |up to|over|under", re.I
)
"""Beginnings of a number that is more than the size of who meets."""
_MEETINGS: Final = {ATLANTIC: "NATO summit"}
"""Bodies whose meetings are counted, and the class."""


def _unrecognised(said: Sentence, everybody: Sequence[str], some: Sequence[Quota]) -> str:
    """Return the states without which nothing asked for can be signed and that not all recognise, as a list."""
    shut = [s for s in said.case.states if said.case.fact("recognised", s).value < 1]
    needed = set(shut) & set(everybody) or any(len(set(names) - set(shut)) < n for n, names in some)
    return ", ".join(shut) if needed else ""


def meets(said: Sentence) -> Query:
    """Return what a question about a meeting asks.

    Raises
    ------
    NotUnderstood
        "Meet" has an object, a body meets by its own rules, or fewer than three states are named.
    """
    if said.has("pledge"):
        raise NotUnderstood("'meet' has an object here: whether pledges are kept is no quantity of the model")
    if said.has("treaty", "body", "pact"):
        raise NotUnderstood("it asks two things at once")
    if any(w.kind == "count" and _BOUNDS.match(w.text) for w in said.words):
        raise NotUnderstood(
            "it counts meetings or years, and known is only whether a forum meets: ask in how many years it does"
        )
    of_years = any(w.kind == "how many" and "years" in w.text.lower() for w in said.words)
    if said.form() == "which" or (said.form() == "how many" and not of_years):
        raise NotUnderstood(
            "it asks how often or which meet, and known is only in which years: ask in how many years a forum meets"
        )
    named = said.named()
    if len(named) == 1 and named[0].id in _MEETINGS and not said.has("state", "count", "none"):
        if re.search(r"minister|official", " ".join(w.text.lower() for w in said.words if w.kind == "level")):
            raise NotUnderstood("only meetings of its heads of state and government are counted")
        blank = replace(said.blank, kind="forum meets", all_of=(named[0].id,), treaties=(named[0].id,))
        return replace(blank, form=said.form(), counted=_MEETINGS[named[0].id])
    if any(r.kind != "forum" for r in named):
        raise NotUnderstood(
            "a body with a council meets by its own rules, and its meetings are no quantity of the model"
        )
    groups, _ = said.groups(spread=True)
    if any(g.quantor not in ("", "all", "how many" if of_years else "") or g.either for g in groups):
        raise NotUnderstood("it counts those who meet, and a forum meets as a whole")
    everybody = tuple(dict.fromkeys(s for g in groups for s in g.states))
    if len(everybody) < 3:
        raise NotUnderstood("a forum has three members or more, and it does not name them")
    beside = {w.value for w in said.words if w.kind == "state"}
    if named and (len(named) > 1 or (beside and beside != set(said.members(named[0])))):
        raise NotUnderstood("it names a forum and others beside it")
    notes = ("in person or not, at which level, is not told apart",) if said.has("level") else ()
    here = [r.id for r in said.records.values() if r.kind == "forum" and set(said.members(r)) == set(everybody)]
    made = replace(said.blank, kind="forum meets", all_of=everybody, notes=notes, form=said.form())
    if of_years and not here:
        raise NotUnderstood("in how many years is known of a forum in force, and those named have none")
    return replace(made, treaties=tuple(here[:1]))
