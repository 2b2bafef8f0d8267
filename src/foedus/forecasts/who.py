"""Groups: who is spoken of in a question, and how many of them: "at least two of Finland, Sweden and Ireland"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from foedus.forecasts.query import NotUnderstood
from foedus.forecasts.windows import NUMBERS
from foedus.forecasts.words import Word

QUANTORS: Final = ("count", "any", "all", "none", "how many", "which")
"""Classes of words that say how many of a group are meant."""
_DONE: Final = (
    *("sign", "ally", "end", "hold", "meet", "join", "gain", "lose", "become", "renew"),
    *("apply", "ratify", "aloof"),
)
BREAKS: Final = (*_DONE, "with", "treaty", "body", "pact", "agreement", "invoke")
"""Classes of words after which another group begins."""
VERBS: Final = (*_DONE, "silence")
"""Classes of words that say what happens."""
NOUNS: Final = ("member", "country", "partner")
_ANYBODY: Final = ("nobody", "no one", "noone", "anyone", "anybody")
_LARGE: Final = {"thirty-one": 31, "thirty-two": 32, "thirty-three": 33, "thirty-four": 34, "thirty": 30}
"""Numbers of members, as words; the longer ones first."""


@dataclass
class Group:
    """States, or a noun that stands for states, and how many of them.

    Attributes
    ----------
    quantor : str
        One of :data:`QUANTORS`, or nothing.
    low, high : int or None
        Bounds of a count.
    states : list of str
    either, both : bool
        Whether an "or", an "and" stands between them.
    noun : str
        ``member``, ``country``, ``partner``, or nothing.
    plural, placed : bool
        Whether the noun is in the plural, and whether a part of the world stands with it.
    after : bool
        Whether it stands after the verb.
    """

    quantor: str = ""
    low: int | None = None
    high: int | None = None
    states: list[str] = field(default_factory=list)
    either: bool = False
    both: bool = False
    noun: str = ""
    plural: bool = False
    placed: bool = False
    after: bool = False

    @property
    def empty(self) -> bool:
        """Whether it names nobody."""
        return not self.states and not self.noun

    def bounds(self, size: int) -> tuple[int | None, int | None]:
        """Return the least and the largest number of a list of some size that are asked for; None where unbounded.

        Raises
        ------
        NotUnderstood
            More are asked for than are listed.
        """
        if self.quantor == "count":
            if (self.low or 0) > size:
                raise NotUnderstood(f"it asks for {self.low} and there are {size}")
            return self.low, self.high
        if self.quantor == "none":
            return None, 0
        if self.quantor == "any" or (self.either and self.quantor != "all"):
            return 1, None
        return size, None


def bounds_of(text: str) -> tuple[int | None, int | None]:
    """Return the least and the largest number that words of counting allow: "more than two" is 3 or more."""
    said = text.lower()
    if both := re.fullmatch(r"(\d+) to (\d+)\D*", said):
        return int(both[1]), int(both[2])
    found = re.search(r"\d+|\b(?:" + "|".join((*_LARGE, *NUMBERS)) + r")\b", said)
    n = ({**NUMBERS, **_LARGE}.get(found[0]) or int(found[0])) if found else 1
    if re.search(r"\b(?:more than|over|above|exceed\w*|greater than|beyond|past)\b", said) and not said.startswith(
        ("no ", "not ")
    ):
        return n + 1, None
    if re.search(r"\b(?:fewer than|less than|under|below)\b", said) and not said.startswith(("no ", "not ")):
        return None, n - 1
    if re.search(r"\b(?:at most|no more than|not more than|up to|maximum|or fewer|or less)\b", said):
        return None, n
    if re.search(r"\b(?:exactly|only|just|precisely)\b", said):
        return n, n
    return n, None


def ordinal_number(ordinal: str) -> int:
    """Return the number that an ordinal says, from the third on."""
    found = re.match(r"\d+", ordinal)
    return int(found[0]) if found else _ORDINALS.index(ordinal) + 3


_ORDINALS = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def groups_of(
    words: Sequence[Word],
    allies: Callable[[], Sequence[str]],
    hub: str,
    spread: Callable[[str], Sequence[str]] | None = None,
) -> tuple[list[Group], Group | None]:
    """Return the groups of a question in their order, and the quantor of its treaties if they have one.

    Parameters
    ----------
    words : sequence of Word
    allies : callable
        Returns the allies of the hub.
    hub : str
    spread : callable, optional
        Returns the members of an institution, where its name stands for them.

    Raises
    ------
    NotUnderstood
        An "and" and an "or" in one list, or a noun that stands for nobody.
    """
    found: list[Group] = []
    treaties: Group | None = None
    here = Group()

    def close(after: bool) -> None:
        nonlocal here
        if not here.empty:
            found.append(here)
            here = Group(after=after)
        else:
            here.after = after

    after = False
    for word, following in zip(words, [*words[1:], None], strict=True):
        if word.kind == "all" and here.states and not (following and following.kind == "state"):
            continue  # "Greece and Turkey both leave", "Finland, Sweden or both"
        if word.kind == "count" and here.quantor in ("any", "all") and here.empty and re.fullmatch(r"\w+", word.text):
            continue  # "any of its three members"
        if word.kind in QUANTORS:
            if here.quantor and here.empty and word.kind != "all":
                raise NotUnderstood("two numbers or words of number stand side by side")
            close(after)
            low, high = bounds_of(word.text) if word.kind == "count" else (None, None)
            here = Group(word.kind, low, high, after=after)
            if word.text.lower() in _ANYBODY:
                here.noun = "country"
        elif word.kind == "state":
            if here.noun == "partner":
                raise NotUnderstood("partners and names stand side by side, which can be read in two ways")
            if here.noun:
                close(after)
            here.states.append(word.value)
        elif word.kind == "institution" and spread is not None:
            here.states.extend(spread(word.value))
        elif word.kind in NOUNS:
            _noun(here, word, allies, hub)
        elif word.kind == "region":
            here.placed = True
        elif word.kind in ("or", "and") and (here.states or here.quantor == "none"):
            here.either |= word.kind == "or"
            here.both |= word.kind == "and"
        elif word.kind in BREAKS:
            if word.kind in ("treaty", "pact", "agreement") and here.quantor and len(here.states) < 2 and not here.noun:
                treaties, here.quantor = Group(here.quantor, here.low, here.high, placed=here.placed), ""
            after |= word.kind in VERBS
            close(after)
    close(after)
    if any(word.kind == "listed" for word in words):
        _ask_of_the_list(found, words)
    for group in found:
        if group.either and group.both and len(group.states) > 2:
            raise NotUnderstood("'and' and 'or' stand in one list, which can be read in two ways")
    return found, treaties


def _ask_of_the_list(found: Sequence[Group], words: Sequence[Word]) -> None:
    """Let "which of the following" ask about the one list that stands somewhere else in the sentence."""
    lists = [g for g in found if g.states and not g.quantor]
    if not lists:
        raise NotUnderstood("it asks about a list that it does not give")
    many = any(w.kind == "listed" and w.text.lower().startswith("how") for w in words)
    lists[-1].quantor = "how many" if many else "which"
    lists[-1].either = lists[-1].both = False


def _noun(here: Group, word: Word, allies: Callable[[], Sequence[str]], hub: str) -> None:
    text = word.text.lower()
    plural = text.endswith("s")
    if word.kind == "partner" and here.states == [hub] and not text.endswith(("partner", "partners")):
        here.states = list(allies())
        here.quantor = here.quantor or ("all" if plural else "any")
    elif word.kind == "partner" and not here.states and not here.quantor:
        raise NotUnderstood(f"it does not say whose {text}")
    elif here.states and word.kind != "partner" and not here.quantor:
        here.plural = plural
        return
    here.noun, here.plural = word.kind, plural


_NUMBER: Final = re.compile(rf"\b(?:\d{{1,2}}|{'|'.join(NUMBERS)})\b", re.I)


def check_all_of(words: Sequence[Word], size: int) -> None:
    """Refuse "all three members" of a body that has another number of them: it is not known which are meant.

    Parameters
    ----------
    words : sequence of Word
    size : int
        How many members the body has.

    Raises
    ------
    NotUnderstood
        The number is another one.
    """
    for word, after in pairwise(w for w in words if w.kind != "filler"):
        if word.kind == "all" and after.kind in ("member", "partner") and (found := _NUMBER.search(word.text)):
            count = NUMBERS.get(found[0].lower()) or int(found[0])
            if count != size:
                raise NotUnderstood(f"it speaks of all {count} members, and there are {size}")


def several_bound(words: Sequence[Word], hub: str) -> bool:
    """Return whether it is asked of several, one by one, whether they are bound to the hub: "which of them will be its allies"."""
    named = {w.value for w in words if w.kind == "state"}
    kinds = {w.kind for w in words}
    each = kinds & {"which", "how many", "listed", "count"} or (
        len(named) > 2 and (kinds & {"any", "all"} or any(re.search(r"\ball(?:y|ies)\b", w.text, re.I) for w in words))
    )
    return hub in named and bool(each) and not kinds & {"multilateral", "body"}
