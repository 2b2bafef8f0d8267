"""Reasons: the four ways in which an answer says why, what the number of each is, and where those that lead differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.questions.study import EVERYBODY, Study
from foedus.questions.who_blocks import GAIN, TERM, about_body
from foedus.vocabulary.prose import country, listing

WAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "terms": "By terms (foedus explain): what a body adds to or takes from one state's own account, in % of its GDP a year; "
        "the terms add up to what it gains, and say why it would agree or refuse.",
        "mechanisms": "By mechanisms (foedus ablate): by how many points the chance of a body in a year rises when a mechanism is "
        "off for everybody, on average over all orders; it says what keeps a body from forming.",
        "numbers": "By numbers (foedus sensitivity): how closely the answer follows one uncertain number within its range, all "
        "others held; it says what one would have to know better, and is silent on what is certain.",
        "cases": "By cases (foedus compare): the same chance with the same parameters; what differs are the facts, and how much "
        "each of them does is not told.",
    }
)
"""The one vocabulary of reasons: what the number of each way is, in one sentence."""

APART: Final = (
    "These need not name the same first: a term is one state's, all have to agree before a body forms, a mechanism acts through "
    "several terms, and a number that nobody doubts moves nothing."
)
"""How the ways are related."""


def told(way: str) -> str:
    """Return what the number of one way of saying why is, and how it is related to the others.

    Parameters
    ----------
    way : str
        Of :data:`WAYS`.
    """
    others = listing(words.partition(":")[0].lower() for key, words in WAYS.items() if key != way)
    return f"{WAYS[way]} Others ask {others}. {APART}"


def worst_term(answers: Mapping[str, float], losing: Sequence[str]) -> str:
    """Return the term through which some states lose most together by a council of all.

    Parameters
    ----------
    answers : mapping of str to float
        With the terms of every state.
    losing : sequence of str
        Who loses most first; the first three count.
    """
    terms = {c: sum(answers[TERM(EVERYBODY, s, c)] for s in losing[:3]) for c in COMPONENTS}
    return min(terms, key=lambda c: terms[c])


def leading_term(answers: Mapping[str, float], members: Sequence[str]) -> tuple[str, str]:
    """Return the term through which most is lost by a council of all, and who loses most in words; both empty if nobody does.

    Parameters
    ----------
    answers : mapping of str to float
        With what every member gains, and its terms.
    members : sequence of str
    """
    gains = {s: answers[GAIN(EVERYBODY, s)] for s in members if GAIN(EVERYBODY, s) in answers}
    losing = sorted((s for s in gains if gains[s] < 0), key=gains.__getitem__)
    if not losing:
        return "", ""
    more = [f"{len(losing) - 2} more"] if len(losing) > 3 else []
    return worst_term(answers, losing), listing([*(country(s) for s in losing[: 2 if more else 3]), *more])


def by_terms(study: Study) -> tuple[str, str]:
    """Return the leading term with the values in use, and a clause that says who loses most by a council of all through it."""
    answers = about_body(study, EVERYBODY, study.everybody)
    return in_words(answers, study.everybody.members)


def in_words(answers: Mapping[str, float], members: Sequence[str]) -> tuple[str, str]:
    """Return what :func:`by_terms` does, from answers that are there."""
    term, names = leading_term(answers, members)
    if not term:
        return "", "by terms nobody would lose by a council of all"
    called = MECHANISMS[term].called(-1.0)
    return term, f"by terms most is lost through {called} ({names})"


def side_by_side(leader: str, clause: str, term: str, terms: str) -> str:
    """Return which mechanism or number leads beside which term does, and that they differ where they do.

    Parameters
    ----------
    leader : str
        The mechanism that leads; empty for what is no mechanism.
    clause : str
        What leads by the way that was asked, as ``by mechanisms most is taken by autonomy``.
    term, terms : str
        As :func:`by_terms` returns them.
    """
    apart = "" if leader == term else " That they differ is no contradiction, as the note below says."
    return f"{clause[0].upper()}{clause[1:]}; {terms}.{apart}"
