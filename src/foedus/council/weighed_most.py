"""Weighed most: the term that spoke most for a decision of the law and the one that spoke most against it, as a year keeps and tells it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import numpy as np

from foedus.council.seats import name_of
from foedus.council.worth import LEAST
from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.model.architecture import Institution
from foedus.simulation.trace import Drawn, Event

WEIGHED: Final = "weighed"
"""Data of a year: by the place of what happened in its list, and by state, the two terms; ``""`` where there is none."""
TERMS: Final = "terms"
"""Data of a year that only who leads reads: the eight terms of every decision, and the pressure in it, by :func:`asked_of`."""
PRESSURE: Final = "pressure"
"""Stands among terms for what the adversary laid on."""
_DIGITS: Final = 6
_GIVEN: Final = ("sign",)
"""Actions that nobody weighs: both sides of a treaty of the star sign."""


def most_of(drawn: Drawn, *, quiet: bool = False) -> tuple[str, str]:
    """Return which term speaks most for agreeing, or staying, and which most against it; what is next to nothing is not named.

    Parameters
    ----------
    drawn : Drawn
    quiet : bool
        Whether the pressure in it is hidden from who reads this: then a term alone is named.
    """
    d = drawn.decision
    up, down = int(np.argmax(d.terms)), int(np.argmin(d.terms))
    gain, loss = float(d.terms[up]), float(d.terms[down])
    against = (
        PRESSURE if d.pain >= LEAST and -d.pain <= loss and not quiet else COMPONENTS[down] if loss <= -LEAST else ""
    )
    return (COMPONENTS[up] if gain >= LEAST else ""), against


def weighed_in(
    events: Sequence[Event], hidden: Collection[tuple[str, Institution | None]]
) -> dict[str, dict[str, list[str]]]:
    """Return what weighed most in the decisions of the law among some events, by place and state.

    How much it weighed is not said, and nothing of those whom people play: a seat reads its own numbers first.

    Parameters
    ----------
    events : sequence of Event
    hidden : collection of (str, Institution or None)
        Who was pressed against what, where not everybody reads of it.
    """
    found = {
        str(k): {
            d.decision.state: list(most_of(d, quiet=(d.decision.state, e.institution) in hidden))
            for d in e.decisions
            if d.seat is None and _weighs(d)
        }
        for k, e in enumerate(events)
    }
    return {k: states for k, states in found.items() if states}


def terms_of(events: Sequence[Event]) -> dict[str, dict[str, float]]:
    """Return the eight terms of every decision among some events, and the pressure in it, % of own product a year."""
    return {
        asked_of(d.decision.state, d.decision.action, name_of(e.institution)): {
            **{n: round(float(v), _DIGITS) for n, v in zip(COMPONENTS, d.decision.terms, strict=True)},
            PRESSURE: round(0.0 - d.decision.pain, _DIGITS),
        }
        for e in events
        if e.institution is not None
        for d in e.decisions
        if _weighs(d)
    }


def _weighs(drawn: Drawn) -> bool:
    return drawn.decision.action not in _GIVEN


def asked_of(state: str, action: str, key: str) -> str:
    """Return the name of a decision among those of a year."""
    return f"{state} {action} {key}"


def with_weights(lines: Sequence[Mapping[str, Any]], weighed: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return what happened, each answer of the law with the two terms as ``most`` where the year keeps them; older years do not."""
    return tuple(
        {**h, "answers": [a | ({"most": of[a["state"]]} if a["state"] in of else {}) for a in h["answers"]]}
        if of
        else h
        for k, h in enumerate(lines)
        for of in [weighed.get(str(k), {})]
    )


def weighed_said(answer: Mapping[str, Any]) -> str:
    """Return what weighed most in an answer, as the end of a line; nothing where the year does not keep it."""
    gain, loss = answer.get("most", ("", ""))
    yes, no = ("to stay", "to leave") if answer["action"] == "exit" else ("for it", "against it")
    said = [f"most {yes}: {MECHANISMS[gain].called(1.0)}"] if gain else []
    said += [f"most {no}: {'pressure' if loss == PRESSURE else MECHANISMS[loss].called(-1.0)}"] if loss else []
    return "; ".join(said) or ("nothing weighs in it" if "most" in answer else "")
