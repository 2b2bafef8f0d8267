"""Two at once: a question that asks two things, each read by itself; both, one alone or neither have their own chances."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from foedus.forecasts.query import NotUnderstood, Query

PLACES: Final = ("both", "first alone", "second alone", "neither")
"""The parts of an answer to two questions that are asked at once."""

OPPOSITE: Final = "the other answer that it offers is that this does not come true"
"""Note on a question that is asked both ways."""

_AUX: Final = r"(?:will|would|does|do|is|are|can)"
_ASKED_TWICE: Final = re.compile(rf"^(?P<one>.+?)[,;?]? (?:and|or|but) (?:also )?(?P<other>{_AUX} .+)$", re.I)
_CLAUSE: Final = re.compile(r",? (?P<link>and|or|while|whilst) (?:that )?", re.I)
_ASKS: Final = re.compile(rf"^\W*(?P<aux>{_AUX})\b", re.I)
_AS_ONE: Final = re.compile(
    r"\b(?:both|either|neither|at least|any|each|all|which|how many|if|unless|before|after|then|not|until|so that)\b",
    re.I,
)
_WAITING: Final = ("ratified", "comes into force")
_SIGNED: Final = ("treaty signed", "allied", "several signed")


def halves(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield how a text can be divided into two questions: what links them, and both as questions.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> list(halves("Will Turkey leave NATO, and will Korea join the Quad?"))
    [('asked', 'Will Turkey leave NATO?', 'will Korea join the Quad?')]
    """
    text = text.strip(" ?.")
    if twice := _ASKED_TWICE.match(text):
        yield "asked", f"{twice['one'].strip(' ,')}?", f"{twice['other']}?"
        return
    asks = _ASKS.match(text)
    if asks is None or _AS_ONE.search(text):
        return
    for cut in _CLAUSE.finditer(text):
        link = "or" if cut["link"].lower() == "or" else "and"
        yield link, f"{text[: cut.start()]}?", f"{asks['aux']} {text[cut.end() :]}?"


def together(text: str, read: Callable[[str, str], Query], read_of_it: Callable[[str, str], Query]) -> Query | None:
    """Return what asks two things at once; None where they are not both read, or the text can be divided in several ways.

    Parameters
    ----------
    text : str
    read : callable
        Reads one question, beside the other that may name its body.
    read_of_it : callable
        The same where it speaks of "it" alone; only the opposite of the other question is taken from it.

    Raises
    ------
    NotUnderstood
        Both are read, and they hang together, so that no chance is given of both.
    """
    found = []
    for link, one, other in halves(text):
        try:
            found.append((link, read(one, other), read(other, one)))
        except NotUnderstood:
            continue
    if not found:
        return _asked_both_ways(text, read, read_of_it)
    if len(found) != 1:
        return None
    link, first, second = found[0]
    if link == "asked" and " or " in text.lower() and _opposite(first, second):
        return replace(first, notes=(*first.notes, OPPOSITE))
    _check_apart(first, second)
    return replace(first, than=second, link=link, form="which" if link == "asked" else "whether")


def _asked_both_ways(
    text: str, read: Callable[[str, str], Query], read_of_it: Callable[[str, str], Query]
) -> Query | None:
    """Return the first of two questions that are opposites, "or will it still be in force"; None for others."""
    for link, one, other in halves(text):
        try:
            first, second = read(one, other), read_of_it(other, one)
        except NotUnderstood:
            return None
        if link == "asked" and " or " in text.lower() and _opposite(first, second):
            return replace(first, notes=(*first.notes, OPPOSITE))
    return None


_OPPOSITES: Final = ({"treaty ends", "treaty holds"}, {"leaves", "stays"})


def _opposite(first: Query, second: Query) -> bool:
    """Return whether one says that another does not come true: that one treaty ends or is in force, that one state leaves or stays."""
    alike = first.treaties == second.treaties and first.end == second.end and first.form == second.form == "whether"
    one = len(set(first.named)) == 1 and set(first.named) == set(second.named)
    return alike and one and {first.kind, second.kind} in _OPPOSITES


def _check_apart(first: Query, second: Query) -> None:
    """Refuse two that are no plain yes or no, or of which one tells something of the other."""
    both = (first, second)
    if any(q.form != "whether" or q.than or q.given or q.rival or q.repeats for q in both):
        raise NotUnderstood("of two things at once is understood only whether each of two comes true")
    hub_too = all(q.kind in _SIGNED and not q.counted for q in both)
    shared = (
        set(first.named) & set(second.named)
        or set(first.by) & set(second.by)
        or set(first.treaties) & set(second.treaties)
    )
    if hub_too or shared or all(q.kind in _WAITING for q in both):  # who leaves a body might have kept others out of it
        raise NotUnderstood(
            "it asks two things at once that hang together, and the chance of both is not known from that of each"
        )
