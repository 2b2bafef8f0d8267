"""Drafting: the hub starts from everybody and drops whoever costs it more than he brings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="drafting",
    claim="The hub drafts the membership for which acceptance times its own gain is largest.",
    equation=r"\max_S\ acc(g_S)\,(U_h(g_S)-U_h(g_f)),\quad \text{greedy, one drop at a time}",
    sources=("Fordham & Poast 2016 (smallest sufficient coalition)", "Jackson & Nei 2015"),
)

_STEP = 1e-9  # a smaller rise of the key is rounding, not a better draft
_FEWEST = 3
_ASKED = 3  # least willing members whose going an amendment considers (judged: against drafts from everybody)
_HOPELESS = 0.05  # below this acceptance a draft first climbs towards consent


def draft_key(acceptance: float, hub_gain: float, losses_of_members: float) -> float:
    """Return the number a draft is judged by; at most 0 unless it is worth proposing.

    Parameters
    ----------
    acceptance : float
        Probability that all members agree.
    hub_gain : float
        Gain of the hub over the fallback.
    losses_of_members : float
        Sum of the negative gains of members.
    """
    if acceptance > _HOPELESS:
        return acceptance * hub_gain
    return -1.0 + 1e-3 * acceptance + 1e-6 * losses_of_members


def draft(start: tuple[str, ...], hub: str, key: Callable[[tuple[str, ...]], float]) -> tuple[tuple[str, ...], float]:
    """Return the members of the best draft found, and its key.

    Parameters
    ----------
    start : tuple of str
        All recognised states; ties go to the earlier one.
    hub : str
        Never dropped.
    key : callable
        Key of a membership, see :func:`draft_key`.
    """
    members, best = start, key(start)
    while len(members) > _FEWEST:
        shorter = [tuple(s for s in members if s != dropped) for dropped in members if dropped != hub]
        keys = [key(s) for s in shorter]
        top = max(range(len(shorter)), key=keys.__getitem__)
        if keys[top] <= best + _STEP:
            break
        members, best = shorter[top], keys[top]
    return members, best


def amend(
    members: tuple[str, ...],
    everybody: tuple[str, ...],
    hub: str,
    key: Callable[[tuple[str, ...]], float],
    reluctant: Callable[[tuple[str, ...]], Sequence[str]] | None = None,
) -> tuple[tuple[str, ...], float]:
    """Return a draft amended, one member dropped or added at a time, as long as that raises its key; and its key.

    Parameters
    ----------
    members : tuple of str
        The draft as it lies on the table.
    everybody : tuple of str
        All that can be members, the hub first; ties go to the earlier one.
    hub : str
        Never dropped.
    key : callable
        Key of a membership, see :func:`draft_key`.
    reluctant : callable, optional
        Members of a draft other than the hub, those who gain least first. If given, only the first few are considered
        for dropping, and nobody is added while dropping one of them helps: far fewer keys are asked for.
    """
    best = key(members)
    while True:
        leavers = [s for s in members if s != hub] if reluctant is None else reluctant(members)[:_ASKED]
        shorter = [tuple(s for s in members if s != gone) for gone in leavers if len(members) > _FEWEST]
        longer = [tuple(s for s in everybody if s in members or s == new) for new in everybody if new not in members]
        changed, value = _better(shorter + longer if reluctant is None else shorter, best, key)
        if changed is None and reluctant is not None:
            changed, value = _better(longer, best, key)
        if changed is None:
            return members, best
        members, best = changed, value


def _better(
    tried: Sequence[tuple[str, ...]], best: float, key: Callable[[tuple[str, ...]], float]
) -> tuple[tuple[str, ...] | None, float]:
    keys = [key(s) for s in tried]
    top = max(range(len(tried)), key=keys.__getitem__, default=None)
    if top is None or keys[top] <= best + _STEP:
        return None, best
    return tried[top], keys[top]
