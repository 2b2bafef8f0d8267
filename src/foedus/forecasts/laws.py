"""Laws: what of the model answers each kind of question, in which variant, and what is known of how far to trust it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from foedus.mechanisms import PROCEDURES, in_use


@dataclass(frozen=True)
class Answering:
    """What answers a kind of question.

    Attributes
    ----------
    law : str
        Name, and the variant of each procedure in it.
    says : str
        What happens in a year, as a sentence.
    certainty : str
        What has to be granted to believe it.
    """

    law: str
    says: str
    certainty: str


HABIT: Final[Mapping[str, str]] = MappingProxyType({"holding": "habit"})
MOOD: Final[Mapping[str, str]] = MappingProxyType({"consent": "common-mood"})

TIME: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "treaty ends": HABIT,
        "treaty holds": HABIT,
        "forum lapses": HABIT,
        "forum meets, in force": HABIT,
        "leaves": HABIT,
        "stays": HABIT,
        "joins": MOOD,
        "members": MappingProxyType({**HABIT, **MOOD}),
    }
)
"""Variants that forecasts use where none is named, by kind of answer: states keep what they have unless gains tip them, and
those who are asked to let a newcomer in err together. New treaties and new forums go by the default of the model."""

_EXIT: Final = ("exit", ("holding",))
_ROUND: Final = ("round", ("consent",))

_PROCEDURES: Final[Mapping[str, tuple[tuple[str, tuple[str, ...]], str]]] = MappingProxyType(
    {
        "treaty signed": (
            _ROUND,
            "The hub or a member proposes, and every member has to agree; the body asked for is on the table.",
        ),
        "treaty ends": (_EXIT, "Every year each side decides whether to stay."),
        "treaty holds": (_EXIT, "Every year each side decides whether to stay."),
        "forum meets": (_ROUND, "A forum of those named is on the table, and every member has to agree."),
        "forum meets, in force": (
            _EXIT,
            "A forum in force meets once a year unless a member leaves it; before the window it has to survive.",
        ),
        "forum lapses": (_EXIT, "A forum lapses when a member leaves it."),
        "joins": (_ROUND, "The body with each newcomer added is on the table, and every member has to agree."),
        "joins, at the door": (
            ("door", ("door",)),
            "Every year each state outside applies or not; members start from the habit of going along, and all have to agree.",
        ),
        "forum meets, by a round": (
            _ROUND,
            "The forum is on the table, in force or not, and every member has to agree.",
        ),
        "leaves": (_EXIT, "Every year each member decides whether to stay."),
        "stays": (_EXIT, "Every year each member decides whether to stay."),
        "members": (
            ("round and exit", ("consent", "holding")),
            "Newcomers enter and members leave, each on its own; members outside the case stay.",
        ),
    }
)
"""By kind of answer: what it is called, the procedures that can be replaced in it, and what happens."""

_KNOWN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "round": "The noise of decisions is judged: which of several is likelier is surer than how likely it is.",
        "exit": "",
        "door": "Vetoes before anybody applies are unseen, so members look readier than they are, and states outside less so.",
        "round and exit": "Members and newcomers decide independently within a draw.",
    }
)


_OVER_YEARS: Final = ("pooling", "recognition", "term", "window")

_BESIDE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"exit": _OVER_YEARS, "round and exit": ("door", *_OVER_YEARS)}
)
"""Procedures that are said beside a law where somebody names them."""


def _by_law(answered_as: str, laws: Mapping[str, str]) -> str:
    """Return what a kind of answer is called where a law that is in use answers it in another way."""
    if answered_as == "joins" and laws.get("door", "closed") != "closed":
        return "joins, at the door"
    if answered_as == "forum meets, in force" and laws.get("meeting") == "round":
        return "forum meets, by a round"
    return answered_as


def laws_for(answered_as: str, named: Mapping[str, str]) -> dict[str, str]:
    """Return the variants by which a kind of answer goes: those that are named, else those of :data:`TIME`."""
    return {**TIME.get(answered_as, {}), **named}


def answering(answered_as: str, named: Mapping[str, str]) -> Answering:
    """Return what answers a kind of question.

    Parameters
    ----------
    answered_as : str
        As :attr:`foedus.forecasts.query.Query.answered_as`.
    named : mapping of str to str
        Variants that the user named, by procedure.
    """
    laws = laws_for(answered_as, named)
    (name, procedures), says = _PROCEDURES[_by_law(answered_as, laws)]
    procedures = (*procedures, *(p for p in _BESIDE.get(name, ()) if p in named))
    used = [in_use(laws, p) for p in procedures]
    names = [f"{p}: {laws.get(p, next(iter(PROCEDURES[p])))}" for p in procedures]
    grants = " ".join([a for v in used for a in v.assumptions] + ([_KNOWN[name]] if _KNOWN[name] else []))
    return Answering(f"{name} ({', '.join(names)})", says, grants)
