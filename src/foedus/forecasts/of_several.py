"""Several: how many new treaties or agreements of two are signed among those who are named, or by one with each of a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.sentence import Sentence
from foedus.forecasts.who import Group

OF_MANY: Final = "defence cooperation"
"""Head of the classes of agreements of which a pair can sign several; of all others one pair signs one."""
_ONE_SORT: Final = re.compile(
    r"\b(?:RAA|SOFA|SOVFA|VFA|ACSA|GSOMIA|GSIA|DCA|access|visiting|forces|basing|bases?|logistic|cross|intelligence|information|industrial|partnership|peace|friendship)",
    re.I,
)
"""Sorts of agreements that no class counts by themselves."""

_JOINTLY: Final = re.compile(r"\b(?:together|jointly|as (?:a )?(?:group|three)|all at once)\b", re.I)


def pairs_of(groups: Sequence[Group]) -> list[tuple[str, str]]:
    """Return the pairs that can sign: all of one list, or one state with each of a list.

    Parameters
    ----------
    groups : sequence of Group

    Raises
    ------
    NotUnderstood
        There are more lists, one of them is counted, or nobody is listed.
    """
    named = [g for g in groups if g.states]
    if any(g.quantor not in ("", "all", "any") for g in named) or any(not g.states for g in groups):
        raise NotUnderstood("it counts treaties and those who sign them, or does not list who signs")
    lists = [tuple(dict.fromkeys(g.states)) for g in named]
    if len(lists) == 1 and len(lists[0]) > 1:
        return list(combinations(lists[0], 2))
    if len(lists) == 2 and min(map(len, lists)) == 1 and not set(lists[0]) & set(lists[1]):
        (one,), many = sorted(lists, key=len)
        return [(one, other) for other in many]
    raise NotUnderstood(
        "of several treaties is understood how many one state signs with each of a list, or those of a list"
    )


def several(said: Sentence, groups: Sequence[Group], treaties: Group, of_pair: Callable[[str, str], str]) -> Query:
    """Return what a question asks about a number of new treaties of two that no law of the model signs.

    Parameters
    ----------
    said : Sentence
    groups : sequence of Group
        Who signs.
    treaties : Group
        How many.
    of_pair : callable
        Returns the class that counts what two sign.

    Raises
    ------
    NotUnderstood
        As :func:`pairs_of`; the sort of agreement is counted by none of the classes, or it does not ask for a number.
    """
    words = " ".join(w.text for w in said.words if w.kind in ("agreement", "treaty", "pact"))
    if said.has("multilateral") or _JOINTLY.search(said.text):
        raise NotUnderstood("of several treaties only those of two are counted, and it asks for some of three or more")
    pairs = pairs_of(groups)
    classes = Counter(of_pair(*pair) for pair in pairs)
    if any(c.startswith(OF_MANY) for c in classes) and _ONE_SORT.search(words):
        raise NotUnderstood(
            "agreements of one sort are counted with all others on defence, so that how many of it are signed is not on record"
        )
    if not any(c.startswith(OF_MANY) for c in classes):
        bonds = [r for r in said.records.values() if r.obligations.get("defence", 0.0) > 0.0]
        bound = [pair for pair in pairs if any(set(pair) <= set(r.members_on(said.asked)) for r in bonds)]
        if bound:
            raise NotUnderstood(
                f"{' and '.join(bound[0])} have such a treaty already, and first ones alone are counted"
            )
    query = _numbered(said, pairs, treaties)
    asked = max((n for n, _ in query.at_least), default=0)
    if asked > len(pairs) and not any(c.startswith(OF_MANY) for c in classes):
        raise NotUnderstood(f"it asks for {asked}, and of {len(pairs)} pairs each is counted for its first such treaty")
    one = set.intersection(*map(set, pairs)) if len(pairs) > 1 else set()
    if len(one) == 1:
        query = replace(query, by=tuple(one), all_of=tuple(s for s in query.all_of if s not in one))
    return replace(query, counted=min(classes), pairs=tuple(sorted(classes.items())))


def _numbered(said: Sentence, pairs: Sequence[tuple[str, str]], treaties: Group) -> Query:
    if treaties.quantor not in ("count", "how many", "none") or said.form() not in ("whether", "how many"):
        raise NotUnderstood("it does not say how many treaties")
    low, high = (0, 0) if treaties.quantor == "none" else (treaties.low, treaties.high)
    if treaties.quantor == "how many":
        low = high = None
    everybody = tuple(dict.fromkeys(s for pair in pairs for s in pair))
    made = replace(said.blank, kind="several signed", all_of=everybody, form=said.form())
    return replace(
        made,
        at_least=((low, ()),) if low else (),
        at_most=((high, ()),) if high is not None else (),
        notes=(f"{len(pairs)} pairs can sign" if len(pairs) > 1 else "one pair can sign",),
    )
