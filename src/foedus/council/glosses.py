"""Glosses: the one place that says in a few words what a word of the room means; pages have it where the word first stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

GLOSSES: Final[Mapping[str, str]] = {
    "council": "its members help whoever of them is attacked, decide together, and settle quarrels among themselves",
    "forum": "its members meet and speak with one voice, and owe each other no help",
    "light treaty": "one that binds less than a full alliance",
    "depth": "how much of a full alliance a treaty is; 1 is a full one",
    "hub": "the state that would sign a treaty of two with each of the others",
    "product": "what a country makes in a year",
    "law": "the rule by which the model decides for a government; it gives a chance, not an answer",
    "draw": "a number between 0 and 1 that falls by chance: below the chance of something, it happens",
    "rung": "a quarrel has three: it is raised, answered in kind, a crisis",
    "bracket": "two wordings stand beside each other, because somebody objected",
    "good offices": "a third state helps two to settle their quarrel",
    "mediation": "a third state proposes a settlement in confidence, and both sides take it or not",
    "initial": "mark a draft as agreed; what binds is signed in the orders",
    "démarche": "a statement by which governments tell another what they want of it",
    "inject": "news that the facilitator brings into the room",
}
"""Words of the room that a student would not know, each with what it means (judged: those at which fresh readers stumbled)."""
_SAID: Final[Mapping[str, str]] = {
    "law": r"the law\b",
    "draw": r"(?:drawn?|draws) (?:that fell|\d)|same draws|the draw\b",
    "initial": r"initial(?:led)?",
}
_FOUND: Final = {
    word: re.compile(rf"\b(?:{_SAID.get(word, re.escape(word) + 's?')})(?!\w)", re.IGNORECASE) for word in GLOSSES
}


def glossed(*texts: str, but: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Return the words of some texts that want a gloss with what they mean, in the order in which they first stand.

    Parameters
    ----------
    *texts : str
    but : iterable of str
        Words that were explained before on the same page.
    """
    whole, known = "\n".join(texts), {*but}
    at = {word: found.start() for word, how in _FOUND.items() if word not in known and (found := how.search(whole))}
    return tuple((word, GLOSSES[word]) for word in sorted(at, key=lambda w: at[w]))
