"""Glossing: what a word means that a reader may not know, said where it first stands; one way for all rooms, and the words they share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

SHARED: Final[Mapping[str, str]] = {
    "council": "its members help whoever of them is attacked, decide together, and settle quarrels among themselves",
    "forum": "its members meet and speak with one voice, and owe each other no help",
    "hub": "the state that would sign a treaty of two with each of the others",
}
"""Words of every room, each with what it means."""


class Glossary:
    """Words that want a gloss, and how they are found in a text.

    Parameters
    ----------
    words : mapping of str to str
        What each means.
    said : mapping of str to str
        Patterns of those that are not found by themselves or with an s.
    """

    def __init__(self, words: Mapping[str, str], said: Mapping[str, str]) -> None:
        self.words = words
        self._found = {
            w: re.compile(rf"(?<!\w)(?:{said.get(w, re.escape(w) + 's?')})(?!\w)", re.IGNORECASE) for w in words
        }

    def glossed(self, *texts: str, but: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
        """Return the words of some texts that want a gloss with what they mean, in the order in which they first stand.

        Parameters
        ----------
        *texts : str
        but : iterable of str
            Words that were explained before on the same page.
        """
        whole, known = "\n".join(texts), {*but}
        at = {w: found.start() for w, how in self._found.items() if w not in known and (found := how.search(whole))}
        return tuple((w, self.words[w]) for w in sorted(at, key=lambda w: at[w]))
