"""Glosses: the one place that says in a few words what a word of the room means; pages have it where the word first stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from foedus.vocabulary.glossing import SHARED, Glossary

GLOSSES: Final[Mapping[str, str]] = {
    **SHARED,
    "light treaty": "one that binds less than a full alliance",
    "depth": "how much of a full alliance a treaty is; 1 is a full one",
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

glossed: Final = Glossary(GLOSSES, _SAID).glossed
"""Returns the words of some texts that want a gloss, as :meth:`foedus.vocabulary.glossing.Glossary.glossed`."""
