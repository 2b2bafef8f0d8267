"""Drafting: the hub starts from everybody and drops whoever costs it more than he brings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="drafting",
    claim="The hub drafts the membership for which acceptance times its own gain is largest.",
    equation=r"\max_S\ acc(g_S)\,(U_h(g_S)-U_h(g_f)),\quad \text{greedy, one drop at a time}",
    sources=("Fordham & Poast 2016 (smallest sufficient coalition)", "Jackson & Nei 2015"),
    assumptions=("Membership is drafted greedily, one drop at a time.",),
)

_STEP = 1e-9  # a smaller rise of the key is rounding, not a better draft
_FEWEST = 3
_ASKED = 3  # least willing members whose going an amendment considers (judged: against drafts from everybody)


Members = tuple[str, ...]

Keys = Callable[[Sequence[Members]], Sequence[float]]
"""Keys of several memberships at once, see :func:`draft_keys`."""


def draft_keys(
    acceptance: NDArray[np.float64],
    hub_gain: NDArray[np.float64],
    losses_of_members: NDArray[np.float64],
    hopeless_acceptance: float,
) -> NDArray[np.float64]:
    """Return the numbers drafts are judged by; at most 0 unless a draft is worth proposing, shape (drafts,).

    Parameters
    ----------
    acceptance : ndarray, shape (drafts,)
        Probability that all members agree.
    hub_gain : ndarray, shape (drafts,)
        Gain of the hub over the fallback.
    losses_of_members : ndarray, shape (drafts,)
        Sum of the negative gains of members.
    hopeless_acceptance : float
        Probability below which a draft first climbs towards consent.
    """
    climbing = -1.0 + 1e-3 * acceptance + 1e-6 * losses_of_members
    return np.where(acceptance > hopeless_acceptance, acceptance * hub_gain, climbing)


def draft(start: Members, hub: str, keys: Keys) -> tuple[Members, float]:
    """Return the members of the best draft found, and its key.

    Parameters
    ----------
    start : tuple of str
        All recognised states; ties go to the earlier one.
    hub : str
        Never dropped.
    keys : callable
        Keys of memberships, see :func:`draft_keys`.
    """
    members, best = start, float(keys([start])[0])
    while len(members) > _FEWEST:
        shorter = [tuple(s for s in members if s != dropped) for dropped in members if dropped != hub]
        changed, value = _better(shorter, best, keys)
        if changed is None:
            break
        members, best = changed, value
    return members, best


def amend(
    members: Members,
    everybody: Members,
    hub: str,
    keys: Keys,
    reluctant: Callable[[Members], Sequence[str]] | None = None,
) -> tuple[Members, float]:
    """Return a draft amended, one member dropped or added at a time, as long as that raises its key; and its key.

    Parameters
    ----------
    members : tuple of str
        The draft as it lies on the table.
    everybody : tuple of str
        All that can be members, the hub first; ties go to the earlier one.
    hub : str
        Never dropped.
    keys : callable
        Keys of memberships, see :func:`draft_keys`.
    reluctant : callable, optional
        Members of a draft other than the hub, those who gain least first. If given, only the first few are considered
        for dropping, and nobody is added while dropping one of them helps: far fewer keys are asked for.
    """
    best = float(keys([members])[0])
    while True:
        leavers = [s for s in members if s != hub] if reluctant is None else reluctant(members)[:_ASKED]
        shorter = [tuple(s for s in members if s != gone) for gone in leavers if len(members) > _FEWEST]
        longer = [tuple(s for s in everybody if s in members or s == new) for new in everybody if new not in members]
        changed, value = _better(shorter + longer if reluctant is None else shorter, best, keys)
        if changed is None and reluctant is not None:
            changed, value = _better(longer, best, keys)
        if changed is None:
            return members, best
        members, best = changed, value


def _better(tried: Sequence[Members], best: float, keys: Keys) -> tuple[Members | None, float]:
    """Return the membership with the largest key, the earlier one if several have it; None if none is better."""
    found = keys(tried) if tried else ()
    top = max(range(len(found)), key=found.__getitem__, default=None)
    if top is None or found[top] <= best + _STEP:
        return None, best
    return tried[top], float(found[top])
