"""Spelling: a name or a word of this domain that is misspelt, put right where only one is meant, and said so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from foedus.forecasts.words import Lexicon, pieces
from foedus.vocabulary.states import SPELLS, STATES

FILE: Final = Path(str(files("foedus").joinpath("library", "forecast", "own_words.txt")))
SHORTEST: Final = 5
"""Letters of a word that is put right: shorter ones are near to too many others."""
_LONG: Final = 8
"""Letters from which two slips are put right, in place of one."""

_WORDS: Final = (
    *("treaty", "treaties", "alliance", "alliances", "member", "members", "membership", "leaders", "summit"),
    *("withdraw", "withdrawal", "accession", "military", "defence", "defense", "mutual", "between", "before", "until"),
    *("bilateral", "multilateral", "security", "terminate", "dissolve", "remain", "collective", "country", "countries"),
    *("leave", "signed", "renew", "renewed", "collapse", "government", "together", "agreement", "conclude", "which"),
)
"""Words of this domain that are often misspelt (judged)."""
_DATES: Final = (
    *("january", "february", "march", "april", "august", "september", "october", "november", "december"),
    *(
        "quarter",
        "decade",
        "years",
        "months",
        "weeks",
        "within",
        "later",
        "sooner",
        "after",
        "during",
        "since",
        "through",
    ),
    *("regain", "regains", "attain", "detain", "recover"),
    *("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"),
)
"""Words of dates, which are read before the others: right as they stand, and put right where they are misspelt."""


_GONE: Final = frozenset(
    s.name.casefold() for s in SPELLS if (end := STATES[s.id].end) is not None and end < dt.date(1945, 9, 2)
)
"""Names of states that ended before the questions of this domain begin: nobody who is asked about today is one of them misspelt
("Biden" is not Baden)."""


def respelled(text: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """Return a text in which misspelt names and words are put right, and what was put right, as clauses.

    Only a word that nobody knows is touched, and only if one name or word alone is as near as a slip or two: so many
    letters changed, left out, put in, or swapped with the next. The first letter has to be right. A longer form of a known
    word ("Koreas", "defences") is a word of its own, and so are the words of English that happen to be as near ("reneged").

    Parameters
    ----------
    text : str
    lexicon : Lexicon

    Returns
    -------
    text : str
    notes : tuple of str
    """
    spelt = (part for name in lexicon.states if name not in _GONE for part in name.split())
    names = {part: part.title() for part in spelt if len(part) >= SHORTEST}
    known = {**names, **{w: w for w in (*_WORDS, *_DATES)}}
    notes: list[str] = []
    for word in dict.fromkeys(w.text for w in pieces(text, lexicon) if w.kind == "unknown"):
        if (right := _nearest(word, known)) is not None:
            text = re.sub(rf"\b{re.escape(word)}\b", known[right], text)
            notes.append(f"'{word}' is read as '{known[right]}'")
    return text, tuple(notes)


@cache
def own_words() -> frozenset[str]:
    """Return the words and names that are near to known ones and mean something else, in small letters."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one known word that a word is a slip or two away from; None without one, or with several."""
    said = word.casefold()
    if not said.isalpha() or len(said) < SHORTEST or said in own_words():
        return None
    most = 2 if len(said) >= _LONG else 1
    near: dict[str, int] = {}
    for other in known:
        if said.startswith(other):
            return None
        if other[0] == said[0] and abs(len(other) - len(said)) <= most:
            near[other] = slips(said, other)
    least = min(near.values(), default=most + 1)
    best = [other for other, n in near.items() if n == least]
    return best[0] if least <= most and len(best) == 1 else None


def slips(one: str, other: str) -> int:
    """Return how many letters have to be changed, left out, put in, or swapped with the next (Damerau 1964)."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            least = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                least = min(least, rows[-2][j - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]
