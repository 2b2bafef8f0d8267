"""Laws: what of the model answers each kind of question, in which variant, and what is known of how far to trust it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from foedus.mechanisms import in_use, name_in_use


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


_EXIT: Final = ("exit", ("holding",))
_ROUND: Final = ("round", ("consent",))
_CLASS: Final[tuple[str, tuple[str, ...]]] = ("reference class", ())

_PROCEDURES: Final[Mapping[str, tuple[tuple[str, tuple[str, ...]], str]]] = MappingProxyType(
    {
        "treaty signed": (
            ("round", ("consent", "agenda")),
            "The hub or a member proposes, and every member has to agree; the body asked for is on the table.",
        ),
        "treaty signed, on record": (
            ("record's law", ("founding",)),
            "The hub founds bodies as often as on record; with whom comes from the record's law.",
        ),
        "treaty signed, counted": (_CLASS, "Such treaties are signed as often as in the latest era that is over."),
        "treaty ends, counted": (_CLASS, "Such agreements end as often as in the latest era that is over."),
        "joins, counted": (_CLASS, "States outside join as often as in the latest era that is over."),
        "leaves, counted": (_CLASS, "Members leave as often as in the latest era that is over."),
        "stays, counted": (_CLASS, "Members leave as often as in the latest era that is over."),
        "treaty holds, counted": (_CLASS, "Such agreements end as often as in the latest era that is over."),
        "forum meets, counted": (_CLASS, "Such meetings are held as often as in the latest era that is over."),
        "grows, counted": (_CLASS, "Bodies gain members as often as in the latest era that is over."),
        "comes into force, counted": (
            ("record of first days in force", ()),
            "What is signed takes as long to come into force as what was signed before it.",
        ),
        "members, counted": (
            _CLASS,
            "States outside join and members leave as often as in the latest era that is over.",
        ),
        "invoked, counted": (_CLASS, "The article is invoked as often as in the latest era that is over."),
        "ratified, counted": (
            ("record of ratifications", ()),
            "Protocols take as long as those before them; members ratify on their own.",
        ),
        "applies": (("application", ("door",)), "Every year each state outside applies or not."),
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
        "allied": (
            ("exit and round", ("holding", "consent")),
            "Every year each side of a treaty decides whether to stay, and with who has none one can be proposed.",
        ),
        "several signed, counted": (_CLASS, "Such treaties are signed as often as in the latest era that is over."),
        "leaves": (_EXIT, "Every year each member decides whether to stay."),
        "stays": (_EXIT, "Every year each member decides whether to stay."),
        "members": (
            ("door and exit", ("door", "holding")),
            "Newcomers enter by the door and members leave, each on its own; members outside the case stay.",
        ),
        "members, by a round": (
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
        "exit and round": "Treaties of today are kept independently within a draw, one treaty at most is founded in the window, and its end is left out.",
        "reference class": "The class knows nothing of who is asked about, and whoever is asked about is seldom one drawn by lot.",
        "record of ratifications": "Why a member waits is not asked; nine accessions in seventy years are few.",
        "record of first days in force": "What was signed and never came into force stands in no list, so it is somewhat too high.",
        "application": "Who applies is seen only where somebody did, so the habit of applying is judged.",
        "record's law": "Which list of states signs is mostly nearness, and the law does not know why 2020 has no body.",
        "door": "Vetoes before anybody applies are unseen, so members look readier than they are, and states outside less so.",
        "door and exit": "Members and newcomers decide independently within a draw.",
        "round and exit": "Members and newcomers decide independently within a draw.",
    }
)


_BESIDE: Final = (
    "founding",
    "agenda",
    "pooling",
    "recognition",
    "term",
    "window",
    "meeting",
    "door",
    "consent",
    "holding",
)


def _by_law(answered_as: str, laws: Mapping[str, str]) -> str:
    """Return what a kind of answer is called where a law that is in use answers it in another way."""
    if answered_as == "treaty signed, on record" and name_in_use(laws, "founding") == "round":
        return "treaty signed"
    if answered_as in ("joins", "members"):
        shut = name_in_use(laws, "door") == "closed"
        return {"joins": ("joins, at the door", "joins"), "members": ("members", "members, by a round")}[answered_as][
            shut
        ]
    if answered_as == "forum meets, in force" and name_in_use(laws, "meeting") == "round":
        return "forum meets, by a round"
    return answered_as


def answering(answered_as: str, named: Mapping[str, str]) -> Answering:
    """Return what answers a kind of question.

    Parameters
    ----------
    answered_as : str
        As :attr:`foedus.forecasts.query.Query.answered_as`.
    named : mapping of str to str
        Variants that the user named, by procedure; those that are not the default are said beside the law.
    """
    (name, procedures), says = _PROCEDURES[_by_law(answered_as, named)]
    other = (p for p in _BESIDE if procedures and p in named and in_use(named, p) is not in_use({}, p))
    procedures = tuple(dict.fromkeys((*procedures, *other)))
    used = [in_use(named, p) for p in procedures]
    names = [f"{p}: {name_in_use(named, p)}" for p in procedures]
    grants = " ".join([a for v in used for a in v.assumptions] + ([_KNOWN[name]] if _KNOWN[name] else []))
    return Answering(f"{name} ({', '.join(names)})" if names else name, says, grants)
